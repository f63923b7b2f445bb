"""Two readings of a run: what both bear out is certain, what one does is possible."""

import pytest

from analyzer.model.findings import BlowUp, Flag
from analyzer.prepare.prepare import prepare
from analyzer.review.pipeline import review_activity
from analyzer.review.readings import settled
from analyzer.scorer.score import score
from analyzer.segmenter.align import align
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, activity_of, plan_of, speeds_of

PREPARED = prepare(activity_of(speeds_of(*EXAMPLE)))
PLAN = plan_of()
(CLOCK,) = align(PLAN, (), PREPARED)
SCORED = score(PLAN, PREPARED, CLOCK)


def reading(*flags, start_s=0.0, overall=90.0, word="held", verdict=None, **alignment):
    """Return a reading with these findings, score and verdict of block 2."""
    blocks = SCORED.blocks
    if verdict:
        blocks = (blocks[0], replace(blocks[1], verdict=verdict), *blocks[2:])
    points = replace(SCORED.score, overall=overall, low=overall - 5, high=overall + 5, word=word)
    return (
        replace(CLOCK, start_offset_s=start_s, **alignment),
        replace(SCORED, flags=flags, score=points, blocks=blocks),
    )


def flag(code="FADE", block=2, facts=None, certainty="clear"):
    """Return a finding."""
    return Flag(code, block, certainty, 10.0, 8.0, 12.0, "s/km", facts)


def both(first, second):
    """Settle two readings."""
    return settled([first, second], PREPARED)


def test_clear_in_both_stays_clear():
    """The same fade of block 2, whichever start."""
    _, found = both(reading(flag()), reading(flag(), start_s=120.0))
    assert [f.certainty for f in found.flags] == ["clear"]


@pytest.mark.parametrize("other", [(), (flag(certainty="possible"),), (flag(block=3),)])
def test_clear_in_one_only_is_possible(other):
    """Not found, only possible, or in another block: possible."""
    _, found = both(reading(flag()), reading(*other, start_s=120.0, overall=80.0))
    assert [f.certainty for f in found.flags] == ["possible"]


def test_a_collapse_is_one_event_in_whichever_block():
    """At 2000 s by one start and 2030 s by the other: the same collapse."""
    one, other = (flag("BLOW_UP", b, BlowUp(at_s=at)) for b, at in ((4, 2000.0), (3, 2030.0)))
    _, found = both(reading(one), reading(other, start_s=120.0, overall=80.0))
    assert [f.certainty for f in found.flags] == ["clear"]


def test_a_verdict_that_one_reading_has_is_held():
    """Too fast by one start, held by the other: no clear finding, so held."""
    _, found = both(reading(verdict="too_fast"), reading(start_s=120.0, overall=80.0))
    assert found.blocks[1].verdict == "held"


@pytest.mark.parametrize(("word", "kept"), [("held", "held"), ("loose", None)])
def test_the_range_covers_both_and_the_word_is_shared_or_none(word, kept):
    """90 (85 to 95) and 60 (55 to 65): 55 to 95, and a word only if both have it."""
    alignment, found = both(reading(), reading(start_s=120.0, overall=60.0, word=word))
    assert (found.score.low, found.score.high, found.score.word) == (55.0, 95.0, kept)
    assert alignment.confidence is None
    assert [r.score for r in alignment.notes[0].readings] == [90.0, 60.0]


def test_a_likelier_start_that_nobody_can_place_leaves_nothing_clear():
    """Block 1 begins here with 0.2 only: no word, no clear finding, no verdict."""
    doubted = reading(flag(), verdict="too_slow", confidence=0.2, is_ambiguous=True)
    alignment, found = settled([doubted], PREPARED)
    assert (found.score.word, found.flags[0].certainty) == (None, "possible")
    assert found.blocks[1].verdict == "held"
    assert alignment.confidence == 0.2


def test_a_start_that_the_end_decides_has_no_confidence_by_pace():
    """0.0 by pace alone beside "held" would contradict it: unknown."""
    alignment, found = settled([reading(confidence=0.0)], PREPARED)
    assert (alignment.confidence, found.score.word) == (None, "held")


def test_one_sure_reading_is_left_as_it_is():
    """Confidence 0.9: nothing changes."""
    sure = reading(flag(), confidence=0.9)
    assert settled([sure], PREPARED) == sure


@pytest.mark.parametrize("short_s", [60, 120, 180, 300])
def test_each_of_two_readings_has_the_score_that_settling_it_gives(short_s):
    """
    A watch started late, or block 1 cut short: every change early, or none.

    Whoever says which of the two it was gets what was foretold, points for going early
    included; and the range that stood before held both.
    """
    (first_s, easy), *rest = EXAMPLE
    activity = activity_of(speeds_of((first_s - short_s, easy), *rest))
    unsettled = review_activity(activity, PLAN)
    (note,) = (n for n in unsettled.alignment.notes if n.readings)
    assert sorted(r.start_s for r in note.readings) == [pytest.approx(-short_s, abs=15), 0]
    for told in note.readings:
        score = review_activity(activity, replace(PLAN, start_s=told.start_s)).score
        assert told.score == pytest.approx(score.overall, abs=0.5)
        assert number(unsettled.score.low) <= number(score.low) + 0.5
        assert number(unsettled.score.high) >= number(score.high) - 0.5
    # 60 s of ten minutes at the next pace, four times, are some ten points; 180 s are thirty.
    early, late = sorted(number(reading.score) for reading in note.readings)
    assert late - early > 8 * min(short_s, 180) / 60
    assert unsettled.score.word == ("held" if early >= 90 else None)


def number(value):
    """Take what is known."""
    assert value is not None
    return value
