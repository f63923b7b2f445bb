"""
``make bench``, third part: what finding the changes costs, and that it grows with the length.

CPU time of the alignment alone, against plain fitdecode decoding the same file
in the same process; the best of several rounds in turn. ``--short`` is what CI runs.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from analyzer import read_plan
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from tests.bench.reading import plain_fit
from tests.builders.plans import EXAMPLE, ONE_LINE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, SHORT_ROUNDS = 7, 3
HOURS, SHORT_HOURS = (1, 2, 4, 8), (1, 4)


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def main(arguments: list[str]) -> None:
    """Print the table."""
    short = "--short" in arguments
    plan = read_plan(ONE_LINE["example"])
    rows = [
        "",
        "| hour of plan in a recording of | laps | alignment, CPU ms | fitdecode, CPU ms | share |",
        "|---|---|--:|--:|--:|",
    ]
    for hours in SHORT_HOURS if short else HOURS:
        for laps in ("none", "manual"):
            after_s = max(1.0, 3600.0 * hours - 3300.0)
            run = simulate(EXAMPLE, Behaviour(after=(after_s, 330.0)), Device(laps=laps), 1)
            content = write_fit(run, is_modern=True)
            activity = read_bytes(content, "run.fit")
            prepared = prepare(activity)
            best = [float("inf"), float("inf")]
            for _ in range(SHORT_ROUNDS if short else ROUNDS):
                mine = cpu_ms(partial(align, plan, activity.laps, prepared))
                best[0] = min(best[0], mine)
                if laps == "none" and best[1] == float("inf"):
                    best[1] = cpu_ms(partial(plain_fit, content))
            peer = f"{best[1]:.0f} | {best[0] / best[1]:.2f}" if laps == "none" else "|"
            rows.append(f"| {hours} h | {laps} | {best[0]:.0f} | {peer} |")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
