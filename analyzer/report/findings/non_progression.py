"""NON_PROGRESSION in words: a planned step up that was not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.findings import NoStep
from analyzer.report.findings.finding import Finding, Telling
from analyzer.report.findings.words import block_numbers, flag_size, pace_of, run_paces
from analyzer.report.language import noted, say
from analyzer.report.measures import is_known, judged_pace_s_per_km, per_unit
from analyzer.units import pace_text, round_half_up

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject
    from analyzer.report.naming import Named
    from analyzer.report.story.events import Event


def _clause(event: Event, named: Named, subject: Subject) -> str:
    return say("took no step up {where}", **named._asdict())


def _previous(flag: Flag | None, subject: Subject) -> float | None:
    """Return the pace of the block before, as every form shows it [s/km]; None is unknown."""
    facts = None if flag is None else flag.facts
    if not isinstance(facts, NoStep):
        return None
    block = subject.block(facts.previous_block)
    shown = None if block is None else judged_pace_s_per_km(block)
    return shown if is_known(shown) else facts.previous_s_per_km


def _sentence(event: Event, subject: Subject) -> str:
    paces, before = run_paces(event.blocks, subject.unit), _previous(event.flag, subject)
    blocks = block_numbers(event.blocks)
    if not paces or before is None:
        return say("There was no step up in {blocks}.", blocks=blocks)
    return say(
        "There was no step up in {blocks}: {paces} after {before}.",
        blocks=blocks,
        paces=paces,
        before=pace_text(before, subject.unit),
    )


def _evidence(flag: Flag, subject: Subject) -> str:
    facts, pace, previous = flag.facts, pace_of(flag, subject), _previous(flag, subject)
    if not isinstance(facts, NoStep) or pace is None or previous is None:
        return ""
    step = facts.planned_step_s_per_km
    if step is None or facts.previous_block is None:
        return ""
    # The difference of the two paces as they are shown, so that anyone can check it.
    shown, before = (round_half_up(per_unit(p, subject.unit)) for p in (pace, previous))
    figures = {
        "change": f"{abs(shown - before):.0f} s/{subject.unit}",
        "block": facts.previous_block,
        "asked": f"{round_half_up(per_unit(abs(step), subject.unit)):.0f} s/{subject.unit}",
    }
    if shown == before:
        return say("The same pace as block {block}; the plan asks for {asked} faster.", **figures)
    if shown > before:
        return say(
            "{change} slower than block {block}; the plan asks for {asked} faster.", **figures
        )
    return say("{change} faster than block {block}; the plan asks for {asked} faster.", **figures)


def _advice(flags: list[Flag], subject: Subject) -> str | None:
    """Hold the earlier block back; unless that was held, and this one was too slow."""
    first = flags[0]
    block = subject.block(first.block)
    facts = first.facts
    before = None
    if isinstance(facts, NoStep) and facts.previous_block is not None:
        before = subject.block(facts.previous_block)
    elif first.block is not None and first.block > 1:
        before = subject.block(first.block - 1)
    verdicts = [None if b is None else b.verdict for b in (before, block)]
    if verdicts == ["held", "too_slow"]:
        return say("Shorten the last blocks before slowing them down.")
    return say("Hold the earlier block back, so that there is a step left to take.")


def _hidden(flag: Flag, subject: Subject) -> str:
    if flag.value is None:
        return say("The recording is too coarse for that.")
    return say(
        "Steps below {size} would not show in this recording.", size=flag_size(flag, subject)
    )


FINDING = Finding(
    title=noted("no step up"),
    sign="=",
    telling=Telling(_clause, _sentence, noted("No step up")),
    evidence=_evidence,
    perhaps=lambda flag: noted("{block} may have been no faster than the one before"),
    of_runs=noted("In {who} a step up was missed."),
    of_squad=noted("{who} missed a step up."),
    advice=_advice,
    if_hidden=noted("Whether every step up was taken"),
    hidden=_hidden,
)
