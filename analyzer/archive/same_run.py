"""The same run in several files: told by athlete, start, length and device, and kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.records import Print, Result

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

START_S = 5.0
"""Two files of one run begin within this: programs round, and drop first points."""

TIME_SHARE, DISTANCE_SHARE = 0.02, 0.03
"""How far elapsed time and distance of two files of one run may differ."""

LEAST_S, LEAST_M = 5.0, 50.0
"""So far they may, however short the run."""

RANKS = (".fit", ".tcx", ".gpx")
"""Of two files of one run the one that holds more is kept: the first of these endings."""


class SameRuns:
    """
    The runs that are known so far; finds the one that a new file is another copy of.

    Parameters
    ----------
    kept : iterable of Print
        Runs of earlier batches.
    """

    def __init__(self, kept: Iterable[Print] = ()) -> None:
        self._by_minute: dict[int, list[Print]] = {}
        for each in kept:
            self._by_minute.setdefault(_minute(each), []).append(each)

    def add(self, result: Result) -> tuple[Result, tuple[Result, ...]]:
        """
        Take in a judged run.

        Returns
        -------
        kept : Result
            The result as it now is: a duplicate, if another file of this run holds as much.
        changed : tuple of Result
            Earlier results that have become duplicates. There may be several: two batches that
            ran at once may each have judged another half of a file that was being copied.
        """
        mine = _print_of(result)
        if mine is None:
            return result, ()
        minute = _minute(mine)
        near = [p for m in (minute - 1, minute, minute + 1) for p in self._by_minute.get(m, ())]
        for earlier in [p for p in near if p.content == mine.content]:  # judged anew
            self._by_minute[_minute(earlier)].remove(earlier)
        others = [p for p in near if _is_same(p, mine)]
        replaced = [p for p in others if _replaces(mine, p)]
        counts = next((p for p in others if p not in replaced), mine)
        if counts is mine:
            self._by_minute.setdefault(minute, []).append(mine)
        for other in replaced:
            self._by_minute[_minute(other)].remove(other)
        changed = tuple(_copy(p, p.inputs, result.day, counts.label) for p in replaced)
        if counts is mine:
            return result, changed
        return _copy(mine, result.inputs, result.day, counts.label), changed


def twins(kept: Iterable[Print]) -> set[str]:
    """Return the contents of runs that several files hold, and of which none is a duplicate yet."""
    by_minute: dict[int, list[Print]] = {}
    found: set[str] = set()
    for each in kept:
        minute = _minute(each)
        near = [p for m in (minute - 1, minute, minute + 1) for p in by_minute.get(m, ())]
        for other in near:
            if _is_same(other, each):
                found |= {other.content, each.content}
        by_minute.setdefault(minute, []).append(each)
    return found


def _minute(run: Print) -> int:
    """Return the minute in which a run began."""
    return int(run.start_s // 60)


def _print_of(result: Result) -> Print | None:
    """Return what a result is recognised by; None if it has no run or no time."""
    run = result.run
    if run is None or run.start_utc is None:
        return None
    return Print(
        content=result.content,
        label=result.label,
        athlete=result.athlete,
        inputs=result.inputs,
        start_s=run.start_utc.timestamp(),
        elapsed_s=run.elapsed_s,
        distance_m=run.distance_m,
        device=run.device,
    )


def _replaces(mine: Print, other: Print) -> bool:
    """Whether a file counts in place of an earlier one: it holds more, or lies where that lay."""
    return mine.label == other.label or _rank(mine.label) < _rank(other.label)


def _is_same(one: Print, other: Print) -> bool:
    """
    Whether two files are of one run; two watches are two recordings.

    What lies where a run of the same start lay is that run, however much of it there was: it
    was judged while it was still being copied, or mended since.
    """
    devices = {one.device, other.device} - {None}
    return (
        one.content != other.content
        and one.athlete == other.athlete
        and len(devices) < 2
        and abs(one.start_s - other.start_s) <= START_S
        and (one.label == other.label or _is_as_long(one, other))
    )


def _is_as_long(one: Print, other: Print) -> bool:
    """Whether two runs took as long and went as far."""
    return _near(one.elapsed_s, other.elapsed_s, TIME_SHARE, LEAST_S) and _near(
        one.distance_m, other.distance_m, DISTANCE_SHARE, LEAST_M
    )


def _near(one: float, other: float, share: float, least: float) -> bool:
    """Whether two figures differ by no more than a share of the larger one."""
    return abs(one - other) <= max(least, share * max(one, other))


def _rank(label: str) -> int:
    """Return how much less a format holds than the best one."""
    name = label.lower().removesuffix(".gz")
    return next((i for i, ending in enumerate(RANKS) if name.endswith(ending)), len(RANKS))


def _copy(run: Print, inputs: str, day: dt.date | None, of: str) -> Result:
    """Return a run as a duplicate of another file."""
    return Result(
        content=run.content,
        label=run.label,
        outcome="duplicate",
        why=of,
        athlete=run.athlete,
        day=day,
        inputs=inputs,
    )
