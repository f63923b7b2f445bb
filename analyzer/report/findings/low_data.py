"""LOW_DATA in words: a block that cannot be judged, with what keeps it from being judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import LowData
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import decimal, noted, say
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.findings import Flag, LowDataCause
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

CLAUSES: Mapping[LowDataCause, str] = {
    "lost": noted("left too little data {where}"),
    "short": noted("ran too briefly {where} for the watch to know the pace"),
    "hills": noted("ran slopes {where} that hide the pace"),
    "source": noted("had too inexact a distance {where}"),
}
"""In a sentence, without its subject, by cause."""

SENTENCES: Mapping[LowDataCause, str] = {
    "lost": noted("Too much of the recording is missing in {blocks} to score the pace."),
    "short": noted("For the watch to know your pace, {blocks} was too short."),
    "hills": noted("The slopes in {blocks} hide the pace, so it is not scored."),
    "source": noted("The distance is too inexact in {blocks} to score the pace."),
}
"""To the runner, by cause."""

SENTENCES_OF_SEVERAL: Mapping[LowDataCause, str] = {
    **SENTENCES,
    "short": noted("For the watch to know your pace, {blocks} were too short."),
}
"""Of several blocks."""

REASONS: Mapping[LowDataCause, str] = {
    "short": noted("It is so short that its pace is good only to {percent} %: not scored."),
    "hills": noted(
        "What its slopes cost is not known well enough: "
        "on the flat its pace is good only to {percent} %. Not scored."
    ),
    "source": noted(
        "The distance is so inexact that its pace is good only to {percent} %: not scored."
    ),
}
"""With the numbers behind it, by cause."""


MIXED_CLAUSE = noted("left the pace unknown {where}")
MIXED_SENTENCE = noted("The pace is not known well enough in {blocks} to score it.")
"""Of neighbouring blocks with several causes."""


def _cause(event: Event) -> LowDataCause | None:
    """Return what some blocks are not judged for; None for several things."""
    causes = {flag.facts.cause for flag in event.flags if isinstance(flag.facts, LowData)}
    return causes.pop() if len(causes) == 1 else None


def _clause(event: Event, named: Named, subject: Subject) -> str:
    cause = _cause(event)
    return say(MIXED_CLAUSE if cause is None else CLAUSES[cause], **named._asdict())


def _sentence(event: Event, subject: Subject) -> str:
    words, cause = SENTENCES if len(event.blocks) == 1 else SENTENCES_OF_SEVERAL, _cause(event)
    said = MIXED_SENTENCE if cause is None else words[cause]
    return say(said, blocks=block_numbers(event.blocks))


def _evidence(flag: Flag, subject: Subject) -> str:
    facts = flag.facts
    if not isinstance(facts, LowData) or facts.bad_pct is None:
        return ""
    if facts.cause == "lost" or facts.pace_se_pct is None:
        return say(
            "{percent} % of it was lost, repaired or interpolated, so it is not scored.",
            percent=f"{round_half_up(facts.bad_pct):.0f}",
        )
    return say(REASONS[facts.cause], percent=decimal(round_half_up(facts.pace_se_pct, 1), 1))


FINDING = Finding(
    title=noted("cannot be judged"),
    sign="?",
    telling=Telling(_clause, _sentence, noted("Not to be judged")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may not be judged"),
)
