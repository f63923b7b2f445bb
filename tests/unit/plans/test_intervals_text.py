# ruff: noqa: E501 - tables read best a case a line
"""Workout text of intervals.icu: what it means here, what is refused, and the way back."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import PlanError
from analyzer.model.plan import Block, Plan, Target, Tolerance
from analyzer.plans.build import build_plan
from analyzer.plans.draft import Draft, DraftBlock, DraftPlan, Length
from analyzer.plans.intervals_text import looks_like_intervals, parse_intervals
from analyzer.plans.line import parse_line
from analyzer.plans.paces import Pace, PaceContext, between, ramp, single
from analyzer.plans.read import parse_plan
from analyzer.plans.write_intervals import intervals_text
from analyzer.structs import replace

MILE_KM = 1.609344
EASY, COOL, REST, STEADY, FASTER = "easy", "cooldown", "rest", "steady", "progression"

ACCEPTED = [
    # text, [(seconds or metres, pace in s/km or None, role), ...]
    ("- 10m 4:00/km Pace", [(600, 240, FASTER)]),
    ("- 10m 4:00/km", [(600, 240, FASTER)]),
    ("- 10M 4:00 pace", [(600, 240, FASTER)]),
    ("-10m 4:00 /km Pace", [(600, 240, FASTER)]),
    ("  - 10m 4:00/km Pace", [(600, 240, FASTER)]),
    ("- 10m 6:26/mi Pace", [(600, 386 / MILE_KM, FASTER)]),
    ("- 10m 6:26/mi Pace\n- 10m 6:00 Pace", [(600, 386 / MILE_KM, FASTER), (600, 360 / MILE_KM, FASTER)]),
    ("- 10m 4:00-3:50/km Pace", [(600, (240 * 230) ** 0.5, FASTER)]),
    ("- 10m 3:50/km - 4:00/km Pace", [(600, (240 * 230) ** 0.5, FASTER)]),
    ("- 10m ramp 4:10-3:50/km Pace", [(600, (250 * 230) ** 0.5, FASTER)]),
    ("- 10m 1:30/400m Pace", [(600, 90 / 0.4, FASTER)]),
    ("- 10m 0:24/100m Pace", [(600, 240, FASTER)]),
    ("- 15m easy", [(900, None, EASY)]),
    ("- 90s walk", [(90, None, REST)]),
    ("- 1h 4:30/km Pace", [(3600, 270, FASTER)]),
    ("- 1h30 4:30/km Pace", [(5400, 270, FASTER)]),
    ("- 1h2m30s 4:30/km Pace", [(3600 + 150, 270, FASTER)]),
    ("- 5m30 4:00/km Pace", [(330, 240, FASTER)]),
    ("- 5m30s 4:00/km Pace", [(330, 240, FASTER)]),
    ("- 5'30\" 4:00/km Pace", [(330, 240, FASTER)]),
    ("- 30\" 3:30/km Pace", [(30, 210, FASTER)]),
    ("- 400mtr 3:20/km Pace", [(400, 200, FASTER)]),
    ("- 50 meters 3:20/km Pace", [(50, 200, FASTER)]),
    ("- 2 km 4:00/km Pace", [(2000, 240, FASTER)]),
    ("- 0.8km 4:00/km Pace", [(800, 240, FASTER)]),
    ("- 1mi 4:00/km Pace", [(1609.344, 240, FASTER)]),
    ("- 100yds 4:00/km Pace", [(91.44, 240, FASTER)]),
    ("- Press lap 4:00/km Pace", [(None, 240, FASTER)]),
    ("- 10m 4:00/km Pace\n- press lap", [(600, 240, FASTER), (None, None, COOL)]),
    ("- Press lap 15m Z1 HR\n- 10m 4:00/km Pace", [(None, None, EASY), (600, 240, FASTER)]),
    ("- 10m 4:00/km Pace\n- Wait here press lap\n- 10m 3:50/km Pace", [(600, 240, FASTER), (None, None, STEADY), (600, 230, FASTER)]),
    ("- 20s 0", [(20, None, REST)]),
    ("- Recovery 2m 6:00/km Pace", [(120, 360, REST)]),
    ("- 2m 6:00/km Pace intensity=recovery", [(120, 360, REST)]),
    ("Warmup\n- 10m 4:00/km Pace intensity=interval", [(600, 240, FASTER)]),
    ("Warmup\n- 10m\n\nCooldown\n- 5m", [(600, None, EASY), (300, None, COOL)]),
    ("## Warm-up:\n\n- 10m\n\n- 5m", [(600, None, EASY), (300, None, STEADY)]),
    ("Warm-up: 15 minutes\n- 10m", [(600, None, EASY)]),
    ("2x\n- 1km 3:40/km Pace\n- Rest 2m\n\n- 5m easy", [(1000, 220, STEADY), (120, None, REST)] * 2 + [(300, None, EASY)]),
    ("Main set 2x\n- 1km 3:40/km Pace", [(1000, 220, STEADY)] * 2),
    ("- 10m 5:00/km Pace\n- 10m 4:00/km Pace", [(600, 300, EASY), (600, 240, FASTER)]),
    ("- 10m Z2 HR", [(600, None, STEADY)]),
    ("- 10m 80% 90rpm", [(600, None, STEADY)]),
]  # fmt: skip

THRESHOLD = PaceContext("km", {"threshold": Pace(single(235)), "easy": Pace(single(330), "easy")})

ACCEPTED_WITH_THRESHOLD = [
    # percent is of speed: 90 % of the speed of 3:55 is a pace of 235 / 0.9
    ("- 10m 90% Pace", [(600, 235 / 0.9, FASTER)]),
    ("- 10m 85-90% Pace", [(600, 235 / (0.85 * 0.9) ** 0.5, FASTER)]),
    ("- 10m ramp 85%-90% Pace", [(600, 235 / (0.85 * 0.9) ** 0.5, FASTER)]),
    ("- 10m easy", [(600, 330, EASY)]),
]

KEPT = [
    # text, name and notes of its block
    ("- Hold it here 10m 4:00/km Pace", "Hold it here", ""),
    ("- 10m 4:00/km Pace", "10 min @ 4:00/km", ""),
    ("- 15m easy", "15 min easy", ""),
    ("- Loop 15m easy", "Loop", "easy"),
    ("- 10m 75-80% LTHR 85-95 rpm hr=1s", "10 min", "75-80% LTHR 85-95 rpm hr=1s"),
    ("- 10m 315w \u2013 330w", "10 min", "315w - 330w"),
    ("- 10m ramp 60-80%", "10 min", "ramp 60-80%"),
    ("- 10m 4:00/km Pace 140-150bpm", "10 min @ 4:00/km", "140-150bpm"),
    ("- 20m freeride", "20 min", "freeride"),
    ("- Home press lap 2km", "Home", "press lap 2km"),
    ("- Go 33^keep going 60^last 10s <!> 10m 4:00/km Pace", "Go 33^keep going 60^last 10s <!>", ""),
]

REFUSED = [
    # text, line, column, words of the remedy
    ("", 1, 1, "- 10m 4:00/km Pace"),
    ("Warmup\n", 1, 1, "no steps"),
    ("- 10min 4:00/km Pace", 1, 3, "write 10m (minutes)"),
    ("- 10:00 4:00/km Pace", 1, 3, "write 10m (minutes)"),
    ("- 10 m 4:00/km Pace", 1, 3, "write 10m (minutes)"),
    ("- 400m 3:20/km Pace", 1, 3, "write 6h40m for the time or 400mtr"),
    ("- 0m easy", 1, 3, "write 10m"),
    ("- 25h easy", 1, 3, "limit of 24 h"),
    ("- 400km easy", 1, 3, "limit of 300 km"),
    ("- 20h easy\n- 20h easy", 1, 3, "limit of 24 h"),
    ("- Stretching", 1, 3, "take the '-' away"),
    ("- 4:35 Pace", 1, 3, "a step without a length"),
    ("- 4:00/km Pace 10m", 1, 3, "put it after"),
    ("- Z2 Pace 10m", 1, 3, "put it after"),
    ("- 1h 30m easy", 1, 6, "such as 1h30m"),
    ("- 10m 4:60/km Pace", 1, 7, "00 to 59"),
    ("- 10m 1:60/400m Pace", 1, 7, "00 to 59"),
    ("- 10m 0:10/400m Pace", 1, 7, "check the digits"),
    ("- 10m 59:00/km Pace", 1, 7, "check the digits"),
    ("- 10m 4:00/parsec Pace", 1, 7, "write 4:00/km"),
    ("- 10m 5:00", 1, 7, "write 5:00/km Pace"),
    ("- 10m Pace", 1, 7, "write 4:00/km Pace"),
    ("- 10m 4:00/km Pace 3:50/km Pace", 1, 20, "a step has one"),
    ("- 10m 90% Pace", 1, 7, "write a pace such as 4:10/km"),
    ("- 10m Z2 Pace", 1, 7, "write a pace such as 4:10-3:50/km"),
    ("- 10m  Z2", 1, 8, "'Z2 HR' to run by heart rate"),
    ("- 10m Z5 HR VO2 Max", 1, 13, "put words before the length"),
    ("- 10m ramp 4:00/km Pace", 1, 7, "write ramp 4:10-3:50/km Pace"),
    ("- 10m ramp", 1, 7, "write ramp 4:10-3:50/km Pace"),
    ("- Ramp 10m 4:10-3:50/km Pace", 1, 3, "10m ramp 4:10-3:50/km Pace"),
    ("- 10m 4:00/km Pace intensity=wild", 1, 20, "write one of warmup"),
    ("- 4x 1km 4:00/km Pace", 1, 3, "above its steps: 4x"),
    ("- 4 x 1km 4:00/km Pace", 1, 5, "above its steps: 4x"),
    ("- 3x\n  - 1km 4:00/km Pace", 1, 3, "above its steps: 4x"),
    ("- intensity=warmup 10m", 1, 3, "after the length"),
    ("4x\n\n- 1km 4:00/km Pace", 1, 1, "right below it"),
    ("0x\n- 1km 4:00/km Pace", 1, 1, "1 to 1000"),
    ("1001x\n- 1km 4:00/km Pace", 1, 1, "1 to 1000"),
    ("Main set 501x\n- 1km 4:00/km Pace\n- 1m\n", 1, 10, "limit of 1000 blocks"),
    ("4x\n- 1km 4:00/km Pace\n2x\n- 1m", 3, 1, "leave a blank line before it"),
    ("4x\n- 1km 4:00/km Pace\nCooldown\n- 5m", 3, 1, "leave a blank line before 'Cooldown'"),
    ("Main set 4x (hard)\n- 1km 4:00/km Pace", 1, 10, "end the line with it"),
    ("- 5m easy\n10m 4:00/km Pace", 2, 1, "start it with '- '"),
    ("- 5m easy\nHills 10m 4:00/km Pace", 2, 1, "start it with '- '"),
    ("- 5m easy\n\u2022 10m hard", 2, 1, "start it with '- '"),
    ("- " + "a" * 1001 + " 10m", 1, 3, "limit of 1000 characters"),
]  # fmt: skip


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


def assert_same(found, expected):
    """Compare meanings: lengths to a hair, paces within a hundredth of a second."""
    assert [role for *_, role in found] == [role for *_, role in expected]
    for (length, pace, _), (length_2, pace_2, _) in zip(found, expected, strict=True):
        assert length == (None if length_2 is None else pytest.approx(length_2, rel=1e-9))
        assert pace == (None if pace_2 is None else pytest.approx(pace_2, abs=0.01))


def numbers(target):
    """Return a target as numbers, for comparison within the last digits of a float."""
    if target is None:
        return None
    given = (target.speed_mps, target.slow_mps, target.fast_mps, *(target.ramp_mps or ()))
    return [None if v is None else pytest.approx(v, rel=1e-9) for v in given]


def assert_equal(found, expected):
    """Compare plans in all that both forms can say."""
    assert (found.name, found.units, found.notes) == (expected.name, expected.units, expected.notes)
    for a, b in zip(found.blocks, expected.blocks, strict=True):
        assert (a.index, a.name, a.role, a.notes) == (b.index, b.name, b.role, b.notes)
        assert a.duration_s == b.duration_s
        assert a.distance_m == (None if b.distance_m is None else pytest.approx(b.distance_m))
        assert numbers(b.target) == (
            None
            if a.target is None
            else [
                a.target.speed_mps,
                a.target.slow_mps,
                a.target.fast_mps,
                *(a.target.ramp_mps or ()),
            ]
        )


@pytest.mark.parametrize(("text", "expected"), ACCEPTED)
def test_a_text_means_what_a_coach_means(text, expected):
    """Lengths, paces and roles."""
    assert_same(meaning(parse_intervals(text, "plan.txt")), expected)


@pytest.mark.parametrize(("text", "expected"), ACCEPTED_WITH_THRESHOLD)
def test_percent_of_threshold_is_of_speed(text, expected):
    """Once the threshold is known."""
    assert_same(meaning(parse_intervals(text, "plan.txt", THRESHOLD)), expected)


@pytest.mark.parametrize(("text", "name", "notes"), KEPT)
def test_words_of_a_step_are_kept(text, name, notes):
    """In front of the length they name it; targets that are not paces become notes."""
    block = parse_intervals(text, "plan.txt").blocks[0]
    assert (block.name, block.notes) == (name, notes)


@pytest.mark.parametrize(("text", "line", "column", "remedy"), REFUSED)
def test_a_text_that_cannot_be_meant_is_refused_with_a_remedy(text, line, column, remedy):
    """At its line and column."""
    with pytest.raises(PlanError) as caught:
        parse_intervals(text, "plan.txt")
    first = caught.value.problems[0]
    assert remedy in first.message
    assert (first.line, first.column) == (line, column)


def test_all_problems_of_a_text_are_said_at_once():
    """One in each of four lines, in its order."""
    text = "- 10min easy\n- 10m Z2 Pace\n- 10m fast\n\n3x\n"
    with pytest.raises(PlanError) as caught:
        parse_intervals(text, "plan.txt")
    assert [p.line for p in caught.value.problems] == [1, 2, 3, 5]


def test_the_first_line_names_the_plan_and_other_text_is_its_notes():
    """Headings are neither."""
    text = "Tuesday\n\nRelax the\nshoulders.\n\nWarmup\n- 10m\n\nMain set\nHills 2x\n- 1km 4:00/km Pace\n"
    plan = parse_intervals(text, "plan.txt")
    assert (plan.name, plan.notes) == ("Tuesday", "Relax the shoulders. Hills")


def test_a_ramp_keeps_its_direction():
    """From 5:30 down to 6:30: 1000/330 m/s first."""
    plan = parse_intervals("- 10m ramp 5:30-6:30/km Pace", "plan.txt")
    target = plan.blocks[0].target
    assert target is not None
    assert target.ramp_mps is not None
    assert [1000 / v for v in target.ramp_mps] == pytest.approx([330, 390])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 10m 4:00/km Pace", True),
        ("Tuesday\n\n- Warm up 10m Z1 HR", True),
        ("- 400mtr easy", True),
        ("blocks:\n  - 400m @ 4:00\n", False),
        ("blocks:\n  - 15min easy\n", False),
        ("15min easy, 10min @ 4:00", False),
        ("- 15min easy", False),
        ("", False),
    ],
)
def test_intervals_text_is_told_from_yaml(text, expected):
    """By a step's length, unless there is 'blocks:'."""
    assert looks_like_intervals(text) is expected


