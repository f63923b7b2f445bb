"""Several tracks or parts in one file: joined when they are one run, else the longest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.model.activity import RecordingWarning
from analyzer.parsers.samples import joined
from analyzer.parsers.steps_between import moved_between

if TYPE_CHECKING:
    from analyzer.model.activity import Fact
    from analyzer.parsers.samples import Samples

ONE_RUN_S = 1800.0
"""Parts less than this apart are one run with a break [s]."""


def choose_tracks(
    tracks: list[Samples], source: str
) -> tuple[Samples, tuple[RecordingWarning, ...]]:
    """
    Make one run of the parts of a file.

    A part that repeats times already read is a copy and is dropped. Parts less
    than 30 minutes apart are joined; otherwise the one with most distance is
    taken, and a warning counts the others.

    Parameters
    ----------
    tracks : list of Samples
        At least one, none empty.
    source : str
        Base name, for the warning.
    """
    groups, copies = _grouped(tracks)
    warnings: list[RecordingWarning] = []
    if copies:
        warnings.append(RecordingWarning("PART_SKIPPED", facts={"count": copies}))
    whole = [joined(group) for group in groups]
    if len(whole) == 1:
        return whole[0], tuple(warnings)
    lengths_m = [_length_m(track) for track in whole]
    best = int(np.argmax(lengths_m))
    facts: dict[str, Fact] = {"count": len(whole), "source": source, "number": best + 1}
    warnings.append(RecordingWarning("SEVERAL_ACTIVITIES", "parts", facts))
    return whole[best], tuple(warnings)


def _grouped(tracks: list[Samples]) -> tuple[list[list[Samples]], int]:
    """Put the parts of each run together; also count the copies that were left out."""
    groups: list[list[Samples]] = []
    copies = 0
    for track in tracks:
        start_s = _first(track)
        if not groups or start_s is None:
            groups.append([track])
            continue
        end_s = _last(groups[-1][-1])
        if _last(track) <= end_s and start_s >= (_first(groups[-1][0]) or 0.0):
            copies += 1
        elif start_s - end_s < ONE_RUN_S:
            groups[-1].append(track)
        else:
            groups.append([track])
    return groups, copies


def _first(track: Samples) -> float | None:
    """Return the first known time."""
    known = track.time_s[np.isfinite(track.time_s)]
    return float(known[0]) if known.size else None


def _last(track: Samples) -> float:
    """Return the latest known time."""
    known = track.time_s[np.isfinite(track.time_s)]
    return float(known.max()) if known.size else -np.inf


def _length_m(track: Samples) -> float:
    """Return a rough length, for choosing only."""
    if len(track) < 2:
        return 0.0
    moved = moved_between(track)
    return float(np.nansum(np.abs(moved)))
