"""One recorded run: records as read-only columns, laps, pauses, and what was odd about the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray  # loads a page of documentation of its own

    from analyzer.model.local_time import LocalZone
    from analyzer.model.workout import Workout

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

PausedBy = Literal["runner", "watch", "gap"]
"""Who stopped the timer: stop button, auto-pause, or unknown (a hole in the records)."""

FileFormat = Literal["fit", "gpx", "tcx"]

WarningCode = Literal[
    "FILE_CUT", "CRC_MISMATCH", "HEADER_REPAIRED", "MESSAGE_UNREADABLE", "BYTES_AFTER_END",
    "POINTS_DROPPED", "TEXT_REPAIRED", "PART_SKIPPED",
    "CLOCK_REPAIRED", "DATE_UNKNOWN", "DATE_DOUBTFUL", "ZONE_MISSING", "DISTANCE_REPAIRED",
    "GLITCHES_REPAIRED", "VALUES_DROPPED", "SPORT_NOT_RUNNING", "SEVERAL_ACTIVITIES",
    "NAME_MISLEADS", "DISTANCE_DISAGREES", "TIMER_DISAGREES", "NOT_THE_RUN",
]  # fmt: skip
"""First two lines: something was lost or mended. The others: the data are odd."""

WarningKind = Literal[
    "",
    "gzip_error", "gzip_cut", "xml", "file_ends", "data_end", "no_checksum",  # FILE_CUT
    "checksum", "header_checksum",  # CRC_MISMATCH
    "no_size", "odd_size",  # HEADER_REPAIRED
    "undefined", "message", "messages",  # MESSAGE_UNREADABLE
    "behind_gzip", "behind_fit",  # BYTES_AFTER_END
    "latitude", "longitude", "latitude_text", "longitude_text", "time_text",  # POINTS_DROPPED
    "points_untimed", "records_untimed",  # POINTS_DROPPED
    "steps", "backwards", "coarse", "holes", "guessed", "paused", "left_out",  # DISTANCE_REPAIRED
    "joined", "impossible", "unread", "field",  # VALUES_DROPPED
    "parts", "activities", "sessions", "other_tracks",  # SEVERAL_ACTIVITIES
    "spread", "altitude",  # GLITCHES_REPAIRED
    "longer", "shorter", "positions_longer", "positions_shorter",  # DISTANCE_DISAGREES
    "speed_slower", "speed_faster", "kilometres", "session", "calibrated",  # DISTANCE_DISAGREES
    "unexplained", "explained",  # TIMER_DISAGREES
    "before", "after", "between",  # NOT_THE_RUN
    "other_sport", "other_speed",  # SPORT_NOT_RUNNING
    "hidden",  # of any code, in a review made anonymous
]  # fmt: skip
"""What is meant within a code; empty where a code means one thing."""

Fact = int | float | str
"""A count or number, its unit in its name, or a text as it stood in the file."""


class Span(Struct, frozen=True):
    """A stretch of time on the elapsed clock [s]: start included, end excluded."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if not self.end_s >= self.start_s:
            msg = f"a span cannot end ({self.end_s}) before it starts ({self.start_s})"
            raise ValueError(msg)

    @property
    def duration_s(self) -> float:
        """Length of the span [s]."""
        return self.end_s - self.start_s


class Pause(Struct, frozen=True):
    """The timer stood still, whoever stopped it; the body may have moved on."""

    span: Span
    by: PausedBy


class Lap(Struct, frozen=True):
    """
    A stretch closed by a button, by the watch, or by the end of a workout step.

    Parameters
    ----------
    span : Span
        On the elapsed clock of the activity.
    trigger : str or None
        As the file says: ``manual``, ``distance``, ``time``, ``session_end``,
        ...; None where the format does not say or is known to say it wrongly.
    step_index : int or None
        Index of the workout step the watch was in.
    timer_s, distance_m : float or None
        The device's own figures, where it gives them.
    """

    span: Span
    trigger: str | None = None
    step_index: int | None = None
    timer_s: float | None = None
    distance_m: float | None = None


class RecordingWarning(Struct, frozen=True):
    """
    Something the reader must know about the *recording*: repaired, dropped, missing.

    Findings about the *runner* are flags.

    Parameters
    ----------
    code : str
        What sort of thing it is; programs act on it.
    kind : str
        Which of the several things a code may mean.
    facts : mapping of str to int, float or str
        What else is to be said of it; reports make words of it.
    byte, line : int or None
        Where in the file, lines counted from 1.
    kept, dropped : int or None
        How many records.
    """

    code: WarningCode
    kind: WarningKind = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    byte: int | None = None
    line: int | None = None
    kept: int | None = None
    dropped: int | None = None


