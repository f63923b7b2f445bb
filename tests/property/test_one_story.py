"""One run, one story: every form tells the same events, of the same blocks, in the same sizes."""

import json
import re
from itertools import pairwise

import pytest

from analyzer.report.compare.findings import findings_text
from analyzer.report.headline import headline
from analyzer.report.language import speaking
from analyzer.report.message import render_message
from analyzer.report.view import block_row
from tests.builders.many import NAMES, reviewed, texts
from tests.builders.reviews import flag_of, review_with
from tests.builders.telling import IN_GERMAN, IN_THE_MESSAGE, IN_THE_SENTENCE

EXPLAINED = {
    "NON_PROGRESSION": {"TOO_SLOW", "TOO_FAST", "EARLY", "LATE_CHANGE", "FADE", "BLOW_UP",
                        "TRUNCATED"},
    "FAST_START": {"TOO_FAST"},
    "TOO_SLOW": {"BLOW_UP", "TRUNCATED"},
    "FADE": {"BLOW_UP", "TRUNCATED"},
    "LATE_CHANGE": {"BLOW_UP", "TRUNCATED"},
    "SURGING": {"BLOW_UP", "TRUNCATED"},
}  # fmt: skip
"""What needs no words of its own in a block of which one of these is told, in any form."""

BY_THE_FILE = {"MISSED_BLOCK", "TRUNCATED", "LOW_DATA", "STOPPED"}
"""What is told of a run without a score, and of the blocks after a collapse."""


def kind(flag):
    """Name what a finding is told as: early changes apart, a gear early by pace as too fast."""
    if flag["code"] != "GREEDY":
        return flag["code"]
    return "EARLY" if flag["facts"].get("by") == "timing" else "TOO_FAST"


def to_tell(review, told):
    """Return the kinds of clear findings that have to be told, as worked out from the JSON."""
    clear = [(kind(f), f["block"]) for f in told["flags"] if f["certainty"] == "clear"]
    collapse = min((b for k, b in clear if k == "BLOW_UP"), default=10_000)
    verdicts = {b["index"]: b["verdict"] for b in told["blocks"]}
    kinds = set()
    for what, block in clear:
        beside = {k for k, b in clear if b == block}
        before = {k for k, b in clear if block is not None and b == block - 1}
        is_taken_before = verdicts.get(block) == "held" and "TOO_FAST" in before
        if EXPLAINED.get(what, set()) & beside or "MISSED_BLOCK" in beside - {what, "STOPPED"}:
            continue
        if what == "NON_PROGRESSION" and is_taken_before:
            continue
        if (block or 0) > collapse and what not in BY_THE_FILE:
            continue
        if review.score.overall is None and what not in BY_THE_FILE:
            continue
        kinds.add(what)
    return kinds


@pytest.mark.parametrize("name", NAMES)
def test_every_form_tells_every_event(name):
    """Sentence, message and comparison, in English and in German: none tells less than another."""
    review = reviewed(name)
    forms = texts(name)
    kinds = to_tell(review, json.loads(forms["json"]))
    sentence, message = " ".join(headline(review)), forms["message"]
    for what in kinds:
        assert re.search(IN_THE_SENTENCE[what], sentence), (what, sentence)
        assert re.search(IN_THE_MESSAGE[what], message), (what, message)
    with speaking("de"):
        german, german_message = " ".join(headline(review)), render_message(review)
    for what in kinds:
        assert re.search(IN_GERMAN[what], german), (what, german)
        assert re.search(IN_GERMAN[what], german_message), (what, german_message)
    row = findings_text(review)
    doubts = {n.code for n in review.alignment.notes} & {
        "START_DOUBTFUL", "AMBIGUOUS_START", "STARTED_LATE",
    }  # fmt: skip
    if review.activity.other_sport is not None:
        assert row == "not a run, so not judged"
        return
    assert (row == "no clear finding") == (not kinds and not doubts)


@pytest.mark.parametrize("name", NAMES)
def test_no_form_tells_of_an_event_that_another_does_not(name):
    """What the message tells the sentence tells, and the other way round."""
    review = reviewed(name)
    story = " ".join(headline(review))
    message = render_message(review).split("Next time:")[0]
    if "recording cannot say for sure" in message + story or "robably" in story:
        return  # possible findings are told in words of their own
    for what in ("FADE", "BLOW_UP", "SURGING", "STOPPED", "WALK_BREAK", "LATE_CHANGE", "EARLY"):
        assert bool(re.search(IN_THE_SENTENCE[what], story)) == bool(
            re.search(IN_THE_MESSAGE[what], message)
        ), (what, story, message)


SIZE = re.compile(r"(\d+(?: to \d+)?) s/(?:km|mi) (too fast|too slow|short)")
SHIFT = re.compile(r"(about [\d.]+ (?:s|min)|[\d.]+ to [\d.]+ (?:s|min)) (?:early|late)")


def sizes(text):
    """Return how far off anything is said to be: seconds, and the side."""
    return {(size, "too slow" if side == "short" else side) for size, side in SIZE.findall(text)}


