# ruff: noqa: E501 - tables read best a case a line
"""What a plan may say and what it may not: accepted with its meaning, refused with a remedy."""

import json
import re

import pytest

from analyzer.errors import PlanError
from analyzer.plans.read import parse_line, parse_plan
from analyzer.review.plan_source import read_plan
from tests.places import BAD, needs_bad

ACCEPTED_LINES = [
    # line, [(seconds or metres, pace in s/km or None, role), ...]
    ("15min easy", [(900, None, "easy")]),
    ("15 min easy, 10min @ 4:00", [(900, None, "easy"), (600, 240, "progression")]),
    ("2x10min @ 4:00, 3:50 /km", [(600, 240, "progression"), (600, 230, "progression")]),
    ("3x10min @ 4:00 -10s", [(600, 240 - 10 * i, "progression") for i in range(3)]),
    ("2x10min @ 4:00", [(600, 240, "steady")] * 2),
    ("10min @ 4:00/km", [(600, 240, "progression")]),
    ("10min @ 6:26/mi", [(600, 386 / 1.609344, "progression")]),
    ("10min @ 15 km/h", [(600, 240, "progression")]),
    ("10min @ 4:10-3:50/km", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 3:50-4:10", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ 4:10 -> 3:50", [(600, (250 * 230) ** 0.5, "progression")]),
    ("10min @ >=4:30/km", [(600, 270, "progression")]),
    ("10min @ <=4:30", [(600, 270, "progression")]),
    (
        "10min @ 4:00, 10min @ previous - 10s",
        [(600, 240, "progression"), (600, 230, "progression")],
    ),
    ("10min @ 4:00, 10min @ -10s/km", [(600, 240, "progression"), (600, 230, "progression")]),
    ("90s @ 4:00", [(90, 240, "progression")]),
    ("1h30 steady", [(5400, None, "steady")]),
    ("1h easy", [(3600, None, "easy")]),
    ("10:00 @ 4:00", [(600, 240, "progression")]),
    ("1:30:00 easy", [(5400, None, "easy")]),
    ("2km @ 4:00", [(2000, 240, "progression")]),
    ("400m @ 4:00", [(400, 240, "progression")]),
    ("1mi @ 4:00", [(1609.344, 240, "progression")]),
    ("half @ 4:00", [(21097.5, 240, "progression")]),
    ("2min rest", [(120, None, "rest")]),
    ("10min @ 4:00, open easy", [(600, 240, "progression"), (None, None, "cooldown")]),
    ("20min warm-up, 10min @ 4:00", [(1200, None, "easy"), (600, 240, "progression")]),
    ("10min @ 5:00, 10min @ 4:00", [(600, 300, "easy"), (600, 240, "progression")]),
]

REFUSED_LINES = [
    # line, column, words of the remedy
    ("10m @ 4:00", 1, "write 10min"),
    ("15 easy", 1, "write 10min"),
    ("5 k @ 4:00", 1, "write 5km"),
    ("10min eazy", 7, "did you mean 'easy'"),
    ("10min @ 4:60", 9, "00 to 59"),
    ("10min @ 0:00/km", 9, "check the digits"),
    ("10min @ 59:00/km", 9, "check the digits"),
    ("10min @ 4:00/parsec", 9, "write 4:00/km"),
    ("10min @", 8, "write 4:00/km"),
    ("4x10min @ 4:00, 3:50", 11, "write 4 of them"),
    ("0x10min @ 4:00", 1, "1 to 1000"),
    ("999999999x1s @ 5:00/km", 1, "limit of blocks"),
    ("10min @ previous - 10s", 9, "write a pace"),
    ("10min @ threshold", 9, "write 4:00/km"),
    ("10min @ 4:00 -> fast", 9, "write 4:10 -> 3:50"),
    ("10min @ >=fast", 9, "write >=4:30/km"),
    ("30h easy", 1, "limit of 24 h"),
    ("400km @ 5:00", 1, "limit of 300 km"),
    ("0min easy", 1, "write 10min"),
    ("1:75 easy", 1, "60 or more"),
    ("10min @ 4:00,, 5min easy", 14, "15min easy"),
    ("", 1, "15min easy"),
]

HEAD = "version: 1\nname: x\n"

