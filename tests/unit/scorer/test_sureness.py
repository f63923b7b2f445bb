"""Which blocks are judged though little is known of them, and what those are told that are not."""

import math

import numpy as np
import pytest

from analyzer.model.findings import LowData
from analyzer.model.plan import Block, Plan, Target
from analyzer.scorer.measure import measure
from analyzer.scorer.noise import se_held_pct, se_stretch_pct
from analyzer.scorer.score import score
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, plan_of, prepared_of, scored, speeds_of

REPEATS = ((600, 330.0), *(((60, 220.0), (60, 330.0)) * 4), (300, 330.0))


def reviewed(pieces, plan, *, is_unchecked=False, unseen=None, **options):
    """Score a run whose scale nothing checks, or of which some seconds are unknown."""
    prepared = prepared_of(speeds_of(*pieces), **options)
    moving = prepared.is_moving.copy()
    replaced = prepared.is_replaced.copy()
    if unseen is not None:
        moving[unseen], replaced[unseen] = False, True
    prepared = replace(prepared, is_unchecked=is_unchecked, is_moving=moving, is_replaced=replaced)
    return score(plan, prepared, align(plan, (), prepared)[0])


def repeats():
    """Make one-minute repeats at 3:40 with a minute at 5:30 after each."""
    return plan_of(tuple(b for b in REPEATS))


def clear(result):
    """Return the clear findings by code and block."""
    return {(f.code, f.block) for f in result.flags if f.certainty == "clear"}


def test_a_block_is_judged_by_what_was_seen_of_it():
    """120 of 600 s unknown, the rest at the pace of the plan: held, and nothing to complain of."""
    result = reviewed(EXAMPLE, plan_of(), unseen=slice(1650, 1770))
    assert result.blocks[2].verdict == "held"
    assert clear(result) == set()


def test_what_was_not_seen_widens_the_error_of_its_block():
    """150 of 300 s unknown: half of how far two means of a held pace over 150 s lie apart."""
    prepared = prepared_of(speeds_of((300, 240.0)))
    moving, replaced = prepared.is_moving.copy(), prepared.is_replaced.copy()
    moving[100:250], replaced[100:250] = False, True
    prepared = replace(prepared, is_moving=moving, is_replaced=replaced)
    plan = plan_of(((300, 240.0),))
    block = measure(plan.blocks[0], align(plan, (), prepared)[0].placements[0], None, prepared)
    wander = 0.5 * math.sqrt(2) * se_held_pct(150)
    assert block.se_random_pct == pytest.approx(math.hypot(se_stretch_pct(150), wander))


def test_a_block_of_which_more_is_unknown_than_seen_is_not_judged():
    """350 of 600 s."""
    result = reviewed(EXAMPLE, plan_of(), unseen=slice(1600, 1950))
    assert clear(result) == {("LOW_DATA", 3)}
    assert result.blocks[2].verdict == "not_scored"
    facts = next(f.facts for f in result.flags if f.code == "LOW_DATA")
    assert isinstance(facts, LowData)
    assert facts.cause == "lost"


def test_hard_repeats_far_too_slow_are_too_slow_though_a_minute_is_known_badly():
    """4:46 for 3:40 is 26 % of speed; a core of 30 s is known to 2 %."""
    pieces = tuple((s, 286.0 if p == 220.0 else p) for s, p in REPEATS)
    result = reviewed(pieces, repeats())
    assert {b for c, b in clear(result) if c == "TOO_SLOW"} == {2, 4, 6, 8}


def test_repeats_of_a_minute_on_plan_are_not_scored_and_nothing_is_held_against_them():
    """Their cores of 30 s are too short to tell 2 % from nothing."""
    result = reviewed(REPEATS, repeats())
    assert [result.blocks[i].verdict for i in (1, 3, 5, 7)] == ["not_scored"] * 4
    assert clear(result) == set()


