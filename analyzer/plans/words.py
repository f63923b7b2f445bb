"""Lengths, paces and blocks in the words of the plan format, so that they read back the same."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from analyzer.plans.names import length_text
from analyzer.plans.paces import EFFORTS
from analyzer.plans.quantities import LEAST_METRES, NAMED_M
from analyzer.units import KM_M, MILE_M, UNIT_M, pace_s_per_km

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Role, Target, Tolerance
    from analyzer.units import Unit

SAME = 1e-8
"""Two speeds closer than this are the same one [ratio]."""

_PLAIN = re.compile(r"[A-Za-z][\w()+'-]*( [\w()+'@-]+)*")
_RESERVED = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})

_EFFORT_OF: dict[Role, str] = {
    "easy": "easy",
    "steady": "steady",
    "rest": "rest",
    "cooldown": "cool-down",
}
"""The word that says a role where there is no pace to say it."""


def quoted(text: str) -> str:
    """Return a name or note as YAML reads it back: plain where it may be, else in quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)


def length_words(duration_s: float | None, distance_m: float | None) -> str:
    """Write a length: ``10min``, ``90s``, ``12:30``, ``1h30``, ``2km``, ``400m``, ``open``."""
    if duration_s is not None:
        return _duration_words(duration_s)
    if distance_m is not None:
        return _distance_words(distance_m)
    return "open"


def _duration_words(seconds: float) -> str:
    """Write a time; fractions of a second stay."""
    if seconds % 1:
        return f"{seconds!r}s"
    minutes, rest = divmod(int(seconds), 60)
    hours, over = divmod(minutes, 60)
    if rest:
        clock = f"{hours}:{over:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
        return f"{int(seconds)}s" if seconds < 100 else clock
    if not hours:
        return f"{minutes}min"
    return f"{hours}h{over:02d}" if over else f"{hours}h"


def _distance_words(metres: float) -> str:
    """Write a distance in the unit in which it is round."""
    named = {value: name for name, value in NAMED_M.items() if " " not in name}
    if metres in named:
        return named[metres]
    miles = metres / MILE_M
    halves = round(2 * miles) / 2
    if halves and halves * MILE_M == metres:
        return f"{halves:g}mi"
    if metres >= KM_M and metres % 10 == 0:
        return f"{_number(metres / KM_M)}km"
    return f"{_number(metres)}{'m' if metres >= LEAST_METRES else 'mtr'}"


def _number(value: float) -> str:
    """Write a number without a fraction of nought."""
    return f"{value:.0f}" if value % 1 == 0 else repr(value)


def pace_words(speed: float, units: Unit) -> tuple[str, Unit]:
    """
    Write a speed as the pace that reads back as it.

    Parameters
    ----------
    speed : float
        In m/s.
    units : {'km', 'mi'}
        Unit of the plan; the other one is taken where only there the pace is whole seconds.

    Returns
    -------
    (str, unit)
        ``4:00`` and its unit; with decimals where whole seconds would be another pace.
    """
    other: Unit = "mi" if units == "km" else "km"
    for unit in (units, other):
        text = _exact(speed, unit, 0)
        if text is not None:
            return text, unit
    for digits in range(1, 7):
        text = _exact(speed, units, digits)
        if text is not None:
            return text, units
    return _pace_digits(speed, units, 6), units


def _pace_digits(speed: float, unit: Unit, digits: int) -> str:
    """Write the pace of a speed with a number of decimals of a second."""
    pace = round(pace_s_per_km(speed) * UNIT_M[unit] / KM_M, digits)
    minutes, seconds = divmod(pace, 60)
    width = 2 if not digits else digits + 3
    return f"{minutes:.0f}:{seconds:0{width}.{digits}f}"


def _exact(speed: float, unit: Unit, digits: int) -> str | None:
    """Write a pace with a number of decimals if that is the same speed, else None."""
    text = _pace_digits(speed, unit, digits)
    minutes, _, seconds = text.partition(":")
    back = UNIT_M[unit] / (60 * int(minutes) + float(seconds))
    return text if math.isclose(back, speed, rel_tol=SAME) else None


