"""Changes of pace made early or late, and which seconds of a block were run at its own pace."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.model.findings import Change
from analyzer.scorer.noise import se_stretch_pct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.alignment import Executed
    from analyzer.scorer.flags.rule import Session
    from analyzer.scorer.measure import Measured

LEAST_SHIFT_S = 30.0
"""A change this far from the clock is worth reporting [s]."""

CLEAR_SHIFT_S = 10.0
"""A change is clear where its whole 90 % interval lies further from the clock than this [s]."""

LEAST_CONFIDENCE = 0.5
"""A change less probable than this is not reported."""

SMALL_STEP_PCT = 3.0
"""A smaller step is no larger than how a held pace wanders [% of speed]."""

PRESS_S = 1.0
"""A press that placed a block was made where it was due, if the shift is counted from there [s]."""

ON_TIME_S = 75.0
"""Stretch on each side of the time a change was due in which a rise would show [timer s]."""

LEAST_ON_TIME_S = 25.0
"""A shorter stretch between that time and the change that was found shows no rise [s]."""

AROUND_S = 8.0
"""Seconds next to a change of pace that belong to neither side [s]."""

TAKEN_SHARE = 0.5
"""A rise of more than this share of the planned step is the step."""

CHANGE_S = 15.0
"""A change of pace made early is left out from this long before it [s]."""

RUNNING = ("easy", "progression", "steady")
"""Roles between which a change of pace is a step of the session."""


class StepUp(Struct, frozen=True):
    """A planned change to a faster block, and where the pace was really changed."""

    before: Measured
    after: Measured
    executed: Executed

    @property
    def shift_s(self) -> tuple[float, float, float]:
        """How much later than the clock the pace was changed, with its 90 % interval [timer s]."""
        executed = self.executed
        return executed.shift_s, executed.shift_low_s, executed.shift_high_s

    def is_against_a_press(self, session: Session) -> bool:
        """
        Whether a small step was pressed where it was due, and only the pace says otherwise.

        How a held pace wanders looks like a step of 2 or 3 %: then the press counts as much.
        """
        planned, goal = self.before.planned_mps, self.after.planned_mps
        if session.alignment.basis != "laps" or planned is None or goal is None:
            return False
        is_small = 100 * math.log(goal / planned) < SMALL_STEP_PCT
        due_s = (self.after.placement.start_s or 0.0) + self.executed.shift_s
        changed_s = session.prepared.clock.timer_at(np.array([self.executed.start_s]))
        return is_small and abs(due_s - float(changed_s[0])) <= PRESS_S

    def was_also_on_time(self, session: Session) -> bool:
        """
        Whether the pace rose by the step when it was due, too.

        Then the runner changed on time, and what lies before or after it is another change:
        the wind behind the turn, a hill, a road. Who is late or early has no rise there.
        """
        planned, goal = self.before.planned_mps, self.after.planned_mps
        if planned is None or goal is None:
            return False
        shift_s = self.executed.shift_s
        found_s = session.prepared.clock.timer_at(np.array([self.executed.start_s]))
        due_s = float(found_s[0]) - shift_s
        apart_s = max(0.0, abs(shift_s) - 2 * AROUND_S)
        between_s = min(ON_TIME_S, apart_s)
        lasts_s = (between_s, ON_TIME_S) if shift_s < 0 else (ON_TIME_S, between_s)
        if min(lasts_s) < LEAST_ON_TIME_S:
            return False
        before = session.mean_effort_mps(due_s - AROUND_S - lasts_s[0], due_s - AROUND_S)
        after = session.mean_effort_mps(due_s + AROUND_S, due_s + AROUND_S + lasts_s[1])
        if before <= 0 or after <= 0:
            return False
        errors = [se_stretch_pct(lasts, session.prepared.roughness) for lasts in lasts_s]
        rise_pct = 100 * math.log(after / before)
        return rise_pct > max(TAKEN_SHARE * 100 * math.log(goal / planned), math.hypot(*errors))

    def is_sure(self, session: Session) -> bool:
        """Whether nothing but the pace at that time speaks against an early or late change."""
        return not (self.is_against_a_press(session) or self.was_also_on_time(session))

    def evidence(self, session: Session) -> Change:
        """Return both times of the change on the elapsed clock."""
        clock = session.prepared.clock
        changed_s = float(clock.timer_at(np.array([self.executed.start_s]))[0])
        return Change(
            changed_at_s=self.executed.start_s,
            confidence=self.executed.confidence,
            next_block=self.after.block.index,
            planned_at_s=session.elapsed_s(changed_s - self.executed.shift_s),
        )


def steps_up(session: Session) -> Iterator[StepUp]:
    """Go over the steps to a faster block whose change was found surely enough."""
    for before, after in pairwise(session.blocks):
        executed = session.alignment.executed_of(after.block.index)
        if executed is None or executed.confidence < LEAST_CONFIDENCE:
            continue
        step = StepUp(before, after, executed)
        if _is_faster(step) and _is_near(step):
            yield step


def _is_faster(step: StepUp) -> bool:
    """Whether the plan goes over to a faster pace while running; a free pace is slower than any."""
    if step.before.block.role not in RUNNING or step.after.block.role not in RUNNING:
        return False
    planned, goal = step.before.planned_mps, step.after.planned_mps
    return goal is not None and (planned is None or goal > planned)


def _is_near(step: StepUp) -> bool:
    """Whether the change lies within the shorter of its blocks: further off is another's place."""
    off_s = abs(step.executed.shift_s)
    lengths_s = (m.block.expected_duration_s or off_s for m in (step.before, step.after))
    return off_s <= min(lengths_s)


def own_start(session: Session, measured: Measured) -> int:
    """Return from which second of its core on a block was run at its own pace."""
    executed = session.alignment.executed_of(measured.block.index)
    if executed is None or executed.confidence < LEAST_CONFIDENCE or executed.shift_s <= 0:
        return 0
    start_s = (measured.placement.start_s or 0.0) + executed.shift_s + CHANGE_S
    return max(0, min(measured.core.seconds, int(start_s) - measured.core.first))


def own_seconds(session: Session, measured: Measured) -> int:
    """
    Return up to which second of its core a block was run at its own pace.

    Where the next block was begun early its pace is not this one's.
    """
    following = session.alignment.executed_of(measured.block.index + 1)
    seconds = measured.core.seconds
    if following is None or following.confidence < LEAST_CONFIDENCE:
        return seconds
    if following.shift_s > -LEAST_SHIFT_S:
        return seconds
    end_s = measured.placement.end_s or 0.0
    return max(0, min(seconds, int(end_s + following.shift_s - CHANGE_S) - measured.core.first))
