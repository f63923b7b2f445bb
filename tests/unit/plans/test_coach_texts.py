"""Plans as coaches write them: read as they mean it, doubted aloud, or asked about."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analyzer.errors import PlanError
from analyzer.plans.echo import one_line
from analyzer.plans.line import parse_line
from analyzer.report.doubts import DOUBTS, doubts_text
from analyzer.units import pace_s_per_km
from tests.builders.coach_texts import ASKED, DOUBTED, READ
from tests.builders.drawn_plans import LENGTHS, PACES

TEXTS = [text for text, _ in (*READ, *DOUBTED)]


STEPS = st.builds(
    "{}{}{}".format, LENGTHS, st.sampled_from(["", " easy", " rest", " cool-down"]), st.one_of(
        st.just(""), PACES.map(lambda p: " @ " + p.strip("'"))
    )
)  # fmt: skip


def numbers(block):
    """Return all of a block that is judged."""
    return block.duration_s, block.distance_m, block.role, paces(block), block.aim


def paces(block):
    """Return the pace of a block, both ends of a ramp, or None."""
    if block.target is None:
        return None
    if block.target.ramp_mps:
        return tuple(round(pace_s_per_km(v), 1) for v in block.target.ramp_mps)
    return round(pace_s_per_km(block.target.speed_mps), 1)


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_text_means_what_its_coach_means(text, expected):
    """Lengths, paces, and the roles that are written."""
    blocks = parse_line(text).blocks
    assert len(blocks) == len(expected), [b.name for b in blocks]
    for block, (seconds, metres, pace, role) in zip(blocks, expected, strict=True):
        assert block.duration_s == seconds
        assert block.distance_m == (None if metres is None else pytest.approx(metres))
        assert paces(block) == (None if pace is None else pytest.approx(pace, abs=0.1))
        assert role in (None, block.role)


@pytest.mark.parametrize(("text", "code"), DOUBTED)
def test_what_may_mean_another_thing_is_said(text, code):
    """In words, with nothing left to fill in."""
    doubts = parse_line(text).doubts
    assert code in [d.code for d in doubts]
    assert not any(re.search(r"[{}]", words) for words in doubts_text(doubts))


@pytest.mark.parametrize(("text", "remedy"), ASKED)
def test_what_means_two_things_is_asked(text, remedy):
    """With what to write, at its place."""
    with pytest.raises(PlanError) as caught:
        parse_line(text)
    assert re.search(remedy, str(caught.value))
    assert caught.value.problems[0].column


def test_every_doubt_has_words_and_a_text_that_raises_it():
    """No more and no fewer."""
    assert {code for _, code in DOUBTED} == set(DOUBTS)


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_understood_reads_as_the_same_blocks(text):
    """The line that reports show."""
    plan = parse_line(text)
    if plan.understood:
        again = parse_line(plan.understood)
        assert [numbers(b) for b in again.blocks] == [numbers(b) for b in plan.blocks]


def test_free_text_is_always_shown_back():
    """But for what already is in the exact form."""
    silent = {text for text in TEXTS if not parse_line(text).understood}
    assert silent == {
        "20min easy, 3x8min @ 4:30-4:10",
        "2 mi easy, 2 mi @ 7:20",
        "10min easy, 20min @ 8:40, 10min @ 8:00",
        "4 km @ 18:00",
    }


@given(st.lists(STEPS, min_size=1, max_size=6).map(", ".join))
def test_any_plan_in_words_is_shown_back_as_itself(text):
    """Whatever its lengths, efforts, paces, ranges, ramps and bounds; a sum is asked about."""
    try:
        plan = parse_line(text)
    except PlanError as error:
        assume("add up to it" not in str(error))
        raise
    line = one_line(plan, parse_line)
    assert [numbers(b) for b in parse_line(line).blocks] == [numbers(b) for b in plan.blocks]


def test_the_place_of_an_error_is_that_of_its_line():
    """Not of the text as a whole."""
    with pytest.raises(PlanError) as caught:
        parse_line("20 min easy\n10 min @ 4:30\n10 min @ MP")
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (3, 10)


WORDS = [
    *("10min", "10'", "3 km", "2 miles", "3M", "4:00", "4'00\"", "25:00", "99:99", "0min", "95%"),
    *("@", "at", "in", "from", "to", ",", "+", "/", "->", "-", "(", ")", "then", ";", "\n", ":"),
    *("easy", "w/u", "rest", "MP", "3x", "2x(", "last", "first", "remainder", "every", "each"),
    *("under", "~", "±", "5s", "/km", "/mi", "progressive", "total", "with", "Z2", "0-15min"),
    *("km 1-5", "15 km/h", "half", "open", "blorft", "not", ">", "<", "=", ".", "last 3", "10k"),
    *("dont", "alle", "y", "e", "a", "de"),
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join))
def test_any_words_give_a_plan_or_an_error_with_its_place(text):
    """Never anything else."""
    try:
        plan = parse_line(text)
    except PlanError as error:
        assert all(p.line for p in error.problems)
    else:
        assert plan.blocks
        assert all(doubts_text(plan.doubts))
