"""One plan for a squad, an old run by the paces of its day, and a folder of plans."""

import datetime as dt
import json

import pytest

from tests.builders import write_fit
from tests.builders.command import run
from tests.builders.plans import EXAMPLE, EXAMPLE_YAML
from tests.builders.simulate import START_TIME, simulate
from tests.places import SAMPLES

SQUAD = """\
athletes:
  anna:
    paces:
      - {from: 2026-03-01, easy: 5:00, threshold: 3:30}
      - {from: 2026-06-01, threshold: threshold - 5s}
  bob:
    paces: {easy: 6:00, threshold: 4:30}
"""

PLAN = """\
athlete: anna
blocks:
  - 15min easy
  - 10min @ threshold + 30s
  - 10min @ threshold + 20s
  - 10min @ threshold + 10s
  - 10min @ threshold
"""


@pytest.fixture(scope="module")
def made():
    """Simulate the example: 5:00, then 4:00 to 3:30."""
    return simulate(EXAMPLE, seed=3)


@pytest.fixture
def season(tmp_path, made, monkeypatch):
    """Lay out a squad, its plan, and one run in March and one in July."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    (tmp_path / "squad.yaml").write_text(PLAN, encoding="utf-8")
    for name, day in (("march", dt.date(2026, 3, 6)), ("july", dt.date(2026, 7, 6))):
        days = (day - dt.date(2026, 3, 6)).days
        monkeypatch.setattr(write_fit, "START_TIME", START_TIME + 86_400 * days)
        (tmp_path / f"{name}.fit").write_bytes(write_fit.write_fit(made))
    return tmp_path


def planned(line):
    """Return the planned paces of a review in JSON."""
    return [b["planned"]["pace_s_per_km"] for b in json.loads(line)["blocks"]]


def test_an_old_run_is_judged_by_the_paces_of_its_day(season, capsys):
    """Threshold 210 s in March, 210 - 5 = 205 s in July; one call, each run by its own."""
    code, out, err = run(
        season / "march.fit", season / "july.fit", "--plan", season / "squad.yaml", "--json",
        capsys=capsys,
    )  # fmt: skip
    assert code == 0
    march, july = map(planned, out.splitlines())
    assert march == pytest.approx([300, 240, 230, 220, 210])
    assert july == pytest.approx([300, 235, 225, 215, 205])
    assert err.splitlines() == [
        "march.fit: anna's paces from 2026-03-01",
        "july.fit: anna's paces from 2026-06-01",
    ]


def test_the_same_run_scores_less_by_faster_paces(season, capsys):
    """It is the March plan to the second, and 5 s/km slow by the paces of July."""
    scores = {}
    for name in ("march", "july"):
        arguments = (season / f"{name}.fit", "--plan", season / "squad.yaml", "--json", "-q")
        _, out, err = run(*arguments, capsys=capsys)
        scores[name] = json.loads(out)["score"]["overall"]
        assert err == ""
    assert scores["march"] > scores["july"]


def test_another_athlete_is_asked_for_by_name(season, capsys):
    """Bob's threshold is 270 s, whoever the plan names; case is the same."""
    _, out, err = run(
        season / "march.fit", "--plan", season / "squad.yaml", "--athlete", "BOB", "--json",
        capsys=capsys,
    )  # fmt: skip
    assert planned(out) == pytest.approx([360, 300, 290, 280, 270])
    assert err == "march.fit: bob's paces\n"


def test_the_file_of_paces_may_lie_elsewhere(season, tmp_path_factory, capsys):
    """--athletes FILE wins over the one beside the plan."""
    other = tmp_path_factory.mktemp("other") / "mine.yaml"
    other.write_text("athletes: {anna: {paces: {threshold: 4:00}}}", encoding="utf-8")
    arguments = ("--plan", season / "squad.yaml", "--athletes", other, "--json")
    _, out, _ = run(season / "march.fit", *arguments, capsys=capsys)
    assert planned(out) == pytest.approx([None, 270, 260, 250, 240])


def test_without_a_file_of_paces_an_athlete_is_just_a_name(season, capsys):
    """As ever: the plan's own paces, nothing on stderr."""
    (season / "athletes.yaml").unlink()
    plan = season / "own.yaml"
    plan.write_text("athlete: anna\n" + EXAMPLE_YAML, encoding="utf-8")
    code, out, err = run(season / "march.fit", "--plan", plan, "--json", capsys=capsys)
    assert (code, err) == (0, "")
    assert planned(out) == pytest.approx([300, 240, 230, 220, 210])


def test_intervals_text_is_judged_by_the_paces_of_the_day_too(season, capsys):
    """100 % of threshold: 210 s in March, 205 s in July."""
    plan = season / "plan.txt"
    plan.write_text("- 15m 80% Pace\n- 40m 100% Pace\n", encoding="utf-8")
    runs = (season / "march.fit", season / "july.fit")
    _, out, _ = run(*runs, "--plan", plan, "--athlete", "anna", "--json", capsys=capsys)
    assert [planned(line)[1] for line in out.splitlines()] == pytest.approx([210, 205])


def test_a_run_before_the_first_paces_is_refused_and_the_others_go_on(season, made, capsys):
    """Exit 5 of several, 4 alone; the message says when they begin."""
    (season / "athletes.yaml").write_text(SQUAD.replace("03-01", "05-01"), encoding="utf-8")
    arguments = ("--plan", season / "squad.yaml", "--json")
    code, out, err = run(season / "march.fit", season / "july.fit", *arguments, capsys=capsys)
    assert (code, len(out.splitlines())) == (5, 1)
    assert "anna's paces begin on 2026-05-01, but the run was on 2026-03-06" in err
    assert run(season / "march.fit", *arguments, capsys=capsys)[0] == 4


