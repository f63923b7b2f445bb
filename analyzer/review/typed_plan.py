"""A plan while somebody types it: what was understood so far, or what is wrong and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import PlanError, PlanProblem
from analyzer.parsers.other_files import other_file
from analyzer.plans.document import MAX_BYTES, fail
from analyzer.plans.whose import NOBODY, Whose
from analyzer.review.plan_dialects import PlanFile, dialect_of

if TYPE_CHECKING:
    from analyzer.model.plan import Plan

TYPED = "typed.txt"
"""What a typed plan is called inside; its ending lets every dialect of text be tried."""

SOURCE = "plan"
"""What a typed plan is called in messages, as on the command line."""

MARK = "\ufeff"
"""Files of some editors begin with it, and what is copied from them too."""


NOTHING = "the plan is empty; write for example '15min easy, 10min @ 4:00'"


class TypedPlan(Struct, frozen=True):
    """
    What was understood of a text.

    Parameters
    ----------
    plan : Plan or None
        None where nothing was typed yet, or something is wrong.
    problems : tuple of PlanProblem
        All that is wrong, in the order of the text. A problem without a line is not of the text
        but of the file of paces, or of the text as a whole.
    dialect : str
        What the text was read as: ``a coach's text``, ``intervals.icu text``, ``YAML``; empty
        where nothing was typed yet, or it is no plan in any dialect.
    """

    plan: Plan | None = None
    problems: tuple[PlanProblem, ...] = ()
    dialect: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed yet."""
        return self.plan is None and not self.problems


def read_typed(text: str, whose: Whose = NOBODY) -> TypedPlan:
    """
    Read a plan that is being typed, or was pasted.

    Parameters
    ----------
    text : str
        As it stands, finished or not: a line or several as a coach writes them, steps of
        intervals.icu, our YAML, or a workout in XML.
    whose : Whose
        Whose paces it may name.

    Returns
    -------
    TypedPlan
        Never an error: whatever is wrong is among its problems.
    """
    if not text.strip().strip(MARK):
        return TypedPlan()
    dialect = ""
    try:
        file = _as_file(text)
        found = dialect_of(file)
        dialect = found.name
        if whose.name and whose.squad is None:
            raise fail(SOURCE, f"'{whose.name}' is in no file of paces: there is none")
        plan = found.load_reader()(file.content, SOURCE, whose)
    except PlanError as error:
        return TypedPlan(None, _of_the_text(error, text), dialect)
    return TypedPlan(plan, (), dialect)


def plan_typed(text: str, whose: Whose = NOBODY) -> Plan:
    """Return a plan that was typed; PlanError with all that is wrong, where something is."""
    typed = read_typed(text, whose)
    if typed.is_empty:
        raise fail(SOURCE, NOTHING, 1, 1)
    if typed.plan is None:
        raise PlanError(SOURCE, typed.problems)
    return typed.plan


def _as_file(text: str) -> PlanFile:
    """Return a text as the file it would be; PlanError where it cannot be one."""
    if len(text) > MAX_BYTES:
        raise fail(SOURCE, f"longer than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    try:
        content = text.removeprefix(MARK).encode()
    except UnicodeEncodeError as error:
        lines = text[: error.start + 1].splitlines()
        message = "half a character, which belongs in no text; take it out"
        at = PlanProblem(message, len(lines), len(lines[-1]))
        raise PlanError(SOURCE, (at,)) from None
    other = other_file(content)
    if other is not None and other.as_plan:
        raise fail(SOURCE, f"{other.what}, not a plan; {other.as_plan}", 1, 1)
    return PlanFile(TYPED, content)


def _of_the_text(error: PlanError, text: str) -> tuple[PlanProblem, ...]:
    """Return problems with places in the text; those of the file of paces say where they are."""
    if error.source != SOURCE:
        return tuple(PlanProblem(line) for line in str(error).splitlines() if line[:1].strip())
    lines = text.splitlines()
    return tuple(_inside(problem, lines, text.startswith(MARK)) for problem in error.problems)


def _inside(problem: PlanProblem, lines: list[str], is_marked: bool) -> PlanProblem:
    """Return a problem with its place inside the text, and the line that is there."""
    if problem.line is None:
        return problem._replace(column=None, source_line="", width=1)
    line = min(max(1, problem.line), len(lines))
    shown = lines[line - 1]
    column = (problem.column or 1) + (is_marked and line == 1)
    column = min(max(1, column), len(shown) + 1) if line == problem.line else len(shown) + 1
    width = min(problem.width, len(shown) - column + 1)
    return problem._replace(line=line, column=column, width=max(1, width), source_line=shown)
