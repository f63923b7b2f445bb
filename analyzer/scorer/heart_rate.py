"""The heart as a witness: did it stay up as the pace fell, or fall with it (method 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.prepare.stretches import stretches

if TYPE_CHECKING:
    from analyzer.model.activity import Bools, Floats
    from analyzer.model.findings import Heart
    from analyzer.model.prepared import Prepared
    from analyzer.scorer.flags.rule import Session

LOCK_BPM = 3.0
"""A heart rate this near to the cadence ..."""

LOCK_S = 60
"""... for longer than this is the cadence, taken for a pulse [s]."""

LEAP_S, LEAP_BPM = 10, 15.0
"""No heart changes by so much in twice this time [s], [bpm]."""

BEFORE_S = 180
"""Stretch before a collapse that it is compared with [s]."""

SETTLING_S = 90
"""How long the heart takes to follow a new pace [s]. Left out."""

LEAST_S = 30
"""A mean over fewer known seconds says nothing [s]."""

HELD_BPM = 3.0
"""A heart rate that falls by less than this has not fallen ..."""

SLOWER = 0.10
"""... and that is telling where speed fell by this share or more."""

DRIFT_MIN_S, DRIFT_SETTLING_S = 480.0, 150
"""Shorter blocks show no drift; of longer ones the first part is left out [s]."""

DRIFT_MAX_CHANGE = 0.03
"""Halves whose speed differs by more than this share cannot be compared."""

DRIFT_PCT, EXTRA_BPM = 5.0, 5.0
"""From here on drift [%], and beats above what was expected [beats/min], say that it was hard."""

SHARE = 0.5
"""A heart rate follows the pace if it falls by this share of what earlier blocks lead to expect."""


def usable_heart_rate(prepared: Prepared) -> Floats:
    """
    Return heart rate without the stretches in which the watch counted steps.

    An optical sensor can lock on to the cadence: within 3 beats of it for over a
    minute, and begun or ended by a leap. Without a leap the two just meet, as they
    do at 180 in any hard block.

    Returns
    -------
    array, shape (n,)
        A copy; NaN is unknown, and so is what was taken out.
    """
    rate = prepared.heart_rate_bpm.copy()
    with np.errstate(invalid="ignore"):
        locked = np.abs(rate - prepared.cadence_spm) <= LOCK_BPM
    for a, b in stretches(locked):
        if b - a > LOCK_S and (
            _leaps(prepared.heart_rate_bpm, a) or _leaps(prepared.heart_rate_bpm, b)
        ):
            rate[a:b] = np.nan
    return rate


def _leaps(rate: Floats, at: int) -> bool:
    """Whether heart rate leaps about a second; the start of the recording counts as a leap."""
    if at < LEAP_S:
        return True
    around = rate[at - LEAP_S : at + LEAP_S]
    rates = around[np.isfinite(around)]
    return rates.size > 0 and float(np.ptp(rates)) >= LEAP_BPM


def witness(session: Session, at_s: float, end_s: float) -> Heart | None:
    """
    Say what the heart tells of a slowing between two timer seconds.

    Parameters
    ----------
    session : Session
        The run and its blocks.
    at_s, end_s : float
        The slow stretch.

    Returns
    -------
    {'body', 'choice'} or None
        ``body``: speed fell by a tenth and the heart did not follow. ``choice``:
        heart rate fell with the pace, by at least half of what the blocks before
        lead to expect. None: it says neither, or is not known. Heat, hills and
        thirst look like the body.
    """
    rate = usable_heart_rate(session.prepared)
    moving = session.prepared.is_moving
    before = slice(max(0, int(at_s) - BEFORE_S), int(at_s))
    after = slice(int(at_s) + SETTLING_S, int(end_s))
    effort_mps = session.prepared.effort_mps
    means = [_means(effort_mps, rate, moving, cut) for cut in (before, after)]
    if means[0] is None or means[1] is None:
        return None
    (speed_1, rate_1), (speed_2, rate_2) = means[0], means[1]
    fall = rate_1 - rate_2
    if speed_2 > (1 - SLOWER) * speed_1:
        return None
    if fall < HELD_BPM:
        return "body"
    slope = _slope(session, rate, at_s)
    expected = None if slope is None else slope * (speed_1 - speed_2)
    return "choice" if expected is not None and fall >= SHARE * expected else None


def drift_pct(prepared: Prepared, start_s: float, end_s: float) -> float | None:
    """
    Say by how much heart rate and pace came apart within a block (decoupling, Pa:HR).

    The first 150 s left out, the rest halved: the loss of speed per heartbeat from the
    first half to the second, ``100 (EF1 - EF2) / EF1``. 5 % is usual at the end of a hard
    session, 10 % is poor; it is sure to about 1.3 %. Whole-run drift means nothing in a
    progression, as speed rises by design.

    Parameters
    ----------
    prepared : Prepared
        The recording.
    start_s, end_s : float
        Window of the block, timer seconds.

    Returns
    -------
    float or None
        None for blocks under 8 min, halves whose speed differs by 3 % or more, or too
        little heart rate.
    """
    if end_s - start_s < DRIFT_MIN_S:
        return None
    rate = usable_heart_rate(prepared)
    first = int(start_s) + DRIFT_SETTLING_S
    middle, last = (first + int(end_s)) // 2, int(end_s)
    halves = [
        _means(prepared.effort_mps, rate, prepared.is_moving, cut)
        for cut in (slice(first, middle), slice(middle, last))
    ]
    if halves[0] is None or halves[1] is None:
        return None
    (speed_1, rate_1), (speed_2, rate_2) = halves[0], halves[1]
    if abs(speed_2 / speed_1 - 1) >= DRIFT_MAX_CHANGE:
        return None
    return 100 * (1 - (speed_2 / rate_2) / (speed_1 / rate_1))


def extra_beats(session: Session, position: int) -> float | None:
    """
    Return how many beats a minute a block cost more than the blocks before lead to expect.

    A line of heart rate on speed through the settled parts of at least two earlier
    blocks; None without them, or where they do not differ in pace.
    """
    measured = session.blocks[position]
    start_s, end_s = measured.placement.start_s, measured.placement.end_s
    if start_s is None or end_s is None:
        return None
    prepared = session.prepared
    rate = usable_heart_rate(prepared)
    cut = slice(int(start_s) + SETTLING_S, int(end_s))
    here = _means(prepared.effort_mps, rate, prepared.is_moving, cut)
    line = _line(session, rate, start_s)
    if here is None or line is None:
        return None
    slope, speed, beats = line
    return here[1] - (beats + slope * (here[0] - speed))


def strained(session: Session, position: int) -> bool:
    """Whether the heart says that a block was run on the last reserves: drift, or extra beats."""
    measured = session.blocks[position]
    start_s, end_s = measured.placement.start_s, measured.placement.end_s
    if start_s is None or end_s is None:
        return False
    drift = drift_pct(session.prepared, start_s, end_s)
    beats = extra_beats(session, position)
    return (drift is not None and drift >= DRIFT_PCT) or (beats is not None and beats >= EXTRA_BPM)


def _means(
    speed_mps: Floats, rate: Floats, moving: Bools, cut: slice
) -> tuple[float, float] | None:
    """Mean speed and heart rate where both are known; None for too little of it."""
    is_counted = moving[cut] & np.isfinite(rate[cut])
    if is_counted.sum() < LEAST_S:
        return None
    return float(speed_mps[cut][is_counted].mean()), float(rate[cut][is_counted].mean())


def _slope(session: Session, rate: Floats, at_s: float) -> float | None:
    """Beats a minute for each m/s, over the settled parts of the blocks before; None if flat."""
    line = _line(session, rate, at_s)
    return None if line is None else line[0]


def _line(session: Session, rate: Floats, at_s: float) -> tuple[float, float, float] | None:
    """Slope, mean speed and mean heart rate of the blocks before; None if flat or falling."""
    points = []
    for measured in session.blocks:
        start_s, end_s = measured.placement.start_s, measured.placement.end_s
        if start_s is None or end_s is None:
            continue
        cut = slice(int(start_s) + SETTLING_S, int(min(end_s, at_s)))
        means = _means(session.prepared.effort_mps, rate, session.prepared.is_moving, cut)
        if means is not None:
            points.append(means)
    speeds = np.array([p[0] for p in points])
    if speeds.size < 2 or float(np.ptp(speeds)) < 0.1:
        return None
    rates = np.array([p[1] for p in points])
    centred = speeds - speeds.mean()
    slope = float(centred @ (rates - rates.mean()) / (centred @ centred))
    return (slope, float(speeds.mean()), float(rates.mean())) if slope > 0 else None
