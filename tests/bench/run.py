"""
``make bench``: whole processes against a peer in the same run, as ratios of medians.

From a wheel in an environment of its own, with bytecode, as a user has it: a checkout without
bytecode compiles each module at each start. The peer is a Python process that does nothing but
decode the same file with plain fitdecode, gpxpy or ElementTree. The commands take turns, so that
a drifting machine hits all alike. ``--short`` is what CI runs; ``--write`` renews the tables of
docs/methods/speed.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.builders.installed import build_wheel, install
from tests.places import REAL, ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS, SHORT_ROUNDS = 9, 3

DOC = ROOT / "docs" / "methods" / "speed.md"

REAL_FILE = "runs/20210507_run_coros_pace_2.fit"
"""A real recording of an hour or so, counted where it is present."""

MAKE = """
import sys
from pathlib import Path
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx
folder = Path(sys.argv[1])
hour = simulate(EXAMPLE, Behaviour(after=(300.0, 330.0)), Device(laps="auto"), 1)
(folder / "rich.fit").write_bytes(write_fit(hour, is_modern=True))
(folder / "sparse.fit").write_bytes(write_fit(hour))
(folder / "hour.gpx").write_bytes(write_gpx(hour))
(folder / "hour.tcx").write_bytes(write_tcx(hour))
(folder / "plan.yaml").write_text(EXAMPLE_YAML, encoding="utf-8")
lines = [f"  - 30s @ {('4:00', '3:50', '4:10-3:50', '4:10 -> 3:50')[i % 4]}" for i in range(1000)]
(folder / "long.yaml").write_text("\\n".join(["blocks:", *lines]), encoding="utf-8")
"""
"""Made in a child: a child's peak memory counts from its parent's, so this one stays small."""

START = "from analyzer.cli import command; command()"
"""What the installed script does."""

DECODE = {
    ".fit": """
import sys, fitdecode
with fitdecode.FitReader(sys.argv[1]) as reader:
    for frame in reader:
        pass
""",
    ".gpx": """
import sys, gpxpy
with open(sys.argv[1], encoding="utf-8") as file:
    gpxpy.parse(file)
""",
    ".tcx": """
import sys
from xml.etree import ElementTree
ElementTree.parse(sys.argv[1])
""",
}
"""The peer of each format: decoding, and nothing else."""


@dataclass(frozen=True)
class Cost:
    """What one whole process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def environment() -> dict[str, str]:
    """Return ours, but with bytecode written, as a user has it from the second start on."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """Run a command once, away from the checkout; the operating system's own account of it."""
    silence = subprocess.DEVNULL
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment(), cwd=folder, stdout=silence, stderr=silence
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"{' '.join(command)} ended with {process.returncode}"
        raise RuntimeError(message)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(
    commands: Mapping[str, Sequence[str]], folder: Path, rounds: int
) -> dict[str, list[Cost]]:
    """Run all commands in turn, once to warm the disk and then so many rounds."""
    for command in commands.values():
        cost_of(command, folder)
    costs: dict[str, list[Cost]] = {label: [] for label in commands}
    for _ in range(rounds):
        for label, command in commands.items():
            costs[label].append(cost_of(command, folder))
    return costs


def row(label: str, mine: list[Cost], *others: list[Cost]) -> str:
    """Return a row of the table: medians, and the median of the ratios to each of some others."""
    ratios = [
        statistics.median(a.wall_s / b.wall_s for a, b in zip(mine, other, strict=True))
        for other in others
    ]
    return (
        f"| {label} | {1000 * statistics.median(c.wall_s for c in mine):.0f} "
        + "".join(f"| {ratio:.2f} " for ratio in ratios)
        + f"| {1000 * statistics.median(c.cpu_s for c in mine):.0f} "
        f"| {statistics.median(c.peak_mb for c in mine):.0f} |"
    )


def recordings_table(python: str, folder: Path, rounds: int) -> str:
    """Compare the whole terminal review of each recording with decoding it."""
    plan = folder / "plan.yaml"
    recordings = {
        "FIT, an hour, 9 fields a record": folder / "sparse.fit",
        "FIT, an hour, 19 fields a record": folder / "rich.fit",
        "GPX, an hour": folder / "hour.gpx",
        "TCX, an hour": folder / "hour.tcx",
    }
    if (REAL / REAL_FILE).is_file():
        recordings["a real FIT (COROS Pace 2)"] = REAL / REAL_FILE
    rows = [
        "| recording | review, wall, ms | of the peer's | CPU, ms | peak, MB |",
        "|---|--:|--:|--:|--:|",
    ]
    for label, run in recordings.items():
        commands = {
            "peer": [python, "-c", DECODE[run.suffix], str(run)],
            "review": [python, "-c", START, str(run), "--plan", str(plan)],
        }
        costs = in_turn(commands, folder, rounds)
        rows.append(row(label, costs["review"], costs["peer"]))
    return "\n".join(rows)


