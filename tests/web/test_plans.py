"""Plans at a real server: checked for programs, opened as text, and nothing ends it."""

import re

import pytest

from analyzer import read_plan
from analyzer.plans.write_fit import fit_workout
from analyzer.review.typed_plan import plan_typed
from analyzer.web.body import MAX_FORM
from analyzer.web.work.plan_texts import text_of_plan
from tests.builders.hostile_plans import Size, hostile_plans
from tests.builders.web_server import serving
from tests.places import BAD, SAMPLES, needs_bad

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("plans at a server")]

ATHLETES = "athletes:\n  Anna:\n    paces: [{from: 2026-01-01, threshold: 3:55}, {from: 2026-06-01,"
ATHLETES += " threshold: 3:50}]\n"

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """Ask a server with a folder of plans and one athlete, as a program."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "athletes.yaml").write_text(ATHLETES, encoding="utf-8")
    (folder / "a.yaml").write_text("blocks:\n  - 10min @ 4:00\n", encoding="utf-8")
    with (
        serving(tmp_path_factory.mktemp("server"), "--plans", str(folder)) as server,
        server.client() as asking,
    ):
        yield asking


def checked(client, **given):
    """Have a plan checked."""
    answer = client.post("/api/v1/plans/check", json=given)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_program_is_told_what_was_understood(client):
    """State, line, and the blocks of ``plan show --json``."""
    told = checked(client, text="15min easy, 10min @ 4:00")
    assert told["state"] == "understood"
    assert told["line"] == "2 blocks, 25 min, 4:00 /km"
    assert [b["planned"]["duration_s"] for b in told["plan"]["blocks"]] == [900, 600]


def test_a_program_is_told_what_is_wrong_and_where(client):
    """A plan that is wrong is an answer, no error."""
    text = "15min easy, 10min @ 4:0x"
    told = checked(client, text=text)
    (problem,) = told["problems"]
    assert told["state"] == "wrong"
    assert text[problem["start"] : problem["end"]] == "4:0x"


@pytest.mark.parametrize(("day", "pace"), [("2026-03-01", 235), ("2026-07-01", 230), (None, 230)])
def test_paces_are_those_of_the_athlete_and_the_day(client, day, pace):
    """Threshold was 3:55, and is 3:50 from June on."""
    told = checked(client, text="10min @ threshold", athlete="Anna", day=day)
    assert told["plan"]["blocks"][0]["planned"]["pace_s_per_km"] == pace


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "no JSON"),
        (b"\xff", 400, "no JSON"),
        (b"[]", 422, "`object`"),
        (b"{}", 422, "`text`"),
        (b'{"text": 1}', 422, "`str`"),
        (b'{"text": "10min", "date": "2026-03-01"}', 422, "`date`"),
        (b'{"text": "10min", "day": "2026-13-01"}', 422, "date"),
        (b'{"text": "' + b"x" * 1_100_000 + b'"}', 413, "larger than the limit"),
    ],
)
def test_a_question_that_is_none_is_refused(client, content, status, words):
    """With its status and what is wrong."""
    answer = client.post("/api/v1/plans/check", content=content, headers=JSON)
    assert answer.status_code == status
    assert words in answer.json()["detail"]


def test_no_hostile_plan_ends_the_server(client):
    """Each is answered, by the page and for programs."""
    for name, content in hostile_plans(Size(0.05)).items():
        text = content.decode("utf-8", "replace").replace("\ufffd", "?")
        assert checked(client, text=text)["state"] in ("understood", "wrong", "empty"), name
        answer = client.post("/plan", data={"plan": "text", "plan_text": text})
        assert answer.status_code == 200, name
        opened = client.post("/plan/file", params={"name": name}, content=content)
        assert opened.status_code in (200, 413, 422), name
    assert checked(client, text="10min @ 4:00")["state"] == "understood"


@needs_bad
def test_no_bad_file_opened_as_a_plan_ends_the_server(client):
    """A plan, a run, or one line that says why it is neither."""
    small = (p for p in BAD.iterdir() if p.is_file() and p.stat().st_size < MAX_FORM)
    for path in sorted(small):
        answer = client.post("/plan/file", params={"name": path.name}, content=path.read_bytes())
        assert answer.status_code in (200, 413, 422), path.name
        if answer.status_code != 200:
            assert "Traceback" not in answer.text
            assert "a bug in progcheck" not in answer.text


@pytest.mark.parametrize(
    "name", ["../a.yaml", "/etc/passwd", "b.yaml", "athletes.yaml", "", "a\0b"]
)
def test_no_name_leads_out_of_the_folder(client, name):
    """What is not in it is no plan of it."""
    answer = client.post("/plan", data={"plan": "folder", "plan_name": name})
    assert answer.status_code == 200
    assert 'data-state="empty"' in answer.text


def test_a_run_is_told_from_a_plan(client):
    """By its content; the page takes it as a run then."""
    for name in ("steady.fit", "steady.tcx", "steady.gpx"):
        content = (SAMPLES / name).read_bytes()[: 256 * 1024]
        answer = client.post("/plan/file", params={"name": name}, content=content)
        assert answer.json() == {"text": None, "is_run": True}, name


@pytest.mark.parametrize(
    "text",
    [
        "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km",
        "version: 1\nname: Tuesday\nblocks:\n  - {name: Hills, run: 10min, pace: 4:00}\n  - open\n",
        "2 miles easy, 3 x 1 mile @ 7:00, 6:50, 6:40 /mi",
    ],
)
def test_a_workout_is_opened_as_text_of_the_same_plan(client, text):
    """Names and units kept, a watch's rounding aside."""
    plan = plan_typed(text)
    assert plan_typed(text_of_plan(plan)).blocks == plan.blocks
    content = fit_workout(read_plan_of(text)).content
    answer = client.post("/plan/file", params={"name": "a.fit"}, content=content)
    opened = plan_typed(answer.json()["text"])
    assert [b.duration_s for b in opened.blocks] == [b.duration_s for b in plan.blocks]
    assert len(opened.blocks) == len(plan.blocks)


def read_plan_of(text):
    """Read a plan of one line or of YAML."""
    return read_plan(text) if "\n" not in text else plan_typed(text)


def test_a_name_in_a_plan_is_no_markup(client):
    """Neither in the drawing nor in what is wrong."""
    for text in (
        "blocks:\n  - {name: '<script>x</script>', run: 10min, pace: 4:00}\n",
        "10min @ <script>x</script>",
        "10min easy (<img src=x>)",
    ):
        answer = client.post("/plan", data={"plan": "text", "plan_text": text})
        assert not re.search(r"<(script|img)", answer.text)