@pytest.mark.parametrize("text", [text for text, _ in ACCEPTED] + [text for text, *_ in KEPT])
def test_a_text_read_and_written_is_read_the_same(text):
    """Whatever was understood can be said again."""
    plan = parse_intervals(text, "plan.txt")
    written = intervals_text(plan, drop=True)
    assert [w for w in written.left_out if "whole number" not in w] == []
    if not written.left_out:
        assert_equal(parse_intervals(written.content.decode(), "plan.txt"), plan)


PACES = st.integers(170, 900)
NAMES = st.sampled_from(
    ["", "", "Hills", "Steady on", "Run by the Fluß", "Easy start", "Block (1)"]
)


@st.composite
def plans(draw):
    """Plans of which everything has words in both forms."""
    units = draw(st.sampled_from(["km", "mi"]))
    metres = 1000.0 if units == "km" else 1609.344
    pace = PACES.map(lambda seconds: seconds * 1000 / metres)
    if units == "mi":
        pace = st.integers(200, 1900).map(lambda seconds: seconds * 1000 / metres)
    target = st.one_of(
        pace.map(single), st.builds(between, pace, pace), st.builds(ramp, pace, pace)
    )
    length = st.one_of(
        st.integers(1, 7200).map(lambda s: Length(duration_s=float(s))),
        st.integers(50, 20_000).map(lambda m: Length(distance_m=float(m))),
        st.sampled_from([Length(distance_m=21_097.5), Length(distance_m=1609.344), Length()]),
    )
    role = st.sampled_from([None, None, "easy", "cooldown", "rest"])
    block = st.builds(
        lambda length, target, name, role: DraftBlock(Draft(length, Pace(target), name), role),
        length,
        st.one_of(target, st.none()),
        NAMES,
        role,
    )
    first = st.builds(lambda t: DraftBlock(Draft(Length(60.0), Pace(t))), target)
    blocks = [draw(first), *draw(st.lists(block, max_size=8))]
    name = draw(st.sampled_from(["", "Tuesday", "3 x hills, then home"]))
    notes = draw(st.sampled_from(["", "Relax the shoulders.", "If it is hot: slower"]))
    draft = DraftPlan(name, units, tuple(blocks), None, "auto", None, None, notes)
    return build_plan(draft, "plan.yaml")


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(plans())
def test_a_plan_written_and_read_is_the_same_plan(plan):
    """Index, name, role, length, target, notes; nothing left out."""
    written = intervals_text(plan)
    assert written.left_out == ()
    assert looks_like_intervals(written.content.decode()) or all(b.is_open for b in plan.blocks)
    assert_equal(parse_intervals(written.content.decode(), "plan.txt"), plan)


