"""What a watch loses of a run that was run as planned: records, distance, positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.builders.world.course import Course, Damage, Section, as_planned

if TYPE_CHECKING:
    from tests.builders.world.draw import Draw
    from tests.builders.world.recording import Recording

DRIVING_MPS = (7.0, 15.0)
"""In town traffic."""


def _positions_lost(run: Recording, lost: np.ndarray) -> dict[str, np.ndarray]:
    """Take the positions of some records away."""
    return {n: np.where(lost, np.nan, getattr(run, n)) for n in ("latitude_deg", "longitude_deg")}


def _hole(run: Recording, at_s: float, seconds: float) -> Recording:
    """Lose the records; the distance has gone on when they come back."""
    lost = run.between(at_s, seconds)
    lost[0] = lost[-1] = False
    return run.only(~lost)


def _frozen(run: Recording, at_s: float, seconds: float) -> Recording:
    """Keep distance and position where they were, at speed 0; then leap to where they are."""
    stuck = run.between(at_s, seconds)
    first = int(np.flatnonzero(stuck)[0])
    names = ("distance_m", "latitude_deg", "longitude_deg")
    columns = {n: np.where(stuck, getattr(run, n)[first], getattr(run, n)) for n in names}
    return run.with_columns(**columns, speed_mps=np.where(stuck, 0.0, run.speed_mps))


def _unfixed(run: Recording, at_s: float, seconds: float) -> Recording:
    """Know no position at first, so that distance and speed stay 0; what was run is lost."""
    blind = run.between(at_s, seconds)
    missed = float(run.distance_m[blind][-1])
    return run.with_columns(
        **_positions_lost(run, blind),
        distance_m=np.where(blind, 0.0, run.distance_m - missed),
        speed_mps=np.where(blind, 0.0, run.speed_mps),
    )


def _tunnelled(share: float, is_made_good: bool):
    """Guess the speed without positions, at a share of the true one; make it good at the exit."""

    def spoil(run: Recording, at_s: float, seconds: float) -> Recording:
        inside = run.between(at_s, seconds)
        steps = np.diff(run.distance_m, prepend=0.0)
        guessed = np.where(inside, share * steps, steps)
        if is_made_good:
            exit_at = min(int(np.flatnonzero(inside)[-1]) + 1, steps.size - 1)
            guessed[exit_at] += (1 - share) * float(steps[inside].sum())
        return run.with_columns(
            **_positions_lost(run, inside),
            distance_m=np.cumsum(guessed),
            speed_mps=np.where(inside, share * run.speed_mps, run.speed_mps),
        )

    return spoil


def _in_a_block(draw: Draw, seconds: float, spoil) -> Course:
    """Lose something for so long in one block of a run as planned."""
    block = draw.block(1)
    damage = Damage("signal lost", block, round(draw.into(block, seconds)), seconds, spoil)
    return Course(as_planned(draw.plan), damage=damage)


def dropout(draw: Draw) -> Course:
    """Lose 40 to 120 s of records."""
    return _in_a_block(draw, round(draw.between(40, 120)), _hole)


def frozen(draw: Draw) -> Course:
    """Freeze for 15 to 60 s, then leap."""
    return _in_a_block(draw, round(draw.between(15, 60)), _frozen)


def late_fix(draw: Draw) -> Course:
    """Find the first position 20 to 60 s after the start."""
    seconds = round(draw.between(20, 60))
    damage = Damage("signal lost", None, 0, seconds, _unfixed)
    return Course(as_planned(draw.plan), damage=damage)


def tunnel(draw: Draw) -> Course:
    """Run through a tunnel of 40 to 120 s, where 40 to 100 % of the speed is guessed."""
    spoil = _tunnelled(draw.between(0.4, 1.0), draw.is_heads())
    return _in_a_block(draw, round(draw.between(40, 120)), spoil)


def drift(draw: Draw) -> Course:
    """Let the scale drift by 2 % from start to end, up or down."""
    return Course(as_planned(draw.plan), drift=0.02 if draw.is_heads() else -0.02)


def treadmill(draw: Draw) -> Course:
    """Run indoors by a pod that is 2 to 4 % off, and leaps by 40 to 120 m once."""
    metres = round(draw.between(40, 120))

    def leap(run: Recording, at_s: float, _seconds: float) -> Recording:
        return run.with_columns(
            distance_m=run.distance_m + np.where(run.elapsed_s > at_s, metres, 0.0)
        )

    block = draw.block(1)
    scale = draw.between(0.02, 0.04) * (1 if draw.is_heads() else -1)
    damage = Damage("jump", block, round(draw.into(block, 1)), 1, leap)
    return Course(as_planned(draw.plan), damage=damage, scale=scale, is_indoors=True)


def drive_home(draw: Draw) -> Course:
    """Forget to stop the watch: stand for 1 to 3 min, then drive for 5 to 15."""
    stand_s, drive_s = round(draw.between(60, 180)), round(draw.between(300, 900))
    after = (Section(None, 0.0, stand_s), Section(None, draw.between(*DRIVING_MPS), drive_s))
    return Course((*as_planned(draw.plan), *after), notes=(("drive", None),))
