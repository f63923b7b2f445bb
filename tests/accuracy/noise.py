"""
How much running watches err, from real recordings: what the noise of the method rests on.

The tables of docs/methods/noise.md. Two watches on one run err differently, and
their difference is known to the second: what the runner does falls out. All
distances are as `prepare` makes them. Nothing here prints a position.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer import read_activity
from analyzer.median import median
from analyzer.prepare.prepare import prepare
from analyzer.prepare.roughness import PAIR_PCT, STEP_S
from analyzer.prepare.sources import EARTH_RADIUS_M
from analyzer.scorer.method import NOISE_PCT_S, POSITION_ERROR_M, ROUGH_PCT_S, WANDER_PCT_S
from analyzer.scorer.noise import se_stretch_pct
from analyzer.structs import replace
from tests.builders.simulate import wandering
from tests.places import REAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.model.activity import Activity, Bools, Floats
    from analyzer.model.prepared import Prepared

DOC = Path(__file__).parents[2] / "docs" / "methods" / "noise.md"
RUNS = REAL / "runs"

PAIR = (
    "TestFilesForFitnessApps--20210507_run_coros_pace_2.fit",
    "TestFilesForFitnessApps--20210507_run_garmin_fenix_6.fit",
)
"""Two watches on one run."""

ABSENT = "Real recordings are not here."

LENGTHS_S = (5, 10, 20, 30, 60, 120, 180, 300, 600)
FIT_S = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300)
LONG_S = (10, 30, 60, 300, 600)
"""Lengths of the windows of the tables, of the fit, and of positions against distance [s]."""

MIN_WINDOWS = 3
"""Fewer windows side by side than this say nothing of a spread."""

START_S, END_S = 60, 20
"""Left out at both ends: a watch first looks for satellites, and fills up its distance [s]."""

STANDING_S = 10
"""So near to standing no second is used [s]."""

LAG_MEAN_S, MAX_LAG_S = 15, 60
"""The lag is looked for in means of this length, and no further than this [s]."""

TIMES_S = np.geomspace(0.5, 60.0, 241)
"""Correlation times that are tried; records at 1 Hz tell nothing below half a second."""

SHARES = np.linspace(0.0, 0.5, 51)
"""Spreads of a second process that are tried, as a share of the first."""

SLOW_S = NOISE_PCT_S[1][1]
"""Correlation time of the second process that is looked for [s]."""

BLOCK_S, DRAWS, SEED = 120, 200, 20210507
"""Moving-block bootstrap: length of a block, draws, seed."""

EVERY_SECOND = 0.95
"""So many of the gaps between records must be of a second for a recording at 1 Hz."""

HEADING_S = 9
"""The way ahead is the mean of the steps over so long [s]."""

AROUND_S = 2
"""The fit is made anew so far around the lag that was found [s]."""


@dataclass(frozen=True, eq=False)
class Pair:
    """
    Two speeds of one run, second for second.

    Parameters
    ----------
    first_mps, second_mps : array, shape (n,)
        Of the two watches, or of two sources of one watch.
    is_used : array of bool, shape (n,)
        Both were measured here, and nobody stood near by.
    lag_s : int
        Seconds of the first before the second began.
    """

    first_mps: Floats
    second_mps: Floats
    is_used: Bools
    lag_s: int = 0

    @property
    def seconds(self) -> int:
        """Seconds that are used."""
        return int(self.is_used.sum())

    @property
    def scale_pct(self) -> float:
        """How much longer the first is over all."""
        first, second = (v[self.is_used].sum() for v in (self.first_mps, self.second_mps))
        return 100 * math.log(first / second)


class Spread(NamedTuple):
    """Of the error over windows of one length: standard deviation, and 1.4826 MAD."""

    plain: float
    robust: float


class Process(NamedTuple):
    """An Ornstein-Uhlenbeck process, and the spread of a second one of `SLOW_S`."""

    spread: float
    time_s: float
    slow: float = 0.0

    @property
    def parts(self) -> tuple[tuple[float, float], ...]:
        """As the method writes them."""
        return ((self.spread, self.time_s), (self.slow, SLOW_S))


def error_pct(parts: Sequence[tuple[float, float]], length_s: float) -> float:
    """Error of a mean over so many seconds, of a sum of Ornstein-Uhlenbeck processes."""
    return math.sqrt(sum(s**2 * float(_share(np.array(length_s / t))) for s, t in parts))


def _share(times: Floats) -> Floats:
    """Variance of a mean over so many correlation times, as a share of that of one value."""
    share: Floats = 2 / times * (1 + np.expm1(-times) / times)
    return share


def lag_of(first_mps: Floats, second_mps: Floats) -> int:
    """Find the lag at which the difference of 15 s means varies least."""

    def variance(lag_s: int) -> float:
        first, second = _lagged(first_mps, second_mps, lag_s)
        means = np.convolve(first - second, np.full(LAG_MEAN_S, 1 / LAG_MEAN_S), "valid")
        return float(means[START_S:-END_S].var())

    return min(range(-MAX_LAG_S, MAX_LAG_S + 1), key=variance)


def _lagged(first: np.ndarray, second: np.ndarray, lag_s: int) -> tuple[np.ndarray, np.ndarray]:
    """Lay the second so many seconds later, and cut both to what they have in common."""
    first, second = first[max(0, lag_s) :], second[max(0, -lag_s) :]
    size = min(len(first), len(second))
    return first[:size], second[:size]


def paired(first: Prepared, second: Prepared, lag_s: int | None = None) -> Pair:
    """Lay two recordings of one run over one another; the lag is found unless given."""
    if lag_s is None:
        lag_s = lag_of(first.speed_mps, second.speed_mps)
    speeds = _lagged(first.speed_mps, second.speed_mps, lag_s)
    used = np.logical_and(*_lagged(_used(first), _used(second), lag_s))
    used[:START_S] = used[-END_S:] = False
    return Pair(*speeds, used, lag_s)


def _used(prepared: Prepared) -> Bools:
    """Mark what was run and measured, away from standing."""
    near = np.ones(2 * STANDING_S + 1)
    still = np.convolve(~prepared.is_moving, near, "same") > 0.5
    used: Bools = ~still & ~prepared.is_replaced
    return used


def distances_m(pair: Pair, length_s: int) -> tuple[Floats, Floats]:
    """Return what both have over windows of this length, a fifth of it apart."""
    first, second, unused = (
        np.concatenate(([0.0], np.cumsum(v)))
        for v in (pair.first_mps, pair.second_mps, ~pair.is_used)
    )
    starts = np.arange(0, first.size - length_s, max(1, length_s // 5))
    starts = starts[unused[starts + length_s] - unused[starts] < 0.5]
    return first[starts + length_s] - first[starts], second[starts + length_s] - second[starts]


def windows(pair: Pair, length_s: int) -> int:
    """Windows of this length that lie side by side."""
    return pair.seconds // length_s


def spread_of(values: Floats, count: float) -> Spread:
    """
    Spread of windows, of which ``count`` lie side by side.

    Their own middle is taken off, which takes one of them away, as ``n - 1`` does.
    """
    lost = math.sqrt(1 - 1 / count)
    robust = 1.4826 * median(np.abs(values - median(values)))
    return Spread(float(values.std()) / lost, robust / lost)


def ratios_pct(pair: Pair, length_s: int) -> Spread:
    """Spread of 100 ln(first / second) over windows of this length."""
    first, second = distances_m(pair, length_s)
    moved = (first > 0) & (second > 0)
    ratios = 100 * np.log(first[moved] / second[moved])
    return spread_of(ratios, pair.seconds / length_s)


def one_watch(pair: Pair, length_s: int) -> Spread:
    """Error of one of two watches that are alike."""
    both = ratios_pct(pair, length_s)
    return Spread(both.plain / math.sqrt(2), both.robust / math.sqrt(2))


def fitted(measured: Sequence[float], *, with_slow: bool = False) -> Process:
    """
    Fit one process to the errors over windows of `FIT_S`, or one and a slow one.

    Least squares in the logarithm, each length weighted by its number of windows.
    For a given time and share the spread is known in closed form, so the two are
    tried one by one, and no search can go astray.
    """
    lengths = np.array(FIT_S, dtype=np.float64)
    shares = SHARES if with_slow else SHARES[:1]
    fast = _share(lengths / TIMES_S[:, None, None])
    models = np.log(fast + shares[:, None] ** 2 * _share(lengths / SLOW_S)) / 2
    weights = (1 / lengths) / (1 / lengths).sum()
    off = np.log(measured) - models
    log_spreads = off @ weights
    costs = (off - log_spreads[:, :, None]) ** 2 @ weights
    i, j = np.unravel_index(np.argmin(costs), costs.shape)
    spread = math.exp(log_spreads[i, j])
    return Process(spread, float(TIMES_S[i]), spread * float(shares[j]))


def measured_of(pair: Pair) -> tuple[list[float], list[float]]:
    """Return the errors of one watch over windows of `FIT_S`, plain and robust."""
    spreads = [one_watch(pair, s) for s in FIT_S]
    return [s.plain for s in spreads], [s.robust for s in spreads]


def resampled(pair: Pair, draws: int = DRAWS) -> Iterator[Pair]:
    """Put runs together from blocks of 120 s, drawn from anywhere in the run that was used."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    used = np.flatnonzero(pair.is_used)
    count = -(-used.size // BLOCK_S)
    for _ in range(draws):
        starts = rng.integers(0, used.size - BLOCK_S + 1, size=count)
        at = used[(starts[:, None] + np.arange(BLOCK_S)).ravel()[: used.size]]
        yield Pair(pair.first_mps[at], pair.second_mps[at], pair.is_used[at], pair.lag_s)


@dataclass(frozen=True, eq=False)
class Fit:
    """
    One process fitted, and the same for every draw of the bootstrap.

    Parameters
    ----------
    best, slow : Process
        One process alone; one with a slow one.
    draws, slow_draws : tuple of Process
        The same of the draws.
    """

    best: Process
    slow: Process
    draws: tuple[Process, ...]
    slow_draws: tuple[Process, ...]


def fits_of(pair: Pair, draws: int = DRAWS) -> tuple[Fit, Fit]:
    """Fit the plain and the robust spreads, with `draws` draws each."""
    runs = [measured_of(pair), *(measured_of(drawn) for drawn in resampled(pair, draws))]
    fits = []
    for which in (0, 1):
        alone = [fitted(run[which]) for run in runs]
        slow = [fitted(run[which], with_slow=True) for run in runs]
        fits.append(Fit(alone[0], slow[0], tuple(alone[1:]), tuple(slow[1:])))
    return fits[0], fits[1]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Where the middle 90 % of the draws lie."""
    low, high = np.quantile(values, (0.05, 0.95))
    return float(low), float(high)


def simulated(
    parts: Sequence[tuple[float, float]], seconds: int, seed: int, lag_s: int = 0
) -> Pair:
    """Make two watches with such noise [%] on one even run; the first begins earlier by the lag."""
    rng = np.random.Generator(np.random.PCG64([SEED, seed]))
    size = seconds + abs(lag_s)
    run = wandering(rng, size, WANDER_PCT_S, 0.01)
    first, second = (4 * np.exp(run + wandering(rng, size, tuple(parts), 0.01)) for _ in range(2))
    cut = slice(seconds)
    used = np.ones(seconds, dtype=np.bool_)
    return Pair(first[max(0, -lag_s) :][cut], second[max(0, lag_s) :][cut], used)


def by_chance(seconds: int, draws: int = DRAWS) -> dict[int, tuple[float, float]]:
    """Where 90 % of the robust spreads of runs so long lie, were the rough form the truth."""
    pairs = [simulated(ROUGH_PCT_S, seconds, seed) for seed in range(draws)]
    return {s: interval([one_watch(pair, s).robust for pair in pairs]) for s in LENGTHS_S}


def expected_roughness(parts: Sequence[tuple[float, float]]) -> float:
    """
    Return what `analyzer.prepare.roughness.roughness` tends to, of such noise alone.

    With V the variance of a mean of 5 s and C_k its covariance with the k-th after
    it, the bends have a variance of ``1.5 V - 2 C_1 + C_2 / 2``.
    """
    variance = 0.0
    for spread, time_s in parts:
        steps = STEP_S / time_s
        next_one = (-math.expm1(-steps) / steps) ** 2
        after = next_one * math.exp(-steps)
        own = float(_share(np.array(steps)))
        variance += spread**2 * (1.5 * own - 2 * next_one + after / 2)
    return math.sqrt(variance / 1.5) / PAIR_PCT


@cache
def recording(name: str) -> Activity:
    """Read a run of the collection."""
    return read_activity(RUNS / name)


def by_positions(activity: Activity) -> Activity:
    """Return the recording as if only its positions had been written."""
    records = activity.records
    nothing = np.full(len(records), np.nan)
    return replace(activity, records=replace(records, distance_m=nothing, speed_mps=nothing))


@cache
def the_pair(*, positions: bool = False) -> Pair:
    """Return the two watches, by the distance they wrote or by their positions."""
    activities = [recording(name) for name in PAIR]
    if positions:
        activities = [by_positions(activity) for activity in activities]
    first, second = (prepare(activity) for activity in activities)
    return paired(first, second)


def tracks_m(lag_s: int) -> tuple[Floats, Floats]:
    """Return the tracks of the two watches on a plane that begins where the first did."""
    tracks = []
    for records in (recording(name).records for name in PAIR):
        known = np.isfinite(records.latitude_deg)
        seconds = np.arange(math.floor(records.timer_time_s[-1]) + 1.0)
        columns = (records.longitude_deg[known], records.latitude_deg[known])
        tracks.append([np.interp(seconds, records.timer_time_s[known], c) for c in columns])
    origin = np.array([[column[0]] for column in tracks[0]])
    metres = np.radians(1.0) * EARTH_RADIUS_M
    scale = np.array([[metres * math.cos(math.radians(origin[1, 0]))], [metres]])
    first, second = (((np.array(track) - origin) * scale).T for track in tracks)
    first, second = _lagged(first, second, lag_s)
    return first[START_S:-END_S], second[START_S:-END_S]


def apart_m(first: Floats, second: Floats) -> tuple[Floats, Floats, Floats]:
    """
    Say how far the first of two tracks is from the second.

    Parameters
    ----------
    first, second : array, shape (n, 2)
        East and north [m], second for second.

    Returns
    -------
    along, across : array, shape (n,)
        Ahead on the way of the second, and to the left of it [m].
    bends : array, shape (n,)
        What bends have added up to now to the way of the first, which takes them
        further out or further in [m].
    """
    steps = np.gradient(second, axis=0)
    mean = np.full(HEADING_S, 1 / HEADING_S)
    padded = np.pad(steps, ((HEADING_S // 2, HEADING_S // 2), (0, 0)), mode="edge")
    east, north = (np.convolve(column, mean, "valid") for column in padded.T)
    heading = np.unwrap(np.arctan2(north, east))
    ahead = np.stack((np.cos(heading), np.sin(heading)))
    off = (first - second).T
    along, across = (off * ahead).sum(axis=0), off[1] * ahead[0] - off[0] * ahead[1]
    between = (across[1:] + across[:-1]) / 2
    return along, across, np.concatenate(([0.0], np.cumsum(-between * np.diff(heading))))


def _gained(values: Floats, length_s: int) -> float:
    """Spread of what is gained over windows of this length, of one of two that are alike."""
    starts = np.arange(0, values.size - length_s, max(1, length_s // 5))
    gained = values[starts + length_s] - values[starts]
    return spread_of(gained, values.size / length_s).plain / math.sqrt(2)


def pair_table() -> str:
    """Return the error of one watch by length of window, beside what the method says."""
    pair = the_pair()
    own = math.hypot(*(prepare(recording(name)).roughness for name in PAIR)) / math.sqrt(2)
    chance = by_chance(pair.seconds)
    rows = [
        "| length, s | windows | one watch, % | robust, % | smooth form | rough form "
        "| robust by chance, were that true | stated for these two |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for length_s in LENGTHS_S:
        found = one_watch(pair, length_s)
        low, high = chance[length_s]
        rows.append(
            f"| {length_s} | {windows(pair, length_s)} | {found.plain:.2f} | {found.robust:.2f} "
            f"| {error_pct(NOISE_PCT_S, length_s):.2f} | {error_pct(ROUGH_PCT_S, length_s):.2f} "
            f"| {low:.2f} to {high:.2f} | {se_stretch_pct(length_s, own):.2f} |"
        )
    used = f"Used: {pair.seconds / 60:.0f} min. Lag found: {pair.lag_s} s"
    rows += ["", f"{used}. Roughness of the two together: {own:.2f}."]
    return "\n".join(rows)


def fit_table() -> str:
    """Return what fits the pair, how surely, and how far the two scales are apart."""
    pair = the_pair()
    rows = [
        "| of the pair, with 90 % intervals | spread, % | correlation time, s | error at 60 s, % "
        f"| at 600 s, % | beside a second of {SLOW_S:.0f} s: its spread, % |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, fit in zip(("plain", "robust"), fits_of(pair), strict=True):
        cells = [
            _with_interval(fit.best.spread, [d.spread for d in fit.draws]),
            _with_interval(fit.best.time_s, [d.time_s for d in fit.draws]),
            *(
                _with_interval(
                    error_pct(fit.best.parts, s), [error_pct(d.parts, s) for d in fit.draws]
                )
                for s in (60, 600)
            ),
            _with_interval(fit.slow.slow, [d.slow for d in fit.slow_draws]),
        ]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    for name, parts in (("rough form", ROUGH_PCT_S), ("smooth form", NOISE_PCT_S)):
        spreads, times = ([f"{part[i]:g}" for part in parts] for i in (0, 1))
        rows.append(
            f"| {name} of the method | {', '.join(spreads)} | {', '.join(times)} "
            f"| {error_pct(parts, 60):.2f} | {error_pct(parts, 600):.2f} | |"
        )
    scales = [abs(drawn.scale_pct) for drawn in resampled(pair)]
    apart = abs(pair.scale_pct)
    rows += [
        "",
        f"Scales apart: {_with_interval(apart, scales)} %; {apart / math.sqrt(2):.2f} % a watch "
        f"if both are alike. By their positions: {abs(the_pair(positions=True).scale_pct):.2f} %.",
        "",
        _around(pair.lag_s),
    ]
    return "\n".join(rows)


def _with_interval(value: float, draws: Sequence[float]) -> str:
    """Say a value and where 90 % of the draws lie."""
    low, high = interval(draws)
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _around(lag_s: int) -> str:
    """Say how the robust fit changes with the lag."""
    first, second = (prepare(recording(name)) for name in PAIR)
    lags = range(lag_s - AROUND_S, lag_s + AROUND_S + 1)
    fits = [fitted(measured_of(paired(first, second, lag))[1]) for lag in lags]
    spreads, times, errors = (
        f"{min(values):.{digits}f} to {max(values):.{digits}f}"
        for values, digits in (
            ([fit.spread for fit in fits], 1),
            ([fit.time_s for fit in fits], 1),
            ([error_pct(fit.parts, 60) for fit in fits], 2),
        )
    )
    return (
        f"With lags of {lags[0]} to {lags[-1]} s the robust fit is {spreads} % and {times} s; "
        f"its error at 60 s is {errors} %."
    )


def named(name: str) -> str:
    """Return a file as the collection has it: whose, and which."""
    owner, _, file = name.partition("--")
    return f"{owner}: {file}"


def positions_table() -> str:
    """Return how far positions and the distance of the same watch differ."""
    lengths = " | ".join(f"{s} s" for s in LONG_S)
    rows = [
        f"| recording | watch | totals apart, % | positions behind, s | {lengths} |",
        "|---|---|--:|--:|" + "--:|" * len(LONG_S),
    ]
    smart = lacking = 0
    for path in sorted(RUNS.iterdir()):
        activity = recording(path.name)
        if np.mean(np.diff(activity.records.timer_time_s) < 1.5) < EVERY_SECOND:
            smart += 1
            continue
        device = prepare(activity)
        if device.distance_source != "device":
            lacking += 1
            continue
        pair = paired(prepare(by_positions(activity)), device)
        cells = []
        for length_s in LONG_S:
            found = ratios_pct(pair, length_s) if windows(pair, length_s) >= MIN_WINDOWS else None
            cells.append(f"{found.robust:.2f} / {found.plain:.2f}" if found else "–")
        rows.append(
            f"| {named(path.name)} | {activity.device or 'unknown'} | {pair.scale_pct:+.2f} "
            f"| {pair.lag_s} | {' | '.join(cells)} |"
        )
    rows += [
        "",
        "Robust / plain spread in % over windows of each length. "
        f"Left out: {smart} recordings without a record every",
        f"second, and {lacking} at 1 Hz that have no distance of their own.",
    ]
    return "\n".join(rows)


def roughness_table() -> str:
    """Return how rough every recording of a run is, and what the forms of the method would be."""
    rows = [
        "| recording | watch | median gap, s | distance from | roughness |",
        "|---|---|--:|---|--:|",
    ]
    for path in sorted(RUNS.iterdir()):
        activity = recording(path.name)
        prepared = prepare(activity)
        gap_s = median(np.diff(activity.records.timer_time_s))
        rough = f"{prepared.roughness:.2f}" if prepared.roughness else "too short"
        rows.append(
            f"| {named(path.name)} | {activity.device or 'unknown'} | {gap_s:.0f} "
            f"| {prepared.distance_source} | {rough} |"
        )
    forms = {
        "the smooth form": NOISE_PCT_S,
        "the rough form": ROUGH_PCT_S,
        "a runner who holds a pace, without a watch": WANDER_PCT_S,
    }
    rows += [f"| *{k}* | | 1 | *made* | {expected_roughness(v):.2f} |" for k, v in forms.items()]
    return "\n".join(rows)


def two_positions_table() -> str:
    """Return the error of a distance summed from positions, beside that of its two ends."""
    pair = the_pair(positions=True)
    along, across, bends = apart_m(*tracks_m(pair.lag_s))
    rows = [
        "| length, s | windows | one watch, % | robust, % | form of the method, % | one watch, m "
        "| of it at the ends, m | in the bends, m | a position would have to err by, m |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for length_s in LENGTHS_S:
        found = one_watch(pair, length_s)
        first, second = distances_m(pair, length_s)
        form = 100 * math.sqrt(2) * POSITION_ERROR_M / float(np.concatenate((first, second)).mean())
        metres = spread_of(first - second, pair.seconds / length_s).plain / math.sqrt(2)
        rows.append(
            f"| {length_s} | {windows(pair, length_s)} | {found.plain:.2f} | {found.robust:.2f} "
            f"| {form:.2f} | {metres:.1f} | {_gained(along, length_s):.1f} "
            f"| {_gained(bends, length_s):.1f} | {metres / math.sqrt(2):.1f} |"
        )
    alone = [float(v.std()) / math.sqrt(2) for v in (along, across)]
    rows += [
        "",
        f"Lag found: {pair.lag_s} s. One position errs by {alone[0]:.1f} m along the way and by "
        f"{alone[1]:.1f} m across it,",
        f"beside {abs(float(across.mean())):.1f} m across that the two differ by all along.",
    ]
    return "\n".join(rows)


def tables() -> dict[str, str]:
    """Return every table by its name in the document."""
    makers = {
        "pair": pair_table,
        "fit": fit_table,
        "positions": positions_table,
        "roughness": roughness_table,
        "two positions": two_positions_table,
    }
    are_here = all((RUNS / name).is_file() for name in PAIR)
    return {name: make() if are_here else ABSENT for name, make in makers.items()}


def write(made: dict[str, str]) -> None:
    """Put the tables between their marks in the document; without recordings leave it alone."""
    before = text = DOC.read_text(encoding="utf-8")
    for name, table in made.items():
        mark, end = f"<!-- accuracy: {name} -->", "<!-- end -->"
        if mark in text and table != ABSENT:
            head, rest = text.split(mark, 1)
            text = f"{head}{mark}\n\n{table}\n\n{end}{rest.split(end, 1)[1]}"
    if text != before:
        DOC.write_text(text, encoding="utf-8")
