"""
Where the time of one review goes; run by the Python of an installed wheel.

``stages.py RUN PLAN`` prints CPU milliseconds as JSON. The first review of a process pays for all
modules it loads; the later ones are timed room by room. ``stages.py --many RUN PLAN`` compares
reading and reviewing with plain fitdecode, in turn, in one process.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def middle_ms(work: Callable[[], object]) -> float:
    """Median of several calls."""
    return statistics.median(cpu_ms(work) for _ in range(ROUNDS))


def stages(run: str, plan: str) -> dict[str, float]:
    """Return CPU milliseconds by stage, in the order in which a review goes through them."""
    start_ms = 1000 * time.process_time()

    def numpy() -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does
        import numpy  # noqa: F401 - timed

    def terminal() -> None:
        from analyzer.cli import main

        sys.argv = ["progcheck", run, "--plan", plan]
        with redirect_stdout(io.StringIO()):
            code = main()
        if code:
            raise SystemExit(code)

    numpy_ms, first_ms = cpu_ms(numpy), cpu_ms(terminal)
    from analyzer import read_activity, read_plan
    from analyzer.prepare.prepare import prepare
    from analyzer.review.pipeline import review_activity
    from analyzer.scorer.hills import with_effort
    from analyzer.scorer.score import score
    from analyzer.segmenter.align import align

    activity, planned = read_activity(run), read_plan(plan)
    prepared = with_effort(planned, prepare(activity), "strava")
    (alignment, *_) = align(planned, activity.laps, prepared)
    rooms = {
        "read the recording": middle_ms(lambda: read_activity(run)),
        "read the plan": middle_ms(lambda: read_plan(plan)),
        "prepare": middle_ms(lambda: with_effort(planned, prepare(activity), "strava")),
        "align": middle_ms(lambda: align(planned, activity.laps, prepared)),
        "score and flags": middle_ms(lambda: score(planned, prepared, alignment)),
    }
    whole_ms = middle_ms(lambda: review_activity(activity, planned))
    rooms["the rest of the review"] = whole_ms - sum(list(rooms.values())[2:])
    warm_ms = middle_ms(terminal)
    rooms["report"] = warm_ms - sum(rooms.values())
    imports_ms = first_ms - warm_ms
    return {"start of Python": start_ms, "numpy": numpy_ms, "other modules": imports_ms, **rooms}


def many(run: str, plan: str) -> dict[str, float]:
    """Return what one more file costs a process that has read many, and what decoding it does."""
    import fitdecode

    from analyzer import read_plan, review_activity
    from analyzer.parsers.read import read_bytes

    content, planned = Path(run).read_bytes(), read_plan(plan)
    activity = read_bytes(content, "run.fit")
    review_activity(activity, planned)

    def decode() -> None:
        with fitdecode.FitReader(content) as reader:
            for _ in reader:
                pass

    costs: dict[str, list[float]] = {"decode": [], "read": [], "review": []}
    for _ in range(ROUNDS):
        costs["decode"].append(cpu_ms(decode))
        costs["read"].append(cpu_ms(lambda: read_bytes(content, "run.fit")))
        costs["review"].append(cpu_ms(lambda: review_activity(activity, planned)))
    return {name: statistics.median(values) for name, values in costs.items()}


if __name__ == "__main__":
    is_many = sys.argv[1] == "--many"
    files = sys.argv[2:] if is_many else sys.argv[1:]
    json.dump(many(*files) if is_many else stages(*files), sys.stdout)
