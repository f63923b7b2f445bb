"""The coach's pages on a real server: what they show is what the command line says."""

from __future__ import annotations

import io
import re
import sqlite3
import subprocess
import sys
import time
import zipfile
from html import unescape
from typing import TYPE_CHECKING

import pytest

from analyzer.archive.said import GivenPlan, Ruling
from analyzer.archive.store import access
from analyzer.archive.store.packed import pack, unpack
from analyzer.archive.store.store import Store
from analyzer.report.forms import FORMS
from analyzer.structs import replace
from analyzer.web.work import kept
from tests.builders.kept_evening import EVENING, EXPORTS, LATEST, STORE, kept_evening, kept_run
from tests.builders.web_server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

pytestmark = pytest.mark.slow

VIEWS = ("/squad", "/runs", "/athlete?name=Anna", "/messages", "/upload")

LINK = re.compile(r'<a (?:class="[^"]*" )?href="([^"]*)"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the store of the evening."""
    kept_evening(tmp_path)
    return tmp_path


@pytest.fixture
def coach(folder: Path) -> Iterator[httpx.Client]:
    """Return somebody who may ask the server of that folder."""
    with serving(folder) as server, server.client() as client:
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """Return the same for those who only look."""
    folder = tmp_path_factory.mktemp("evening")
    kept_evening(folder)
    with serving(folder) as server, server.client() as client:
        yield client, folder


def said(folder: Path, *arguments: str) -> str:
    """Return what the command line says in a folder."""
    command = [sys.executable, "-m", "analyzer", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def article_of(page: str) -> str:
    """Return the reports of a page, without links."""
    begin, end = page.index("<article"), page.rindex("</article>")
    return re.sub(r"</?a\b[^>]*>", "", page[begin:end])


def test_the_squad_sheet_is_that_of_the_command_line(shared):
    """Word for word and mark for mark, for the latest week and for other days."""
    coach, folder = shared
    for options, address in (
        ((), "/squad"),
        (("--on", "2026-03-24"), "/squad?since=2026-03-24&until=2026-03-24"),
        (("--since", "2026-02-01"), "/squad?since=2026-02-01&until="),
    ):
        said(folder, "squad", *options, "-o", "sheet.html")
        assert article_of(coach.get(address).text) == article_of(
            (folder / "sheet.html").read_text(encoding="utf-8")
        )


def test_an_athletes_page_has_the_trends_of_the_command_line(shared):
    """And all their runs, the latest first."""
    coach, folder = shared
    said(folder, "trends", "Anna", "-o", "trends.html")
    page = coach.get("/athlete?name=Anna").text
    assert article_of(page) == article_of((folder / "trends.html").read_text(encoding="utf-8"))
    days = re.findall(r'class="who">([^<]*)<', page)
    assert (len(days), days[0], days[-1]) == (9, "31 March 2026", "3 February 2026")


def test_every_link_of_every_view_leads_somewhere(shared):
    """From the squad to athletes, runs, messages, other weeks, and every form of a run."""
    coach, _ = shared
    known: set[str] = set()
    waiting = list(VIEWS)
    forms: set[str] = set()
    while waiting:
        address = waiting.pop()
        form = address.partition("/as/")[2]
        if address in known or form in forms:
            continue
        known.add(address)
        forms |= {form} - {""}
        answer = coach.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text}"
        if not form and "since=" not in address:  # there is always another week
            waiting += [unescape(found) for found in LINK.findall(answer.text) if found[0] == "/"]
    assert forms == set(FORMS)
    assert sum(address.startswith("/athlete?") for address in known) == 4
    assert sum(re.fullmatch("/runs/[0-9a-f]{64}", a) is not None for a in known) == 17


def test_no_view_needs_what_the_policy_forbids(shared):
    """No style or script in the markup, as nothing but files of our own may be one."""
    coach, folder = shared
    run = kept_run(folder, "Ben").content
    for address in (*VIEWS, f"/runs/{run}"):
        page = coach.get(address).text
        assert not re.search(
            r"<style|\sstyle=|\son\w+=|<script(?! (?:defer|type=\"module\") src=)", page
        )


@pytest.mark.parametrize("view", ["/squad", "/runs", "/athlete?name=Anna", "/messages", "/compare"])
def test_without_a_store_each_view_says_what_to_do_and_makes_none(tmp_path, view):
    """One friendly line, no error; looking makes no file."""
    with serving(tmp_path) as server, server.client() as client:
        answer = client.get(view)
        assert answer.status_code == 200
        assert "No runs are kept yet" in answer.text
        assert "/upload" in answer.text
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_used_is_told_in_its_one_line(folder):
    """Damaged, or written by a newer progcheck; the server lives on."""
    (folder / "broken.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    (folder / "newer.db").write_bytes((folder / STORE).read_bytes())
    with sqlite3.connect(folder / "newer.db") as newer:
        newer.execute("UPDATE progcheck_version SET version_num = '9999'")
    newer.close()
    for name in ("broken.db", "newer.db"):
        with serving(folder, "--store", name) as server, server.client() as client:
            for view in ("/squad", "/runs", "/messages"):
                answer = client.get(view)
                assert answer.status_code == 503
                (line,) = re.findall(r'<pre class="line">([^<]*)</pre>', answer.text)
                assert line.startswith(f"{name}: ")
            assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 17),
        ("athlete=Anna", 9),
        ("athlete=Cleo", 1),
        ("athlete=-", 0),
        ("plan=progr", 17),
        ("plan=tempo", 0),
        ("word=held", 4),
        ("word=held&athlete=Cleo", 1),
        ("finding=STOPPED", 1),
        (f"since={LATEST}", 3),
        ("until=2026-02-28", 4),
        ("since=2026-03-24&until=2026-03-24", 4),
    ],
)
def test_an_address_narrows_the_list(shared, query, count):
    """
    By what `docs/coach.md` shows of the evening.

    Anna has 9 runs, of which 31, 24 and 17 March were held, as was Cleo's only one; four runs
    of hers were in February; Dan stopped once.
    """
    coach, _ = shared
    page = coach.get(f"/runs?{query}").text
    words = "1 run" if count == 1 else f"{count} runs"
    assert f'role="status">{words}' in page
    assert page.count('name="run"') == count


