"""
What must be true of score and flags: ``make accuracy``, the tables of docs/methods/scoring.md.

Runs of one behaviour each, reviewed from a FIT file like any other. Reporting seeds unless a
caller says otherwise (tuning has its own).
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from tests.builders.plans import EXAMPLE, FINE, KILOMETRES, MARATHON, THIRDS, typed
from tests.builders.seeds import REPORTING
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from analyzer.model.review import Review
    from tests.builders.simulate import PlannedBlock

DOC = Path(__file__).parents[2] / "docs" / "methods" / "scoring.md"

PLANS = {
    "example": EXAMPLE,
    "marathon": MARATHON,
    "thirds": THIRDS,
    "2 km steps": KILOMETRES,
    "5 s/km steps": FINE,
}

LAST = "last block 4 % fast"
GREEDY = "blocks 2-3 at the next block's pace"
BLOWN = "the same, then 4:45 from 2500 s"

BEHAVIOURS = {
    "on plan": Behaviour(),
    LAST: Behaviour(faster={5: 0.04}),
    GREEDY: Behaviour(paces={2: 230.0, 3: 220.0}),
    BLOWN: Behaviour(paces={2: 230.0, 3: 220.0}, pace_from=(2500.0, 285.0)),
    "block 2 4 % fast": Behaviour(faster={2: 0.04}),
    "block 2 4 % slow": Behaviour(faster={2: -0.04}),
    "block 5 4 % slow": Behaviour(faster={5: -0.04}),
    "blocks 2-5 2.5 % fast": Behaviour(faster=dict.fromkeys(range(2, 6), 0.025)),
    "blocks 2-5 5 % fast": Behaviour(faster=dict.fromkeys(range(2, 6), 0.05)),
    "blocks 2-5 4 % slow": Behaviour(faster=dict.fromkeys(range(2, 6), -0.04)),
    "easy block 8 % fast": Behaviour(faster={1: 0.08}),
    "first 180 s of block 1 8 % fast": Behaviour(fast_start=(1, 180.0, 0.08)),
    "first 165 s of block 2 8 % fast": Behaviour(fast_start=(2, 165.0, 0.08)),
    "every change 120 s early": Behaviour(shift_s=-120.0),
    "every change 90 s late": Behaviour(shift_s=90.0),
    "block 5 fades by 11 %": Behaviour(fade={5: 0.11}),
    "flat, 3:45 throughout": Behaviour(paces=dict.fromkeys(range(2, 6), 225.0)),
    "block 3 in waves of 5 %, 40 s": Behaviour(surging={3: (0.05, 40.0)}),
    "blocks 2-5 in waves of 5 %, 40 s": Behaviour(surging=dict.fromkeys(range(2, 6), (0.05, 40.0))),
    "60 s stop in block 3": Behaviour(stops=(Stop(1800, 60),)),
    "ends half way through block 5": Behaviour(cut_s=3000.0),
}
"""Runners, all on the example plan."""

EXPECTED: dict[str, tuple[tuple[str, tuple[int | None, ...]], ...]] = {
    LAST: (("TOO_FAST", (5,)),),
    GREEDY: (("GREEDY", (2, 3)),),
    BLOWN: (("GREEDY", (2, 3)), ("BLOW_UP", (4,))),
    "blocks 2-5 5 % fast": (("TOO_FAST", (2, 3, 4, 5)), ("GREEDY", (2, 3, 4))),
    "blocks 2-5 4 % slow": (("TOO_SLOW", (2, 3, 4, 5)),),
    "easy block 8 % fast": (("TOO_FAST", (1,)),),
    "first 180 s of block 1 8 % fast": (("FAST_START", (1,)),),
    "first 165 s of block 2 8 % fast": (("FAST_START", (2,)),),
    "every change 120 s early": (("GREEDY", (1, 2, 3, 4)),),
    "block 5 fades by 11 %": (("FADE", (5,)),),
    "flat, 3:45 throughout": (("NON_PROGRESSION", (3, 4, 5)),),
    "block 3 in waves of 5 %, 40 s": (("SURGING", (3,)),),
    "blocks 2-5 in waves of 5 %, 40 s": (("SURGING", (2, 3, 4, 5)),),
    "60 s stop in block 3": (("STOPPED", (3,)),),
    "ends half way through block 5": (("TRUNCATED", (5,)),),
}
"""The finding that names each behaviour; clear in any of these blocks counts as found."""


@dataclass(frozen=True)
class Judged:
    """What a review said of one run."""

    name: str
    seed: int
    score: float
    low: float
    high: float
    word: str
    clear: tuple[tuple[str, int | None], ...]
    possible: tuple[tuple[str, int | None], ...]
    hidden: tuple[str, ...]


def review_of(
    plan: tuple[PlannedBlock, ...], behaviour: Behaviour, seed: int, device: Device | None = None
) -> Review:
    """Simulate, write, read and review one run."""
    run = simulate(plan, behaviour, device or Device(), seed)
    return review_activity(read_bytes(write_fit(run), "run.fit"), read_plan(typed(plan)))


def judged(name: str, seed: int, review: Review) -> Judged:
    """Keep what the tables need."""
    s = review.score
    sure = {
        kind: tuple((f.code, f.block) for f in review.flags if f.certainty == kind)
        for kind in ("clear", "possible", "cannot_tell")
    }
    return Judged(
        name, seed, s.overall or 0.0, s.low or 0.0, s.high or 0.0, s.word or "",
        sure["clear"], sure["possible"], tuple(code for code, _ in sure["cannot_tell"]),
    )  # fmt: skip


def behaved(job: tuple[str, int]) -> Judged:
    """Judge one runner on the example plan."""
    name, seed = job
    return judged(name, seed, review_of(EXAMPLE, BEHAVIOURS[name], seed))


def on_plan(job: tuple[str, int]) -> Judged:
    """Judge a runner who does what one of the plans says."""
    name, seed = job
    return judged(name, seed, review_of(PLANS[name], Behaviour(), seed))


ROUGH = Device(noise_parts=((0.082, 2.0),))
"""The noise of two real watches (docs/methods/noise.md)."""


def on_plan_rough(job: tuple[str, int]) -> Judged:
    """Do the same with the noise of two real watches."""
    name, seed = job
    return judged(name, seed, review_of(PLANS[name], Behaviour(), seed, ROUGH))


def on_phone(job: tuple[str, int]) -> Judged:
    """Judge the same from a GPX with positions alone."""
    name, seed = job
    run = simulate(PLANS[name], Behaviour(), Device(scale_pct=1.5), seed)
    activity = read_bytes(write_gpx(run), "run.gpx")
    return judged(name, seed, review_activity(activity, read_plan(typed(PLANS[name]))))


def share(flags: Sequence[bool]) -> float:
    """Percent of true."""
    return 100 * statistics.mean(flags) if flags else float("nan")


def on_plan_table(
    pool: Executor, seeds: Sequence[int], judge: Callable[[tuple[str, int]], Judged] = on_plan
) -> str:
    """Return what runs get that were run as planned."""
    jobs = [(name, seed) for name in PLANS for seed in seeds]
    found = list(pool.map(judge, jobs, chunksize=4))
    rows = [
        f"| plan ({len(seeds)} runs each, on plan) | score, median (5-95 %) | held, % "
        "| any clear flag, % | the most frequent codes, % of runs | possible only, % |",
        "|---|--:|--:|--:|---|--:|",
    ]
    for name in PLANS:
        mine = [j for j in found if j.name == name]
        scores = sorted(j.score for j in mine)
        low, high = scores[len(scores) // 20], scores[-1 - len(scores) // 20]
        codes = Counter(chain.from_iterable({c for c, _ in j.clear} for j in mine))
        common = ", ".join(f"{c} {100 * n / len(mine):.0f}" for c, n in codes.most_common(3))
        rows.append(
            f"| {name} | {statistics.median(scores):.0f} ({low:.0f}-{high:.0f}) "
            f"| {share([j.word == 'held' for j in mine]):.0f} "
            f"| {share([bool(j.clear) for j in mine]):.0f} | {common} "
            f"| {share([not j.clear and bool(j.possible) for j in mine]):.0f} |"
        )
    return "\n".join(rows)


def recall_table(found: Sequence[Judged]) -> str:
    """Return how often each behaviour is named."""
    rows = [
        "| runner | score, median (5-95 %) | held or mostly, % | finding | clear, % "
        "| clear or possible, % |",
        "|---|--:|--:|---|--:|--:|",
    ]
    for name in BEHAVIOURS:
        mine = [j for j in found if j.name == name]
        if not mine:
            continue
        scores = sorted(j.score for j in mine)
        low, high = scores[len(scores) // 20], scores[-1 - len(scores) // 20]
        head = f"| {name} | {statistics.median(scores):.0f} ({low:.0f}-{high:.0f}) "
        head += f"| {share([j.word in ('held', 'mostly held') for j in mine]):.0f} "
        for code, blocks in EXPECTED.get(name, (("", ()),)):
            if not code:
                rows.append(f"{head}| | | |")
                continue
            clear = share([any(c == code and b in blocks for c, b in j.clear) for j in mine])
            either = share(
                [any(c == code and b in blocks for c, b in (*j.clear, *j.possible)) for j in mine]
            )
            rows.append(f"{head}| {code} | {clear:.0f} | {either:.0f} |")
    return "\n".join(rows)


def hidden_table(pool: Executor, seeds: Sequence[int]) -> str:
    """Return how often a report says that small errors or steps would not show."""
    rows = [
        "| plan | recording | TOO_FAST cannot tell, % of runs | NON_PROGRESSION | any clear, % |",
        "|---|---|--:|--:|--:|",
    ]
    for name in PLANS:
        for device, judge in (("watch", on_plan), ("phone, GPX", on_phone)):
            mine = list(pool.map(judge, [(name, seed) for seed in seeds], chunksize=4))
            said = [
                share([code in j.hidden for j in mine]) for code in ("TOO_FAST", "NON_PROGRESSION")
            ]
            rows.append(
                f"| {name} | {device} | {said[0]:.0f} | {said[1]:.0f} "
                f"| {share([bool(j.clear) for j in mine]):.0f} |"
            )
    return "\n".join(rows)


SMALL = ("marathon", "2 km steps", "5 s/km steps")
"""Plans whose steps are small, or whose blocks are given in metres."""


def _small(name: str, fault: str) -> Behaviour:
    """Return a runner with a fault in every block but the easy one."""
    plan = PLANS[name]
    numbers = range(2, len(plan) + 1)
    if fault == "every block at the next one's pace":
        return Behaviour(paces={k: plan[k].pace for k in numbers if k < len(plan)})
    if fault == "every block 5 % fast":
        return Behaviour(faster=dict.fromkeys(numbers, 0.05))
    if fault == "flat, at the mean pace":
        mean = statistics.mean(b.pace for b in plan[1:])
        return Behaviour(paces=dict.fromkeys(numbers, mean))
    return Behaviour(stops=(Stop(1500, 60),))


SMALL_FAULTS = {
    "every block at the next one's pace": ("GREEDY", "TOO_FAST"),
    "every block 5 % fast": ("TOO_FAST",),
    "flat, at the mean pace": ("NON_PROGRESSION",),
    "60 s stop": ("STOPPED",),
}
"""Faults, and the codes that name them."""


def small_of(job: tuple[str, str, int]) -> Judged:
    """Judge a runner with a fault on a plan with small steps."""
    name, fault, seed = job
    return judged(f"{name}|{fault}", seed, review_of(PLANS[name], _small(name, fault), seed))


def small_table(pool: Executor, seeds: Sequence[int]) -> str:
    """Return how often faults are named on plans with smaller steps than the example's."""
    jobs = [(name, fault, seed) for name in SMALL for fault in SMALL_FAULTS for seed in seeds]
    found = list(pool.map(small_of, jobs, chunksize=4))
    rows = [
        "| plan | runner | score, median | held or mostly, % | finding | clear, % "
        "| clear or possible, % |",
        "|---|---|--:|--:|---|--:|--:|",
    ]
    for name in SMALL:
        for fault, codes in SMALL_FAULTS.items():
            mine = [j for j in found if j.name == f"{name}|{fault}"]
            clear = share([any(c in codes for c, _ in j.clear) for j in mine])
            either = share([any(c in codes for c, _ in (*j.clear, *j.possible)) for j in mine])
            rows.append(
                f"| {name} | {fault} | {statistics.median(j.score for j in mine):.0f} "
                f"| {share([j.word in ('held', 'mostly held') for j in mine]):.0f} "
                f"| {' or '.join(codes)} | {clear:.0f} | {either:.0f} |"
            )
    return "\n".join(rows)


