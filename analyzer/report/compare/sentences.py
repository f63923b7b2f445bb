"""What runs have in common, in sentences, and what their scores show of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.compare.findings import block_list
from analyzer.report.compare.view import label_said
from analyzer.report.findings import finding_of
from analyzer.report.language import capital, noted, say
from analyzer.report.measures import DASH
from analyzer.report.naming import number_word
from analyzer.report.view import score_words
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.comparison import Change, Outcome, SharedBlock, SharedFinding, SideBySide
    from analyzer.model.review import Review

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
        noted("Block {blocks} was not finished in {who}."),
        noted("Blocks {blocks} were not finished in {who}."),
    ),
    "held": (
        noted("Block {blocks} was held in {who}."),
        noted("Blocks {blocks} were held in {who}."),
    ),
}
"""How an outcome is put where the rows are runs: of one block, and of several."""

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
"""How an outcome is put where the rows are runners; a squad's."""


def sentences(side: SideBySide) -> tuple[str, str]:
    """
    Say what the runs have in common, and what the scores show of a change.

    Common is what more than half of the runs did, at least two. A change is
    mentioned only where the 90 % ranges do not overlap.

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
    shared = [_finding(side, f) for f in side.findings if _is_common(f.runs, total)][:1]
    if all(b.held == total for b in judged):
        return " ".join([_all_held(side, is_one=len(judged) == 1), *shared])
    faults = [*_faults(side, judged), *shared]
    if faults:
        return " ".join(faults)
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
    """Whether a count of runs is more than half of them, and at least two."""
    return count >= 2 and 2 * count > total


def _faults(side: SideBySide, judged: Sequence[SharedBlock]) -> list[str]:
    """Return at most two sentences about blocks that most runs missed alike."""
    ranked: list[tuple[int, int, str]] = []
    for rank, outcome in enumerate(FAULTS):
        common = [b for b in judged if _is_common(b.count(outcome), len(side.runs))]
        for count in sorted({b.count(outcome) for b in common}, reverse=True):
            alike = [b for b in common if b.count(outcome) == count]
            ranked.append((-count, rank, _outcome(side, alike, outcome)))
    return [words for _, _, words in sorted(ranked)][:2]


def _outcome(side: SideBySide, blocks: Sequence[SharedBlock], outcome: Outcome) -> str:
    """Say of blocks how many runs had one outcome in them."""
    who = _of(blocks[0].count(outcome), len(side.runs), squad=side.is_squad)
    one, several = (OF_SQUAD if side.is_squad else OF_RUNS)[outcome]
    words = one if len(blocks) == 1 else several
    return say(words, who=who, blocks=block_list(b.index for b in blocks))


def _finding(side: SideBySide, finding: SharedFinding) -> str:
    """Say in how many runs, or of how many runners, a finding is clear."""
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
            "From {day} to {later} the score did not clearly change: {score} to {last}.",
            **facts,
        )
    if change.direction == "rose":
        return say("From {day} to {later} the score rose from {score} to {last}.", **facts)
    return say("From {day} to {later} the score fell from {score} to {last}.", **facts)


def _ranged(review: Review) -> str:
    """Return a score with its range: ``42 (38 to 50)``."""
    values = (review.score.overall, review.score.low, review.score.high)
    _, low, high = (DASH if v is None else f"{round_half_up(v):.0f}" for v in values)
    score = score_words(review)[0]
    return say("{score} ({low} to {high})", score=score, low=low, high=high)
