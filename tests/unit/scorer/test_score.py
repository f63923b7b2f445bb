"""Scores and flags on runs without noise, with numbers derived by hand."""

import math

import numpy as np
import pytest

from analyzer.model.findings import Cost
from analyzer.model.plan import Tolerance
from analyzer.scorer.block import level_score, steady_score, tolerances_off
from tests.builders.exact import EXAMPLE, codes, plan_of, scored, speeds_of


def test_the_worked_case_of_the_method():
    """
    Example plan, block 2 at 3:51, all else exact.

    x = 100 ln(240/231) = 3.822, in the middle all blocks are exact; error of its own
    hypot(SE(570 s), sqrt(0.2)) = hypot(0.523, 0.447) = 0.688, tol_fast 2.0: u 1.567,
    level 90 - 45 x 0.567 = 64.48; in band 1 - (3.822 - 2.0) / (2 x 1.127) = 19.2 %;
    S = 0.6 x 64.48 + 0.25 x 19.2 + 15 = 58.48;
    blocks = (450 x 100 + 600 (58.48 + 300)) / 2850 = 91.26.
    Steps: easy to 2 is taken, but overdone by (3.822 - 0.92) / (4.256 - 0.92) / 0.75 > 1
    gear: 0; 2 to 3 is (4.256 - 3.822) / (4.256 - 0.97) = 0.132; then 1 and 1 -> 53.3;
    0.75 x 91.26 + 0.25 x 53.3 = 81.77.
    """
    result = scored([(900, 300), (600, 231), (600, 230), (600, 220), (600, 210)])
    block = result.blocks[1]
    assert block.scored_speed_deviation_pct == pytest.approx(3.822, abs=0.001)
    assert block.score == pytest.approx(58.48, abs=0.05)
    assert result.score.blocks == pytest.approx(91.26, abs=0.02)
    assert result.score.progression == pytest.approx(53.3, abs=0.1)
    assert result.score.overall == pytest.approx(81.77, abs=0.03)
    assert (round(result.score.low), round(result.score.high)) == (76, 92)
    assert result.score.word == "mostly held"


def test_a_perfect_run_scores_100_and_has_no_flag():
    """Every block exactly at its pace."""
    result = scored(EXAMPLE)
    assert result.score.overall == pytest.approx(100.0)
    assert result.flags == ()
    assert {b.verdict for b in result.blocks} == {"held"}


def test_block_pace_is_timer_time_by_distance():
    """600 s at 3:51: 2597.4 m, 231.0 s/km, 9 s/km faster than planned."""
    block = scored([(900, 300), (600, 231), (600, 230), (600, 220), (600, 210)]).blocks[1]
    assert block.distance_m == pytest.approx(600 / 231 * 1000)
    assert block.pace_s_per_km == pytest.approx(231.0)
    assert block.deviation_s_per_km == pytest.approx(-9.0)
    assert block.speed_deviation_pct == pytest.approx(100 * math.log(240 / 231))


def test_splits_add_up_to_the_block():
    """2597 m: two kilometres of 231 s and the rest."""
    block = scored([(900, 300), (600, 231), (600, 230), (600, 220), (600, 210)]).blocks[1]
    assert [round(s.distance_m) for s in block.splits] == [1000, 1000, 597]
    assert sum(s.timer_s for s in block.splits) == pytest.approx(block.timer_s)
    assert block.splits[0].pace_s_per_km == pytest.approx(231.0)


@pytest.mark.parametrize(("off", "points"), [(0, 100), (0.5, 95), (1, 90), (2, 45), (3, 0), (9, 0)])
def test_the_level_falls_slowly_inside_the_tolerance_and_fast_outside(off, points):
    """100 - 10 u to one tolerance, 90 - 45 (u - 1) to three."""
    assert level_score(off) == pytest.approx(points)


