"""Where days and values lie on a drawing, the same for a page and a card."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, NamedTuple

from analyzer.report.trends.words import short_day, short_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.trends import MeasureTrend, SquadTrends

HIGHEST_SCORE, LOWEST_TOP = 100.0, 60.0
"""The scale of scores ends at 100 and begins at 60 or below, so that noise looks small."""

SMALLEST = {"score": 40.0, "gained_s": 30.0, "lost_s": 30.0, "fade_pct": 4.0,
            "standing_s": 30.0, "steps_pct": 100.0}  # fmt: skip
"""Least height of a scale: what is less than that need not fill the drawing."""

MOST_MONTHS = 8
"""With more months on an axis, every third one is named."""


FAR = 0.12
"""Where the first of a month is farther than this share from the left, the first day is named."""


class Scale(NamedTuple):
    """The days and values at the edges of a drawing."""

    first: dt.date
    last: dt.date
    low: float
    high: float

    def across(self, day: dt.date) -> float:
        """Return where a day lies, from 0 at the left to 1 at the right."""
        days = (self.last - self.first).days
        return (day - self.first).days / days if days else 0.5

    def up(self, value: float) -> float:
        """Return where a value lies, from 0 at the bottom to 1 at the top."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)


def scale_of(trends: Sequence[MeasureTrend], days: tuple[dt.date, dt.date]) -> Scale | None:
    """Return the scale on which all runs of a measure fit; None where there is none."""
    points = [p for t in trends for p in t.points]
    if not points:
        return None
    measure = trends[0].measure
    values = [v for p in points for v in (p.value, p.low, p.high) if v is not None]
    if measure == "score":
        low = min(LOWEST_TOP, 10.0 * math.floor(min(values) / 10))
        return Scale(*days, max(0.0, low), HIGHEST_SCORE)
    low, high = min(0.0, *values), max(0.0, *values)
    return Scale(*days, low, max(high, low + SMALLEST[measure]))


def days_of(squad: SquadTrends) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of any athlete; None where there is no run."""
    firsts = [a.first_day for a in squad.athletes if a.first_day is not None]
    lasts = [a.last_day for a in squad.athletes if a.last_day is not None]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def month_marks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """Return the first days of months to name on an axis; the first and last day without any."""
    found, day = [], first.replace(day=1)
    while day <= last:
        if day >= first:
            found.append(day)
        day = (day + dt.timedelta(days=32)).replace(day=1)
    if len(found) > MOST_MONTHS:
        found = [d for d in found if d.month % 3 == 1]
    marks = [(d, short_month(d) if d.month > 1 else f"{short_month(d)} {d.year}") for d in found]
    if not found:
        return [(day, short_day(day)) for day in dict.fromkeys((first, last))]
    is_bare = (found[0] - first).days > FAR * (last - first).days
    return [(first, short_day(first)), *marks] if is_bare else marks


def score_marks(scale: Scale) -> list[float]:
    """Return the scores to name on an axis."""
    step = 20.0 if scale.high - scale.low > 50 else 10.0
    first = step * math.ceil(scale.low / step)
    return [first + step * i for i in range(int((scale.high - first) / step) + 1)]
