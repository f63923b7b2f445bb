"""
Runs with a known truth: what the runner did, and what a watch made of it.

Runner and noise follow the published settings of the method (section 14.5):
6 s response, wander of 1.5 % / 40 s and 0.7 % / 300 s; watch noise of
3.5 % / 4 s and 1 % / 30 s and a scale error of 1 % per run. Everything is made
on the timer clock in ln v and is the same for the same seed on any machine.
Whatever was added later draws from a stream of its own, so that older runs stay.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Parts = tuple[tuple[float, float], ...]
"""Ornstein-Uhlenbeck processes: spread and correlation time [s] of each."""

WANDER: Parts = ((0.015, 40.0), (0.007, 300.0))
"""Spread and correlation time of the runner's own wander."""

NOISE: Parts = ((0.035, 4.0), (0.010, 30.0))
"""Spread and correlation time of the watch's error."""

POSITION_NOISE: Parts = ((1.0, 30.0),)
"""Error of the smoothed positions a watch writes, north and east alike [m], [s]."""

RESPONSE_S = 6.0
"""How fast a runner takes up a new pace."""

GRADE_COST = 0.027
"""Speed that 1 % of slope costs at even effort, as a share; up and down alike here."""

START_TIME = 1_772_778_600
"""2026-03-06 06:30:00 UTC, as seconds since 1970."""

UTC_OFFSET_S = -7200
"""What a watch shows where the loop lies, less UTC [s]."""

LOOP_M = 2500.0
"""Length of the invented park loop; it lies in the open sea, so nobody lives there."""

CENTRE = (0.5, -30.0)
"""Where the loop lies [deg]."""


@dataclass(frozen=True)
class PlannedBlock:
    """A block in numbers: length in seconds or metres, pace in s/km."""

    pace: float
    seconds: float | None = None
    metres: float | None = None

    @property
    def duration_s(self) -> float:
        """Planned time."""
        return self.seconds if self.seconds is not None else (self.metres or 0) / 1000 * self.pace


@dataclass(frozen=True)
class Stop:
    """Standing from a timer second on: with the timer running, or paused by watch or runner."""

    at_s: float
    seconds: float
    by: str = "body"


@dataclass(frozen=True)
class Behaviour:
    """
    What the runner does with the plan. The default runs it as written.

    Parameters
    ----------
    faster : dict of int to float
        Block (from 1): share by which it is run faster (negative: slower).
    paces : dict of int to float
        Block: pace run instead of the planned one.
    shift_s : float
        Every change later by this; negative is early.
    late_s : dict of int to float
        Block: its start later by this, on top of ``shift_s``.
    pace_from : tuple of (float, float), optional
        From this timer second on, this pace: a blow-up.
    slow : tuple of (float, float, float)
        From this timer second on, for so many seconds, this pace: a walk.
    fast_start : tuple of (int, float, float), optional
        Block, seconds and share: its first seconds that much faster.
    fade : dict of int to float
        Block: share lost linearly over it.
    surging : dict of int to (float, float)
        Block: share by which it is run faster and slower in turn, and the
        seconds of one turn of both.
    is_even_effort : bool
        Slower uphill and faster downhill.
    stops : tuple of Stop
        Standing.
    skip : frozenset of int
        Blocks left out.
    cut_s : float, optional
        The run ends here.
    before : tuple of (float, float), optional
        Seconds and pace recorded before block 1.
    after : tuple of (float, float), optional
        Seconds and pace recorded after the last block.
    """

    faster: dict[int, float] = field(default_factory=dict)
    paces: dict[int, float] = field(default_factory=dict)
    shift_s: float = 0.0
    late_s: dict[int, float] = field(default_factory=dict)
    pace_from: tuple[float, float] | None = None
    slow: tuple[float, float, float] = (0.0, 0.0, 1.0)
    fast_start: tuple[int, float, float] | None = None
    fade: dict[int, float] = field(default_factory=dict)
    surging: dict[int, tuple[float, float]] = field(default_factory=dict)
    is_even_effort: bool = False
    stops: tuple[Stop, ...] = ()
    skip: frozenset[int] = frozenset()
    cut_s: float | None = None
    before: tuple[float, float] | None = None
    after: tuple[float, float] | None = None


