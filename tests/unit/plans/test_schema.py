"""The JSON Schema of plans and the parser say the same of every example."""

import json
import re

import jsonschema
import pytest
import yaml

from analyzer.cli import main
from analyzer.errors import PlanError
from analyzer.plans.read import parse_plan
from analyzer.plans.schema import PATH, plan_schema, schema_text
from tests.builders.plan_snippets import (
    ACCEPTED_LINES,
    ACCEPTED_YAML,
    HEAD,
    REFUSED_LINES,
    REFUSED_YAML,
    exact,
)

VALIDATOR = jsonschema.Draft7Validator(plan_schema())

ONLY_THE_PARSER = (
    "is not a known pace",  # which names are defined
    "'(threshold|240s|eazy)' is not a pace", "circle",
    "limit of (24 h|300 km|1000 blocks)",  # sums
    "write (2 of them|4 of them|2x in front)", "write a pace$",  # what other blocks say
    "the last of 3 blocks", r"- \d+s' is outside",
    r"block \d+ of \d+:", r"in round \d+:", "per km or per mile",
    "second time",  # YAML keeps the last of two keys, and lower case is one name
    "write the value again",  # anchors are gone once read
)  # fmt: skip
"""Refusals that need more than the shape of one value, by their message."""


class EditorLoader(yaml.BaseLoader):
    """Reads plain values as YAML 1.2 and editors do: whole numbers, fractions, nothing."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name is PyYAML's
        **{c: [("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"))] for c in "-+0123456789"},
        **{c: [("tag:yaml.org,2002:null", re.compile(r"(~|null|)$"))] for c in ("~", "n", "")},
    }


EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
EditorLoader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


def with_keys_of_text(value):
    """Return a value with the keys a JSON object has."""
    if isinstance(value, dict):
        return {str(key): with_keys_of_text(part) for key, part in value.items()}
    return [with_keys_of_text(part) for part in value] if isinstance(value, list) else value


def texts_and_numbers(text):
    """Read YAML twice: every scalar as text, and as an editor's server does."""
    for loader in (yaml.BaseLoader, EditorLoader):
        yield with_keys_of_text(yaml.load(text, Loader=loader))  # noqa: S506 - these make text and numbers only


def steps(line):
    """Return the steps of a line; in YAML each is an entry of its own."""
    return re.split(r",\s*(?=(?:[0-9]+x)?[0-9.]+\s*(?:min|km(?!/))|open)", line)


def message(error):
    """Return what the parser says first."""
    return error.value.problems[0].message


def needs_more(text):
    """Whether a refusal is not about the shape of one value."""
    return any(re.search(pattern, text) for pattern in ONLY_THE_PARSER)


def test_the_schema_is_one():
    """Draft 7, as editors' YAML servers read it."""
    jsonschema.Draft7Validator.check_schema(plan_schema())


@pytest.mark.parametrize("text", [t for t, _ in ACCEPTED_YAML])
def test_what_the_parser_accepts_the_schema_accepts(text):
    """Every accepted file, whether the editor reads its numbers as numbers or as text."""
    for value in texts_and_numbers(HEAD + text):
        VALIDATOR.validate(value)


@pytest.mark.parametrize("line", [line for line, _ in ACCEPTED_LINES])
def test_what_the_parser_accepts_as_a_line_the_schema_accepts_as_a_block(line):
    """Step by step; several steps are a list of them in YAML."""
    VALIDATOR.validate({"blocks": steps(line)})


@pytest.mark.parametrize("text", [t for t, *_ in REFUSED_YAML])
def test_what_the_parser_refuses_the_schema_refuses(text):
    """But for what only the whole plan tells, and that is where they differ."""
    with pytest.raises(PlanError) as caught:
        parse_plan(HEAD + text, "plan.yaml")
    more = needs_more(message(caught))
    for value in texts_and_numbers(HEAD + text):
        assert VALIDATOR.is_valid(value) == more


@pytest.mark.parametrize("line", [line for line, _, _ in REFUSED_LINES if line.strip(" ,")])
def test_a_line_the_parser_refuses_is_no_block_of_the_schema(line):
    """But for what only the whole plan tells, and that is where they differ."""
    with pytest.raises(PlanError) as caught:
        exact(line)
    assert VALIDATOR.is_valid({"blocks": steps(line)}) == needs_more(message(caught))


def test_every_pattern_reads_alike_in_javascript():
    r"""No \d, \w, \b, named group, flag or look-behind: they differ from Python's or are new."""
    found = list(patterns(plan_schema()))
    assert len(found) > 8
    for pattern in found:
        assert re.search(r"\\[dDwWbBAZz]|\(\?(?![:=!])|\(\?P", pattern) is None
        assert re.search(r"\\[^.s/\\+*?()\[\]{}|^$]", pattern) is None


def patterns(value):
    """Yield every pattern of a schema."""
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        for part in value.values():
            yield from patterns(part)
    elif isinstance(value, list):
        for part in value:
            yield from patterns(part)


def test_the_shipped_schema_is_renewed():
    """Run make docs if it is not."""
    assert PATH.read_text(encoding="utf-8") == schema_text()


def test_the_command_prints_it(capsys):
    """For an editor: progcheck plan schema > plan.schema.json."""
    assert main(["plan", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == plan_schema()
