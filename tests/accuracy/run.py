"""
``make accuracy``: what is stated against what is true, over runs that were never tuned on.

Reporting seeds are 9000 and above; nothing in the method was fitted to them.
``--short`` is what CI runs; ``--write`` renews the tables of docs/methods/accuracy.md.
``--world`` runs the second world instead (`tests.accuracy.world`).
"""

from __future__ import annotations

import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from tests.accuracy import alignment, noise, picture, scoring, world
from tests.builders.drawn import drawn
from tests.builders.plans import EXAMPLE, FINE, MARATHON, THIRDS, typed
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx

FIRST_SEED = 9000
RUNS, SHORT_RUNS = 200, 30
EACH, SHORT_EACH = 40, 6

DOC = Path(__file__).parents[2] / "docs" / "methods" / "accuracy.md"
START, END = "<!-- make accuracy: start -->", "<!-- make accuracy: end -->"

PLANS = (EXAMPLE, THIRDS, FINE, MARATHON)

BEHAVIOURS = {
    "on plan": Behaviour(),
    "blocks 2-5 5 % fast": Behaviour(faster=dict.fromkeys(range(2, 6), 0.05)),
    "block 2 4 % fast": Behaviour(faster={2: 0.04}),
    "block 2 4 % slow": Behaviour(faster={2: -0.04}),
    "block 5 4 % fast": Behaviour(faster={5: 0.04}),
    "easy block 8 % fast": Behaviour(faster={1: 0.08}),
    "block 2 starts 8 % fast": Behaviour(fast_start=(2, 165.0, 0.08)),
    "greedy, then blow-up": Behaviour(
        faster={1: 0.04}, paces={2: 230.0, 3: 220.0}, pace_from=(2500.0, 285.0)
    ),
    "flat, 3:45 throughout": Behaviour(paces=dict.fromkeys(range(2, 6), 225.0)),
    "60 s stop in block 3": Behaviour(stops=(Stop(1800, 60),)),
    "ends half way through block 5": Behaviour(cut_s=3000.0),
}


def reviewed(plan, content: bytes, name: str):
    """Review a file against a plan."""
    return review_activity(read_bytes(content, name), read_plan(typed(plan)))


@dataclass(frozen=True)
class Pace:
    """A block's stated pace and error, and the truth."""

    stated: float
    error: float
    true: float


def paces_of(seed: int) -> list[Pace]:
    """Stated and true paces of all blocks of one random run, read from a FIT file."""
    plan = PLANS[seed % len(PLANS)]
    behaviour = tuple(BEHAVIOURS.values())[seed % 5] if plan is EXAMPLE else Behaviour()
    run = simulate(plan, behaviour, Device(), seed)
    review = reviewed(plan, write_fit(run), "run.fit")
    return [
        Pace(b.pace_s_per_km, b.pace_se_s_per_km, truth.clock_pace)
        for b, truth in zip(review.blocks, run.blocks, strict=True)
        if b.pace_s_per_km is not None and truth.clock_pace is not None
    ]


def formats_of(seed: int) -> tuple[float, float]:
    """Largest difference of a block's pace between FIT and TCX, and FIT and GPX [s/km]."""
    run = simulate(EXAMPLE, Behaviour(), Device(), seed)
    contents = ((write_fit(run), "a.fit"), (write_tcx(run), "a.tcx"), (write_gpx(run), "a.gpx"))
    fit, tcx, gpx = (
        [b.pace_s_per_km for b in reviewed(EXAMPLE, content, name).blocks]
        for content, name in contents
    )
    return (
        max(abs(a - b) for a, b in zip(fit, tcx, strict=True)),
        max(abs(a - b) for a, b in zip(fit, gpx, strict=True)),
    )


def score_of(job: tuple[str, int]) -> tuple[str, float, float, float, str, tuple[str, ...]]:
    """Score, interval, word and clear flags of one run of a behaviour."""
    name, seed = job
    run = simulate(EXAMPLE, BEHAVIOURS[name], Device(), seed)
    review = reviewed(EXAMPLE, write_fit(run), "run.fit")
    flags = tuple(f"{f.code}{f.block}" for f in review.flags if f.certainty == "clear")
    s = review.score
    return name, s.overall or 0.0, s.low or 0.0, s.high or 0.0, s.word or "", flags


def coverage(paces: list[Pace]) -> float:
    """Share of blocks whose truth lies within 1.645 standard errors [%]."""
    inside = [abs(p.stated - p.true) <= 1.645 * p.error for p in paces]
    return 100 * statistics.mean(inside)


def pace_table(pool, runs: int) -> str:
    """Return the table of block paces."""
    seeds = range(FIRST_SEED, FIRST_SEED + runs)
    paces = [p for ps in pool.map(paces_of, seeds, chunksize=4) for p in ps]
    errors = [abs(p.stated - p.true) for p in paces]
    signed = statistics.mean(p.stated - p.true for p in paces)
    ninety = statistics.quantiles(errors, n=10)[-1]
    return "\n".join(
        [
            "| runs | blocks | truth within 1.645 SE | median error | 90 % below | mean |",
            "|--:|--:|--:|--:|--:|--:|",
            f"| {runs} | {len(paces)} | {coverage(paces):.1f} % "
            f"| {statistics.median(errors):.1f} s/km | {ninety:.1f} s/km | {signed:+.2f} s/km |",
        ]
    )


