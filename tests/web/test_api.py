"""The API gives what the command line gives, and refuses with one line."""

from __future__ import annotations

import hashlib
import io
import json
import time
import zipfile

import pytest

from tests.builders.command import run
from tests.builders.exports import PLAN_LINE, activities
from tests.builders.web_server import serving
from tests.places import PLAN, SAMPLES

SAMPLE = SAMPLES / "greedy-then-blow-up.fit"
LINE = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"
REVIEWS = "/api/v1/reviews"


def sent(path=SAMPLE, **fields):
    """Return what a form with a recording holds."""
    return {"files": {"run": (path.name, path.read_bytes())}, "data": fields}


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ({}, ()),
        ({"start": "14:30"}, ("--start", "14:30")),
        ({"start": "-0:30"}, ("--start=-0:30",)),
        ({"match": "clock", "gap": "off"}, ("--match", "clock", "--gap", "off")),
        ({"session": "1"}, ("--session", "1")),
    ],
)
def test_a_review_is_that_of_the_command_line(client, capsys, fields, options):
    """By a plan that was typed, byte for byte."""
    answer = client.post(REVIEWS, **sent(plan=LINE, **fields))
    _, printed, _ = run(SAMPLE, "--plan", LINE, "--json", *options, capsys=capsys)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == printed


def test_a_plan_comes_as_a_file_too(client, capsys):
    """With the name that it has."""
    plan = {"plan": (PLAN.name, PLAN.read_bytes())}
    files = {"run": (SAMPLE.name, SAMPLE.read_bytes()), **plan}
    _, printed, _ = run(SAMPLE, "--plan", PLAN, "--json", capsys=capsys)
    assert client.post(REVIEWS, files=files).text == printed


def test_a_recording_comes_by_itself_too(client, capsys):
    """What is asked for stands in the address then."""
    answer = client.post(
        REVIEWS,
        params={"name": SAMPLE.name, "plan": LINE},
        content=SAMPLE.read_bytes(),
        headers={"Content-Type": "application/octet-stream"},
    )
    _, printed, _ = run(SAMPLE, "--plan", LINE, "--json", capsys=capsys)
    assert answer.text == printed


