"""Runs side by side in words, once for all forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.hidden import RUN
from analyzer.report.compare.findings import NOTHING_CLEAR, clear_findings
from analyzer.report.language import noted, say, say_n
from analyzer.report.measures import DASH, deviation_s_per_km, per_unit
from analyzer.report.view import (
    block_row,
    date_text,
    planned_text,
    score_words,
    short_name,
    unit_of,
)
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.block_result import BlockResult, Verdict
    from analyzer.model.comparison import (
        Compared,
        SideBySide,
    )
    from analyzer.units import Unit

MINUS = "−"

SHORT_MONTHS = (
    noted("Jan"), noted("Feb"), noted("Mar"), noted("Apr"), noted("May"), noted("Jun"),
    noted("Jul"), noted("Aug"), noted("Sep"), noted("Oct"), noted("Nov"), noted("Dec"),
)  # fmt: skip
"""Months as the labels of runs have them; a test compares the two."""

LEGEND = noted(
    "{unit} off the plan: {minus} faster, + slower. "
    "▲ too fast, ▼ too slow, ● held, · not scored, ■ not finished."
)


class Cell(Struct, frozen=True):
    """One block of one run: its sign, how far off it was, and the class of its colour."""

    index: str
    glyph: str
    off: str
    words: str
    kind: Verdict


class Column(Struct, frozen=True):
    """What a block asked for, above its cells; ``held`` is in how many runs it was held."""

    index: str
    name: str
    planned: str
    held: str


class RunRow(Struct, frozen=True):
    """One run in words; ``sure`` is empty where nothing was scored."""

    label: str
    score: str
    sure: str
    word: str
    cells: tuple[Cell, ...]
    findings: str
    has_findings: bool = True

    @property
    def summary(self) -> str:
        """Word and findings: ``loose: block 4 skipped``; ``held, no clear finding``."""
        return f"{self.word}{': ' if self.has_findings else ', '}{self.findings}"


def side_unit(side: SideBySide, units: Unit | None) -> Unit:
    """Return the unit a comparison is read in: asked for, else that of the first run's plan."""
    return unit_of(side.runs[0].review, units)


def label_text(run: Compared) -> str:
    """Return what a run is called by programs, safe to show."""
    return clean_text(run.label) or DASH


LETTERED = re.compile(r"(Runner|Run) ([A-Z]+)((?: \(\d+\))?)")
"""What a run is called where nobody shall be named."""


def label_said(run: Compared) -> str:
    """Return what a run is called in a report: days and letters are said in its language."""
    label, start = label_text(run), run.review.activity.start_time_local
    if start is None:
        lettered = LETTERED.fullmatch(label) if run.review.activity.source == RUN else None
        return _lettered(*lettered.groups()) if lettered else label
    month = SHORT_MONTHS[start.month - 1]
    said = say("{day} {month} {year}", day=start.day, month=say(month), year=start.year)
    return label.replace(f"{start.day} {month} {start.year}", said)


def _lettered(who: str, letter: str, number: str) -> str:
    """Say ``Runner A``, of several runs ``Runner A (2)``."""
    if who == "Runner":
        return say("Runner {letter}", letter=letter) + number
    return say("Run {letter}", letter=letter) + number


def greeting_of(run: Compared) -> str | None:
    """Return the letter by which a message greets who shall not be named; None for a run's."""
    is_runner = run.review.activity.source == RUN and run.label.startswith("Runner ")
    return label_said(run).partition(" (")[0] if is_runner else None


def run_row(run: Compared, unit: Unit) -> RunRow:
    """Put one run into words."""
    score, low, high = (
        None if v is None else round_half_up(v)
        for v in (run.review.score.overall, run.review.score.low, run.review.score.high)
    )
    is_scored = score is not None and low is not None and high is not None
    findings = clear_findings(run.review)
    return RunRow(
        label=label_said(run),
        score=score_words(run.review)[0] if is_scored else DASH,
        sure=say("{low} to {high}", low=f"{low:.0f}", high=f"{high:.0f}") if is_scored else "",
        word=score_words(run.review)[1],
        cells=tuple(_cell(block, unit) for block in run.review.blocks),
        findings=findings or say(NOTHING_CLEAR),
        has_findings=bool(findings),
    )


