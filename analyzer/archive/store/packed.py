"""
A review in a few kilobytes, and the review again: JSON by the names of fields, compressed.

No pickle, as a store may come from somebody else. Elevation and the way that was run are
left out: together with the time they would say where somebody lives.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any

import numpy as np

from analyzer.archive.store.decode import reader_of
from analyzer.archive.store.encode import plain
from analyzer.errors import StoreError
from analyzer.model.review import Review
from analyzer.structs import replace

FORM = 1
"""
Version of the form. A field more or less is none: it changes where an old reader would
take the same words for something else.
"""

LEVEL = 6
"""How hard zlib tries; 9 takes twice the time for a hundredth."""

MOST_BYTES = 32 * 2**20
"""Most that one packed review may hold: a hundred times a day's run."""


def pack(review: Review) -> bytes:
    """
    Write a review without elevation and positions; columns of its trace as float32.

    Parameters
    ----------
    review : Review
        What was found.

    Returns
    -------
    bytes
        The same for the same review.
    """
    bare = replace(review.trace, elevation_m=np.empty(0))
    told = {"form": FORM, "review": plain(replace(review, trace=bare, track=None))}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def unpack(packed: bytes) -> Review:
    """
    Make the review again; its elevation is unknown, its track None.

    Parameters
    ----------
    packed : bytes
        As `pack` wrote it, by this version or another.

    Raises
    ------
    StoreError
        If it is none, or one that this version cannot read: judge the run again.
    """
    try:
        told = json.loads(_text(packed))
        form = told["form"]
        if form == FORM:
            return _whole(reader_of(Review)(told["review"]))
    except (ValueError, TypeError, KeyError, RecursionError, zlib.error) as error:
        problem = "a stored review cannot be read"
        raise _judge_again(problem) from error
    problem = "a stored review was written by another version"
    raise _judge_again(problem)


def reading_of(athlete: str | None, packed: bytes) -> str:
    """
    Return what tells one reading of a run from another: whose it is, and all that was found.

    Where the file lies and which version judged it are no part of it. An approved message is
    for the reading that the coach saw.

    Parameters
    ----------
    athlete : str or None
        Whose run, as the store has it.
    packed : bytes
        As `pack` wrote it.

    Raises
    ------
    StoreError
        If it is no review.
    """
    try:
        review = json.loads(_text(packed))["review"]
        del review["activity"]["source"], review["plan"]["source"], review["method"]
        found = json.dumps([athlete, review], sort_keys=True)
    except (ValueError, TypeError, KeyError, RecursionError, zlib.error) as error:
        problem = "a stored review cannot be read"
        raise _judge_again(problem) from error
    return hashlib.sha256(found.encode()).hexdigest()


def _judge_again(problem: str) -> StoreError:
    """Build the error for a review that nobody can show."""
    return StoreError("store", f"{problem}: judge the run again")


def _text(packed: bytes) -> str:
    """Return the JSON, unless it is larger than any review."""
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, MOST_BYTES)
    if not unpacker.eof:
        msg = "cut off, or larger than any review"
        raise ValueError(msg)
    return text.decode("utf-8", "surrogatepass")


def _whole(review: Any) -> Review:  # noqa: ANN401 - as a reader returns it
    """Give the trace an unknown elevation; refuse columns of several lengths."""
    trace = review.trace
    columns = (trace.speed_mps, trace.heart_rate_bpm, trace.distance_m)
    if any(column.size != trace.elapsed_s.size for column in columns):
        msg = "the columns of a trace must have one length"
        raise ValueError(msg)
    unknown = np.full(trace.elapsed_s.size, np.nan)
    whole: Review = replace(review, trace=replace(trace, elevation_m=unknown), track=None)
    return whole
