"""Plans in files of text: YAML, or the text of intervals.icu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.plans.build import build_plan, over_limit
from analyzer.plans.document import Mapping, Problems, decoded, read_document
from analyzer.plans.paces import PaceContext
from analyzer.plans.whose import NOBODY, Whose
from analyzer.plans.yaml_plan import draft_plan
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.plan import Plan


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