def test_one_standard_error_of_doubt_goes_to_the_runner():
    """3 % off, SE 1 %, tolerance 2 %: u = (3 - 1) / 2."""
    assert tolerances_off(3.0, 1.0, Tolerance(2.0, 4.0)) == pytest.approx(1.0)
    assert tolerances_off(-3.0, 1.0, Tolerance(2.0, 4.0)) == pytest.approx(0.5)


def test_steadiness_is_free_up_to_two_percent():
    """And worth nothing from six."""
    assert [steady_score(w) for w in (1.0, 2.0, 4.0, 6.0, 9.0)] == [100, 100, 50, 0, 0]


def test_a_greedy_run_that_blows_up_is_told_in_that_order():
    """Blocks 2 and 3 a gear early, then 4:45 from 2500 s on."""
    result = scored([(900, 300), (600, 230), (600, 220), (400, 222), (800, 285)])
    found = codes(result)
    assert ("TOO_FAST", 2) in found
    assert ("BLOW_UP", 4) in found
    assert found.index(("TOO_FAST", 2)) < found.index(("BLOW_UP", 4))
    assert result.score.overall < 60
    assert not any(code == "TOO_SLOW" and block >= 4 for code, block in found)  # explained


def test_the_cost_of_greed_is_what_the_paying_blocks_lost():
    """
    Block 5 alone pays in full: 600 s at 285 s/km is 2105.3 m, planned in 442.1 s.

    Block 4: 400 s at 222 and 200 s at 285: 1801.8 + 701.8 m at 220 = 550.8 s.
    Lost 600 - 442.1 + 600 - 550.8 = 207.1 s.
    """
    result = scored([(900, 300), (600, 230), (600, 220), (400, 222), (800, 285)])
    (carrier,) = [f for f in result.flags if f.cost is not None]
    assert (carrier.code, carrier.block) == ("GREEDY", 2)
    lost = (600 - 600 / 285 * 210) + (600 - (400 / 222 + 200 / 285) * 220)
    assert carrier.cost.lost_s == pytest.approx(lost, abs=1.0)
    # gained: 600 s at 230 planned at 240, and 600 s at 220 planned at 230
    assert carrier.cost.gained_s == pytest.approx(600 / 230 * 240 + 600 / 220 * 230 - 1200, abs=1)


def test_a_flat_run_is_not_held():
    """3:45 throughout blocks 2 to 5: no step up, and never called held."""
    result = scored([(900, 300), (2400, 225)])
    assert ("NON_PROGRESSION", 3) in codes(result)
    assert result.score.word not in ("held", "mostly held")
    assert not any(code == "BLOW_UP" for code, _ in codes(result))


def test_a_sixty_second_stop_is_flagged_and_costs():
    """Six points for 60 s, in block 3."""
    pieces = [(900, 300), (600, 240), (300, 230), (60, 0), (240, 230), (600, 220), (600, 210)]
    result = scored(pieces, stops=[(1800, 1860, "body")])
    assert ("STOPPED", 3) in codes(result)
    assert result.score.stop_penalty == 6
    (flag,) = [f for f in result.flags if f.code == "STOPPED"]
    assert flag.value == pytest.approx(60)
    assert flag.facts.longest_at_s == 1800
    assert flag.cost == Cost(flag.value)


def test_a_stop_of_twenty_seconds_is_no_fault():
    """Under 30 s and under 1 % of 55 min."""
    pieces = [(900, 300), (600, 240), (300, 230), (20, 0), (280, 230), (600, 220), (600, 210)]
    result = scored(pieces, stops=[(1800, 1820, "body")])
    assert not any(f.code == "STOPPED" for f in result.flags)
    assert result.blocks[2].standing_s == pytest.approx(20)


def test_pace_against_the_target_does_not_count_a_stop_twice():
    """The scored pace is moving time, so block 3 is still held."""
    pieces = [(900, 300), (600, 240), (300, 230), (60, 0), (240, 230), (600, 220), (600, 210)]
    block = scored(pieces, stops=[(1800, 1860, "body")]).blocks[2]
    assert block.scored_pace_s_per_km == pytest.approx(230)
    assert block.pace_s_per_km == pytest.approx(600 / 540 * 230)  # as the hand calculates
    assert block.verdict == "held"


