"""Where in a file the first value stood that was dropped or changed, and dates that cannot be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import numpy as np

from analyzer.model.activity import RecordingWarning
from analyzer.parsers.samples import COLUMNS
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.activity import Bools, WarningCode
    from analyzer.parsers.samples import Samples

Unit = Literal["line", "byte"]
"""What places of a format count."""

SAMPLES_A_LINE = 1_000_000
"""More than any file has [samples]."""

TOMORROW_S = 86_400.0
"""A clock may be a day ahead of ours, by its zone; no run begins later than that [s]."""


def told_apart(samples: Samples) -> Samples:
    """Give each sample a place of its own, where several may stand on one line."""
    return samples.with_columns(place=samples.place + np.arange(len(samples)) / SAMPLES_A_LINE)


def placed(
    warnings: tuple[RecordingWarning, ...], before: Samples, after: Samples, unit: Unit
) -> tuple[RecordingWarning, ...]:
    """
    Say where in the file each repair begins, and warn of a recording from the future.

    Parameters
    ----------
    warnings : tuple of RecordingWarning
        What was repaired on the way from one to the other.
    before, after : Samples
        As they stood in the file, and in order.
    unit : {'line', 'byte'}
        What the places of the format count.
    """
    told = tuple(_with_place(warning, before, after, unit) for warning in warnings)
    if after.time_s[0] <= time.time() + TOMORROW_S:
        return told
    return (*told, _at(RecordingWarning("DATE_DOUBTFUL"), float(after.place[0]), unit))


def _with_place(
    warning: RecordingWarning, before: Samples, after: Samples, unit: Unit
) -> RecordingWarning:
    """Give a warning the place of the first sample it is about, unless it has one."""
    find = FINDERS.get(warning.code)
    if find is None or warning.line is not None or warning.byte is not None:
        return warning
    is_about = find(before, after)
    first = int(np.argmax(is_about))
    return _at(warning, float(before.place[first]), unit) if is_about[first] else warning


def _at(warning: RecordingWarning, place: float, unit: Unit) -> RecordingWarning:
    """Put a place into a warning; NaN is none."""
    if not np.isfinite(place):
        return warning
    return (
        replace(warning, line=int(place)) if unit == "line" else replace(warning, byte=int(place))
    )


def _untimed(before: Samples, after: Samples) -> Bools:
    """Mark samples without a time."""
    del after
    return np.isnan(before.time_s)


def _off_the_clock(before: Samples, after: Samples) -> Bools:
    """Mark samples whose time was left out or changed, except copies of the one before."""
    kept, row = _rows(before, after)
    is_copy = np.concatenate(([False], np.diff(before.time_s) == 0))
    moved = np.zeros(len(before), dtype=np.bool_)
    moved[kept] = after.time_s[row] != before.time_s[kept]
    gone = ~kept & np.isfinite(before.time_s) & ~is_copy
    return moved | gone


def _dropped(before: Samples, after: Samples) -> Bools:
    """Mark samples that were joined to another, or of which a value became unknown."""
    kept, row = _rows(before, after)
    marks = ~kept & np.isfinite(before.time_s)
    for name in COLUMNS:
        if name != "distance_m":
            known, left = getattr(before, name)[kept], getattr(after, name)[row]
            marks[kept] |= ~np.isnan(known) & np.isnan(left)
    return marks


def _redistanced(before: Samples, after: Samples) -> Bools:
    """Mark samples whose distance was changed."""
    kept, row = _rows(before, after)
    marks = np.zeros(len(before), dtype=np.bool_)
    known, left = before.distance_m[kept], after.distance_m[row]
    marks[kept] = np.isfinite(known) & (known != left)
    return marks


def _rows(
    before: Samples, after: Samples
) -> tuple[Bools, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Return which samples are still there, and the rows where they are now."""
    order = np.argsort(after.place, kind="stable")
    at = np.searchsorted(after.place[order], before.place)
    row = order[np.minimum(at, len(after) - 1)]
    kept: Bools = after.place[row] == before.place
    return kept, row[kept]


FINDERS: dict[WarningCode, Callable[[Samples, Samples], Bools]] = {
    "POINTS_DROPPED": _untimed,
    "CLOCK_REPAIRED": _off_the_clock,
    "VALUES_DROPPED": _dropped,
    "DISTANCE_REPAIRED": _redistanced,
}
"""Which samples a warning is about."""
