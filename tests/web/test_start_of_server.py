"""What keeps a server, or its store, from working is said in one line."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing

import pytest

from analyzer.archive.store.store import Store
from analyzer.errors import StoreError
from analyzer.web.batches import Batches
from analyzer.web.settings import Settings
from analyzer.web.start import _listening
from analyzer.web.upload import Upload
from tests.builders.web_server import serving, started
from tests.places import SAMPLES

SAMPLE = (SAMPLES / "greedy-then-blow-up.fit").read_bytes()
LINE = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"

WITHOUT = """
import sys
for name in {names!r}:
    sys.modules[name] = None
from analyzer.cli import main
sys.exit(main(["serve", "--no-open"]))
"""


def test_the_first_line_is_the_address_with_a_token_that_nobody_guesses(tmp_path):
    """Each start has another one."""
    found = []
    for _ in range(2):
        with serving(tmp_path) as server:
            found.append(server.address)
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", each) for each in found)
    assert found[0].partition("=")[2] != found[1].partition("=")[2]


def test_no_answer_waits_for_the_last_packet_of_another():
    """Asyncio lets packets go at once where a socket says that it is TCP, which few do."""
    with closing(_listening(None)) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_a_port_that_is_taken_is_one_line(server, tmp_path):
    """Exit code 74, and what to do."""
    second = started(tmp_path, "--port", str(server.port))
    out, complaints = second.communicate(timeout=120)
    assert (second.returncode, out) == (74, "")
    assert len(complaints.splitlines()) == 1
    assert f"port {server.port}" in complaints
    assert "--port" in complaints


def test_a_folder_of_plans_that_is_none_is_one_line(tmp_path):
    """Before anything listens."""
    process = started(tmp_path, "--plans", "nowhere")
    out, complaints = process.communicate(timeout=120)
    assert (process.returncode, out) == (2, "")
    assert "nowhere is not a folder" in complaints


@pytest.mark.parametrize("names", [["uvicorn"], ["starlette"], ["jinja2"], ["python_multipart"]])
def test_without_its_extra_it_says_what_to_install(tmp_path, names):
    """Exit code 2 and one line, whichever library is missing."""
    program = WITHOUT.format(names=names)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "pip install 'progcheck[web]'" in done.stderr


def broken(path):
    path.write_bytes(b"this is no database" * 1000)


def of_another_program(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.commit()


def newer(path):
    kept(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE progcheck_version SET version_num = '9999'")
        connection.commit()


def kept(path):
    Store.open(str(path), create=True).close()


@pytest.mark.parametrize("damage", [broken, of_another_program, newer])
def test_a_store_that_cannot_be_used_is_one_line_and_runs_are_reviewed(tmp_path, damage):
    """The page, too, says so; nothing that is uploaded is left."""
    damage(tmp_path / "progcheck.db")
    check_without_store(tmp_path)


def check_without_store(folder):
    """Ask for all that needs a store, and for a review, which needs none."""
    with serving(folder) as server, server.client(timeout_s=120) as client:
        upload = {"files": ("a.fit", SAMPLE)}
        answers = [client.post("/api/v1/batches", files=upload, data={"plan": LINE})]
        answers += [client.get(f"/api/v1/{name}") for name in ("runs", "athletes", "squad")]
        answers.append(client.get(f"/api/v1/runs/{'0' * 64}"))
        for answer in answers:
            assert answer.status_code == 503, answer.text
            problem = answer.json()["detail"]
            assert problem.startswith("progcheck.db: ")
            assert "\n" not in problem
        for path in ("/squad", "/runs"):
            page = client.get(path)
            assert (page.status_code, "progcheck.db: " in page.text) == (503, True)
        sent = {"run": ("a.fit", SAMPLE)}
        made = client.post("/api/v1/reviews", files=sent, data={"plan": LINE})
        assert made.status_code == 200


def test_a_store_that_another_program_keeps_to_itself_is_one_line(tmp_path, monkeypatch):
    """It is waited for, and then named; nothing that was uploaded is left."""
    monkeypatch.setattr("analyzer.web.work.kept.WAIT_S", 0.2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = tmp_path / "progcheck.db"
    kept(store)
    batches = Batches(Settings(str(store)))
    upload = Upload()
    with upload.open("a.fit") as file:
        file.write(SAMPLE)
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE progcheck_version SET version_num = version_num")
        with pytest.raises(StoreError) as refused:
            batches.start(upload, upload.plan(LINE.encode()))
    line = str(refused.value)
    assert line.startswith("progcheck.db: ")
    assert "\n" not in line
    assert not list(tmp_path.glob("progcheck-*"))