def format_table(pool, runs: int) -> str:
    """Return the table of formats."""
    pairs = list(pool.map(formats_of, range(FIRST_SEED, FIRST_SEED + runs)))
    tcx, gpx = max(p[0] for p in pairs), max(p[1] for p in pairs)
    return "\n".join(
        [
            "| one run, two files | runs | largest difference of a block's pace |",
            "|---|--:|--:|",
            f"| FIT and TCX | {runs} | {tcx:.2f} s/km |",
            f"| FIT and GPX | {runs} | {gpx:.2f} s/km |",
        ]
    )


def placed_of(seed: int) -> tuple[str, list[Pace]]:
    """How a run drawn at random was placed, and how surely; stated and true paces on its plan."""
    draw = drawn(seed)
    run = draw.run
    review = reviewed(draw.plan, write_fit(run), "run.fit")
    sure = review.alignment.confidence or 0.0
    kind = "0.9 or more" if sure >= 0.9 else "0.5 to 0.9" if sure >= 0.5 else "below 0.5"
    basis = review.alignment.basis.replace("_", " ")
    paces = [
        Pace(b.pace_s_per_km, b.pace_se_s_per_km, truth.clock_pace)
        for b, truth in zip(review.blocks, run.blocks, strict=True)
        if b.pace_s_per_km is not None and truth.clock_pace is not None
    ]
    return f"{basis}, confidence {kind}", paces


def placing_table(pool, runs: int) -> str:
    """Return the table of runs drawn at random: how the placing of the blocks tells."""
    first = FIRST_SEED + 500
    found = list(pool.map(placed_of, range(first, first + runs), chunksize=4))
    rows = [
        "| how the blocks were placed | runs | blocks | truth within 1.645 SE | median error |",
        "|---|--:|--:|--:|--:|",
    ]
    for kind in sorted({k for k, _ in found}):
        paces = [p for k, ps in found if k == kind for p in ps]
        count = sum(k == kind for k, _ in found)
        middle = statistics.median(abs(p.stated - p.true) for p in paces)
        rows.append(
            f"| {kind} | {count} | {len(paces)} | {coverage(paces):.0f} % | {middle:.1f} s/km |"
        )
    return "\n".join(rows)


def score_table(pool, each: int) -> str:
    """Return the table of scores and flags."""
    jobs = [(name, FIRST_SEED + i) for name in BEHAVIOURS for i in range(each)]
    results = list(pool.map(score_of, jobs, chunksize=4))
    rows = [
        f"| runner ({each} runs each) | score, median (5-95 %) | held | any clear flag "
        "| clear flags in 20 % or more |",
        "|---|--:|--:|--:|---|",
    ]
    for name in BEHAVIOURS:
        mine = [r for r in results if r[0] == name]
        scores = sorted(r[1] for r in mine)
        low, high = scores[len(scores) // 20], scores[-1 - len(scores) // 20]
        held = 100 * statistics.mean(r[4] == "held" for r in mine)
        flagged = 100 * statistics.mean(bool(r[5]) for r in mine)
        shares = {c: 100 * statistics.mean(c in r[5] for r in mine) for r in mine for c in r[5]}
        common = ", ".join(f"{c} {s:.0f}" for c, s in sorted(shares.items()) if s >= 20)
        rows.append(
            f"| {name} | {statistics.median(scores):.0f} ({low:.0f}-{high:.0f}) | {held:.0f} % "
            f"| {flagged:.0f} % | {common} |"
        )
    return "\n".join(rows)


def main(arguments: list[str]) -> None:
    """Print the tables, and put them into the document if asked to."""
    if "--world" in arguments:
        world.main(arguments)
        return
    short = "--short" in arguments
    with ProcessPoolExecutor(2) as pool:
        tables = [
            pace_table(pool, SHORT_RUNS if short else RUNS),
            format_table(pool, 3 if short else 12),
            score_table(pool, SHORT_EACH if short else EACH),
            placing_table(pool, SHORT_RUNS if short else RUNS),
        ]
        placing = alignment.tables(pool, short=short)
        judging = scoring.all_tables(pool, short=short)
        worldly = world.short_tables(pool) if short else {}
    noisy = noise.tables()
    text = "\n\n".join(tables)
    sys.stdout.write(
        text
        + "\n\n"
        + "\n\n".join([*placing.values(), *judging.values(), *noisy.values(), *worldly.values()])
        + "\n"
    )
    if "--write" in arguments:
        alignment.write(placing)
        alignment.write(judging, scoring.DOC)
        noise.write(noisy)
        picture.draw()
        document = DOC.read_text(encoding="utf-8")
        head, rest = document.split(START)
        tail = rest.split(END)[1]
        DOC.write_text(f"{head}{START}\n\n{text}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
