"""A coach's file of paces: which hold on which day, what results say, and every refusal."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import PlanError, read_plan
from analyzer.plans.athletes import (
    MAX_ATHLETES,
    Squad,
    paces_of,
    parse_squad,
    read_squad,
    unknown_athlete,
)
from analyzer.plans.line import parse_line
from analyzer.plans.named_paces import MAX_NAMES
from analyzer.plans.read import parse_plan
from analyzer.plans.whose import Whose

SQUAD = """\
version: 1
athletes:
  anna:
    max_heart_rate: 188
    notes: left calf
    paces:
      - {from: 2026-06-01, threshold: threshold - 5s, 10k: threshold - 12s}
      - {from: 2026-03-01, easy: 5:15-5:45, threshold: 4:00}
  Bob Miller:
    paces: {easy: 6:00, threshold: 4:30}
    results:
      - {date: 2026-05-10, distance: 10km, time: 40:00}
      - {date: 2026-04-12, distance: 5km, time: 20:00}
"""

PLAN = """\
athlete: anna
blocks:
  - 15min easy
  - 10min @ threshold + 10s
  - 10min @ threshold
"""


def day(text):
    """Read a date."""
    return dt.date.fromisoformat(text)


def paces(name, on=None, text=SQUAD):
    """Return an athlete's paces in s/km, by name; of a range its middle."""
    found = paces_of(parse_squad(text, "athletes.yaml"), name, day(on) if on else None)
    assert found is not None
    return {k: 1000 / p.target.speed_mps for k, p in found.paces.items() if p.target}


@pytest.fixture
def squad_file(tmp_path):
    """Lay athletes.yaml and squad.yaml beside one another; return both."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    (tmp_path / "squad.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_paces_hold_from_their_day_on():
    """4:00 = 240 s from 1 March; 240 - 5 = 235 s on 1 June itself, not on 31 May."""
    assert paces("anna", "2026-03-01")["threshold"] == pytest.approx(240)
    assert paces("anna", "2026-05-31")["threshold"] == pytest.approx(240)
    assert paces("anna", "2026-06-01")["threshold"] == pytest.approx(235)
    assert paces("anna")["threshold"] == pytest.approx(235)


def test_a_day_changes_only_the_paces_it_names():
    """Easy is 5:15-5:45 in June too: its middle in ln v is sqrt(315 x 345) s."""
    assert paces("anna", "2026-07-01")["easy"] == pytest.approx((315 * 345) ** 0.5)


def test_a_name_that_refers_to_itself_means_the_earlier_value():
    """Threshold is 240 - 5 = 235; 10k refers to the new one: 235 - 12 = 223."""
    assert paces("anna", "2026-06-01")["10k"] == pytest.approx(223)
    assert "10k" not in paces("anna", "2026-05-31")


def test_a_name_that_refers_to_itself_without_an_earlier_value_is_a_ring():
    """There is nothing that 'threshold - 5s' could be less than."""
    text = "athletes: {anna: {paces: {threshold: threshold - 5s}}}"
    with pytest.raises(PlanError, match="circle"):
        parse_squad(text, "athletes.yaml")


def test_the_order_of_days_in_the_file_does_not_matter():
    """The file above has June before March."""
    lines = SQUAD.splitlines(keepends=True)
    turned = "".join([*lines[:6], lines[7], lines[6], *lines[8:]])
    assert paces("anna", "2026-06-02", turned) == paces("anna", "2026-06-02")


def test_paces_without_a_date_always_hold():
    """A mapping in place of a list."""
    assert paces("bob miller", "1999-01-01") == pytest.approx({"easy": 360, "threshold": 270})


def test_one_mapping_may_have_its_day_too():
    """Nothing before it."""
    text = "athletes: {anna: {paces: {from: 2026-03-01, threshold: 4:00}}}"
    assert paces("anna", "2026-02-28", text) == {}
    assert paces("anna", "2026-03-01", text) == pytest.approx({"threshold": 240})


def test_before_the_first_day_the_error_says_when_paces_begin(squad_file):
    """Not only that threshold is unknown."""
    with pytest.raises(PlanError) as caught:
        read_plan(squad_file / "squad.yaml", day=day("2026-02-28"))
    assert len(caught.value.problems) == 2
    for problem in caught.value.problems:
        assert "anna's paces begin on 2026-03-01, but the run was on 2026-02-28" in problem.message


def test_a_result_gives_the_other_races_by_riegel():
    """T2 = T1 (D2 / D1)^1.06, so the pace is 240 (D2 / 10)^0.06 s/km of 10 km in 40:00."""
    text = "athletes: {eve: {results: [{distance: 10km, time: 40:00}]}}"
    found = paces("eve", None, text)
    assert set(found) == {"5k", "10k", "half", "marathon", "threshold"}
    for name, km in {"5k": 5, "10k": 10, "half": 21.0975, "marathon": 42.195}.items():
        assert found[name] == pytest.approx(240 * (km / 10) ** 0.06)


def test_threshold_is_what_could_be_raced_for_an_hour():
    """Solved for D: 10 (60 / 40)^(1 / 1.06) km in 60 min; at that distance T is 60 min again."""
    text = "athletes: {eve: {results: [{distance: 10km, time: 40:00}]}}"
    pace = paces("eve", None, text)["threshold"]
    km = 3600 / pace
    assert km == pytest.approx(10 * 1.5 ** (1 / 1.06))
    assert 2400 * (km / 10) ** 1.06 == pytest.approx(3600)


def test_given_paces_win_over_estimates():
    """Bob's threshold is the 4:30 he was given; his 5k is estimated."""
    found = paces("bob miller", "2026-06-01")
    assert found["threshold"] == pytest.approx(270)
    assert found["5k"] == pytest.approx(240 * 0.5**0.06)