def test_only_runs_of_one_plan_are_compared(coach, folder):
    """The same sheet as of the command; another session, or one run alone, is refused."""
    anna, ben = (kept_run(folder, name) for name in ("Anna", "Ben"))
    page = coach.get(f"/compare?run={anna.content}&run={ben.content}").text
    assert "Progression · 2 runs · 31 March 2026" in page
    assert f'href="/runs/{anna.content}"' in page
    with Store.open(str(folder / STORE)) as store:
        other = anna.run._replace(stimulus="another")
        (result,) = _results(store, anna.content)
        store.save([result._replace(content="f" * 64, run=other)])
    for query, words in (
        (f"run={ben.content}&run={'f' * 64}", "only runs of one plan can be compared"),
        (f"run={ben.content}", "tick 2 to 60 runs"),
        ("run=abc&run=def", "there is no such run"),
        (f"run={ben.content}&run={'e' * 64}", "this run is not in it"),
    ):
        answer = coach.get(f"/compare?{query}")
        assert answer.status_code in (404, 422)
        assert words in answer.text


def _results(store, content):
    """Return a kept run as a batch would keep it again."""
    from analyzer.archive.records import Result

    for run in store.runs(contents=[content]):
        yield Result(content, run.label, "reviewed", athlete=run.athlete, day=run.run.day,
                     inputs="again", run=run.run)  # fmt: skip


def test_a_note_is_kept_and_shown_and_taken_back(coach, folder):
    """As it was written, on the page and in the store; an empty one is none."""
    run = kept_run(folder, "Ben")
    text = "He slept badly.\nAsk on <Friday> & listen."
    answer = coach.post(f"/runs/{run.content}/note", data={"note": text})
    assert answer.status_code == 303
    assert "&lt;Friday&gt; &amp; listen." in coach.get(f"/runs/{run.content}").text
    with Store.open(str(folder / STORE)) as store:
        assert store.said([run.content])[run.content].note == text
    coach.post(f"/runs/{run.content}/note", data={"note": " \n"})
    with Store.open(str(folder / STORE)) as store:
        assert store.said([run.content]) == {}


