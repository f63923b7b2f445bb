"""Where the points of a score went: every term, so that 100 less what each lost is the score."""

from __future__ import annotations

from msgspec import Struct


class BlockTerms(Struct, frozen=True):
    """
    What one scored block lost of the 100 points.

    Parameters
    ----------
    block : int
        Index in the plan.
    off_pct : float
        Deviation of speed as scored; positive is too fast.
    doubt_pct, tolerance_pct : float
        Error of the block's own that goes to the runner, and the tolerance on the side
        it was off; infinite on a free side.
    tolerances_off : float
        ``(|off - common| - doubt) / tolerance``, not below 0.
    level, in_band, steady : float or None
        The three terms of the block's score, 0 to 100; ``steady`` None if unknown.
    score : float
        Their weighted sum.
    weight : float
        Points of the overall score that one point of the block is worth.
    lost_level, lost_in_band, lost_steady : float
        Points lost.
    """

    block: int
    off_pct: float
    doubt_pct: float
    tolerance_pct: float
    tolerances_off: float
    level: float
    in_band: float
    steady: float | None
    score: float
    weight: float
    lost_level: float
    lost_in_band: float
    lost_steady: float

    @property
    def lost(self) -> float:
        """Points lost by the block in all."""
        return self.lost_level + self.lost_in_band + self.lost_steady


class StepTerms(Struct, frozen=True):
    """
    What one planned step up lost: taken less overdone, of the planned step [% of speed].

    ``taken`` and ``forced`` are shares, 0 to 1; ``worth`` and ``lost`` are points.
    """

    first: int
    second: int
    planned_pct: float
    run_pct: float
    doubt_pct: float
    taken: float
    forced: float
    worth: float
    lost: float


class Explanation(Struct, frozen=True):
    """
    Every term of a score, unrounded: ``100`` less all that was lost is ``overall``.

    Parameters
    ----------
    common_pct : float
        How far all blocks lie off alike and the watch's scale may account for.
    blocks, steps : tuple
        Scored blocks and steps up, in order.
    lost_completion, lost_stops, lost_early : float
        Points for what was not run, for standing, and for changes made early.
    lost_flat : float
        Points above the most that a run without progression can be worth.
    lost_beyond : float
        Negative where more than 100 would be lost: a score is never below 0.
    """

    common_pct: float
    blocks: tuple[BlockTerms, ...]
    steps: tuple[StepTerms, ...]
    lost_completion: float
    lost_stops: float
    lost_early: float = 0.0
    lost_flat: float = 0.0
    lost_beyond: float = 0.0

    @property
    def lost(self) -> float:
        """Points lost in all."""
        own = sum(b.lost for b in self.blocks) + sum(s.lost for s in self.steps)
        session = self.lost_completion + self.lost_stops + self.lost_early + self.lost_flat
        return own + session + self.lost_beyond
