"""The day is the runner's day: in title, plans, paces, comparison, table and JSON."""

import csv
import io
import json
import re
import time

import pytest

from analyzer.cli import main
from tests.builders import write_fit
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import START_TIME, Device, simulate
from tests.builders.write_xml import write_gpx, write_tcx

pytestmark = pytest.mark.slow

HOUR_S = 3600

DENVER_S = -7 * HOUR_S
"""There the run, which starts on 6 March 2026 at 06:30 UTC, starts on 5 March at 23:30 [s]."""


@pytest.fixture(scope="module")
def made():
    """Simulate the example, as planned."""
    return simulate(EXAMPLE, seed=3)


@pytest.fixture
def evening(tmp_path, made):
    """Write the run in all three formats, late on 5 March by the runner's clock."""
    contents = {
        "run.fit": write_fit.write_fit(made, utc_offset_s=DENVER_S),
        "run.gpx": write_gpx(made, utc_offset_s=DENVER_S),
        "run.tcx": write_tcx(made, utc_offset_s=DENVER_S),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "plan.yaml").write_text(EXAMPLE_YAML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def treadmill(tmp_path):
    """Write a run without positions and without a local time."""
    run = simulate(EXAMPLE, device=Device(has_positions=False), seed=3)
    (tmp_path / "run.fit").write_bytes(write_fit.write_fit(run, utc_offset_s=None))
    (tmp_path / "plan.yaml").write_text(EXAMPLE_YAML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def honolulu(monkeypatch):
    """Put this machine 10 h behind UTC."""
    monkeypatch.setenv("TZ", "HST10")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def run(*arguments, capsys):
    """Run one command line in this process: exit code, stdout, stderr."""
    code = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("name", ["run.fit", "run.gpx", "run.tcx"])
def test_every_form_shows_the_runners_day(evening, name, capsys):
    """Terminal, page and text for a forum: 5 March, though it is 6 March in UTC."""
    pages = [evening / "review.html", evening / "review.md"]
    outputs = [part for page in pages for part in ("-o", page)]
    code, out, _ = run(
        evening / name, "--plan", evening / "plan.yaml", "-o", "-", *outputs, capsys=capsys
    )
    assert code == 0
    for text in (out, *(page.read_text(encoding="utf-8") for page in pages)):
        assert "5 March 2026" in text
        assert "6 March" not in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("run.fit", "Date by the watch's clock (UTC−7)."),
        ("run.gpx", "Date by the time zone in the file (UTC−7)."),
        ("run.tcx", "Date by the time zone in the file (UTC−7)."),
    ],
)
def test_the_report_says_whose_clock_it_is(evening, name, says, capsys):
    """In words, with the distance from UTC."""
    _, out, _ = run(evening / name, "--plan", evening / "plan.yaml", capsys=capsys)
    assert says in " ".join(out.split())


def test_a_file_without_zone_is_dated_by_the_place(tmp_path, made, capsys):
    """In the open sea at 30 degrees west clocks are 2 h behind UTC."""
    (tmp_path / "run.gpx").write_bytes(write_gpx(made))
    _, out, _ = run(tmp_path / "run.gpx", "--plan", EXAMPLE_YAML_LINE, "--json", capsys=capsys)
    activity = json.loads(out)["activity"]
    assert activity["start_time_local"] == "2026-03-06T04:30:00-02:00"
    assert activity["time_zone_source"] == "place"
    _, out, _ = run(tmp_path / "run.gpx", "--plan", EXAMPLE_YAML_LINE, capsys=capsys)
    assert "Date by the time zone of the place (UTC−2)." in " ".join(out.split())


EXAMPLE_YAML_LINE = "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"


@pytest.mark.usefixtures("honolulu")
def test_without_zone_and_place_this_machine_dates_and_the_report_says_so(treadmill, capsys):
    """06:30 UTC on 6 March is 20:30 on 5 March in Honolulu."""
    _, out, _ = run(treadmill / "run.fit", "--plan", treadmill / "plan.yaml", capsys=capsys)
    assert "5 March 2026" in out
    words = "The file does not tell the time zone: date by this computer's (UTC−10)."
    assert words in " ".join(out.split())