def test_the_text_of_a_progression_is_what_a_coach_would_type():
    """Name, then a step a line."""
    plan = parse_line("15min easy, 2x10min @ 4:00, 3:50 /km, 2min rest, 20min @ 4:00 -> 3:40, open")
    assert intervals_text(plan).content.decode() == (
        "Progression 4:00 to 3:50\n\n- 15m intensity=warmup\n- 10m 4:00/km Pace\n"
        "- 10m 3:50/km Pace\n- 2m intensity=rest\n- 20m ramp 4:00-3:40/km Pace\n"
        "- Press lap intensity=cooldown\n"
    )


BLOCK = Block(1, "10 min @ 4:00/km", "progression", duration_s=600.0, target=Target(1000 / 240))
PLAN = Plan("Tuesday", "plan.yaml", (BLOCK,))

UNSAYABLE = [
    # plan, what is named, the step where it is left out
    (replace(PLAN, match="laps"), "match: laps", "- 10m 4:00/km Pace"),
    (replace(PLAN, start_s=190.0), "where block 1 starts", "- 10m 4:00/km Pace"),
    (replace(PLAN, athlete="anna"), "the athlete 'anna'", "- 10m 4:00/km Pace"),
    (replace(PLAN, name="Warmup"), "the plan's name 'Warmup'", "- 10m 4:00/km Pace"),
    (replace(PLAN, notes="10m 4:00/km Pace"), "the plan's notes", "- 10m 4:00/km Pace"),
    (replace(PLAN, units="mi"), "paces per mi", "- 10 min @ 4:00/km 10m 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, tolerance=Tolerance(1, 2)),)), "block 1: its tolerance", "- 10m 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, role="steady"),)), "block 1: the role 'steady'", "- 10m 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, notes="relax"),)), "block 1: the notes 'relax'", "- 10m 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, name="5km hard"),)), "block 1: the name '5km hard'", "- 10m 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, duration_s=600.4),)), "the nearest is 600 s", "- 10m 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, duration_s=None, distance_m=1e4 / 3, name="3.33 km @ 4:00/km"),)), "the nearest is 3333 m", "- 3.333km 4:00/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, target=Target(4.2)),)), "238.10 s/km", "- 10m 3:58/km Pace"),
    (replace(PLAN, blocks=(replace(BLOCK, target=Target(4.2, free_side="slow")),)), "a one-sided pace (>=3:58/km)", "- 10m"),
    (replace(PLAN, blocks=(replace(BLOCK, target=Target(12.0)),)), "a pace outside 1:40/km", "- 10m"),
    (replace(PLAN, blocks=(replace(BLOCK, target=Target(4.0, 4.0, 1000 / 240)),)), "the middle of its range", "- 10m 4:10-4:00/km Pace"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "named", "_step"), UNSAYABLE)