def test_a_text_that_was_changed_elsewhere_is_not_overwritten(coach, folder):
    """409, with the text that is kept; whoever does not say what was seen wins as ever."""
    address = f"/runs/{kept_run(folder, 'Ben').content}"
    htmx = {"HX-Request": "true"}
    coach.post(f"{address}/note", data={"note": "one"})
    for over, status in (
        ({"over": ""}, 409),
        ({"over": "other", "sent": "another"}, 409),
        ({"over": "one\r\n"}, 200),  # as it is kept
        ({"over": "one"}, 200),  # "two" is there already: nothing is lost
        ({"over": "", "sent": "two"}, 200),  # its answer was lost
        ({}, 200),
    ):
        answer = coach.post(f"{address}/note", data={"note": "two", **over}, headers=htmx)
        assert answer.status_code == status, over
        if status == 409:
            assert ">one</textarea>" in answer.text
            assert answer.headers["HX-Retarget"] == "#note-changed"
            coach.post(f"{address}/note", data={"note": "one"})
    plain = coach.post(f"{address}/note", data={"note": "three", "over": "one"})
    assert (plain.status_code, "changed in another window" in plain.text) == (409, True)

    coach.post(f"{address}/message", data={"text": "one"})
    for change in ({"text": "two", "over": ""}, {"do": "take_back", "text": "two", "over": "x"}):
        answer = coach.post(f"{address}/message", data=change, headers=htmx)
        assert answer.status_code == 409
        assert ">one</textarea>" in answer.text
        assert ">two</textarea>" in answer.text
        assert coach.post(f"{address}/message", data=change).status_code == 409
    coach.post(f"{address}/message", data={"do": "take_back", "over": "one"})
    answer = coach.post(f"{address}/message", data={"text": "two", "over": "one"}, headers=htmx)
    assert (answer.status_code, "was taken back there" in answer.text) == (409, True)


def test_what_cannot_be_kept_is_refused_in_one_line(coach, folder):
    """Too long, of no run, from another site, while another program writes."""
    address = f"/runs/{kept_run(folder, 'Ben').content}"
    assert coach.post(f"{address}/note", data={"note": "w" * 5000}).status_code == 413
    assert coach.post(f"{address}/message", data={"text": "w" * 9000}).status_code == 413
    assert coach.post(f"{address}/message", data={"text": "w" * 5000}).status_code == 503
    assert coach.post(f"{address}/message", data={"text": " "}).status_code == 422
    assert coach.post(f"/runs/{'e' * 64}/note", data={"note": "x"}).status_code == 503
    assert coach.post("/runs/..%2f/note", data={"note": "x"}).status_code == 404
    foreign = {"Origin": "http://evil.example"}
    assert coach.post(f"{address}/note", data={"note": "x"}, headers=foreign).status_code == 403
    with Store.open(str(folder / STORE)) as store:
        assert store.said() == {}


def zipped(client: httpx.Client, which: str) -> dict[str, str]:
    """Return the messages of the latest week as files."""
    content = client.get(f"/messages.zip?which={which}").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def written(folder: Path) -> dict[str, str]:
    """Return the messages that the command line writes."""
    said(folder, "squad", "--messages", "tonight")
    return {p.name: p.read_text(encoding="utf-8") for p in (folder / "tonight").glob("*.txt")}


def test_messages_are_those_of_the_command_line_and_an_approved_one_wins_in_both(coach, folder):
    """Of all, those that nobody approved lie apart."""
    texts = written(folder)
    assert set(texts) == {"Anna.txt", "Ben.txt", "Dan.txt"}
    assert zipped(coach, "approved") == {}
    assert zipped(coach, "all") == {f"not approved/{name}": t for name, t in texts.items()}
    run = kept_run(folder, "Ben")
    page = coach.get(f"/runs/{run.content}").text
    (reading,) = re.findall(r'name="reading" value="([0-9a-f]+)"', page)
    own = "Hi Benny,\n\nthat was too fast. Call me."
    coach.post(f"/runs/{run.content}/message", data={"text": own, "reading": reading})
    assert (
        zipped(coach, "approved")
        == {"Ben.txt": f"{own}\n"}
        == {name: text for name, text in written(folder).items() if name == "Ben.txt"}
    )
    assert "1 of 3 approved" in coach.get("/messages").text
    assert coach.get("/runs").text.count(" · approved") == 1
    coach.post(f"/runs/{run.content}/message", data={"do": "take_back"})
    assert zipped(coach, "approved") == {}


def test_what_was_approved_for_an_earlier_reading_is_not_sent(coach, folder):
    """Judged anew and found otherwise: the page says so, and keeps the coach's words."""
    run = kept_run(folder, "Ben")
    page = coach.get(f"/runs/{run.content}").text
    (reading,) = re.findall(r'name="reading" value="([0-9a-f]+)"', page)
    coach.post(f"/runs/{run.content}/message", data={"text": "Well done.", "reading": reading})
    review = unpack(run.run.packed)
    other = replace(review, score=replace(review.score, overall=50.0))
    with Store.open(str(folder / STORE)) as store:
        (result,) = _results(store, run.content)
        store.save([result._replace(run=run.run._replace(packed=pack(other), score=50.0))])
    for address in (f"/runs/{run.content}", "/messages"):
        page = coach.get(address).text
        assert "Approved for an earlier reading" in page
        assert ">Well done.</textarea>" in page
    assert coach.get("/runs").text.count("approval outdated") == 1
    assert zipped(coach, "approved") == {}
    assert zipped(coach, "all")["not approved/Ben.txt"] == written(folder)["Ben.txt"]


