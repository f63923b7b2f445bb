"""
``make bench``: whole processes against a peer in the same run, as ratios of medians.

The peer is a Python process that does nothing but decode the same FIT file with
plain fitdecode. The commands take turns, so that a drifting machine hits all
alike. ``--short`` is what CI runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROUNDS, SHORT_ROUNDS = 9, 3

MAKE = """
import sys
from pathlib import Path
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
folder = Path(sys.argv[1])
hour = simulate(EXAMPLE, Behaviour(after=(300.0, 330.0)), Device(laps="auto"), 1)
(folder / "run.fit").write_bytes(write_fit(hour, is_modern=True))
(folder / "plan.yaml").write_text(EXAMPLE_YAML, encoding="utf-8")
lines = [f"  - 30s @ {('4:00', '3:50', '4:10-3:50', '4:10 -> 3:50')[i % 4]}" for i in range(1000)]
(folder / "long.yaml").write_text("\\n".join(["blocks:", *lines]), encoding="utf-8")
"""
"""Made in a child: a child's peak memory counts from its parent's, so this one stays small."""

TERMINAL = "review, terminal"
"""What the other forms are measured by."""

START = "from analyzer.cli import command; command()"
"""What the installed script does."""

DECODE = """
import sys, fitdecode
with fitdecode.FitReader(sys.argv[1]) as reader:
    for frame in reader:
        pass
"""


@dataclass(frozen=True)
class Cost:
    """What one whole process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def cost_of(command: list[str]) -> Cost:
    """Run a command once; the operating system's own account of it."""
    # With byte code, as a user has it from the second start on.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    silence = subprocess.DEVNULL
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=silence, stderr=silence)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"{' '.join(command)} ended with {process.returncode}"
        raise RuntimeError(message)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main(arguments: list[str]) -> None:
    """Print the table."""
    rounds = SHORT_ROUNDS if "--short" in arguments else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost_of([sys.executable, "-c", MAKE, name])
        run, plan = folder / "run.fit", folder / "plan.yaml"
        progcheck = [sys.executable, "-c", START]
        commands = {
            "fitdecode alone (the peer)": [sys.executable, "-c", DECODE, str(run)],
            "bare Python": [sys.executable, "-c", "pass"],
            "import yaml, click": [sys.executable, "-c", "import yaml, click"],
            "progcheck --help": [*progcheck, "--help"],
            "progcheck plan check": [*progcheck, "plan", "check", str(plan)],
            "plan check, 1000 blocks": [*progcheck, "plan", "check", str(folder / "long.yaml")],
            TERMINAL: [*progcheck, str(run), "--plan", str(plan)],
            "review, --json": [*progcheck, str(run), "--plan", str(plan), "--json"],
            **{
                f"review, {form.upper()}": [
                    *progcheck, str(run), "--plan", str(plan), "-q",
                    "-o", str(folder / f"review.{form}"),
                ]
                for form in ("html", "png", "svg", "md", "csv")
            },
        }  # fmt: skip
        for command in commands.values():
            cost_of(command)  # warm the disk and the byte code
        costs: dict[str, list[Cost]] = {label: [] for label in commands}
        for _ in range(rounds):
            for label, command in commands.items():
                costs[label].append(cost_of(command))
    peer = next(iter(commands))
    out = [
        f"One hour of running at 1 Hz, 3601 records of 19 fields; {rounds} rounds in turn; "
        "ratios are taken round by round.",
        "",
        "| whole process | wall, ms | of the peer's | of the terminal's | CPU, ms | peak, MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for label, mine in costs.items():
        of_peer = [a.wall_s / b.wall_s for a, b in zip(mine, costs[peer], strict=True)]
        of_terminal = [a.wall_s / b.wall_s for a, b in zip(mine, costs[TERMINAL], strict=True)]
        out.append(
            f"| {label} | {1000 * statistics.median(c.wall_s for c in mine):.0f} "
            f"| {statistics.median(of_peer):.2f} | {statistics.median(of_terminal):.2f} "
            f"| {1000 * statistics.median(c.cpu_s for c in mine):.0f} "
            f"| {statistics.median(c.peak_mb for c in mine):.0f} |"
        )
    least = [c.wall_s for c in costs["import yaml, click"]]
    long = [c.wall_s for c in costs["plan check, 1000 blocks"]]
    ratio = statistics.median(a / b for a, b in zip(long, least, strict=True))
    out += ["", f"A check of 1000 blocks takes {ratio:.1f} times importing its two libraries."]
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
