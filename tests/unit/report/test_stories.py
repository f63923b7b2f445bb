"""Stories put together by hand: what a report says, whatever a scorer may find or leave out."""

import json
import math
import re
from typing import get_args

import pytest

from analyzer.model.activity import RecordingWarning
from analyzer.model.block_result import Planned
from analyzer.model.findings import FlagCode
from analyzer.report.advice import next_time
from analyzer.report.figure import MOST_ROWS, _shown, render_figure
from analyzer.report.findings import evidence_text
from analyzer.report.findings.finding import Subject
from analyzer.report.headline import headline
from analyzer.report.html import render_html
from analyzer.report.json_result import dumps
from analyzer.report.language import speaking
from analyzer.report.markdown import render_markdown
from analyzer.report.message import render_message
from analyzer.report.rests_on import rests_on
from analyzer.report.terminal import render
from analyzer.report.view import block_row, off_text
from analyzer.structs import replace
from tests.builders.reviews import flag_of, mock_run, review_with, unknown_run
from tests.builders.words import shown, small_words

HELD = (300.0, 240.0, 230.0, 220.0, 210.0)


def slow(block, value):
    """Make a clear TOO_SLOW."""
    return flag_of("TOO_SLOW", block, value=value)


STORIES = [
    ("perfect", review_with(), "Held all five blocks.", ""),
    (
        "the mock",
        mock_run(),
        "Held the first two blocks, forced the third 14 s/km too fast, held the fourth, and blew "
        "up in the last.",
        "Going fast early gained 38 s; the later blocks lost 57 s.",
    ),
    (
        "skipped",
        review_with(
            (300.0, 240.0, 230.0, None, 210.0),
            (flag_of("MISSED_BLOCK", 4, planned_s=600.0),),
            changes={4: {"status": "missed"}},
        ),
        "Held the first three blocks, skipped the fourth, then held the last.",
        "",
    ),
    (
        "ended before the last",
        review_with(
            (300.0, 240.0, 230.0, 220.0, None),
            (flag_of("TRUNCATED", 5, run_s=0.0, planned_s=600.0),),
            changes={5: {"status": "truncated"}},
        ),
        "Held the first four blocks, but stopped before the last.",
        "",
    ),
    (
        "a fast start",
        review_with(flags=(flag_of("FAST_START", 2, value=-9.0, pace_s_per_km=228.0),)),
        "Held the first block, forced the start of the second (3:48 /km), then held the last "
        "three.",
        "",
    ),
    (
        "slow throughout",
        review_with(
            (310.0, 252.0, 242.0, 231.0, 220.0),
            [slow(i, v) for i, v in enumerate((10, 12, 12, 11, 10), start=1)],
        ),
        "Fell 10 to 12 s/km short in all five blocks.",
        "",
    ),
    (
        "forced, and stopped",
        review_with(
            (300.0, 232.0, 230.0, 220.0, 210.0),
            (
                flag_of("TOO_FAST", 2, value=-8.0),
                flag_of("STOPPED", 3, unit="s", value=40.0, standing_s=40.0),
            ),
        ),
        "Held the first block, forced the second 8 s/km too fast, then held the last three, and "
        "stopped for 40 s in the third block.",
        "",
    ),
    (
        "only possible: the most important is told",
        review_with(
            flags=(flag_of("TOO_SLOW", 2, "possible"), flag_of("BLOW_UP", 5, "possible")),
        ),
        "Held all five blocks, as far as the recording shows.",
        "The last block may have been the start of a collapse; the recording cannot say for sure.",
    ),
    (
        "too little data",
        review_with(
            flags=(flag_of("LOW_DATA", 2, bad_pct=40.0),), changes={2: {"verdict": "not_scored"}}
        ),
        "Held the first block, left too little data in the second, then held the last three.",
        "",
    ),
    (
        "too short",
        review_with(
            flags=(flag_of("LOW_DATA", 2, bad_pct=0.0, pace_se_pct=3.1, cause="short"),),
            changes={2: {"verdict": "not_scored"}},
        ),
        "Held the first block, ran too briefly in the second for the watch to know the pace, then "
        "held the last three.",
        "",
    ),
    (
        "slopes and a distance in doubt",
        review_with(
            flags=(
                flag_of("LOW_DATA", 2, bad_pct=0.0, pace_se_pct=3.1, cause="hills"),
                flag_of("LOW_DATA", 3, bad_pct=0.0, pace_se_pct=3.1, cause="source"),
            ),
            changes={2: {"verdict": "not_scored"}, 3: {"verdict": "not_scored"}},
        ),
        "Held the first block, left the pace unknown in the second and third, then held the last "
        "two.",
        "",
    ),
    (
        "a single block",
        review_with((220.0,), (flag_of("TOO_FAST", 1, value=-5.0),), steps=((1800.0, 225.0),)),
        "Forced the block 5 s/km too fast.",
        "",
    ),
    (
        "a fade is never hushed up",
        review_with(flags=(flag_of("FADE", 5, value=6.0, unit="%"),)),
        "Held the first four blocks, but faded in the last.",
        "",
    ),
    (
        "a verdict without a clear flag is never hushed up",
        review_with((270.0, *HELD[1:])),
        "Forced the first block 30 s/km too fast, then held the last four.",
        "",
    ),
    ("nothing known", unknown_run(), "Nothing to score: the plan gives no pace.", ""),
]


