"""Whatever is uploaded: a review, or one line, and the server lives on."""

from __future__ import annotations

import gzip
import io
import re
import socket
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

import pytest

from analyzer.web.body import MAX_RECORDING
from tests.builders.web_server import serving
from tests.places import BAD, ROOT, SAMPLES, needs_bad

FIELD = ROOT.parent / "shared" / "field"
LINE = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"
SAMPLE = SAMPLES / "greedy-then-blow-up.fit"
KEY = re.compile(r'name="run" value="([^"]+)"')
FINE = (200, 413, 422)
"""A review; too large; a recording that cannot be used."""

needs_field = pytest.mark.skipif(not FIELD.is_dir(), reason="no ../shared/field")


def dropped(client, name, content):
    """Drop a file on the page, and review what is in it; returns every answer."""
    answers = [client.post("/runs", params={"name": name}, content=content)]
    for key in KEY.findall(answers[0].text):
        form = {"run": key, "plan": "text", "plan_text": LINE}
        answers.append(client.post("/review", data=form))
        answers.append(client.post("/review", data={"run": key, "plan": "carried"}))
    return answers


def reviewed(client, name, content):
    """Review a file through the API; returns the answer."""
    return client.post(
        "/api/v1/reviews", files={"run": (name, content)}, data={"plan": LINE}, timeout=120
    )


def check(client, name, content):
    """Hold every answer about a file to what is promised of all."""
    for answer in dropped(client, name, content):
        assert answer.status_code in FINE, f"{name}: {answer.status_code} {answer.text[:300]}"
        assert "a bug in progcheck" not in answer.text, name
    made = reviewed(client, name, content)
    assert made.status_code in FINE, f"{name}: {made.status_code} {made.text[:300]}"
    if made.status_code != HTTPStatus.OK:
        line = made.json()["detail"]
        assert line, name
        assert "\n" not in line.partition("\n    ")[0], name
        assert "Traceback" not in line
        assert "bug" not in line, name


def check_all(client, files):
    """Do so for many files, some at a time."""
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda file: check(client, file.name, file.read_bytes()), files))
    assert client.get("/api/v1").status_code == 200


@needs_bad
@pytest.mark.slow
def test_every_bad_input_gets_a_review_or_a_line(client):
    """All that lies there, the README and the program beside it too."""
    check_all(client, sorted(p for p in BAD.rglob("*") if p.is_file()))


@needs_field
@pytest.mark.slow
def test_every_file_from_the_field_gets_a_review_or_a_line(client):
    """Runs, workouts, plans, notes."""
    check_all(client, sorted(p for p in FIELD.rglob("*") if p.is_file()))


