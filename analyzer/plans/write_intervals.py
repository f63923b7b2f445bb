"""A Plan as intervals.icu workout text, and what of it that text cannot say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import PlanError, PlanProblem
from analyzer.plans.intervals_text import parse_intervals
from analyzer.plans.names import length_text, target_text
from analyzer.plans.quantities import FASTEST_S_PER_KM, SLOWEST_S_PER_KM
from analyzer.plans.written import Written
from analyzer.safe_text import clean_text
from analyzer.units import KM_M, MILE_M, UNIT_M, pace_s_per_km, round_half_up

if TYPE_CHECKING:
    from analyzer.model.plan import Block, Plan, Role, Target
    from analyzer.units import Unit

EXACT_MPS, NEAR_MPS = 1e-9, 0.0006
"""A pace this close to whole seconds is them: as computed; as a watch stores it, in mm/s [m/s]."""

EXACT_S = 1e-6
"""A time this close to whole seconds is them [s]."""

INTENSITY: dict[Role, str] = {"easy": "warmup", "cooldown": "cooldown", "rest": "rest"}
"""Roles the text can name; the reader finds the others by pace."""

LAP = "press lap"


def intervals_text(plan: Plan, *, drop: bool = False) -> Written:
    """
    Write a plan as intervals.icu workout text.

    The first line is the plan's name, then come its notes, then a line a block,
    repeats unrolled. Reading it back with `parse_intervals` gives the same
    blocks: index, name, role, length, target and notes. ``source`` and the
    ``step_index`` of a workout on the watch belong to the file a plan came from
    and are not written.

    Parameters
    ----------
    plan : Plan
        From any source.
    drop : bool
        Leave out what the text cannot say, and list it, instead of refusing.
        Paces and lengths are then rounded to what it can say.

    Returns
    -------
    Written
        To paste into the description of a workout, as UTF-8; with nothing left out
        unless ``drop`` is set.

    Raises
    ------
    PlanError
        With everything the text cannot say, at once: one-sided paces,
        tolerances, ``match``, ``start``, ``athlete``, paces of fractions of a
        second, roles the reader would not find. With ``drop`` only for a plan no
        reader would take, such as one longer than 24 hours.
    """
    lost = _lost_of_plan(plan)
    steps = [_step(block, plan.units, lost) for block in plan.blocks]
    head = _head(plan, lost)
    _add_names(plan, steps, lost)
    _add_notes(plan, steps, lost)
    _settle_roles(plan, steps, lost)
    text = "\n\n".join([*head, _lines(steps)]) + "\n"
    _compare(plan, _read(plan, text, lost), lost)
    if lost and not drop:
        raise _refused(plan, lost)
    return Written(text.encode(), tuple(lost))


class _Step(Struct):
    """The words of one step."""

    length: str
    pace: str
    role: str
    is_pace_lost: bool
    cue: str = ""
    notes: str = ""

    def line(self) -> str:
        """Return the step as a line."""
        words = (self.cue, self.length, self.notes, self.pace, self.role)
        return " ".join(["-", *(w for w in words if w)])


def _refused(plan: Plan, lost: list[str]) -> PlanError:
    """Build the error that says everything at once."""
    return PlanError(plan.source, tuple(PlanProblem(message) for message in lost))


def _unsayable(what: str) -> str:
    """Return the sentence for something the text has no words for."""
    return f"{what} cannot be expressed in intervals.icu text"


def _read(plan: Plan, text: str, lost: list[str]) -> Plan:
    """Read the text back; problems have no place in the user's own file."""
    try:
        return parse_intervals(text, plan.source)
    except PlanError as error:
        raise _refused(plan, [*lost, *(p.message for p in error.problems)]) from None


def _lost_of_plan(plan: Plan) -> list[str]:
    """Name what the text cannot say of the plan as a whole."""
    lost: list[str] = []
    if plan.match != "auto":
        lost.append(_unsayable(f"match: {plan.match}"))
    if plan.start_s is not None:
        lost.append(_unsayable("where block 1 starts"))
    if plan.athlete is not None:
        lost.append(_unsayable(f"the athlete '{clean_text(plan.athlete, 40)}'"))
    return lost


def _step(block: Block, units: Unit, lost: list[str]) -> _Step:
    """Return a block's step as far as the block alone tells."""
    length = _length(block, lost)
    pace = "" if block.target is None else _pace(block.index, block.target, units, lost)
    if block.tolerance is not None:
        lost.append(_unsayable(f"block {block.index}: its tolerance"))
    word = INTENSITY.get(block.role)
    is_pace_lost = block.target is not None and not pace
    return _Step(length, pace, f"intensity={word}" if word else "", is_pace_lost)