@pytest.mark.parametrize(
    ("review", "sentence", "after"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES]
)
def test_a_story_is_told_in_order(review, sentence, after):
    """Word for word; "then" and "but" only where something turned."""
    assert headline(review) == (sentence, after)


@pytest.mark.slow
@pytest.mark.parametrize("review", [s[1] for s in STORIES], ids=[s[0] for s in STORIES])
def test_every_word_of_a_report_is_looked_up(review, loud):
    """Nothing small is left in any form but units, options and the plan's own words."""
    with speaking("loud"):
        svg = render_figure(review, "svg").decode()
        texts = {
            "terminal": render(review, width=100, explained=True),
            "markdown": render_markdown(review),
            "message": render_message(review),
            "page": shown(render_html([review])),
            "picture": "\n".join(re.findall(r">([^<>]+)</text>", svg)),
        }
    for form, text in texts.items():
        assert small_words(text.replace(review.plan.name, "")) == set(), form


def test_the_sentence_says_the_seconds_of_the_table():
    """The flag rests on the core of the block (16.4), the table on all of it (15.4)."""
    review = review_with(
        (300.0, 224.6, 230.0, 220.0, 210.0), (flag_of("TOO_FAST", 2, value=-16.4),)
    )
    assert off_text(review.blocks[1], "km") == "15 s/km too fast"
    assert "15 s/km too fast" in headline(review)[0]


def test_a_slow_collapse_is_told_in_whole_minutes():
    """364 s are 6 min."""
    flag = mock_run().flags[2]
    assert (
        evidence_text(flag, Subject(mock_run(), "km"))
        == "3:36 /km until 49:19, then 4:04 for 6 min."
    )


@pytest.mark.parametrize("code", get_args(FlagCode))
@pytest.mark.parametrize("certainty", ["clear", "possible", "cannot_tell"])
def test_any_finding_without_its_facts_is_still_told(code, certainty):
    """Facts may be absent: no error, no "nan" and no "None" in any form."""
    flag = flag_of(code, None if certainty == "cannot_tell" else 3, certainty)
    review = review_with(flags=(flag,))
    for text in (render(review), render_message(review), " ".join(headline(review))):
        assert "nan" not in text.lower()
        assert "None" not in text
    assert json.loads(dumps(review))["flags"][0]["code"] == code


def test_what_may_have_been_forced_is_said_of_every_stop():
    """With its facts and without."""
    known = {"standing_s": 40.0, "stops": 1, "longest_s": 40.0, "longest_at_s": 1800.0}
    for facts in ({}, {**known, "by": "watch"}):
        flag = flag_of("STOPPED", 3, **facts)
        assert "may have forced it" in evidence_text(flag, Subject(review_with(), "km"))


def test_an_unknown_run_has_a_report_in_every_form():
    """Dashes, and a confidence that is unknown."""
    review = unknown_run()
    assert "(confidence unknown)" in rests_on(review)[0]
    assert "nan" not in render(review).lower()
    assert json.loads(dumps(review))["score"]["overall"] is None
    assert render_figure(review).startswith(b"\x89PNG")


def test_nobody_is_sent_faster_while_a_fault_may_hide():
    """The same run, once with a possible finding."""
    assert "faster" in str(next_time(review_with()))
    perhaps = review_with(flags=(flag_of("TOO_FAST", 2, "possible"),))
    assert next_time(perhaps) == "The same again."


def test_a_folded_table_keeps_the_block_that_was_off():
    """Block 8 of 12, wherever the fold is."""
    steps = tuple((300.0, 330.0 - 8 * i) for i in range(12))
    paces = tuple(pace + (20.0 if i == 7 else 0.0) for i, (_, pace) in enumerate(steps))
    rows = [block_row(b, "km") for b in review_with(paces, steps=steps).blocks]
    shown = _shown(rows)
    assert len(shown) <= MOST_ROWS
    assert [r.index for r in shown if r is not None] == [
        "1", "2", "3", "8", "9", "10", "11", "12",
    ]  # fmt: skip


