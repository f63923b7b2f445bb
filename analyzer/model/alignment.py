"""Where the blocks of a plan lie in a recording."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Basis = Literal["workout_steps", "laps", "clock", "fitted_start"]
Status = Literal["run", "missed", "truncated", "not_seen"]


class Placement(Struct, frozen=True):
    """
    One block on the **timer** clock of the recording.

    Parameters
    ----------
    block : int
        Index of the block, counted from 1.
    status : {'run', 'missed', 'truncated', 'not_seen'}
        ``missed``: the file shows that it was skipped. ``not_seen``: less than a
        minute of its window was recorded.
    start_s, end_s : float or None
        Timer window; a truncated block ends with the recording. None if missed or
        if nothing of the window was recorded.
    core_start_s, core_end_s : float or None
        The window less a guard at each inner boundary: what the score looks at.
    planned_end_s : float or None
        Where the window would have ended.
    unrecorded_s : float
        How much of the window lies before the recording, whose start it then has.
    """

    block: int
    status: Status
    start_s: float | None
    end_s: float | None
    core_start_s: float | None
    core_end_s: float | None
    planned_end_s: float | None = None
    unrecorded_s: float = 0.0


class Executed(Struct, frozen=True):
    """
    Where the runner really changed to a block's pace.

    Parameters
    ----------
    start_s, start_low_s, start_high_s : float
        On the elapsed clock, with its 90 % interval.
    confidence : float
        Probability that it lies within 15 s of the truth.
    shift_s, shift_low_s, shift_high_s : float
        Later than the clock alignment by this, in timer time: negative is early.
    """

    start_s: float
    start_low_s: float
    start_high_s: float
    confidence: float
    shift_s: float
    shift_low_s: float
    shift_high_s: float


NoteCode = Literal[
    "LATER_START", "START_DOUBTFUL", "AMBIGUOUS_START", "PLAN_NOT_SEEN", "CHANGES_NOT_SOUGHT",
    "PRESSES_NOT_USED", "STARTED_LATE",
]  # fmt: skip


class Reading(Struct, frozen=True):
    """
    One of two possible starts of block 1 [elapsed s], and the score it gives; None: none.

    A negative start lies before the recording.
    """

    start_s: float
    score: float | None


class AlignmentNote(Struct, frozen=True):
    """
    Something a reader must know about the placing; reports make words of it.

    Parameters
    ----------
    code : str
        ``LATER_START``: block 1 begins after the recording. ``START_DOUBTFUL``: it may
        begin later than it was placed. ``AMBIGUOUS_START``: two starts that the
        recording cannot tell apart. ``STARTED_LATE``: the watch may have been started after
        block 1 was begun, or block 1 was cut short by as much. ``PLAN_NOT_SEEN``: the pace
        shows none of the plan's changes. ``CHANGES_NOT_SOUGHT``: plan and recording are too
        long to look for them. ``PRESSES_NOT_USED``: the lap button was pressed, but the
        presses do not fit the plan.
    start_s : float or None
        Where block 1 begins [elapsed s], for LATER_START; for STARTED_LATE where it began
        if the watch was started late, below 0.
    by : {'press', 'pace'} or None
        What a later start was found by.
    readings : tuple of Reading
        The two starts of AMBIGUOUS_START and STARTED_LATE.
    """

    code: NoteCode
    start_s: float | None = None
    by: Literal["press", "pace"] | None = None
    readings: tuple[Reading, ...] = ()


class Break(Struct, frozen=True):
    """
    A stretch walked or jogged inside the run, after which it went on as before.

    Parameters
    ----------
    start_s, end_s : int
        First second and the one after the last, on the timer clock, slowing down and
        speeding up included.
    share : float
        Its speed as a share of that of the running around it.
    """

    start_s: int
    end_s: int
    share: float = 0.0


class Alignment(Struct, frozen=True):
    """
    The clock alignment: where the plan says the blocks are. Everything scored rests on it.

    Parameters
    ----------
    basis : {'workout_steps', 'laps', 'clock', 'fitted_start'}
        What placed the blocks.
    confidence : float or None
        Probability, 0 to 1, that block 1 starts where it says; for laps the share
        of inner boundaries a lap confirmed. None if it cannot be known.
    start_offset_s : float
        Timer second at which block 1 begins; negative is before the recording.
    placements : tuple of Placement
        One for each block of the plan, in order.
    notes : tuple of AlignmentNote
        What could overturn the placing.
    executed : tuple of Executed or None
        One for each block: where the runner really changed to it; never scored.
        None where the block was not run, or the change could not be looked for.
    skip_probabilities : tuple of float
        One for each block: how probable it is, from the pace, that it was left out.
    left_probabilities : tuple of float
        One for each block: how probable it is, from the pace, that the runner left the
        plan for good in it, slower: a collapse.
    is_ambiguous : bool
        Block 1 may as well have begun at another time: changes that came late by the
        same time cannot be told from a recording begun early, nor a block 1 cut short
        from a recording begun late.
    breaks : tuple of Break
        In order: what was walked or jogged inside the blocks. They say nothing of where the
        blocks are, and are left out of how a block was run.
    """

    basis: Basis
    confidence: float | None
    start_offset_s: float
    placements: tuple[Placement, ...]
    notes: tuple[AlignmentNote, ...] = ()
    executed: tuple[Executed | None, ...] = ()
    skip_probabilities: tuple[float, ...] = ()
    left_probabilities: tuple[float, ...] = ()
    is_ambiguous: bool = False
    breaks: tuple[Break, ...] = ()

    def executed_of(self, block: int) -> Executed | None:
        """Return the executed start of a block, by its index; None if it is not known."""
        return self.executed[block - 1] if block <= len(self.executed) else None

    def another_probability(self, block: int) -> float:
        """
        Return how probable it is that a block's window holds another block of the plan.

        That is so behind a block left out, as long as it is not placed as missed, and between
        the one that is and one that may have been left out in its place.
        """
        chances = self.skip_probabilities
        if not chances or self.basis == "workout_steps":
            return 0.0
        missed = [p.block for p in self.placements if p.status == "missed"]
        if missed and block > missed[0]:
            return min(1.0, sum(chances[block - 1 :]))
        return 0.0 if block in missed else min(1.0, sum(chances[:block]))
