"""A plan in one line, or in several as a coach writes them: the exact form, else free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.errors import PlanError
from analyzer.plans.build import build_plan, over_limit
from analyzer.plans.coach.read import OF_UNITS, Reading, add_unclear, read_coach
from analyzer.plans.document import MAX_BYTES, Problems, Word, decoded, fail
from analyzer.plans.draft import MAX_BLOCKS, DraftBlock, DraftPlan
from analyzer.plans.paces import PaceContext
from analyzer.plans.step_text import read_items
from analyzer.plans.whose import NOBODY, Whose
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.plan import Plan

COMMAND_LINE = "plan"
"""What a one-line plan is called in messages."""


def parse_line(content: bytes | str, source: str = COMMAND_LINE, whose: Whose = NOBODY) -> Plan:
    """
    Read a plan in one line, or in several as a coach writes them.

    The exact form keeps its meaning; what it does not read is read as a coach's text, and what
    is unclear there is asked about.

    Parameters
    ----------
    content : bytes or str
        Steps with commas between them, or free text.
    source : str
        What to call it in messages.
    whose : Whose
        Whose paces the plan may name.
    """
    text = content if isinstance(content, str) else decoded(content, source)
    if len(text) > MAX_BYTES:
        raise fail(source, f"longer than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    if not text.strip():
        raise fail(source, "the plan is empty; write for example '15min easy, 10min @ 4:00'", 1, 1)
    try:
        plan, is_free = _read_text(text.strip(), source, whose)
    except PlanError as error:
        raise _behind(text, error) from None
    if not is_free:
        return plan
    from analyzer.plans.echo import one_line  # most plans are exact

    return replace(
        plan,
        understood=one_line(replace(plan, doubts=()), lambda line: _read_text(line, "", whose)[0]),
    )


def _behind(text: str, error: PlanError) -> PlanError:
    """Put problems where they are in a text of which the white space around was not read."""
    lead = text[: len(text) - len(text.lstrip())]
    rows = f"{lead}|".splitlines()
    before, blanks = len(rows) - 1, rows[-1][:-1]
    problems = []
    for problem in error.problems:
        moved = problem
        if problem.line == 1 and problem.column is not None:
            column, shown = problem.column + len(blanks), blanks + problem.source_line
            moved = problem._replace(column=column, source_line=shown)
        if moved.line is not None:
            moved = moved._replace(line=moved.line + before)
        problems.append(moved)
    return PlanError(error.source, tuple(problems))


def _read_text(text: str, source: str, whose: Whose) -> tuple[Plan, bool]:
    """Read a line by the exact form or else as free text; also whether it was free."""
    problems = Problems(source, text.splitlines())
    mine = whose.paces(whose.athlete(), None, problems)
    context = PaceContext("km", mine.paces, hint=mine.hint)
    reading = read_coach(text, context)
    context = replace(context, unit=reading.unit)
    is_line = len(text.splitlines()) == 1
    blocks, is_free = _exact(text, context, problems, reading) if is_line else (None, True)
    if blocks is None:
        add_unclear(reading.unclear, text, problems)
        blocks = tuple(reading.blocks)
    if not blocks and not problems.collected:
        problems.add("no step was found; write for example '15min easy, 10min @ 4:00'",
                     Word(text.splitlines()[0], 1, 1), 1)  # fmt: skip
    limit = over_limit(blocks)
    if len(blocks) > MAX_BLOCKS:
        limit = f"more than the limit of {MAX_BLOCKS} blocks; write fewer"
    if limit:
        problems.add(limit, Word(text, 1, 1), 1)
    problems.raise_if_any()
    draft = DraftPlan(
        "", reading.unit, blocks, None, "auto", None, whose.athlete() or None, "", mine.origin,
        mine.race, tuple(reading.doubts),
    )  # fmt: skip
    return build_plan(draft, "command line" if source == COMMAND_LINE else source), is_free


def _exact(
    text: str, context: PaceContext, problems: Problems, reading: Reading
) -> tuple[tuple[DraftBlock, ...] | None, bool]:
    """
    Read a line by the exact form.

    None: it is free text. Where neither reads it, the exact form says what to write, unless
    the free text is to be asked about.
    """
    own = Problems(problems.source, problems.lines)
    drafts = read_items(Word(text, 1, 1), context, own)
    is_exact = not own.collected and not reading.is_more_than_steps
    if not is_exact and (not own.collected or _says_more(reading, own)):
        return None, True
    if is_exact and _is_total(reading):
        return None, True
    problems.collected += own.collected
    if len(drafts) != len(reading.blocks) or reading.unclear:
        reading.doubts[:] = [d for d in reading.doubts if d.code in OF_UNITS]
    return tuple(DraftBlock(d) for d in drafts), False


def _is_total(reading: Reading) -> bool:
    """Whether a bare length stands before steps that add up to it: that is no step, or asked."""
    is_asked = any("add up to it" in unclear.message for unclear in reading.unclear)
    return is_asked or any(doubt.code == "TOTAL" for doubt in reading.doubts)


def _says_more(reading: Reading, exact: Problems) -> bool:
    """Whether free text was understood, is to be asked about, or was read further than exactly."""
    if not reading.unclear or any(u.is_asked for u in reading.unclear):
        return True
    read_to = min(u.at.start for u in reading.unclear) + 1
    return read_to > min(p.column or 1 for p in exact.collected)
