"""The command below a review gives that review, whatever its plan came from."""

import html
import io
import re
import shlex
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.builders.web_server import serving
from tests.places import SAMPLES

RUN = SAMPLES / "steady.fit"
PLAN = "10min easy, 10min @ threshold"
ATHLETES = "athletes:\n  Anna:\n    paces:\n      threshold: 3:50\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the server is started, with plans and runs beside it."""
    folder = tmp_path_factory.mktemp("started here")
    shutil.copytree(SAMPLES / "plans", folder / "my plans")
    (folder / "my plans/athletes.yaml").write_text(ATHLETES, encoding="utf-8")
    shutil.copy(RUN, folder)
    shutil.copy(RUN, folder / "-v.fit")
    return folder


@pytest.fixture(scope="module")
def client(folder):
    """Ask a server that speaks German and counts in miles."""
    options = ("--plans", "my plans", "--lang", "de", "--units", "mi")
    with serving(folder, *options) as server, server.client() as asking:
        yield asking


def found(pattern, text):
    """Return what a pattern has in its brackets."""
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match[1]


def reviewed(client, name, content, **asked):
    """Drop a run and have it judged; returns the part of the page, as text."""
    dropped = client.post("/runs", params={"name": name}, content=content)
    key = found(r'name="run" value="([^"]+)"', dropped.text)
    answer = client.post("/review", data={"run": key, **asked})
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("steady.fit", {"plan": "text", "plan_text": "15min easy, 10min @ 4:00", "start": "0:05"}),
        ("steady.fit", {"plan": "text", "plan_text": PLAN, "athlete": "Anna"}),
        ("steady.fit", {"plan": "folder", "plan_name": "2026-03-06 Tuesday.yaml"}),
        ("steady.fit", {"plan": "fitting"}),
        ("-v.fit", {"plan": "fitting"}),
    ],
)
def test_the_command_gives_the_review_that_it_stands_below(client, folder, name, asked):
    """Its sentence and its score, in the language and the units of the page."""
    shown = reviewed(client, name, RUN.read_bytes(), **asked)
    command = shlex.split(found(r"<code>(.*?)</code>", shown))
    assert command[0] == "progcheck"
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", *command[1:]],
        cwd=folder, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    told = " ".join(done.stdout.replace("\u00a0", " ").split())
    assert found(r'data-sentence="([^"]+)"', shown).replace("\u00a0", " ") in told
    assert "/mi" in told


def test_a_run_out_of_an_archive_is_named_as_it_is_there(client):
    """The command line knows no member of a zip: it says what to unpack."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.write(RUN, "March/tuesday.fit")
    shown = reviewed(client, "week.zip", archive.getvalue(), plan="fitting")
    command = shlex.split(found(r"<code>(.*?)</code>", shown))
    assert command[1] == "tuesday.fit"
    assert "with tuesday.fit unpacked from week.zip" in shown


def test_a_report_says_in_which_language_it_is(client):
    """A screen reader reads German as German, and the words around it as English."""
    shown = reviewed(client, "steady.fit", RUN.read_bytes(), plan="fitting")
    assert re.search(r'<div lang="de"><article', shown)
    assert '<section class="placing" lang="en"' in shown
