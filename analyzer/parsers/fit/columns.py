"""Fields of record messages gathered into columns by number, as fitdecode would decode them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import Floats
    from analyzer.parsers.fit.scan import FieldPlace, Layout

TIMESTAMP = 253

SCALES: dict[int, tuple[float, float]] = {
    TIMESTAMP: (1.0, 0.0),
    0: (1.0, 0.0),
    1: (1.0, 0.0),
    2: (5.0, 500.0),
    3: (1.0, 0.0),
    4: (1.0, 0.0),
    5: (100.0, 0.0),
    6: (1000.0, 0.0),
    7: (1.0, 0.0),
    53: (128.0, 0.0),
    73: (1000.0, 0.0),
    78: (5.0, 500.0),
}
"""Wanted fields of a record: scale and offset; value = raw / scale - offset."""

WITH_COMPONENTS = frozenset({8, 18, 28})
"""Fields that stand for others: fitdecode takes them apart."""

DTYPES: dict[int, tuple[str, float | None]] = {
    0x00: ("u1", 0xFF),
    0x01: ("i1", 0x7F),
    0x02: ("u1", 0xFF),
    0x83: ("i2", 0x7FFF),
    0x84: ("u2", 0xFFFF),
    0x85: ("i4", 0x7FFFFFFF),
    0x86: ("u4", 0xFFFFFFFF),
    0x88: ("f4", None),
    0x89: ("f8", None),
    0x0A: ("u1", 0),
    0x8B: ("u2", 0),
    0x8C: ("u4", 0),
    0x0D: ("u1", 0xFF),
    0x8E: ("i8", 0x7FFFFFFFFFFFFFFF),
    0x8F: ("u8", 0xFFFFFFFFFFFFFFFF),
    0x90: ("u8", 0),
}
"""Base type: width and invalid value (None: NaN)."""

Rows = np.ndarray[tuple[int, int], np.dtype[np.uint8]]

Key = int | tuple[int, int]
"""A field number, or (developer index, field number)."""


class DeveloperField(Struct, frozen=True):
    """What a field description says: base type and the native field it stands for."""

    base: int
    native: int


def needs_decoder(layout: Layout) -> bool:
    """
    Whether a layout of records must go through fitdecode.

    That is so for fields with components, and for a wanted field that is an
    array or stands twice. A field of size 0 or of an odd size is unknown, and
    a timestamp that is not a single uint32 is no time: neither is a reason.
    """
    seen: set[int] = set()
    for place in layout.fields:
        if place.developer is not None:
            continue
        if place.number in WITH_COMPONENTS:
            return True
        if place.number not in SCALES or place.number == TIMESTAMP:
            continue
        if place.number in seen or _is_array(place):
            return True
        seen.add(place.number)
    return False


def is_unreadable(place: FieldPlace) -> bool:
    """Whether a wanted field of a record has a size or type that holds no single number."""
    if place.developer is not None or place.number not in SCALES:
        return False
    if place.number == TIMESTAMP:
        return place.base != 0x86 or place.size != 4
    kind = DTYPES.get(place.base, ("", None))[0]
    return not kind or int(kind[1:]) != place.size


def _is_array(place: FieldPlace) -> bool:
    """Whether a field holds several values of a known type; odd sizes hold none."""
    known = DTYPES.get(place.base)
    if known is None:
        return False
    width = int(known[0][1:])
    return place.size > width and place.size % width == 0


def gather(
    content: bytes,
    layouts: list[Layout],
    developer: Mapping[tuple[int, int], DeveloperField] | None = None,
) -> dict[Key, Floats]:
    """
    Gather the wanted fields of all records, in the order of the file.

    Parameters
    ----------
    content : bytes
        The whole file.
    layouts : list of Layout
        Those of record messages.
    developer : mapping, optional
        Developer fields that are wanted, by (index, number).

    Returns
    -------
    dict
        Columns by field number, one value a record; NaN is invalid or absent.
    """
    sizes = [len(layout.places) for layout in layouts]
    total = sum(sizes)
    data = np.frombuffer(content, dtype=np.uint8)
    columns: dict[Key, Floats] = {}
    starts = np.concatenate([np.asarray(layout.places, dtype=np.int64) for layout in layouts])
    first = 0
    for layout, count in zip(layouts, sizes, strict=True):
        rows = _rows(data, starts[first : first + count], layout.size)
        for place in layout.fields:
            found = _column(rows, place, layout, developer or {})
            if found is None:
                continue
            key, values = found
            column = columns.setdefault(key, np.full(total, np.nan))
            column[first : first + count] = values
        first += count
    order = np.argsort(starts, kind="stable")
    if not np.array_equal(order, np.arange(total)):
        columns = {key: column[order] for key, column in columns.items()}
    return columns


def _rows(
    data: np.ndarray[tuple[int], np.dtype[np.uint8]],
    starts: np.ndarray[tuple[int], np.dtype[np.int64]],
    size: int,
) -> Rows:
    """Return the payloads as rows: a view where they are evenly spaced."""
    steps = np.diff(starts)
    if steps.size and np.all(steps == steps[0]) and size:
        shape, strides = (starts.size, size), (int(steps[0]), 1)
        whole = data[starts[0] :]
        view: Rows = np.lib.stride_tricks.as_strided(whole, shape, strides, writeable=False)
        return view
    spread: Rows = data[starts[:, None] + np.arange(size)]
    return spread


def _column(
    rows: Rows,
    place: FieldPlace,
    layout: Layout,
    developer: Mapping[tuple[int, int], DeveloperField],
) -> tuple[Key, Floats] | None:
    """Return one wanted field of one layout; None for any other."""
    coding = _coding(place, developer)
    if coding is None:
        return None
    kind, invalid = DTYPES.get(coding.base, ("", None))
    if not kind or int(kind[1:]) != place.size:
        return None
    order = ">" if layout.big_endian else "<"
    cut = np.ascontiguousarray(rows[:, place.offset : place.offset + place.size])
    raw = cut.view(np.dtype(order + kind))[:, 0]
    values: Floats = raw.astype(np.float64)
    if coding.scale != 1.0:
        values = values / coding.scale
    if coding.offset:
        values = values - coding.offset
    unknown = ~np.isfinite(values) if invalid is None else raw == invalid
    values[unknown] = np.nan
    return coding.key, values


class _Coding(Struct, frozen=True):
    """How a field is stored: the column it becomes, base type, and the scale of its unit."""

    key: Key
    base: int
    scale: float = 1.0
    offset: float = 0.0


def _coding(
    place: FieldPlace, developer: Mapping[tuple[int, int], DeveloperField]
) -> _Coding | None:
    """Return how a wanted field is stored; None for any other."""
    if place.developer is not None:
        key = (place.developer, place.number)
        described = developer.get(key)
        return None if described is None else _Coding(key, described.base)
    if place.number not in SCALES:
        return None
    if place.number == TIMESTAMP and (place.base != 0x86 or place.size != 4):
        return None  # no time at all, rather than a guess
    return _Coding(place.number, place.base, *SCALES[place.number])