def test_what_the_text_cannot_say_is_refused_by_name(plan, named, _step):
    """Without a place, for it stands in no file."""
    with pytest.raises(PlanError) as caught:
        intervals_text(plan)
    assert any(named in p.message and p.line is None for p in caught.value.problems)


@pytest.mark.parametrize(("plan", "named", "step"), UNSAYABLE)
def test_what_is_left_out_on_request_is_listed(plan, named, step):
    """And the step is written as far as it goes."""
    written = intervals_text(plan, drop=True)
    assert any(named in left for left in written.left_out)
    assert step.split(" ")[-1] in written.content.decode()
    assert len(parse_intervals(written.content.decode(), "plan.txt").blocks) == 1


@pytest.mark.parametrize(("mm_per_s", "clock"), [(4167, "4:00"), (2381, "7:00"), (1667, "10:00")])
def test_a_pace_stored_by_a_watch_is_the_pace_that_was_meant(mm_per_s, clock):
    """1000 m / 240 s is 4.1667 m/s, stored as 4167 mm/s; so for 420 s and 600 s."""
    block = replace(BLOCK, target=Target(mm_per_s / 1000), name=f"10 min @ {clock}/km")
    written = intervals_text(replace(PLAN, blocks=(block,)))
    assert f"- 10m {clock}/km Pace" in written.content.decode()
    assert written.left_out == ()


