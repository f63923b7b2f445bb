"""
``python -m tests.bench.pools``: what pools of processes lose, and what a task costs.

Each pool does 200 tasks of 5 ms in two workers, of which task 50 kills its worker, hangs, or
takes all memory; or the workers are killed at random, up to ten times, or die when they start.
A row says how many tasks have no result, and whether the pool came to an end by itself; then
the cost of 10,000 tiny tasks, and what is printed and left on Ctrl-C and when the parent is
killed. Every measurement is a process of its own, as some never end.
``python -m pip install pebble joblib`` first: none of them is a dependency.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import functools
import importlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers

Told = dict[int, object]
Pool = Callable[[Callable[[int], int], range, Callable[[], None]], Told]

TASKS, TINY_TASKS, BAD = 200, 10_000, 50
TIMEOUT_S = 3.0
PATIENCE_S = 25.0
"""After this long a pool is taken to wait for ever; the work is half a second of it."""

MEMORY_BYTES = 2**29
HARMS = ("kill", "kills", "kills of tiny", "hang", "memory", "start", "tiny")
KILLS = 10
KILLED: list[float] = []


def work(harm: str, folder: str, task: int) -> int:
    """Do 5 ms, or harm."""
    if harm.endswith("tiny"):
        return task
    if harm == "forever" or (task == BAD and harm == "hang"):
        (Path(folder) / str(os.getpid())).touch()
        time.sleep(3600)
    if task == BAD and harm == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == BAD and harm == "memory":
        return len(bytes(2**40))
    time.sleep(0.05 if harm == "kills" else 0.005)
    return task


def begin(harm: str) -> None:
    """Give a worker its most memory, or end it."""
    import resource

    if harm == "start":
        os._exit(9)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _outcome(future: concurrent.futures.Future[int]) -> object:
    """Wait for a result, and return it or the class of what came instead."""
    try:
        return future.result()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever else it is, it is counted
        return type(error).__name__


def in_executor(job: Callable[[int], int], tasks: range, start: Callable[[], None]) -> Told:
    """Use `concurrent.futures`, which knows no time limit."""
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, context, initializer=start) as pool:
        futures = {task: pool.submit(job, task) for task in tasks}
        return {task: _outcome(future) for task, future in futures.items()}


def in_multiprocessing(job: Callable[[int], int], tasks: range, start: Callable[[], None]) -> Told:
    """Use `multiprocessing.Pool`, which knows no time limit either, but for the caller's wait."""
    with multiprocessing.get_context("spawn").Pool(2, start) as pool:
        answers = {task: pool.apply_async(job, (task,)) for task in tasks}
        told: Told = {}
        for task, answer in answers.items():
            try:
                told[task] = answer.get()
            except MemoryError as error:
                told[task] = type(error).__name__
        return told


def in_loky(job: Callable[[int], int], tasks: range, start: Callable[[], None]) -> Told:
    """Use what joblib works with; its timeout is about idle workers."""
    loky = importlib.import_module("joblib.externals.loky")
    pool = loky.ProcessPoolExecutor(2, initializer=start)
    futures = {}
    for task in tasks:
        try:
            futures[task] = pool.submit(job, task)
        except Exception:  # noqa: BLE001 - a broken pool takes no more tasks
            break
    told = {task: _outcome(future) for task, future in futures.items()}
    pool.shutdown(kill_workers=True)
    return told


def in_pebble(job: Callable[[int], int], tasks: range, start: Callable[[], None]) -> Told:
    """Use pebble, with a time limit for each task."""
    pebble = importlib.import_module("pebble")
    context = multiprocessing.get_context("spawn")
    with pebble.ProcessPool(2, initializer=start, context=context) as pool:
        try:
            futures = {task: pool.schedule(job, args=(task,), timeout=TIMEOUT_S) for task in tasks}
            return {task: _outcome(future) for task, future in futures.items()}
        except KeyboardInterrupt:
            pool.stop()  # it would wait for them all
            raise


def in_ours(job: Callable[[int], int], tasks: range, start: Callable[[], None]) -> Told:
    """Use the pool of this house."""
    return dict(each(tasks, job, Workers(2, TIMEOUT_S, start=start)))


