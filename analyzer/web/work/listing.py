"""Runs as a list to look through, an athlete over weeks, and runs side by side, for the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.findings import FLAG_CODES
from analyzer.report.findings import finding_of
from analyzer.report.language import say
from analyzer.report.measures import DASH, distance_text
from analyzer.report.scene import SIDES
from analyzer.report.squad.view import day_text
from analyzer.report.view import BY_THE_START, GLYPHS, SCORE_WORDS, STATUS_WORDS, WORDS
from analyzer.safe_text import clean_text
from analyzer.units import clock_text, round_half_up
from analyzer.web.work.kept import asking

if TYPE_CHECKING:
    from analyzer.archive.records import BlockRow
    from analyzer.archive.said import Said
    from analyzer.archive.store.listing import Wanted
    from analyzer.archive.store.records import StoredRun
    from analyzer.units import Unit
    from analyzer.web.settings import Settings

AT_ONCE = 100
"""Runs on one page."""


class Sign(Struct, frozen=True):
    """What became of a block: its sign, the class of its colour, and the words for it."""

    glyph: str
    side: str
    words: str


class ListedRun(Struct, frozen=True):
    """
    One run of a list; texts are safe to show.

    Parameters
    ----------
    content : str
        What it is known by.
    session : str
        Runs that have the same can be laid side by side.
    name : str
        Of the athlete as the store has it; empty: nobody knows whose.
    athlete, plan, day, about : str
        Whose, by which plan, when, and how far and long.
    score, sure, word : str
        As the review has them.
    signs : tuple of Sign
        A block each.
    has_note : bool
        Whether the coach wrote a note.
    is_approved : bool
        Whether a message was approved.
    """

    content: str
    session: str
    name: str
    athlete: str
    plan: str
    day: str
    about: str
    score: str
    sure: str
    word: str
    signs: tuple[Sign, ...]
    has_note: bool
    is_approved: bool


class ListShown(Struct, frozen=True):
    """
    A page of runs, ready to be shown.

    Parameters
    ----------
    runs : tuple of ListedRun
        The latest first.
    start, total : int
        From which place on, and how many there are.
    kept : int
        How many runs the store has.
    athletes, plans : tuple of str
        To choose from.
    words, findings : tuple of (str, str)
        Values to choose from, and what each is called.
    """

    runs: tuple[ListedRun, ...]
    start: int
    total: int
    kept: int
    athletes: tuple[str, ...]
    plans: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, str], ...]


def runs_shown(settings: Settings, wanted: Wanted, start: int) -> ListShown:
    """Lay a page of runs out."""
    with asking(settings) as kept:
        found = kept.listed(wanted, start, AT_ONCE)
        said = kept.said([run.content for run in found.runs])
        unit = settings.units or "km"
        athletes = kept.athletes()
        return ListShown(
            runs=tuple(_listed(run, said.get(run.content), unit) for run in found.runs),
            start=start,
            total=found.total,
            kept=found.total or kept.info().runs,
            athletes=tuple(athlete.name for athlete in athletes if athlete.runs),
            plans=kept.plan_names(),
            words=tuple((word, say(words)) for word, words in SCORE_WORDS.items()),
            findings=tuple((code, say(finding_of(code).title)) for code in FLAG_CODES),
        )


def _listed(stored: StoredRun, said: Said | None, unit: Unit) -> ListedRun:
    """Put one run into words."""
    run = stored.run
    score, sure, word = DASH, "", say("not scored")
    if run.score is not None and run.score_low is not None and run.score_high is not None:
        score, low, high = (
            f"{round_half_up(v):.0f}" for v in (run.score, run.score_low, run.score_high)
        )
        sure = say("{low} to {high}", low=low, high=high)
        word = say(SCORE_WORDS[run.word] if run.word else BY_THE_START)
    about = (distance_text(run.distance_m, unit), clock_text(run.elapsed_s))
    return ListedRun(
        content=stored.content,
        session=run.stimulus,
        name=stored.athlete or "",
        athlete=clean_text(stored.athlete or ""),
        plan=clean_text(run.plan_name) or DASH,
        day="" if run.day is None else day_text(run.day),
        about=say("{distance} in {time}", distance=about[0], time=about[1]),
        score=score,
        sure=sure,
        word=word,
        signs=tuple(_sign(block) for block in run.blocks),
        has_note=said is not None and bool(said.note),
        is_approved=said is not None and said.approved is not None,
    )


def _sign(block: BlockRow) -> Sign:
    """Return what became of a block, as the reports show it."""
    side = SIDES[block.verdict]
    if block.status == "missed" and block.planned_s_per_km is None:
        return Sign("·", side, f"{block.number}: {say('no lap')}")
    if block.status != "run":
        return Sign("■", side, f"{block.number}: {say(STATUS_WORDS[block.status])}")
    return Sign(GLYPHS[block.verdict], side, f"{block.number}: {say(WORDS[block.verdict])}")
