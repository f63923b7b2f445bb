"""What a pace may say: a pace, a range, a ramp, a bound, a name, or relative to another."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.plan import Target
from analyzer.plans.near import near_word
from analyzer.plans.quantities import (
    LONGEST,
    UnreadableError,
    checked_pace,
    pace_s_per_km,
    percent,
    plain,
    seconds_off,
)
from analyzer.structs import replace
from analyzer.units import KM_M, UNIT_M, speed_mps

if TYPE_CHECKING:
    from analyzer.model.plan import Role
    from analyzer.units import Unit

EFFORTS: dict[str, Role] = {
    "easy": "easy",
    "steady": "steady",
    "free": "steady",
    "rest": "rest",
    "walk": "rest",
    "warmup": "easy",
    "warm-up": "easy",
    "warm up": "easy",
    "jog": "easy",
    "cooldown": "cooldown",
    "cool-down": "cooldown",
    "cool down": "cooldown",
}
"""Words for an effort, and the role they give. Without a pace of that name: not scored."""

FORMS = "write 4:00/km, 6:26/mi, 4:00-3:50/km, or a name such as easy"

PACE_NAMES = frozenset(
    {"threshold", "marathon", "half", "half marathon", "10k", "5k", "3k", "mile", "tempo"}
    | {"mp", "hmp", "lt", "interval", "repetition"}
)
"""Names that only somebody's paces can fill."""

NEEDS_PACES = "define it under 'paces:' of a plan file, or name whose paces with --athlete"

PREVIOUS = ("previous", "prev")
"""What the block before is called."""

UNIT_END = re.compile(r" *(?:/ *(?:km|mile|mi|k)|(?:km/h|kmh|kph|mph))$", re.IGNORECASE)
"""Unit after a pace."""

_ANOTHER = "another step begins here; put a comma before it, or give it a line of its own"

_SLIPS = (
    (r"(\d{1,2})[.,'\u2019](\d\d)[\"\u201d]? *(/ *(?:km|mi))?", r"write \1:\2\3"),
    (r"(\d{1,2}:\d\d) *(?:min)? *(?:/|per)? *(km|mi)(?:les?)?", r"write \1/\2"),
    (r"(\d{1,2}:\d\d) *min", r"write \1"),
    (r"=([<>]) *(.+)", r"write \1=\2"),
    (r"([1-9])(?: *(/ *(?:km|mi)))?", r"write \1:00\2"),
    (r"(\d\d(?:\.\d)?)", r"write \1 km/h, or a pace such as 4:00/km"),
    (r"(\d{1,3}) *km */ *h(?:our)?", r"write \1 km/h"),
    (r"(\d{1,2}):(\d\d) *- *([0-5]\d)", r"write \1:\2-\1:\3 for a range, \1:\2 -\3s for seconds"),
    (r"(\d\d(?:\.\d)?) *- *(\d\d(?:\.\d)?)", r"write \1-\2 km/h, or a range such as 4:10-3:50"),
    (r"(.*?)( ?[+-]) *0:(\d\d)", r"write \1\2\3s"),
    (r"(.*[ \d][+-] *\d{1,3})", r"write \1s for seconds"),
    (r".*[+-] *\d{1,3} *%", "write 102% previous for a little faster"),
    (r"\d{1,3} *%", "write 95% threshold"),
    (r"(?:.* )?\d+ *x *\d.*|\d+(?:\.\d+)? *(?:min|km|h|s|m|mi) .*", _ANOTHER),
    (r"(\d{1,2}:\d\d) to (\d{1,2}:\d\d.*)", r"write \1-\2"),
    (r"at (\d.*)", r"write @ \1"),
    (r"-(\d{1,2}:\d\d.*)", r"write \1"),
    (r"(\d{1,2}:\d\d(?: */ *(?:km|mi))?) +[^\d\W].*",
     r"write \1 alone; words go before the '@', or after 'name:'"),
)  # fmt: skip
"""What is often written for a pace, and what to write instead."""