POOLS: dict[str, Pool] = {
    "concurrent.futures": in_executor,
    "multiprocessing.Pool": in_multiprocessing,
    "loky": in_loky,
    "pebble": in_pebble,
    "ours": in_ours,
}


def _start(pool: str, harm: str, folder: str) -> subprocess.Popen[str]:
    """Start one measurement in a session of its own."""
    command = [sys.executable, "-m", "tests.bench.pools", "one", pool, harm, folder]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _kill_at_random() -> None:
    """Kill a worker ten times, whatever it does."""
    chance = random.Random(1)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 0.4))
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(_children()), signal.SIGKILL)
            KILLED.append(time.monotonic())


def _children() -> list[int]:
    """Return our children but those that only keep books."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if (
                int(fields[1]) == os.getpid()
                and b"resource_tracker" not in (path / "cmdline").read_bytes()
            ):
                found.append(int(path.name))
    return found


def _end(process: subprocess.Popen[str]) -> tuple[str, str]:
    """End what is left of a measurement, and return what it printed."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.communicate()


def _left(session: int) -> int:
    """Count the processes of a session that still run."""
    count = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        count += fields[0] != "Z" and int(fields[3]) == session
    return count


def lost(pool: str, harm: str) -> str:
    """Say how many tasks have no result, or what else a measurement prints."""
    with tempfile.TemporaryDirectory() as folder:
        process = _start(pool, harm, folder)
        try:
            process.wait(PATIENCE_S)
            waits = ""
        except subprocess.TimeoutExpired:
            waits = "waits for ever"
        out, _ = _end(process)
    return waits or (out.split("\n")[-2] if out else f"ended with {process.returncode}")


def at_end(pool: str, end: signal.Signals) -> str:
    """Say what is printed and left when Ctrl-C comes, or the parent dies, and two workers hang."""
    with tempfile.TemporaryDirectory() as folder:
        process = _start(pool, "forever", folder)
        while len(list(Path(folder).iterdir())) < 2:
            time.sleep(0.02)
        (os.killpg if end == signal.SIGINT else os.kill)(process.pid, end)
        try:
            process.wait(5)
            ended = f"ends with {process.returncode}"
        except subprocess.TimeoutExpired:
            ended = "goes on"
        time.sleep(0.5)
        left = _left(process.pid)
        _, errors = _end(process)
    return f"{ended}, {errors.count('Traceback')} tracebacks, {left} processes left"


def one(pool: str, harm: str, folder: str) -> int:
    """Measure one pool with one harm, and print the figure."""
    job, start = functools.partial(work, harm, folder), functools.partial(begin, harm)
    if harm == "tiny":
        POOLS[pool](job, range(4), start)  # what is loaded once
        started_s = time.perf_counter()
        POOLS[pool](job, range(TINY_TASKS), start)
        print(f"{(time.perf_counter() - started_s) / TINY_TASKS * 1000:.2f} ms")  # noqa: T201
        return 0
    if harm.startswith("kills"):
        threading.Thread(target=_kill_at_random, daemon=True).start()
    try:
        tasks = range(5 * TINY_TASKS if harm == "kills of tiny" else TASKS)
        told = POOLS[pool](job, tasks, start)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - to be told in the table
        print(f"{type(error).__name__}: {error}")  # noqa: T201
        return 1
    without = [task for task in tasks if told.get(task) != task]
    other = f", the bad one: {told.get(BAD)}" if harm in ("kill", "hang", "memory") else ""
    other = f" after {len(KILLED)} kills" if KILLED else other
    print(f"{len(without)} without result{other}")  # noqa: T201
    return 0


def main(arguments: list[str]) -> int:
    """Print the table."""
    if arguments and arguments[0] == "one":
        return one(*arguments[1:])
    names = (
        "killed",
        "kills at random",
        "and with tiny tasks",
        "hangs",
        "memory",
        "dies at start",
        "a tiny task",
        "Ctrl-C",
        "SIGKILL",
    )
    rows = [f"| pool | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for pool in arguments or POOLS:
        cells = [
            *(lost(pool, harm) for harm in HARMS),
            at_end(pool, signal.SIGINT),
            at_end(pool, signal.SIGKILL),
        ]
        rows.append(f"| {pool} | {' | '.join(cells)} |")
    print("\n".join(rows))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