def test_a_folded_table_lets_no_rest_push_out_the_block_that_was_off():
    """Ten repeats with rests between them: the tenth block was too slow."""
    steps = tuple((240.0, 240.0 - i) if i % 2 else (90.0, None) for i in range(22))
    paces = tuple((pace or 350.0) + (20.0 if i == 9 else 0.0) for i, (_, pace) in enumerate(steps))
    rows = [block_row(b, "km") for b in review_with(paces, steps=steps).blocks]
    shown = _shown(rows)
    assert len(shown) <= MOST_ROWS
    assert "10" in [r.index for r in shown if r is not None]


def test_a_ramp_is_not_told_to_stay_slower_than_its_own_end():
    """From 4:00 to 3:30: no limit for all of it, but where to begin."""
    ramp = {3: {"planned": Planned(600.0, None, 224.5, None, (240.0, 210.0))}}
    forced = flag_of("FAST_START", 3, value=-14.0, pace_s_per_km=223.0)
    told = next_time(review_with(flags=(forced,), changes=ramp))
    assert told == "Begin block 3 at 4:00, and let 3:30 come only at its end."


def test_rests_and_long_names_fit_a_narrow_terminal():
    """On 60 columns the error goes, then the word; a row is never broken, a name hardly cut."""
    steps = tuple((240.0, 240.0 - i) if i % 2 else (90.0, None) for i in range(22))
    names = {i: {"name": "90 s rest" if i % 2 else "4 min"} for i in range(1, 23)}
    review = review_with(tuple(pace or 350.0 for _, pace in steps), steps=steps, changes=names)
    for width in (60, 80):
        lines = render(review, width=width).splitlines()
        rows = [line for line in lines if line.endswith("not scored")]
        assert len(rows) == 11
        assert all("90 s rest" in row for row in rows)
        assert max(map(len, lines)) <= width


def test_two_block_numbers_never_read_as_one():
    """25 blocks on 60 columns: each number that is shown is that of a block."""
    steps = tuple((120.0, 330.0 - 5 * i) for i in range(25))
    review = review_with(tuple(p for _, p in steps), steps=steps)
    line = next(x for x in render(review).splitlines() if x.startswith("block "))
    numbers = [int(n) for n in line.split()[1:]]
    assert numbers == sorted(set(numbers))
    assert max(numbers) == 25


def test_a_pace_that_is_not_finite_is_a_dash():
    """A block in which nobody moved."""
    review = review_with()
    odd = replace(review.blocks[2], pace_s_per_km=math.inf, deviation_s_per_km=math.inf)
    row = block_row(odd, "km")
    assert (row.run, row.off) == ("–", "–")


def test_a_sentence_has_one_and_before_its_last_part():
    """Forced, fell short and stopped: three parts, one "and"."""
    flags = (
        flag_of("TOO_FAST", 1, value=-14.0),
        flag_of("TOO_SLOW", 2, value=9.0),
        flag_of("STOPPED", 3, standing_s=54.0),
    )
    review = review_with((286.0, 249.0, 230.0, 220.0, 210.0), flags, score=50.0)
    review = replace(review, blocks=review.blocks[:3])
    told = headline(review)[0]
    assert told.count(" and ") == 1
    assert ", and stopped for 54 s in" in told


def test_a_file_that_breaks_off_is_not_told_as_a_runner_who_stopped():
    """The same finding, once with a damaged file: how the run went on nobody knows."""
    ended = flag_of("TRUNCATED", 5, run_s=120.0, planned_s=600.0)
    paces = (300.0, 240.0, 230.0, 220.0, 210.0)
    cut = (RecordingWarning("FILE_CUT", "file_ends", byte=59987, kept=2218),)
    run = review_with(paces, (ended,), changes={5: {"status": "truncated"}})
    broken = review_with(
        paces, (ended,), changes={5: {"status": "truncated"}}, warnings=cut, score=70.0
    )
    assert headline(run)[0] == "Held the first four blocks, but ended 2:00 into the last."
    assert (
        headline(broken)[0] == "Held the first four blocks, but the damaged file ends in the last."
    )
    message = render_message(broken)
    assert "The file is damaged and ends in block 5; how you went on is unknown." in message
    assert "Next time: export the file again: this one is damaged." in message


def test_only_a_short_stop_may_have_been_forced_by_the_road():
    """No light lasts twenty minutes."""
    short, long = (
        flag_of("STOPPED", 3, standing_s=s, stops=1, longest_s=s, longest_at_s=1800.0, by="runner")
        for s in (40.0, 1200.0)
    )
    subject = Subject(review_with(), "km")
    assert "may have forced it" in evidence_text(short, subject)
    assert "may have forced it" not in evidence_text(long, subject)