ORDER = (
    ("on plan", LAST),
    (LAST, GREEDY),
    (GREEDY, BLOWN),
    (LAST, "block 2 4 % fast"),
    ("block 2 4 % slow", "block 2 4 % fast"),
    ("on plan", "60 s stop in block 3"),
)
"""Pairs of runners, the better one first."""


def order_table(pool: Executor, found: Sequence[Judged]) -> str:
    """
    Return how often the better of two runners scores higher, on the same day with the same watch.

    As they come, one block wanders up to 3 % more than the other by itself, and the errors
    are not the same; so once more without the runner's own wander.
    """
    seeds = sorted({j.seed for j in found})
    names = sorted({name for pair in ORDER for name in pair})
    jobs = [(name, seed) for name in names for seed in seeds]
    scores = {
        "as they come": {(j.name, j.seed): j.score for j in found},
        "without": {(n, s): v for n, s, v in pool.map(unwavering, jobs, chunksize=4)},
    }
    rows = [
        "| better | worse | in that order, % of pairs | apart, median "
        "| the same without the runner's own wander, % | apart |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for better, worse in ORDER:
        row = f"| {better} | {worse} |"
        for made in scores.values():
            gaps = [made[better, s] - made[worse, s] for s in seeds]
            row += f" {share([g > 0 for g in gaps]):.0f} | {statistics.median(gaps):.1f} |"
        rows.append(row)
    return "\n".join(rows)


def unwavering(job: tuple[str, int]) -> tuple[str, int, float]:
    """Score of a runner without wander, recorded by an ordinary watch."""
    name, seed = job
    review = review_of(EXAMPLE, BEHAVIOURS[name], seed, Device(wander=0.0))
    return name, seed, review.score.overall or 0.0


COVERED = (
    "on plan", LAST, GREEDY, BLOWN, "block 2 4 % fast", "block 2 4 % slow", "block 5 4 % slow",
    "blocks 2-5 2.5 % fast", "blocks 2-5 5 % fast", "blocks 2-5 4 % slow", "easy block 8 % fast",
    "every change 120 s early", "block 5 fades by 11 %", "flat, 3:45 throughout",
    "blocks 2-5 in waves of 5 %, 40 s",
)  # fmt: skip
"""Runners for the interval of the score."""


def noise_free(job: tuple[str, int]) -> tuple[str, int, float]:
    """Score of the same run as a watch without any error would have recorded it."""
    name, seed = job
    review = review_of(EXAMPLE, BEHAVIOURS[name], seed, Device(noise=0.0, scale_pct=0.0))
    return name, seed, review.score.overall or 0.0


def interval_table(pool: Executor, found: Sequence[Judged], seeds: Sequence[int]) -> str:
    """Return how often the stated interval holds the score of the run without the watch's error."""
    jobs = [(name, seed) for name in COVERED for seed in seeds]
    true = {(n, s): v for n, s, v in pool.map(noise_free, jobs, chunksize=4)}
    rows = [
        "| runner | interval holds the noise-free score, % | below, % | above, % | mean width "
        "| noise costs, median |",
        "|---|--:|--:|--:|--:|--:|",
    ]

    def row(name: str, mine: Sequence[Judged]) -> str:
        truth = [true[j.name, j.seed] for j in mine]
        below = [t < j.low for j, t in zip(mine, truth, strict=True)]
        above = [t > j.high for j, t in zip(mine, truth, strict=True)]
        inside = [not a and not b for a, b in zip(below, above, strict=True)]
        lost = statistics.median(t - j.score for j, t in zip(mine, truth, strict=True))
        width = statistics.mean(j.high - j.low for j in mine)
        return (
            f"| {name} | {share(inside):.0f} | {share(below):.0f} | {share(above):.0f} "
            f"| {width:.0f} | {lost:.1f} |"
        )

    mine = [j for j in found if j.name in COVERED and j.seed in seeds]
    rows += [row(name, [j for j in mine if j.name == name]) for name in COVERED]
    rows.append(row("all", mine))
    return "\n".join(rows)


def all_tables(
    pool: Executor, *, short: bool, seeds: Sequence[int] | None = None
) -> dict[str, str]:
    """Return every table by its name in the document."""
    chosen = list(seeds if seeds is not None else REPORTING)
    plain = chosen[: 10 if short else 200]
    each = chosen[: 4 if short else 60]
    jobs = [(name, seed) for name in BEHAVIOURS for seed in each]
    found = list(pool.map(behaved, jobs, chunksize=4))
    return {
        "on-plan": on_plan_table(pool, plain),
        "on-plan-rough": on_plan_table(pool, plain, on_plan_rough),
        "hidden": hidden_table(pool, each),
        "recall": recall_table(found),
        "small": small_table(pool, each),
        "order": order_table(pool, found),
        "interval": interval_table(pool, found, each),
    }
