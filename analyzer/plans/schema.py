"""The plan format as a JSON Schema, so that an editor helps while a plan is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from analyzer.model.plan import Match, Role
from analyzer.plans.draft import MAX_BLOCKS, MAX_NAME
from analyzer.plans.named_paces import MAX_NAMES, NO_NAMES
from analyzer.plans.quantities import LONGEST
from analyzer.plans.yaml_plan import BLOCK_KEYS, PLAN_KEYS, REPEAT_KEYS
from analyzer.units import Unit

ADDRESS = "http://json-schema.org/draft-07/schema#"

_TAKEN = f"({'|'.join(NO_NAMES)})"

PATH = Path(__file__).with_name("plan.schema.json")
"""The schema as it is shipped; `make docs` renews it."""


def _any_case(pattern: str) -> str:
    """Let every letter of a pattern be small or large; JSON Schema has no flag for that."""

    def both(match: re.Match[str]) -> str:
        text = match[0]
        return f"[{text}{text.upper()}]" if len(text) == 1 else text

    return re.sub(r"\\.|\[[^\]]*\]|[a-z]", both, pattern)


# ECMA-262 in Unicode mode and Python must read every pattern alike: no \d, \w or look-behind.
_LETTER = "A-Za-z_\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\ud7ff\uf900-\uffee"
_DASH = "[-\u2010-\u2014\u2212]"
_DECIMALS = r"(\.[0-9]{1,20})?"
_NUMBER = rf"[0-9]{{1,9}}{_DECIMALS}"
_END = "(?![A-Za-z0-9_/:])"

_CLOCK = "[0-9]{1,3}(:[0-5]?[0-9]){1,2}"
_TIME = _any_case(
    rf"([0-9]{{1,3}}\s*h\s*[0-5]?[0-9]{_END}|{_CLOCK}{_END}"
    rf"|([0-9]{{1,3}}{_DECIMALS}\s*(hours?|hrs?|h)\s*)?"
    rf"([0-9]{{1,4}}{_DECIMALS}\s*(minutes?|mins?)\s*)?"
    rf"([0-9]{{1,5}}{_DECIMALS}\s*(seconds?|secs?|s))?)"
)
_METRES = r"([1-9][0-9]{2,5}(\.[0-9]+)?\s*m|[0-9]{1,6}(\.[0-9]+)?\s*(mtr|met(re|er)s?))"
_DISTANCE = _any_case(
    rf"({_METRES}|[0-9]{{1,6}}(\.[0-9]+)?\s*(kilomet(re|er)s?|km|miles?|mi)"
    r"|half([ -]marathon)?|marathon)"
)
_ZERO = r"(?!0+(\.0*)?\s*[A-Za-z]+\s*([^0-9\s]|$)|0+(:0+)+(?![0-9:]))"
LENGTH = rf"({_any_case('open')}|{_ZERO}({_DISTANCE}{_END}|(?=[0-9]){_TIME}))"
"""A length: time, distance, or open."""

_PART = r"(\.[0-9]{1,6})?"
_PER_KM = rf"(0?1:[45][0-9]{_PART}|(0?[2-9]|1[0-9]):[0-5][0-9]{_PART}|20:00(\.0+)?)" + _any_case(
    r"\s*/\s*km?(?![A-Za-z])"
)
_PER_MILE = rf"(0?[2-9]|[12][0-9]|3[0-2]):[0-5][0-9]{_PART}" + _any_case(r"\s*/\s*mi(le)?")
_BARE = rf"(0?1:[45][0-9]|(0?[2-9]|[12][0-9]|3[0-2]):[0-5][0-9]){_PART}"
_KMH = rf"(([3-9]|[12][0-9]|3[0-5]){_DECIMALS}|36(\.0+)?)\s*" + _any_case("(km/h|kmh|kph)")
_MPH = rf"([1-9]|1[0-9]|2[0-2]){_DECIMALS}\s*" + _any_case("mph")
_SINGLE = rf"({_PER_KM}|{_PER_MILE}|{_BARE}(?!\s*/)|{_KMH}|{_MPH})"
_PAIR = (
    rf"({_SINGLE}|[0-9]{{1,2}}{_DECIMALS}(?=[^:]*{_any_case('(kph|mph|km/?h)')}))"
    rf"\s*({_DASH}>?|→)\s*{_SINGLE}"
)
_OFF = rf"(\+|{_DASH})\s*[0-9]{{1,3}}(\.[0-9]{{1,6}})?\s*" + _any_case(
    r"s(ec(ond)?s?)?(\s*/\s*(km|mi))?"
)
NAME = rf"[0-9]*[{_LETTER}][0-9{_LETTER} .-]{{0,39}}"
"""A name for a pace; digits alone would be read as a pace."""

_SHARE = r"([3-9][0-9]|1[0-4][0-9])(\.[0-9]{1,6})?\s*%\s*" + _any_case(r"(of\s+)?")
PACE = (
    rf"((>=|<=|≥|≤|>|<)\s*{_SINGLE}|{_PAIR}|({NAME}|{_SINGLE})?\s*{_OFF}|{_SINGLE}"
    rf"|{_SHARE}({NAME}|{_SINGLE})|{NAME})"
)
"""A pace: one, a bound, a range, a ramp, relative to another, or a name."""

_UNITS = _any_case(
    "(hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|kilomet(re|er)s?|km|met(re|er)s?|mtr|miles?"
    "|mi|m)(?![A-Za-z0-9_/])"
)
_ONE_STEP = rf"(?![^@]*[^A-Za-z0-9_.:+@-]{_NUMBER}\s{{0,9}}({_UNITS}|[xX×*]\s?[0-9]))"
STEP = (
    rf"^\s*(([1-9][0-9]{{0,2}}|1000)\s*[xX×*]\s*)?{LENGTH}{_END}"
    rf"({_ONE_STEP}(\s*{PACE}|[^@]{{0,1000}}@\s*{PACE}(\s*[,;]\s*{PACE})*))?\s*$"
)
"""One line of the list of blocks."""

_SECONDS = rf"\+?\s*([0-5]?[0-9]{_DECIMALS}|60(\.0+)?)\s*" + _any_case(
    r"s(ec(ond)?s?)?(\s*/\s*(km|mi))?"
)
TOLERANCE = rf"^\s*(?!\+?\s*[0.]+\s*[sS%])({_SECONDS}|([01]?[0-9]{_DECIMALS}|20(\.0+)?)\s*%)\s*$"
"""How far off still counts as held."""


def plan_schema() -> dict[str, object]:
    """
    Return the JSON Schema (draft 7) of a YAML plan, made from the parser's own keys and words.

    It knows the shape of each value, not what only the whole plan tells: whether a name is
    defined, how many blocks there are with repeats unrolled, or how many paces a step needs.
    """
    text = {"type": ["string", "number", "boolean", "null"], "maxLength": MAX_NAME}
    pace = {"type": "string", "maxLength": LONGEST, "pattern": rf"^\s*{PACE}\s*$"}
    side = {"type": "string", "pattern": TOLERANCE}
    tolerance = {
        "description": "How far off still counts as held: 5s, 2% or {fast: 3s, slow: 8s}.",
        "anyOf": [side, _object({"fast": side, "slow": side}, required=("fast", "slow"))],
    }
    length = {"type": "string", "maxLength": LONGEST, "pattern": rf"^\s*{LENGTH}\s*$"}
    block_values: dict[str, object] = {
        "run": {**length, "description": "How long: 10min, 2km, 400m, open."},
        "rest": {**length, "description": "A rest of this length, not scored."},
        "pace": {
            "description": "4:00/km, 4:10-3:50, 4:10 -> 3:50, a name, or a list of them.",
            "anyOf": [pace, {"type": "array", "items": pace, "minItems": 1}],
        },
        "tolerance": tolerance,
        "name": text,
        "role": {"enum": list(get_args(Role))},
        "notes": text,
    }
    block = {
        **_object({key: block_values[key] for key in BLOCK_KEYS}),
        "oneOf": [{"required": ["run"]}, {"required": ["rest"]}],
    }
    blocks = {
        "type": "array",
        "minItems": 1,
        "maxItems": MAX_BLOCKS,
        "items": {"$ref": "#/definitions/item"},
    }
    count = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": MAX_BLOCKS},
            {"type": "string", "pattern": r"^\s*(?![0-9]{5})0*([1-9][0-9]{0,2}|1000)\s*$"},
        ]
    }
    repeat = _object(
        dict(zip(REPEAT_KEYS, (count, blocks), strict=True)), required=("repeat", "blocks")
    )
    step = {
        "type": "string",
        "pattern": STEP,
        "description": "15min easy, or 4x10min @ 4:00, 3:50, 3:40, 3:30 /km",
    }
    values: dict[str, object] = {
        "version": {"enum": [1, "1"]},
        "name": text,
        "units": {
            "enum": list(get_args(Unit)),
            "description": "Unit of paces written without one.",
        },
        "paces": {
            "type": "object",
            "description": "Your own names for paces.",
            "propertyNames": {"pattern": rf"^\s*(?!{_any_case(_TAKEN)}\s*$){NAME}\s*$"},
            "maxProperties": MAX_NAMES,
            "additionalProperties": pace,
        },
        "tolerance": tolerance,
        "blocks": blocks,
        "match": {"enum": list(get_args(Match)), "description": "What the blocks are placed by."},
        "start": {
            "description": "Where block 1 begins, if the recording began earlier: 00:03:10.",
            "anyOf": [
                {"type": "string", "pattern": rf"^\s*(0|(?=[0-9]){_TIME})\s*$"},
                {"enum": [0]},
            ],
        },
        "athlete": text,
        "notes": text,
    }
    return {
        "$schema": ADDRESS,
        "title": "progcheck plan, version 1",
        **_object({key: values[key] for key in PLAN_KEYS}, required=("blocks",)),
        "definitions": {"item": {"anyOf": [step, block, repeat]}},
    }


def schema_text() -> str:
    """Return the schema as it is shipped and printed."""
    return json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(values: dict[str, object], required: tuple[str, ...] = ()) -> dict[str, object]:
    """Return an object with these keys and no others."""
    made: dict[str, object] = {
        "type": "object",
        "properties": values,
        "additionalProperties": False,
    }
    return {**made, "required": list(required)} if required else made
