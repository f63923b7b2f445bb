"""Which distance to believe, how good it is, and what the others said (method 1.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from analyzer.model.activity import RecordingWarning
from analyzer.prepare.held import UNKNOWN_S, Gains, known_sum
from analyzer.prepare.sources import Source, sources_of
from analyzer.prepare.stretches import stretches
from analyzer.structs import replace
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.activity import Activity, Bools, Fact, Floats, WarningKind
    from analyzer.model.prepared import DistanceSource

MIN_KNOWN = 0.95
"""Share of timer time between first and last word of a source that is believed."""

MIN_MEASURED = 0.75
"""Share of timer time over which it must know the speed, not only the way across a hole."""

MAX_BACKWARDS = 0.01
"""Share of the total by which a source may run backwards."""

AGREE = 0.03
"""Sources this near to each other agree; a larger difference is told [share]."""

OUTVOTED = 0.05
"""A counter this far from positions and speed, which agree with one another, is not believed."""

BROKEN = 0.2
"""Further off than this a source does not measure this run badly; it measures something else."""

SPEED_OFF = 0.15
"""The device's own speed may be off by this before the reader is told: many smooth it."""

TOTAL_OFF = 0.01
"""What is told of totals: a difference of more than this [share]."""

SAME_TIMER = 0.01
"""Totals are compared only where their times agree: within this share and 2 s."""

Kinds = tuple["WarningKind", "WarningKind"]
"""What is said where the first of two sources is shorter, and where it is longer."""

DEVICE_USED: Kinds = ("shorter", "longer")
POSITIONS_USED: Kinds = ("positions_longer", "positions_shorter")
SPEED_NOT_USED: Kinds = ("speed_slower", "speed_faster")

SCALE_ERROR_PCT: dict[DistanceSource, float] = {
    "footpod": 0.5,
    "device": 1.0,
    "positions": 1.5,
    "speed": 1.5,
}
"""Standard error common to all distances of a run, by source (method 5, ``beta``) [%]."""

UNCHECKED_ERROR_PCT = 3.2
"""Arm or foot alone, without positions, as on a treadmill (docs/methods/noise.md) [%]."""

CALIBRATED_ERROR_PCT = 1.5
"""The same, put right by the runner after what the treadmill said [%]."""

MAX_ERROR_PCT = 5.0
"""An error beyond this says no more than that nothing is known [%]."""


class Distance(Struct, frozen=True):
    """
    What is believed of the way, and how far.

    Parameters
    ----------
    source : {'footpod', 'device', 'positions', 'speed'}
        Which source was taken.
    gains : Gains
        Its gains from record to record; none is negative.
    scale_error_pct : float
        Standard error common to all of it.
    second_m : array, shape (n - 1,), optional
        What positions say of the same gaps, where another source was taken.
    is_speed_wrong : bool
        The device's own speed is not that of this run.
    known_s : tuple of (float, float)
        Timer seconds of the first and the last known distance.
    is_unchecked : bool
        There is not one position that could check its scale.
    """

    source: DistanceSource
    gains: Gains
    scale_error_pct: float
    second_m: Floats | None = None
    is_speed_wrong: bool = False
    known_s: tuple[float, float] = (0.0, math.inf)
    is_unchecked: bool = False

    @property
    def gained_m(self) -> Floats:
        """Gains between neighbouring records; NaN where there was no distance yet or any more."""
        return self.gains.gained_m

    @property
    def total_m(self) -> float:
        """Sum of what is known [m]."""
        return self.gains.total_m


def choose_distance(activity: Activity) -> tuple[Distance, tuple[RecordingWarning, ...]]:
    """
    Take the first source that covers the run, is plausible, and is not outvoted by two others.

    Parameters
    ----------
    activity : Activity
        As read.

    Returns
    -------
    Distance
        Gains between records, small backward steps set to 0. If no source
        passes, the one that covers most.
    tuple of RecordingWarning
        ``DISTANCE_REPAIRED``: what was moved in time or left out;
        ``DISTANCE_DISAGREES``: what another source says.
    """
    sources = sources_of(activity)
    timer_gain_s = np.diff(activity.records.timer_time_s)
    votes = _Votes.of(*sources)
    chosen = _chosen(sources, votes, timer_gain_s)
    session = _session(activity, chosen, votes)
    gained_m = session.factor * np.maximum(chosen.gains.gained_m, 0.0)
    distance = Distance(
        chosen.name,
        replace(chosen.gains, gained_m=gained_m),
        _error_pct(activity, chosen, votes, session),
        second_m=sources[1].gains.gained_m if chosen is sources[0] else None,
        is_speed_wrong=votes.is_speed_wrong(chosen),
        known_s=_known_span(chosen.gains, activity.records.timer_time_s),
        is_unchecked=_is_unchecked(activity, chosen),
    )
    told = [*_repairs(chosen.gains, timer_gain_s), *_disagreements(chosen, votes)]
    if sources[0].counts_kilometres:
        told.append(RecordingWarning("DISTANCE_DISAGREES", "kilometres"))
    return distance, (*told, *session.warnings)


