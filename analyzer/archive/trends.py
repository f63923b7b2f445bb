"""From an athlete's runs to what they show over weeks; only equal sessions are compared."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from analyzer.archive.trend_test import SPELLS, Group, seasonal_kendall
from analyzer.median import median
from analyzer.model.trends import (
    MEASURES,
    MORE_IS_BETTER,
    AthleteTrends,
    FollowedSession,
    MeasureTrend,
    SquadTrends,
    TrendLine,
    TrendPoint,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from analyzer.archive.records import RunRow
    from analyzer.archive.trend_test import Kendall, Spells
    from analyzer.model.trends import Caveat, Measure, Shown

MONTH_DAYS = 365.25 / 12

LEVEL_SCORE, LEVEL_PART = 0.05, 0.01
"""How often a trend may be told where there is none: of the score, and of each of the five
measures beside it, which together then err as often as the score does."""

LAST_RUNS = 3
"""What is usual now is the middle of so many runs, the last ones."""


def squad_trends(
    runs: Mapping[str, Sequence[RunRow]],
    since: dt.date | None = None,
    until: dt.date | None = None,
    spells: Spells = SPELLS,
) -> SquadTrends:
    """
    Follow every athlete.

    Parameters
    ----------
    runs : mapping of str to sequence of RunRow
        The runs of each athlete, in any order.
    since, until : date, optional
        Only runs of these days, both included.
    spells : Spells
        How an athlete's values hang together beside a trend.
    """
    first, last = since or dt.date.min, until or dt.date.max
    followed = (
        athlete_trends(name, [r for r in rows if r.day is None or first <= r.day <= last], spells)
        for name, rows in runs.items()
    )
    return SquadTrends(tuple(sorted(followed, key=_by_name)), since, until)


def _by_name(athlete: AthleteTrends) -> tuple[str, str]:
    """Return what athletes are put in order by: their name, large and small letters alike."""
    return athlete.athlete.casefold(), athlete.athlete


def athlete_trends(athlete: str, rows: Iterable[RunRow], spells: Spells = SPELLS) -> AthleteTrends:
    """
    Follow one athlete through all measures.

    Runs without a day are left out, and named in the caveats. A run without a value of a measure,
    such as one that nothing could be scored in, is left out of that measure.
    """
    every = list(rows)
    dated = sorted((r for r in every if r.day is not None), key=_when)
    sessions = _sessions(dated)
    return AthleteTrends(
        athlete=athlete,
        runs=len(dated),
        scored=sum(r.score is not None for r in dated),
        first_day=dated[0].day if dated else None,
        last_day=dated[-1].day if dated else None,
        sessions=sessions,
        trends=tuple(_trend(m, dated, [s.stimulus for s in sessions], spells) for m in MEASURES),
        caveats=tuple(_caveats(every, dated)),
    )


def scores_shown(rows: Iterable[RunRow]) -> Shown:
    """Return where an athlete's scores go, as `athlete_trends` has it, and follow nothing else."""
    dated = sorted((r for r in rows if r.day is not None), key=_when)
    return _trend("score", dated, [s.stimulus for s in _sessions(dated)], SPELLS).shown


def _when(row: RunRow) -> tuple[dt.date, float]:
    """Return day and moment of a run."""
    return row.day or dt.date.min, 0.0 if row.start_utc is None else row.start_utc.timestamp()


def _sessions(rows: Sequence[RunRow]) -> tuple[FollowedSession, ...]:
    """Return the sessions that were run, the most frequent first, then the latest."""
    counts = Counter(r.stimulus for r in rows)
    names = {r.stimulus: r.plan_name for r in rows}  # in order of days: the last one stays
    last = {r.stimulus: i for i, r in enumerate(rows)}
    ordered = sorted(counts, key=lambda s: (-counts[s], -last[s]))
    return tuple(FollowedSession(s, names[s], counts[s]) for s in ordered)


def _caveats(every: Sequence[RunRow], dated: Sequence[RunRow]) -> Iterable[Caveat]:
    """Say what may look like a trend: another watch in between, another version of the method."""
    if len({r.device for r in dated if r.device}) > 1:
        yield "several_devices"
    if len({r.method for r in dated}) > 1:
        yield "several_methods"
    if len(dated) < len(every):
        yield "undated"


def value_of(measure: Measure, row: RunRow) -> float | None:
    """Return a measure of a run; None where the run does not have it, or nothing was scored."""
    if row.score is None:  # what was not run as planned says nothing of standing either
        return None
    if measure == "steps_pct":
        return 100.0 * row.steps_taken / row.steps_planned if row.steps_planned else None
    value: float | None = getattr(row, measure)
    return value


def _point(measure: Measure, row: RunRow, session: int) -> TrendPoint | None:
    """Return a run as a point of a measure."""
    value = value_of(measure, row)
    if value is None or row.day is None:
        return None
    is_score = measure == "score"
    low, high = (row.score_low, row.score_high) if is_score else (None, None)
    return TrendPoint(row.day, value, low, high, session)


def _trend(
    measure: Measure, rows: Sequence[RunRow], stimuli: Sequence[str], spells: Spells
) -> MeasureTrend:
    """Follow one measure."""
    found = (_point(measure, r, stimuli.index(r.stimulus)) for r in rows)
    points = tuple(p for p in found if p is not None)
    by_session: dict[int, list[TrendPoint]] = defaultdict(list)
    for point in points:
        by_session[point.session].append(point)
    level = LEVEL_SCORE if measure == "score" else LEVEL_PART
    test = seasonal_kendall([_group(by_session[s]) for s in sorted(by_session)], level, spells)
    main = by_session[min(by_session)] if by_session else []
    low, high, slope = (
        None if v is None else v * MONTH_DAYS for v in (test.low, test.high, test.slope)
    )
    shown = _shown(measure, test)
    return MeasureTrend(
        measure=measure,
        shown=shown,
        runs=test.size,
        level=level,
        p_value=test.p_value,
        per_month=slope,
        low=low,
        high=high,
        usual=_middle([p.value for p in main[-LAST_RUNS:]]),
        points=points,
        line=_line(main, test.slope) if shown in {"better", "worse"} else None,
    )


def _group(points: Sequence[TrendPoint]) -> Group:
    """Return the points of one session for the test."""
    days = tuple(float(p.day.toordinal()) for p in points)
    return Group(days, tuple(p.value for p in points))


def _shown(measure: Measure, test: Kendall) -> Shown:
    """Put what the test says as better or worse."""
    if not test.can_tell:
        return "cannot_tell"
    if not test.sign:
        return "not_shown"
    return "better" if (test.sign > 0) == (measure in MORE_IS_BETTER) else "worse"


def _middle(values: Sequence[float]) -> float | None:
    """Return the median; None of nothing."""
    return median(np.array(values)) if values else None


def _line(points: Sequence[TrendPoint], slope: float | None) -> TrendLine | None:
    """
    Lay a line with the slope of all sessions through the runs of one.

    As many runs are above it as below (Conover 1980, Practical Nonparametric Statistics, ch. 5.5,
    takes the medians of both; the median of what is left over keeps the line in the middle also
    where the days are far apart).
    """
    if slope is None or len(points) < 2:
        return None
    days = [p.day.toordinal() for p in points]
    base = _middle([p.value - slope * day for p, day in zip(points, days, strict=True)]) or 0.0
    first, last = (base + slope * day for day in (days[0], days[-1]))
    return TrendLine(points[0].day, points[-1].day, first, last)
