"""What is said of a plan beside its blocks: its line, how it was understood, what is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.plans.advice import plan_advice
from analyzer.report.aims import aims_text
from analyzer.report.doubts import doubts_text
from analyzer.report.plan_line import plan_line

if TYPE_CHECKING:
    from analyzer.model.plan import Plan


class PlanWords(Struct, frozen=True):
    """
    A plan in words.

    Parameters
    ----------
    line : str
        Blocks, time, first and last pace.
    understood : str
        Free text as one exact line that reads as the same plan; empty where the text is exact.
    remarks : tuple of str
        What may mean another thing, what is not scored and why, and what is merely odd: a
        sentence each.
    """

    line: str
    understood: str
    remarks: tuple[str, ...]


def plan_words(plan: Plan) -> PlanWords:
    """Say what a coach wants to know of a plan that can be used."""
    remarks = (*doubts_text(plan.doubts), *aims_text(plan.aims), *plan_advice(plan))
    return PlanWords(plan_line(plan), plan.understood, remarks)
