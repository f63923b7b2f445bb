"""Without who, when and with what: in every form of every review."""

import re
from datetime import UTC, datetime

import pytest

from analyzer.cli import main
from analyzer.model.activity import RecordingWarning
from analyzer.model.local_time import LocalZone
from analyzer.model.remarks import Remarks
from analyzer.report.recording_words import warning_text
from analyzer.review.anonymous import COMMON, anonymous
from analyzer.structs import replace
from tests.builders.many import NAMES, RECORDINGS, reviewed, written
from tests.builders.reviews import mock_run
from tests.places import PLAN, SAMPLES

pytestmark = pytest.mark.slow


def secrets(review):
    """Return what must not turn up: date, time of day, device, files, name."""
    start, device = review.activity.start_time, review.activity.device or ""
    found = {review.activity.source, review.plan.source, "Wilhelmina"}
    found |= {w for w in re.findall(r"\w{3,}", device) if w.lower() not in COMMON}
    if start is not None:
        found |= {f"{start:%Y}", f"{start:%m-%d}", f"{start:%H:%M:%S}", f"{start:%H:%M}Z"}
        found |= {f"{start.day} {start:%B}"}
    return {s for s in found if len(s) >= 3}


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(("runner", "plan"))])
def test_no_form_tells_who_when_and_with_what(name):
    """No digit of the date, no word of the device, no name of a file or person."""
    review = replace(reviewed(name), remarks=Remarks("Wilhelmina", "it was windy", 7))
    shown = written(anonymous(review), is_drawn=not name.startswith("real"))
    for form, text in shown.items():
        if form == "svg":  # its coordinates hold any digits; what it says is its text
            text = " ".join(re.findall(r">([^<>]+)</", text))
        for secret in secrets(review):
            assert not re.search(rf"(?<![\w.]){re.escape(secret)}(?![\w.])", text, re.IGNORECASE), (
                form, secret,
            )  # fmt: skip
    assert "it was windy" in shown["terminal"]


def test_what_happened_inside_the_run_stays():
    """Blocks, findings, score, trace and the own words are the same."""
    review = replace(mock_run(), remarks=Remarks("Wilhelmina", "windy", 7))
    made = anonymous(review)
    assert (made.blocks, made.flags, made.score) == (review.blocks, review.flags, review.score)
    assert made.trace is review.trace
    assert made.remarks == Remarks(None, "windy", 7)
    assert review.remarks.name == "Wilhelmina"
    assert anonymous(made).activity == made.activity


@pytest.mark.parametrize(
    "name",
    [
        "2026-03-10 Tuesday", "10.3.2026", "March 10 session", "on 10 Mar", "20260310-progression",
        "Garmin steps", "for Wilhelmina", "activity_1234567.fit", "10th of a march: 10 March",
        "long one of 10.3.", "3/10 steps",
    ],
)  # fmt: skip
def test_a_name_that_tells_gives_way_to_a_plain_one(name):
    """Dates as people and files write them, words of the device, the athlete, the file."""
    review = mock_run()
    review = replace(
        review,
        activity=replace(
            review.activity,
            source="activity_1234567.fit",
            start_time=datetime(2026, 3, 10, 6, 30, tzinfo=UTC),
            warnings=(RecordingWarning("NAME_MISLEADS", facts={"ending": name, "format": "FIT"}),),
        ),
        plan=replace(review.plan, name=name, notes=name),
        blocks=(replace(review.blocks[0], name=name), *review.blocks[1:]),
        remarks=Remarks("Wilhelmina"),
    )
    made = anonymous(review)
    assert (made.plan.name, made.plan.notes) == ("Planned session", "")
    assert made.blocks[0].name == "block 1"
    assert name not in warning_text(made.activity.warnings[0])


@pytest.mark.parametrize("name", ["the 9.3. one", "the 10/3 one"])
def test_neither_the_runners_day_nor_that_of_utc_stays_in_a_name(name):
    """In the evening of 9 March by the runner's clock, on 10 March in UTC."""
    review = mock_run()
    activity = replace(
        review.activity,
        start_time=datetime(2026, 3, 10, 6, 30, tzinfo=UTC),
        zone=LocalZone(-10 * 3600, "watch"),
    )
    made = anonymous(replace(review, activity=activity, plan=replace(review.plan, name=name)))
    assert made.plan.name == "Planned session"
    assert (made.activity.start_time, made.activity.zone) == (None, None)


@pytest.mark.parametrize("name", ["Tuesday progression", "4x10 min", "3/2/1 min", "10 min at 3:50"])
def test_a_name_that_tells_nothing_stays(name):
    """Lengths and paces are no dates."""
    review = mock_run()
    assert anonymous(replace(review, plan=replace(review.plan, name=name))).plan.name == name


@pytest.mark.parametrize("sample", RECORDINGS[:2])
@pytest.mark.parametrize("options", [[], ["--json"], ["--message"], ["-v"]])
def test_the_command_says_nothing_of_it_either(sample, options, capsys):
    """On stdout and stderr."""
    code = main([str(SAMPLES / sample), "--plan", str(PLAN), "--anonymous", *options])
    out, err = capsys.readouterr()
    assert code == 0
    for text in (out, err):
        assert sample not in text
        assert "garmin" not in text.lower()
        assert "2026" not in text
