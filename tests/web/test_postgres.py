"""The page on PostgreSQL: all that a coach does works, and its password is shown nowhere."""

from __future__ import annotations

import io
import re
import time
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from analyzer.archive.said import Ruling
from analyzer.archive.store.store import Store
from tests.builders.kept_evening import EXPORTS, LATEST, SQUAD
from tests.builders.postgres_server import PASSWORD, Postgres, new_database, programs, running
from tests.builders.web_server import serving, stop
from tests.places import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

pytestmark = pytest.mark.slow

KEY = re.compile(r'name="run" value="([^"]+)"')
NAME = re.compile(r'data-name="([^"]+)"')
LINE = re.compile(r'<pre(?: class="line")?>([^<]*)</pre>')
PLAN = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL that can be stopped."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with running() as started:
        yield started


class Coach:
    """Somebody who asks the page; whatever is answered holds no password."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def get(self, address: str, status: int = 200, **query: str) -> httpx.Response:
        """Look at something."""
        return self._checked(self._client.get(address, params=query or None), status)

    def post(self, address: str, status: int = 200, **given: object) -> httpx.Response:
        """Change something, as the page does."""
        answer = self._client.post(address, headers=HTMX, **given)  # type: ignore[arg-type]
        return self._checked(answer, status)

    def kept_export(self) -> str:
        """Upload the export of everybody; returns the page that accounts for it."""
        files = [("files", (p.name, p.read_bytes())) for p in (*EXPORTS, SQUAD)]
        address = self.post("/uploads", files=files).headers["HX-Redirect"]
        self.over(f"/api/v1/batches/{address.rpartition('/')[2]}")
        return self.get(address).text

    def begun(self, **given: object) -> str:
        """Have runs judged; returns where that can be followed."""
        return self.post("/api/v1/batches", 202, **given).headers["Location"]

    def over(self, address: str) -> dict[str, Any]:
        """Wait for the end of a batch."""
        until = time.monotonic() + 120
        told: dict[str, Any]
        while (told := self.get(address).json())["state"] not in ("done", "ended", "failed"):
            assert time.monotonic() < until, told
            time.sleep(0.05)
        return told

    def judged(self, **given: object) -> dict[str, Any]:
        """Have runs judged, and wait for it."""
        return self.over(self.begun(**given))

    def run_of(self, athlete: str) -> str:
        """Return the address of the latest run of somebody."""
        rows = self.get("/api/v1/runs", athlete=athlete, limit="1").json()["runs"]
        assert rows[0]["day"] == LATEST
        return f"/runs/{rows[0]['content']}"

    @staticmethod
    def _checked(answer: httpx.Response, status: int) -> httpx.Response:
        """Look at the answer, its headers included."""
        assert answer.status_code == status, answer.text
        assert PASSWORD not in f"{answer.text}{answer.headers}"
        return answer


@pytest.fixture
def target(postgres: Postgres, request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, password included."""
    return new_database(postgres.address, f"d{abs(hash(request.node.name))}")


@pytest.fixture
def coach(target: str, tmp_path: Path) -> Iterator[Coach]:
    """Return somebody who may ask the server; it logs nothing, least of all a password."""
    with serving(tmp_path, "--store", target) as server:
        with server.client() as client:
            yield Coach(client)
        assert stop(server.process) == (130, "\n")


def test_from_an_empty_database_to_messages_taken_along(coach, target):
    """Each page a coach opens on an evening; what is said there is in the store."""
    for view in ("/squad", "/runs", "/athlete?name=Anna", "/messages"):
        assert "No runs are kept yet" in coach.get(view).text
    assert "nothing is kept yet" in coach.get("/api/v1/runs", 404).json()["detail"]

    assert re.search(r'class="n">17</th><td>reviewed<', coach.kept_export())
    assert "Two of four need you" in coach.get("/squad").text
    assert coach.get("/athlete?name=anna").text.count('name="run"') == 9
    for query, count in (("", 17), ("plan=PROGR", 17), ("plan=%25", 0), ("finding=STOPPED", 1),
                         ("athlete=Anna&word=held", 3), (f"since={LATEST}", 3)):  # fmt: skip
        assert coach.get(f"/runs?{query}").text.count('name="run"') == count, query
    anna, ben = coach.run_of("Anna"), coach.run_of("Ben")
    compared = coach.get(f"/compare?run={anna[6:]}&run={ben[6:]}").text
    assert "Progression · 2 runs · 31 March 2026" in compared

    assert "kept" in coach.post(f"{ben}/note", data={"note": "Slept badly."}).text
    (reading,) = re.findall(r'name="reading" value="([0-9a-f]+)"', coach.get(ben).text)
    own = {"text": "Call me.", "reading": reading, "do": "approve"}
    assert "<b>Approved" in coach.post(f"{ben}/message", data=own).text
    page = coach.get(ben).text
    assert ">Slept badly.</textarea>" in page
    assert ">Call me.</textarea>" in page
    assert "1 of 3 approved" in coach.get("/messages").text
    content = coach.get("/messages.zip?which=approved").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == {"Ben.txt": b"Call me.\n"}
    with Store.open(target) as store:
        said = store.said([ben[6:]])[ben[6:]]
    assert said.note == "Slept badly."
    assert said.approved is not None
    assert said.approved.text == "Call me."