@dataclass(frozen=True)
class Device:
    """
    How the run is recorded.

    ``laps``: none, auto (every km), manual (pressed near each change), beeps (pressed
    when the watch beeps, wherever the pace changes) or steps (a workout on the
    watch, which leads by its own clock). ``wander`` and ``noise`` scale the runner's and
    the watch's errors; 0 leaves them out. A press comes ``press_s`` off (spread);
    a share ``press_missing`` is forgotten and ``press_extra`` made by mistake,
    as a share of the changes. ``bursts`` is how many stretches of 2 to 9 s read
    30 to 80 % wrong, on average. The loop rises and falls by ``hills_m`` either
    side of its middle.
    """

    laps: str = "none"
    wander: float = 1.0
    noise: float = 1.0
    wander_parts: Parts = WANDER
    noise_parts: Parts = NOISE
    scale_pct: float = 1.0
    bias_pct: float = 0.0
    bursts: float = 0.0
    press_s: float = 3.0
    press_missing: float = 0.0
    press_extra: float = 0.0
    has_positions: bool = True
    hills_m: float = 2.0


@dataclass(frozen=True)
class LapMark:
    """A lap on the elapsed clock."""

    start_s: float
    end_s: float
    trigger: str
    step: int | None
    distance_m: float
    timer_s: float


@dataclass(frozen=True)
class TrueBlock:
    """
    What really happened in the window the plan had for a block, and where it was run.

    Times are on the **timer** clock, counted from the start of the recording;
    `SimulatedRun.elapsed_at` takes them to the elapsed clock. Paces are timer
    time by distance really run, in s/km.

    Parameters
    ----------
    index : int
        From 1.
    clock_start_s, clock_end_s : float or None
        The window of the plan. It begins with the runner's block 1, not with
        the jog before it; a block in metres ends where the *watch* says so.
        Where the watch leads through the steps, a block left out has no window
        and the ones after it move up.
    clock_pace : float or None
        In that window; None if less than a minute of it was run.
    executed_start_s, executed_end_s : float or None
        Where the runner really changed; None for a block not run.
    executed_pace : float or None
        Between those two.
    """

    index: int
    clock_start_s: float | None
    clock_end_s: float | None
    clock_pace: float | None
    executed_start_s: float | None
    executed_end_s: float | None
    executed_pace: float | None


@dataclass(frozen=True)
class SimulatedRun:
    """
    A recording at 1 Hz of elapsed time, and its truth.

    Columns have one entry a record; ``timer_s`` stands still in pauses, in
    which no record is written. ``true_m`` is the distance really run,
    ``distance_m`` what the watch says.
    """

    elapsed_s: np.ndarray
    timer_s: np.ndarray
    true_m: np.ndarray
    distance_m: np.ndarray
    speed_mps: np.ndarray
    latitude_deg: np.ndarray
    longitude_deg: np.ndarray
    elevation_m: np.ndarray
    heart_rate_bpm: np.ndarray
    cadence_spm: np.ndarray
    has_positions: bool
    laps: tuple[LapMark, ...]
    pauses: tuple[tuple[float, float, str], ...]
    blocks: tuple[TrueBlock, ...]

    def elapsed_at(self, timer_s: float) -> float:
        """Elapsed time of a timer second; at a pause, its start."""
        return float(np.interp(timer_s, self.timer_s, self.elapsed_s))

    def smart(self, step_s: int) -> SimulatedRun:
        """Keep every ``step_s``-th record and the last one, as smart recording does."""
        keep = np.unique(
            np.append(np.arange(0, self.elapsed_s.size, step_s), self.elapsed_s.size - 1)
        )
        columns = {
            name: value[keep] for name, value in vars(self).items() if isinstance(value, np.ndarray)
        }
        return SimulatedRun(**{**vars(self), **columns})


