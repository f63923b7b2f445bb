"""Where block 1 starts when nothing marks it: one reading or two, and never a sure guess."""

import pytest

from analyzer import read_plan, review_activity
from analyzer.model.alignment import Alignment
from analyzer.parsers.read import read_bytes
from analyzer.plans.read import parse_plan
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of
from tests.builders.plans import EXAMPLE as NUMBERS
from tests.builders.plans import ONE_LINE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit

PLAN = read_plan(ONE_LINE["example"])
SEEDS = range(4100, 4104)


def activity(behaviour: Behaviour, seed: int, device: Device | None = None):
    """Simulate, write and read a run."""
    run = simulate(NUMBERS, behaviour, device or Device(), seed)
    return read_bytes(write_fit(run), "run.fit")


def readings(
    behaviour: Behaviour, seed: int, device: Device | None = None
) -> tuple[Alignment, ...]:
    """Align a simulated run."""
    recorded = activity(behaviour, seed, device)
    return align(PLAN, recorded.laps, prepare(recorded))


@pytest.mark.parametrize("seed", SEEDS)
def test_late_by_a_constant_with_a_cool_down_is_ambiguous_and_no_sure_finding(seed):
    """Every change 90 s late, then 400 s more: begun early fits as well, so nothing is clear."""
    behaviour = Behaviour(shift_s=90.0, after=(400.0, 330.0))
    assert all(a.is_ambiguous for a in readings(behaviour, seed))
    review = review_activity(activity(behaviour, seed), PLAN)
    late = [f for f in review.flags if f.code == "LATE_CHANGE"]
    assert [(f.block, f.certainty) for f in late] == [(None, "cannot_tell")]


@pytest.mark.parametrize("seed", SEEDS)
def test_presses_settle_it(seed):
    """The same with lap presses when the watch beeps: block 1 is marked, the changes are late."""
    behaviour = Behaviour(shift_s=90.0, after=(400.0, 330.0))
    (found,) = readings(behaviour, seed, Device(laps="beeps"))
    assert found.basis == "laps"
    assert not found.is_ambiguous
    review = review_activity(activity(behaviour, seed, Device(laps="beeps")), PLAN)
    assert any(f.code == "LATE_CHANGE" and f.certainty == "clear" for f in review.flags)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_start_that_leaves_the_plan_unfinished_is_none(seed):
    """Every change 90 s late and the recording ends with the plan: late, and clearly so."""
    found = readings(Behaviour(shift_s=90.0), seed)
    assert [a.basis for a in found] == ["clock"]
    assert not found[0].is_ambiguous


def test_early_changes_are_never_explained_by_a_start():
    """Every change 120 s early: one reading, from the start of the recording."""
    run = ((780, 300), (600, 240), (600, 230), (600, 220), (720, 210), (300, 330))
    recorded = activity_of(speeds_of(*run))
    found = align(plan_of(), (), prepare(recorded))
    assert [(a.basis, a.start_offset_s) for a in found] == [("clock", 0.0)]


def test_an_easier_jog_before_is_a_warm_up():
    """Five minutes at 6:00 before 5:00: 18 % slower, so block 1 starts behind it."""
    recorded = activity_of(speeds_of((300, 360), *EXAMPLE, (300, 330)))
    (found,) = align(plan_of(), (), prepare(recorded))
    assert found.basis == "fitted_start"
    assert found.start_offset_s == pytest.approx(300, abs=10)


def test_two_readings_are_both_scored_and_the_range_covers_both():
    """The note names both scores; the blocks shown are of the larger, the range holds the other."""
    behaviour = Behaviour(before=(150.0, 300.0), after=(400.0, 320.0))
    review = review_activity(activity(behaviour, 4003), PLAN)
    (note,) = review.alignment.notes
    assert note.code == "AMBIGUOUS_START"
    first, later = note.readings
    assert first.start_s == 0.0
    assert later.start_s == pytest.approx(150.0, abs=15.0)
    assert first.score is not None
    assert later.score is not None
    assert review.score.overall == max(first.score, later.score)
    assert review.score.low is not None
    assert review.score.low <= min(first.score, later.score)
    assert review.alignment.confidence is None


def test_a_start_that_is_given_ends_the_doubt():
    """--start: one reading, confidence 1, no note."""
    behaviour = Behaviour(before=(150.0, 300.0), after=(400.0, 320.0))
    recorded = activity(behaviour, 4003)
    (found,) = align(replace(PLAN, start_s=150.0), recorded.laps, prepare(recorded))
    assert (found.confidence, found.is_ambiguous, found.notes) == (1.0, False, ())


def test_a_run_that_is_not_the_plan_says_so_and_nothing_of_changes():
    """An hour at 4:20 throughout fits the plan no better than running freely."""
    recorded = activity(Behaviour(paces=dict.fromkeys(range(1, 6), 260.0)), 4100)
    (found,) = align(PLAN, recorded.laps, prepare(recorded))
    assert [n.code for n in found.notes] == ["PLAN_NOT_SEEN"]
    assert found.executed == ()
    assert found.start_offset_s == 0.0


def test_a_plan_with_walked_rests_is_not_called_unseen():
    """Five times 4 min at 4:00, walked 90 s between at 10:00: the runner did just that."""
    plan = parse_plan(
        "blocks:\n  - repeat: 5\n    blocks:\n      - 4min @ 4:00\n      - {rest: 90s}\n", "x"
    )
    recorded = activity_of(speeds_of(*[(240, 240), (90, 600)] * 5))
    (found, *_) = align(plan, (), prepare(recorded))
    assert "PLAN_NOT_SEEN" not in [n.code for n in found.notes]


def test_what_is_too_short_for_its_plan_is_said():
    """22 h of 5 min in turn: bins that suit such a plan are too long for its blocks."""
    pieces = [(300, 300.0 - i % 2) for i in range(264)]
    (found,) = align(plan_of(pieces), (), prepare(activity_of(speeds_of(*pieces))))
    assert [n.code for n in found.notes] == ["CHANGES_NOT_SOUGHT"]
    assert {p.status for p in found.placements} == {"run"}
