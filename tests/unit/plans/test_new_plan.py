"""A new plan keeps the rules of the session, whatever it is asked for."""

import math
import re

import jsonschema
import pytest
import yaml

from analyzer.cli import main
from analyzer.model.plan import Race
from analyzer.plans.advice import plan_advice
from analyzer.plans.new_plan import (
    ENDS,
    Goal,
    Runner,
    goal_of_race,
    new_plan,
    new_squad_plan,
    read_goal,
    read_race,
    session_shape,
)
from analyzer.plans.paces import Pace, single
from analyzer.plans.quantities import UnreadableError
from analyzer.plans.read import parse_plan
from analyzer.plans.schema import plan_schema
from analyzer.plans.whose import Whose
from analyzer.plans.write_yaml import yaml_text

MINUTES = range(25, 141)
VALIDATOR = jsonschema.Draft7Validator(plan_schema())
GOAL = Goal(240.0, "goal pace")

SQUAD = """\
athletes:
  anna: {paces: {easy: 5:15-5:45, threshold: 3:55}}
  'bob: #2': {results: [{distance: 10km, time: 40:00}]}
  eve: {paces: {easy: 5:00, 10k: 4:20}}
  ida: {paces: {easy: 5:00}}
"""


def paces_of(plan):
    """Return the paces of the blocks behind the easy part, in seconds per unit of the plan."""
    metres = {"km": 1000.0, "mi": 1609.344}[plan.units]
    return [metres / b.target.speed_mps for b in plan.blocks[1:] if b.target]


