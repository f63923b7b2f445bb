"""
``python -m tests.bench.archive --count 1000``: what a batch costs, and whether it loses anything.

Writes that many runs of athletes in folders of their own, of which one in a hundred is damaged:
cut off, junk or empty by turns. The real command then reviews them with two workers, a second
time, and with one worker. A row says files a second, what share of all processor time went into
reading and reviewing, and the most memory of the process that leads. What ``read + review``
alone costs in one process is measured before and after. The program ends with 1 if an account
is not the truth, if a file is lost, if a second run parses anything, or if one and two workers
keep different results. No time is held to account.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analyzer.archive.store.store import Store
from analyzer.parsers.read import read_bytes
from analyzer.review.pipeline import review_activity
from analyzer.review.plan_source import read_plan
from tests.builders.exports import PLAN_LINE, activities

if TYPE_CHECKING:
    from collections.abc import Iterator

EACH = 200
"""Runs of an athlete."""

DAMAGED_EVERY = 100
ALONE = 200
"""Runs that are read and reviewed in one process, without a batch."""

LOOK_S = 0.1
KINDS = ("recovered", "failed", "failed")


class Truth(NamedTuple):
    """How many files were written, and what must become of them."""

    found: int
    reviewed: int
    recovered: int
    failed: int


class Ran(NamedTuple):
    """A call of the command: its account, how long it took by the clock and by the processors."""

    account: dict[str, Any]
    seconds: float
    cpu_s: float
    peak_mb: float


def write_squad(folder: Path, count: int) -> Truth:
    """Write the runs; every hundredth is damaged."""
    became = dict.fromkeys(("reviewed", *KINDS), 0)
    for number, (place, content) in enumerate(islice(_runs(), count)):
        kind, damaged = _damaged(number, content)
        became[kind] += 1
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(damaged)
    return Truth(count, **became)


def _runs() -> Iterator[tuple[str, bytes]]:
    """Yield places and contents without end; the content of each is its own."""
    athlete = 0
    while True:
        for run in activities(EACH, athlete, every_other_sport=0):
            yield f"athlete{athlete}/{run.number}.fit", run.content
        athlete += 1


def _damaged(number: int, content: bytes) -> tuple[str, bytes]:
    """Return what must become of a file, and its bytes."""
    turn, is_whole = divmod(number, DAMAGED_EVERY)
    if is_whole:
        return "reviewed", content
    junk = number.to_bytes(4, "big") + bytes(range(256))
    empty = b"\x0e" * (1 + number)  # of a length of its own, as copies are counted once
    kinds = (content[: len(content) * 9 // 10], junk, empty)
    return KINDS[turn % 3], kinds[turn % 3]


def alone(folder: Path) -> tuple[float, float]:
    """Return what one process takes to read and review a file, by the clock and the processor."""
    plan = read_plan(PLAN_LINE)
    whole = [path for path in sorted(folder.rglob("*.fit")) if path.stat().st_size > 20_000]
    contents = [path.read_bytes() for path in whole[: ALONE + 1]]
    review_activity(read_bytes(contents[0], "warm"), plan)
    began_s, began_cpu_s = time.perf_counter(), time.process_time()
    for content in contents[1:]:
        review_activity(read_bytes(content, "a run"), plan)
    count = len(contents) - 1
    return (time.perf_counter() - began_s) / count, (time.process_time() - began_cpu_s) / count


def batch(folder: Path, store: Path, jobs: int) -> Ran:
    """Call the command, and look at the memory of its leading process meanwhile."""
    command = [
        sys.executable, "-m", "analyzer", "batch", str(folder), "--plan", PLAN_LINE,
        "--store", str(store), "--jobs", str(jobs), "--json", "--quiet",
    ]  # fmt: skip
    # Compiled once, as it is installed, also where the environment says not to.
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    out = store.with_suffix(".json")
    began_s, began_cpu_s = time.perf_counter(), _cpu_s()
    with (
        out.open("wb") as file,
        subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL, env=env) as process,
    ):
        peak_mb = 0.0
        while process.poll() is None:
            peak_mb = max(peak_mb, _peak_mb(process.pid))
            time.sleep(LOOK_S)
    passed_s, cpu_s = time.perf_counter() - began_s, _cpu_s() - began_cpu_s
    return Ran(json.loads(out.read_bytes()), passed_s, cpu_s, peak_mb)


def _cpu_s() -> float:
    """Return what all processes that were started here, and theirs, have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_mb(pid: int) -> float:
    """Return the most memory that a process has had; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def exported(store: Path) -> bytes:
    """Return all that a store has of its runs."""
    with Store.open(str(store)) as kept:
        if kept.check():
            return b""
        kept.export(str(store.with_suffix(".csv")))
    return store.with_suffix(".csv").read_bytes()


def faults(truth: Truth, first: Ran, second: Ran, single: Ran, is_equal: bool) -> list[str]:
    """Name what must not be."""
    told = [_counted(ran.account) for ran in (first, second, single)]
    again = truth._replace(reviewed=0, recovered=0)
    unchanged = second.account["unchanged"]
    checks = {
        f"the account of two workers is {told[0]}": told[0] == truth,
        f"the account of one worker is {told[2]}": told[2] == truth,
        f"the second run has {told[1]}, {unchanged} unchanged": told[1] == again
        and unchanged == truth.reviewed + truth.recovered,
        "one and two workers keep different results": is_equal,
    }
    return [fault for fault, holds in checks.items() if not holds]


def _counted(account: dict[str, Any]) -> Truth:
    """Return an account as the truth is told; files that are neither make it another one."""
    others = len(account["duplicates"]) + len(account["skipped"])
    return Truth(
        account["found"] + others, account["reviewed"], account["recovered"], len(account["failed"])
    )


def main(arguments: list[str]) -> int:
    """Print the table; 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.archive")
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args(arguments).count
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        truth = write_squad(root / "squad", count)
        before = alone(root / "squad")
        first = batch(root / "squad", root / "two.db", 2)
        second = batch(root / "squad", root / "two.db", 2)
        single = batch(root / "squad", root / "one.db", 1)
        after = alone(root / "squad")  # both, as the machine may be shared
        is_equal = exported(root / "two.db") == exported(root / "one.db") != b""
        size_kb = (root / "two.db").stat().st_size / 1024
    rows = _rows(count, before, after, {"2 workers": first, "again": second, "1 worker": single})
    rows.append(f"{size_kb / count:.1f} kB of store a file; {os.cpu_count()} cores")
    found = faults(truth, first, second, single, is_equal)
    rows += found or ["nothing lost: the accounts are the truth"]
    sys.stdout.write("\n".join(rows) + "\n")
    return 1 if found else 0


def _rows(
    count: int, before: tuple[float, float], after: tuple[float, float], rans: dict[str, Ran]
) -> list[str]:
    """Return the table."""
    clock_s, cpu_s = ((one + other) / 2 for one, other in zip(before, after, strict=True))
    rows = ["", "| batch | s | CPU s | files/s | of that by CPU | MB of the leader |"]
    rows.append("|---|--:|--:|--:|--:|--:|")
    for name, ran in rans.items():
        shares = f"{count / ran.seconds:.0f} | {count * cpu_s / ran.cpu_s:.2f}"
        rows.append(
            f"| {name} | {ran.seconds:.1f} | {ran.cpu_s:.1f} | {shares} | {ran.peak_mb:.0f} |"
        )
    alone_s = f"| read + review alone, twice | {count * clock_s / 2:.1f} | {count * cpu_s:.1f} |"
    return [*rows, f"{alone_s} {2 / clock_s:.0f} | 1 | |", ""]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