class DeviceTotals(Struct, frozen=True):
    """What the device itself says about the whole session; None where it is silent."""

    elapsed_s: float | None = None
    timer_s: float | None = None
    distance_m: float | None = None


class Records(Struct, frozen=True, eq=False):
    """
    What was measured: read-only float64 columns of one length. NaN is unknown, never 0 or -1.

    Parameters
    ----------
    elapsed_time_s : array, shape (n,)
        Wall time since the first record; rises strictly, starts at 0.
    timer_time_s : array, shape (n,)
        Elapsed time less the pauses.
    distance_m : array, shape (n,)
        Cumulative, as the device wrote it; NaN throughout where it wrote none.
    speed_mps : array, shape (n,)
        The device's own speed, if any.
    latitude_deg, longitude_deg : array, shape (n,)
        Position; never shown in a report unless asked for.
    elevation_m : array, shape (n,)
        Altitude.
    heart_rate_bpm : array, shape (n,)
        Heart rate.
    cadence_spm : array, shape (n,)
        Steps per minute, both feet; of a ride the turns of the crank.
    power_w : array, shape (n,)
        Running power.

    Raises
    ------
    ValueError
        If the columns differ in length, there is no record, or time does not rise.
    """

    elapsed_time_s: Floats
    timer_time_s: Floats
    distance_m: Floats
    speed_mps: Floats
    latitude_deg: Floats
    longitude_deg: Floats
    elevation_m: Floats
    heart_rate_bpm: Floats
    cadence_spm: Floats
    power_w: Floats

    def __post_init__(self) -> None:
        """Refuse ragged columns and time that does not rise; make the columns read-only."""
        columns = [getattr(self, name) for name in self.__struct_fields__]
        if any(c.shape != self.elapsed_time_s.shape or c.ndim != 1 for c in columns):
            msg = "the columns of records must have one length"
            raise ValueError(msg)
        if self.elapsed_time_s.size == 0 or self.elapsed_time_s[0] != 0.0:
            msg = "records start at elapsed time 0"
            raise ValueError(msg)
        if not np.all(np.diff(self.elapsed_time_s) > 0):
            msg = "the elapsed time of records must rise"
            raise ValueError(msg)
        for column in columns:
            column.flags.writeable = False

    def __len__(self) -> int:
        """Count the records."""
        return int(self.elapsed_time_s.size)

    def to_frame(self) -> pd.DataFrame:
        """Return the columns as a pandas table with one row a record, for notebooks."""
        import pandas as pd

        return pd.DataFrame({name: getattr(self, name) for name in self.__struct_fields__})


class Activity(Struct, frozen=True, eq=False):
    """
    One recorded run, whatever file it came from.

    Parameters
    ----------
    source : str
        Base name of the file, never a path.
    format : {'fit', 'gpx', 'tcx'}
        By content, not by name.
    records : Records
        At least two, with time; distance or position somewhere.
    start_time : datetime or None
        UTC time of the first record; None where the clock of the device was unset.
    zone : LocalZone or None
        How far the runner's clock was ahead of UTC then, as the file itself says;
        None where it is silent.
    sport, sub_sport : str or None
        ``running``, ``treadmill``, ...; None where the file is silent.
    device : str or None
        Maker and product, never a serial number.
    laps, pauses : tuple
        In order, without overlap, on the elapsed clock.
    workout : Workout or None
        The structured workout that was loaded on the watch.
    warnings : tuple of RecordingWarning
        What was odd or had to be repaired.
    is_footpod : bool
        The file names a foot pod as the source of its distance.
    totals : DeviceTotals
        The device's own sums, for comparison only.
    session, sessions : int
        Which of how many sessions of the file this is, counted from 1.
    rpe, feel : float or None
        The runner's own rating of effort (0-10) and feeling (0-100).
    """

    source: str
    format: FileFormat
    records: Records
    start_time: datetime | None = None
    zone: LocalZone | None = None
    sport: str | None = None
    sub_sport: str | None = None
    device: str | None = None
    laps: tuple[Lap, ...] = ()
    pauses: tuple[Pause, ...] = ()
    workout: Workout | None = None
    warnings: tuple[RecordingWarning, ...] = ()
    is_footpod: bool = False
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    session: int = 1
    sessions: int = 1
    rpe: float | None = None
    feel: float | None = None
