"""What is kind and true of a hard end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import say

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject


def hard_end(flags: list[Flag], subject: Subject) -> str:
    """Say that the end is meant to be hard, of faults there; empty of earlier ones."""
    half = len(subject.review.blocks) / 2
    if not any((f.block or 0) > half + 1 for f in flags):
        return ""
    return say("The end is meant to be hard; coming to it fresh is what the patience is for.")
