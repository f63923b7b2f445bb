"""Runs side by side in words, once for all forms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.report.findings import finding_of, short_title
from analyzer.report.language import capital, noted, say, say_n
from analyzer.report.measures import DASH, deviation_s_per_km, joined, per_unit
from analyzer.report.naming import number_word
from analyzer.report.story.relations import UNMEASURED
from analyzer.report.story.story import story_of
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
    from collections.abc import Iterable, Sequence

    from analyzer.model.alignment import NoteCode
    from analyzer.model.comparison import (
        Change,
        Compared,
        Outcome,
        SharedBlock,
        SharedFinding,
        SideBySide,
    )
    from analyzer.model.review import BlockResult, Review, Verdict
    from analyzer.units import Unit

MINUS = "−"

FAULTS: tuple[Outcome, ...] = ("too_fast", "too_slow", "unfinished")
"""Outcomes that most runs may share, faults first."""

OF_RUNS: dict[Outcome, tuple[str, str]] = {
    "too_fast": (
        noted("Block {blocks} was forced in {who}."),
        noted("Blocks {blocks} were forced in {who}."),
    ),
    "too_slow": (
        noted("Block {blocks} was too slow in {who}."),
        noted("Blocks {blocks} were too slow in {who}."),
    ),
    "unfinished": (
        noted("Block {blocks} was not run to its end in {who}."),
        noted("Blocks {blocks} were not run to the end in {who}."),
    ),
    "held": (
        noted("Block {blocks} was held in {who}."),
        noted("Blocks {blocks} were held in {who}."),
    ),
}
"""How an outcome is told of one block, and of several."""

OF_SQUAD: dict[Outcome, tuple[str, str]] = {
    "too_fast": (noted("{who} forced block {blocks}."), noted("{who} forced blocks {blocks}.")),
    "too_slow": (
        noted("{who} fell short in block {blocks}."),
        noted("{who} fell short in blocks {blocks}."),
    ),
    "unfinished": (
        noted("{who} did not finish block {blocks}."),
        noted("{who} did not finish blocks {blocks}."),
    ),
    "held": (noted("{who} held block {blocks}."), noted("{who} held blocks {blocks}.")),
}
"""The same of a squad."""

NOTHING_CLEAR = noted("no clear finding")

DOUBTFUL = noted("where block 1 began is not certain")

START_DOUBTS: frozenset[NoteCode] = frozenset(("START_DOUBTFUL", "AMBIGUOUS_START"))
"""Doubts about the start of block 1, which make a whole row doubtful."""

SHORT_MONTHS = (
    noted("Jan"), noted("Feb"), noted("Mar"), noted("Apr"), noted("May"), noted("Jun"),
    noted("Jul"), noted("Aug"), noted("Sep"), noted("Oct"), noted("Nov"), noted("Dec"),
)  # fmt: skip
"""Months as they stand in the labels of runs; a test holds them to those."""

LEGEND = noted(
    "{unit} off the plan: {minus} faster, + slower. "
    "▲ too fast, ▼ too slow, ● held, · not scored, ■ not run to its end."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One block of one run: its sign, how far off it was, and the class of its colour."""

    index: str
    glyph: str
    off: str
    words: str
    kind: Verdict


@dataclass(frozen=True, slots=True)
class Column:
    """What a block asked for, above its cells; ``held`` is in how many runs it was held."""

    index: str
    name: str
    planned: str
    held: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in words; ``sure`` is empty where nothing was scored."""

    label: str
    score: str
    sure: str
    word: str
    cells: tuple[Cell, ...]
    findings: str
    has_findings: bool = True

    @property
    def told(self) -> str:
        """Word and findings: ``loose: block 4 skipped``; ``held, no clear finding``."""
        return f"{self.word}{': ' if self.has_findings else ', '}{self.findings}"


def side_unit(side: SideBySide, units: Unit | None) -> Unit:
    """Return the unit a comparison is read in: asked for, else that of the first run's plan."""
    return unit_of(side.runs[0].review, units)


def label_text(run: Compared) -> str:
    """Return what a run is called by programs, safe to show."""
    return clean_text(run.label) or DASH


