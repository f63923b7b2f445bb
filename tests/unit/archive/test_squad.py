"""Who of a squad stands first: what is clear, in the order in which a coach has to act."""

import datetime as dt

import pytest

from analyzer.archive.said import Approved, Ruling, Said
from analyzer.archive.squad import heard_of, need_of, squad_sheet
from analyzer.archive.store.packed import pack, reading_of
from analyzer.archive.store.records import StoredRun
from analyzer.model.squad import NEEDS, Heard, SquadRun
from analyzer.structs import replace
from tests.builders.results import run_row
from tests.builders.reviews import flag_of, review_with
from tests.builders.squads import (
    BY_NEED,
    EITHER,
    FORCED,
    HELD,
    LATE,
    TOO_FAST_2,
    on_day,
    one_of_each,
    slow,
    with_note,
    without_word,
)


@pytest.mark.parametrize("need", [need for need, review in BY_NEED.items() if review])
def test_a_run_of_each_kind_has_its_need(need):
    """And a plan that was kept has none."""
    assert need_of(BY_NEED[need]) == need


def test_the_rows_stand_in_the_order_of_the_needs():
    """Stopping and walking weigh alike, as do a block left out and one cut short: by score."""
    needs = [row.need for row in one_of_each(str).rows]
    assert needs == [*NEEDS, None]


def test_a_fault_of_impatience_is_paid_for_only_by_what_comes_after_it():
    """A slow first block is no price of a fast second one."""
    before = flag_of("TOO_SLOW", 1, value=12.0, pace_s_per_km=312.0, planned_s_per_km=300.0)
    after = flag_of("TOO_SLOW", 5, value=12.0, pace_s_per_km=222.0, planned_s_per_km=210.0)
    slow_first = (312.0, *FORCED[1:])
    slow_last = (*FORCED[:4], 222.0)
    assert need_of(review_with(slow_first, [before, TOO_FAST_2], score=70.0)) == "forced"
    assert need_of(review_with(slow_last, [TOO_FAST_2, after], score=70.0)) == "paid"


@pytest.mark.parametrize("certainty", ["possible", "cannot_tell"])
@pytest.mark.parametrize("code", ["TOO_FAST", "BLOW_UP", "STOPPED", "MISSED_BLOCK", "TRUNCATED"])
def test_what_is_only_possible_makes_no_need(code, certainty):
    """The score has its word, so the plan counts as kept."""
    block = None if code == "MISSED_BLOCK" else 3
    assert need_of(review_with(flags=[flag_of(code, block, certainty)], score=92.0)) is None


def test_what_is_only_possible_cannot_be_told_where_the_score_has_no_word():
    """Another start of block 1 would change it."""
    possible = review_with(flags=[flag_of("TOO_FAST", 3, "possible")], score=92.0)
    assert need_of(without_word(with_note(possible, EITHER))) == "cannot_tell"


def test_a_doubtful_start_leaves_only_what_is_true_of_the_running_itself():
    """Which block was forced depends on where it lies; a stop does not."""
    assert need_of(with_note(review_with(FORCED, [TOO_FAST_2]), LATE)) == "cannot_tell"
    assert need_of(with_note(BY_NEED["stopped"], LATE)) == "stopped"
    assert need_of(with_note(BY_NEED["blew_up"], LATE)) == "blew_up"


def test_a_score_that_is_loose_is_off_the_plan_and_one_mostly_held_is_not():
    """60 to 75 is loose; from 75 on it is mostly held."""
    assert need_of(slow(74.0)) == "far"
    assert need_of(slow(75.0)) is None


def test_of_equal_needs_the_lowest_score_comes_first_and_names_settle_the_rest():
    """Scores as they are shown: 79.6 and 80.4 are both 80. Upper and lower case are one."""
    scores = {"dora": 80.4, "Carl": 79.6, "ben": 85.0, "Anna": 70.0}
    runs = [(name, review_with(FORCED, [TOO_FAST_2], score=s)) for name, s in scores.items()]
    assert [row.athlete for row in squad_sheet(runs).rows] == ["Anna", "Carl", "dora", "ben"]


def test_an_athlete_has_one_row_the_latest_run_and_the_others_beside_it():
    """Whatever order they come in; a run without a day is the oldest."""
    days = [on_day(review_with(score=s), day) for s, day in ((91, 4), (92, 10), (93, 6))]
    undated = replace(days[0], activity=replace(days[0].activity, start_time=None))
    sheet = squad_sheet([("Anna", undated), *(("ANNA", run) for run in days)], ["anna"])
    (row,) = sheet.rows
    assert row.athlete == "anna"
    assert row.review is days[1]
    assert row.others == (days[2], days[0], undated)


def test_only_the_latest_run_makes_the_need():
    """What was mended since needs no word."""
    forced = on_day(review_with(FORCED, [TOO_FAST_2]), 4)
    (row,) = squad_sheet([("Anna", forced), ("Anna", on_day(review_with(HELD), 10))]).rows
    assert row.need is None


def test_everybody_who_is_known_has_a_row_and_so_has_who_is_not():
    """A run of an athlete the file does not have is no reason to drop it."""
    sheet = squad_sheet([("Guest", review_with())], ["Anna", "Ben"])
    assert {(r.athlete, r.need) for r in sheet.rows} == {
        ("Anna", "no_file"), ("Ben", "no_file"), ("Guest", None),
    }  # fmt: skip


def test_a_trend_is_shown_of_those_who_have_one():
    """By name, in any case."""
    sheet = squad_sheet([("Anna", review_with())], ["Anna", "Ben"], trends={"anna": "better"})
    assert {r.athlete: r.trend for r in sheet.rows} == {"Anna": "better", "Ben": None}


def test_nobody_and_nothing_make_an_empty_sheet():
    """No row, and no error."""
    assert squad_sheet([]).rows == ()


def test_the_row_has_what_was_said_of_the_latest_run():
    """Of that alone: a note on Tuesday says nothing of Friday."""
    old, new = (on_day(review_with(), day) for day in (4, 6))
    runs = [SquadRun("Anna", old, Heard("old")), SquadRun("anna", new, Heard("new", "Hi"))]
    (row,) = squad_sheet(runs).rows
    assert row.heard == Heard("new", "Hi")
    (row,) = squad_sheet([runs[0], ("Anna", new)]).rows
    assert row.heard == Heard()


def test_an_approval_holds_for_the_reading_that_the_coach_saw():
    """Not where the run was judged otherwise since, or is somebody else's."""
    stored = StoredRun("Anna", "a.fit", "c", False, run_row())
    noon = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
    seen = Approved("Hi Anna", noon, reading_of("Anna", stored.run.packed))
    said = Said(Ruling(60.0), note="tired", approved=seen)
    outdated = Heard("tired", is_outdated=True)
    assert heard_of(stored, said) == Heard("tired", "Hi Anna")
    assert heard_of(stored._replace(athlete="Ben"), said) == outdated
    moved = run_row(packed=pack(review_with()))
    assert heard_of(stored._replace(run=moved), said) == outdated
    assert heard_of(stored, said._replace(approved=None)) == Heard("tired")
    assert heard_of(stored, None) == Heard()