def test_the_latest_result_before_the_run_counts():
    """5 km in 20:00 in April: 240 s/km; 10 km in 40:00 from 10 May on."""
    assert paces("bob miller", "2026-05-09")["5k"] == pytest.approx(240)
    assert paces("bob miller", "2026-05-10")["10k"] == pytest.approx(240)
    assert "5k" not in paces("bob miller", "2026-04-11")


def test_where_paces_come_from_is_told():
    """Day and race, and that a race gives estimates."""
    squad = parse_squad(SQUAD, "athletes.yaml")
    anna, bob = paces_of(squad, "anna", None), paces_of(squad, "bob miller", None)
    assert anna is not None
    assert bob is not None
    assert anna.origin == "anna's paces from 2026-06-01"
    assert bob.origin == (
        "Bob Miller's paces; 5k, 10k, half, marathon estimated from 10 km in 40:00"
    )
    assert bob.race is not None
    assert bob.race.distance_m == 10_000


def test_bare_paces_of_a_file_in_miles_are_per_mile():
    """7:00 a mile is 420 / 1.609344 s/km; a unit at the pace wins."""
    text = "units: mi\nathletes: {anna: {paces: {threshold: 7:00, easy: 5:00/km}}}"
    assert paces("anna", None, text) == pytest.approx({"threshold": 420 / 1.609344, "easy": 300})


def test_names_are_found_whatever_their_case_and_form():
    """Also where one machine stores e-umlaut as one character and another as two."""
    squad = parse_squad("athletes: {Zo\u00eb: {paces: {easy: 5:00}}}", "athletes.yaml")
    for name in ("Zo\u00eb", "zo\u00eb", "ZO\u00cb", " Zoe\u0308 "):
        assert paces_of(squad, name, None) is not None


def test_highest_heart_rate_is_kept():
    """For programs; nothing is scored by it."""
    squad = parse_squad(SQUAD, "athletes.yaml")
    assert squad.athletes["anna"].max_heart_rate == 188
    assert squad.athletes["bob miller"].max_heart_rate is None


def test_an_unknown_athlete_gets_a_near_name():
    """Or some that there are."""
    squad = parse_squad(SQUAD, "athletes.yaml")
    assert paces_of(squad, "ana", None) is None
    assert unknown_athlete(squad, "ana") == "'ana' is not in athletes.yaml; did you mean 'anna'?"
    assert unknown_athlete(squad, "xx").endswith("it has anna, Bob Miller")


