"""TRUNCATED in words: the run ended before the plan did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import Truncated
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers
from analyzer.report.language import noted, say
from analyzer.report.measures import seconds_text
from analyzer.units import clock_text

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event

NOT_BEGUN_S = 1.0
"""A block of which less than this was run was not begun [s]."""


def _run_s(flag: Flag | None) -> float | None:
    """Return how much of the block was run [s]; None is unknown."""
    return flag.facts.run_s if flag is not None and isinstance(flag.facts, Truncated) else None


def _is_file_cut(subject: Subject) -> bool:
    """Whether it is the file that ends there, and nobody knows how the run went on."""
    return any(warning.code == "FILE_CUT" for warning in subject.review.activity.warnings)


def _clause(event: Event, named: Named, subject: Subject) -> str:
    run_s = _run_s(event.flag)
    if _is_file_cut(subject):
        return say("the damaged file ends {where}", **named._asdict())
    if run_s is None:
        return say("ended {where}", **named._asdict())
    if run_s < NOT_BEGUN_S:
        return say("stopped before {blocks}", **named._asdict())
    return say("ended {time} into {blocks}", **named._asdict(), time=clock_text(run_s))


def _sentence(event: Event, subject: Subject) -> str:
    run_s, block = _run_s(event.flag), event.blocks[0].index
    if _is_file_cut(subject):
        return say("The file is damaged and ends in block {block}; how you went on is unknown.",
                   block=block)  # fmt: skip
    if run_s is None:
        return say("The run ended in block {block}.", block=block)
    if run_s < NOT_BEGUN_S:
        return say("You stopped before {blocks}.", blocks=block_numbers(event.blocks))
    return say("The run ended {time} into block {block}.", time=clock_text(run_s), block=block)


def _evidence(flag: Flag, subject: Subject) -> str:
    if _is_file_cut(subject):
        return say("The file is damaged and ends here; how the run went on is unknown.")
    run_s = _run_s(flag)
    planned_s = flag.facts.planned_s if isinstance(flag.facts, Truncated) else None
    if run_s is None:
        return ""
    if planned_s is None:
        return say("The run ended during it.")
    size = seconds_text(planned_s)
    if run_s < NOT_BEGUN_S:
        return say("Not begun; {size} was planned.", size=size)
    return say("The run ended {time} into its {size}.", time=clock_text(run_s), size=size)


def _advice(flags: list[Flag], subject: Subject) -> str | None:
    if _is_file_cut(subject):
        return say("Export the file again: this one is damaged.")
    return say("The same session again, with time and strength kept for its end.")


def _comfort(flags: list[Flag], subject: Subject) -> str:
    if _is_file_cut(subject):
        return ""
    return say("One session cut short does no harm; what you ran counts.")


FINDING = Finding(
    title=noted("cut short"),
    sign="■",
    telling=Telling(_clause, _sentence, noted("Cut short")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have been cut short"),
    advice=_advice,
    comfort=_comfort,
)
