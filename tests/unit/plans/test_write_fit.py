"""A plan written for the watch: what other decoders read is what was planned."""

import io
import math
import struct
import subprocess
import sys
from typing import Any

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream
from hypothesis import given, settings

from analyzer import read_plan
from analyzer.errors import PlanError
from analyzer.model.plan import Tolerance
from analyzer.parsers.workout_file import is_workout_file, read_workout_file
from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan
from analyzer.plans.tolerance import block_tolerances
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.plans.write_fit import fit_workout
from analyzer.plans.write_yaml import same_blocks
from analyzer.structs import replace
from tests.builders.drawn_plans import files
from tests.places import PLAN

INTERVALS = """\
name: Tüesday 速い
notes: relax the shoulders
blocks:
  - 15min easy @ 5:30
  - repeat: 5
    blocks:
      - {run: 1km, pace: 3:40, notes: stay tall}
      - {rest: 90s}
  - {run: 5min, pace: 4:10 -> 3:50, name: ramp}
  - {run: 10min, pace: ">=4:30"}
  - {run: 10min, pace: "<=4:30"}
  - {run: half, pace: 4:10-3:50}
  - open easy
"""
PLANS = {
    "example": read_plan(PLAN),
    "intervals": parse_plan(INTERVALS, "plan.yaml"),
    "miles": parse_plan("units: mi\nblocks: [2mi easy @ 8:30, 3x1mi @ 6:26 -6s]", "plan.yaml"),
    "one open block": parse_line("open"),
    "tolerances": parse_plan(
        "tolerance: 3s\nblocks: [10min @ 4:00, {run: 10min, pace: 3:50, tolerance: 2%}]", "x"
    ),
    "60 blocks": parse_line("60x1km @ 4:00"),
}