def test_all_that_cannot_be_said_is_named_at_once():
    """Two of the plan, one of each block."""
    text = "version: 1\nmatch: laps\nathlete: anna\nblocks:\n  - 10min @ >=4:30\n  - {run: 10min, pace: 4:00, tolerance: 2%}\n"
    with pytest.raises(PlanError) as caught:
        intervals_text(parse_plan(text, "plan.yaml"))
    messages = " ".join(p.message for p in caught.value.problems)
    for word in ("match: laps", "anna", "block 1: a one-sided pace", "block 2: its tolerance"):
        assert word in messages


LINES = st.sampled_from(
    ["- 10m 4:00/km Pace", "4x", "Main set 3x", "", "Warmup", "- press lap", "- 10m 90% Pace", "x", "- "]
)  # fmt: skip
PIECES = st.sampled_from(
    ["10m", "ramp", "4:00", "-", "/km", "Pace", "4x", "press", "lap", "2", "km", "Z2", "HR", "%", "0", "<!>", "'", "\u2013", "\n", "- "]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=12).map("\n".join),
    st.lists(PIECES, max_size=14).map(lambda pieces: "- " + " ".join(pieces)),
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_plan_or_a_plan_error(text):
    """And what it gives can be written, in whole or with a list of what is left out."""
    looks_like_intervals(text)
    try:
        plan = parse_intervals(text, "plan.txt")
    except PlanError as error:
        assert str(error)
        return
    written = intervals_text(plan, drop=True)
    again = parse_intervals(written.content.decode(), "plan.txt")
    assert len(again.blocks) == len(plan.blocks)
    if not written.left_out:
        assert_equal(again, plan)


def test_a_text_of_too_many_lines_or_words_is_refused():
    """Over 5,000 and over 20,000."""
    with pytest.raises(PlanError, match="limit of 5000 lines"):
        parse_intervals("- 1s\n" * 5001, "plan.txt")
    with pytest.raises(PlanError, match="limit of 20000 words"):
        parse_intervals("word " * 20_001, "plan.txt")


def test_a_larger_text_is_refused():
    """Over 256 KiB in bytes, whatever the number of characters."""
    for text in ("a" * (256 * 1024 + 1), "\u00e9" * (128 * 1024 + 1)):
        with pytest.raises(PlanError, match="limit of 256 KiB"):
            parse_intervals(text, "plan.txt")


def test_reading_and_writing_the_text_loads_no_numpy():
    """A plan is a matter of words."""
    program = (
        "import sys; from analyzer.plans.write_intervals import intervals_text; "
        "from analyzer.plans.intervals_text import parse_intervals; "
        "intervals_text(parse_intervals('- 10m 4:00/km Pace', 'x')); "
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
