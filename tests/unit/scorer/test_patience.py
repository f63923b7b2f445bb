"""What changes made early cost, and where a press or the plan itself speaks against a finding."""

import pytest

from analyzer.prepare.prepare import prepare
from analyzer.scorer.score import score
from analyzer.segmenter.align import align
from tests.builders.exact import EXAMPLE, activity_of, codes, plan_of, scored, speeds_of

PACES = [pace for _, pace in EXAMPLE]
SECONDS = [seconds for seconds, _ in EXAMPLE]


def shifted(early_s, paces=PACES):
    """Make every change so many seconds early; the last block is run for longer."""
    first, *middle, last = SECONDS
    return list(zip((first - early_s, *middle, last + early_s), paces, strict=True))


def laps_at(*edges):
    """Press lap at each of these seconds."""
    return tuple((a, b, "manual", None) for a, b in zip((0, *edges[:-1]), edges, strict=True))


def test_earlier_changes_cost_more_and_more():
    """60, 120 and 180 s early; nothing for a run on plan."""
    points = [scored(shifted(s)).score.early_penalty for s in (0, 60, 120, 180)]
    assert points[0] == 0
    assert points == sorted(points)
    assert points[3] == pytest.approx(3 * points[1], rel=0.35)


def test_three_minutes_early_throughout_is_not_mostly_held():
    """Of ten: the lesson of the session, missed four times."""
    result = scored(shifted(180))
    assert result.score.word in ("loose", "not the planned session")
    # 170 s of each block but the last: 170/900 of 450 and 170/600 of three times 600, of 2850.
    share = (450 * 170 / 900 + 3 * 170) / 2850
    assert result.score.early_penalty == pytest.approx(100 * share, abs=2.5)


def test_late_changes_cost_what_their_blocks_lost_and_no_more():
    """Late is the patient side."""
    assert scored(shifted(-120)).score.early_penalty == 0
    assert scored(shifted(-120)).score.overall > scored(shifted(120)).score.overall


def test_a_change_pressed_in_time_is_not_clearly_late_where_the_step_is_small():
    """Steps of 2 %, presses on the clock, the pace of one block taken up four minutes late."""
    paces = (300.0, 285.0, 279.0, 273.0, 267.0)
    plan = plan_of(tuple(zip(SECONDS, paces, strict=True)))
    run = [(900, 300.0), (600, 285.0), (240, 285.0), (360, 279.0), (600, 273.0), (600, 267.0)]
    activity = activity_of(speeds_of(*run), laps=laps_at(900, 1500, 2100, 2700, 3300))
    prepared = prepare(activity)
    result = score(plan, prepared, align(plan, activity.laps, prepared)[0])
    assert ("LATE_CHANGE", 3) not in codes(result)


def test_a_press_made_a_minute_early_does_not_hide_that_the_change_was_early():
    """Pressed and changed at 840 s instead of 900: block 1 was left a minute early."""
    activity = activity_of(speeds_of(*shifted(60)), laps=laps_at(840, 1440, 2040, 2640, 3300))
    prepared = prepare(activity)
    result = score(plan_of(), prepared, align(plan_of(), activity.laps, prepared)[0])
    assert ("GREEDY", 1) in codes(result)


def test_who_may_run_easily_may_wander():
    """Waves of 6 % to either side in an easy block are the ground, and no finding."""
    waves = [(20, 300 / (1 + 0.06 * side)) for _ in range(22) for side in (1, -1)]
    assert scored([*waves, (20, 300.0), *EXAMPLE[1:]]).flags == ()


def test_dips_again_and_again_are_waves_and_not_breaks():
    """Of 27 %, every 40 s: nobody walked there twenty times."""
    waves = [(20, 300 / (1 + 0.16 * side)) for _ in range(22) for side in (1, -1)]
    result = scored([*waves, (20, 300.0), *EXAMPLE[1:]])
    assert "WALK_BREAK" not in [f.code for f in result.flags]
