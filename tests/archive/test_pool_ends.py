"""Whatever ends the parent ends its workers, and nobody prints a traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these are ends by signal")

PARENT = """
import functools, sys
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from tests.archive import works

if __name__ == "__main__":
    work = functools.partial(works.tell_and_hang, sys.argv[1])
    try:
        list(each(range(20), work, Workers(2, 3600)))
    except KeyboardInterrupt:
        sys.exit(130)
"""

GENEROUS_S = 120


def is_running(pid):
    """Tell whether a process runs; one that has ended and was not asked for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    except OSError:
        state = ""
    return state != "Z"


def waited_for(condition):
    """Wait until it holds."""
    until = time.monotonic() + GENEROUS_S
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)
    return True


HALF_TOLD = """
import functools, itertools
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from tests.archive import works

if __name__ == "__main__":
    work = functools.partial(works.harm, "hang against sigterm")
    told = each(range(20), work, Workers(1, 3600))
    print(len(list(itertools.islice(told, works.BAD))))
"""

STOPPED = """
import functools, sys
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from tests.archive import works

if __name__ == "__main__":
    work = functools.partial(works.take_a_second, sys.argv[1])
    print([result for _, result in each(range(6), work, Workers(2, 4))])
"""


STARTING = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)  # while this program itself is loaded
import functools, sys
from analyzer.archive.pool.each import each
from analyzer.archive.pool.hand import Workers
from tests.archive import works

if __name__ == "__main__":
    work = functools.partial(works.tell_and_hang, sys.argv[1])
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print("ready", flush=True)
        list(each(range(20), work, Workers(2, 3600)))
    except KeyboardInterrupt:
        sys.exit(130)
"""

HELD_BACK = """
import os, signal, sys, threading, time
from analyzer.archive.pool.signals import held_back_signals

if __name__ == "__main__":
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    try:
        with held_back_signals():
            os.kill(os.getpid(), int(sys.argv[2]))
            time.sleep(0.2)
            print("whole", flush=True)
        time.sleep(3600)
    except KeyboardInterrupt:
        print("answered")
        sys.exit(130)
"""


def run(code, folder, *arguments):
    """Start a program in a session of its own, with pipes for what it prints."""
    path = folder / "program.py"
    path.write_text(code)
    return subprocess.Popen(
        [sys.executable, str(path), str(folder), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def test_a_program_that_keeps_a_half_told_pool_ends(tmp_path):
    """Its worker hangs, and would not go by itself."""
    with run(HALF_TOLD, tmp_path) as process:
        out, errors = process.communicate(timeout=GENEROUS_S)
    assert (out, errors, process.returncode) == ("7\n", "", 0)


@pytest.mark.parametrize(
    ("end", "told", "code"),
    [(signal.SIGINT, "whole\nanswered\n", 130), (signal.SIGTERM, "whole\n", -signal.SIGTERM)],
)
def test_what_is_held_back_waits_though_another_thread_could_take_it(tmp_path, end, told, code):
    """As those of numpy below: a start is done whole, and then the signal is answered."""
    with run(HELD_BACK, tmp_path, str(int(end))) as process:
        out, errors = process.communicate(timeout=GENEROUS_S)
    assert (out, errors, process.returncode) == (told, "", code)


@pytest.mark.slow
def test_a_batch_that_was_stopped_for_a_while_blames_nobody(tmp_path):
    """After Ctrl-Z the clock has gone on, and the workers have not."""
    with run(STOPPED, tmp_path) as process:
        waited_for(lambda: len([path for path in tmp_path.iterdir() if not path.suffix]) == 2)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(6)
        os.killpg(process.pid, signal.SIGCONT)
        out, errors = process.communicate(timeout=GENEROUS_S)
    assert (out, errors) == ("[0, 1, 2, 3, 4, 5]\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_an_end_while_workers_start_is_as_quiet(end, tmp_path):
    """At twenty moments of the start, in which a worker cannot answer a signal yet."""
    for moment in range(20):
        with run(STARTING, tmp_path) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(moment * 0.01)
            os.killpg(process.pid, end)
            _, errors = process.communicate(timeout=GENEROUS_S)
        assert errors == ""
        assert process.returncode == (130 if end == signal.SIGINT else -end)


@pytest.fixture
def parent(tmp_path):
    """Start a parent whose two workers hang, one of them with the interpreter in its hand."""
    process = run(PARENT, tmp_path)
    told: list[Path] = []
    while len(told) < 2:
        waited_for(lambda: process.poll() is None)
        told = [path for path in tmp_path.iterdir() if not path.suffix]
        time.sleep(0.01)
    yield process, [int(path.name) for path in told]
    if process.poll() is None:
        process.kill()
        process.wait(GENEROUS_S)
    process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda pid: os.killpg(pid, signal.SIGINT), 130),
        (lambda pid: os.kill(pid, signal.SIGINT), 130),
        (lambda pid: os.killpg(pid, signal.SIGTERM), -signal.SIGTERM),
        (lambda pid: os.kill(pid, signal.SIGTERM), -signal.SIGTERM),
        (lambda pid: os.kill(pid, signal.SIGKILL), -signal.SIGKILL),
    ],
    ids=["Ctrl-C", "SIGINT", "SIGTERM to all", "SIGTERM", "SIGKILL"],
)
def test_the_end_of_the_parent_is_the_end_of_its_workers(parent, end, code):
    """Also of one that never lets another thread have a turn."""
    process, pids = parent
    assert all(is_running(pid) for pid in pids)
    end(process.pid)
    _, errors = process.communicate(timeout=GENEROUS_S)
    assert process.returncode == code
    assert waited_for(lambda: not any(is_running(pid) for pid in pids))
    assert errors == ""
