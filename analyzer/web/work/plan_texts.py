"""A plan that was opened, as text to go on writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.errors import PlanError
from analyzer.parsers.other_files import TABLE, other_file
from analyzer.plans.document import decoded, fail
from analyzer.plans.echo import one_line
from analyzer.plans.line import parse_line
from analyzer.plans.whose import NOBODY
from analyzer.plans.write_yaml import yaml_text
from analyzer.review.plan_dialects import PlanFile, dialect_of
from analyzer.review.plan_source import TABLES

if TYPE_CHECKING:
    from analyzer.model.plan import Plan

MARKUP = "<"
"""What a workout in XML begins with: nobody wants to go on writing that."""


def text_of_file(content: bytes, name: str) -> str:
    """
    Return a plan file as text.

    Parameters
    ----------
    content : bytes
        Of the file: text as it is, a workout of a watch in our words.
    name : str
        What the file is called.

    Raises
    ------
    PlanError
        If it is neither text nor a workout.
    """
    file = PlanFile(name, content)
    other = TABLE if file.ending in TABLES else other_file(content)
    if other is not None and other.as_plan:
        raise fail(name, f"{other.what}, not a plan; {other.as_plan}")
    dialect = dialect_of(file)
    if any(ending in (".fit", ".tcx", ".zwo") for ending in dialect.endings):
        return text_of_plan(dialect.load_reader()(content, name, NOBODY))
    return decoded(content, name)


def text_of_plan(plan: Plan) -> str:
    """Write a plan as one line if that says all of it, else as YAML."""
    line = one_line(plan, parse_line)
    if line and _says_all(line, plan):
        return line
    return yaml_text(plan)


def _says_all(line: str, plan: Plan) -> bool:
    """Whether a line gives names and settings of a plan, too: as far as they are its own."""
    try:
        read = parse_line(line)
    except PlanError:
        return False
    has_own = plan.notes or plan.start_s is not None or plan.match != "auto"
    names = [b.name for b in read.blocks] == [b.name for b in plan.blocks]
    return not has_own and names and read.name == plan.name and read.units == plan.units
