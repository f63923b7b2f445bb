"""Paces as a coach writes them: one, a range, a ramp, a list, a bound, a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.amounts import clock_text
from analyzer.plans.coach.step import Quote, Unclear

if TYPE_CHECKING:
    from analyzer.plans.coach.cursor import Cursor
    from analyzer.plans.coach.step import Shape, Step
    from analyzer.plans.coach.tokens import Token
    from analyzer.units import Unit

PLAIN_TO = ("to", "bis", "a", "auf", "until", "till")
"""Words that join the ends of a ramp or of a range."""


def read_quotes(cursor: Cursor, step: Step) -> None:
    """Take the paces at the cursor into a step."""
    first = cursor.peek()
    atoms = [_atom(cursor, step)]
    joints: list[Token] = []
    while (joint := _joint(cursor, step)) is not None:
        joints.append(joint)
        atoms.append(_atom(cursor, step))
    kinds = {_kind_of(j) for j in joints}
    if step.bound and len(atoms) > 1:
        msg = "a bound has one pace; write <=4:00 for 4:00 or faster, 4:10-4:00 for a range"
        raise Unclear(msg, first, is_asked=False)
    step.is_chain = len(atoms) > 2 and "ramp" in kinds
    if len(atoms) == 2 and kinds <= {"dash", "ramp"}:
        step.quotes.append(_pair(atoms, joints[0], step, first))
    else:
        shape: Shape = step.bound or "single"
        step.quotes += [Quote(shape, (atom,), first) for atom in atoms]
    step.bound = None
    step.is_awaited = False


def _pair(atoms: list[str], joint: Token, step: Step, first: Token) -> Quote:
    """Tell a range from a ramp, or ask which of the two is meant."""
    one, two = atoms
    is_ramp = _kind_of(joint) == "ramp"
    if is_ramp and joint.text.lower() in PLAIN_TO and not (step.is_from or step.is_progressive):
        msg = (
            f"a range or a ramp? Write {one}-{two} for anything between, {one} -> {two} for a ramp"
        )
        raise Unclear(msg, first)
    if not is_ramp and step.is_progressive:
        msg = f"a ramp or a range? Write {one} -> {two} for a ramp, {one}-{two} without "
        raise Unclear(msg + "'progressive' for anything between", first)
    return Quote("ramp" if is_ramp else "range", (one, two), first)


def _kind_of(joint: Token) -> str:
    """Return what a mark between two paces makes of them."""
    if joint.kind in ("arrow", "to", "greater", "at", "until"):
        return "ramp"
    return joint.kind


def _joint(cursor: Cursor, step: Step) -> Token | None:
    """Take what joins two paces, if another one follows."""
    token = cursor.peek()
    joins = ("dash", "slash", "arrow", "greater", "to", "until") + (("at",) if step.is_from else ())
    ahead = 1
    if token.kind in joins:
        if cursor.peek(1).kind in ("at", "tilde", "about"):
            ahead = 2
        if cursor.is_pace(ahead) and not cursor.starts_step(ahead):
            for _ in range(ahead):
                cursor.take()
            return token
    return None


def _atom(cursor: Cursor, step: Step) -> str:
    """Take one pace with its unit, as the exact form writes it."""
    token = cursor.take()
    if token.kind == "speed":
        return re.sub(r"\s?[\u2010-\u2014\u2212]\s?", "-", token.text)
    if token.kind == "percent":
        return _share(cursor, token)
    if token.kind == "clock":
        unit = take_unit(cursor)
        add_unit(step, unit)
        return clock_text(token.text) + (f"/{unit}" if unit else "")
    name = token.kind.partition(":")[2] if ":" in token.kind else ""
    name = name or re.sub(r"[\s-]|(?<=k)m$|ilomet.*$", "", token.text.lower())
    if cursor.peek().kind == "paceword":
        cursor.take()
    return name + _change(cursor)


def _share(cursor: Cursor, token: Token) -> str:
    """Take ``95% of threshold``; several shares have the name behind the last one."""
    ahead = 0
    while cursor.peek(ahead).kind in ("percent", "comma", "slash", "sep", "filler", "at"):
        ahead += 1
    name = cursor.peek(ahead).kind
    if not name.startswith("named:"):
        msg = f"{token.text} of what? Write {token.text} threshold"
        raise Unclear(msg, token, is_asked=False)
    while cursor.peek().kind == "filler":
        cursor.take()
    if cursor.peek().kind == name:
        cursor.take()
    return f"{token.text} {name[6:]}"


def _change(cursor: Cursor) -> str:
    """Take the seconds behind a name: ``MP+30``, ``T - 10s``."""
    sign, amount, behind = (cursor.peek(i) for i in range(3))
    is_end = behind.kind not in ("clock", "easy", "rest", "warmup", "cooldown", "at", "count")
    is_seconds = amount.kind == "time" and re.fullmatch(
        r"\d+\s?(?:s\w*|[\"\u201d\u2033]|'')", amount.text, re.IGNORECASE
    )
    if sign.kind not in ("plus", "dash") or not is_end:
        return ""
    if amount.kind != "number" and not is_seconds:
        return ""
    cursor.take()
    cursor.take()
    unit = take_unit(cursor)
    digits = re.match(r"[\d.]+", amount.text)
    said = f" {'+' if sign.kind == 'plus' else '-'} {digits[0] if digits else 0}s"
    return said + (f"/{unit}" if unit else "")


def take_unit(cursor: Cursor) -> Unit | None:
    """Take the unit behind a pace, if one stands there."""
    ahead = 1 if cursor.peek().kind == "paceword" and cursor.peek(1).kind == "per" else 0
    if cursor.peek(ahead).kind != "per":
        return None
    if ahead:
        cursor.take()
    return unit_of(cursor.take())


def add_unit(step: Step, unit: Unit | None) -> None:
    """Note the unit of a pace; where a step has both, bare paces cannot be told."""
    step.is_in_both_units |= None not in (unit, step.unit_of_paces) and unit != step.unit_of_paces
    step.unit_of_paces = unit or step.unit_of_paces


def unit_of(token: Token) -> Unit:
    """Return km or mi as ``/km``, ``min/mile`` and ``au km`` say."""
    last = re.split(r"[/\s]", token.text.strip())[-1].lower()
    return "mi" if last.startswith("m") else "km"