@pytest.mark.parametrize("scale", [0.97, 1.03])
def test_what_the_scale_alone_may_explain_costs_nothing_on_a_treadmill(scale):
    """3 % off in all blocks, with a scale known to 3.2 %: held, and the range says what may be."""
    pieces = tuple((s, p / scale) for s, p in EXAMPLE)
    result = reviewed(pieces, plan_of(), is_unchecked=True, scale=3.2)
    assert result.score.overall >= 97.0
    assert {b.verdict for b in result.blocks} == {"held"}
    assert result.score.low < 75.0
    assert {f.code for f in result.flags if f.certainty == "cannot_tell"} >= {"TOO_FAST"}


def test_a_treadmill_run_far_off_is_judged_all_the_same():
    """30 % too slow is nine errors of 3.2 %."""
    pieces = tuple((s, p * 1.3) for s, p in EXAMPLE)
    result = reviewed(pieces, plan_of(), is_unchecked=True, scale=3.2)
    assert {b.verdict for b in result.blocks} == {"too_slow"}


def test_an_even_pace_is_seen_on_a_treadmill_whatever_its_scale():
    """The steps share the scale: a run at 3:45 throughout takes none, and is no progression."""
    result = reviewed(((900, 300), (2400, 225)), plan_of(), is_unchecked=True, scale=3.2)
    assert result.score.overall < 75.0


@pytest.mark.parametrize(
    ("cause", "options"),
    [("source", {"scale": 3.0}), ("short", {"scale": 1.0})],
)
def test_a_block_that_is_not_judged_is_told_why(cause, options):
    """A scale good to 3 % where positions doubt it; four minutes of core that wander by chance."""
    pieces: tuple[tuple[int, float], ...] = EXAMPLE
    plan = plan_of()
    if cause == "short":
        pieces = ((600, 300.0), *((100, 240.0) for _ in range(3)))
        plan = plan_of(pieces)
    prepared = replace(prepared_of(speeds_of(*pieces), **options), roughness=2.0)
    result = score(plan, prepared, align(plan, (), prepared)[0])
    causes = {f.facts.cause for f in result.flags if isinstance(f.facts, LowData)}
    assert causes == {cause}


def test_the_table_and_the_finding_state_one_error():
    """Where a block is not judged for its error, that is the error beside its pace."""
    result = scored(EXAMPLE, scale=3.0)
    flag = next(f for f in result.flags if f.code == "LOW_DATA" and f.block == 3)
    block = result.blocks[2]
    assert isinstance(flag.facts, LowData)
    assert block.pace_se_s_per_km == pytest.approx(
        block.pace_s_per_km * flag.facts.pace_se_pct / 100
    )


def test_no_collapse_is_seen_in_blocks_whose_pace_is_not_known():
    """The last two blocks 13 % slower, known to 6 % only: unknown, and no BLOW_UP."""
    speeds = speeds_of(*EXAMPLE)
    speeds[2100:] *= 0.87
    assert np.isfinite(speeds).all()
    prepared = replace(prepared_of(speeds, scale=6.0), roughness=2.0)
    result = score(plan_of(), prepared, align(plan_of(), (), prepared)[0])
    assert ("LOW_DATA", 4) in clear(result)
    assert "BLOW_UP" not in {code for code, _ in clear(result)}


@pytest.mark.parametrize(("guessed_s", "sure"), [(120, "possible"), (60, "clear")])
def test_a_plan_by_distance_is_not_clearly_cut_by_less_than_was_guessed(guessed_s, sure):
    """2 km at 4:00 are 500 s; the run ends 100 s before, and 60 or 120 s of it were a guess."""
    block = Block(1, "2 km", "progression", None, 2000.0, Target(1000 / 240.0))
    plan = Plan("by distance", "test", (block,))
    prepared = prepared_of(speeds_of((400, 240.0)))
    guesses = np.zeros(prepared.seconds, dtype=bool)
    guesses[100 : 100 + guessed_s] = True
    prepared = replace(prepared, guesses=guesses)
    result = score(plan, prepared, align(plan, (), prepared)[0])
    assert [(f.code, f.certainty) for f in result.flags if f.code == "TRUNCATED"] == [
        ("TRUNCATED", sure)
    ]
