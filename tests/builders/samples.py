"""``python -m tests.builders.samples FOLDER`` writes the samples, byte for byte the same."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from analyzer import read_plan
from analyzer.plans.write_fit import fit_workout
from tests.builders.evening import evening_files
from tests.builders.plans import (
    ATHLETES_YAML,
    EXAMPLE,
    EXAMPLE_YAML,
    INTERVALS_TXT,
    KILOMETRES,
    KILOMETRES_YAML,
    LONGER_YAML,
    ONE_LINE,
    SQUAD_YAML,
)
from tests.builders.simulate import Behaviour, Device, Stop, simulate
from tests.builders.write_fit import Step, write_fit
from tests.builders.write_xml import write_gpx, write_tcx

SMART_S = 3
"""The GPX and TCX copies keep every third record, as smart recording does."""


def watch_steps() -> tuple[Step, ...]:
    """Return the example plan as a watch stores it: ranges of 2 % around each pace."""
    names = ("15 min easy", "4:00", "3:50", "3:40", "3:30")
    return tuple(
        Step(b.seconds, 1000 / b.pace * math.exp(-0.02), 1000 / b.pace * math.exp(0.02), name)
        for b, name in zip(EXAMPLE, names, strict=True)
    )


SAMPLES = {
    "steady": (EXAMPLE, Behaviour(), Device(), 3),
    "greedy-then-blow-up": (
        EXAMPLE,
        Behaviour(faster={1: 0.04}, paces={2: 230.0, 3: 220.0}, pace_from=(2500.0, 285.0)),
        Device(),
        12,
    ),
    "flat": (EXAMPLE, Behaviour(paces={2: 225.0, 3: 225.0, 4: 225.0, 5: 225.0}), Device(), 5),
    "stopped": (
        EXAMPLE,
        Behaviour(stops=(Stop(1790, 55), Stop(2420, 18, "watch"))),
        Device(),
        7,
    ),
    "manual-laps": (
        EXAMPLE,
        Behaviour(before=(140.0, 330.0), after=(240.0, 330.0)),
        Device(laps="manual"),
        9,
    ),
    "workout-steps": (EXAMPLE, Behaviour(), Device(laps="steps"), 10),
    "early-changes": (EXAMPLE, Behaviour(shift_s=-180.0), Device(), 11),
    "late-changes": (EXAMPLE, Behaviour(shift_s=90.0), Device(), 13),
    "fade": (EXAMPLE, Behaviour(fade={5: 0.10}), Device(), 14),
    "truncated": (EXAMPLE, Behaviour(cut_s=2880.0), Device(laps="auto"), 15),
    "missed-block": (EXAMPLE, Behaviour(skip=frozenset({4})), Device(laps="steps"), 16),
    "kilometres": (KILOMETRES, Behaviour(), Device(), 23),
    "treadmill": (EXAMPLE, Behaviour(), Device(has_positions=False, scale_pct=0.5), 18),
}
"""Name: plan, what the runner did, how it was recorded, seed."""

WITH_WORKOUT = ("workout-steps", "missed-block")


def run_of(name: str):
    """Simulate one sample."""
    plan, behaviour, device, seed = SAMPLES[name]
    return simulate(plan, behaviour, device, seed)


def files() -> dict[str, bytes]:
    """Return every file of the folder but its README."""
    made: dict[str, bytes] = {
        "progression.yaml": EXAMPLE_YAML.encode(),
        "kilometres.yaml": KILOMETRES_YAML.encode(),
        "plans/2026-03-06 Tuesday.yaml": EXAMPLE_YAML.encode(),
        "plans/2026-03-14 long.yaml": LONGER_YAML.encode(),
        "squad/athletes.yaml": ATHLETES_YAML.encode(),
        "squad/progression.yaml": SQUAD_YAML.encode(),
        "workouts/watch.fit": fit_workout(read_plan(ONE_LINE["example"])).content,
        "workouts/intervals.txt": INTERVALS_TXT.encode(),
    }
    truth = {}
    for name in SAMPLES:
        run = run_of(name)
        steps = watch_steps() if name in WITH_WORKOUT else ()
        made[f"{name}.fit"] = write_fit(run, steps, "Tuesday progression")
        truth[name] = [_rounded(vars(block)) for block in run.blocks]
    steady = run_of("steady").smart(SMART_S)
    made["steady.gpx"] = write_gpx(steady)
    made["steady.tcx"] = write_tcx(steady)
    made |= {f"evening/{name}": content for name, content in evening_files().items()}
    made["truth.json"] = (json.dumps(truth, indent=1) + "\n").encode()
    return made


def _rounded(values: dict[str, object]) -> dict[str, object]:
    return {k: round(v, 2) if isinstance(v, float) else v for k, v in values.items()}


def write(folder: Path) -> None:
    """Write the samples."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
