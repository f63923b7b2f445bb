"""
Reading, in one process and paired: ours and the plain library in turn, ratio by ratio.

"Full read" is everything `analyzer.parsers` takes out of a FIT file: all record
columns with developer fields, all wanted messages, the checksum compared.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from functools import partial
from typing import TYPE_CHECKING

import fitdecode
import gpxpy

from analyzer.parsers.fit.messages import read_messages
from analyzer.parsers.read import read_bytes
from tests.builders.simulate import Behaviour, Device, PlannedBlock, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx
from tests.places import REAL, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 1000
"""Real files with more records than this are counted."""


def plain_fit(content: bytes) -> None:
    """Decode with fitdecode and nothing else."""
    with fitdecode.FitReader(content) as reader:
        for _ in reader:
            pass


def paired(
    ours: Callable[[], object], plain: Callable[[], object], rounds: int
) -> tuple[float, float, float]:
    """Return the medians of both in ms of CPU, and the median of plain / ours."""
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        for call, times in ((ours, mine), (plain, theirs)):
            started = time.process_time()
            call()
            times.append(time.process_time() - started)
    ratios = [b / max(a, 1e-9) for a, b in zip(mine, theirs, strict=True)]
    return (
        1000 * statistics.median(mine),
        1000 * statistics.median(theirs),
        statistics.median(ratios),
    )


def hours(count: float) -> bytes:
    """Return a FIT file of so many hours at 1 Hz, as a watch of today writes it."""
    plan = (PlannedBlock(300.0, seconds=3600.0 * count),)
    run = simulate(plan, Behaviour(), Device(laps="auto"), 5)
    return write_fit(run, is_modern=True)


def main(arguments: list[str]) -> None:
    """Print the table."""
    short = "--short" in arguments
    warnings.simplefilter("ignore")
    rounds = 3 if short else 7
    rows = [
        "| file | records | ours, CPU ms | plain, CPU ms | plain / ours |",
        "|---|--:|--:|--:|--:|",
    ]
    for count in (1, 4) if short else (1, 4, 24):
        content = hours(count)
        ours, plain, ratio = paired(
            partial(read_messages, content, "run.fit"),
            partial(plain_fit, content),
            3 if count > 4 else rounds,
        )
        rows.append(
            f"| {count} h, made | {3600 * count + 1} | {ours:.1f} | {plain:.0f} | {ratio:.0f} |"
        )
    real = sorted((REAL / "runs").glob("*.fit")) if REAL.is_dir() else []
    ratios = []
    for path in real:
        content = path.read_bytes()
        parts, _ = read_messages(content, path.name)
        records = sum(p.records for p in parts)
        if records <= LONG:
            continue
        ours, plain, ratio = paired(
            partial(read_messages, content, "run.fit"), partial(plain_fit, content), rounds
        )
        ratios.append(ratio)
        rows.append(f"| {path.stem[:44]} | {records} | {ours:.1f} | {plain:.0f} | {ratio:.0f} |")
    if ratios:
        middle, least = statistics.median(ratios), min(ratios)
        rows.append(
            f"| real runs over {LONG} records | | | | median {middle:.0f}, least {least:.0f} |"
        )
    gpx = [("1 h, made", write_gpx(simulate((PlannedBlock(300.0, seconds=3600.0),), seed=5)))]
    gpx.append(("steady.gpx", (SAMPLES / "steady.gpx").read_bytes()))
    gpx += [(p.stem, p.read_bytes()) for p in sorted((REAL / "runs").glob("*.gpx"))]
    rows += ["", "| GPX | points | whole reading, CPU ms | gpxpy alone, CPU ms | ours / gpxpy |",
             "|---|--:|--:|--:|--:|"]  # fmt: skip
    for name, content in gpx:
        points = len(read_bytes(content, "run.gpx").records)
        ours, plain, _ = paired(
            partial(read_bytes, content, "run.gpx"),
            partial(gpxpy.parse, content.decode()),
            rounds,
        )
        rows.append(f"| {name[:44]} | {points} | {ours:.0f} | {plain:.0f} | {ours / plain:.2f} |")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
