"""A plan that was checked, for programs: what was understood, or every problem with its place."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import MAX_LINE
from analyzer.plans.advice import plan_advice
from analyzer.plans.tolerance import block_tolerances
from analyzer.report.plan_text import plan_dict
from analyzer.report.plan_words import plan_words
from analyzer.safe_text import escape_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.errors import PlanProblem
    from analyzer.model.plan import Plan


class Place(Struct, frozen=True):
    """Part of a text: characters ``start`` to ``end``, counted from 0; of a point, both alike."""

    start: int
    end: int


def plan_check_dict(
    text: str, plan: Plan | None, problems: Sequence[PlanProblem], dialect: str
) -> dict[str, object]:
    """
    Return what became of a plan's text.

    Parameters
    ----------
    text : str
        As it was given.
    plan : Plan or None
        What was understood.
    problems : sequence of PlanProblem
        What is wrong.
    dialect : str
        What the text was read as; empty where nobody can tell.

    Returns
    -------
    dict
        ``state`` is ``understood``, ``wrong`` or ``empty``; ``plan`` is as from ``plan show
        --json``, null unless understood. Each problem has ``message``; ``line`` and ``column``,
        counted from 1; ``start`` and ``end``, characters of the text counted from 0: all null
        where it has no place in the text.
    """
    words = None if plan is None else plan_words(plan)
    places = places_of(problems, text)
    state = "understood" if plan is not None else "wrong" if problems else "empty"
    return {
        "state": state,
        "dialect": dialect or None,
        "line": None if words is None else words.line,
        "understood": None if words is None else words.understood or None,
        "remarks": [] if words is None else list(words.remarks),
        "problems": [_problem(p, at) for p, at in zip(problems, places, strict=True)],
        "plan": None
        if plan is None
        else plan_dict(plan, block_tolerances(plan), plan_advice(plan)),
    }


def _problem(problem: PlanProblem, place: Place | None) -> dict[str, object]:
    """Return one problem."""
    return {
        "message": escape_text(problem.message, MAX_LINE),
        "line": problem.line,
        "column": problem.column,
        "start": None if place is None else place.start,
        "end": None if place is None else place.end,
    }


def places_of(problems: Sequence[PlanProblem], text: str) -> list[Place | None]:
    """Return where in a text each problem is; None where it has no place in it."""
    rows = text.splitlines(keepends=True)
    starts = [0, *accumulate(len(row) for row in rows)]
    places: list[Place | None] = []
    for problem in problems:
        if problem.line is None or problem.column is None or problem.line > len(rows):
            places.append(None)
            continue
        row = rows[problem.line - 1].splitlines()[0]
        before, first = starts[problem.line - 1], min(problem.column - 1, len(row))
        places.append(Place(before + first, before + min(first + problem.width, len(row))))
    return places