@pytest.mark.parametrize("name", NAMES)
def test_every_form_tells_the_same_sizes(name):
    """Seconds per kilometre and minutes early or late: as large in the message as at the top."""
    review = reviewed(name)
    message, story = render_message(review), " ".join(headline(review))
    message = re.sub(r"Either the changes came .*?\.", "", message)  # a doubt, not an event
    if re.search(r"(?:Held|Too fast|Too slow|Left early|Begun late): (?:\d+ )?block", message):
        return  # listed by kind, as 700 characters were too few
    assert sizes(message) == sizes(story)
    assert set(SHIFT.findall(message)) == set(SHIFT.findall(story))


@pytest.mark.parametrize("name", NAMES)
def test_no_size_is_told_that_the_table_does_not_show(name):
    """The least and the most of "8 to 12 s/km" are rows of the table."""
    review = reviewed(name)
    unit = review.plan.units
    rows = [block_row(block, unit).off for block in review.blocks]
    shown = {number for off in rows for number in re.findall(r"^(\d+) s/", off)}
    for size, _ in sizes(" ".join(headline(review))):
        assert set(size.split(" to ")) <= shown


PACE = re.compile(r"^(\d+:\d\d) /km(?: on the flat at equal effort)? against ")


@pytest.mark.parametrize("name", NAMES)
def test_a_block_has_one_pace(name):
    """Table, figure and evidence show the same pace of a block, or its equal on the flat."""
    review = reviewed(name)
    forms = texts(name)
    told = json.loads(forms["json"])
    rows = {block.index: block_row(block, "km") for block in review.blocks}
    for flag in told["flags"]:
        found = PACE.match(flag["evidence"])
        if found and flag["code"] in ("TOO_FAST", "TOO_SLOW", "GREEDY"):
            block = review.blocks[flag["block"] - 1]
            assert ("on the flat" in flag["evidence"]) == block.is_adjusted
            if not block.is_adjusted:
                assert found[1] == rows[flag["block"]].run
    labels = re.findall(r'<text[^>]*class="[^"]*pc[^"]*"[^>]*>(\d+:\d\d)<', forms["page"])
    assert set(labels) <= {row.run for row in rows.values()}


@pytest.mark.parametrize("name", NAMES)
def test_a_table_adds_up(name):
    """A row's pace less the planned one is what the row is off by, but for rounding."""
    review = reviewed(name)
    for block in review.blocks:
        row = block_row(block, "km")
        off = re.match(r"(\d+) s/km", row.off)
        if block.is_adjusted or block.planned.pace_s_per_km is None or off is None:
            continue
        minutes, seconds = map(int, row.run.split(":"))
        assert abs(abs(60 * minutes + seconds - block.planned.pace_s_per_km) - int(off[1])) <= 1.01


def late(*shifts_s):
    """Make a run whose changes came late, each by its own time."""
    return review_with(
        flags=[
            flag_of("LATE_CHANGE", i, value=s, unit="s", changed_at_s=1.0, planned_at_s=0.0)
            for i, s in enumerate(shifts_s, start=2)
        ]
    )


@pytest.mark.parametrize("shifts", [(95.0, 120.0), (100.0, 124.0), (60.0, 99.0), (40.0, 170.0)])
def test_a_shift_is_rounded_once(shifts):
    """95 and 120 s are "about 2 min" in one form and in the other."""
    review = late(*shifts)
    assert SHIFT.findall(headline(review)[0])
    assert SHIFT.findall(headline(review)[0]) == SHIFT.findall(render_message(review))


def test_a_block_without_a_size_is_told_apart_from_those_with_one():
    """The table has 45, 35 and 23, and no figure for block 1: no form may say "58"."""
    forced = [flag_of("TOO_FAST", i, value=-v) for i, v in enumerate((58, 45, 35, 23), start=1)]
    review = review_with(
        (242.0, 195.0, 195.0, 197.0),
        forced,
        steps=((900.0, None), (600.0, 240.0), (600.0, 230.0), (600.0, 220.0)),
    )
    sentence, message = headline(review)[0], render_message(review)
    assert sentence == ("Forced the first block, and forced the last three 23 to 45 s/km too fast.")
    for text in (sentence, message):
        assert "58" not in text
        assert "23 to 45 s/km too fast" in text


def test_what_a_late_change_made_of_the_block_is_told_in_every_form():
    """The block is too slow because it began late: one event, with its effect."""
    review = review_with(
        (300.0, 250.0, 230.0, 220.0, 210.0),
        [
            flag_of("TOO_SLOW", 2, value=10.0, pace_s_per_km=250.0, planned_s_per_km=240.0),
            flag_of("LATE_CHANGE", 2, value=90.0, unit="s", changed_at_s=990.0, planned_at_s=900.0),
        ],
    )
    assert headline(review)[0] == (
        "Held the first block, began the second about 90 s late, so that the whole block came out "
        "10 s/km too slow, then held the last three."
    )
    assert "You began block 2 about 90 s late, which came out 10 s/km too slow." in render_message(
        review
    )


def test_neighbours_in_a_sentence_are_never_named_twice():
    """What else was in a block is said of "it"."""
    review = review_with(
        (300.0, 230.0, 230.0, 220.0, 210.0),
        [
            flag_of("TOO_FAST", 2, value=-10.0),
            flag_of("SURGING", 2, value=4.0, unit="%", period_s=40.0),
        ],
    )
    words = headline(review)[0].split()
    assert "surged in it" in headline(review)[0]
    assert all(a != b for a, b in pairwise(words))