def test_a_forced_first_quarter_is_a_fast_start():
    """Block 2: 150 s of 8 % faster, the rest on pace."""
    fast = 240 / math.exp(0.08)
    result = scored([(900, 300), (165, fast), (435, 240), (600, 230), (600, 220), (600, 210)])
    assert ("FAST_START", 2) in codes(result)


def test_a_block_too_fast_throughout_is_no_fast_start():
    """It is TOO_FAST."""
    result = scored([(900, 300), (600, 228), (600, 230), (600, 220), (600, 210)])
    assert not any(f.code == "FAST_START" for f in result.flags)
    assert ("TOO_FAST", 2) in codes(result)


def test_a_truncated_run_loses_in_proportion():
    """Block 5 cut at half: 2100 of 2400 planned seconds, completion 0.875."""
    result = scored([(900, 300), (600, 240), (600, 230), (600, 220), (300, 210)])
    assert codes(result) == [("TRUNCATED", 5)]
    assert result.score.completion == pytest.approx(2100 / 2400)
    assert result.score.overall == pytest.approx(87.5)


def test_early_impatience_costs_more_than_late():
    """4 % too fast in block 2 against 4 % too fast in block 5."""
    early = scored([(900, 300), (600, 240 / 1.04), (600, 230), (600, 220), (600, 210)])
    late = scored([(900, 300), (600, 240), (600, 230), (600, 220), (600, 210 / 1.04)])
    assert early.score.overall < late.score.overall - 2


def test_too_fast_early_costs_more_than_too_slow_early():
    """By the same 4 %."""
    fast = scored([(900, 300), (600, 240 / 1.04), (600, 230), (600, 220), (600, 210)])
    slow = scored([(900, 300), (600, 240 * 1.04), (600, 230), (600, 220), (600, 210)])
    assert fast.score.overall < slow.score.overall


def test_an_unpaced_easy_block_is_not_scored_but_may_not_outrun_the_next():
    """Easy without pace, run at 3:50 before a block at 4:00."""
    plan = plan_of(((900, None), *EXAMPLE[1:]))
    result = scored([(900, 230), *EXAMPLE[1:]], plan)
    assert result.blocks[0].verdict == "not_scored"
    assert result.blocks[0].score is None
    assert ("TOO_FAST", 1) in codes(result)


def test_where_the_recording_is_too_coarse_it_says_so():
    """A scale error of 1.5 % hides a tolerance of 2.1 %: z SE = 1.645 x 1.59 = 2.6 %."""
    result = scored(EXAMPLE, scale=1.5)
    told = {(f.code, f.block) for f in result.flags if f.certainty == "cannot_tell"}
    assert ("TOO_FAST", None) in told


def test_a_block_with_a_fifth_of_it_missing_is_not_judged():
    """LOW_DATA: 120 of 600 s interpolated."""
    replaced = np.zeros(3300, dtype=bool)
    replaced[1600:1720] = True
    result = scored(EXAMPLE, is_replaced=replaced)
    assert codes(result) == [("LOW_DATA", 3)]
    assert result.blocks[2].score is None
    assert result.blocks[2].verdict == "not_scored"


def test_nothing_scored_is_null_and_not_zero():
    """A plan without any pace."""
    plan = plan_of(((900, None), (600, None)))
    result = scored([(900, 300), (600, 240)], plan)
    assert result.score.overall is None
    assert result.score.word is None


def test_time_in_range_is_every_second_of_a_perfect_run():
    """The device's speed, second by second, inside the tolerance."""
    speeds = speeds_of(*EXAMPLE)
    assert scored(EXAMPLE, device_speed_mps=speeds).familiar.time_in_range_pct == pytest.approx(100)
