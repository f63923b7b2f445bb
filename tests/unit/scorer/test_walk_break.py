"""WALK_BREAK: told once, where and how long; the other seconds of the block keep their verdict."""

import pytest

from tests.builders.exact import codes, plan_of, scored

WALK, JOG = 625.0, 400.0  # 1.6 and 2.5 m/s


def broken(seconds, pace, *, after_s=200, block_pace=230):
    """Run the example plan, with a slow stretch in block 3, ``after_s`` into it."""
    rest_s = 600 - after_s - seconds
    third = [(after_s, block_pace), (seconds, pace), (rest_s, block_pace)]
    return [(900, 300), (600, 240), *third, (600, 220), (600, 210)]


def break_of(result):
    """Return the one finding about a break."""
    (flag,) = [f for f in result.flags if f.code == "WALK_BREAK"]
    return flag


@pytest.mark.parametrize(("pace", "gait"), [(WALK, "walked"), (JOG, "jogged")])
@pytest.mark.parametrize("seconds", [60, 120, 180])
def test_a_break_is_told_with_its_place_length_and_pace(seconds, pace, gait):
    """From 1700 s on, in block 3; 2 m/s lies between a walk and a jog."""
    flag = break_of(scored(broken(seconds, pace)))
    assert (flag.block, flag.certainty, flag.facts.gait) == (3, "clear", gait)
    assert flag.facts.at_s == pytest.approx(1700, abs=3)
    assert flag.facts.seconds == pytest.approx(seconds, abs=5)
    assert flag.facts.pace_s_per_km == pytest.approx(pace, rel=0.01)


@pytest.mark.parametrize("pace", [WALK, JOG])
def test_nothing_else_is_said_of_a_run_with_a_break(pace):
    """No step missed, no wave, no fade, no data missing: every block was held."""
    result = scored(broken(120, pace))
    assert codes(result) == [("WALK_BREAK", 3)]
    assert {b.verdict for b in result.blocks} == {"held"}
    assert result.blocks[2].scored_pace_s_per_km == pytest.approx(230, rel=0.002)


def test_the_table_shows_what_the_watch_shows():
    """480 s at 3:50 and 120 s at 10:25: time and distance of the block are what they are."""
    block = scored(broken(120, WALK)).blocks[2]
    distance_m = 480 / 0.230 + 120 / 0.625
    assert (block.timer_s, block.distance_m) == (600, pytest.approx(distance_m))
    assert block.pace_s_per_km == pytest.approx(600 / distance_m * 1000)
    assert block.moving_s == pytest.approx(600)
    assert block.break_s == pytest.approx(120, abs=5)
    assert block.break_distance_m == pytest.approx(120 / 0.625, abs=20)


def test_a_break_costs_the_time_lost_in_it_and_less_than_standing_as_long():
    """60 s walked, not run at 3:50: 60 (1 - 230/625) = 37.9 s, three points; a stop costs six."""
    result = scored(broken(60, WALK))
    assert break_of(result).cost.lost_s == pytest.approx(60 * (1 - 230 / 625), abs=1)
    assert result.score.stop_penalty == 3
    assert result.score.overall == pytest.approx(97, abs=0.2)


def test_a_break_of_half_a_minute_is_only_possible_and_costs_nothing():
    """A bend, a gate, a bottle picked up."""
    result = scored(broken(30, WALK))
    assert break_of(result).certainty == "possible"
    assert result.score.overall == pytest.approx(100, abs=0.2)


def test_the_rest_of_a_block_keeps_its_own_fault():
    """Block 3 at 3:40 for all but the break: too fast, and a break."""
    result = scored(broken(90, WALK, block_pace=218))
    assert {("WALK_BREAK", 3), ("TOO_FAST", 3)} <= set(codes(result))


def test_standing_inside_a_walk_is_told_with_it_once():
    """40 s walked, 20 s stood, 40 s walked: one break of 100 s, and no stop."""
    third = [(200, 230), (40, WALK), (20, 0), (40, WALK), (300, 230)]
    pieces = [(900, 300), (600, 240), *third, (600, 220), (600, 210)]
    result = scored(pieces, stops=[(1740, 1760, "body")])
    assert codes(result) == [("WALK_BREAK", 3)]
    assert break_of(result).facts.seconds == pytest.approx(100, abs=5)


def test_a_walk_on_either_side_of_a_longer_stop_is_a_stop():
    """15 s walked, 60 s stood, 15 s walked."""
    third = [(200, 230), (15, WALK), (60, 0), (15, WALK), (310, 230)]
    pieces = [(900, 300), (600, 240), *third, (600, 220), (600, 210)]
    result = scored(pieces, stops=[(1715, 1775, "body")])
    assert codes(result) == [("STOPPED", 3)]


def test_four_minutes_at_three_quarters_of_the_pace_are_no_break():
    """Who runs on so slowly for so long has collapsed, and recovered."""
    result = scored(broken(260, 230 / 0.75))
    assert not any(f.code == "WALK_BREAK" for f in result.flags)


def test_surges_leave_no_breaks_between_them():
    """Block 3 by turns 40 s at 3:25 and 40 s at 4:00, a seventh slower."""
    surges = [(40, 205), (40, 240)] * 7 + [(40, 205)]
    result = scored([(900, 300), (600, 240), *surges, (600, 220), (600, 210)])
    assert not any(f.code == "WALK_BREAK" for f in result.flags)


def test_a_block_walked_nearly_throughout_is_judged_as_it_is():
    """Block 3 of 5 min with 4:20 min of walking: too slow, and no break."""
    plan = plan_of(((900, 300.0), (600, 240.0), (300, 230.0), (600, 220.0)))
    pieces = [(900, 300), (600, 240), (20, 230), (260, WALK), (20, 230), (600, 220)]
    result = scored(pieces, plan)
    assert not any(f.code == "WALK_BREAK" for f in result.flags)
    assert not any(f.code == "LOW_DATA" for f in result.flags)


def test_a_break_across_a_change_of_pace_belongs_to_where_most_of_it_was():
    """From 2040 to 2120 s, the change at 2100 s: told of block 3, and both blocks are held."""
    result = scored(
        [(900, 300), (600, 240), (540, 230), (80, WALK), (580, 220), (600, 210)]
    )  # fmt: skip
    assert codes(result) == [("WALK_BREAK", 3)]
    assert {b.verdict for b in result.blocks} == {"held"}
    assert [b.break_s for b in result.blocks[2:4]] == pytest.approx([60, 20], abs=6)
