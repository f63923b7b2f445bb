"""``python -m tests.cases.table`` renews the case table of docs/methods/scoring.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.report.headline import headline
from analyzer.units import pace_text, round_half_up
from tests.builders.plans import EXAMPLE, typed
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx
from tests.cases.formulas import Run, coros_rule, efforts, fitops, laps_hit, training_peaks

if TYPE_CHECKING:
    from analyzer.model.review import Review
    from tests.builders.simulate import SimulatedRun

DOC = Path(__file__).parents[2] / "docs" / "methods" / "scoring.md"
MARK, END = "<!-- cases -->", "<!-- end -->"

CLEAN = Device(wander=0.0, noise=0.0, scale_pct=0.0, hills_m=0.0)
"""A runner without wander and a watch without error: what is left is the formula."""

NOISY = Device(wander=0.0, noise_parts=((0.04, 0.1),), scale_pct=0.0, hills_m=0.0)
"""4 % in every second, without memory."""

HILLY = Device(wander=0.0, noise=0.0, scale_pct=0.0, hills_m=8.0)
"""A loop of 2.5 km that rises and falls by 16 m: slopes of 2 %."""

TREADMILL = Device(wander=0.0, noise=0.0, scale_pct=0.0, has_positions=False)


def _paces(*paces: float) -> Behaviour:
    """Run blocks 2 to 5 at these paces."""
    return Behaviour(paces=dict(enumerate(paces, start=2)))


@dataclass(frozen=True)
class Case:
    """One run a coach argues about."""

    behaviour: Behaviour = field(default_factory=Behaviour)
    device: Device = CLEAN
    is_gpx: bool = False


CASES = {
    "perfect": Case(),
    "perfect, 4 % noise in every second": Case(device=NOISY),
    "perfect, a phone's GPX": Case(
        device=Device(wander=0.0, scale_pct=0.0, hills_m=0.0), is_gpx=True
    ),
    "perfect, on a treadmill": Case(device=TREADMILL),
    "even effort over hills": Case(Behaviour(is_even_effort=True), HILLY),
    "forced early, then stuck": Case(_paces(230, 222, 222, 222)),
    "no progression": Case(_paces(225, 225, 225, 225)),
    "one block ahead, then blow-up": Case(_paces(230, 220, 210, 228)),
    "a gear early twice, then collapse": Case(
        Behaviour(paces={2: 230.0, 3: 220.0}, pace_from=(2500.0, 285.0))
    ),
    "backwards": Case(_paces(225, 225, 228, 232)),
    "block 2 a gear early": Case(Behaviour(paces={2: 231.0})),
    "block 2 as much too slow": Case(Behaviour(paces={2: 250.0})),
    "last block too fast": Case(Behaviour(faster={5: 0.04})),
    "easy block too fast": Case(Behaviour(faster={1: 0.08})),
    "slow but steady": Case(Behaviour(faster=dict.fromkeys(range(1, 6), -0.04))),
    "60 s stop in block 3": Case(Behaviour(stops=(Stop(1790, 60),))),
    "60 s walked in block 3": Case(Behaviour(slow=(1790.0, 60.0, 625.0))),
    "60 s jogged in block 3": Case(Behaviour(slow=(1790.0, 60.0, 400.0))),
    "every change 60 s late": Case(Behaviour(shift_s=60.0)),
    "every change 90 s early": Case(Behaviour(shift_s=-90.0)),
    "waves of 5 %, 40 s long": Case(Behaviour(surging=dict.fromkeys(range(2, 6), (0.05, 40.0)))),
    "ends half way through block 5": Case(Behaviour(cut_s=3000.0)),
}
"""By name, in the order of the table."""

SEED = 1


def run_of(case: Case) -> SimulatedRun:
    """Simulate a case."""
    return simulate(EXAMPLE, case.behaviour, case.device, SEED)


@cache
def review_of(name: str) -> Review:
    """Review a case as a user would."""
    case = CASES[name]
    run = run_of(case)
    content = write_gpx(run) if case.is_gpx else write_fit(run)
    file = "run.gpx" if case.is_gpx else "run.fit"
    return review_activity(read_bytes(content, file), read_plan(typed(EXAMPLE)))


def others_of(case: Case) -> str:
    """Return what the public formulas make of blocks 2 to 5 on the plan's clock."""
    run = run_of(case)
    shown = np.diff(run.distance_m)
    blocks, start = [], 900
    for planned in EXAMPLE[1:]:
        speeds = shown[start : start + 600]
        if speeds.size:
            blocks.append(Run(planned.pace, speeds))
        start += 600
    numbers = (laps_hit(blocks), fitops(blocks), efforts(blocks), coros_rule(blocks))
    colour = training_peaks(float(run.timer_s[-1]), 3300.0)
    return " | ".join(f"{round_half_up(n):.0f}" for n in numbers) + f" | {colour}"


def row_of(name: str) -> str:
    """Return one row of the table."""
    review = review_of(name)
    score = review.score
    paces = "/".join(
        "–" if b.pace_s_per_km is None else pace_text(b.pace_s_per_km, "km")
        for b in review.blocks[1:]
    )
    clear: dict[str, list[str]] = {}
    for flag in review.flags:
        if flag.certainty == "clear":
            clear.setdefault(flag.code, []).append("" if flag.block is None else str(flag.block))
    flags = ", ".join(f"{code} {'+'.join(blocks)}".strip() for code, blocks in clear.items())
    numbers = [
        0.0 if v is None else round_half_up(v) for v in (score.overall, score.low, score.high)
    ]
    ours = f"**{numbers[0]:.0f}** ({numbers[1]:.0f}-{numbers[2]:.0f}) {score.word}"
    sentence = " ".join(headline(review)).strip()
    return f"| {name} | {paces} | {ours} | {flags} | {sentence} | {others_of(CASES[name])} |"


def table() -> str:
    """Return the whole table."""
    head = [
        "| run | blocks 2 to 5, /km | progcheck | clear findings | sentence "
        "| laps hit | FitOps | Efforts | COROS rule | TrainingPeaks |",
        "|---|---|---|---|---|--:|--:|--:|--:|---|",
    ]
    return "\n".join([*head, *(row_of(name) for name in CASES)])


def renewed(text: str) -> str:
    """Return the document with the table as it is now."""
    head, rest = text.split(MARK, 1)
    return f"{head}{MARK}\n\n{table()}\n\n{END}{rest.split(END, 1)[1]}"


if __name__ == "__main__":
    DOC.write_text(renewed(DOC.read_text(encoding="utf-8")), encoding="utf-8")
