"""The sentence at the top, word for word, on runs without noise."""

from typing import TYPE_CHECKING

import pytest

from analyzer.model.alignment import AlignmentNote, Reading
from analyzer.report.advice import next_time
from analyzer.report.headline import headline
from analyzer.report.message import render_message
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, STOP, plan_of, review_of
from tests.builders.reviews import flag_of, review_with

if TYPE_CHECKING:
    from analyzer.model.review import Word

SENTENCES = [
    (EXAMPLE, {}, "Held all five blocks.", ""),
    (
        [(900, 300), (600, 240), (600, 216.4), (600, 220), (600, 210)],
        {},
        "Held the first two blocks, forced the third 14 s/km too fast, then held the last two.",
        "",
    ),
    (
        [(900, 300), (600, 230), (600, 220), (400, 222), (800, 285)],
        {},
        "Held the first block, forced the second and third 10 s/km too fast, and blew up badly in "
        "the fourth.",
        "Going fast early gained 53 s; the later blocks lost 207 s.",
    ),
    (
        [(900, 300), (2400, 225)],
        {},
        "Held the first block, forced the second 15 s/km too fast, held the third, took no step up "
        "in the fourth, and fell 15 s/km short in the last.",
        # 600 - 600/225 x 210; block 4 is not clear
        "Going fast early gained 53 s; the later blocks lost 40 s.",
    ),
    (
        STOP,
        {"stops": [(1800, 1860, "body")]},
        "Held the pace of all five blocks, but stopped for 60 s in the third block.",
        "",
    ),
    (
        [(900, 300), (600, 240), (600, 230), (600, 220), (300, 210)],
        {},
        "Held the first four blocks, but ended 5:00 into the last.",
        "",
    ),
    (
        [(900, 275), *EXAMPLE[1:]],
        {},
        "Forced the first block 25 s/km too fast, then held the last four.",
        "",
    ),
    (
        [*EXAMPLE[:4], (600, 225)],
        {},
        "Held the first four blocks, but fell 15 s/km short in the last.",
        "",
    ),
    (
        [(200, 300)],
        {},
        "Ended 3:20 into the first block.",
        "",
    ),
]


@pytest.mark.parametrize(("pieces", "options", "sentence", "after"), SENTENCES)
def test_the_sentence_tells_the_run_in_order(pieces, options, sentence, after):
    """Cause before effect, a stop always named."""
    assert headline(review_of(pieces, **options)) == (sentence, after)


def test_a_plan_without_pace_has_nothing_to_score():
    """And says so."""
    review = review_of([(900, 300), (600, 240)], plan_of(((900, None), (600, None))))
    assert headline(review)[0] == "Nothing to score: the plan gives no pace."
    assert next_time(review) is None


def test_paces_are_told_in_the_unit_asked_for():
    """14 s/km is 22 s/mi."""
    review = review_of([(900, 300), (600, 240), (600, 216.4), (600, 220), (600, 210)])
    assert "22 s/mi too fast" in headline(review, "mi")[0]


def test_a_forced_block_is_named_for_the_next_time():
    """The limit is the target less its tolerance: 3:50 less 2 % is 3:45."""
    review = review_of([(900, 300), (600, 240), (600, 216.4), (600, 220), (600, 210)])
    assert next_time(review) == "In the 3:50 block, run no kilometre faster than 3:45."


def test_an_easy_block_run_too_fast_never_looks_like_success():
    """However well the rest was held."""
    review = review_of([(900, 275), *EXAMPLE[1:]])
    assert review.score.word != "held"
    assert headline(review)[0].startswith("Forced the first block")


@pytest.mark.parametrize("word", ["loose", "not the planned session"])
def test_nothing_is_called_held_beside_a_low_score_though_no_fault_is_sure(word):
    """Steps too small for the recording: the sentence says what is probable."""
    review = review_of([(900, 300), (600, 235), (600, 225), (600, 215), (600, 205)])
    unsure = tuple(replace(f, certainty="possible") for f in review.flags if f.certainty == "clear")
    blocks = tuple(replace(b, verdict="held") for b in review.blocks)
    shown = replace(
        review, flags=unsure, blocks=blocks, score=replace(review.score, overall=60.0, word=word)
    )
    sentence, after = headline(shown)
    assert sentence == "Probably ran most blocks 5 s/km too fast."
    assert after == "No single fault is certain: the recording is too coarse for the plan's steps."
    assert next_time(shown) == "On a track or with a foot pod: steps this small would show there."


def test_a_break_in_a_run_far_from_its_plan_does_not_call_the_rest_held():
    """Score 60, nothing else clear: the break is told, and what was probably wrong."""
    broken = flag_of("WALK_BREAK", 3, seconds=80.0, at_s=1800.0, gait="walked", breaks=1)
    review = review_with((296.0, 236.0, 226.0, 216.0, 206.0), [broken], score=60.0)
    sentence, after = headline(review)
    assert sentence == "Walked for 80 s in the third block."
    assert after.startswith("Probably ran all five blocks")
    assert "held" not in render_message(review)


def test_a_break_in_a_run_that_was_held_is_told_beside_it():
    """The rest was held, and is called so."""
    broken = flag_of("WALK_BREAK", 3, seconds=80.0, at_s=1800.0, gait="walked", breaks=1)
    review = review_with(flags=[broken])
    assert headline(review)[0] == "Held all five blocks, but walked for 80 s in the third."
    assert "You walked for 80 s in block 3 (at 30:00); the rest of it was held." in render_message(
        review
    )


def test_breaks_in_two_blocks_are_counted():
    """One in block 3, two in block 4: three breaks, and their time together."""
    flags = [
        flag_of("WALK_BREAK", 3, seconds=80.0, at_s=1800.0, gait="walked", breaks=1),
        flag_of("WALK_BREAK", 4, seconds=100.0, at_s=2500.0, gait="jogged", breaks=2),
    ]
    sentence = headline(review_with(flags=flags))[0]
    assert sentence.endswith("took three breaks in the third and fourth (3 min in all).")


@pytest.mark.parametrize(
    ("note", "overall", "sentence"),
    [
        (
            ("STARTED_LATE", -180.0, 0.0),
            96.0,
            "Held all five blocks, if the watch was started late.",
        ),
        (
            ("STARTED_LATE", -180.0, 0.0),
            80.0,
            "Mostly held all five blocks, if the watch was started late.",
        ),
        (("AMBIGUOUS_START", 150.0, 0.0), 96.0, "Held all five blocks, if block 1 began at 2:30."),
        (
            ("AMBIGUOUS_START", 0.0, 150.0),
            96.0,
            "Held all five blocks, if block 1 began with the recording.",
        ),
    ],
)
def test_what_is_held_by_one_of_two_starts_only_is_said_with_its_condition(note, overall, sentence):
    """57 by the other start, so the score has no word; the runner is told the same."""
    code, told_s, other_s = note
    review = review_of(EXAMPLE)
    readings = (Reading(other_s, 57.0), Reading(told_s, overall))
    alignment = replace(review.alignment, notes=(AlignmentNote(code, told_s, readings=readings),))
    score = replace(review.score, overall=overall, word=None)
    unsettled = replace(review, alignment=alignment, score=score)
    assert headline(unsettled)[0] == sentence
    assert sentence.partition(", ")[2] in render_message(unsettled)
    word: Word = "held" if overall >= 90 else "mostly held"
    shared = replace(unsettled, score=replace(score, word=word))
    assert headline(shared)[0] == sentence.partition(",")[0] + "."
