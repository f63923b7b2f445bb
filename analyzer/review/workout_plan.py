"""A workout file of a watch to a plan: only here parsers and plans meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.parsers.other_files import AS_RUN, HEAD_BYTES
from analyzer.parsers.workout_file import is_recording, read_workout_file
from analyzer.plans.document import MAX_BYTES, fail
from analyzer.plans.workout_steps import plan_from_workout

if TYPE_CHECKING:
    from analyzer.model.plan import Plan
    from analyzer.plans.whose import Whose


def read_workout(content: bytes, source: str, whose: Whose) -> Plan:
    """
    Read a FIT or TCX workout as a plan.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for messages.
    whose : Whose
        Not asked: a workout holds paces, not their names.

    Raises
    ------
    PlanError
        If the file is too large, damaged, or holds no workout.
    """
    del whose
    if len(content) > MAX_BYTES and is_recording(content[:HEAD_BYTES]):
        raise fail(source, f"a recording, not a plan; {AS_RUN}")
    if len(content) > MAX_BYTES:
        raise fail(source, f"larger than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    return plan_from_workout(read_workout_file(content, source), source)