def target_words(target: Target, units: Unit) -> str:
    """Write a target: ``4:00/km``, ``4:10-3:50/km``, ``4:10 -> 3:50/km``, ``>=4:30/km``."""
    if target.ramp_mps is not None:
        return _two_words(target.ramp_mps, " -> ", units)
    if target.slow_mps is not None and target.fast_mps is not None:
        return _two_words((target.slow_mps, target.fast_mps), "-", units)
    text, unit = pace_words(target.speed_mps, units)
    sign = {"slow": ">=", "fast": "<=", None: ""}[target.free_side]
    return f"{sign}{text}/{unit}"


def _two_words(speeds: tuple[float, float], between: str, units: Unit) -> str:
    """Write two paces, with one unit if they share it."""
    (first, unit_1), (last, unit_2) = (pace_words(v, units) for v in speeds)
    if unit_1 == unit_2:
        return f"{first}{between}{last}/{unit_2}"
    return f"{first}/{unit_1}{between}{last}/{unit_2}"


def tolerance_words(tolerance: Tolerance, target: Target, units: Unit) -> str:
    """Write a tolerance: ``5s``, ``2%`` or ``{fast: 3s, slow: 8s}``."""
    pace = pace_s_per_km(target.speed_mps) * UNIT_M[units] / KM_M
    fast = _side_words(tolerance.fast_pct, pace * -math.expm1(-tolerance.fast_pct / 100))
    slow = _side_words(tolerance.slow_pct, pace * math.expm1(tolerance.slow_pct / 100))
    return fast if fast == slow else f"{{fast: {fast}, slow: {slow}}}"


def _side_words(percent: float, seconds: float) -> str:
    """Write one side in seconds where they are whole tenths, else in percent."""
    tenths = round(seconds, 1)
    if math.isclose(tenths, seconds, rel_tol=SAME) and tenths <= 60:
        return f"{tenths:g}s"
    return f"{_number(percent)}%"


def block_words(block: Block, units: Unit, said: frozenset[str] = frozenset()) -> str:
    """
    Write one block as an entry of ``blocks:``, a line where a line is enough.

    Parameters
    ----------
    block : Block
        As read.
    units : {'km', 'mi'}
        Of the plan.
    said : set of {'name', 'role', 'tolerance'}
        What must be said outright, because the words alone would be read otherwise.

    Returns
    -------
    str
        ``10min @ 4:00/km`` or ``{run: 10min, pace: 4:00/km, tolerance: 3s}``.
    """
    length = length_words(block.duration_s, block.distance_m)
    target = None if block.target is None else target_words(block.target, units)
    if not said and not block.notes:
        return _line(block, length, target)
    if target is None and block.role in _EFFORT_OF and block.role != "rest":
        target = _EFFORT_OF[block.role]
    entries = {
        "rest" if block.role == "rest" else "run": length,
        "pace": json.dumps(target) if target and target[0] in "<>" else target,
        "tolerance": _own_tolerance(block, units),
        "name": quoted(block.name),
        "role": block.role,
        "notes": quoted(block.notes) if block.notes else None,
    }
    unsaid = {"tolerance", "name", "role"} - said
    parts = (f"{k}: {v}" for k, v in entries.items() if v is not None and k not in unsaid)
    return f"{{{', '.join(parts)}}}"


def _own_tolerance(block: Block, units: Unit) -> str | None:
    """Write the tolerance of a block with a pace; None where it has none."""
    if block.tolerance is None or block.target is None:
        return None
    return tolerance_words(block.tolerance, block.target, units)


def _line(block: Block, length: str, target: str | None) -> str:
    """Write the line form, with the effort's word if the name has one."""
    shown = length_text(block.duration_s, block.distance_m)
    words = block.name.removeprefix(f"{shown} ") if shown != "open" else block.name
    effort = words if words.lower() in EFFORTS else ""
    if target is not None:
        return f"{length} {effort} @ {target}" if effort else f"{length} @ {target}"
    effort = effort or ("" if block.role == "steady" else _EFFORT_OF.get(block.role, ""))
    is_plain = shown == "open" and block.name == "cool-down"
    return f"{length} {effort}" if effort and not is_plain else length
