"""What a step aims at in place of a pace, and how far off it may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.step import Unclear
from analyzer.plans.draft import DraftTolerance

if TYPE_CHECKING:
    from analyzer.model.plan import Aim
    from analyzer.plans.coach.cursor import Cursor
    from analyzer.plans.coach.step import Step
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.draft import ToleranceUnit


def read_aim(cursor: Cursor, step: Step, text: str) -> None:
    """Take a zone, a heart rate or an effort, which is no pace."""
    take_aim(step, cursor.take())


def take_aim(step: Step, token: Token) -> None:
    """Note a zone, a heart rate or an effort of a step."""
    said = token.text.lower()
    aim: Aim = "other"
    if re.search(r"bpm|hr|heart|puls|fc|hf", said):
        aim = "heart_rate"
    elif re.search(r"\dw|\d w|ftp", said):
        aim = "power"
    elif "spm" in said:
        aim = "cadence"
    step.aim = aim
    step.notes.append(token.text)


def read_within(cursor: Cursor, step: Step, text: str) -> None:
    """Take a tolerance: ``\u00b1 5s``."""
    mark = cursor.take()
    if cursor.peek().kind not in ("number", "time", "percent"):
        msg = "how much may it be off? Write \u00b15s"
        raise Unclear(msg, mark, is_asked=False)
    token = cursor.take()
    unit: ToleranceUnit = "%" if token.kind == "percent" else "s"
    amount = number_of(token)
    if not 0 < amount <= (20 if unit == "%" else 60):
        msg = f"a tolerance of {amount:g}{unit} cannot be; write \u00b15s"
        raise Unclear(msg, token, is_asked=False)
    step.tolerance = DraftTolerance(amount, amount, unit, unit)


def number_of(token: Token) -> float:
    """Return the number a token begins with."""
    match = re.match(r"\d+(?:\.\d+)?", token.text)
    return float(match[0]) if match else 0.0