ACCEPTED_YAML = [
    ("blocks:\n  - {run: 10min, pace: 4:00}\n", [(600, 240, "progression")]),
    ("blocks:\n  - {run: 04:30, pace: 5:00/km}\n", [(270, 300, "progression")]),
    ("blocks:\n  - {run: 10min, pace: [4:00, 3:50]}\n", [(600, 240, "progression"), (600, 230, "progression")]),
    ("blocks:\n  - repeat: 2\n    blocks:\n      - {run: 1km, pace: 3:40/km}\n      - {rest: 2min}\n",
     [(1000, 220, "steady"), (120, None, "rest")] * 2),
    ("paces:\n  easy: 5:15-5:45\n  threshold: 3:55\nblocks:\n  - 15min easy\n  - {run: 10min, pace: threshold - 10s}\n",
     [(900, (315 * 345) ** 0.5, "easy"), (600, 225, "progression")]),
    ("paces:\n  tempo: 95% threshold\n  threshold: 3:55\nblocks:\n  - {run: 10min, pace: tempo}\n",
     [(600, 235 / 0.95, "progression")]),
    ("units: mi\nblocks:\n  - {run: 10min, pace: 6:26}\n", [(600, 386 / 1.609344, "progression")]),
    ("blocks:\n  - {run: 20min, pace: 4:10 -> 3:50, name: ramp}\n", [(1200, (250 * 230) ** 0.5, "progression")]),
    ("blocks:\n  - {run: open, pace: easy, name: cool-down}\n", [(None, None, "cooldown")]),
    ("blocks:\n  - {run: 10min, pace: 4:00, role: steady}\n", [(600, 240, "steady")]),
    ("match: clock\nstart: 00:03:10\nathlete: anna\nnotes: relax\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("tolerance: 5s\nblocks:\n  - 10min @ 4:00\n", [(600, 240, "progression")]),
    ("tolerance: {fast: 3s, slow: 8s}\nblocks:\n  - {run: 10min, pace: 4:00, tolerance: 2%}\n", [(600, 240, "progression")]),
]  # fmt: skip

REFUSED_YAML = [
    # text, line, column, remedy
    ("blocks:\n  - {run: 10min, pace: eazy}\n", 4, 24, "did you mean 'easy'"),
    ("blocks:\n  - {runn: 10min}\n", 4, 6, "did you mean 'run'"),
    ("blocks:\n  - {run: 10min, pace: 4:00, 3:50}\n", 4, 30, "write pace: [4:00, 3:50]"),
    ("blocks:\n  - {run: 10m, pace: 4:00}\n", 4, 11, "write 10min"),
    ("blocks:\n  - {run: 600, pace: 4:00}\n", 4, 11, "no unit"),
    ("blocks:\n  - {run: [1], pace: 4:00}\n", 4, 11, "write a length"),
    ("blocks:\n  - {pace: 4:00}\n", 4, 5, "a block has a length"),
    ("blocks:\n  - {run: 1min, rest: 1min}\n", 4, 5, "a block has a length"),
    ("blocks:\n  - repeat: 2.5\n    blocks:\n      - 1min easy\n", 4, 13, "whole number"),
    ("blocks:\n  - repeat: 2\n", 4, 5, "'blocks:' below it"),
    ("blocks:\n  - - 1min easy\n", 4, 5, "use 'repeat:'"),
    ("blocks: 15min easy\n", 3, 9, "is a list"),
    ("blocks: []\n", 3, 9, "15min easy"),
    ("name: y\nblocks:\n  - 1min easy\n", 3, 1, "second time"),
    ("blocks:\n  - 1min easy\ntolerance: 25%\n", 5, 12, "20 %"),
    ("blocks:\n  - 1min easy\ntolerance: -5s\n", 5, 12, "write 5s"),
    ("blocks:\n  - 1min easy\ntolerance: {fast: 3s}\n", 5, 12, "both"),
    ("blocks:\n  - 1min easy\nunits: furlongs\n", 5, 8, "km, mi"),
    ("blocks:\n  - 1min easy\nmatch: never\n", 5, 8, "auto, laps, clock"),
    ("blocks:\n  - 1min easy\nstart: soon\n", 5, 8, "00:03:10"),
    ("paces:\n  a: b - 5s\n  b: a - 5s\nblocks:\n  - 1min easy\n", 4, 6, "ring"),
    ("paces: 4:00\nblocks:\n  - 1min easy\n", 3, 8, "threshold: 3:55"),
    ("blocks:\n  - {run: 1min, pace: &a 4:00}\n", 4, 23, "write the value again"),
    ("blocks:\n  - {run: 1min, pace: !!int 4}\n", 4, 23, "write the plain value"),
    ("blocks:\n  - {run: 1min, role: racer}\n", 4, 23, "easy, progression"),
]


def meaning(plan):
    """Return (seconds or metres, pace, role) of each block."""
    return [
        (
            b.duration_s if b.duration_s is not None else b.distance_m,
            None if b.target is None else 1000 / b.target.speed_mps,
            b.role,
        )
        for b in plan.blocks
    ]


def same(found, expected):
    """Compare meanings, paces within a hundredth of a second."""
    assert len(found) == len(expected)
    for (length, pace, role), (length_2, pace_2, role_2) in zip(found, expected, strict=True):
        assert length == length_2
        assert role == role_2
        assert pace == (None if pace_2 is None else pytest.approx(pace_2, abs=0.01))


@pytest.mark.parametrize(("line", "expected"), ACCEPTED_LINES)
def test_a_line_means_what_a_coach_means(line, expected):
    """Lengths, paces and roles."""
    same(meaning(parse_line(line)), expected)


@pytest.mark.parametrize(("text", "expected"), ACCEPTED_YAML)
def test_a_file_means_what_a_coach_means(text, expected):
    """The YAML form, every key once."""
    same(meaning(parse_plan(HEAD + text, "plan.yaml")), expected)


@pytest.mark.parametrize(("line", "column", "remedy"), REFUSED_LINES)
def test_a_line_that_cannot_be_meant_is_refused_with_a_remedy(line, column, remedy):
    """At its column."""
    with pytest.raises(PlanError) as caught:
        parse_line(line)
    first = caught.value.problems[0]
    assert (first.line, first.column) == (1, column)
    assert remedy in first.message


@pytest.mark.parametrize(("text", "line", "column", "remedy"), REFUSED_YAML)
def test_a_file_that_cannot_be_meant_is_refused_with_a_remedy(text, line, column, remedy):
    """At its line and column."""
    with pytest.raises(PlanError) as caught:
        parse_plan(HEAD + text, "plan.yaml")
    first = caught.value.problems[0]
    assert remedy in first.message
    assert (first.line, first.column) == (line, column)


def test_all_problems_are_said_at_once():
    """Three in one file, in its order."""
    text = HEAD + "blocks:\n  - {runn: 1min}\n  - 10m @ 4:00\n  - {run: 10min, pace: 4:60}\n"
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.yaml")
    assert [p.line for p in caught.value.problems if "length" not in p.message] == [4, 5, 6]


def test_a_tolerance_in_seconds_has_two_sides():
    """5 s at 4:00: 100 ln(240/235) fast, 100 ln(245/240) slow."""
    plan = parse_plan(HEAD + "tolerance: 5s\nblocks:\n  - 10min @ 4:00\n", "plan.yaml")
    tolerance = plan.blocks[0].tolerance
    assert tolerance is not None
    assert tolerance.fast_pct == pytest.approx(2.105, abs=0.001)
    assert tolerance.slow_pct == pytest.approx(2.062, abs=0.001)


def test_the_tolerance_of_a_plan_does_not_touch_a_range():
    """A range is a promise: inside it is held."""
    text = HEAD + "tolerance: 5s\nblocks:\n  - 10min @ 4:10-3:50\n"
    assert parse_plan(text, "plan.yaml").blocks[0].tolerance is None


def test_names_are_made_from_length_and_pace():
    """As the JSON result shows them."""
    plan = parse_line("15min easy @ 5:00, 10min @ 4:00, 2km @ 3:50, open easy")
    assert [b.name for b in plan.blocks] == [
        "15 min easy",
        "10 min @ 4:00/km",
        "2 km @ 3:50/km",
        "easy",
    ]


def test_a_missing_file_is_named(tmp_path):
    """With what to do."""
    with pytest.raises(PlanError, match=r"nowhere\.yaml: no such file; check the name"):
        read_plan(tmp_path / "nowhere.yaml")


def _cases():
    """Plan cases of the bad inputs."""
    if not BAD.is_dir():
        return []
    manifest = json.loads((BAD / "manifest.json").read_text(encoding="utf-8"))
    return [m for m in manifest if m["kind"] == "plan"]


@needs_bad
@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["id"])
def test_bad_plans_hold_their_manifest(case):
    """Read, or refused with a place and the words the manifest asks for."""
    allowed = {case["outcome"], *case.get("also", [])}
    try:
        read_plan(BAD / case["path"])
    except PlanError as error:
        assert "error" in allowed
        assert re.search(case.get("says", ""), str(error), re.IGNORECASE)
    else:
        assert allowed & {"ok", "warn"}
