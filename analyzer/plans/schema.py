"""The plan format as a JSON Schema, so that an editor helps while a plan is typed."""

from __future__ import annotations

from typing import get_args

from analyzer.model.plan import Match, Role
from analyzer.plans.step_text import MAX_BLOCKS
from analyzer.plans.walker import BLOCK_KEYS, MAX_NAME, PLAN_KEYS, REPEAT_KEYS
from analyzer.units import Unit

ADDRESS = "http://json-schema.org/draft-07/schema#"

_NUMBER = r"\d+(\.\d+)?"
_CLOCK = r"\d{1,3}(:[0-5]?\d){1,2}"
_TIME = (
    rf"({_CLOCK}|\d{{1,3}}\s*h\s*\d{{1,2}}"
    rf"|({_NUMBER}\s*(h|hrs?|hours?)\s*)?({_NUMBER}\s*(min|mins|minutes?)\s*)?"
    rf"({_NUMBER}\s*(s|secs?|seconds?))?)"
)
_METRES = r"(\d{3,6}(\.\d+)?\s*m|\d{1,6}(\.\d+)?\s*(mtr|metres?|meters?))"
_DISTANCE = rf"({_METRES}|{_NUMBER}\s*(km|kilomet(re|er)s?|mi|miles?)|half( marathon)?|marathon)"
LENGTH = rf"(open|{_DISTANCE}|(?=.*[1-9]){_TIME})"
"""A length: time, distance, or open."""

_UNIT = r"(\s*/\s*(km|mi|mile|k))?"
_SINGLE = rf"([1-9]\d?:[0-5]\d(\.\d{{1,6}})?{_UNIT}|\d{{1,2}}(\.\d+)?\s*(km/h|kmh|kph|mph))"
_OFF = r"[+-]\s*\d[\d.]*\s*s(ec)?(\s*/\s*(km|mi))?"
_NAME = r"\d{0,4}[A-Za-z_][\w .-]{0,39}"
PACE = (
    rf"((>=|<=|≥|≤|>|<)\s*{_SINGLE}|{_SINGLE}(\s*(-|–|->|→)\s*{_SINGLE})?"
    rf"|({_NAME}|{_SINGLE})?\s*{_OFF}|\d[\d.]*\s*%\s*(of\s+)?({_NAME}|{_SINGLE})|{_NAME})"
)
"""A pace: one, a bound, a range, a ramp, relative to another, or a name."""

STEP = (
    rf"^\s*([1-9]\d{{0,3}}\s*[x×*]\s*)?{LENGTH}(?![\w/:])"
    rf"(\s*@\s*{PACE}(\s+{_OFF})?(\s*,\s*{PACE})*(\s*/\s*(km|mi|mile))?|\s+[^@]*[^@\s](\s*@\s*{PACE}"
    rf"(\s*,\s*{PACE})*(\s*/\s*(km|mi|mile))?)?)?\s*$"
)
"""One line of the list of blocks."""

TOLERANCE = r"^\s*\+?\s*\d{1,3}(\.\d+)?\s*(s|sec|%)(\s*/\s*(km|mi))?\s*$"


def plan_schema() -> dict[str, object]:
    """
    Return the JSON Schema (draft 7) of a YAML plan, made from the parser's own keys and words.

    It knows the shape of each value, not what only the whole plan tells: whether a name is
    defined, how many blocks there are with repeats unrolled, or how many paces a step needs.
    """
    text = {"type": "string", "maxLength": MAX_NAME}
    pace = {"type": "string", "pattern": rf"^\s*{PACE}\s*$"}
    side = {"type": "string", "pattern": TOLERANCE}
    tolerance = {
        "description": "How far off is still held: 5s, 2% or {fast: 3s, slow: 8s}.",
        "anyOf": [side, _object({"fast": side, "slow": side}, required=("fast", "slow"))],
    }
    length = {"type": "string", "pattern": rf"^\s*{LENGTH}\s*$"}
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
    blocks = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/item"}}
    count = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": MAX_BLOCKS},
            {"type": "string", "pattern": r"^0*([1-9]\d{0,2}|1000)$"},
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
        "units": {"enum": list(get_args(Unit)), "description": "How bare paces are read."},
        "paces": {
            "type": "object",
            "description": "Names of yours for paces.",
            "propertyNames": {"pattern": r"^\s*\w[\w .-]{0,39}\s*$"},
            "additionalProperties": pace,
        },
        "tolerance": tolerance,
        "blocks": blocks,
        "match": {"enum": list(get_args(Match)), "description": "What may place the blocks."},
        "start": {
            "description": "Where block 1 begins, if the recording began earlier: 00:03:10.",
            "anyOf": [
                {"type": "string", "pattern": rf"^\s*({_CLOCK}|(?=.*\d){_TIME})\s*$"},
                {"type": "integer", "minimum": 0},
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


def _object(values: dict[str, object], required: tuple[str, ...] = ()) -> dict[str, object]:
    """Return an object with these keys and no others."""
    made: dict[str, object] = {
        "type": "object",
        "properties": values,
        "additionalProperties": False,
    }
    return {**made, "required": list(required)} if required else made
