"""Clients that hang, processes that die, signals: others are served, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.builders.exports import PLAN_LINE, activities
from tests.builders.simulate import simulate
from tests.builders.web_server import STOPS_S, serving, stop
from tests.builders.write_fit import write_fit
from tests.places import SAMPLES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc"),
]

SAMPLE = (SAMPLES / "greedy-then-blow-up.fit").read_bytes()
LINE = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"
HUNG = {
    "a request line": "POST /ru",
    "half of its headers": "POST /runs?name=a.fit HTTP/1.1\r\nHost: {host}\r\nAuthor",
    "no body": "POST /runs?name=a.fit HTTP/1.1\r\n{held}Content-Length: 60000000\r\n\r\n",
    "half a body": "POST /runs?name=a.fit HTTP/1.1\r\n{held}Content-Length: 60000000\r\n\r\n{much}",
    "half a chunk": "POST /runs HTTP/1.1\r\n{held}Transfer-Encoding: chunked\r\n\r\nFFFF\r\nabc",
    "half a form": (
        "POST /api/v1/batches HTTP/1.1\r\n{held}Content-Length: 60000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="files"; filename="a.fit"\r\n\r\n{much}'
    ),
}


def hung(server, request):
    """Return a connection on which somebody began something, and sends nothing any more."""
    host = f"127.0.0.1:{server.port}"
    held = f"Host: {host}\r\nAuthorization: Bearer {server.token}\r\n"
    link = socket.create_connection(("127.0.0.1", server.port), timeout=120)
    link.sendall(request.format(host=host, held=held, much="x" * 100_000).encode())
    return link


def reviewed(client, name="a.fit", content=SAMPLE, plan=LINE):
    """Ask for a review."""
    return client.post("/api/v1/reviews", files={"run": (name, content)}, data={"plan": plan})


def children(pid):
    """Return the processes that a process has started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")  # each thread has its own
    return [int(number) for each in lists for number in each.read_text(encoding="ascii").split()]


def is_alive(pid):
    """Whether a process still runs."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(is_so, what):
    """Wait until something is so."""
    until = time.monotonic() + STOPS_S
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def test_whoever_hangs_keeps_nobody_waiting(tmp_path):
    """Nor keeps the server from ending; nothing that was begun is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with (
        ExitStack() as links,
        serving(tmp_path, env={"TMPDIR": str(temporary)}) as server,
        server.client() as client,
    ):
        for request in list(HUNG.values()) * 10:
            links.enter_context(hung(server, request))
        assert reviewed(client).status_code == 200
        large = client.post("/runs", params={"name": "a.fit"}, content=bytes(5_000_000))
        assert large.status_code == 422
        assert stop(server.process)[0] == 130 or server.process.returncode == 0
    assert not list(temporary.iterdir())


def test_whoever_never_reads_keeps_nobody_waiting(tmp_path):
    """The answer waits for them, the server does not."""
    with ExitStack() as links, serving(tmp_path) as server, server.client() as client:
        host = f"127.0.0.1:{server.port}"
        request = f"GET /static/report.css HTTP/1.1\r\nHost: {host}\r\n"
        request += f"Authorization: Bearer {server.token}\r\n\r\n"
        for _ in range(20):
            link = socket.socket()
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect(("127.0.0.1", server.port))
            link.settimeout(1)
            links.callback(link.close)
            try:
                link.sendall(request.encode() * 2000)
            except TimeoutError:
                continue  # the server reads no more either
        assert reviewed(client).status_code == 200
        stop(server.process)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_and_all_it_started(tmp_path, number):
    """Also in the middle of a batch and of a review; nobody waits for long."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with (
        serving(tmp_path, env={"TMPDIR": str(temporary)}) as server,
        server.client() as client,
    ):
        files = [("files", (f"{n}.fit", a.content)) for n, a in enumerate(activities(40))]
        files.append(("plan", ("plan.txt", PLAN_LINE.encode())))
        begun = client.post("/api/v1/batches", files=files)
        assert begun.status_code == 202
        wait_for(lambda: client.get(begun.headers["location"]).json()["done"], "begun")
        long = threading.Thread(target=lambda: asked_in_vain(server))
        long.start()
        started = children(server.process.pid)
        server.process.send_signal(number)
        _, complaints = server.process.communicate(timeout=STOPS_S)
        long.join()
    assert complaints.strip() == ""
    wait_for(lambda: not any(map(is_alive, started)), "processes")
    assert not list(temporary.iterdir())


def asked_in_vain(server):
    """Ask for the review of a day, whatever comes back."""
    run = write_fit(simulate(hours_of_running(), seed=1))
    with server.client() as client:
        try:
            reviewed(client, content=run)
        except Exception:  # noqa: BLE001 - the server ends in the middle of it
            return


def hours_of_running():
    """Return the blocks of a day."""
    from tests.builders.simulate import PlannedBlock

    return (PlannedBlock(400, seconds=20 * 3600),)


def test_a_process_that_is_killed_costs_one_answer(tmp_path):
    """Whoever waited for it hears so; the next one is served by a fresh one, with its limits."""
    with serving(tmp_path) as server, server.client() as client:
        reviewed(client)
        before = set(children(server.process.pid))
        answers = []
        asking = threading.Thread(target=lambda: answers.append(slow_answer(server)))
        asking.start()
        wait_for(lambda: any(map(is_busy, before)), "busy")
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        asking.join()
        assert answers[0].status_code in (200, 502)
        for _ in range(4):
            assert reviewed(client).status_code == 200
        fresh = set(children(server.process.pid)) - before
        assert fresh
        for pid in fresh:
            limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
            assert "2147483648" in next(x for x in limits.splitlines() if "address space" in x)


def slow_answer(server):
    """Ask for something that takes a while."""
    with server.client() as client:
        return reviewed(client, content=write_fit(simulate(hours_of_running(), seed=1)))


def is_busy(pid):
    """Whether a process computes."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2][1] == "R"
    except OSError:
        return False


def test_no_process_outlives_a_server_that_is_killed(tmp_path):
    """Neither one that waits, nor one that works, nor those of a batch."""
    with serving(tmp_path) as server, server.client() as client:
        files = [("files", (f"{n}.fit", a.content)) for n, a in enumerate(activities(40))]
        files.append(("plan", ("plan.txt", PLAN_LINE.encode())))
        begun = client.post("/api/v1/batches", files=files)
        wait_for(lambda: client.get(begun.headers["location"]).json()["done"], "begun")
        working = threading.Thread(target=lambda: asked_in_vain(server))
        working.start()
        wait_for(lambda: children(server.process.pid), "processes")
        started = children(server.process.pid)
        server.process.kill()
        server.process.wait()
        wait_for(lambda: not any(map(is_alive, started)), "processes")
        working.join()


def test_ctrl_c_right_after_the_start_is_quiet(tmp_path):
    """It reaches every process of the terminal, those too that are just being started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "analyzer", "serve", "--no-open"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    wait_for(lambda: children(process.pid), "processes")
    os.killpg(process.pid, signal.SIGINT)
    _, complaints = process.communicate(timeout=STOPS_S)
    assert complaints.strip() == ""
