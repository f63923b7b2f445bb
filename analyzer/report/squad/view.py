"""The rows of a squad sheet in words, once for all forms."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from analyzer.model.comparison import Compared
from analyzer.model.remarks import MAX_NOTE
from analyzer.model.squad import UNKNOWN
from analyzer.report.advice import next_time
from analyzer.report.compare.view import MINUS, run_row
from analyzer.report.headline import headline
from analyzer.report.language import after_colon, noted, say, say_n
from analyzer.report.measures import DASH
from analyzer.report.squad.caveats import caveats
from analyzer.report.view import MONTHS, date_text, score_words, unit_of
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from analyzer.model.review import Review
    from analyzer.model.squad import Need, SquadRow, SquadSheet
    from analyzer.model.trends import Shown
    from analyzer.report.compare.view import Cell
    from analyzer.units import Unit

Group = Literal["need", "unknown", "kept"]
"""The parts of a sheet: who needs the coach, of whom nothing is known, and the rest."""

HEADINGS: Mapping[Group, str] = {
    "need": noted("Need you"),
    "unknown": noted("Nothing to go by"),
    "kept": noted("Kept to the plan"),
}

NEED_WORDS: Mapping[Need, str] = {
    "paid": noted("forced early and paid"),
    "blew_up": noted("blew up"),
    "stopped": noted("stopped"),
    "took_break": noted("took a break"),
    "missed": noted("block skipped"),
    "cut_short": noted("cut short"),
    "forced": noted("forced"),
    "far": noted("off the plan"),
    "no_file": noted("no file"),
    "cannot_tell": noted("cannot tell"),
}
"""Why the coach should look, in a word or two."""

ARROWS: Mapping[Shown, tuple[str, str]] = {
    "better": ("↗", noted("scores rising")),
    "worse": ("↘", noted("scores falling")),
}
"""Sign and words of a trend; of one that does not show nothing is said."""

NO_RUN = noted("No recording in these days.")

MOST_NUMBERS = 12
"""A run of more blocks is shown by its signs alone."""

MOST_OTHERS = 3
"""More other runs than this are counted and not named."""


class RowWords(NamedTuple):
    """
    One athlete in words; what there is nothing of is empty.

    Parameters
    ----------
    athlete : str
        Their name, safe to show.
    group : Group
        In which part of the sheet.
    need : str
        Why the coach should look.
    run : str
        Which run it is: plan and day.
    others : str
        Their other runs in the period.
    score, sure, word : str
        As in their own review.
    arrow, trend : str
        Sign and words of the trend.
    cells : tuple of Cell
        Every block: its sign, and how far off it was.
    first, second : str
        The sentences of their own review.
    advice : str
        The next step, as their own review has it.
    caveats : tuple of str
        What the coach should know about the recording, and the athlete need not.
    note : str
        The coach's own note on the run.
    """

    athlete: str
    group: Group
    need: str
    run: str
    others: str
    score: str
    sure: str
    word: str
    arrow: str
    trend: str
    cells: tuple[Cell, ...]
    first: str
    second: str
    advice: str
    caveats: tuple[str, ...]
    note: str

    @property
    def next_line(self) -> str:
        """The next step as a line; empty if there is none."""
        return say("Next time: {advice}", advice=after_colon(self.advice)) if self.advice else ""

    @property
    def for_the_coach(self) -> str:
        """What is for the coach alone, the coach's own note last."""
        return " ".join(words for words in (*self.caveats, self.note) if words)

    @property
    def coach_line(self) -> str:
        """The same as a line; empty if there is nothing."""
        remarks = self.for_the_coach
        return say("For the coach: {remarks}", remarks=remarks) if remarks else ""

    @property
    def scored(self) -> str:
        """Score, range and word: ``63 (58 to 70), loose``; a word alone where none is scored."""
        return f"{self.score} ({self.sure}), {self.word}" if self.sure else self.word

    @property
    def told(self) -> str:
        """Both sentences."""
        return f"{self.first} {self.second}".strip()

    @property
    def signs(self) -> tuple[str, ...]:
        """What stands for each block: ``▲ −14``; the signs alone where there are many."""
        if len(self.cells) > MOST_NUMBERS:
            return ("".join(cell.glyph for cell in self.cells),)
        return tuple(sign_text(cell) for cell in self.cells)


def sign_text(cell: Cell) -> str:
    """Return sign and deviation of a block; the sign alone where nothing was measured."""
    return cell.glyph if cell.off == DASH else f"{cell.glyph} {cell.off}"


