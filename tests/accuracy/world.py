"""
What must be true of verdicts in the second world: ``make accuracy ACCURACY=--world``.

Runs of `tests.builders.world`, of each kind, reviewed from a FIT file like any other;
`world_truth` says what contradicts the truth. ``--seeds=20`` takes fewer of them, and
``--write`` renews the tables of docs/methods/world.md.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from tests.accuracy import alignment
from tests.accuracy.scoring import share
from tests.accuracy.world_truth import (
    NOT_BEGUN,
    Telling,
    clashes,
    contradicts,
    is_of_another_block,
    telling,
)
from tests.builders.plans import typed
from tests.builders.seeds import WORLD
from tests.builders.world.kinds import COLLAPSES, KINDS, LEFT_OUT, PLAIN, SHIFTED
from tests.builders.world.make import PLANS, Made, make, make_pair
from tests.builders.write_fit import write_fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from analyzer.model.review import Review

DOC = Path(__file__).parents[2] / "docs" / "methods" / "world.md"

NEAR_POINTS = 3.0
"""An event of the watch may cost as many points."""

NEAR_S = 15.0
"""A change found this near to the truth is right [s]."""

ALIKE = (
    PLAIN,
    "traffic lights",
    "collapse, heart up",
    "every change 120 s early",
    "wind, out and back",
)
"""Kinds of which two watches record the same run; seeds take turns."""

BOUNDED = (PLAIN, *SHIFTED)
"""Kinds in which the changes of pace are looked at: nothing else happens in them."""


@dataclass(frozen=True)
class Boundary:
    """An inner change of pace: found less true place, its 90 % interval, less the same [s]."""

    off_s: float
    low_s: float
    high_s: float


@dataclass(frozen=True)
class Outcome:
    """
    What a review said of one run, held against its truth.

    ``score`` is NaN if there is none, ``standing`` what stops and breaks took from it.
    ``wrong`` are codes that the truth contradicts, ``misplaced`` those that are true only of
    another block, as one was left out before it.
    """

    kind: str
    seed: int
    plan: str
    has_presses: bool
    score: float
    standing: float
    clear: tuple[str, ...]
    wrong: tuple[str, ...]
    misplaced: tuple[str, ...]
    clashes: tuple[str, ...]
    telling: Telling | None
    boundaries: tuple[Boundary | None, ...]


def reviewed(made: Made) -> Review:
    """Review a run from a FIT file."""
    content = write_fit(made.recording)
    return review_activity(read_bytes(content, "run.fit"), read_plan(typed(made.plan)))


def outcome(job: tuple[str, int]) -> Outcome:
    """Make a run, review it, and hold the review against the truth."""
    kind, seed = job
    made = make(kind, seed)
    review = reviewed(made)
    clear = [f for f in review.flags if f.certainty == "clear"]
    against = [f for f in clear if contradicts(made, f)]
    misplaced = [f for f in against if is_of_another_block(made, f)]
    return Outcome(
        kind=kind,
        seed=seed,
        plan=made.plan_name,
        has_presses=made.has_presses,
        score=math.nan if review.score.overall is None else review.score.overall,
        standing=review.score.stop_penalty or 0.0,
        clear=tuple(sorted({f.code for f in clear})),
        wrong=tuple(sorted({f.code for f in against if f not in misplaced})),
        misplaced=tuple(sorted({f.code for f in misplaced})),
        clashes=clashes(review),
        telling=telling(made, review),
        boundaries=_boundaries(made, review) if kind in BOUNDED else (),
    )


def _boundaries(made: Made, review: Review) -> tuple[Boundary | None, ...]:
    """Compare the inner changes with the truth; None is one that was not found."""
    pairs = [
        (block.executed, review.alignment.executed_of(block.index)) for block in made.truth.blocks
    ]
    return tuple(
        None
        if found is None
        else Boundary(
            found.start_s - true.start_s,
            found.start_low_s - true.start_s,
            found.start_high_s - true.start_s,
        )
        for true, found in pairs[1:]
        if true is not None
    )


def alike(seed: int) -> tuple[bool, bool, float]:
    """Whether two watches on one run get the same words, ranges that meet; points apart."""
    one, two = (reviewed(made) for made in make_pair(ALIKE[seed % len(ALIKE)], seed))
    words = [(r.score.word, *(b.verdict for b in r.blocks)) for r in (one, two)]
    ends = [(r.score.low or 0.0, r.score.high or 0.0) for r in (one, two)]
    is_met = ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]
    apart = abs((one.score.overall or 0.0) - (two.score.overall or 0.0))
    return words[0] == words[1], is_met, apart


def _mine(found: Sequence[Outcome], kinds: Sequence[str]) -> list[Outcome]:
    return [o for o in found if o.kind in kinds]


def _often(items: Sequence[tuple[str, ...]], most: int = 4) -> str:
    """Return the most frequent of some names, with their share of runs [%]."""
    counted = Counter(name for names in items for name in names)
    return ", ".join(f"{n} {100 * k / len(items):.0f}" for n, k in counted.most_common(most))


def kind_table(found: Sequence[Outcome]) -> str:
    """Return what each kind of run gets."""
    plain = {o.seed: o.score for o in found if o.kind == PLAIN}
    rows = [
        "| kind | runs | contradicted by the truth, % | by code, % of runs "
        "| true of another block only, % | told clear, % "
        "| or possible | in the right block | at the right minute | points it cost, median "
        "| within 3 points, % | the same but for the price of stops, % | findings clash, % |",
        "|---|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind in KINDS:
        mine = _mine(found, (kind,))
        if not mine:
            continue
        known = [o for o in mine if math.isfinite(plain.get(o.seed, math.nan) - o.score)]
        lost = [plain[o.seed] - o.score for o in known]
        apart = [plain[o.seed] - o.score - o.standing for o in known]
        cost = f"{statistics.median(lost):.1f}" if lost else ""
        near = " | ".join(
            f"{share([abs(p) <= NEAR_POINTS for p in points]):.0f}" if points else ""
            for points in (lost, apart)
        )
        rows.append(
            f"| {kind} | {len(mine)} | {share([bool(o.wrong) for o in mine]):.0f} "
            f"| {_often([o.wrong for o in mine])} "
            f"| {share([bool(o.misplaced) for o in mine]):.0f} | {_telling(mine)} "
            f"| {cost} | {near} "
            f"| {share([bool(o.clashes) for o in mine]):.0f} |"
        )
    return "\n".join(rows)


def _telling(mine: Sequence[Outcome]) -> str:
    """Return four cells: told clear, told at all, right block, right minute."""
    told = [o.telling for o in mine if o.telling is not None]
    if not told:
        return " | | | "
    minutes = [t.right_minute for t in told if t.right_minute is not None]
    minute = f"{share(minutes):.0f}" if minutes else ""
    return (
        f"{share([t.clear for t in told]):.0f} | {share([t.either for t in told]):.0f} "
        f"| {share([t.right_block for t in told]):.0f} | {minute}"
    )


def summary_table(found: Sequence[Outcome]) -> str:
    """Return the mean and the worst kind, and how often two findings clash."""
    shares = {k: share([bool(o.wrong) for o in _mine(found, (k,))]) for k in KINDS}
    shares = {k: s for k, s in shares.items() if math.isfinite(s)}
    worst = max(shares, key=lambda k: shares[k])
    return "\n".join(
        [
            "| runs | contradicted by the truth, mean over the kinds, % | worst kind, % "
            "| findings clash, % of runs | which |",
            "|--:|--:|---|--:|---|",
            f"| {len(found)} | {statistics.mean(shares.values()):.1f} "
            f"| {shares[worst]:.0f} ({worst}) | {share([bool(o.clashes) for o in found]):.1f} "
            f"| {_often([o.clashes for o in found])} |",
        ]
    )


def code_table(found: Sequence[Outcome]) -> str:
    """Return how far the two gravest findings can be believed, and how often they are made."""
    rows = [
        "| code | runs with it clear | of these true, % | runs in which it happened "
        "| of these clear, % |",
        "|---|--:|--:|--:|--:|",
    ]
    happened = {
        "MISSED_BLOCK": tuple(kind for kind in LEFT_OUT if kind != NOT_BEGUN),
        "BLOW_UP": (*COLLAPSES, "collapse, recovery", "collapse, not forced"),
    }
    for code, kinds in happened.items():
        for presses, which in (("", (True, False)), (", presses", (True,)), (", none", (False,))):
            runs = [o for o in found if o.has_presses in which]
            said, mine = [o for o in runs if code in o.clear], _mine(runs, kinds)
            right = f"{share([code not in o.wrong for o in said]):.0f}" if said else ""
            clear = f"{share([code in o.clear for o in mine]):.0f}" if mine else ""
            rows.append(f"| {code}{presses} | {len(said)} | {right} | {len(mine)} | {clear} |")
    return "\n".join(rows)


def plan_table(found: Sequence[Outcome]) -> str:
    """Return what runs get that were run as planned."""
    rows = [
        "| plan, run as planned | runs | score, median | any clear finding, % "
        "| contradicted by the truth, % |",
        "|---|--:|--:|--:|--:|",
    ]
    for name in PLANS:
        mine = [o for o in _mine(found, (PLAIN,)) if o.plan == name]
        if mine:
            rows.append(
                f"| {name} | {len(mine)} | {statistics.median(o.score for o in mine):.0f} "
                f"| {share([bool(o.clear) for o in mine]):.0f} "
                f"| {share([bool(o.wrong) for o in mine]):.0f} |"
            )
    return "\n".join(rows)


def boundary_table(found: Sequence[Outcome]) -> str:
    """Return how well changes of pace are found; the truth is where a change begins."""
    early = tuple(k for k in SHIFTED if "early" in k)
    late = tuple(k for k in SHIFTED if "late" in k)
    groups = {
        "all": BOUNDED, "on plan": (PLAIN,), "early": early, "late": late,
    }  # fmt: skip
    rows = [
        "| inner changes | of them | within 15 s, % | not found, % | signed error, median, s "
        "| 90 % interval holds, % |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, kinds in groups.items():
        for presses, has_presses in (("with presses", True), ("without", False)):
            mine = [o for o in _mine(found, kinds) if o.has_presses == has_presses]
            every = [b for o in mine for b in o.boundaries]
            seen = [b for b in every if b is not None]
            if not seen:
                continue
            near = share([b is not None and abs(b.off_s) <= NEAR_S for b in every])
            middle = statistics.median(b.off_s for b in seen)
            rows.append(
                f"| {name}, {presses} | {len(every)} | {near:.0f} "
                f"| {share([b is None for b in every]):.0f} | {middle:+.1f} "
                f"| {share([b.low_s <= 0 <= b.high_s for b in seen]):.0f} |"
            )
    return "\n".join(rows)


def pair_table(pairs: Sequence[tuple[bool, bool, float]]) -> str:
    """Return how far two watches on one run agree."""
    return "\n".join(
        [
            "| pairs | same word and verdicts, % | ranges meet, % | both, % | points apart |",
            "|--:|--:|--:|--:|--:|",
            f"| {len(pairs)} | {share([p[0] for p in pairs]):.0f} "
            f"| {share([p[1] for p in pairs]):.0f} "
            f"| {share([p[0] and p[1] for p in pairs]):.0f} "
            f"| {statistics.median(p[2] for p in pairs):.1f} |",
        ]
    )


def tables(pool: Executor, seeds: Sequence[int]) -> dict[str, str]:
    """Return every table by its name in the document."""
    jobs = [(kind, seed) for kind in KINDS for seed in seeds]
    found = list(pool.map(outcome, jobs, chunksize=8))
    pairs = list(pool.map(alike, seeds, chunksize=4))
    return {
        "world": summary_table(found),
        "world-kinds": kind_table(found),
        "world-codes": code_table(found),
        "world-plans": plan_table(found),
        "world-boundaries": boundary_table(found),
        "world-pairs": pair_table(pairs),
    }


def short_tables(pool: Executor) -> dict[str, str]:
    """Return a taste for CI: one run of each kind, of one plan after the other."""
    jobs = [(kind, WORLD[i % 8]) for i, kind in enumerate(KINDS)]
    found = list(pool.map(outcome, jobs, chunksize=4))
    return {"world": summary_table(found)}


def main(arguments: Sequence[str]) -> None:
    """Print the tables, and put them into the document if asked to."""
    asked = next((a.partition("=")[2] for a in arguments if a.startswith("--seeds=")), "")
    seeds = WORLD[: int(asked)] if asked else WORLD
    with ProcessPoolExecutor(2) as pool:
        made = tables(pool, seeds)
    sys.stdout.write("\n\n".join(made.values()) + "\n")
    if "--write" in arguments:
        alignment.write(made, DOC)