def forms_table(python: str, folder: Path, rounds: int) -> str:
    """Compare all that one can ask for with the terminal review of the same hour."""
    run, plan = str(folder / "rich.fit"), str(folder / "plan.yaml")
    progcheck = [python, "-c", START]
    review = [*progcheck, run, "--plan", plan]
    commands = {
        "review, terminal": review,
        "bare Python": [python, "-c", "pass"],
        "import yaml, click": [python, "-c", "import yaml, click"],
        "progcheck --help": [*progcheck, "--help"],
        "progcheck plan check": [*progcheck, "plan", "check", plan],
        "plan check, 1000 blocks": [*progcheck, "plan", "check", str(folder / "long.yaml")],
        "progcheck inspect": [*progcheck, "inspect", run],
        "review, --json": [*review, "--json"],
        **{
            f"review, {form.upper()}": [*review, "-q", "-o", str(folder / f"review.{form}")]
            for form in ("html", "png", "svg", "md", "csv")
        },
    }
    costs = in_turn(commands, folder, rounds)
    terminal = next(iter(costs.values()))
    rows = [
        "| whole process | wall, ms | of the terminal's | CPU, ms | peak, MB |",
        "|---|--:|--:|--:|--:|",
    ]
    return "\n".join(rows + [row(label, mine, terminal) for label, mine in costs.items()])


def measured(python: str, folder: Path, arguments: list[str], times: int) -> list[dict[str, float]]:
    """Run the stages in processes of their own, and return what each says."""
    script = str(Path(__file__).with_name("stages.py"))
    command = [python, script, *arguments]
    done = [
        subprocess.run(command, check=True, capture_output=True, env=environment(), cwd=folder)
        for _ in range(times)
    ]
    return [json.loads(one.stdout) for one in done]


def stages_table(python: str, folder: Path, rounds: int) -> str:
    """Say where the time of one terminal review goes."""
    plan = str(folder / "plan.yaml")
    names = ("sparse.fit", "rich.fit", "hour.gpx", "hour.tcx")
    found = [measured(python, folder, [str(folder / name), plan], rounds) for name in names]
    rows = [
        "| stage, CPU ms | FIT, 9 fields | FIT, 19 fields | GPX | TCX |",
        "|---|--:|--:|--:|--:|",
    ]
    for stage in found[0][0]:
        values = [statistics.median(one[stage] for one in runs) for runs in found]
        rows.append(f"| {stage} | " + " | ".join(f"{value:.1f}" for value in values) + " |")
    return "\n".join(rows)


def many_table(python: str, folder: Path, rounds: int) -> str:
    """Say how fast one process reads and reviews one file after the other."""
    rows = [
        "| in one process | fitdecode, CPU ms | read, ms | review, ms | fitdecode / both "
        "| review / read |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for label, name in (("9 fields", "sparse.fit"), ("19 fields", "rich.fit")):
        arguments = ["--many", str(folder / name), str(folder / "plan.yaml")]
        found = measured(python, folder, arguments, max(1, rounds // 3))
        decode, read, review = (
            statistics.median(one[part] for one in found) for part in ("decode", "read", "review")
        )
        rows.append(
            f"| FIT, an hour, {label} | {decode:.0f} | {read:.1f} | {review:.1f} "
            f"| {decode / (read + review):.1f} | {review / read:.1f} |"
        )
    return "\n".join(rows)


def main(arguments: list[str]) -> None:
    """Print the tables, and write them if asked."""
    rounds = SHORT_ROUNDS if "--short" in arguments else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = str(install(build_wheel(folder), folder / "environment"))
        subprocess.run([sys.executable, "-c", MAKE, name], check=True)
        made = {
            "recordings": recordings_table(python, folder, rounds),
            "many": many_table(python, folder, rounds),
            "stages": stages_table(python, folder, rounds),
            "forms": forms_table(python, folder, rounds),
        }
    sys.stdout.write("\n\n".join(made.values()) + "\n")
    if "--write" in arguments:
        from tests.accuracy.alignment import write  # not before: a child's peak counts from ours

        write({f"speed-{table}": text for table, text in made.items()}, DOC)


if __name__ == "__main__":
    main(sys.argv[1:])