def group_of(row: SquadRow) -> Group:
    """Return the part of the sheet that a row stands in."""
    if row.need is None:
        return "kept"
    return "unknown" if row.need in UNKNOWN else "need"


def grouped(sheet: SquadSheet) -> list[tuple[Group, list[SquadRow]]]:
    """Return the rows by the part they stand in, in their order."""
    return [(group, list(rows)) for group, rows in groupby(sheet.rows, key=group_of)]


def row_words(row: SquadRow, units: Unit | None = None) -> RowWords:
    """
    Put one athlete into words, those of their own review.

    Parameters
    ----------
    row : SquadRow
        The athlete.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    """
    arrow, trend = ("", "") if row.trend is None else ARROWS.get(row.trend, ("", ""))
    words = RowWords(
        athlete=athlete_text(row),
        group=group_of(row),
        need="" if row.need is None else say(NEED_WORDS[row.need]),
        run="",
        others="",
        score=DASH,
        sure="",
        word="",
        arrow=arrow,
        trend=say(trend) if trend else "",
        cells=(),
        first=say(NO_RUN),
        second="",
        advice="",
        caveats=(),
        note=clean_text(row.heard.note, MAX_NOTE),
    )
    return words if row.review is None else _of_run(words, row, row.review, units)


def _of_run(words: RowWords, row: SquadRow, review: Review, units: Unit | None) -> RowWords:
    """Add what the latest run of an athlete says."""
    unit = unit_of(review, units)
    told = run_row(Compared("", review), unit)
    first, second = headline(review, unit)
    return words._replace(
        run=run_text(review),
        others=others_text(row.others),
        score=told.score,
        sure=told.sure,
        word=told.word,
        cells=told.cells,
        first=first,
        second=second,
        advice=next_time(review, unit) or "",
        caveats=caveats(review, unit),
    )


def athlete_text(row: SquadRow) -> str:
    """Return an athlete's name, safe to show."""
    return clean_text(row.athlete) or DASH


def run_text(review: Review) -> str:
    """Say which run it is: ``Tuesday progression · 10 March 2026``."""
    return " · ".join(part for part in (clean_text(review.plan.name), date_text(review)) if part)


def other_text(run: Review) -> str:
    """Return one other run, with its score."""
    return f"{run_text(run)} · {score_words(run)[0]}"


def others_text(others: Sequence[Review], put: Callable[[Review], str] = other_text) -> str:
    """Name the other runs of an athlete as ``put`` has it; the first few where they are many."""
    if not others:
        return ""
    named = [put(run) for run in others[:MOST_OTHERS]]
    left = len(others) - len(named)
    more = [say("{n} more", n=left)] if left else []
    return say("Also: {runs}", runs="; ".join([*named, *more]))


def day_text(day: dt.date) -> str:
    """Return a day in words."""
    return say("{day} {month} {year}", day=day.day, month=say(MONTHS[day.month - 1]), year=day.year)


def days_text(first: dt.date | None, last: dt.date | None) -> str:
    """Return the days of a period: ``4 to 10 March 2026``, ``since 4 March 2026``."""
    if first is None or last is None:
        if first is not None:
            return say("since {day}", day=day_text(first))
        return "" if last is None else say("until {day}", day=day_text(last))
    if first == last:
        return day_text(last)
    begin, end = day_text(first), day_text(last)
    if first.year == last.year:  # the year stands once, and the month if it is the same
        words = begin.split(" ")
        begin = words[0] if first.month == last.month else " ".join(words[:-1])
    return say("{first} to {last}", first=begin, last=end)


def title_text(sheet: SquadSheet) -> str:
    """Return number of athletes and days: ``Squad · 12 athletes · 4 to 10 March 2026``."""
    count = say_n("{n} athlete", "{n} athletes", len(sheet.rows))
    days = days_text(sheet.first_day, sheet.last_day)
    return " · ".join(part for part in (say("Squad"), count, days) if part)


def notes(sheet: SquadSheet, units: Unit | None = None) -> list[str]:
    """Say how to read the sheet: order, signs, ranges."""
    reviews = [row.review for row in sheet.rows if row.review is not None]
    used = sorted({unit_of(review, units) for review in reviews}) or ["km"]
    unit = f"s/{used[0]}" if len(used) == 1 else say("s/km or s/mi, as in each plan,")
    return [
        say("Who needs you most stands first; each athlete is judged by their own plan and paces."),
        say(
            "Block by block: ▲ too fast, ▼ too slow, ● held, · not scored, ■ not finished; "
            "{unit} off the plan, {minus} faster, + slower.",
            unit=unit,
            minus=MINUS,
        ),
        say("Scores of 100 with their 90 % range."),
    ]