def test_an_unknown_athlete_of_a_plan_is_said_where_it_stands(squad_file):
    """At 1:10; one on the command line stands nowhere in the plan."""
    text = PLAN.replace("anna", "anni")
    (squad_file / "squad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=r"squad.yaml:1:10: 'anni' is not in athletes.yaml"):
        read_plan(squad_file / "squad.yaml")
    with pytest.raises(PlanError, match=r"squad.yaml: 'bo' is not in athletes.yaml"):
        read_plan(squad_file / "squad.yaml", athlete="bo")


def test_a_plan_takes_its_own_paces_before_the_athletes(squad_file):
    """4:10 from the plan, easy from the athlete."""
    whose = Whose(squad_file / "athletes.yaml")
    text = "paces: {threshold: 4:10}\n" + PLAN
    plan = parse_plan(text, "plan.yaml", whose)
    targets = [b.target for b in plan.blocks]
    assert targets[2] is not None
    assert 1000 / targets[2].speed_mps == pytest.approx(250)
    assert targets[0] is not None


def test_a_plan_in_one_line_is_read_by_an_athletes_paces(squad_file):
    """10 min at anna's threshold: 235 s/km."""
    plan = parse_line("10min @ threshold", whose=Whose(squad_file / "athletes.yaml", "anna"))
    assert plan.athlete == "anna"
    assert plan.blocks[0].target is not None
    assert 1000 / plan.blocks[0].target.speed_mps == pytest.approx(235)


def test_intervals_text_is_read_by_an_athletes_paces_of_the_day(squad_file):
    """90 % of threshold speed: 240 / 0.9 s/km in April, 235 / 0.9 in June; both are told."""
    (squad_file / "plan.txt").write_text("- 20m 90% Pace\n- 10m 95% Pace\n", encoding="utf-8")
    for on, pace in (("2026-04-01", 240), ("2026-06-01", 235)):
        plan = read_plan(squad_file / "plan.txt", athlete="anna", day=day(on))
        assert plan.blocks[0].target is not None
        assert 1000 / plan.blocks[0].target.speed_mps == pytest.approx(pace / 0.9)
        assert (plan.athlete, plan.paces_from[:12]) == ("anna", "anna's paces")


REFUSED = [
    # text below 'athletes:' or whole file, line, column, what it says
    ("", 1, 1, "write 'athletes:'"),
    ("# nothing\n", 1, 1, "write 'athletes:'"),
    ("- anna\n", 1, 1, "write 'athletes:'"),
    ("anna\n", 1, 1, "write 'athletes:'"),
    ("version: 2\nathletes: {anna: {paces: {easy: 5:00}}}\n", 1, 10, "write version: 1"),
    ("athlets: {anna: {paces: {easy: 5:00}}}\n", 1, 1, "did you mean 'athletes'"),
    ("units: kms\nathletes: {anna: {paces: {easy: 5:00}}}\n", 1, 8, "write one of km, mi"),
    ("athletes:\n", 1, 10, "write 'athletes:'"),
    ("athletes: {}\n", 1, 11, "write 'athletes:'"),
    ("athletes: [anna]\n", 1, 11, "write 'athletes:'"),
    ("athletes:\n  anna:\n", 2, 8, "needs paces or results"),
    ("athletes:\n  anna: 4:00\n", 2, 9, "needs paces or results"),
    ("athletes:\n  '': {paces: {easy: 5:00}}\n", 2, 4, "needs a name"),
    ("athletes:\n  anna: {pace: {easy: 5:00}}\n", 2, 10, "did you mean 'paces'"),
    ("athletes:\n  anna: {paces: 4:00}\n", 2, 17, "paces are names with paces"),
    ("athletes:\n  anna: {paces: {}}\n", 2, 17, "threshold: 3:55"),
    ("athletes:\n  anna: {paces: {from: 2026-03-01}}\n", 2, 17, "threshold: 3:55"),
    ("athletes:\n  anna: {paces: [easy]}\n", 2, 18, "paces are names with paces"),
    ("athletes:\n  anna: {paces: {easy: 4:60}}\n", 2, 24, "seconds go from 00 to 59"),
    ("athletes:\n  anna: {paces: {easy: eazy}}\n", 2, 24, "did you mean 'easy'"),
    ("athletes:\n  anna: {paces: {easy: 0:30}}\n", 2, 24, "check the digits"),
    ("athletes:\n  anna: {paces: {easy: [5:00]}}\n", 2, 24, "write a pace such as 4:00/km"),
    ("athletes:\n  anna: {paces: {previous: 5:00}}\n", 2, 18, "use a word"),
    ("athletes:\n  anna: {paces: {a: b - 5s, b: a + 5s}}\n", 2, 21, "circle"),
    ("athletes:\n  anna: {paces: {easy: 5:00, Easy: 5:10}}\n", 2, 30, "keep one"),
    (
        "athletes:\n  anna: {paces: [{easy: 5:00}, {from: 2026-03-01, easy: 4:50}]}\n",
        2, 18, "say from when",
    ),
    ("athletes:\n  anna: {paces: {from: 1.3.2026, easy: 5:00}}\n", 2, 24, "write 2026-03-01"),
    ("athletes:\n  anna: {paces: {from: 2026-02-30, easy: 5:00}}\n", 2, 24, "write 2026-03-01"),
    ("athletes:\n  anna: {paces: {from: [1], easy: 5:00}}\n", 2, 24, "write 2026-03-01"),
    (
        "athletes:\n  anna: {paces: {from: 2026-03-01, easy: 5:00, from: 2026-04-01}}\n",
        2, 48, "keep one",
    ),
    (
        "athletes:\n  a:\n    paces:\n      - {from: 2026-03-01, easy: 5:00}\n"
        "      - {from: 2026-03-01, easy: 5:10}\n",
        5, 16, "put these together",
    ),
    ("athletes:\n  anna: {paces: {e: 5:00}}\n  Anna: {paces: {e: 5:00}}\n", 3, 3, "keep one"),
    ("athletes:\n  anna: {results: 38:20}\n", 2, 19, "a list of races"),
    ("athletes:\n  anna: {results: [38:20]}\n", 2, 20, "write {date: 2026-04-12"),
    ("athletes:\n  anna: {results: [{distance: 10km}]}\n", 2, 20, "write time: 38:20"),
    ("athletes:\n  anna: {results: [{time: 38:20}]}\n", 2, 20, "write distance: 10km"),
    (
        "athletes:\n  anna: {results: [{distance: 10k, time: 38:20}]}\n",
        2, 31, "write 10km",
    ),
    (
        "athletes:\n  anna: {results: [{distance: 10km, time: 38:60}]}\n",
        2, 43, "write 10:00 or 1:30:00",
    ),
    (
        "athletes:\n  anna: {results: [{distance: 10km, time: fast}]}\n",
        2, 43, "write time: 38:20",
    ),
    (
        "athletes:\n  anna: {results: [{distance: 10km, time: 38s}]}\n",
        2, 43, "check the digits of distance and time",
    ),
    (
        "athletes:\n  anna: {results: [{distance: 1km, time: 38:20}]}\n",
        2, 42, "check the digits of distance and time",
    ),
    (
        "athletes:\n  anna: {results: [{date: May, distance: 10km, time: 38:20}]}\n",
        2, 27, "write 2026-03-01",
    ),
    ("athletes:\n  anna: {max_heart_rate: 250}\n", 2, 26, "write max_heart_rate: 188"),
    ("athletes:\n  anna: {max_heart_rate: high}\n", 2, 26, "write max_heart_rate: 188"),
    ("athletes:\n  anna: &a {paces: {easy: 5:00}}\n  bob: *a\n", 2, 9, "write the value again"),
    ("athletes:\n  anna: {paces: {easy: 5:00}\n", 2, 9, "look for the missing bracket"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "says"), REFUSED)
def test_a_refusal_has_its_place_and_a_remedy(text, line, column, says):
    """Line and column count from 1; what to write stands behind the problem."""
    with pytest.raises(PlanError) as caught:
        parse_squad(text, "athletes.yaml")
    first = caught.value.problems[0]
    assert (first.line, first.column) == (line, column)
    assert says in first.message
    assert str(caught.value).startswith(f"athletes.yaml:{line}:{column}: ")


def test_all_that_is_wrong_is_said_at_once():
    """Four athletes, four problems, in the order of the file."""
    text = (
        "athletes:\n"
        "  a: {paces: {easy: eazy}}\n"
        "  b: {paces: {from: x, easy: 5:00}}\n"
        "  c: {results: [{distance: 10km, time: x}]}\n"
        "  d: {max_heart_rate: 20}\n"
    )
    with pytest.raises(PlanError) as caught:
        parse_squad(text, "athletes.yaml")
    assert [p.line for p in caught.value.problems] == [2, 3, 4, 5]


def many(count):
    """Write a squad of so many."""
    return "athletes:\n" + "".join(f"  r{i}: {{paces: {{easy: 5:00}}}}\n" for i in range(count))


def test_a_squad_has_a_thousand_athletes_at_most():
    """1,000 are read, 1,001 refused."""
    assert len(parse_squad(many(MAX_ATHLETES), "a.yaml").athletes) == 1000
    with pytest.raises(PlanError, match="limit of 1000 athletes"):
        parse_squad(many(MAX_ATHLETES + 1), "a.yaml")


def named(count, start=0):
    """Write so many names of paces."""
    return ", ".join(f"p{i}: 5:00" for i in range(start, start + count))


def test_an_athlete_has_two_hundred_names_at_most():
    """In one day, and over all days together."""
    one = "athletes: {anna: {paces: {%s}}}"
    assert len(paces("anna", None, one % named(MAX_NAMES))) == 200
    two = "athletes: {anna: {paces: [{from: 2026-01-01, %s}, {from: 2026-02-01, %s}]}}"
    for text in (one % named(MAX_NAMES + 1), two % (named(150), named(51, 150))):
        with pytest.raises(PlanError, match="limit of 200 names"):
            parse_squad(text, "a.yaml")


def test_a_file_larger_than_a_plan_may_be_is_refused():
    """256 KiB."""
    with pytest.raises(PlanError, match="limit of 256 KiB"):
        parse_squad(b"#" * (256 * 1024 + 1), "a.yaml")


@pytest.mark.parametrize(
    ("name", "says"),
    [("no-such.yaml", "check the name after --athletes"), (".", "a folder, not a file")],
)
def test_a_file_that_is_not_there_is_one_line(tmp_path, name, says):
    """No word of plans in one line: it is none."""
    with pytest.raises(PlanError, match=says):
        read_squad(tmp_path / name)


WORDS = st.sampled_from(
    ["athletes", "anna", "paces", "results", "from", "2026-03-01", "easy", "4:00", "10km", "-",
     ":", "{", "}", "[", "]", ",", "\n", "  ", "threshold - 5s", "'", "date", "time", "38:20",
     "distance", "&a", "*a", "\x00", "\u202e"]
)  # fmt: skip


@pytest.mark.slow
@given(st.one_of(st.binary(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=150, deadline=None)
def test_anything_is_a_squad_or_a_plan_error(content):
    """Nothing else leaves the reader, and the error says something."""
    try:
        squad = parse_squad(content, "a.yaml")
    except PlanError as error:
        assert str(error)
    else:
        assert isinstance(squad, Squad)


def test_an_athlete_says_what_is_theirs():
    """Full name, greeting, files and watches; one alone needs no list."""
    text = (
        "athletes:\n  anna:\n    name: Anna  Berg\n    greeting: Anna\n"
        "    files: [anna, 'track-*']\n    devices: Forerunner 955\n  ben: {notes: new}\n"
    )
    squad = parse_squad(text, "athletes.yaml")
    anna, ben = squad.athletes["anna"], squad.athletes["ben"]
    assert (anna.full_name, anna.greeting) == ("Anna Berg", "Anna")
    assert (anna.files, anna.devices) == (("anna", "track-*"), ("Forerunner 955",))
    assert (ben.full_name, ben.greeting, ben.files, ben.devices) == (None, None, (), ())


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("name: [a]", "a name belongs here; write name: Anna Berg"),
        ("greeting: ''", "a name belongs here; write greeting: Anna"),
        (f"name: {'x' * 81}", "longer than the limit of 80 characters"),
        ("files: {a: b}", "files are a list of names; write files: [anna,"),
        ("devices: [[a]]", "devices are a list of names; write devices: [Forerunner 955]"),
        ("files: ['']", "files are a list of names"),
        (f"files: [{', '.join('a' * 101)}]", "more than the limit of 100 files for one athlete"),
        ("device: x", "did you mean 'devices'?"),
    ],
)
def test_what_is_no_name_is_refused(entry, problem):
    """With what to write instead."""
    with pytest.raises(PlanError) as caught:
        parse_squad(f"athletes:\n  anna:\n    {entry}\n", "athletes.yaml")
    assert problem in str(caught.value)
