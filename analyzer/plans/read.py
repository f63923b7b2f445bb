"""Plans as text: a YAML file, intervals.icu text, or a plan in one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analyzer.plans.build import build_plan, over_limit
from analyzer.plans.document import MAX_BYTES, Mapping, Problems, Word, decoded, fail, read_document
from analyzer.plans.draft import MAX_BLOCKS, DraftBlock, DraftPlan
from analyzer.plans.paces import PaceContext
from analyzer.plans.step_text import read_items
from analyzer.plans.whose import NOBODY, Whose
from analyzer.plans.yaml_plan import draft_plan

if TYPE_CHECKING:
    from analyzer.model.plan import Plan

COMMAND_LINE = "plan"
"""What a one-line plan is called in messages."""


def parse_plan(content: bytes | str, source: str, whose: Whose = NOBODY) -> Plan:
    """
    Read the YAML form.

    Parameters
    ----------
    content : bytes or str
        The whole file.
    source : str
        Base name, for messages.
    whose : Whose
        Whose paces the plan may name.

    Raises
    ------
    PlanError
        With every problem of the plan at once: line, column and what to write.
    """
    text = decoded(content, source) if isinstance(content, bytes) else content
    node, problems = read_document(text, source)
    draft = draft_plan(node, problems, whose)
    limit = over_limit(draft.blocks)
    if limit:
        at = (
            next(v for k, v in node.items if k.text == "blocks")
            if isinstance(node, Mapping)
            else node
        )
        problems.add(limit, at, 1)
    problems.raise_if_any()
    return build_plan(draft, source)


def read_intervals(content: bytes, source: str, whose: Whose) -> Plan:
    """
    Read a file of intervals.icu text, by an athlete's paces.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for messages.
    whose : Whose
        Whose paces the text may name: its own have no names.
    """
    from analyzer.plans.intervals_text import parse_intervals  # few plans are such text

    text = decoded(content, source)
    problems = Problems(source, text.splitlines())
    athlete = whose.athlete()
    mine = whose.paces(athlete, None, problems)
    problems.raise_if_any()
    plan = parse_intervals(text, source, PaceContext("km", mine.paces, hint=mine.hint))
    return replace(plan, athlete=athlete or plan.athlete, paces_from=mine.origin, race=mine.race)


def parse_line(content: bytes | str, source: str = COMMAND_LINE, whose: Whose = NOBODY) -> Plan:
    """
    Read a plan in one line.

    Parameters
    ----------
    content : bytes or str
        Steps with commas between them; a file of one line as it is.
    source : str
        What to call it in messages.
    whose : Whose
        Whose paces the plan may name.
    """
    text = content if isinstance(content, str) else decoded(content, source).strip()
    if len(text) > MAX_BYTES:
        raise fail(source, f"longer than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    line = " ".join(text.splitlines())
    problems = Problems(source, [line])
    if not line.strip():
        raise fail(source, "the plan is empty; write for example '15min easy, 10min @ 4:00'", 1, 1)
    start = Word(line, 1, 1)
    mine = whose.paces(whose.athlete(), None, problems)
    drafts = read_items(start, PaceContext("km", mine.paces, hint=mine.hint), problems)
    blocks = tuple(DraftBlock(d) for d in drafts)
    limit = over_limit(blocks)
    if len(blocks) > MAX_BLOCKS:
        limit = f"more than the limit of {MAX_BLOCKS} blocks; write fewer"
    if limit:
        problems.add(limit, start, 1)
    problems.raise_if_any()
    draft = DraftPlan(
        "", "km", blocks, None, "auto", None, whose.athlete() or None, "", mine.origin, mine.race
    )
    return build_plan(draft, "command line" if source == COMMAND_LINE else source)