def _cell(block: BlockResult, unit: Unit) -> Cell:
    """Put one block of one run into a sign and a number, the ones of the review."""
    row = block_row(block, unit)
    off = deviation_s_per_km(block)
    words = say("not measured") if row.off == DASH else row.off
    spoken = f"{row.verdict}, {words}" if row.verdict not in words else words
    return Cell(row.index, row.glyph, _signed(off, unit), spoken, row.kind)


def _signed(off: float | None, unit: Unit) -> str:
    """Return ``−12`` for faster, ``+4`` for slower; a dash if it is unknown."""
    if off is None:
        return DASH
    seconds = round_half_up(abs(per_unit(off, unit)))
    sign = "" if seconds < 1 else MINUS if off < 0 else "+"
    return f"{sign}{seconds:.0f}"


def columns(side: SideBySide, unit: Unit) -> tuple[Column, ...]:
    """Return the heads of the blocks; a pace only where every run was judged by the same."""
    first = side.runs[0].review.blocks
    return tuple(
        Column(
            str(shared.index),
            short_name(block),
            planned_text(block, unit) if shared.is_same_pace else "",
            str(shared.held) if shared.held + shared.too_fast + shared.too_slow else DASH,
        )
        for shared, block in zip(side.blocks, first, strict=True)
    )


def runs_text(count: int) -> str:
    """Say how many runs there are."""
    return say_n("{n} run", "{n} runs", count)


def held_of(count: int) -> str:
    """Name the foot of a table: in how many of all runs a block was held."""
    return say("Held, of {n} runs", n=count)


def title_text(side: SideBySide) -> str:
    """Return plan, number of runs and days: ``Tuesday progression · 4 runs · 6 March 2026``."""
    reviews = sorted(
        (r.review for r in side.runs if r.review.activity.start_time is not None),
        key=lambda r: r.activity.start_time.timestamp() if r.activity.start_time else 0.0,
    )
    days = list(dict.fromkeys(date_text(r) for r in reviews[:1] + reviews[-1:]))
    if len(days) == 2 and days[0].split(" ")[1:] == days[1].split(" ")[1:]:
        days[0] = days[0].split(" ")[0]  # "6 to 20 March 2026"
    when = say("{first} to {last}", first=days[0], last=days[1]) if len(days) == 2 else ""
    when = when or "".join(days)
    parts = [clean_text(side.runs[0].review.plan.name), runs_text(len(side.runs)), when]
    return " · ".join(p for p in parts if p)


def notes(side: SideBySide, unit: Unit) -> list[str]:
    """Say how to read the table: the signs, the ranges, whose paces, the clock of the labels."""
    lines = [say(LEGEND, unit=f"s/{unit}", minus=MINUS)]
    lines.append(say("Scores of 100 with their 90 % range."))
    if not all(block.is_same_pace for block in side.blocks):
        lines.append(say("Each run is judged by its own paces."))
    if any(block.is_adjusted for run in side.runs for block in run.review.blocks):
        lines.append(say("Where hills count, paces are adjusted to the flat."))
    return [*lines, *_clock_notes(side)]


def _clock_notes(side: SideBySide) -> list[str]:
    """Say by whose clock days and times are, where that is no matter of course."""
    starts = [(r.label, r.review.activity.start_time_local) for r in side.runs]
    zones = [r.review.activity.zone for r in side.runs]
    lines = []
    if any(start is not None and label.endswith(f"{start:%H:%M}") for label, start in starts):
        lines.append(say("Times of day are each runner's own."))
    if any(zone is not None and zone.source == "machine" for zone in zones):
        lines.append(say("Where a file does not tell the time zone, days are this computer's."))
    return lines
