"""The coach's message: short, kind, in plain words, and never cut in two."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.findings import FLAG_CODES
from analyzer.model.remarks import Remarks
from analyzer.report.language import speaking
from analyzer.report.message import MOST, render_message
from analyzer.structs import replace
from tests.builders.many import NAMES, reviewed
from tests.builders.reviews import RECORDS, flag_of, mock_run, review_with, stop_of, unknown_run

JARGON = re.compile(
    rf"standard error|confidence|sigma|percentile|interval|\bnan\b|\binf\b|null|None|"
    rf"[A-Z]{{2,}}_[A-Z]+|\b(?:{'|'.join(FLAG_CODES)})\b|--[a-z]|{{|}}"
)
ENDS = re.compile(r"[.!?…](?:”)?$|^Hi .*,$")


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_short_plain_and_whole(name):
    """At most 700 characters to "you", no word of ours, paragraphs that end as sentences do."""
    message = render_message(reviewed(name))
    assert "runner" not in message
    assert re.search(r"\b[Yy]ou|Nothing|Block|There was", message)
    assert len(message) <= MOST
    assert not JARGON.search(message)
    for paragraph in message.split("\n\n"):
        assert ENDS.search(paragraph), paragraph
        assert "  " not in paragraph


def test_the_message_of_the_mock_run():
    """Score, story with paces, cost, something kind, what next, and the stop that cost nothing."""
    assert render_message(mock_run()) == (
        "Tuesday progression: 63 of 100 (58 to 70), loose.\n\n"
        "You held blocks 1 and 2 at 4:56 and 3:59 /km. Block 3 was planned at 3:50 and run at "
        "3:36: 14 s/km too fast, faster even than block 4 was meant to be. You held block 4 at "
        "3:40 /km. In block 5 you blew up at 49:19: 3:36 until then, 4:04 for 6 min after that. "
        "Going fast early gained 38 s; the later blocks lost 57 s.\n\n"
        "3:50 should feel too easy; that is the session working.\n\n"
        "Next time: in the 3:50 block, run no kilometre faster than 3:45.\n\n"
        "The 19 s stop at 37:12 cost no points."
    )


def test_a_name_is_greeted_and_words_are_referred_to():
    """Short words are quoted, long ones thanked for; effort is said in a sentence."""
    review = replace(mock_run(), remarks=Remarks("Anna", "felt great until the bridge", 8))
    message = render_message(review)
    assert message.startswith("Hi Anna,\n\n")
    assert "You wrote: “felt great until the bridge”. You rated the effort 8 of 10." in message
    long = replace(mock_run(), remarks=Remarks(None, "and then " * 100))
    assert "Thank you for your note." in render_message(long)
    assert "Hi " not in render_message(long)


def test_miles_are_spoken_where_they_are_asked_for():
    """Paces and limits, all of them."""
    message = render_message(mock_run(), "mi")
    assert "/km" not in message
    assert "kilometre" not in message
    assert "22 s/mi too fast" in message


def test_what_is_only_possible_is_told_as_such():
    """And a held run is held as far as the recording shows."""
    message = render_message(review_with(flags=[flag_of("FADE", 4, "possible")]))
    assert (
        ", as far as the recording shows. Block 4 may have faded; the recording cannot" in message
    )


def test_what_cannot_be_told_is_said():
    """With the size of what would hide."""
    flag = flag_of("TOO_FAST", None, "cannot_tell", value=-6.2)
    message = render_message(review_with(flags=[flag]))
    assert "An error below 6 s/km would not show in this recording." in message


def test_without_a_score_the_message_says_why():
    """And invents nothing."""
    message = render_message(unknown_run())
    assert message.startswith("Tuesday progression: no score this time. Nothing to score:")
    assert "You " not in message


WORDS = st.text(max_size=1200)
NUMBERS = {
    "standing_s": st.floats(0, 9999),
    "stops": st.integers(1, 99),
    "longest_at_s": st.floats(0, 99999),
    "pace_s_per_km": st.floats(1, 5000),
    "next_planned_s_per_km": st.floats(1, 5000),
    "changed_at_s": st.floats(0, 99999),
    "planned_at_s": st.floats(0, 99999),
    "run_s": st.floats(0, 9999),
}
"""Evidence of any code, as far as its record has it."""


@st.composite
def any_flag(draw):
    """Draw a flag of any code, with some of the evidence that belongs to it."""
    code = draw(st.sampled_from(FLAG_CODES))
    facts = {
        name: draw(number)
        for name, number in NUMBERS.items()
        if name in RECORDS[code].__struct_fields__
    }
    if code == "GREEDY" and draw(st.booleans()):
        facts = {"by": "timing", "changed_at_s": 90.0, "planned_at_s": 120.0}
    return flag_of(
        code,
        draw(st.integers(1, 60)),
        draw(st.sampled_from(["clear", "clear", "possible", "cannot_tell"])),
        draw(st.one_of(st.none(), st.floats(-3000, 3000))),
        draw(st.one_of(st.none(), st.floats(0, 9999))),
        **facts,
    )


FLAGS = st.lists(any_flag(), max_size=120)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.floats(120, 900), min_size=60, max_size=60),
    FLAGS, WORDS, WORDS, WORDS, st.one_of(st.none(), st.floats(0, 100)), st.integers(1, 60),
)  # fmt: skip
def test_no_run_makes_a_longer_message(paces, flags, plan, name, note, score, blocks):
    """Whatever was run, found, and written: 700 characters at most, whole sentences."""
    steps = tuple((60.0, 300.0 - i) for i in range(blocks))
    review = review_with(
        paces[:blocks],
        [f for f in flags if (f.block or 1) <= blocks],
        steps=steps,
        score=score,
        stops=[stop_of(30.0 * i, 30.0 * i + 9) for i in range(blocks)],
    )
    review = replace(
        review, plan=replace(review.plan, name=plan), remarks=Remarks(name, note[:1000], 9)
    )
    message = render_message(review)
    assert len(message) <= MOST
    assert message == message.strip()
    assert ENDS.search(message)
    if score is not None and ("BLOW_UP", "clear") in {(f.code, f.certainty) for f in review.flags}:
        assert re.search("[Bb]lew up", message)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.floats(120, 900), min_size=60, max_size=60),
    FLAGS, WORDS, WORDS, WORDS, st.one_of(st.none(), st.floats(0, 100)), st.integers(1, 60),
)  # fmt: skip
def test_no_run_makes_a_longer_message_in_german(paces, flags, plan, name, note, score, blocks):
    """Whatever was run, found, and written."""
    review = review_with(
        paces[:blocks],
        [f for f in flags if (f.block or 1) <= blocks],
        steps=tuple((60.0, 300.0 - i) for i in range(blocks)),
        score=score,
        stops=[stop_of(30.0 * i, 30.0 * i + 9) for i in range(blocks)],
    )
    review = replace(
        review, plan=replace(review.plan, name=plan), remarks=Remarks(name, note[:1000], 9)
    )
    with speaking("de"):
        message = render_message(review)
    assert len(message) <= MOST
    assert message == message.strip()
    assert re.search(r"[.!?…]“?$|^Hallo .*,$", message)