def _filtered(inputs: np.ndarray, a: float) -> np.ndarray:
    """Run ``y = a y + x`` over the inputs."""

    def step(y: float, x: float) -> float:
        return a * y + x

    return np.array(list(accumulate(inputs.tolist(), step)))


def wandering(rng: np.random.Generator, seconds: int, parts: Parts, scale: float) -> np.ndarray:
    """Sum of Ornstein-Uhlenbeck processes at 1 Hz, each (spread, correlation time)."""
    total = np.zeros(seconds)
    for spread, time_s in parts:
        a = math.exp(-1.0 / time_s)
        shocks = rng.standard_normal(seconds) * spread * math.sqrt(1 - a * a)
        shocks[0] = rng.standard_normal() * spread
        total += _filtered(shocks, a)
    return scale * total


def simulate(
    plan: Sequence[PlannedBlock],
    behaviour: Behaviour | None = None,
    device: Device | None = None,
    seed: int = 0,
) -> SimulatedRun:
    """
    Run a plan.

    Parameters
    ----------
    plan : sequence of PlannedBlock
        What was asked for.
    behaviour : Behaviour, optional
        What the runner does instead.
    device : Device, optional
        How it is recorded.
    seed : int
        Same seed, same run.

    Returns
    -------
    SimulatedRun
        With the truth of every block.
    """
    behaviour, device = behaviour or Behaviour(), device or Device()
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = _executed(plan, behaviour, [b.duration_s for b in plan])[1].size
    if any(b.metres is not None for b in plan):  # longer, should the runner be slow
        drawn = drawn * 3 // 2 + 600
    wander = wandering(rng, drawn, device.wander_parts, device.wander)
    scale = device.bias_pct / 100 + rng.standard_normal() * device.scale_pct / 100 * device.noise
    noise = wandering(rng, drawn, device.noise_parts, device.noise)
    variance = sum(s**2 for s, _ in device.noise_parts) * device.noise**2
    # Streams of their own, so that one can change without changing anything else.
    error = noise + scale - variance / 2 + _bursts(seed, drawn, device.bursts)

    def speeds(log_pace: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return _speeds(log_pace, behaviour, device, wander, error)

    durations = _durations(plan, behaviour, speeds)
    edges, log_pace = _executed(plan, behaviour, durations)
    beeps = _executed(plan, replace(behaviour, shift_s=0.0, late_s={}), durations)[0]
    speed, shown = speeds(log_pace)
    seconds = speed.size
    willing = Behaviour(**{**vars(behaviour), "pace_from": None})
    effort = np.log(1000.0) - _executed(plan, willing, durations)[1][:seconds]
    presses = rng.standard_normal(64)
    along = np.random.Generator(np.random.PCG64([seed, 1]))
    drift = [wandering(along, seconds + 1, POSITION_NOISE, device.noise) for _ in range(2)]
    mistakes = np.random.Generator(np.random.PCG64([seed, 3])).random((2, 64))
    return _recorded(
        plan,
        behaviour,
        device,
        (edges, beeps),
        speed,
        shown,
        np.exp(effort),
        (presses, *mistakes),
        drift,
    )


def _speeds(log_pace, behaviour, device, wander, error) -> tuple[np.ndarray, np.ndarray]:
    """Return the speed really run and the one the watch measures, second by second."""
    seconds = min(log_pace.size, wander.size)
    log_speed = np.log(1000.0) - log_pace[:seconds]
    if behaviour.is_even_effort:
        angle = 2 * np.pi * np.cumsum(np.exp(log_speed)) / LOOP_M
        grade_pct = 100 * device.hills_m * np.sin(angle) * 2 * np.pi / LOOP_M
        log_speed = log_speed - GRADE_COST * grade_pct
    speed = np.exp(_responding(log_speed) + wander[:seconds])
    shown = speed * np.exp(error[:seconds])
    for stop in behaviour.stops:
        if stop.by == "body":
            body = slice(int(stop.at_s), int(stop.at_s + stop.seconds))
            speed[body] = shown[body] = 0.0
    return speed, shown


def _durations(plan, behaviour: Behaviour, speeds) -> list[float]:
    """
    Seconds each block takes: as planned, or until the watch has counted its metres.

    One block after the other: what comes later changes nothing before it.
    """
    durations = [block.duration_s for block in plan]
    for i, block in enumerate(plan):
        if block.metres is None or i + 1 in behaviour.skip:
            continue
        longer = [*durations[:i], 2 * durations[i] + 600, *durations[i + 1 :]]
        start = _window_starts(plan, behaviour, durations)[i]
        on = Behaviour(**{**vars(behaviour), "cut_s": None})
        shown = speeds(_executed(plan, on, longer)[1])[1]
        distance = np.concatenate(([0.0], np.cumsum(shown)))
        durations[i] = _reached(start, block.metres, np.arange(distance.size), distance) - start
    return durations


def _window_starts(plan, behaviour: Behaviour, durations) -> list[float]:
    """Return where each block would begin with no change early or late, in timer seconds."""
    cursor = behaviour.before[0] if behaviour.before else 0.0
    starts = []
    for i in range(len(plan)):
        starts.append(cursor)
        cursor += 0.0 if i + 1 in behaviour.skip else durations[i]
    return starts


def _reached(start: float, metres: float, timer, distance) -> float:
    """Return the timer second at which so many metres since ``start`` are on the watch."""
    goal = float(np.interp(start, timer, distance)) + metres
    # A stop leaves the distance level; its first second is when it was reached.
    after = int(np.searchsorted(distance, goal))
    if after >= distance.size:
        return float(timer[-1])
    return float(np.interp(goal, distance[after - 1 : after + 1], timer[after - 1 : after + 1]))


def _bursts(seed: int, seconds: int, mean_count: float) -> np.ndarray:
    """Return the error of ln v where the watch is lost for 2 to 9 s; 0 elsewhere."""
    error = np.zeros(seconds)
    rng = np.random.Generator(np.random.PCG64([seed, 2]))
    for _ in range(int(rng.poisson(mean_count))):
        at, length = int(rng.integers(0, seconds)), int(rng.integers(2, 10))
        share = rng.uniform(0.3, 0.8) * rng.choice([-1.0, 1.0])
        error[at : at + length] = math.log1p(share)
    return error


def _executed(plan, behaviour: Behaviour, durations):
    """Return executed boundaries [(block, start, end)] and ln pace for every timer second."""
    cursor = behaviour.before[0] if behaviour.before else 0.0
    run = [i for i in range(1, len(plan) + 1) if i not in behaviour.skip]
    edges = []
    shifts = [0.0, *(behaviour.shift_s + behaviour.late_s.get(i, 0.0) for i in run[1:]), 0.0]
    for place, i in enumerate(run):
        start = cursor + shifts[place]
        cursor += durations[i - 1]
        edges.append((i, start, max(start, cursor + shifts[place + 1])))
    last = cursor + (behaviour.after[0] if behaviour.after else 0.0)
    if behaviour.cut_s is not None:
        last = min(last, behaviour.cut_s)
    t = np.arange(math.ceil(last)) + 0.5
    log_pace = np.full(t.size, math.log(behaviour.before[1] if behaviour.before else plan[0].pace))
    for i, start, end in edges:
        inside = (t >= start) & (t < end) if start > 0 else t < end
        if behaviour.before:
            inside = (t >= start) & (t < end)
        pace = behaviour.paces.get(i, plan[i - 1].pace) / (1 + behaviour.faster.get(i, 0.0))
        log_pace[inside] = math.log(pace)
        if i in behaviour.fade:
            log_pace[inside] += behaviour.fade[i] * (t[inside] - start) / (end - start)
        if behaviour.fast_start and behaviour.fast_start[0] == i:
            _, length, share = behaviour.fast_start
            log_pace[inside & (t < start + length)] -= math.log1p(share)
        if i in behaviour.surging:
            share, turn_s = behaviour.surging[i]
            faster = (t - start) % turn_s < turn_s / 2
            log_pace[inside] -= math.log1p(share) * np.where(faster, 1, -1)[inside]
    if behaviour.after:
        log_pace[t >= cursor] = math.log(behaviour.after[1])
    if behaviour.pace_from:
        log_pace[t >= behaviour.pace_from[0]] = math.log(behaviour.pace_from[1])
    start_s, seconds, pace = behaviour.slow
    log_pace[(t >= start_s) & (t < start_s + seconds)] = math.log(pace)
    return edges, log_pace


def _responding(log_speed: np.ndarray) -> np.ndarray:
    """First-order response to every change of pace."""
    a = math.exp(-1.0 / RESPONSE_S)
    inputs = (1 - a) * log_speed
    inputs[0] = log_speed[0]
    return _filtered(inputs, a)


def _recorded(
    plan, behaviour, device, both_edges, speed, shown, effort, presses, drift
) -> SimulatedRun:
    """Lay the run on the elapsed clock and write down what the watch shows."""
    edges, beeps = both_edges
    seconds = speed.size
    timer = np.arange(seconds + 1, dtype=float)
    true_m = np.concatenate(([0.0], np.cumsum(speed)))
    distance = np.concatenate(([0.0], np.cumsum(shown)))
    pauses, lost = [], np.zeros(seconds + 1)
    for stop in sorted(behaviour.stops, key=lambda s: s.at_s):
        at = int(stop.at_s)
        if stop.by == "body" or at >= seconds:  # the run may be over by then
            continue
        start = at + lost[at]
        pauses.append((start, start + stop.seconds, stop.by))
        lost[at + 1 :] += stop.seconds
    elapsed = timer + lost
    smooth = np.convolve(np.pad(shown, 1, mode="edge"), np.ones(3) / 3, mode="valid")
    angle = 2 * np.pi * distance / LOOP_M
    radius = LOOP_M / (2 * np.pi)
    per_degree = np.pi / 180 * 6_371_008.8
    return SimulatedRun(
        elapsed_s=elapsed,
        timer_s=timer,
        true_m=true_m,
        distance_m=distance,
        speed_mps=np.append(smooth, smooth[-1]),
        latitude_deg=CENTRE[0] + (radius * np.sin(angle) + drift[0]) / per_degree,
        longitude_deg=CENTRE[1]
        + (radius * np.cos(angle) + drift[1]) / (per_degree * math.cos(math.radians(CENTRE[0]))),
        elevation_m=30 + device.hills_m * (1 - np.cos(angle)),
        heart_rate_bpm=_heart_rate(effort, speed),
        cadence_spm=np.append(np.where(speed > 0, 148 + 8 * speed, 0.0), 0.0),
        has_positions=device.has_positions,
        laps=_laps(
            device, edges if device.laps == "manual" else beeps, timer, elapsed, distance, presses
        ),
        pauses=tuple(pauses),
        blocks=_truth(plan, behaviour, device, edges, timer, true_m, distance),
    )


def _heart_rate(effort: np.ndarray, speed: np.ndarray) -> np.ndarray:
    """Rises with effort at 45 s, drifts 0.1 % a minute, falls when standing."""
    goal = 23 + 33 * effort
    goal = np.where(speed > 0, goal, goal - 40) * (
        1 + np.minimum(0.001 * np.arange(effort.size) / 60, 0.1)
    )
    a = math.exp(-1 / 45.0)
    lagged = _filtered(np.concatenate(([95.0], (1 - a) * goal)), a)
    rounded: np.ndarray = np.rint(lagged)
    return rounded


def _laps(device, edges, timer, elapsed, distance, presses) -> tuple[LapMark, ...]:
    """Cut laps as the watch or the runner does, on the elapsed clock."""
    seconds = timer[-1]
    marks: list[tuple[float, str, int | None]] = []
    if device.laps == "auto":
        whole = np.arange(1000.0, distance[-1], 1000.0)
        marks = [(float(m), "distance", None) for m in np.interp(whole, distance, timer)]
    elif device.laps in ("manual", "beeps"):
        marks = [(at, "manual", None) for at in _presses(device, edges, seconds, *presses)]
    elif device.laps == "steps":
        marks = [(min(end, seconds), "time", i - 1) for i, _, end in edges if end <= seconds]
    last_step = None
    if device.laps == "steps" and len(marks) < len(edges):
        last_step = edges[len(marks)][0] - 1
    if not marks or marks[-1][0] < seconds - 0.5:
        marks.append((float(seconds), "session_end", last_step))
    laps, start = [], 0.0
    for end, trigger, step in marks:
        at = np.interp([start, end], timer, elapsed)
        run = np.interp([start, end], timer, distance)
        laps.append(
            LapMark(float(at[0]), float(at[1]), trigger, step, float(run[1] - run[0]), end - start)
        )
        start = end
    return tuple(laps)


def _presses(device, edges, seconds, off, forgotten, mistaken) -> list[float]:
    """Timer seconds at which the runner presses lap, in order and 2 s apart at least."""
    first = [edges[0][1]] if edges[0][1] > 0 else []
    ends = first + [end for _, _, end in edges if end < seconds - 1]
    reach = max(10.0, 3 * device.press_s)
    late = np.clip(1 + device.press_s * off[: len(ends)], -reach, reach)
    made = [
        float(e + d)
        for e, d, luck in zip(ends, late, forgotten, strict=False)
        if luck >= device.press_missing
    ]
    wrong = (mistaken[: len(ends)] < device.press_extra).nonzero()[0]
    made += [float(forgotten[-1 - i] * seconds) for i in wrong]
    kept: list[float] = []
    for at in sorted(made):
        if at >= (kept[-1] if kept else 0.0) + 2.0 and at < seconds - 2.0:
            kept.append(at)
    return kept


def _truth(plan, behaviour, device, edges, timer, true_m, distance) -> tuple[TrueBlock, ...]:
    """Return what the clock windows and the executed windows really held."""
    by_block = {i: (start, end) for i, start, end in edges if start < timer[-1]}
    blocks, cursor = [], behaviour.before[0] if behaviour.before else 0.0
    for i, block in enumerate(plan, start=1):
        window: tuple[float | None, float | None] = (None, None)
        pace = None
        if i not in behaviour.skip or device.laps != "steps":
            end = cursor + block.duration_s
            if block.metres is not None:
                end = _reached(cursor, block.metres, timer, distance)
            window, pace = (cursor, end), _pace(cursor, end, timer, true_m)
            cursor = end
        executed = by_block.get(i)
        blocks.append(
            TrueBlock(
                i,
                *window,
                pace,
                max(0.0, executed[0]) if executed else None,
                min(executed[1], float(timer[-1])) if executed else None,
                _pace(*executed, timer, true_m) if executed else None,
            )
        )
    return tuple(blocks)


def _pace(start: float, end: float, timer, true_m) -> float | None:
    """Return the true pace of a timer window; None if less than a minute of it was run."""
    start, end = max(start, 0.0), min(end, float(timer[-1]))
    if end - start < 60:
        return None
    run = np.interp([start, end], timer, true_m)
    return float(1000 * (end - start) / (run[1] - run[0]))
