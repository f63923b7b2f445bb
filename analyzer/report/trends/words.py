"""Measures, days and changes in words, once for all forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.report.compare.view import MINUS, SHORT_MONTHS
from analyzer.report.language import decimal, noted, say, say_n
from analyzer.report.measures import DASH
from analyzer.report.view import MONTHS
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.trends import AthleteTrends, Caveat, Measure, MeasureTrend, Shown


class MeasureWords(NamedTuple):
    """
    All that a report says of a measure.

    Parameters
    ----------
    name : str
        As a table has it.
    unit : str
        Behind a number in a table.
    digits : int
        Behind the decimal mark of a change.
    better, worse : str
        A clause of a sentence; ``{size}`` is the change in a month, without its sign. The score
        has sentences of its own.
    """

    name: str
    unit: str
    digits: int
    better: str = ""
    worse: str = ""


WORDS: dict[Measure, MeasureWords] = {
    "score": MeasureWords(
        noted("Score"),
        noted("points"),
        0,
    ),
    "gained_s": MeasureWords(
        noted("Gained early"),
        "s",
        0,
        noted("{size} s less gained early"),
        noted("{size} s more gained early"),
    ),
    "lost_s": MeasureWords(
        noted("Lost later"),
        "s",
        0,
        noted("{size} s less lost later"),
        noted("{size} s more lost later"),
    ),
    "fade_pct": MeasureWords(
        noted("Fade"),
        "%",
        1,
        noted("{size} % less fade"),
        noted("{size} % more fade"),
    ),
    "standing_s": MeasureWords(
        noted("Standing"),
        "s",
        0,
        noted("{size} s less standing"),
        noted("{size} s more standing"),
    ),
    "steps_pct": MeasureWords(
        noted("Steps taken"),
        "%",
        0,
        noted("{size} % more of the steps taken"),
        noted("{size} % fewer of the steps taken"),
    ),
}

SHOWN: dict[Shown, str] = {
    "better": noted("better"),
    "worse": noted("worse"),
    "not_shown": noted("no trend shows"),
    "cannot_tell": noted("cannot tell"),
}

SIGNS: dict[Shown, str] = {"better": "↗", "worse": "↘", "not_shown": "", "cannot_tell": ""}
"""Better is up, whichever way the number goes; there is no sign for a trend that is not shown."""

CAVEATS: dict[Caveat, str] = {
    "several_devices": noted(
        "More than one watch was worn: a step between them may look like a trend."
    ),
    "several_methods": noted(
        "Runs were judged by different versions of progcheck; 'progcheck batch' judges them alike."
    ),
    "undated": noted("Runs without a date are left out."),
}


def name_of(athlete: AthleteTrends) -> str:
    """Return what an athlete is called, safe to show."""
    return clean_text(athlete.athlete) or say("The runner")


def day_text(day: dt.date, *, with_year: bool = True) -> str:
    """Return a day as headings have it: ``5 January 2026``."""
    month = say(MONTHS[day.month - 1])
    if with_year:
        return say("{day} {month} {year}", day=day.day, month=month, year=day.year)
    return say("{day} {month}", day=day.day, month=month)


def short_month(day: dt.date) -> str:
    """Return a month as an axis has it."""
    return say(SHORT_MONTHS[day.month - 1])


def short_day(day: dt.date) -> str:
    """Return a day as an axis has it: ``5 Jan``."""
    return say("{day} {month}", day=day.day, month=short_month(day))


def span_text(first: dt.date | None, last: dt.date | None) -> str:
    """Return two days as a span: ``5 January to 23 March 2026``; empty if there is none."""
    if first is None or last is None:
        return ""
    if first == last:
        return day_text(first)
    earlier = day_text(first, with_year=first.year != last.year)
    if (first.year, first.month) == (last.year, last.month):
        earlier = earlier.split(" ")[0]
    return say("{first} to {last}", first=earlier, last=day_text(last))


def runs_text(trend: MeasureTrend) -> str:
    """Say over which runs: ``9 equal sessions``, ``14 runs of 2 sessions``."""
    of = [p.session for p in trend.points]
    repeated = {session for session in of if of.count(session) > 1}
    if len(repeated) < 2:
        return say_n("{n} equal session", "{n} equal sessions", trend.runs)
    return say("{n} runs of {sessions} sessions", n=trend.runs, sessions=len(repeated))


def number_text(value: float | None, digits: int) -> str:
    """Return a number with the minus of print; a dash if it is unknown."""
    if value is None:
        return DASH
    rounded = round_half_up(abs(value), digits)
    sign = MINUS if value < 0 and rounded else ""
    return sign + decimal(rounded, digits)


def size_text(trend: MeasureTrend, value: float | None) -> str:
    """Return a change; with one digit more where a trend is shown that would be rounded to none."""
    digits = WORDS[trend.measure].digits
    is_lost = value is not None and trend.line is not None and not round_half_up(abs(value), digits)
    return number_text(value, digits + is_lost)


def signed_text(trend: MeasureTrend, value: float | None) -> str:
    """Return a change with its sign: ``+4``, ``−0.5``, ``0``."""
    text = size_text(trend, value)
    is_rise = value is not None and value > 0 and any(c in "123456789" for c in text)
    return f"+{text}" if is_rise else text


def change_text(trend: MeasureTrend) -> str:
    """Return the change in a month for a table; a dash where nothing can be told."""
    return DASH if trend.shown == "cannot_tell" else signed_text(trend, trend.per_month)


def change_with_unit(trend: MeasureTrend) -> str:
    """Return the same with its unit."""
    change = change_text(trend)
    if change == DASH:
        return change
    unit = WORDS[trend.measure].unit
    said = say(unit) if trend.measure == "score" else unit
    return f"{change} {said}"


def range_text(trend: MeasureTrend) -> str:
    """Return what is not ruled out, for a table: ``+2 to +6``; empty where nothing is."""
    if trend.low is None or trend.high is None:
        return ""
    low, high = (signed_text(trend, v) for v in (trend.low, trend.high))
    return say("{low} to {high}", low=low, high=high)


def shown_text(trend: MeasureTrend) -> str:
    """Return what is shown, its sign in front: ``↗ better``."""
    words = say(SHOWN[trend.shown])
    return f"{SIGNS[trend.shown]} {words}".strip()


def usual_text(trend: MeasureTrend) -> str:
    """Return what is usual now, with its unit."""
    words = WORDS[trend.measure]
    if trend.usual is None:
        return DASH
    number = number_text(trend.usual, words.digits)
    return number if trend.measure == "score" else f"{number} {words.unit}"