class Pace(Struct, frozen=True):
    """
    A pace as understood.

    ``target`` is None for an effort without pace; ``role`` is what the words
    say about the role, None if nothing; ``unit`` is the one that was written.
    """

    target: Target | None
    role: Role | None = None
    unit: Unit | None = None


class PaceContext(Struct, frozen=True):
    """
    What a pace may refer to: the unit of bare paces and the names defined so far.

    ``hint`` says why an athlete's names are not among them, if there is a reason.
    """

    unit: Unit
    named: dict[str, Pace]
    previous: Pace | None = None
    hint: str = ""

    def after(self, pace: Pace) -> PaceContext:
        """Return the context of the block after one with this pace, or with none."""
        if pace.target is None or pace == self.previous:
            return self
        return PaceContext(self.unit, self.named, pace, self.hint)


def unit_behind(text: str) -> Unit | None:
    """Return the unit after a pace; None for a bare one."""
    unit = UNIT_END.search(text)
    return None if unit is None else "mi" if "m" in unit[0].lower().replace("km", "") else "km"


def single(pace: float) -> Target:
    """Make a target of one pace in s/km."""
    return Target(speed_mps(pace))


def between(pace_1: float, pace_2: float) -> Target:
    """Make a target of a range; deviations are measured from its middle in ln v."""
    fast, slow = speed_mps(min(pace_1, pace_2)), speed_mps(max(pace_1, pace_2))
    return Target(math.sqrt(fast * slow), slow_mps=slow, fast_mps=fast)


def ramp(pace_1: float, pace_2: float) -> Target:
    """Make a target that changes smoothly from one pace to another."""
    first, last = speed_mps(pace_1), speed_mps(pace_2)
    return Target(math.sqrt(first * last), ramp_mps=(first, last))


def read_pace(text: str, context: PaceContext) -> Pace:
    """
    Read one pace.

    Parameters
    ----------
    text : str
        As the coach wrote it.
    context : PaceContext
        Unit of bare paces, names, and the block before.

    Returns
    -------
    Pace
        With its target.

    Raises
    ------
    UnreadableError
        With what to write instead.
    """
    text = plain(text)
    if not text or len(text) > LONGEST:
        msg = f"the pace is {'empty' if not text else 'too long'}; {FORMS}"
        raise UnreadableError(msg)
    word = text.lower()
    if word in context.named:
        return context.named[word]
    if word in EFFORTS:
        return Pace(None, EFFORTS[word])
    if word in PREVIOUS:
        target, unit = _base(word, context)
        return Pace(target, unit=unit)
    for reader in (_single, _bound, _ramp, _range, _relative, _share):
        pace = reader(text, context)
        if pace is not None:
            return pace if pace.unit else replace(pace, unit=unit_behind(text))
    msg = f"'{text}' is not a pace; {_remedy(text, context)}"
    raise UnreadableError(msg)


def _remedy(text: str, context: PaceContext) -> str:
    """Say what to write in place of something that is not a pace."""
    for pattern, words in _SLIPS:
        match = re.fullmatch(pattern, text, re.IGNORECASE | re.ASCII)
        if match:
            return match.expand(words)
    if text.lower() in PACE_NAMES:
        return context.hint or NEEDS_PACES
    near = near_word(text, [*context.named, *EFFORTS])
    return f"did you mean '{near}'? Or {FORMS}" if near else context.hint or FORMS


def _single(text: str, context: PaceContext) -> Pace | None:
    """Read ``4:00/km``."""
    pace = pace_s_per_km(text, context.unit)
    return None if pace is None else Pace(single(pace))


def _bound(text: str, context: PaceContext) -> Pace | None:
    """Read ``>=4:30/km`` (4:30 or slower) and ``<=4:30/km`` (4:30 or faster)."""
    match = re.match(r"(>=|<=|≥|≤|>|<) *(.*)$", text)
    if not match:
        return None
    pace = pace_s_per_km(match[2], context.unit)
    if pace is None:
        msg = f"'{text}' is not a bound; write >=4:30/km for 4:30 or slower"
        raise UnreadableError(msg)
    slower = match[1] in (">=", "≥", ">")
    return Pace(Target(speed_mps(pace), free_side="slow" if slower else "fast"))


