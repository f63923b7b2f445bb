"""What a pace may say: a pace, a range, a ramp, a bound, a name, or relative to another."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.model.plan import Target
from analyzer.plans.quantities import (
    MAX_TEXT,
    PACE_DIGITS,
    UnreadableError,
    pace_s_per_km,
    percent,
    seconds_off,
)
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

_UNIT_END = re.compile(r"\s*/\s*(km|mi|mile)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pace:
    """
    A pace as understood.

    ``target`` is None for an effort without pace; ``role`` is what the words
    say about the role, None if nothing.
    """

    target: Target | None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """
    What a pace may refer to: the unit of bare paces and the names defined so far.

    ``hint`` says why an athlete's names are not among them, if there is a reason.
    """

    unit: Unit
    named: dict[str, Pace]
    previous: Target | None = None
    hint: str = ""


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


def read_pace(text: str, known: Known) -> Pace:
    """
    Read one pace.

    Parameters
    ----------
    text : str
        As the coach wrote it.
    known : Known
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
    text = text.strip()
    if not text:
        msg = f"the pace is empty; {FORMS}"
        raise UnreadableError(msg)
    if len(text) > MAX_TEXT:
        msg = f"'{text[:20]}...' is not a pace: it is {len(text)} characters long; {FORMS}"
        raise UnreadableError(msg)
    word = text.lower()
    if word in known.named:
        return known.named[word]
    if word in EFFORTS:
        return Pace(None, EFFORTS[word])
    for reader in (_single, _bound, _ramp, _range, _relative, _share):
        found = reader(text, known)
        if found is not None:
            return found
    near = difflib.get_close_matches(word, [*known.named, *EFFORTS], n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'? Or {FORMS}" if near else known.hint or FORMS
    msg = f"'{text}' is not a pace; {hint}"
    raise UnreadableError(msg)


def _single(text: str, known: Known) -> Pace | None:
    """Read ``4:00/km``."""
    pace = pace_s_per_km(text, known.unit)
    return None if pace is None else Pace(single(pace))


def _bound(text: str, known: Known) -> Pace | None:
    """Read ``>=4:30/km`` (4:30 or slower) and ``<=4:30/km`` (4:30 or faster)."""
    match = re.match(r"(>=|<=|≥|≤|>|<)\s*(.+)$", text)
    if not match:
        return None
    pace = pace_s_per_km(match[2], known.unit)
    if pace is None:
        msg = f"'{match[2]}' is not a pace; write >=4:30/km for 4:30 or slower"
        raise UnreadableError(msg)
    slower = match[1] in (">=", "≥", ">")
    return Pace(Target(speed_mps(pace), free_side="slow" if slower else "fast"))


def _two(texts: tuple[str, str], known: Known) -> tuple[float, float] | None:
    """Read two paces that share the unit behind the second."""
    unit = _UNIT_END.search(texts[1])
    first = texts[0] if "/" in texts[0] or not unit else texts[0] + unit[0]
    paces = [pace_s_per_km(t, known.unit) for t in (first, texts[1])]
    if paces[0] is None or paces[1] is None:
        return None
    return paces[0], paces[1]


def _ramp(text: str, known: Known) -> Pace | None:
    """Read ``4:10 -> 3:50``."""
    parts = re.split(r"->|→", text)
    if len(parts) != 2:
        return None
    pair = _two((parts[0].strip(), parts[1].strip()), known)
    if pair is None:
        msg = f"'{text}' is not a ramp; write 4:10 -> 3:50"
        raise UnreadableError(msg)
    return Pace(ramp(*pair))


def _range(text: str, known: Known) -> Pace | None:
    """Read ``4:00-3:50/km``, either way round."""
    match = re.fullmatch(rf"({PACE_DIGITS}(?:\s*/\s*\w+)?)\s*[-\u2013]\s*({PACE_DIGITS}.*)", text)
    if not match:
        return None
    pair = _two((match[1], match[2].strip()), known)
    if pair is None:
        return None
    return Pace(between(*pair))


def _relative(text: str, known: Known) -> Pace | None:
    """Read ``previous - 10s``, ``threshold + 5s`` and ``-10s/km``; minus is faster."""
    match = re.fullmatch(r"(.*?)\s*([+-])\s*(\d[\d.]*\s*s(?:ec)?(?:\s*/\s*(?:km|mi))?)", text)
    if not match:
        return None
    base = _base(match[1].strip().lower() or "previous", known)
    off = seconds_off(match[2] + match[3]) or 0.0
    pace = KM_M / base.speed_mps + off * KM_M / UNIT_M[known.unit]
    shown = pace_s_per_km(f"{int(pace // 60)}:{int(pace % 60):02d}", "km") if pace > 0 else None
    if shown is None:
        msg = f"'{text}' leaves no pace to run"
        raise UnreadableError(msg)
    return Pace(single(pace))


def _share(text: str, known: Known) -> Pace | None:
    """Read ``95% threshold``: percent of speed."""
    match = re.fullmatch(r"(\d[\d.]*\s*%)\s*(?:of\s+)?(.+)", text)
    share = percent(match[1]) if match else None
    if match is None or share is None:
        return None
    if not 30 <= share <= 150:
        msg = f"'{match[1]}' is not a share of speed anyone runs; write 95% threshold"
        raise UnreadableError(msg)
    base = _base(match[2].strip().lower(), known)
    return Pace(Target(base.speed_mps * share / 100))


def _base(name: str, known: Known) -> Target:
    """Return the target a relative pace starts from."""
    if name in ("previous", "prev"):
        if known.previous is None:
            msg = "there is no block with a pace before this one; write a pace"
            raise UnreadableError(msg)
        return known.previous
    pace = known.named.get(name)
    target = pace.target if pace else None
    if target is None:
        value = pace_s_per_km(name, known.unit)
        target = single(value) if value is not None else None
    if target is None:
        near = difflib.get_close_matches(name, list(known.named), n=1, cutoff=0.6)
        hint = f"did you mean '{near[0]}'?" if near else known.hint or "define it under 'paces:'"
        msg = f"'{name}' is no known pace; {hint}"
        raise UnreadableError(msg)
    return target