def test_a_zip_with_one_recording_is_that_recording(client):
    """One with two is for a batch."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.fit", SAMPLE.read_bytes())
        one = client.post(REVIEWS, files={"run": ("a.zip", packed.getvalue())}, data={"plan": LINE})
        archive.writestr("b.fit", SAMPLE.read_bytes())
    two = client.post(REVIEWS, files={"run": ("a.zip", packed.getvalue())}, data={"plan": LINE})
    assert one.status_code == 422  # its list of members is not written yet
    assert (two.status_code, two.json()["title"]) == (422, "Unprocessable Entity")
    assert "/api/v1/batches" in two.json()["detail"]


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 422, "carries no workout"),
        ({"plan": "4x run"}, 422, "plan:1"),
        ({"plan": LINE, "start": "soon"}, 422, "12:30"),
        ({"plan": LINE, "start": "9:59:59"}, 422, "recording ends"),
        ({"plan": LINE, "match": "pace"}, 422, "'match' is one of auto, laps, clock"),
        ({"plan": LINE, "gap": "hills"}, 422, "'gap' is one of strava, minetti, off"),
        ({"plan": LINE, "session": "first"}, 422, "'session' is a number"),
        ({"plan": LINE, "session": "7"}, 422, "there is no session 7"),
        ({"athlete": "anna"}, 422, "'athlete' needs a plan"),
        ({"plan": LINE, "units": "mi"}, 422, "there is no field 'units'"),
        ({"plan": LINE, "start": "1" * 401}, 422, "longer than the limit of 400 bytes"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_name(client, fields, status, words):
    """The field, and what may stand in it."""
    answer = client.post(REVIEWS, **sent(**fields))
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (status, status)
    assert words in problem["detail"]


def test_every_problem_of_a_plan_is_named_with_its_place(client):
    """Checked or judged by: the same problems."""
    text = "blocks:\n  - {run: 10min, at: fast}\n  - {run: soon, at: 4:00/km}\n"
    checked = client.post("/api/v1/plans/check", json={"text": text}).json()
    judged = client.post(REVIEWS, **sent(plan=text)).json()
    assert checked["state"] == "wrong"
    places = [(p["line"], p["message"]) for p in checked["problems"]]
    assert [line for line, _ in places] == [2, 3]
    assert places == [(p["line"], p["message"]) for p in judged["problems"]]


def test_a_plan_that_is_understood_is_told_as_plan_show_tells_it(client, capsys):
    """Blocks, paces, advice."""
    checked = client.post("/api/v1/plans/check", json={"text": LINE}).json()
    _, printed, _ = run("plan", "show", LINE, "--json", capsys=capsys)
    shown = json.loads(printed)
    assert (checked["state"], checked["problems"]) == ("understood", [])
    assert checked["plan"] | {"source": ""} == shown | {"source": ""}
    assert client.post("/api/v1/plans/check", json={"text": " "}).json()["state"] == "empty"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"text": 5}', "application/json", 422),
        (b'{"text": "x", "athletes": "a"}', "application/json", 422),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b"text=x", "application/x-www-form-urlencoded", 415),
        (b"x" * 1_048_577, "application/json", 413),
    ],
)
def test_what_is_no_plan_to_check_is_refused(client, body, kind, status):
    """JSON of the right form, and not too long."""
    headers = {"Content-Type": kind}
    answer = client.post("/api/v1/plans/check", content=body, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


BOUNDARY = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", BOUNDARY, 400),
        (b"--x\r\n", BOUNDARY, 400),
        (b"nothing of the kind", BOUNDARY, 400),
        (b"--x\r\n\r\nno name\r\n--x--\r\n", BOUNDARY, 400),
        (b'--x\r\nContent-Disposition: form-data; name="plan"\r\n\r\nno end', BOUNDARY, 400),
        (b'--x\r\nContent-Disposition: form-data; name="plan"\r\n\r\n\r\n--x--\r\n', BOUNDARY, 422),
        (b"--x\r\n" + b"A: b\r\n" * 1000, BOUNDARY, 400),
        (b"--x\r\nA: " + b"b" * 100_000, BOUNDARY, 400),
        (b"", {"Content-Type": "multipart/form-data"}, 415),
        (b"", {"Content-Type": "multipart/form-data; boundary=" + "x" * 5000}, 400),
        (b"", {"Content-Type": "text/plain"}, 415),
        (b"", {}, 415),
    ],
)
def test_what_is_no_form_is_refused(client, body, headers, status):
    """Cut, without names, without end, of another kind."""
    for path in (REVIEWS, "/api/v1/batches"):
        answer = client.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["status"]) == (status, status), path


def test_a_field_comes_once(client):
    """Nobody can tell which of two is meant."""
    part = b'--x\r\nContent-Disposition: form-data; name="plan"\r\n\r\n10min @ 4:00\r\n'
    answer = client.post(REVIEWS, content=2 * part + b"--x--\r\n", headers=BOUNDARY)
    assert (answer.status_code, "comes twice" in answer.text) == (422, True)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/runs?since=yesterday",
        "/api/v1/runs?since=2026-02-30",
        "/api/v1/runs?since=20260301",
        "/api/v1/runs?since=",
        "/api/v1/runs?since=2026-03-02&until=2026-03-01",
        "/api/v1/runs?limit=0",
        "/api/v1/runs?limit=501",
        "/api/v1/runs?start=-1",
        "/api/v1/runs?start=99999999999999999999",
        "/api/v1/runs?athlets=anna",
        "/api/v1/runs?athlete=anna&athlete=ben",
        "/api/v1/squad?week=yes",
        "/api/v1/squad?week=true&since=2026-03-01",
        "/api/v1/trends?athletes=anna",
    ],
)
def test_a_slip_in_an_address_is_refused(client, address):
    """It is never passed over: the answer would be another one."""
    assert client.get(address).status_code == 422


@pytest.mark.parametrize("address", ["/api/v1/runs", "/api/v1/athletes", "/api/v1/squad"])
def test_a_store_that_is_not_there_yet_is_said_and_not_made(client, address):
    """A batch makes it."""
    answer = client.get(address)
    assert (answer.status_code, "nothing is kept yet" in answer.json()["detail"]) == (404, True)


def test_there_is_no_other_address(client):
    """404, 405 with what is allowed, and no batch of that name."""
    assert client.get("/api/v1/nothing").status_code == 404
    assert client.get("/api/v1/batches/aaaaaaaaaaaa").status_code == 404
    assert client.get(f"/api/v1/runs/{'0' * 64}").status_code == 404
    assert client.get("/api/v1/runs/..%2f..%2fetc").status_code == 404
    wrong = client.put("/api/v1/batches")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, HEAD, POST")
    assert wrong.json()["status"] == 405


@pytest.mark.slow
def test_an_export_is_judged_followed_and_read_from_the_store(tmp_path, capsys):
    """What the API says of a store is what the command line says of it."""
    runs = {
        f"{who}/{n}.fit": a
        for n, a in enumerate(activities(6, every_other_sport=0))
        for who in ("anna",)
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, made in runs.items():
            archive.writestr(f"squad/{name}", made.content)
    store = tmp_path / "progcheck.db"
    with serving(tmp_path) as server, server.client() as client:
        files = {"files": ("squad.zip", packed.getvalue())}
        begun = client.post("/api/v1/batches", files=files, data={"plan": PLAN_LINE})
        assert begun.status_code == 202
        assert begun.headers["location"] == f"/api/v1/batches/{begun.json()['id']}"
        until = time.monotonic() + 100
        while not (state := client.get(begun.headers["location"]).json())["account"]:
            assert time.monotonic() < until, state
            time.sleep(0.05)
        assert (state["state"], state["done"], state["account"]["reviewed"]) == ("done", 6, 6)
        ended = client.delete(begun.headers["location"])
        assert (ended.status_code, ended.json()) == (200, state)  # it is over already
        assert [b["id"] for b in client.get("/api/v1/batches").json()["batches"]] == [state["id"]]
        listed = client.get("/api/v1/runs", params={"limit": 4}).json()
        rest = client.get("/api/v1/runs", params={"start": listed["next"]}).json()
        assert (listed["total"], listed["next"], len(listed["runs"])) == (6, 4, 4)
        assert (rest["next"], len(rest["runs"])) == (None, 2)
        contents = {row["content"] for row in listed["runs"] + rest["runs"]}
        assert contents == {hashlib.sha256(a.content).hexdigest() for a in runs.values()}
        days = sorted(row["day"] for row in listed["runs"] + rest["runs"])
        late = client.get("/api/v1/runs", params={"since": days[2], "until": days[3]}).json()
        assert {row["day"] for row in late["runs"]} == set(days[2:4])
        assert client.get("/api/v1/runs", params={"athlete": "ben"}).json()["total"] == 0
        assert client.get("/api/v1/runs", params={"plan": "no such"}).json()["total"] == 0
        athletes = client.get("/api/v1/athletes").json()["athletes"]
        assert [(a["name"], a["runs"]) for a in athletes] == [("anna", 6)]
        for path, command in (
            ("trends", ("trends",)),
            ("trends?athlete=anna&since=2026-01-01", ("trends", "anna", "--since", "2026-01-01")),
            ("squad", ("squad",)),
            ("squad?week=true", ("squad", "--week")),
            (f"squad?since={days[1]}", ("squad", "--since", days[1])),
        ):
            _, printed, _ = run(*command, "--store", store, "--json", capsys=capsys)
            assert client.get(f"/api/v1/{path}").text == printed, path
        unknown = client.get("/api/v1/trends?athlete=ana")
        assert (unknown.status_code, "'anna'" in unknown.json()["detail"]) == (404, True)
        one = tmp_path / "0.fit"
        one.write_bytes(runs["anna/0.fit"].content)
        kept = client.get(f"/api/v1/runs/{hashlib.sha256(one.read_bytes()).hexdigest()}").json()
        _, printed, _ = run(one, "--plan", PLAN_LINE, "--json", capsys=capsys)
        alone = json.loads(printed)
        assert kept["score"] == alone["score"]
        assert kept["blocks"] == alone["blocks"]