def _length(block: Block, lost: list[str]) -> str:
    """Return the length: whole seconds, or metres, kilometres or miles that express it exactly."""
    if block.duration_s is not None:
        seconds = max(1, int(round_half_up(block.duration_s)))
        if abs(block.duration_s - seconds) > EXACT_S:
            text = f"block {block.index}: {block.duration_s:g} s is not a whole number of seconds; "
            lost.append(text + f"the nearest is {seconds} s")
        return _time(seconds)
    if block.distance_m is None:
        return LAP.capitalize()
    exact = _distance(block.distance_m)
    if exact is None:
        metres = max(1, int(round_half_up(block.distance_m)))
        text = f"block {block.index}: {block.distance_m!r} m cannot be expressed exactly; "
        lost.append(text + f"the nearest is {metres} m")
        return _distance(float(metres)) or f"{metres}mtr"
    return exact


def _time(seconds: int) -> str:
    """Say a time as ``1h2m30s``."""
    parts = ((seconds // 3600, "h"), (seconds % 3600 // 60, "m"), (seconds % 60, "s"))
    return "".join(f"{n}{unit}" for n, unit in parts if n)


def _distance(metres: float) -> str | None:
    """Say a distance as ``400mtr``, ``2km`` or ``1mi``; None if none of them is exact."""
    if metres == int(metres) and metres < KM_M:
        return f"{metres:.0f}mtr"
    for unit, size, digits in (("km", KM_M, 3), ("mi", MILE_M, 2), ("km", KM_M, 6)):
        number = f"{metres / size:.{digits}f}".rstrip("0").rstrip(".")
        if math.isclose(float(number) * size, metres, rel_tol=1e-12):
            return number + unit
    return None


def _pace(index: int, target: Target, units: Unit, lost: list[str]) -> str:
    """Say a target as ``4:00/km Pace``; empty where it must be left out."""
    if target.free_side is not None:
        shown = target_text(target, units)
        lost.append(_unsayable(f"block {index}: a one-sided pace ({shown})"))
        return ""
    ends = _ends(target)
    paces = [pace_s_per_km(v) for v in ends]
    if not all(FASTEST_S_PER_KM <= p <= SLOWEST_S_PER_KM for p in paces):
        lost.append(_unsayable(f"block {index}: a pace outside 1:40/km to 20:00/km"))
        return ""
    if not math.isclose(target.speed_mps, math.sqrt(ends[0] * ends[-1]), rel_tol=1e-6):
        lost.append(_unsayable(f"block {index}: a pace other than the middle of its range"))
    unit = _whole_unit(paces, units)
    if unit is None:
        unit = units
        lost.append(f"block {index}: {_not_whole(paces, unit)}")
    words = "-".join(_clock(p, unit) for p in paces) + f"/{unit} Pace"
    return words if target.ramp_mps is None else f"ramp {words}"


def _ends(target: Target) -> tuple[float, ...]:
    """Return both ends of a ramp or a range, or the one speed [m/s]."""
    if target.ramp_mps is not None:
        return target.ramp_mps
    if target.slow_mps is not None and target.fast_mps is not None:
        return target.slow_mps, target.fast_mps
    return (target.speed_mps,)


def _not_whole(paces: list[float], unit: Unit) -> str:
    """Say that paces are not whole seconds, and which are nearest."""
    exact = "-".join(f"{p * UNIT_M[unit] / KM_M:.2f}" for p in paces)
    nearest = "-".join(_clock(p, unit) for p in paces)
    return f"{exact} s/{unit} is not a whole number of seconds; the nearest is {nearest}/{unit}"


def _whole_unit(paces: list[float], units: Unit) -> Unit | None:
    """Return the unit in which all paces are whole seconds, the plan's own first."""
    other: Unit = "mi" if units == "km" else "km"
    tries = ((units, EXACT_MPS), (other, EXACT_MPS), (units, NEAR_MPS))
    return next((u for u, most in tries if all(_off_whole(p, u) <= most for p in paces)), None)


def _off_whole(pace: float, unit: Unit) -> float:
    """Return how far a pace is from the next whole second per unit, in m/s."""
    whole = round_half_up(pace * UNIT_M[unit] / KM_M)
    return abs(UNIT_M[unit] / whole - KM_M / pace)


def _clock(pace: float, unit: Unit) -> str:
    """Say a pace in s/km as ``4:00`` per unit."""
    seconds = int(round_half_up(pace * UNIT_M[unit] / KM_M))
    return f"{seconds // 60}:{seconds % 60:02d}"


def _alone(line: str) -> Block | None:
    """Read one step by itself; None if it cannot be read."""
    try:
        blocks = parse_intervals(line, "").blocks
    except PlanError:
        return None
    return blocks[0] if len(blocks) == 1 else None


def _add_names(plan: Plan, steps: list[_Step], lost: list[str]) -> None:
    """Write a name before the length where the reader would not make the same one."""
    derived = _read(plan, _lines(steps), lost)
    for block, made, step in zip(plan.blocks, derived.blocks, steps, strict=True):
        if block.name == made.name or (step.is_pace_lost and _is_made(block, plan.units)):
            continue
        without = _alone(step.line())
        step.cue = block.name
        named = _alone(step.line())
        if named is None or without is None or not _differ_by_name(named, without, block.name):
            step.cue = ""
            lost.append(_unsayable(f"block {block.index}: the name '{clean_text(block.name, 40)}'"))


def _is_made(block: Block, units: Unit) -> bool:
    """Whether a name was made from length and pace; without the pace it would mislead."""
    length = length_text(block.duration_s, block.distance_m)
    target = block.target
    return target is not None and block.name == f"{length} @ {target_text(target, units)}"


def _differ_by_name(named: Block, without: Block, name: str) -> bool:
    """Whether a name before the length changed the name, and nothing of length and pace."""
    same = (named.duration_s, named.distance_m, named.target, named.notes) == (
        without.duration_s,
        without.distance_m,
        without.target,
        without.notes,
    )
    return same and named.name == name


def _add_notes(plan: Plan, steps: list[_Step], lost: list[str]) -> None:
    """Write notes after the length where they are targets the reader keeps as notes."""
    for block, step in zip(plan.blocks, steps, strict=True):
        if not block.notes:
            continue
        without = _alone(step.line())
        step.notes = block.notes.removeprefix(f"{LAP} ") if block.is_open else block.notes
        noted = _alone(step.line())
        is_kept = (
            noted is not None
            and without is not None
            and noted.notes == block.notes
            and (noted.name, noted.role, noted.duration_s, noted.distance_m, noted.target)
            == (without.name, without.role, without.duration_s, without.distance_m, without.target)
        )
        if not is_kept:
            step.notes = ""
            lost.append(
                _unsayable(f"block {block.index}: the notes '{clean_text(block.notes, 40)}'")
            )


def _settle_roles(plan: Plan, steps: list[_Step], lost: list[str]) -> None:
    """
    Take the role off the first or the last step where the reader finds it better alone.

    Blocks that were easy by their pace and not by the coach's word count among
    the equal ones that make the others steady, see `build_plan`.
    """
    roles = [step.role for step in steps]
    ends = [i for i in dict.fromkeys((0, len(steps) - 1)) if steps[i].pace and steps[i].role]
    tries = [[], *([i] for i in ends), ends] if ends else [[]]
    wrong: list[int] = []
    for bare in tries:
        for i, step in enumerate(steps):
            step.role = "" if i in bare else roles[i]
        again = _read(plan, _lines(steps), lost)
        wrong.append(_differing_roles(plan, again))
        if not wrong[-1]:
            return
    for i in tries[wrong.index(min(wrong))]:
        roles[i] = ""
    for step, role in zip(steps, roles, strict=True):
        step.role = role


def _differing_roles(plan: Plan, again: Plan) -> int:
    """Count the blocks that were read with another role."""
    return sum(a.role != b.role for a, b in zip(again.blocks, plan.blocks, strict=True))


def _lines(steps: list[_Step]) -> str:
    """Return the steps as text."""
    return "\n".join(step.line() for step in steps)


def _head(plan: Plan, lost: list[str]) -> list[str]:
    """Return the lines of text above the steps: the name, then the notes."""
    head = [plan.name]
    if not _reads_as(f"{plan.name}\n\n- 10m", plan.name, ""):
        lost.append(_unsayable(f"the plan's name '{clean_text(plan.name, 40)}'"))
        head = ["Plan"]
    if not plan.notes:
        return head
    if _reads_as(f"Plan\n\n{plan.notes}\n\n- 10m", "Plan", plan.notes):
        return [*head, plan.notes]
    lost.append(_unsayable(f"the plan's notes '{clean_text(plan.notes, 40)}'"))
    return head


def _reads_as(text: str, name: str, notes: str) -> bool:
    """Whether a text of one step is read with this name and these notes."""
    try:
        plan = parse_intervals(text, "")
    except PlanError:
        return False
    return len(plan.blocks) == 1 and plan.name == name and plan.notes == notes


def _compare(plan: Plan, again: Plan, lost: list[str]) -> None:
    """Name what reading the text gives differently: the reader finds roles by pace."""
    if again.units != plan.units:
        lost.append(_unsayable(f"paces per {plan.units} where no block has one of them"))
    for block, read in zip(plan.blocks, again.blocks, strict=True):
        if read.role != block.role:
            text = _unsayable(f"block {block.index}: the role '{block.role}'")
            lost.append(f"{text}; it is read as '{read.role}'")