def test_the_json_has_both_times(evening, capsys):
    """The moment in UTC, the runner's clock with its offset, and whose it is."""
    _, out, _ = run(evening / "run.fit", "--plan", evening / "plan.yaml", "--json", capsys=capsys)
    activity = json.loads(out)["activity"]
    assert activity["start_time"] == "2026-03-06T06:30:00Z"
    assert activity["start_time_local"] == "2026-03-05T23:30:00-07:00"
    assert activity["time_zone_source"] == "watch"


def test_the_table_has_both_times(evening, capsys):
    """Beside one another."""
    table = evening / "review.csv"
    run(evening / "run.gpx", "--plan", evening / "plan.yaml", "-o", table, "-q", capsys=capsys)
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert {row["start_time"] for row in rows} == {"2026-03-06T06:30:00Z"}
    assert {row["start_time_local"] for row in rows} == {"2026-03-05T23:30:00-07:00"}


def test_inspect_shows_the_runners_clock_and_whose_it_is(evening, capsys):
    """For people and for programs."""
    _, out, _ = run("inspect", evening / "run.fit", capsys=capsys)
    assert "2026-03-05 23:30:00 UTC−7, by the watch's clock" in out
    _, out, _ = run("inspect", "--json", evening / "run.gpx", capsys=capsys)
    shown = json.loads(out)
    assert shown["start_time"] == "2026-03-06T06:30:00Z"
    assert shown["start_time_local"] == "2026-03-05T23:30:00-07:00"
    assert shown["time_zone_source"] == "file"


@pytest.mark.parametrize(
    ("hours_later", "offset_h", "day"),
    [
        (0.0, -11, "2026-03-05"),  # 5 March 19:30
        (0.0, -6.5, "2026-03-06"),  # midnight sharp
        (0.0, -6.75, "2026-03-05"),  # 23:45
        (0.0, 14, "2026-03-06"),  # 20:30
        (5.0, 12.75, "2026-03-07"),  # 6 March 11:30 UTC, 00:15
        (11.0, 14, "2026-03-07"),
        (0.0, 0, "2026-03-06"),
    ],
)
def test_the_plan_of_the_runners_day_is_chosen(
    tmp_path, made, monkeypatch, capsys, hours_later, offset_h, day
):
    """Of three plans alike but for the date in their names."""
    for number in (5, 6, 7):
        plan = tmp_path / "plans" / f"2026-03-0{number} session.yaml"
        plan.parent.mkdir(exist_ok=True)
        plan.write_text(EXAMPLE_YAML, encoding="utf-8")
    monkeypatch.setattr(write_fit, "START_TIME", START_TIME + hours_later * HOUR_S)
    content = write_fit.write_fit(made, utc_offset_s=offset_h * HOUR_S)
    (tmp_path / "run.fit").write_bytes(content)
    code, out, err = run(
        tmp_path / "run.fit", "--plans", tmp_path / "plans", "--json", capsys=capsys
    )
    assert code == 0
    assert json.loads(out)["plan"]["source"] == f"{day} session.yaml"
    assert err.startswith(f"run.fit: by {day} session.yaml")


@pytest.mark.parametrize(("offset_h", "threshold"), [(-7, 210.0), (-6, 205.0)])
@pytest.mark.parametrize("option", ["--plan", "--plans"])
def test_dated_paces_hold_from_the_runners_own_midnight(
    tmp_path, made, capsys, offset_h, threshold, option
):
    """New paces from 6 March: half an hour before midnight the old ones hold, after it the new."""
    (tmp_path / "athletes.yaml").write_text(
        "athletes:\n  anna:\n    paces:\n"
        "      - {from: 2026-01-01, easy: 5:00, threshold: 3:30}\n"
        "      - {from: 2026-03-06, threshold: 3:25}\n",
        encoding="utf-8",
    )
    plan = tmp_path / "squad.yaml"
    plan.write_text(
        "athlete: anna\nblocks:\n  - 15min easy\n  - 4x10min @ threshold\n", encoding="utf-8"
    )
    content = write_fit.write_fit(made, utc_offset_s=offset_h * HOUR_S)
    (tmp_path / "run.fit").write_bytes(content)
    named = plan if option == "--plan" else tmp_path
    _, out, _ = run(tmp_path / "run.fit", option, named, "--json", capsys=capsys)
    paces = [b["planned"]["pace_s_per_km"] for b in json.loads(out)["blocks"]]
    assert paces == pytest.approx([300.0, *4 * [threshold]])


