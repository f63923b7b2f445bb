"""The JSON Schema of plans and the parser say the same of every example."""

import json

import jsonschema
import pytest
import yaml

from analyzer.cli import main
from analyzer.plans.schema import plan_schema
from tests.unit.plans.test_snippets import (
    ACCEPTED_LINES,
    ACCEPTED_YAML,
    HEAD,
    REFUSED_LINES,
    REFUSED_YAML,
)

VALIDATOR = jsonschema.Draft7Validator(plan_schema())

ONLY_THE_PARSER = (
    "did you mean 'easy'",  # which names are defined
    "limit of blocks", "limit of 24 h", "limit of 300 km",  # sums
    "write 4 of them", "write a pace", "ring",  # what other blocks say
    "check the digits", "write 4:00/km",  # what nobody runs, and names nobody defined
    "second time",  # YAML itself
    "write the value again", "write the plain value",  # anchors and tags are gone once read
    "20 %", "write 4:10 -> 3:50", "write >=4:30/km", "15min easy",
)  # fmt: skip
"""Remedies of refusals that need more than the shape of one value."""


def shape_tells(remedy):
    """Whether a refusal is about the shape of one value."""
    return not any(words in remedy for words in ONLY_THE_PARSER)


def loaded(text):
    """Read YAML as an editor's server does, every scalar as text."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only


def test_the_schema_is_one():
    """Draft 7, as editors' YAML servers read it."""
    jsonschema.Draft7Validator.check_schema(plan_schema())


@pytest.mark.parametrize("text", [t for t, _ in ACCEPTED_YAML])
def test_what_the_parser_accepts_the_schema_accepts(text):
    """Every accepted file."""
    VALIDATOR.validate(loaded(HEAD + text))


@pytest.mark.parametrize("line", [line for line, _ in ACCEPTED_LINES])
def test_what_the_parser_accepts_as_a_line_the_schema_accepts_as_a_block(line):
    """Lines of one step; several steps are a list of them in YAML."""
    if line.count("min") + line.count("km @") > 1 or ", 1" in line or ", open" in line:
        steps = [s.strip() for s in line.replace(", 1", "|1").replace(", open", "|open").split("|")]
    else:
        steps = [line]
    VALIDATOR.validate({"blocks": steps})


@pytest.mark.parametrize("text", [t for t, _, _, remedy in REFUSED_YAML if shape_tells(remedy)])
def test_what_the_parser_refuses_the_schema_refuses(text):
    """But for what only the whole plan tells."""
    assert not VALIDATOR.is_valid(loaded(HEAD + text))


@pytest.mark.parametrize(
    "line",
    [line for line, _, remedy in REFUSED_LINES if shape_tells(remedy) and ",," not in line],
)
def test_a_line_the_parser_refuses_is_no_block_of_the_schema(line):
    """But for what only the whole plan tells."""
    assert not VALIDATOR.is_valid({"blocks": [line]})


def test_the_command_prints_it(capsys):
    """For an editor: progcheck plan schema > plan.schema.json."""
    assert main(["plan", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == plan_schema()
