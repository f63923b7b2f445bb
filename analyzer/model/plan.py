"""What the coach asked for: numbered blocks with length, target, tolerance. Loads no numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.units import Unit

Role = Literal["easy", "progression", "steady", "rest", "cooldown"]
Match = Literal["auto", "laps", "clock"]
FreeSide = Literal["fast", "slow"]

Aim = Literal["heart_rate", "power", "cadence", "pace_zone", "reference_pace", "other"]
"""
What a block aims at in place of a pace. ``pace_zone``: a zone of the watch, whose paces
the file does not hold; ``reference_pace``: a share of a pace of the runner that is not known.
"""


class Target(Struct, frozen=True):
    """
    The speed asked for.

    Parameters
    ----------
    speed_mps : float
        What deviations are measured from: the single pace; the middle of a range
        in ln v; the bound of a one-sided pace; of a ramp the middle in ln v.
    slow_mps, fast_mps : float or None
        Bounds of a range, both given or both None.
    free_side : {'fast', 'slow'} or None
        Of a one-sided pace: the side that is never off. ``>=4:30/km`` (4:30 or
        slower) leaves ``slow`` free.
    ramp_mps : (float, float) or None
        Speed at the start and the end of a smooth ramp; linear in speed between.
    """

    speed_mps: float
    slow_mps: float | None = None
    fast_mps: float | None = None
    free_side: FreeSide | None = None
    ramp_mps: tuple[float, float] | None = None


class Tolerance(Struct, frozen=True):
    """How far off still counts as held, in percent of speed; the fast and the slow side apart."""

    fast_pct: float
    slow_pct: float


class Block(Struct, frozen=True):
    """
    One numbered part of a plan, repeats unrolled.

    Parameters
    ----------
    index : int
        Place in the expanded plan, counted from 1.
    name : str
        As the coach wrote it, else made from length and pace.
    role : {'easy', 'progression', 'steady', 'rest', 'cooldown'}
        What the block is for.
    duration_s, distance_m : float or None
        Length; at most one is given, none for an open block.
    target : Target or None
        None: run but not scored for pace.
    tolerance : Tolerance or None
        As the plan gives it; None leaves it to the method.
    step_index : int or None
        Index of the workout step this block came from.
    notes : str
        The coach's words for this block; may be empty.
    aim : str or None
        What the block aims at in place of a pace, where it does: run, but not scored.
    """

    index: int
    name: str
    role: Role
    duration_s: float | None = None
    distance_m: float | None = None
    target: Target | None = None
    tolerance: Tolerance | None = None
    step_index: int | None = None
    notes: str = ""
    aim: Aim | None = None

    @property
    def is_open(self) -> bool:
        """Whether the block has no length: until the lap button or the end."""
        return self.duration_s is None and self.distance_m is None

    @property
    def expected_duration_s(self) -> float | None:
        """Planned time; for a distance the time at target speed; None if neither is known."""
        if self.duration_s is not None:
            return self.duration_s
        if self.distance_m is not None and self.target is not None:
            return self.distance_m / self.target.speed_mps
        return None


class Race(Struct, frozen=True):
    """A race that was run: metres, seconds, and the day, None if it is not said."""

    distance_m: float
    time_s: float
    day: dt.date | None = None


class Doubt(Struct, frozen=True):
    """Where a plan in free text may mean another thing: what it is, and the words for it."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


class Plan(Struct, frozen=True):
    """
    A session as it will be judged.

    Parameters
    ----------
    name : str
        Shown on top of reports.
    source : str
        Base name of the plan file, ``command line``, or the activity that carried it.
    blocks : tuple of Block
        At least one.
    units : {'km', 'mi'}
        How the coach writes paces, and how reports show them.
    match : {'auto', 'laps', 'clock'}
        What may place the blocks.
    start_s : float or None
        Elapsed time of the recording at which block 1 begins, if the plan says so.
    athlete : str or None
        Whose paces apply.
    notes : str
        The coach's words for the session; may be empty.
    paces_from : str
        Where the athlete's paces come from, in words; empty where the plan gives them itself.
    race : Race or None
        The athlete's latest, where it is known: for advice, never for a score.
    doubts : tuple of Doubt
        Where free text was read one way and may mean another.
    understood : str
        Free text as it was understood, in one line that reads as the same plan.
    """

    name: str
    source: str
    blocks: tuple[Block, ...]
    units: Unit = "km"
    match: Match = "auto"
    start_s: float | None = None
    athlete: str | None = None
    notes: str = ""
    paces_from: str = ""
    race: Race | None = None
    doubts: tuple[Doubt, ...] = ()
    understood: str = ""

    @property
    def aims(self) -> tuple[tuple[Aim, tuple[int, ...]], ...]:
        """What blocks aim at in place of a pace, each with the numbers of its blocks."""
        blocks: dict[Aim, tuple[int, ...]] = {}
        for block in self.blocks:
            if block.aim is not None:
                blocks[block.aim] = (*blocks.get(block.aim, ()), block.index)
        return tuple(blocks.items())