def _known_span(gains: Gains, timer_s: Floats) -> tuple[float, float]:
    """Return the timer seconds of the first and last known distance; all time if it is whole."""
    known = np.flatnonzero(gains.is_known & (np.diff(timer_s) > 0))
    if not known.size:
        return 0.0, math.inf
    is_to_the_end = bool((np.diff(timer_s)[known[-1] + 1 :] <= 0).all())
    return float(timer_s[known[0]]), math.inf if is_to_the_end else float(timer_s[known[-1] + 1])


class _Votes(Struct, frozen=True):
    """How many times as long as another each source is; None where they cannot be compared."""

    counter_by_positions: float | None
    counter_by_speed: float | None
    positions_by_speed: float | None

    @classmethod
    def of(cls, counter: Source, positions: Source, speed: Source) -> _Votes:
        return cls(counter.over(positions), counter.over(speed), positions.over(speed))

    @property
    def is_counter_outvoted(self) -> bool:
        """Whether positions and speed agree that the counter is wrong."""
        ratios = (self.counter_by_positions, self.counter_by_speed)
        return _agree(self.positions_by_speed) and all(_is_off(r, OUTVOTED) for r in ratios)

    def is_speed_wrong(self, chosen: Source) -> bool:
        """Whether the device's own speed is far off the distance that is believed."""
        return chosen.name != "speed" and _is_off(self.speed_by(chosen), BROKEN)

    def speed_by(self, chosen: Source) -> float | None:
        """How many times as long as the counter or the positions the integral of speed is."""
        is_positions = chosen.name == "positions"
        ratio = self.positions_by_speed if is_positions else self.counter_by_speed
        return None if ratio is None else 1 / ratio


def _agree(ratio: float | None) -> bool:
    """Whether two sources say the same."""
    return ratio is not None and abs(ratio - 1) <= AGREE


def _is_off(ratio: float | None, share: float) -> bool:
    """Whether two sources that can be compared differ by more than a share."""
    return ratio is not None and abs(ratio - 1) > share


def _chosen(sources: tuple[Source, ...], votes: _Votes, timer_gain_s: Floats) -> Source:
    """Return the first source that passes; a counter that is wrong stands behind positions."""
    counter, positions, speed = sources
    order = sources
    if counter.counts_kilometres:
        order = (positions, speed, counter)
    elif votes.is_counter_outvoted:
        order = (positions, counter, speed)
    others = []
    for source in order:
        if not _passes(source, timer_gain_s):
            continue
        if source.is_human(timer_gain_s):
            return source
        others.append(source)
    return others[0] if others else max(order, key=lambda s: s.measured_share(timer_gain_s))


def _passes(source: Source, timer_gain_s: Floats) -> bool:
    """Whether a source covers the run and hardly runs backwards."""
    gained_m = source.gains.gained_m
    backwards_m = -known_sum(np.minimum(gained_m, 0.0))
    forwards_m = known_sum(np.maximum(gained_m, 0.0))
    covers = (
        source.known_share(timer_gain_s) >= MIN_KNOWN
        and source.measured_share(timer_gain_s) >= MIN_MEASURED
    )
    return covers and backwards_m <= MAX_BACKWARDS * forwards_m


class _Session(Struct, frozen=True):
    """What the device's own total adds: a factor, the doubt it leaves [%], words."""

    factor: float = 1.0
    doubt_pct: float = 0.0
    warnings: tuple[RecordingWarning, ...] = ()


def _session(activity: Activity, chosen: Source, votes: _Votes) -> _Session:
    """
    Hold the records against the device's total of the session.

    Indoors a total that differs is the runner's own correction at the end, by what the
    treadmill said, and right. Outdoors nobody corrects; the records are kept.
    """
    share = _session_share(activity, chosen)
    if share is None:
        return _Session()
    recorded_m = chosen.gains.total_m
    said_m = recorded_m * (1 + share)
    facts = {"said_m": round(said_m), "records_m": round(recorded_m)}
    has_positions = np.isfinite(activity.records.latitude_deg).any()
    if not has_positions:
        warning = RecordingWarning("DISTANCE_DISAGREES", "calibrated", facts)
        return _Session(1 + share, CALIBRATED_ERROR_PCT, (warning,))
    warning = RecordingWarning("DISTANCE_DISAGREES", "session", facts)
    doubt_pct = 0.0 if _agree(votes.counter_by_positions) else 50 * abs(share)
    return _Session(1.0, doubt_pct, (warning,))


