"""What an athlete's runs of equal sessions show over weeks: records alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

Measure = Literal["score", "gained_s", "lost_s", "fade_pct", "standing_s", "steps_pct"]
"""What is followed: the score; seconds gained early, lost later, standing; fade; steps taken."""

MEASURES: tuple[Measure, ...] = (
    "score", "gained_s", "lost_s", "fade_pct", "standing_s", "steps_pct",
)  # fmt: skip
"""All of them, the score first: the others are what it is made of."""

MORE_IS_BETTER: frozenset[Measure] = frozenset(("score", "steps_pct"))

Shown = Literal["better", "worse", "not_shown", "cannot_tell"]
"""
What a test says: a trend to the better or the worse; none, though so many runs could show one;
or too few runs of one session to show any.
"""

Caveat = Literal["several_devices", "several_methods", "undated"]
"""What may look like a trend and be none, or keeps runs out of it."""


class TrendPoint(NamedTuple):
    """
    One run in one measure.

    Parameters
    ----------
    day : date
        By the runner's own clock.
    value : float
        In the unit of the measure.
    low, high : float or None
        Its 90 % range, where the measure has one.
    session : int
        Place of its session in `AthleteTrends.sessions`.
    """

    day: dt.date
    value: float
    low: float | None
    high: float | None
    session: int


class TrendLine(NamedTuple):
    """The trend of one session, drawn: from the value at its first day to that at its last."""

    first_day: dt.date
    last_day: dt.date
    first: float
    last: float


class MeasureTrend(NamedTuple):
    """
    One measure of one athlete over time.

    Parameters
    ----------
    measure : Measure
        Which.
    shown : Shown
        What the test says.
    runs : int
        Runs that have the measure and another run of the same session to be compared with.
    level : float
        How often the test would tell a trend where there is none.
    p_value : float
        Of the test, two-sided.
    per_month : float or None
        Best value of the change in a month of 30.4 days; None without a pair.
    low, high : float or None
        What lies outside these is ruled out at that level; None where nothing is.
    usual : float or None
        The middle of the last three runs of the main session.
    points : tuple of TrendPoint
        Every run that has the measure, in order of days.
    line : TrendLine or None
        In the main session; None unless a trend is shown.
    """

    measure: Measure
    shown: Shown
    runs: int
    level: float
    p_value: float
    per_month: float | None
    low: float | None
    high: float | None
    usual: float | None
    points: tuple[TrendPoint, ...]
    line: TrendLine | None


class FollowedSession(NamedTuple):
    """A session that was run: what its plan was last called, and how often it was run."""

    stimulus: str
    name: str
    runs: int


class AthleteTrends(NamedTuple):
    """
    All that an athlete's runs show.

    Parameters
    ----------
    athlete : str
        Whose; empty where runs are nobody's.
    runs, scored : int
        Runs with a day, and those of them with a score.
    first_day, last_day : date or None
        Of the first and last of them.
    sessions : tuple of FollowedSession
        The most frequent first; the latest of equally frequent ones.
    trends : tuple of MeasureTrend
        One for each of `MEASURES`, in that order.
    caveats : tuple of Caveat
        What to think of before one believes them.
    """

    athlete: str
    runs: int
    scored: int
    first_day: dt.date | None
    last_day: dt.date | None
    sessions: tuple[FollowedSession, ...]
    trends: tuple[MeasureTrend, ...]
    caveats: tuple[Caveat, ...] = ()

    @property
    def score(self) -> MeasureTrend:
        """The trend of the score."""
        return self.trends[0]


class SquadTrends(NamedTuple):
    """
    Trends of some athletes, in the order of the report.

    Parameters
    ----------
    athletes : tuple of AthleteTrends
        By name.
    since, until : date or None
        Runs of these days were looked at; None: from the first, to the last.
    """

    athletes: tuple[AthleteTrends, ...]
    since: dt.date | None = None
    until: dt.date | None = None