def _two(texts: list[str], context: PaceContext) -> tuple[float, float] | None:
    """Read two paces that share the unit after either."""
    if len(texts) != 2:
        return None
    units = [UNIT_END.search(text) for text in texts]
    first, last = (
        text + (other[0] if other and not own and _shares(other[0], text) else "")
        for text, own, other in zip(texts, units, reversed(units), strict=True)
    )
    pace_1, pace_2 = pace_s_per_km(first, context.unit), pace_s_per_km(last, context.unit)
    return None if pace_1 is None or pace_2 is None else (pace_1, pace_2)


def _shares(unit: str, text: str) -> bool:
    """Whether a unit fits a number: ``/km`` for 4:00, ``km/h`` for 14."""
    return unit.lstrip().startswith("/") == (":" in text)


def _ramp(text: str, context: PaceContext) -> Pace | None:
    """Read ``4:10 -> 3:50``."""
    parts = re.split(r"->|→", text)
    if len(parts) == 1:
        return None
    pair = _two([p.strip() for p in parts], context)
    if pair is None:
        msg = f"'{text}' is not a ramp; write 4:10 -> 3:50"
        raise UnreadableError(msg)
    return Pace(ramp(*pair))


def _range(text: str, context: PaceContext) -> Pace | None:
    """Read ``4:00-3:50/km`` or ``14-15 km/h``, either way round."""
    parts = [p.strip() for p in text.split("-")]
    pair = None if re.fullmatch(r"0:\d\d", parts[-1]) else _two(parts, context)
    return None if pair is None else Pace(between(*pair))


def _relative(text: str, context: PaceContext) -> Pace | None:
    """
    Read ``previous - 10s``, ``threshold + 5s`` and ``-10s/km``; minus is faster.

    Bare seconds are per the unit of the pace they change, and a bare pace in the unit of
    its seconds.
    """
    match = re.fullmatch(r"(.*?) *([+-] *\d[\d.]* *s[^+-]*)", text, re.IGNORECASE | re.ASCII)
    if not match:
        return None
    off = seconds_off(match[2])
    own = replace(context, unit=off[1]) if off and off[1] else context
    base, written = _base(match[1].lower() or PREVIOUS[0], own)
    if off is None:
        msg = f"'{match[2]}' cannot be added to a pace; write -10s or +5s"
        raise UnreadableError(msg)
    unit = off[1] or written
    pace = KM_M / base.speed_mps + off[0] * KM_M / UNIT_M[unit or context.unit]
    return Pace(single(checked_pace(text, pace)), unit=unit)


def _share(text: str, context: PaceContext) -> Pace | None:
    """Read ``95% threshold``: percent of speed."""
    match = re.fullmatch(r"(\d[\d.]* *%) *(?:of +)?([^%]+)", text, re.ASCII)
    share = percent(match[1]) if match else None
    if match is None or share is None:
        return None
    if not 30 <= share <= 150:
        msg = f"'{match[1]}' is not a percentage anyone runs at; write 95% threshold"
        raise UnreadableError(msg)
    base, unit = _base(match[2].strip().lower(), context)
    return Pace(single(checked_pace(text, KM_M / (base.speed_mps * share / 100))), unit=unit)


def _base(name: str, context: PaceContext) -> tuple[Target, Unit | None]:
    """Return the target a relative pace starts from, and the unit it was written in."""
    pace = context.previous if name in PREVIOUS else context.named.get(name)
    if pace is not None and pace.target is not None:
        return pace.target, pace.unit
    if name in PREVIOUS:
        msg = "there is no block with a pace before this one; write a pace"
        raise UnreadableError(msg)
    value = pace_s_per_km(name, context.unit)
    if value is not None:
        return single(value), unit_behind(name)
    if ":" in name:
        msg = f"'{name}' is not one pace; write 4:00 -10s, or each pace by itself"
        raise UnreadableError(msg)
    near = near_word(name, context.named)
    hint = f"did you mean '{near}'?" if near else context.hint or "define it under 'paces:'"
    msg = f"'{name}' is not a known pace; {hint}"
    raise UnreadableError(msg)