def run(*arguments, capsys):
    """Run one command line in this process: exit code, stdout, stderr."""
    code = main(["plan", "new", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def squad(tmp_path, monkeypatch):
    """Work in a folder with athletes.yaml."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_length_of_session_keeps_the_rules():
    """Easy 10 to 20 min, 3 to 6 equal blocks of 5 to 20 min, the sum as asked for."""
    for minutes in MINUTES:
        shape = session_shape(minutes)
        assert 10 <= shape.easy_min <= 20
        assert 3 <= shape.blocks <= 6
        assert 5 <= shape.block_min <= 20
        assert shape.easy_min + shape.blocks * shape.block_min == minutes


def test_the_usual_session_is_the_example():
    """55 min: 15 easy, four times 10."""
    shape = session_shape(55)
    assert (shape.easy_min, shape.block_min, shape.blocks) == (15, 10, 4)


@pytest.mark.parametrize("minutes", [62.5, 25.25, 139.75])
def test_fractions_of_a_minute_go_to_the_easy_part(minutes):
    """Blocks are whole minutes."""
    shape = session_shape(minutes)
    assert shape.block_min % 1 == 0
    assert shape.easy_min + shape.blocks * shape.block_min == minutes


@pytest.mark.parametrize("minutes", [24, 24.9, 140.1, 600, math.nan])
def test_a_session_no_progression_fills_is_refused(minutes):
    """25 to 140 min."""
    with pytest.raises(UnreadableError, match="25 to 140 min"):
        session_shape(minutes)


@pytest.mark.slow
@pytest.mark.parametrize(("units", "step"), [("km", 10), ("mi", 15)])
def test_what_is_written_is_what_was_asked_for(units, step):
    """Valid for parser and schema, as long as asked, equal steps, nothing to advise."""
    for minutes in MINUTES:
        text = new_plan(read_goal("marathon 2:59:59", "km"), session_shape(minutes), units)
        VALIDATOR.validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - text only
        plan = parse_plan(text, "plan.yaml")
        assert sum(b.duration_s or 0 for b in plan.blocks) == 60 * minutes
        assert [b.role for b in plan.blocks] == ["easy"] + ["progression"] * (len(plan.blocks) - 1)
        steps = [a - b for a, b in zip(paces_of(plan), paces_of(plan)[1:], strict=False)]
        assert steps == pytest.approx([step] * len(steps))
        assert plan_advice(plan) == ()


@pytest.mark.parametrize("units", ["km", "mi"])
@pytest.mark.parametrize("goal", ["marathon 2:59:59", "half 1:30:00", "10km 38:20", "6:27/mi"])
def test_the_last_block_is_at_goal_pace_or_just_under_it(goal, units):
    """Within a second per km or mile of it, and never slower."""
    wished = read_goal(goal, units)
    asked = wished.pace * {"km": 1.0, "mi": 1.609344}[units]
    last = paces_of(parse_plan(new_plan(wished, session_shape(55), units), "p"))[-1]
    assert asked - 1 < last <= asked + 1e-6


@pytest.mark.parametrize(("text", "units", "asked"), [("4:15", "km", 255), ("6:50", "mi", 410)])
def test_a_whole_pace_is_taken_as_it_is(text, units, asked):
    """4:15 is not made 4:14 by a last digit; nor 6:50 a mile."""
    made = new_plan(read_goal(text, units), session_shape(55), units)
    assert paces_of(parse_plan(made, "p"))[-1] == pytest.approx(asked)


def test_the_marathon_under_three_hours_is_4_15():
    """10799 s / 42.195 km = 255.93 s/km, so 4:15 and not 4:16."""
    text = new_plan(read_goal("marathon 2:59:59", "km"), session_shape(60))
    assert "min @ 4:15 /km" in text
    assert "# marathon in 2:59:59" in text


@pytest.mark.parametrize("pace", [130, 180, 240, 300, 420, 600, 900])
def test_easy_running_is_slower_than_every_block(pace):
    """From 2:10 to 15:00 /km; steps are such that a watch sees them, so nothing is advised."""
    for minutes in MINUTES[::5]:
        plan = parse_plan(new_plan(Goal(pace, "goal pace"), session_shape(minutes)), "p")
        easy = plan.blocks[0].target
        assert easy is not None
        assert easy.fast_mps is not None
        assert easy.fast_mps < 1000 / paces_of(plan)[0]
        assert plan_advice(plan) == ()


def test_easy_running_is_by_the_one_hour_pace():
    """4:00 for an hour: 240 x 1.20 = 288 and 240 x 1.35 = 324 s, in whole 5 s 4:50 to 5:25."""
    assert "15min easy @ 4:50-5:25 /km" in new_plan(GOAL, session_shape(55))


def test_a_result_ends_at_its_one_hour_pace():
    """10 km in 40:00: an hour gives 10 (1.5)^(1/1.06) = 14.66 km, 245.6 s/km, rounded 4:06."""
    goal = goal_of_race(read_race("10km 40:00"))
    assert goal.pace == round(3600 / (10 * 1.5 ** (1 / 1.06)))
    text = new_plan(goal, session_shape(55))
    assert "10min @ 4:06 /km" in text
    assert "estimated" in text


def test_a_step_of_your_own_is_kept():
    """7 s: 4:21, 4:14, 4:07, 4:00."""
    plan = parse_plan(new_plan(GOAL, session_shape(55), "km", 7), "p")
    assert paces_of(plan) == pytest.approx([261, 254, 247, 240])


def test_every_line_below_the_head_has_a_comment():
    """A file that explains itself; the first line names the schema for editors."""
    for text in (
        new_plan(GOAL, session_shape(80)),
        new_squad_plan(Runner("anna", {"threshold": Pace(single(235))}), session_shape(55)),
    ):
        lines = text.splitlines()
        assert lines[0] == "# yaml-language-server: $schema=plan.schema.json"
        body = lines[lines.index("version: 1") + 1 :]
        assert all(re.search(r"\S  +# \S", line) for line in body)
        assert len({re.search(r"  # ", line).start() for line in body}) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "metres", "seconds"),
    [
        ("marathon 2:59:59", 42195, 10799),
        ("half 1:25:00", 21097.5, 5100),
        ("half marathon in 1:25:00", 21097.5, 5100),
        ("10km 38:20", 10000, 2300),
        ("10 km in 38:20", 10000, 2300),
        ("10k 38:20", 10000, 2300),
        ("5K 18min", 5000, 1080),
        ("5km 18min 30s", 5000, 1110),
        ("marathon 3h", 42195, 10800),
        ("marathon 3h05", 42195, 11100),
        ("1mi 5:00", 1609.344, 300),
        ("3000m 9:30", 3000, 570),
    ],
)
def test_a_race_is_read_as_runners_write_it(text, metres, seconds):
    """Distance, then time."""
    assert read_race(text) == Race(metres, seconds)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "write a distance and a time"),
        ("fast", "write a distance and a time"),
        ("38:20 10km", "write a distance and a time"),
        ("marathon", "write a distance and a time"),
        ("10 38:20", "write a distance and a time"),
        ("marathon 2:59", "check the digits"),
        ("10km 3:30:00", "check the digits"),
        ("10km 38:60", "write 10:00 or 1:30:00"),
        ("10m 38:20", "10min for minutes"),
        ("a" * 100_000, "write a distance and a time"),
        ("1" + " " * 100_000 + "x", "write a distance and a time"),
    ],
)
def test_a_goal_that_is_none_says_what_to_write(text, says):
    """At once, however long it is."""
    with pytest.raises(UnreadableError, match=re.escape(says)) as caught:
        read_goal(text, "km")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("pace", ["4:60", "0:30", "38:20"])
def test_a_goal_pace_nobody_runs_is_refused(pace):
    """As in any plan."""
    with pytest.raises(UnreadableError):
        read_goal(pace, "km")


@pytest.mark.parametrize("end", ENDS)
def test_a_squad_plan_ends_at_a_pace_the_runner_has(end):
    """Valid for parser and schema with every name it may end at, 10k and 5k too."""
    runner = Runner("anna", {"easy": Pace(single(330)), end: Pace(single(235))})
    text = new_squad_plan(runner, session_shape(55))
    VALIDATOR.validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - text only
    assert f"10min @ {end} + 30s" in text
    assert f"10min @ {end} " in text


def test_a_squad_plan_reads_as_the_runners_own_paces(squad):
    """Anna's threshold is 3:55: the last block is at 235 s, those before 10 s slower each."""
    runner = Runner("anna", {"easy": Pace(single(330)), "threshold": Pace(single(235))})
    for minutes in MINUTES:
        text = new_squad_plan(runner, session_shape(minutes))
        plan = parse_plan(text, "plan.yaml", Whose(squad / "athletes.yaml"))
        blocks = len(plan.blocks) - 1
        assert paces_of(plan) == pytest.approx([235 + 10 * i for i in reversed(range(blocks))])
        assert plan.athlete == "anna"
        assert plan_advice(plan) == ()


def test_an_easy_pace_as_fast_as_the_first_block_is_refused():
    """Threshold 3:55 and four blocks begin at 4:25; easy at 4:20 would be faster."""
    runner = Runner("anna", {"easy": Pace(single(260)), "threshold": Pace(single(235))})
    with pytest.raises(UnreadableError, match="fewer --minutes or a smaller --step"):
        new_squad_plan(runner, session_shape(55))
    assert "threshold + 6s" in new_squad_plan(runner, session_shape(55), "km", 6)


def test_a_pace_without_a_number_is_no_end():
    """A name for an effort alone."""
    with pytest.raises(UnreadableError, match="or a --goal"):
        new_squad_plan(Runner("anna", {"threshold": Pace(None)}), session_shape(55))


def test_a_runner_with_an_easy_pace_gets_it_beside_a_goal():
    """5:30 by name; one that is faster than the first block is not taken."""
    slow = new_plan(GOAL, session_shape(55), "km", None, Runner("a", {"easy": Pace(single(330))}))
    assert "  - 15min easy  " in slow
    quick = new_plan(GOAL, session_shape(55), "km", None, Runner("a", {"easy": Pace(single(265))}))
    assert "  - 15min easy @ 4:50-5:25 /km" in quick


def test_the_command_writes_to_stdout(capsys):
    """A plan and nothing else."""
    code, out, err = run("--goal", "4:00", capsys=capsys)
    assert (code, err) == (0, "")
    assert parse_plan(out, "p").name == "Progression to 4:00 /km"


def test_the_command_writes_a_squad_plan(squad, capsys):
    """In the athlete's paces, called as athletes.yaml does."""
    code, out, err = run("--athlete", "ANNA", capsys=capsys)
    assert (code, err) == (0, "")
    assert "athlete: anna " in out
    assert parse_plan(out, "p", Whose(squad / "athletes.yaml")).paces_from == "anna's paces"


def test_a_name_with_signs_is_put_in_quotes(squad, capsys):
    """'bob: #2' would be a mapping and a comment."""
    code, out, _ = run("--athlete", "bob: #2", capsys=capsys)
    assert code == 0
    assert parse_plan(out, "p", Whose(squad / "athletes.yaml")).athlete == "bob: #2"


def test_no_option_is_passed_over(squad, capsys):
    """--athlete with a goal names the athlete; --step counts for a squad plan too."""
    _, out, _ = run("--goal", "3:50", "--athlete", "anna", capsys=capsys)
    plan = parse_plan(out, "p", Whose(squad / "athletes.yaml"))
    assert (plan.athlete, paces_of(plan)[-1]) == ("anna", pytest.approx(230))
    assert "threshold + 15s" in run("--athlete", "anna", "--step", "5", capsys=capsys)[1]


def test_a_goal_beyond_the_race_is_said_and_written(capsys):
    """40:00 for 10 km allows 20 min at (20 / 40)^(1 - 1 / 1.06) x 240 = 230.8 s/km, not 3:40."""
    code, out, err = run("--goal", "3:40", "--result", "10km 40:00", capsys=capsys)
    assert code == 0
    assert "10min @ 3:40 /km" in out
    assert err == (
        "plan new: block 5 (3:40) is faster than the 3:51 that could be raced for 20 min, "
        "going by 10 km in 40:00 (an estimate)\n"
    )
    assert plan_advice(parse_plan(out, "p")) == ()


def test_a_file_is_written_whole(tmp_path, capsys):
    """And said on stderr; the file of paces is looked for beside it."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    target = tmp_path / "new.yaml"
    code, out, err = run("--athlete", "anna", "-o", target, capsys=capsys)
    assert (code, out, err) == (0, "", "new.yaml written\n")
    assert target.read_text(encoding="utf-8").endswith("\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["athletes.yaml", "new.yaml"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "a plan for what? Give --goal"),
        (["--goal", "fast"], 2, "write a distance and a time"),
        (["--goal", "4:60"], 2, "seconds go from 00 to 59"),
        (["--result", "4:00"], 2, "write a distance and a time"),
        (["--goal", "4:00", "--result", "x"], 2, "write a distance and a time"),
        (["--goal", "4:00", "--minutes", "20"], 2, "takes 25 to 140 min, not 20"),
        (["--goal", "4:00", "--minutes", "nan"], 2, "25 to 140 min"),
        (["--goal", "4:00", "--step", "0"], 2, "1<=x<=60"),
        (["--goal", "4:00", "--step", "7.5"], 2, "not a valid integer"),
        (["--goal", "1:30"], 2, "check the digits"),
        (["--goal", "19:50"], 2, "are outside what can be run; check the digits"),
        (["--goal", "4:00", "-o", "plan.fit"], 2, "name it plan.yaml"),
        (["--goal", "4:00", "-o", "plan"], 2, "name it plan.yaml"),
        (["--goal", "4:00", "-o", "no/such/folder/plan.yaml"], 74, "cannot be written"),
        (["--athlete", "anne"], 4, "did you mean 'anna'"),
        (["--athlete", "ida"], 2, "'ida' has no pace for the last block; give one of threshold"),
        (["--athlete", "anna", "--athletes", "x.yaml"], 4, "check the name after --athletes"),
        (["--athlete", "anna", "-o", "no/plan.yaml"], 4, "name it with --athletes"),
        (["--athlete", "eve", "--step", "30"], 2, "a smaller --step"),
    ],
)
def test_what_is_refused_says_what_to_do(arguments, code, says, squad, capsys):
    """2 usage, 4 athletes, 74 output; nothing on stdout, nothing written."""
    got, out, err = run(*arguments, capsys=capsys)
    assert (got, out) == (code, "")
    assert says in " ".join(err.split())
    assert [p.name for p in squad.iterdir()] == ["athletes.yaml"]


def test_a_plan_written_anew_comes_back(capsys):
    """Progcheck plan export of what plan new wrote is the same plan."""
    plan = parse_plan(run("--goal", "half 1:30:00", capsys=capsys)[1], "p")
    again = parse_plan(yaml_text(plan), "p")
    assert paces_of(again) == pytest.approx(paces_of(plan))