def by_fitdecode(content) -> list[tuple[str, dict[str, Any]]]:
    """Decode strictly, checksum included: name and values of each message."""
    with fitdecode.FitReader(
        io.BytesIO(content),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        return [
            (f.name, {x.name: x.value for x in f.fields if x.value is not None})
            for f in reader
            if f.frame_type == fitdecode.FIT_FRAME_DATA
        ]


def by_garmin(content) -> list[tuple[str, dict[str, Any]]]:
    """Decode with Garmin's own library, in its order: file_id, workout, steps."""
    assert Decoder(Stream.from_byte_array(bytearray(content))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
    assert errors == []
    found: Any = messages
    return [
        (name.removesuffix("_mesgs"), values) for name, rows in found.items() for values in rows
    ]


def read_back(plan, **options):
    """Write a plan, and read the file as ``--plan`` would."""
    content = fit_workout(plan, **options).content
    assert is_workout_file(content[:64])
    return plan_from_workout(read_workout_file(content, plan.source), plan.source)


def workout_of(text):
    """Return the stored steps of a plan in one line."""
    return read_workout_file(fit_workout(parse_line(text)).content, "x").steps


@pytest.mark.parametrize("name", PLANS)
def test_two_other_decoders_read_what_we_read(name):
    """Strict fitdecode and Garmin's library, step by step: length, speeds, texts, repeats."""
    content = fit_workout(PLANS[name]).content
    (kind, about), (_, workout), *steps = by_fitdecode(content)
    (_, about_2), (_, workout_2), *steps_2 = by_garmin(content)
    stored = read_workout_file(content, "x")
    assert (kind, about["type"], about["time_created"]) == (
        "file_id", about_2["type"], about_2["time_created"]
    )  # fmt: skip
    assert about["type"] == "workout"
    assert about["serial_number"] == about_2["serial_number"] != 0
    assert workout == workout_2
    assert workout["num_valid_steps"] == len(steps) == len(stored.steps)
    assert (workout["wkt_name"], workout["sport"]) == (PLANS[name].name, "running")
    for ours, (_, theirs), (_, garmins) in zip(stored.steps, steps, steps_2, strict=True):
        for key, value in theirs.items():
            assert garmins[key] == value, key
        assert theirs["message_index"] == ours.index
        assert theirs.get("duration_time") == ours.duration_s
        assert theirs.get("duration_distance") == ours.distance_m
        assert theirs.get("duration_step") == ours.repeat_from
        assert theirs.get("repeat_steps") == ours.repeats
        assert theirs.get("custom_target_speed_low") == ours.low_mps
        assert theirs.get("custom_target_speed_high") == ours.high_mps
        assert theirs.get("notes", "") == ours.notes
        assert theirs.get("wkt_step_name", "") == ours.name


@pytest.mark.parametrize("name", PLANS)
def test_a_workout_reads_back_as_the_plan_it_was(name):
    """Every block, name and note; nothing is left out."""
    plan = PLANS[name]
    written = fit_workout(plan)
    back = read_back(plan)
    assert written.left_out == ()
    assert same_blocks(plan.blocks, back.blocks)
    assert (back.name, back.notes, back.units) == (plan.name, plan.notes, plan.units)


@pytest.mark.slow
@given(files())
@settings(max_examples=80, deadline=None)
def test_anything_the_format_can_say_of_a_block_comes_back(text):
    """Names, notes, roles, tolerances, ramps, ranges and bounds, in km and miles."""
    plan = parse_plan(text, "plan.yaml")
    assert same_blocks(plan.blocks, read_back(plan).blocks)


def test_paces_that_read_back_in_another_unit_are_told():
    """A plan in miles without a pace has no word that says so."""
    plan = parse_plan("units: mi\nblocks: [15min easy]", "plan.yaml")
    assert fit_workout(plan).advice == ("read back from the watch, paces are shown per km",)


def test_the_unit_is_that_of_most_blocks_however_they_fold_into_repeats():
    """Three steps per km stand beside two per mile that are run six times each."""
    steps = "".join(f"  - {m}min @ 4:0{m}/km\n" for m in (5, 6, 7))
    fast = "  - repeat: 6\n    blocks: [8min @ 6:30/mi, 9min @ 6:40/mi]\n"
    plan = parse_plan(f"units: mi\nblocks:\n{steps}{fast}", "plan.yaml")
    assert fit_workout(plan).advice == ()
    assert read_back(plan).units == "mi"
    assert same_blocks(plan.blocks, read_back(plan).blocks)


def test_the_same_plan_gives_the_same_bytes_and_another_plan_another_serial_number():
    """A watch tells workouts apart by it."""
    one, two = (fit_workout(parse_line(f"10min @ {p}")).content for p in ("4:00", "4:01"))
    assert one == fit_workout(parse_line("10min @ 4:00")).content
    assert by_fitdecode(one)[0][1]["serial_number"] != by_fitdecode(two)[0][1]["serial_number"]


def test_a_single_pace_is_the_band_of_its_tolerance():
    """A band of no width would beep all the time; in whole mm/s."""
    plan = PLANS["example"]
    stored = read_workout_file(fit_workout(plan).content, "x").steps
    for block, tolerance, step in zip(plan.blocks, block_tolerances(plan), stored, strict=True):
        if block.target is None or tolerance is None:
            continue
        speed = block.target.speed_mps
        assert step.low_mps == pytest.approx(
            speed * math.exp(-tolerance.slow_pct / 100), abs=0.00051
        )
        assert step.high_mps == pytest.approx(
            speed * math.exp(tolerance.fast_pct / 100), abs=0.00051
        )


@pytest.mark.parametrize(
    ("pace", "low", "high"),
    [
        ("4:10-3:50", 4.0, 4.348),  # 1000 / 250, 1000 / 230
        ("4:10 -> 3:50", 4.0, 4.348),
        ("3:50 -> 4:10", 4.0, 4.348),
        (">=4:10", 0.833, 4.0),  # 20:00/km is 1000 / 1200
        ("<=4:10", 4.0, 10.0),  # 1:40/km is 1000 / 100
    ],
)
def test_a_range_a_ramp_and_a_bound_are_the_speeds_they_cover(pace, low, high):
    """A bound ends where no plan goes any more."""
    (step,) = workout_of(f"10min @ {pace}")
    assert (step.target, step.low_mps, step.high_mps) == ("speed", low, high)


def test_a_block_without_a_pace_has_no_target():
    """The watch keeps quiet."""
    (step,) = workout_of("15min easy")
    assert (step.target, step.low_mps) == ("open", None)


def test_the_note_of_a_step_begins_with_the_blocks_own_words():
    """The coach's follow behind a bar."""
    steps = read_workout_file(fit_workout(PLANS["intervals"]).content, "x").steps
    assert steps[0].notes == "15min easy @ 5:30/km"
    assert steps[1].notes == "1km @ 3:40/km | stay tall"


def test_a_step_has_a_name_only_where_the_coach_gave_one():
    """What we would call it ourselves is no news on a watch."""
    steps = read_workout_file(fit_workout(PLANS["intervals"]).content, "x").steps
    assert [s.name for s in steps] == ["", "", "", "", "ramp", "", "", "", ""]


def test_the_intensity_says_the_role():
    """Warm-up, active, rest, cool-down."""
    steps = workout_of("15min easy, 10min @ 4:00, 2min rest, 10min @ 3:50, open")
    assert [s.intensity for s in steps] == ["warmup", "active", "rest", "active", "cooldown"]


def test_groups_become_repeats_with_the_narrowest_of_their_bands():
    """Tolerances grow towards the end; a repeated step keeps quiet only where all would."""
    plan = PLANS["intervals"]
    steps = read_workout_file(fit_workout(plan).content, "x").steps
    assert (steps[3].duration, steps[3].repeat_from, steps[3].repeats) == ("repeat", 1, 5)
    fast = {
        t.fast_pct
        for b, t in zip(plan.blocks, block_tolerances(plan), strict=True)
        if t is not None and b.distance_m == 1000
    }
    assert len(fast) > 1
    speed = 1000 / 220
    assert steps[1].high_mps == pytest.approx(speed * math.exp(min(fast) / 100), abs=0.00051)


def test_one_block_over_and_over_is_folded_only_where_the_watch_would_take_no_more():
    """The laps of a step that repeats itself all point at it."""
    assert [s.duration for s in workout_of("5x1km @ 4:00")] == ["distance"] * 5
    assert [s.duration for s in workout_of("60x1km @ 4:00")] == ["distance", "repeat"]


@pytest.mark.slow
def test_more_steps_than_a_watch_takes_are_written_with_a_word_of_advice():
    """Nothing is lost in the file."""
    plan = parse_line(", ".join(f"{60 + i}s @ 4:{i % 60:02d}" for i in range(51)))
    written = fit_workout(plan)
    assert written.left_out == ()
    assert written.advice == ("the workout has 51 steps, and many watches take 50 at most",)
    assert len(read_workout_file(written.content, "x").steps) == 51
    assert fit_workout(parse_line("50x1km @ 4:00")).advice == ()


LOST = parse_plan("match: laps\nstart: 0:03:10\nathlete: anna\nblocks: [10min @ 4:00]", "plan.yaml")


def test_what_a_workout_cannot_say_is_refused_all_at_once():
    """Exit 4; each thing by its name."""
    plan = replace(LOST, notes="é" * 126)
    with pytest.raises(PlanError) as caught:
        fit_workout(plan)
    assert str(caught.value).splitlines() == [
        "plan.yaml: a FIT workout cannot hold 'match: laps'",
        "plan.yaml: a FIT workout cannot hold 'start: 3:10'",
        "plan.yaml: a FIT workout cannot hold 'athlete: anna'",
        "plan.yaml: a FIT workout cannot hold the end of the plan's notes (over 250 bytes)",
    ]
    assert caught.value.exit_code == 4


def test_what_a_workout_cannot_say_is_left_out_if_asked_and_told():
    """Texts are cut between characters; the rest is written."""
    block = replace(LOST.blocks[0], name="走" * 100, notes="走" * 100)
    plan = replace(LOST, name="é" * 126, blocks=(block,))
    written = fit_workout(plan, drop=True)
    assert written.left_out == (
        "'match: laps'",
        "'start: 3:10'",
        "'athlete: anna'",
        "the end of the plan's name (over 250 bytes)",
        "the end of the name of block 1 (over 250 bytes)",
        "the end of the notes of block 1 (over 250 bytes)",
    )
    (_, _), (_, workout), (_, step) = by_fitdecode(written.content)
    assert workout["wkt_name"] == "é" * 125
    assert step["wkt_step_name"] == "走" * 83
    assert step["notes"].startswith("10min @ 4:00/km | 走")
    assert by_garmin(written.content)[2][1]["notes"] == step["notes"]


def test_a_text_of_exactly_the_limit_is_whole():
    """250 bytes."""
    plan = replace(PLANS["one open block"], notes="é" * 125)
    assert by_fitdecode(fit_workout(plan).content)[1][1]["wkt_description"] == "é" * 125


def test_a_tolerance_of_its_own_keeps_blocks_apart():
    """Equal paces judged otherwise are not one step."""
    plan = parse_line("60x1km @ 4:00")
    blocks = tuple(
        replace(b, tolerance=Tolerance(1.0, 1.0) if b.index % 30 == 0 else None)
        for b in plan.blocks
    )
    back = read_back(replace(plan, blocks=blocks))
    assert [b.index for b in back.blocks if b.tolerance is not None] == [30, 60]


def test_the_checksum_is_that_of_the_content():
    """Computed here once more."""
    from tests.builders.write_fit import crc16

    content = fit_workout(PLANS["example"]).content
    assert struct.unpack("<H", content[-2:]) == (crc16(content[:-2]),)


def test_the_library_is_loaded_only_when_a_workout_is_written():
    """95 ms that nothing else pays for."""
    program = (
        "import sys, analyzer.plans.write_fit as w\n"
        "from analyzer.plans.line import parse_line\n"
        "assert 'fit_tool' not in sys.modules\n"
        "w.fit_workout(parse_line('10min @ 4:00'))\n"
        "assert 'fit_tool' in sys.modules and 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, timeout=60)
