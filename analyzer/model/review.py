"""The finished review: every number a report shows, and no coordinate it could leak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from analyzer.model.remarks import Remarks

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from analyzer.model.activity import FileFormat, Floats, Pause, RecordingWarning
    from analyzer.model.alignment import Alignment
    from analyzer.model.alike import Alike
    from analyzer.model.block_result import BlockResult
    from analyzer.model.explanation import Explanation
    from analyzer.model.findings import Flag
    from analyzer.model.local_time import LocalZone
    from analyzer.model.plan import Aim, Doubt
    from analyzer.model.prepared import DistanceSource, Slopes, Stop
    from analyzer.model.track import Track
    from analyzer.units import Unit

Word = Literal["held", "mostly held", "loose", "not the planned session"]


class ActivitySummary(Struct, frozen=True):
    """
    The recording in a few figures; times in s, distance in m, None is unknown.

    ``start_time`` is UTC; ``start_time_local`` is the same moment by the runner's own
    clock, whose day is the day of the run, and ``zone`` says how that clock is known.
    """

    source: str
    format: FileFormat
    sport: str | None
    start_time: datetime | None
    elapsed_time_s: float
    timer_time_s: float
    moving_time_s: float
    distance_m: float
    records: int
    device: str | None
    distance_source: DistanceSource
    scale_error_pct: float
    pauses: tuple[Pause, ...] = ()
    stops: tuple[Stop, ...] = ()
    warnings: tuple[RecordingWarning, ...] = ()
    slopes: Slopes = "strava"
    rpe: float | None = None
    feel: float | None = None
    zone: LocalZone | None = None

    @property
    def start_time_local(self) -> datetime | None:
        """When the run began by the runner's own clock; UTC where no zone is known."""
        if self.start_time is None or self.zone is None:
            return self.start_time
        return self.zone.local(self.start_time)

    @property
    def other_sport(self) -> Literal["other_sport", "other_speed"] | None:
        """What shows that this clearly is not a run, so that nothing is judged: sport or speed."""
        kinds: tuple[Literal["other_sport", "other_speed"], ...] = ("other_sport", "other_speed")
        return next((kind for kind in kinds if any(w.kind == kind for w in self.warnings)), None)


class PlanSummary(Struct, frozen=True):
    """
    The plan in a few words; ``blocks`` is their number.

    ``aims`` is what blocks aim at in place of a pace, each with the numbers of its blocks;
    ``doubts`` and ``understood`` as in `Plan`.
    """

    name: str
    source: str
    blocks: int
    units: Unit = "km"
    notes: str = ""
    aims: tuple[tuple[Aim, tuple[int, ...]], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    understood: str = ""


class Score(Struct, frozen=True):
    """
    Pacing discipline, 0 to 100, unrounded, with its 90 % interval; None if nothing could be scored.

    ``overall`` = min(0.75 ``blocks`` + 0.25 ``progression``, ceiling) ``completion`` -
    ``stop_penalty`` - ``early_penalty``; ``explanation`` has every term of it.
    """

    overall: float | None
    low: float | None
    high: float | None
    word: Word | None
    blocks: float | None
    progression: float | None
    completion: float
    stop_penalty: float
    early_penalty: float = 0.0
    explanation: Explanation | None = None


class FamiliarNumbers(Struct, frozen=True):
    """Familiar numbers of other systems, shown beside ours and never used."""

    time_in_range_pct: float | None


class Excursion(Struct, frozen=True):
    """At least 90 s outside the tolerance band, by 1 % or more on average [elapsed s]."""

    start_s: float
    end_s: float
    side: Literal["fast", "slow"]


class Trace(Struct, frozen=True):
    """
    The run as a line for a chart: one point every 5 s of timer time, no positions.

    Parameters
    ----------
    elapsed_s : array, shape (m,)
        Middle of each bin on the elapsed clock.
    speed_mps : array, shape (m,)
        Smoothed over 30 s; NaN at stops, where the line is broken.
    heart_rate_bpm, elevation_m : array, shape (m,)
        5 s means; NaN is unknown.
    distance_m : array, shape (m,)
        Cumulative distance at the middle of each bin, for kilometre marks.
    excursions : tuple of Excursion
        What a chart may fill.
    """

    elapsed_s: Floats
    speed_mps: Floats
    heart_rate_bpm: Floats
    elevation_m: Floats
    distance_m: Floats
    excursions: tuple[Excursion, ...] = ()


class Review(Struct, frozen=True, eq=False):
    """
    Everything one review found, in the shape of the JSON result, unrounded.

    ``alike`` is the athlete's earlier run whose session is most like this one, where a store
    of earlier runs was asked.
    """

    activity: ActivitySummary
    plan: PlanSummary
    alignment: Alignment
    blocks: tuple[BlockResult, ...]
    score: Score
    flags: tuple[Flag, ...]
    familiar: FamiliarNumbers
    trace: Trace
    method: str = "1"
    track: Track | None = None
    remarks: Remarks = field(default_factory=Remarks)
    alike: Alike | None = None

    def to_frame(self) -> pd.DataFrame:
        """
        Return the blocks as a pandas table, for notebooks: a row a block, unrounded.

        The columns are the keys of a block in the JSON result, those of its
        parts flat (``planned_duration_s``, ``executed_start_s``); rows are named
        by the JSON's ``index``. Unknown numbers are NaN.
        """
        from analyzer.model.block_table import block_table

        return block_table(self.blocks)