def label_said(run: Compared) -> str:
    """Return what a run is called in a report: a day in it is said in the report's language."""
    label, start = label_text(run), run.review.activity.start_time_local
    if start is None:
        return label
    month = SHORT_MONTHS[start.month - 1]
    said = say("{day} {month} {year}", day=start.day, month=say(month), year=start.year)
    return label.replace(f"{start.day} {month} {start.year}", said)


def run_row(run: Compared, unit: Unit) -> RunRow:
    """Put one run into words."""
    score, low, high = (
        None if v is None else round_half_up(v)
        for v in (run.review.score.overall, run.review.score.low, run.review.score.high)
    )
    known = score is not None and low is not None and high is not None
    findings = _findings(run.review)
    return RunRow(
        label=label_said(run),
        score=f"{score:.0f}" if known else DASH,
        sure=say("{low} to {high}", low=f"{low:.0f}", high=f"{high:.0f}") if known else "",
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
    told = f"{row.verdict}, {words}" if row.verdict not in words else words
    return Cell(row.index, row.glyph, _signed(off, unit), told, row.kind)


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


def findings_text(review: Review) -> str:
    """Say the clear findings in short words: ``block 1 too fast, blocks 2–4 a gear early``."""
    return _findings(review) or say(NOTHING_CLEAR)


def _findings(review: Review) -> str:
    """Say the story of a run in short words; empty where nothing is clear."""
    story = story_of(review, review.plan.units)
    if story.unscored == "little_measured" and not story.events:
        return say(finding_of(UNMEASURED).title)
    flags = [*(f for event in story.events for f in event.flags), *story.stops]
    places: dict[str, list[int]] = {}
    for flag in flags:
        where = places.setdefault(short_title(flag), [])
        where += [] if flag.block is None else [flag.block]
    alike = groupby(places.items(), key=lambda p: sorted(set(p[1])))
    findings = ", ".join(
        _placed(where, joined([words for words, _ in group])) for where, group in alike
    )
    doubt = say(DOUBTFUL) if START_DOUBTS & set(story.doubts) else ""
    return "; ".join(p for p in (findings, doubt) if p)


def _placed(places: Sequence[int], findings: str) -> str:
    """Name the blocks of a finding in front of it; nothing for the whole run."""
    if not places:
        return findings
    if len(places) == 1:
        return say("block {block} {findings}", block=places[0], findings=findings)
    return say("blocks {blocks} {findings}", blocks=block_list(places), findings=findings)


def block_list(places: Iterable[int]) -> str:
    """Name blocks by their numbers: ``2–4, 7``, runs of three and more with a dash."""
    ordered = sorted(set(places))
    parts = []
    for _, group in groupby(enumerate(ordered), key=lambda p: p[1] - p[0]):
        run = [place for _, place in group]
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(p) for p in run]
    return joined(parts)


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


def sentences(side: SideBySide) -> tuple[str, str]:
    """
    Say what the runs have in common, and what the scores show of a change.

    Common is what more than half of the runs did, at least two. A change is
    told only where the 90 % ranges do not overlap.

    Returns
    -------
    first, second : str
        "Block 2 was forced in 3 of 4 runs."; "From 6 Mar 2026 to 27 Mar 2026
        the score rose from 42 (38 to 50) to 91 (88 to 95)." A change that shows
        comes first; the second is empty where runs have no order of time.
    """
    common = _common(side)
    if side.change is None:
        return common, ""
    change = _change(side.change)
    return (common, change) if side.change.direction == "not_shown" else (change, common)


def _common(side: SideBySide) -> str:
    """Say what most of the runs did, the most frequent faults first."""
    total = len(side.runs)
    judged = [b for b in side.blocks if b.held + b.too_fast + b.too_slow + b.unfinished]
    if not judged:
        return say("Nothing could be scored in any of the runs.")
    found = [_finding(side, f) for f in side.findings if _is_common(f.runs, total)][:1]
    if all(b.held == total for b in judged):
        return " ".join([_all_held(side, is_one=len(judged) == 1), *found])
    told = [*_faults(side, judged), *found]
    if told:
        return " ".join(told)
    best = [b for b in judged if b.held == total]
    if best:
        no_fault = say("No fault is shared by most.")
        return f"{_outcome(side, best, 'held')} {no_fault}"
    return say("No fault is shared by most of the runs.")


