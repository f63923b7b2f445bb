"""Plans as text: a YAML file, or a plan in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.plans.build import build_plan, over_limit
from analyzer.plans.document import MAX_BYTES, Mapping, Problems, Word, decoded, fail, read_document
from analyzer.plans.draft import MAX_BLOCKS, DraftBlock, DraftPlan
from analyzer.plans.paces import Known
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
        Where the paces of the plan's athlete are found.

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


def parse_line(text: str, source: str = COMMAND_LINE, whose: Whose = NOBODY) -> Plan:
    """
    Read a plan in one line.

    Parameters
    ----------
    text : str
        Steps with commas between them.
    source : str
        What to call it in messages.
    whose : Whose
        Whose paces the plan may name.
    """
    if len(text) > MAX_BYTES:
        raise fail(source, f"longer than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    line = " ".join(text.splitlines())
    problems = Problems(source, [line])
    if not line.strip():
        raise fail(source, "the plan is empty; write for example '15min easy, 10min @ 4:00'", 1, 1)
    start = Word(line, 1, 1)
    mine = whose.paces(whose.athlete(), None, problems)
    drafts = read_items(start, Known("km", mine.paces, hint=mine.hint), problems)
    blocks = tuple(DraftBlock(d) for d in drafts)
    limit = over_limit(blocks)
    if len(blocks) > MAX_BLOCKS:
        limit = f"more than the limit of {MAX_BLOCKS} blocks; write fewer"
    if limit:
        problems.add(limit, start, 1)
    problems.raise_if_any()
    draft = DraftPlan(
        "", "km", blocks, None, "auto", None, whose.athlete() or None, "", mine.told, mine.race
    )
    return build_plan(draft, "command line" if source == COMMAND_LINE else source)
