"""Whether the planned steps up were taken: each whole, and none overdone (method 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from analyzer.scorer.method import FLAT_CEILING, FLAT_SHARE, FULL_SHARE
from analyzer.scorer.noise import se_step_pct
from analyzer.scorer.planned_steps import scored_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.scorer.measure import Measured


LEAST_GEAR_PCT = 2.0
"""Nobody runs gears finer than this [%]."""


class Step(Struct, frozen=True):
    """
    One planned step up, as it was run [% of speed].

    Parameters
    ----------
    first, second : int
        Places of its blocks in the plan.
    planned_pct, run_pct : float
        The step as planned and as run.
    doubt_pct : float
        How much of it the measurement may hide.
    taken, forced : float
        Share of the step that was taken, and by how much it was overdone, in gears;
        both 0 to 1.
    """

    first: int
    second: int
    planned_pct: float
    run_pct: float
    doubt_pct: float
    taken: float
    forced: float

    @property
    def points(self) -> float:
        """What the step is worth, 0 to 100."""
        return 100 * max(0.0, self.taken - self.forced)


class PlannedStep(NamedTuple):
    """
    A step up that the plan asks for, and what the measurement may hide [% of speed].

    Parameters
    ----------
    first, second : int
        Places of its blocks in the plan.
    step_pct : float
        As planned.
    gear_pct : float
        The smaller of the steps into and out of the second block, 2 % at least.
    doubt_pct, gear_doubt_pct : float
        One standard error, at most half of the step and of the gear.
    """

    first: int
    second: int
    step_pct: float
    gear_pct: float
    doubt_pct: float
    gear_doubt_pct: float


def planned_steps_up(blocks: Sequence[Measured], scale_pct: float) -> list[PlannedStep]:
    """Return each planned step up between neighbouring scored blocks; ``scale_pct`` is common."""
    pairs = [p for p in scored_pairs(blocks) if p[2] > 0]
    out_of = {i: step for i, _, step in pairs}
    planned = []
    for i, j, step in pairs:
        gear = max(LEAST_GEAR_PCT, min(step, out_of.get(j, step)))
        se = se_step_pct(blocks[i].se_random_pct, blocks[j].se_random_pct, scale_pct)
        planned.append(PlannedStep(i, j, step, gear, min(se, step / 2), min(se, gear / 2)))
    return planned


def steps_up(
    planned: Sequence[PlannedStep],
    blocks: Sequence[Measured],
    common_pct: float,
    shifts: Sequence[float] | None = None,
) -> list[Step]:
    """
    Judge each planned step up.

    A step is whole from one standard error (at most half of it) below the planned one.
    What it was overdone by counts against it in the same way, as far as the second
    block was faster than the plan or than the middle of all blocks, in gears: the
    smaller of the steps into and out of it, 2 % at least. So forcing the first block
    after the easy one costs a step, though a step of 60 s/km hides it; early blocks pay
    more, as on the fast side of the tolerance. A given tolerance or range is a promise:
    inside it a block is where it should be.

    Parameters
    ----------
    planned : sequence of PlannedStep
        From `planned_steps_up`.
    blocks : sequence of Measured
        All blocks of the plan.
    common_pct : float
        What all blocks have in common, moved as they are.
    shifts : sequence of float, optional
        Added to the deviations; for the score's interval.
    """
    moved = shifts if shifts is not None else [0.0] * len(blocks)
    judged = []
    for i, j, step, gear, doubt, of_gear in planned:
        first, second = _off(blocks[i], moved[i]), _off(blocks[j], moved[j])
        taken = (second - first + step) / (step - doubt)
        overdone = min(second - first, second - common_pct) - of_gear
        forced = overdone / (gear - of_gear) / blocks[j].fast_factor
        judged.append(Step(i, j, step, second - first + step, doubt, _share(taken), _share(forced)))
    return judged


def gained_share(blocks: Sequence[Measured], steps: Sequence[Step]) -> float:
    """
    Share of the planned gain that was run, from the first to the last of the faster blocks.

    The step out of an easy block is left out: it is large, and any run has it.

    Returns
    -------
    float
        1.0 where all of it was run, and where there is no such step.
    """
    own = [s for s in steps if blocks[s.first].block.role != "easy"]
    planned = sum(s.planned_pct for s in own)
    return sum(s.run_pct for s in own) / planned if planned else 1.0


def ceiling(share: float) -> float:
    """
    Most that blocks and steps together can be worth, 0 to 100.

    A run that took half of the planned gain or less is not a progression, however near its
    even pace came to each block; from 0.7 on nothing is held back.
    """
    risen = _share((share - FLAT_SHARE) / (FULL_SHARE - FLAT_SHARE))
    return FLAT_CEILING + (100.0 - FLAT_CEILING) * risen


def _off(measured: Measured, shift_pct: float) -> float:
    """Deviation as far as it counts for a step: beyond what the plan allows, where it says so."""
    off = (measured.deviation_pct or 0.0) + shift_pct
    target, tolerance = measured.block.target, measured.tolerance
    is_given = measured.block.tolerance is not None or (
        target is not None and target.slow_mps is not None
    )
    if not is_given or tolerance is None:
        return off
    return max(0.0, off - tolerance.fast_pct) + min(0.0, off + tolerance.slow_pct)


def progression_score(steps: Sequence[Step]) -> float | None:
    """Mean of what the steps are worth, 0 to 100; None if the plan has no step."""
    return sum(step.points for step in steps) / len(steps) if steps else None


def _share(value: float) -> float:
    """Limit a share to the range from 0 to 1."""
    return min(1.0, max(0.0, value))