def test_a_review_is_kept_with_its_ruling(coach, target):
    """The first run of all makes the tables; programs are given it, too."""
    run = SAMPLES / "greedy-then-blow-up.fit"
    dropped = coach.post("/runs", params={"name": run.name}, content=run.read_bytes())
    form = {"run": KEY.findall(dropped.text)[0], "plan": "text", "plan_text": PLAN}
    made = coach.post("/review", data={**form, "start": "0:30", "moved": "1", "moved_to": "30"})
    (name, *_) = NAME.findall(made.text)
    line = coach.post(f"/reviews/{name}/keep", data={"whose": "Eva"}).text
    assert "kept in postgresql://127.0.0.1:" in line
    (address,) = re.findall(r'href="(/runs/[0-9a-f]{64})"', line)
    assert "Overruled:" in coach.get(address).text
    for form_of in ("html", "json", "csv", "png"):
        coach.get(f"{address}/as/{form_of}")
    assert coach.get(f"/api/v1{address}").json()["score"] is not None
    for path in ("runs", "athletes", "trends", "squad"):
        coach.get(f"/api/v1/{path}")
    with Store.open(target) as store:
        assert store.said([address[6:]])[address[6:]].ruling == Ruling(start_s=30.0)


def test_what_no_column_holds_is_found_nowhere(coach):
    """A filter that asks for it finds nothing, and nobody is told that the store is damaged."""
    coach.kept_export()
    for field in ("athlete", "plan", "word", "finding"):
        assert coach.get(f"/runs?{field}=a%00b%ED%A0%80").text.count('name="run"') == 0, field
    coach.get("/athlete?name=a%00b", 404)
    coach.get("/runs?from=99999999&since=0001-01-01&until=9999-12-31")
    coach.get("/squad?since=0001-01-01&until=9999-12-31")
    address = coach.run_of("Ben")
    coach.post(f"{address}/note", data={"note": "a\0b"})
    assert ">ab</textarea>" in coach.get(address).text


def test_a_server_that_goes_away_is_one_line_and_back_again_all_works(coach, postgres):
    """On every page, for programs, and for what is written; nothing has to be started anew."""
    coach.kept_export()
    address = coach.run_of("Ben")
    postgres.stop()
    try:
        for view in ("/squad", "/runs", "/messages", "/athlete?name=Anna", address):
            lines = LINE.findall(coach.get(view, 503).text)
            assert [line.partition("/d")[0] for line in lines] == [
                f"postgresql://127.0.0.1:{postgres.port}"
            ]
            assert lines[0].endswith(": cannot be reached: check address and network")
        assert "cannot be reached" in coach.get("/api/v1/runs", 503).json()["detail"]
        for change in ("note", "message"):
            text = {"note": "x", "text": "x"}
            assert "cannot be reached" in coach.post(f"{address}/{change}", 503, data=text).text
        files = {"files": (SQUAD.name, SQUAD.read_bytes())}
        assert "cannot be reached" in coach.post("/uploads", 503, files=files).text
        coach.get("/")
    finally:
        postgres.start()
    assert "Two of four need you" in coach.get("/squad").text
    coach.post(f"{address}/note", data={"note": "x"})
    assert ">x</textarea>" in coach.get(address).text


def test_a_table_that_another_program_locks_is_told_in_one_line(coach, target):
    """Reading as well as writing; a batch would wait longer."""
    import psycopg

    coach.judged(files={"files": ("steady.fit", (SAMPLES / "steady.fit").read_bytes())})
    with closing(psycopg.connect(target)) as other:
        other.execute("LOCK TABLE recording IN ACCESS EXCLUSIVE MODE")
        assert "is locked by another program" in coach.get("/runs", 503).text
        note = coach.post(f"/runs/{'0' * 64}/note", 503, data={"note": "x"})
        assert "is locked by another program" in note.text
    coach.get("/runs")


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def test_a_batch_whose_store_goes_away_ends_with_a_line_and_the_next_one_is_judged(
    coach, postgres, target
):
    """While it waits to write what it has judged."""
    import psycopg

    run = SAMPLES / "greedy-then-blow-up.fit"
    sent = {"files": {"files": (run.name, run.read_bytes())}, "data": {"plan": PLAN}}
    assert coach.judged(**sent)["account"]["reviewed"] == 1
    with (
        closing(psycopg.connect(target)) as other,
        closing(psycopg.connect(target, autocommit=True)) as asking,
    ):
        other.execute("LOCK TABLE recording IN SHARE ROW EXCLUSIVE MODE")
        ben = next(path for path in EXPORTS if "Roth-Ben" in path.name)
        export = {"files": {"files": (ben.name, ben.read_bytes())}}
        address = coach.begun(**export)
        while asking.execute(WAITING).fetchone() != (1,):
            time.sleep(0.05)
        postgres.stop()
    try:
        told = coach.over(address)
        assert told["state"] == "failed"
        assert re.search(r": (cannot be reached|the server is shutting)", told["problem"])
        assert PASSWORD not in told["problem"]
    finally:
        postgres.start()
    assert coach.judged(**export)["account"]["reviewed"] == 4
    assert coach.get("/api/v1/runs").json()["total"] == 1 + 4