def _all_held(side: SideBySide, *, is_one: bool) -> str:
    """Say that every run held every block."""
    who = _of(len(side.runs), len(side.runs), squad=side.is_squad)
    if side.is_squad:
        return (
            say("{who} held the block.", who=who)
            if is_one
            else say("{who} held every block.", who=who)
        )
    return (
        say("The block was held in {who}.", who=who)
        if is_one
        else say("Every block was held in {who}.", who=who)
    )


def _is_common(count: int, total: int) -> bool:
    """Whether so many runs are more than half of them, and at least two."""
    return count >= 2 and 2 * count > total


def _faults(side: SideBySide, judged: Sequence[SharedBlock]) -> list[str]:
    """Return at most two sentences about blocks that most runs missed alike."""
    found: list[tuple[int, int, str]] = []
    for rank, outcome in enumerate(FAULTS):
        common = [b for b in judged if _is_common(b.count(outcome), len(side.runs))]
        for count in sorted({b.count(outcome) for b in common}, reverse=True):
            alike = [b for b in common if b.count(outcome) == count]
            found.append((-count, rank, _outcome(side, alike, outcome)))
    return [words for _, _, words in sorted(found)][:2]


def _outcome(side: SideBySide, blocks: Sequence[SharedBlock], outcome: Outcome) -> str:
    """Say of blocks how many runs had one outcome in them."""
    who = _of(blocks[0].count(outcome), len(side.runs), squad=side.is_squad)
    one, several = (OF_SQUAD if side.is_squad else OF_RUNS)[outcome]
    told = one if len(blocks) == 1 else several
    return say(told, who=who, blocks=block_list(b.index for b in blocks))


def _finding(side: SideBySide, finding: SharedFinding) -> str:
    """Say in how many runs something was found."""
    who = _of(finding.runs, len(side.runs), squad=side.is_squad)
    shared = finding_of(finding.code)
    return say(shared.of_squad if side.is_squad else shared.of_runs, who=who)


def _of(count: int, total: int, *, squad: bool) -> str:
    """Say how many: ``3 of 4 runs``, ``both runs``; of a squad ``Five of eight``."""
    if squad:
        if count == total:
            return say("Both") if total == 2 else say("All {total}", total=number_word(total))
        some = capital(number_word(count))
        return say("{count} of {total}", count=some, total=number_word(total))
    if count == total:
        return say("both runs") if total == 2 else say("all {total} runs", total=total)
    return say("{count} of {total} runs", count=count, total=total)


def _change(change: Change) -> str:
    """Say what the scores show between the first day and the last."""
    facts = {
        "day": label_said(change.first),
        "later": label_said(change.last),
        "score": _ranged(change.first.review),
        "last": _ranged(change.last.review),
    }
    if change.direction == "not_shown":
        return say(
            "From {day} to {later} no change that the ranges would show: {score} to {last}.",
            **facts,
        )
    if change.direction == "rose":
        return say("From {day} to {later} the score rose from {score} to {last}.", **facts)
    return say("From {day} to {later} the score fell from {score} to {last}.", **facts)


def _ranged(review: Review) -> str:
    """Return a score with its range: ``42 (38 to 50)``."""
    values = (review.score.overall, review.score.low, review.score.high)
    score, low, high = (DASH if v is None else f"{round_half_up(v):.0f}" for v in values)
    return say("{score} ({low} to {high})", score=score, low=low, high=high)


def notes(side: SideBySide, unit: Unit) -> list[str]:
    """Say how to read the table: the signs, the ranges, whose paces, the clock of the labels."""
    lines = [say(LEGEND, unit=f"s/{unit}", minus=MINUS)]
    lines.append(say("Scores of 100 with their 90 % range."))
    if not all(block.is_same_pace for block in side.blocks):
        lines.append(say("Each run is judged by its own paces."))
    if any(block.is_adjusted for run in side.runs for block in run.review.blocks):
        lines.append(say("Where hills count, paces are as on the flat."))
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
