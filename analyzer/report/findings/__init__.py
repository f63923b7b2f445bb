"""
Findings in words: which kinds there are, and the title and evidence of any of them.

A kind lives in the module that has the name of its code, and is loaded when a run has it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from analyzer.report.findings.words import cost_text, plain_evidence, too_coarse
from analyzer.report.language import capital, noted, say
from analyzer.report.story.relations import is_by_timing

if TYPE_CHECKING:
    from analyzer.model.findings import Certainty, Flag, FlagCode
    from analyzer.report.findings.finding import Finding, Subject, Telling
    from analyzer.report.story.events import EventCode

OUTLINES = {"▲": "△", "▼": "▽", "■": "□"}
"""Signs of findings that are only possible."""

HIDDEN_SIGN = "?"
"""Sign of what the recording is too coarse to show."""

CERTAINTY_WORDS: dict[Certainty, str] = {
    "clear": noted("clear"),
    "possible": noted("possible"),
    "cannot_tell": noted("cannot tell"),
}
"""How sure a finding is, the surest first; `certainty_text` says it."""


@cache
def finding_of(code: FlagCode) -> Finding:
    """Return what reports say of a kind of finding."""
    finding: Finding = import_module(f"{__name__}.{code.lower()}").FINDING
    return finding


def telling_of(code: EventCode) -> Telling:
    """Return the sentences for an event; blocks that were held have theirs too."""
    if code == "HELD":
        from analyzer.report.findings.held import TELLING  # it is no finding

        return TELLING
    return finding_of(code).telling


def flag_sign(flag: Flag) -> str:
    """Return the sign of a flag: an outline where it is only possible."""
    if flag.certainty == "cannot_tell":
        return HIDDEN_SIGN
    sign = finding_of(flag.code).sign
    return OUTLINES.get(sign, sign) if flag.certainty == "possible" else sign


def short_title(flag: Flag) -> str:
    """Name a flag without its block: ``too fast``, ``one block left out``."""
    finding, title = finding_of(flag.code), finding_of(flag.code).title
    if flag.block is None and finding.without_block:
        title = finding.without_block
    elif is_by_timing(flag) and finding.timed_title:
        title = finding.timed_title
    return say(title)


def flag_title(flag: Flag) -> str:
    """Name a flag: ``Block 3: too fast``."""
    finding = finding_of(flag.code)
    if flag.certainty == "cannot_tell":
        title = finding.if_hidden or finding.title
        return capital(say(title))
    if flag.block is None:
        return capital(short_title(flag))
    return say("Block {block}: {words}", block=flag.block, words=short_title(flag))


def certainty_text(flag: Flag) -> str:
    """Say how sure a finding is."""
    return say(CERTAINTY_WORDS[flag.certainty])


def evidence_text(flag: Flag, subject: Subject) -> str:
    """
    Put the evidence of a flag into one or two sentences.

    Parameters
    ----------
    flag : Flag
        With its facts; where the ones that a sentence needs are absent, only its
        size is said.
    subject : Subject
        The review it belongs to, whose paces it quotes, and the unit of these.
    """
    finding = finding_of(flag.code)
    if flag.certainty == "cannot_tell":
        hidden = finding.hidden or too_coarse
        return hidden(flag, subject)
    evidence = finding.evidence(flag, subject) or plain_evidence(flag, subject)
    return f"{evidence} {cost_text(flag)}".strip()
