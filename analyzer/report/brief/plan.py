"""A plan for an assistant: as it was understood, what is doubtful, or all that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.brief.lines import Line, named, row
from analyzer.report.language import say, say_n
from analyzer.report.plan_line import plan_line
from analyzer.report.plan_text import plan_headings, plan_notes, plan_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.errors import PlanProblem
    from analyzer.model.plan import Plan, Tolerance

SHORT, ADVICE, BLOCK, NOTE = 0, 1, 2, 3


def brief_plan(
    plan: Plan, tolerances: tuple[Tolerance | None, ...], advice: Sequence[str]
) -> list[Line]:
    """
    Return a plan as it will be judged.

    Parameters
    ----------
    plan : Plan
        As read.
    tolerances : tuple of Tolerance or None
        From `block_tolerances`.
    advice : sequence of str
        What is odd about it and not wrong.
    """
    block, role, start, pace, held = plan_headings()
    other = "mi" if plan.units == "km" else "km"
    head = row([block, role, start, f"{pace} /{plan.units}", f"/{other}", held])
    cells = (
        (named(r.index, r.name), r.role, r.start, r.pace, r.other_unit, r.held)
        for r in plan_rows(plan, tolerances)
    )
    short, label = plan_line(plan), say("Advice")
    return [
        Line(f"{plan.name}: {short}" if plan.name else short, "title", SHORT),
        Line(head, "head", SHORT),
        *(Line(row(each), "block", BLOCK) for each in cells),
        *(Line(f"{label}: {text}", rank=ADVICE) for text in advice),
        *(Line(note, rank=NOTE) for note in plan_notes(plan)),
    ]


def brief_problems(source: str, problems: Sequence[PlanProblem]) -> list[Line]:
    """Return all that is wrong with a plan, each at its line and column."""
    count = len(problems)
    title = say_n(
        "{source}: {n} problem; line and column count from 1.",
        "{source}: {n} problems; line and column count from 1.",
        count,
        source=source,
    )
    return [Line(title, "title", 0), *(Line(_problem(each), "problem", 1) for each in problems)]


def _problem(problem: PlanProblem) -> str:
    """Return one problem: ``3:7: message``."""
    place = "".join(f"{n}:" for n in (problem.line, problem.column) if n is not None)
    return f"{place} {problem.message}".strip()
