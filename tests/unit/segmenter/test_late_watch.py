"""A watch started late: found where every change and the end agree, and never sure by itself."""

import pytest

from analyzer import review_activity
from analyzer.model.findings import Change
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.align import align
from analyzer.segmenter.boundaries import boundaries, seconds_of
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, activity_of, plan_of, prepared_of, speeds_of

HARD = EXAMPLE[1:]
LATE = ((720, 300), *HARD)
"""The example with its watch started 180 s after block 1 was begun: 720 of its 900 s are there."""

BY_THE_CLOCK = ("GREEDY", "TRUNCATED", "LATE_CHANGE", "MISSED_BLOCK", "TOO_FAST")


def reviewed(*pieces, laps=(), **options):
    """Review a run of (seconds, s/km) pieces against the example."""
    return review_activity(activity_of(speeds_of(*pieces), laps=laps), plan_of(**options))


def pressed(*pieces):
    """Return a lap by the button for each piece."""
    laps, at_s = [], 0.0
    for seconds, _ in pieces:
        laps.append((at_s, at_s + seconds, "manual", None))
        at_s += seconds
    return tuple(laps)


def test_both_readings_are_shown_and_nothing_is_certain_of_either():
    """Started 180 s late: two starts, a word only if both have it, and nobody is accused."""
    review = reviewed(*LATE)
    (note,) = review.alignment.notes
    assert note.code == "STARTED_LATE"
    assert note.start_s == pytest.approx(-180, abs=6)
    assert [r.start_s for r in note.readings] == [0.0, note.start_s]
    assert not [f for f in review.flags if f.certainty == "clear"]
    assert [b.verdict for b in review.blocks] == ["held"] * 5
    assert review.alignment.confidence is None


def test_the_range_reaches_over_both_scores():
    """The lower reading lies in the range; its word is another one, so there is none."""
    review = reviewed(*LATE)
    scores = [r.score for r in review.alignment.notes[0].readings]
    low, high = sorted(scores)
    assert low < 90  # mostly held
    assert high >= 90  # held
    assert review.score.low <= low
    assert review.score.high >= high
    assert review.score.word is None


def test_a_start_before_the_recording_settles_it():
    """--start -3:00: one reading, held, and block 1 judged by the 720 s that were recorded."""
    review = reviewed(*LATE, start_s=-180.0)
    assert review.alignment.notes == ()
    assert review.alignment.confidence == 1.0
    assert review.score.word == "held"
    assert not [f for f in review.flags if f.certainty != "cannot_tell"]
    assert review.blocks[0].timer_s == 720
    assert [b.start_s for b in review.blocks] == [0, 720, 1320, 1920, 2520]


def test_the_start_of_the_recording_settles_it_the_other_way():
    """--start 0:00: then block 1 was cut short, and every block left 180 s early, clearly."""
    review = reviewed(*LATE, start_s=0.0)
    early = [f for f in review.flags if f.code == "GREEDY" and isinstance(f.facts, Change)]
    assert [(f.block, f.certainty) for f in early] == [(i, "clear") for i in (1, 2, 3, 4)]
    assert [f.certainty for f in review.flags if f.code == "TRUNCATED"] == ["clear"]


def test_early_at_every_change_with_the_end_on_time_stays_greedy():
    """Every change 120 s early and the last block 720 s long: 3300 s as planned, so not late."""
    review = reviewed((780, 300), *HARD[:3], (720, 210))
    assert "STARTED_LATE" not in [n.code for n in review.alignment.notes]
    assert any(f.code == "GREEDY" and f.certainty == "clear" for f in review.flags)


def test_a_run_stopped_early_is_cut_short():
    """Every change on time and 180 s of the last block not run: cut short, clearly."""
    review = reviewed(*EXAMPLE[:4], (420, 210))
    assert review.alignment.notes == ()
    assert [f.certainty for f in review.flags if f.code == "TRUNCATED"] == ["clear"]


def test_a_cool_down_ends_the_plan_as_well():
    """The same late watch, then 400 s at 6:00: the end of the last block is as early."""
    review = reviewed(*LATE, (400, 360))
    assert [n.code for n in review.alignment.notes] == ["STARTED_LATE"]


def test_presses_alone_give_the_time():
    """At one pace throughout only the button tells the blocks: pressed at 720 s, so 180 s late."""
    pieces = [(seconds, 300) for seconds, _ in LATE]
    recorded = activity_of(speeds_of(*pieces), laps=pressed(*pieces))
    plan = plan_of(tuple((seconds, 300) for seconds, _ in EXAMPLE))
    starts = [a.start_offset_s for a in align(plan, recorded.laps, prepare(recorded))]
    assert starts == [0.0, -180.0]


@pytest.mark.parametrize("late_s", [30, 60, 120, 300])
def test_found_from_half_a_minute_to_five(late_s):
    """Block 1 lacks so many seconds, every change and the end come as early."""
    review = reviewed((900 - late_s, 300), *HARD)
    assert review.alignment.notes[0].start_s == pytest.approx(-late_s, abs=8)
    assert not [f for f in review.flags if f.certainty == "clear" and f.code in BY_THE_CLOCK]


def test_two_watches_on_one_run_agree():
    """One started with block 1, the other 180 s later: their ranges overlap, no word differs."""
    whole, late = reviewed(*EXAMPLE), reviewed(*LATE)
    assert late.score.low <= whole.score.overall <= late.score.high
    assert late.score.word in (whole.score.word, None)


def test_a_block_by_distance_is_counted_from_before_the_recording():
    """2 km begun 100 s before at 5:00/km: 333 m are gone, 1667 m are left, 500 s of recording."""
    plan = plan_of()
    block = replace(plan.blocks[0], duration_s=None, distance_m=2000.0)
    prepared = prepared_of(speeds_of((1000, 300)))
    assert seconds_of(block, -100.0, prepared) == pytest.approx(600.0)
    assert seconds_of(block, -900.0, prepared) == pytest.approx(600.0)  # all of it before


def test_what_lies_before_the_recording_is_clipped():
    """Block 1 from -180 to 720: 180 s not recorded, the window from 0, no guard at its start."""
    recorded = activity_of(speeds_of(*LATE))
    (found,) = align(plan_of(start_s=-180.0), (), prepare(recorded))
    first = found.placements[0]
    assert (first.unrecorded_s, first.start_s, first.end_s, first.core_start_s) == (180, 0, 720, 0)
    assert boundaries(plan_of(), -180.0, prepare(recorded))[0] == -180


def test_a_block_before_the_recording_is_not_cut_short():
    """Begun 1000 s before: block 1 (900 s) was over, and the run ended with block 5."""
    review = reviewed((500, 240), *HARD[1:], start_s=-1000.0)
    assert review.blocks[0].status == "not_seen"
    assert "TRUNCATED" not in [f.code for f in review.flags]