def _session_share(activity: Activity, chosen: Source) -> float | None:
    """
    Return by how much the device's total exceeds what was chosen; None where it says nothing.

    Totals of another stretch of time, or wildly off, are no measure of the records.
    Positions and speed were taken because the counter, and its total, were wrong.
    """
    said_m, recorded_m = activity.totals.distance_m, chosen.gains.total_m
    timer_s = float(activity.records.timer_time_s[-1])
    said_s = activity.totals.timer_s or timer_s
    is_same_run = abs(said_s - timer_s) <= SAME_TIMER * timer_s + 2.0
    is_counter = chosen.name in ("device", "footpod") and not chosen.counts_kilometres
    if not said_m or recorded_m <= 0 or not is_same_run or not is_counter:
        return None
    share = said_m / recorded_m - 1
    left_out_m = (chosen.gains.paused_m, _taken_out_m(activity))
    explained = [abs(said_m / (recorded_m + metres) - 1) for metres in left_out_m]
    is_odd = min(abs(share), *explained) > TOTAL_OFF and abs(share) <= BROKEN
    return share if is_odd else None


def _taken_out_m(activity: Activity) -> float:
    """Return how many metres were taken out of the distance as impossible steps when read."""
    steps = (w.facts.get("metres", 0) for w in activity.warnings if w.kind == "steps")
    return sum(float(metres) for metres in steps)


def _is_unchecked(activity: Activity, chosen: Source) -> bool:
    """Whether not one position could check the scale: of arm or foot, indoors mostly."""
    return chosen.name != "positions" and not np.isfinite(activity.records.latitude_deg).any()


def _error_pct(activity: Activity, chosen: Source, votes: _Votes, session: _Session) -> float:
    """Return the error common to all distances: the source's own, or half of a disagreement."""
    usual = SCALE_ERROR_PCT[chosen.name]
    if chosen.counts_kilometres:
        usual = max(usual, SCALE_ERROR_PCT["speed"])
    if session.factor != 1.0:
        usual = 0.0  # what the treadmill said took its place
    elif _is_unchecked(activity, chosen):
        usual = UNCHECKED_ERROR_PCT
    doubt_pct = session.doubt_pct
    ratio = votes.counter_by_positions
    if chosen.name != "speed" and _is_off(ratio, AGREE) and not _is_off(ratio, BROKEN):
        doubt_pct = max(doubt_pct, 50 * abs((ratio or 1.0) - 1))
    return max(usual, round_half_up(min(doubt_pct, MAX_ERROR_PCT), 1))


def _repairs(gains: Gains, timer_gain_s: Floats) -> list[RecordingWarning]:
    """Say what was moved in time, what is not known, and what pauses hold."""
    holes, unknown_s = _counted(gains.is_unknown & ~gains.is_guessed, timer_gain_s)
    lost, guessed_s = _counted(gains.is_guessed, timer_gain_s)
    backwards = int(np.sum(gains.gained_m < 0))
    rows: list[tuple[bool, WarningKind, dict[str, Fact]]] = [
        (backwards > 0, "backwards", {"count": backwards}),
        (gains.is_coarse, "coarse", {"seconds": round_half_up(gains.update_s, 1)}),
        (unknown_s >= UNKNOWN_S, "holes", {"count": holes, "unknown_s": round(unknown_s)}),
        (lost > 0, "guessed", {"count": lost, "guessed_s": round(guessed_s)}),
        (
            gains.paused_m > TOTAL_OFF * gains.total_m,
            "paused",
            {"metres": round(gains.paused_m)},
        ),
    ]
    return [RecordingWarning("DISTANCE_REPAIRED", kind, facts) for so, kind, facts in rows if so]


def _counted(is_gap: Bools, timer_gain_s: Floats) -> tuple[int, float]:
    """Return how many stretches some gaps make, and how long they are together [s]."""
    found = stretches(is_gap & (timer_gain_s > 0))
    return len(found), float(sum(timer_gain_s[a:b].sum() for a, b in found))


def _disagreements(chosen: Source, votes: _Votes) -> list[RecordingWarning]:
    """Say what other sources say that differ from the one that was taken."""
    if chosen.name == "speed":
        return []
    by_positions = votes.counter_by_positions
    by_speed = votes.speed_by(chosen)
    positions_kinds = POSITIONS_USED if chosen.name == "positions" else DEVICE_USED
    rows = ((by_positions, AGREE, positions_kinds), (by_speed, SPEED_OFF, SPEED_NOT_USED))
    return [
        _percent(kinds[ratio > 1], ratio)
        for ratio, share, kinds in rows
        if ratio is not None and _is_off(ratio, share)
    ]


def _percent(kind: WarningKind, ratio: float) -> RecordingWarning:
    """Say that sources differ, and by how much."""
    facts = {"percent": round_half_up(abs(ratio - 1) * 100, 1)}
    return RecordingWarning("DISTANCE_DISAGREES", kind, facts)