def test_a_recording_without_a_date_gets_the_latest_paces(season, capsys):
    """And is told so: a GPX without times has none, this one lost its day."""
    from analyzer import read_activity
    from analyzer.cli.options import PlanOptions
    from analyzer.cli.plan_choice import PlanChoice
    from analyzer.structs import replace

    activity = replace(read_activity(season / "march.fit"), start_time=None)
    plan, why = PlanChoice(PlanOptions(str(season / "squad.yaml"))).plan_for(activity)
    assert plan.blocks[-1].target is not None
    assert 1000 / plan.blocks[-1].target.speed_mps == pytest.approx(205)
    assert why.endswith("(the latest: the recording has no date)")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--plan", "squad.yaml", "--athlete", "ana"], 4, "did you mean 'anna'"),
        (["--plan", "squad.yaml", "--athletes", "x.yaml"], 4, "check the name after --athletes"),
        (["--plan", "10min @ threshold", "--athlete", "eve"], 4, "it has anna, bob"),
        (["--athlete", "anna"], 2, "need a plan"),
        (["--athletes", "athletes.yaml"], 2, "need a plan"),
        (["--plan", "squad.yaml", "--plans", "."], 2, "give one of them"),
        (["--plans", "nowhere"], 4, "not a folder of plans"),
    ],
)
def test_what_is_wrong_is_said(arguments, code, says, season, monkeypatch, capsys):
    """2 usage, 4 plan or athletes; nothing on stdout."""
    monkeypatch.chdir(season)
    got, out, err = run("march.fit", *arguments, capsys=capsys)
    assert (got, out) == (code, "")
    assert says in err


def test_plan_show_by_the_paces_of_a_day(season, capsys):
    """--date; left out: the latest. What is no date is 2, a day before all paces 4."""
    plan = season / "squad.yaml"
    for day, last in (("2026-03-31", 210.0), ("2026-06-01", 205.0)):
        _, out, _ = run("plan", "show", plan, "--date", day, "--json", capsys=capsys)
        assert json.loads(out)["blocks"][-1]["planned"]["pace_s_per_km"] == last
    assert "Paces: anna's paces from 2026-06-01." in run("plan", "show", plan, capsys=capsys)[1]
    assert run("plan", "show", plan, "--date", "31.3.2026", capsys=capsys)[0] == 2
    assert run("plan", "show", plan, "--date", "2026-02-28", capsys=capsys)[0] == 4


@pytest.fixture
def plans(tmp_path):
    """Make a folder with the example and an hour of other blocks."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "example.yaml").write_text(EXAMPLE_YAML, encoding="utf-8")
    (folder / "hour.yaml").write_text("blocks:\n  - 15min easy\n  - 45min @ 4:00\n", "utf-8")
    return folder


STEADY = SAMPLES / "steady.fit"


def test_a_folder_gives_the_plan_that_fits(plans, capsys):
    """Which and why stands on stderr; the result is that of the plan by name."""
    code, out, err = run(STEADY, "--plans", plans, "--json", capsys=capsys)
    assert code == 0
    assert err == "steady.fit: by example.yaml: as long as the run (55:00)\n"
    named = run(STEADY, "--plan", plans / "example.yaml", "--json", capsys=capsys)[1]
    assert json.loads(out) == json.loads(named)
    assert run(STEADY, "--plans", plans, "--json", "-q", capsys=capsys)[2] == ""


def test_a_broken_plan_of_the_folder_is_told_once(plans, capsys):
    """One line however many runs; none with --quiet."""
    (plans / "broken.yaml").write_text("blocks:\n  - 10min eazy\n", encoding="utf-8")
    runs = (STEADY, SAMPLES / "flat.fit")
    code, _, err = run(*runs, "--plans", plans, "--json", capsys=capsys)
    assert code == 0
    lines = err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("broken.yaml:2:11: 'eazy' is not a pace")
    assert lines[0].endswith("(passed over)")
    assert run(*runs, "--plans", plans, "--json", "-q", capsys=capsys)[2] == ""


def test_two_that_fit_alike_are_refused_with_both_names(plans, capsys):
    """Exit 4; of several runs the others go on."""
    (plans / "other.yaml").write_text(EXAMPLE_YAML, encoding="utf-8")
    code, out, err = run(STEADY, "--plans", plans, capsys=capsys)
    assert (code, out) == (4, "")
    assert "2 plans fit equally well: example.yaml, other.yaml" in err
    runs = (STEADY, SAMPLES / "workout-steps.fit", "--plans", plans, "--json")
    (plans / "other.yaml").write_text(EXAMPLE_YAML.replace("3:30", "3:20"), encoding="utf-8")
    code, out, _ = run(*runs, capsys=capsys)
    assert (code, len(out.splitlines())) == (5, 1)


def test_a_folder_takes_the_paces_of_the_day_too(season, capsys):
    """The squad's plan among others; runs in the same folder are no plans."""
    code, out, err = run(
        season / "march.fit", season / "july.fit", "--plans", season, "--json", capsys=capsys
    )
    assert code == 0
    assert [planned(line)[-1] for line in out.splitlines()] == pytest.approx([210, 205])
    assert err.splitlines()[1] == (
        "july.fit: by squad.yaml: as long as the run (55:00); anna's paces from 2026-06-01"
    )
