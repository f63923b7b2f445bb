"""
``make accuracy``, second half: are boundaries where we say, and as sure as we say.

The tables of docs/methods/alignment.md. Runs are those of `REPORTING_DRAWN`, on
which nothing was ever tuned; every method sees the same recordings.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analyzer import read_activity, read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from tests.accuracy.others import PEERS
from tests.accuracy.placing import EVIDENCE, HIDDEN, RESULT, case_of, posterior_of
from tests.builders.drawn import drawn, drawn_wide
from tests.builders.plans import EXAMPLE, ONE_LINE
from tests.builders.seeds import REPORTING, REPORTING_DRAWN, REPORTING_MORE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.places import REAL as ACTIVITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Executor

    from tests.accuracy.placing import Case

DOC = Path(__file__).parents[2] / "docs" / "methods" / "alignment.md"

SHORT_RUNS = 24
EACH, SHORT_EACH = 30, 4

METHODS = (*PEERS, HIDDEN, EVIDENCE, RESULT)

BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.01))


def published(seed: int) -> Case:
    """One run of the published set (method 14.6)."""
    return case_of(drawn(seed))


def published_ours(seed: int) -> Case:
    """One run of the same set, placed by our method alone."""
    return case_of(drawn(seed), with_peers=False)


def wide(seed: int) -> Case:
    """One run of the wide set: all plans, foot pods, blocks by distance, steps."""
    return case_of(drawn_wide(seed), with_peers=False)


def inner(case: Case, method: str) -> np.ndarray:
    """Errors of all inner boundaries that were run."""
    errors: np.ndarray = case.placed[method].error_s[1:]
    known: np.ndarray = errors[~np.isnan(errors)]
    return known


def described(errors: np.ndarray) -> str:
    """Median, 90th percentile and shares as cells of a table."""
    if not errors.size:
        return "– | – | – | –"
    middle, ninety = (
        float(np.sort(errors)[min(errors.size - 1, int(share * errors.size))])
        for share in (0.5, 0.9)
    )
    cells = [f"{middle:.1f}" if middle < np.inf else "none"]
    cells.append(f"{ninety:.0f}" if ninety < np.inf else "none")
    return (
        f"{cells[0]} | {cells[1]} | {100 * np.mean(errors <= 15):.1f} "
        f"| {100 * np.mean(errors <= 30):.1f}"
    )


def methods_table(cases: Sequence[Case]) -> str:
    """Every method on the same runs."""
    count = sum(inner(c, HIDDEN).size for c in cases)
    rows = [
        f"| method ({len(cases)} runs, {count} inner boundaries) | median, s | 90 %, s "
        "| within 15 s, % | within 30 s, % | error of the pace between, s/km, median / 90 % |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for method in METHODS:
        errors = np.concatenate([inner(c, method) for c in cases])
        pace = np.concatenate([c.placed[method].pace_error for c in cases])
        pace = np.sort(pace[~np.isnan(pace)])
        ends = f"{np.median(pace):.1f} / {pace[int(0.9 * pace.size)]:.1f}"
        rows.append(f"| {method} | {described(errors)} | {ends} |")
    return "\n".join(rows)


def kinds_table(cases: Sequence[Case], method: str = EVIDENCE) -> str:
    """Ours by what there is to go by."""
    kinds: dict[str, list[Case]] = {
        "manual laps": [c for c in cases if c.kind == "manual laps"],
        "messy laps (12 s off, 15 % forgotten, 25 % extra)": [
            c for c in cases if c.kind == "messy laps"
        ],
        "no laps, or automatic ones": [c for c in cases if c.kind == "none or auto"],
        "workout steps (the watch leads, the runner follows)": [
            c for c in cases if c.kind == "workout steps"
        ],
        "a block left out": [c for c in cases if c.skipped],
        "cut short": [c for c in cases if c.is_cut],
    }
    rows = [
        "| runs | boundaries | median, s | 90 %, s | within 15 s, % | within 30 s, % |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, members in kinds.items():
        if members:
            errors = np.concatenate([inner(c, method) for c in members])
            rows.append(f"| {name} | {errors.size} | {described(errors)} |")
    early = [c for c in cases if c.is_early]
    starts = np.array([c.placed[method].error_s[0] for c in early])
    hidden = np.array([c.placed[HIDDEN].error_s[0] for c in early])
    if early:
        rows.append(
            f"| start of block 1, recording begun early | {len(early)} | {described(starts)} |"
        )
        rows.append(f"| the same, by the pace alone | {len(early)} | {described(hidden)} |")
    return "\n".join(rows)


def honesty_table(cases: Sequence[Case]) -> str:
    """Stated against true: intervals, confidence, missed blocks, cut runs."""
    confidence, hit, covered = [], [], []
    for case in cases:
        placed = case.placed[EVIDENCE]
        for i, true_s in enumerate(placed.truth_s):
            if np.isnan(true_s) or np.isnan(placed.starts_s[i]) or (i == 0 and not case.is_early):
                continue
            confidence.append(case.confidence[i])
            hit.append(placed.error_s[i] <= 15)
            covered.append(case.low_s[i] <= true_s <= case.high_s[i])
    sure, right = np.array(confidence), np.array(hit)
    rows = [
        f"90 % intervals hold the truth in {100 * np.mean(covered):.1f} % of {len(covered)} "
        "boundaries.",
        "",
        "| confidence | boundaries | stated | within 15 s |",
        "|---|--:|--:|--:|",
    ]
    for low, high in BINS:
        these = (sure >= low) & (sure < high)
        if these.any():
            rows.append(
                f"| {low:g} to {min(high, 1):g} | {these.sum()} | {sure[these].mean():.2f} "
                f"| {right[these].mean():.2f} |"
            )
    rows += ["", _counted(cases)]
    return "\n".join(rows)


def _counted(cases: Sequence[Case]) -> str:
    """Say how often a missed block and an early end are seen, and falsely seen."""
    skipped = [c for c in cases if c.skipped]
    whole = [c for c in cases if not c.skipped]
    cut = [c for c in cases if c.is_cut]
    ended = [c for c in cases if not c.is_cut]
    right = sum(round(c.p_skipped) == c.skipped for c in skipped)
    return (
        f"Blocks left out are counted right in {right} of {len(skipped)} runs, falsely in "
        f"{sum(c.p_skipped >= 0.5 for c in whole)} of {len(whole)}. "
        f"Runs cut short are seen in {sum(c.p_cut >= 0.5 for c in cut)} of {len(cut)}, falsely in "
        f"{sum(c.p_cut >= 0.5 for c in ended)} of {len(ended)}."
    )


def starts_table(cases: Sequence[Case]) -> str:
    """Where the clock alignment starts block 1, by what it rests on."""
    rows = [
        "| clock alignment rests on | runs | start within 15 s, % | within 30 s, % |",
        "|---|--:|--:|--:|",
    ]
    names = {
        ("workout_steps", 1): "workout steps",
        ("laps", 1): "laps that fit",
        ("laps", 2): "laps or the clock, two readings, the nearer",
        ("clock", 1): "the start of the recording",
        ("fitted_start", 1): "a start found in the pace",
        ("clock", 2): "two readings, the nearer",
    }
    for key, name in names.items():
        errors = np.array([c.start_error_s for c in cases if (c.basis, c.readings) == key])
        if errors.size:
            rows.append(
                f"| {name} | {errors.size} | {100 * np.mean(errors <= 15):.0f} "
                f"| {100 * np.mean(errors <= 30):.0f} |"
            )
    return "\n".join(rows)


BLOCKS = range(2, 6)

CIRCULAR = {
    "on plan": Behaviour(),
    "blocks 2-5 2.5 % too fast": Behaviour(faster=dict.fromkeys(BLOCKS, 0.025)),
    "blocks 2-5 2.5 % too slow": Behaviour(faster=dict.fromkeys(BLOCKS, -0.025)),
}


def circular_of(job: tuple[str, int]) -> tuple[str, float, float, float]:
    """Mean deviation of blocks 2-5: true, as reported, and as an exact-target fit would say."""
    name, seed = job
    run = simulate(EXAMPLE, CIRCULAR[name], Device(scale_pct=0.0), seed)
    activity = read_bytes(write_fit(run), "run.fit")
    plan = read_plan(ONE_LINE["example"])
    review = review_activity(activity, plan)
    true = statistics.mean((run.blocks[i].clock_pace or 0.0) - EXAMPLE[i].pace for i in range(1, 5))
    stated = statistics.mean(b.deviation_s_per_km or 0.0 for b in review.blocks[1:])
    prepared = prepare(activity)
    starts = PEERS["exact target, no durations"](plan, prepared, np.empty(0))
    ends = [*starts[1:], float(prepared.seconds)]
    edges = np.arange(prepared.seconds + 1)
    fitted = []
    for i in range(1, 5):
        if ends[i] - starts[i] < 30:
            continue
        run_m = np.interp([starts[i], ends[i]], edges, prepared.distance_m)
        fitted.append(1000 * (ends[i] - starts[i]) / (run_m[1] - run_m[0]) - EXAMPLE[i].pace)
    return name, true, stated, statistics.mean(fitted) if fitted else np.nan


SHIFTS = (-120.0, -60.0, 60.0, 120.0)


def shifted_of(job: tuple[float, str, int]) -> tuple[float, str, list[float], float, float, str]:
    """Shifts found of the four changes; deviation of block 1, true and stated; how surely told."""
    shift_s, laps, seed = job
    device = Device(scale_pct=0.0, laps=laps)
    run = simulate(EXAMPLE, Behaviour(shift_s=shift_s, after=(400.0, 330.0)), device, seed)
    review = review_activity(read_bytes(write_fit(run), "run.fit"), read_plan(ONE_LINE["example"]))
    found = [b.executed.shift_s for b in review.blocks[1:] if b.executed is not None]
    block = 0 if shift_s < 0 else 1
    true = (run.blocks[block].clock_pace or 0.0) - EXAMPLE[block].pace
    code = "GREEDY" if shift_s < 0 else "LATE_CHANGE"
    told = {f.certainty for f in review.flags if f.code == code}
    surest = next((c for c in ("clear", "possible", "cannot_tell") if c in told), "")
    stated = review.blocks[block].deviation_s_per_km or 0.0
    return shift_s, laps, found, true, stated, surest


def circular_table(pool: Executor, each: int) -> str:
    """Whether fitting flatters: what is reported against what was run."""
    seeds = REPORTING[:each]
    jobs = [(name, seed) for name in CIRCULAR for seed in seeds]
    results = list(pool.map(circular_of, jobs, chunksize=4))
    rows = [
        f"| behaviour ({each} runs each) | true, s/km | ours | exact-target fit |",
        "|---|--:|--:|--:|",
    ]
    for name in CIRCULAR:
        mine = np.array([r[1:] for r in results if r[0] == name])
        true, ours, fitted = np.nanmean(mine, axis=0)
        rows.append(f"| {name} | {true:+.2f} | {ours:+.2f} | {fitted:+.2f} |")
    return "\n".join(rows)


def shifted_table(pool: Executor, each: int) -> str:
    """Whether early and late changes are found, and the clock keeps their price."""
    seeds = REPORTING[:each]
    jobs = [(s, laps, seed) for s in SHIFTS for laps in ("none", "beeps") for seed in seeds]
    results = list(pool.map(shifted_of, jobs, chunksize=4))
    rows = [
        "| every change | lap presses | median shift found, s | block 1 (early) or 2 (late), "
        "s/km: true / stated | told as clear, % | as cannot tell, % |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for shift_s in SHIFTS:
        for laps in ("none", "beeps"):
            mine = [r for r in results if r[:2] == (shift_s, laps)]
            found = statistics.median([s for r in mine for s in r[2]])
            true = statistics.mean(r[3] for r in mine)
            stated = statistics.mean(r[4] for r in mine)
            clear, hidden = (
                100 * statistics.mean(r[5] == sure for r in mine)
                for sure in ("clear", "cannot_tell")
            )
            side = "early" if shift_s < 0 else "late"
            pressed = "when the watch beeps" if laps == "beeps" else "none"
            rows.append(
                f"| {abs(shift_s):.0f} s {side} | {pressed} | {found:+.0f} "
                f"| {true:+.1f} / {stated:+.1f} | {clear:.0f} | {hidden:.0f} |"
            )
    return "\n".join(rows)


REAL = {
    "runs/connectstats--track_cs_728599.fit": "fenix 6X, six presses",
    "runs/fit--activity-small-fenix2-run.fit": "fenix 2, three presses",
    "runs/workoutizer--with_nones.fit": "FR25, thirteen presses",
    "runs/runpandas--stopped_example.tcx": "TCX, two laps",
    "structured/fitparse-rs--hrv-activity.fit": "Edge 530, workout steps (cycling)",
}


def real_table() -> str:
    """Boundaries found in real recordings, beside the laps of the device, which are hidden."""
    rows = [
        "| recording | laps of 20 s or more | boundaries | median, s | within 15 s "
        "| within 30 s | mean confidence |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, what in REAL.items():
        path = ACTIVITIES / name
        if not path.exists():
            continue
        found = real_of(path)
        if found is None:
            continue
        count, errors, sure = found
        rows.append(
            f"| {what} | {count} | {errors.size} | {np.median(errors):.0f} "
            f"| {int(np.sum(errors <= 15))} | {int(np.sum(errors <= 30))} | {sure:.2f} |"
        )
    return "\n".join(rows) if len(rows) > 2 else "Real recordings are not here."


def real_of(path) -> tuple[int, np.ndarray, float] | None:
    """
    Hide a device's laps, plan them as a coach might have, and look for them in the pace.

    The plan has each lap's length to the half minute (10 s for laps under three
    minutes) and its pace to 5 s/km, so that it knows neither exactly.
    """
    activity = read_activity(path)
    prepared = prepare(activity)
    edges = np.arange(prepared.seconds + 1)
    ends = prepared.clock.timer_at(np.array([lap.span.end_s for lap in activity.laps]))
    starts = np.concatenate(([0.0], ends[:-1]))
    lines, true = [], []
    for start_s, end_s in _joined(starts.tolist(), ends.tolist()):
        run_m = np.interp([start_s, end_s], edges, prepared.distance_m)
        pace = 5 * round(1000 * (end_s - start_s) / max(run_m[1] - run_m[0], 1.0) / 5)
        whole = 10 if end_s - start_s < 180 else 30
        seconds = max(whole, whole * round((end_s - start_s) / whole))
        lines.append(f"{seconds}s @ {max(pace, 60) // 60}:{max(pace, 60) % 60:02d}/km")
        true.append(start_s)
    if len(true) < 2:
        return None
    posterior = posterior_of(read_plan(", ".join(lines)), prepared, np.empty(0))
    pairs = [(b, t) for b, t in zip(posterior.starts, true, strict=True) if b is not None]
    errors = np.array([abs(b.at_s - t) for b, t in pairs[1:]])
    return len(true), errors, statistics.mean(b.confidence for b, _ in pairs[1:])


def _joined(starts: list[float], ends: list[float]) -> list[tuple[float, float]]:
    """Laps of 20 s or more, shorter ones joined to the lap before them."""
    laps: list[tuple[float, float]] = []
    for start_s, end_s in zip(starts, ends, strict=True):
        if laps and end_s - start_s < 20:
            laps[-1] = (laps[-1][0], end_s)
        else:
            laps.append((start_s, end_s))
    return laps


def tables(pool: Executor, *, short: bool) -> dict[str, str]:
    """Return every table by its name in the document."""
    seeds: Iterable[int] = REPORTING_DRAWN[:SHORT_RUNS] if short else REPORTING_DRAWN
    cases = list(pool.map(published, seeds, chunksize=4))
    more = [] if short else list(pool.map(published_ours, REPORTING_MORE, chunksize=8))
    others = list(pool.map(wide, seeds, chunksize=4))
    each = SHORT_EACH if short else EACH
    return {
        "methods": methods_table(cases),
        "kinds": kinds_table([*cases, *more]),
        "honesty": honesty_table([*cases, *more]),
        "starts": starts_table([*cases, *more]),
        "wide": kinds_table(others) + "\n\n" + honesty_table(others),
        "circular": circular_table(pool, each),
        "shifted": shifted_table(pool, each),
        "real": real_table(),
    }


def write(made: dict[str, str], document: Path = DOC) -> None:
    """Put the tables between their marks in a document."""
    text = document.read_text(encoding="utf-8")
    for name, table in made.items():
        mark, end = f"<!-- accuracy: {name} -->", "<!-- end -->"
        if mark in text:
            head, rest = text.split(mark, 1)
            text = f"{head}{mark}\n\n{table}\n\n{end}{rest.split(end, 1)[1]}"
    document.write_text(text, encoding="utf-8")