def zipped(*members):
    """Return an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


ZEROS = bytes(MAX_RECORDING + 1)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
BOMBS = {
    "zeros.fit.gz": lambda: gzip.compress(ZEROS),
    "twice.fit.gz": lambda: gzip.compress(gzip.compress(ZEROS)),
    "zeros.zip": lambda: zipped(("a.fit", ZEROS), ("b.fit", ZEROS)),
    "inside.zip": lambda: zipped(("in.zip", zipped(("a.fit", ZEROS)))),
    "laughs.gpx": lambda: LAUGHS + b"]><gpx>&j;</gpx>",
    "many.zip": lambda: zipped(*((f"{n}.fit", b"x") for n in range(5000))),
    "names.zip": lambda: zipped(("../../../etc/cron.d/x.fit", b"x"), ("/etc/x.fit", b"x")),
    "deep.gpx": lambda: b"<gpx>" + b"<a>" * 100_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_gets_a_line(client, name):
    """What unpacks to more than the limit is not unpacked further."""
    check(client, name, BOMBS[name]())
    assert client.get("/api/v1").status_code == 200


@pytest.mark.parametrize("path", ["/runs", "/api/v1/reviews", "/review", "/api/v1/plans/check"])
def test_what_states_to_be_too_large_is_not_waited_for(server, path):
    """The limit is named, before a byte of it is sent."""
    kinds = {
        "/review": "application/x-www-form-urlencoded",
        "/api/v1/plans/check": "application/json",
    }
    kind = kinds.get(path, "application/octet-stream")
    with socket.create_connection(("127.0.0.1", server.port), timeout=120) as link:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Authorization: Bearer {server.token}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {MAX_RECORDING + 1}\r\nExpect: 100-continue\r\n\r\n"
        )
        link.sendall(head.encode())
        answer = b""
        while part := link.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"the limit of " in answer


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/runs", "/api/v1/reviews"])
@pytest.mark.parametrize("is_stated", [True, False])
def test_what_is_too_large_hears_so_however_it_is_sent(client, path, is_stated):
    """With its size or in chunks without one; whoever sends on hears the answer all the same."""
    size = MAX_RECORDING + 5_000_000
    chunk = bytes(1_000_000)
    body = bytes(size) if is_stated else (chunk for _ in range(size // len(chunk)))
    kind = {"Content-Type": "application/octet-stream"}
    answer = client.post(path, content=body, headers=kind)
    assert (answer.status_code, "the limit of 64 MiB" in answer.text) == (413, True)


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "a\0b.fit", "\x1b[31mred.fit",
     "x" * 3000 + ".fit", "\u202egnp.fit", "<b>bold</b>.fit", "", "..", "con.fit"],
)  # fmt: skip
def test_no_name_of_a_file_is_a_way_to_anywhere(client, name):
    """It is shown, escaped, and nothing else."""
    for answer in dropped(client, name, SAMPLE.read_bytes()):
        assert answer.status_code in FINE
        assert "<b>bold" not in answer.text
        assert "\x1b" not in answer.text
    made = reviewed(client, name, SAMPLE.read_bytes())
    assert made.status_code in (200, 422)
    if made.status_code == HTTPStatus.OK:
        assert "/" not in made.json()["activity"]["source"]


def test_no_plan_leads_out_of_the_folder_of_plans(tmp_path):
    """Only what the folder lists is a plan of it; what is typed is no path."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "mine.yaml").write_text(f"plan: {LINE}\n", encoding="utf-8")
    secret = tmp_path / "secret.yaml"
    secret.write_text("blocks:\n  - {run: 10min, at: 4:00/km}\n", encoding="utf-8")
    with serving(tmp_path, "--plans", str(plans)) as server, server.client() as client:
        answer = client.post("/runs", params={"name": "a.fit"}, content=SAMPLE.read_bytes())
        key = KEY.findall(answer.text)[0]
        for name in ("../secret.yaml", str(secret), "mine.yaml/../../secret.yaml", "", ".", "\0"):
            form = {"run": key, "plan": "folder", "plan_name": name}
            assert client.post("/review", data=form).status_code == 422, name
        for text in (str(secret), "../secret.yaml", "/etc/passwd"):
            form = {"run": key, "plan": "text", "plan_text": text}
            assert client.post("/review", data=form).status_code == 422, text
            for path, field in (("/api/v1/reviews", "run"), ("/api/v1/batches", "files")):
                sent = {field: ("a.fit", SAMPLE.read_bytes())}
                asked = client.post(path, files=sent, data={"plan": text})
                assert asked.status_code == 422, text


@pytest.mark.parametrize(
    "path",
    ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "vendor/../../app.py", "/etc/passwd",
     "%2fetc%2fpasswd", "..\\app.py", "..%5capp.py", "vendor", "", "review.js/", "review.js%00",
     "vendor/%2e%2e/review.js"],
)  # fmt: skip
def test_no_address_leads_out_of_our_own_files(server, path):
    """Asked as it stands: no client tidies it up first."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=120) as link:
        head = (
            f"GET /static/{path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Authorization: Bearer {server.token}\r\nConnection: close\r\n\r\n"
        )
        link.sendall(head.encode())
        answer = b""
        while part := link.recv(65536):
            answer += part
    assert answer.split(b" ")[1] == b"404"


@pytest.mark.slow
def test_fifty_uploads_at_once_are_all_answered(server):
    """Small and large ones, good and bad ones; each gets its own answer."""
    large = bytes(20_000_000)

    def upload(number):
        """Send one of three kinds."""
        kind = number % 5
        with server.client(timeout_s=300) as client:
            if kind == 0:
                return 422, client.post("/runs", params={"name": "zeros.fit"}, content=large)
            if kind == 1:
                return 422, reviewed(client, f"{number}.fit", b"no run")
            answer = reviewed(client, f"{number}.fit", SAMPLE.read_bytes())
            assert answer.json()["activity"]["source"] == f"{number}.fit"
            return 200, answer

    with ThreadPoolExecutor(50) as many:
        answers = list(many.map(upload, range(50)))
    assert [answer.status_code for _, answer in answers] == [status for status, _ in answers]
    assert Path(f"/proc/{server.process.pid}").exists() or server.process.poll() is None
