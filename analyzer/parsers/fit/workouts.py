"""The workout of a FIT workout file, or the one that an activity carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.errors import DamagedFileError, EmptyActivityError
from analyzer.parsers.fit.damage import damage_text
from analyzer.parsers.fit.messages import read_kinds
from analyzer.parsers.fit.part import DEVELOPER_ID, FIELD_DESCRIPTION
from analyzer.parsers.fit.workout_messages import STEP, WORKOUT, read_workout
from analyzer.parsers.other_files import AS_RUN

if TYPE_CHECKING:
    from analyzer.model.activity import RecordingWarning
    from analyzer.model.workout import Workout
    from analyzer.parsers.fit.part import Part

FILE_ID = 0
"""Global message number."""

KINDS = frozenset({FILE_ID, WORKOUT, STEP, FIELD_DESCRIPTION, DEVELOPER_ID})

MAX_FIELDS = 20_000
"""Most fields in all messages of these kinds; 1,000 steps have some 12,000."""

DAMAGED = frozenset({"FILE_CUT", "CRC_MISMATCH", "MESSAGE_UNREADABLE"})
"""Damage that may have taken steps or changed them."""

KNOWN = {
    "activity": f"a recording that carries no workout; {AS_RUN}",
    "settings": "a settings file, not a plan",
    "workout": "a workout file without steps is not a plan",
    "course": "a course, not a plan",
    "goals": "a file of goals, not a plan",
    "totals": "a file of totals, not a plan",
}
"""What a FIT file without a workout may be instead."""


def read_fit_workout(content: bytes, source: str) -> Workout:
    """
    Read the workout of a FIT file.

    Half a plan would judge a run wrongly, so a damaged workout file is refused
    as a whole. A recording carries its workout before its records: damage
    behind the first of them has not touched it.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for errors.

    Raises
    ------
    DamagedFileError
        If the file is cut, unreadable, or does not match its checksum.
    LimitError
        If it holds more than any workout.
    EmptyActivityError
        If there are no steps; named by what the file is instead.
    """
    parts, warnings = read_kinds(content, source, KINDS, MAX_FIELDS)
    damage = next((w for w in warnings if w.code in DAMAGED), None)
    is_recording = any(p.records for p in parts)
    if damage is not None and not is_recording:
        raise _damaged(damage, source)
    found = next((w for p in parts if (w := read_workout(p)) is not None), None)
    if found is None:
        raise _without_steps(parts, source)
    return found


def _damaged(damage: RecordingWarning, source: str) -> DamagedFileError:
    """Build the error for a workout that may not be whole."""
    text = f"damaged, and half a plan is worse than none: {damage_text(damage)}"
    where = f"byte {damage.byte}" if damage.byte is not None else ""
    return DamagedFileError(source, text, where, "copy it again")


def _without_steps(parts: list[Part], source: str) -> EmptyActivityError:
    """Build the error for a file without steps, named by what it is instead."""
    if any(p.of(WORKOUT) for p in parts):
        return EmptyActivityError(source, "a workout with a name but no steps is not a plan")
    if any(p.of(STEP) for p in parts):
        return EmptyActivityError(source, "its steps do not say in which order they come")
    kinds = [str(m.names.get("type")) for p in parts for m in p.of(FILE_ID)]
    for kind in kinds:
        if kind in KNOWN:
            return EmptyActivityError(source, KNOWN[kind])
    return EmptyActivityError(source, "a FIT file without a workout")