def test_a_store_that_another_program_locks_is_told_in_one_line(coach, folder):
    """Nothing is lost: reading goes on, writing says to try again."""
    assert kept.WAIT_S < 5 < access.WAIT_S  # long before a batch would
    address = f"/runs/{kept_run(folder, 'Ben').content}"
    line = f"{STORE}: is locked by another program: try again when that has finished"
    with sqlite3.connect(folder / STORE) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = coach.post(f"{address}/note", data={"note": "x"}, headers={"HX-Request": "true"})
        assert (answer.status_code, f"<pre>{line}</pre>" in answer.text) == (503, True)
        assert coach.get(address).status_code == 200
        other.rollback()
    other.close()
    assert coach.post(f"{address}/note", data={"note": "x"}).status_code == 303


def test_what_was_decided_is_shown_and_taken_back(coach, folder):
    """Each by itself; the page says what was said, and when it counts that it was taken back."""
    run = kept_run(folder, "Ben")
    address = f"/runs/{run.content}"
    assert "Take it back" not in coach.get(address).text
    with Store.open(str(folder / STORE)) as store:
        store.set_ruling(run.content, Ruling(750.0, "laps"))
        store.set_plan(run.content, GivenPlan("<b>.yaml", b"blocks: []"))
    page = coach.get(address).text
    assert "said that block 1 began at 12:30 and the lap button places the blocks." in page
    assert "Plan of its own:</b> &lt;b&gt;.yaml." in page
    assert coach.post(f"{address}/take-back", data={"what": "note"}).status_code == 422
    told = coach.post(f"{address}/take-back", data={"what": "ruling"}, headers={"HX-Request": "1"})
    assert "the next batch that finds the recording judges it anew" in told.text
    with Store.open(str(folder / STORE)) as store:
        said = store.said([run.content])[run.content]
    assert (said.ruling, said.plan is None) == (None, False)
    assert coach.post(f"{address}/take-back", data={"what": "plan"}).status_code == 303
    assert "Take it back" not in coach.get(address).text


def test_a_run_of_nobody_is_shown_and_written_about(coach, folder):
    """On no row, but named below the sheet; its message greets nobody."""
    run = kept_run(folder, "Ben")
    with Store.open(str(folder / STORE)) as store:
        (result,) = _results(store, run.content)
        store.save([result._replace(content="f" * 64, athlete=None, label="found.fit")])
        store.set_ruling("f" * 64, Ruling(start_s=60.0))
    assert f'<a href="/runs/{"f" * 64}">found.fit</a>' in coach.get("/squad").text
    assert coach.get("/runs?athlete=-").text.count('name="run"') == 1
    page = coach.get(f"/runs/{'f' * 64}").text
    assert "Message to the runner" in page
    assert ">Progression: 48 of 100" in page
    assert "Overruled:" in page


def test_what_cannot_be_uploaded_is_refused_before_anything_is_judged(coach, tmp_path):
    """No file, a plan that is none, a plan outside the folder, a day that is none."""
    file = ("run.fit", (EVENING / "athletes.yaml").read_bytes())
    for data, files, words in (
        ({"plan": "text", "plan_text": "as you like it"}, {"files": file}, "plan"),
        ({"plan": "folder", "plan_name": "../x.yaml"}, {"files": file}, "no such plan"),
        ({"since": "tomorrow"}, {"files": file}, "2026-03-31"),
        ({"other": "x"}, {"files": file}, "there is no field"),
    ):
        answer = coach.post("/uploads", data=data, files=files, headers={"HX-Request": "true"})
        assert answer.status_code in (400, 422), words
        assert words in answer.text
        assert answer.headers["HX-Retarget"] == "#problem"
    assert coach.get("/uploads/none").status_code == 404
    nothing = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = coach.post("/uploads", content=nothing, headers=kind)
    assert (answer.status_code, "no file came" in answer.text) == (422, True)


def test_all_runs_are_judged_by_the_plan_that_is_typed(coach):
    """A plan for all wins over what the export says was planned."""
    ben = next(path for path in EXPORTS if "Roth-Ben" in path.name)
    plan = {"plan": "text", "plan_text": "15min @ 5:30, 4x10min @ 4:30", "since": LATEST}
    begun = coach.post("/uploads", data=plan, files={"files": (ben.name, ben.read_bytes())})
    assert begun.status_code == 303
    address = begun.headers["location"]
    while "<progress" in (page := coach.get(address).text):
        time.sleep(0.2)
    assert re.search(r'class="n">1</th><td>reviewed<', page)
    assert 'class="n">4</th><td>passed over (3 before that day, 1 no recording)' in page