def test_a_comparison_sorts_by_the_moment_and_labels_by_the_runners_day(
    tmp_path, made, monkeypatch, capsys
):
    """At UTC+14 it is 6 March 19:00 an hour and a half before it is 5 March 23:30 in Denver."""
    (tmp_path / "west.fit").write_bytes(write_fit.write_fit(made, utc_offset_s=DENVER_S))
    monkeypatch.setattr(write_fit, "START_TIME", START_TIME - 1.5 * HOUR_S)
    (tmp_path / "east.fit").write_bytes(write_fit.write_fit(made, utc_offset_s=14 * HOUR_S))
    runs = (tmp_path / "west.fit", tmp_path / "east.fit")
    _, out, _ = run("compare", *runs, "--plan", EXAMPLE_YAML_LINE, "--json", capsys=capsys)
    assert [r["label"] for r in json.loads(out)["runs"]] == ["6 Mar 2026", "5 Mar 2026"]
    _, out, _ = run("compare", *runs, "--plan", EXAMPLE_YAML_LINE, capsys=capsys)
    assert "6 Mar 2026" in out
    assert "this computer" not in out


def test_times_of_day_in_a_comparison_are_the_runners_own(tmp_path, made, monkeypatch, capsys):
    """Two runs of one evening: 20:00 and 23:30 in Denver, on two days in UTC."""
    (tmp_path / "late.fit").write_bytes(write_fit.write_fit(made, utc_offset_s=DENVER_S))
    monkeypatch.setattr(write_fit, "START_TIME", START_TIME - 3.5 * HOUR_S)
    (tmp_path / "early.fit").write_bytes(write_fit.write_fit(made, utc_offset_s=DENVER_S))
    runs = (tmp_path / "late.fit", tmp_path / "early.fit")
    _, out, _ = run("compare", *runs, "--plan", EXAMPLE_YAML_LINE, "--sort", "date", capsys=capsys)
    early, late = out.index("5 Mar 2026 20:00"), out.index("5 Mar 2026 23:30")
    assert early < late
    assert "5 March 2026" in out.splitlines()[0]
    assert "Times of day are each runner's own." in " ".join(out.split())


@pytest.mark.usefixtures("honolulu")
def test_a_comparison_says_where_this_machine_dates(treadmill, made, capsys):
    """One run indoors, one of a watch that says its zone."""
    (treadmill / "out.fit").write_bytes(write_fit.write_fit(made, utc_offset_s=DENVER_S))
    runs = (treadmill / "run.fit", treadmill / "out.fit")
    _, out, _ = run("compare", *runs, "--plan", EXAMPLE_YAML_LINE, capsys=capsys)
    words = "Where a file does not tell the time zone, days are this computer's."
    assert words in " ".join(out.split())


@pytest.mark.parametrize("options", [[], ["--json"], ["--message"], ["-o", "review.html"]])
@pytest.mark.parametrize("name", ["run.fit", "run.gpx"])
def test_anonymous_says_nothing_of_the_zone(evening, name, options, monkeypatch, capsys):
    """As date and time of day are left out, so is how far from UTC they were."""
    monkeypatch.chdir(evening)
    named = EXAMPLE_YAML.replace("Tuesday progression", "Session of 5.3.")
    (evening / "plan.yaml").write_text(named, encoding="utf-8")
    code, out, err = run(name, "--plan", "plan.yaml", "--anonymous", *options, capsys=capsys)
    assert code == 0
    page = evening / "review.html"
    text = out + err + (page.read_text(encoding="utf-8") if page.exists() else "")
    assert not re.search(r"UTC|5\.3\.|March|2026|-07:00|Date by", text)
