"""Workout files: every step as it stands, or one line that says why not."""

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import read_activity
from analyzer.errors import PlanError
from analyzer.parsers import workout_file
from analyzer.parsers.fit import workout_messages
from analyzer.parsers.workout_file import is_workout_file, read_workout_file
from analyzer.parsers.xml_root import root_element
from analyzer.plans import document, draft, quantities
from analyzer.plans.workout_steps import plan_from_workout
from tests.builders.work import calls_in
from tests.builders.write_fit import Encoder, crc16
from tests.builders.write_workout import (
    ACTIVITY_FILE,
    DISTANCE,
    HEART_RATE,
    OPEN,
    REPEAT,
    TIME,
    fit_file,
    step,
    tcx_file,
    tcx_repeat,
    tcx_step,
    tcx_workout,
)
from tests.places import SAMPLES

MINUTE = 60_000
GOOD_FIT = fit_file(
    step(0, TIME, 15 * MINUTE, intensity=2, name="Jog"),
    step(1, DISTANCE, 100_000, low=4430, high=4640, notes="stay tall"),
    step(2, TIME, 2 * MINUTE, intensity=1),
    step(3, REPEAT, 1, times=3),
    step(4, OPEN),
)
GOOD_TCX = tcx_file(tcx_workout(tcx_step(600), tcx_repeat(3, tcx_step(60, tag="Child"))))


def refused(content, source="plan.fit"):
    """Return the message of the refusal; it is one line and says whose file it is."""
    with pytest.raises(PlanError) as caught:
        read_workout_file(content, source)
    text = str(caught.value)
    assert caught.value.exit_code == 4
    assert text.startswith(f"{source}: ")
    assert "\n" not in text
    return text.removeprefix(f"{source}: ")


def lengths(workout):
    """Return seconds, metres, 'open' or (from, times) of each step."""
    return [
        (s.repeat_from, s.repeats)
        if s.duration == "repeat"
        else s.duration_s or s.distance_m or "open"
        for s in workout.steps
    ]


def blocks(workout):
    """Return the lengths of the unrolled blocks."""
    plan = plan_from_workout(workout, "x")
    return [b.duration_s or b.distance_m or "open" for b in plan.blocks]


# --- FIT


def test_a_fit_workout_is_read_step_by_step():
    """A jog, three times a kilometre and a rest, open: as stored and as run."""
    workout = read_workout_file(GOOD_FIT, "plan.fit")
    assert (workout.name, workout.sport) == ("Test", "running")
    assert lengths(workout) == [900, 1000, 120, (1, 3), "open"]
    assert blocks(workout) == [900, *[1000, 120] * 3, "open"]
    kilometre = workout.steps[1]
    assert (kilometre.target, kilometre.low_mps, kilometre.high_mps) == ("speed", 4.43, 4.64)
    assert (workout.steps[0].name, kilometre.notes) == ("Jog", "stay tall")
    assert [s.intensity for s in workout.steps[:3]] == ["warmup", None, "rest"]


def test_a_target_that_is_no_speed_is_another_one():
    """Heart rate is run and not scored; none at all is open."""
    workout = read_workout_file(
        fit_file(step(0, TIME, MINUTE, target=HEART_RATE), step(1, TIME, MINUTE)), "x"
    )
    assert [s.target for s in workout.steps] == ["heart_rate", "open"]


@pytest.mark.parametrize(
    ("target", "zone", "expected"),
    [(0, 3, "pace_zone"), (0, 0, "other"), (1, 2, "heart_rate"), (3, 0, "cadence"),
     (4, 2, "power"), (7, 0, "power"), (2, 0, "open")],
)  # fmt: skip
def test_a_target_says_what_it_aims_at(target, zone, expected):
    """Speed by a zone of the watch is none that the file holds; power has forms of its own."""
    (found,) = read_workout_file(
        fit_file(step(0, TIME, MINUTE, target=target, times=zone)), "x"
    ).steps
    assert (found.target, found.low_mps) == (expected, None)


def test_a_range_given_the_wrong_way_round_is_the_same_range():
    """The slower speed is the low one."""
    (found,) = read_workout_file(fit_file(step(0, TIME, MINUTE, low=4640, high=4430)), "x").steps
    assert (found.low_mps, found.high_mps) == (4.43, 4.64)


def test_steps_come_in_the_order_of_their_index():
    """Not in that of the file."""
    content = fit_file(step(1, TIME, 2 * MINUTE), step(0, TIME, MINUTE))
    assert lengths(read_workout_file(content, "x")) == [60, 120]


def test_steps_without_any_index_are_numbered_in_the_order_of_the_file():
    """A repeat then loops back to that number."""
    content = fit_file(
        step(None, TIME, MINUTE), step(None, TIME, 2 * MINUTE), step(None, REPEAT, 1, times=2)
    )
    workout = read_workout_file(content, "x")
    assert [s.index for s in workout.steps] == [0, 1, 2]
    assert blocks(workout) == [60, 120, 120]


def test_a_step_without_an_index_among_others_that_have_one_is_left_out():
    """Nothing says where it belongs."""
    content = fit_file(step(0, TIME, MINUTE), step(None, TIME, 5 * MINUTE), step(1, OPEN))
    assert lengths(read_workout_file(content, "x")) == [60, "open"]


@pytest.mark.parametrize("stated", [0, 1, 7, 65535])
def test_how_many_steps_the_file_says_it_has_counts_for_nothing(stated):
    """The steps that are there are the steps."""
    content = fit_file(step(0, TIME, MINUTE), step(1, OPEN), stated=stated)
    assert lengths(read_workout_file(content, "x")) == [60, "open"]


def test_steps_without_a_workout_message_are_a_workout_without_a_name():
    """The name is the least of it."""
    assert read_workout_file(fit_file(step(0, OPEN), about=False), "x").name == ""


def test_a_recording_gives_the_workout_it_carries():
    """The same as when it is read as a recording."""
    path = SAMPLES / "workout-steps.fit"
    assert read_workout_file(path.read_bytes(), path.name) == read_activity(path).workout


def test_damage_behind_the_steps_of_a_recording_does_not_touch_its_workout():
    """Cut in half it still has all its steps."""
    path = SAMPLES / "workout-steps.fit"
    content = path.read_bytes()
    assert lengths(read_workout_file(content[: len(content) // 2], "x")) == [
        900,
        600,
        600,
        600,
        600,
    ]


def other_file(kind):
    """Write a FIT file of another kind, with nothing in it."""
    return fit_file(kind=kind, about=False)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b" \n ", "the file is empty"),
        (b"PK\x03\x04" + bytes(40), "neither a FIT workout nor a TCX workout"),
        (random.Random(1).randbytes(5000), "neither a FIT workout nor a TCX workout"),
        (fit_file(), "a name but no steps is not a plan"),
        (other_file(5), "a workout file without steps is not a plan"),
        (other_file(ACTIVITY_FILE), "a recording that carries no workout"),
        (other_file(2), "a settings file, not a plan"),
        (other_file(6), "a course, not a plan"),
        (other_file(11), "a file of goals, not a plan"),
        (other_file(99), "a FIT file without a workout"),
        (fit_file(step(0, OPEN))[:-1], "damaged, and half a plan is worse than none"),
        (fit_file(step(0, OPEN))[:14], "damaged, and half a plan is worse than none"),
        (b"\x0e\x20\x00\x00\xff\xff\x00\x00.FIT", "damaged, and half a plan is worse than none"),
        (bytes(8) + b".FIT" + bytes(20), "the FIT header cannot be read"),
        (fit_file(step(0, TIME, 0)), "step 1 lasts 0 s, which is not a length"),
        (fit_file(step(0, DISTANCE, 0)), "step 1 is 0 m long, which is not a length"),
        (fit_file(step(0, TIME, 4_000_000_000)), "the steps take 1111 h, over the limit of 24 h"),
        (fit_file(step(0, DISTANCE, 4_000_000_000)), "40000 km long, over the limit of 300 km"),
        (fit_file(step(0, OPEN), step(1, 7, 0)), "step 2 repeats until something other than"),
        (fit_file(step(0, REPEAT, 0, times=2)), "step 1 repeats from a step that does not come"),
        (fit_file(step(0, OPEN), step(1, REPEAT, 5, times=2)), "step 2 repeats from a step"),
        (fit_file(step(0, TIME, 1, low=4000, high=4_000_000)), "step 1 asks for 4 to 4000 m/s"),
        (fit_file(*(step(i, OPEN) for i in range(1001))), "more than the limit of 1000 blocks"),
        (fit_file(step(0, OPEN), step(1, REPEAT, 0, times=2**32 - 2)), "limit of 1000 blocks"),
        (bytes(256 * 1024 + 1), "larger than the limit of 256 KiB; is it a workout?"),
    ],
)  # fmt: skip
def test_what_is_no_plan_says_so_in_one_line(content, says):
    """By name where it is something else."""
    assert says in refused(content)


def test_the_most_steps_a_plan_may_have_are_read():
    """A thousand, as in any plan."""
    content = fit_file(step(0, TIME, 1000), step(1, REPEAT, 0, times=1000))
    assert len(blocks(read_workout_file(content, "x"))) == 1000
    content = fit_file(*(step(i, TIME, 1000) for i in range(1000)))
    assert len(read_workout_file(content, "x").steps) == 1000


@pytest.mark.slow
def test_a_workout_cut_anywhere_is_refused_and_never_a_shorter_plan():
    """At every byte; half a plan would judge a run wrongly."""
    for at in range(len(GOOD_FIT)):
        assert refused(GOOD_FIT[:at]), at


@pytest.mark.slow
def test_a_workout_with_one_wrong_byte_is_refused():
    """Its checksum finds each of them; the header's own checksum may be wrong or 0."""
    for at in range(len(GOOD_FIT)):
        content = bytearray(GOOD_FIT)
        content[at] ^= 0x41
        assert refused(bytes(content)), at


def test_a_wrong_checksum_of_the_header_alone_is_no_damage():
    """Some writers get it wrong; the checksum of the whole covers the same bytes."""
    content = bytearray(GOOD_FIT[:-2])
    content[12:14] = b"\x12\x34"
    content += struct.pack("<H", crc16(bytes(content)))
    assert lengths(read_workout_file(bytes(content), "x"))[0] == 900


# --- TCX


def test_a_tcx_repeat_stands_behind_the_steps_it_repeats():
    """As a watch stores it."""
    workout = read_workout_file(GOOD_TCX, "plan.tcx")
    assert (workout.name, workout.sport) == ("Test", "running")
    assert lengths(workout) == [600, 60, (1, 3)]


def test_nested_tcx_repeats_unroll_as_they_are_written():
    """Twice: twice one minute, then three."""
    inner = tcx_repeat(2, tcx_step(60, tag="Child"), tag="Child")
    content = tcx_file(tcx_workout(tcx_repeat(2, inner, tcx_step(180, tag="Child")), tcx_step(1)))
    workout = read_workout_file(content, "x")
    assert lengths(workout) == [60, (0, 2), 180, (0, 2), 1]
    assert blocks(workout) == [60, 60, 180, 60, 60, 180, 1]


@pytest.mark.parametrize(
    ("target", "read"),
    [
        ("4.0</A><B>3.5</B>", ("speed", 3.5, 4.0)),
        ("3.5</A><B>4.0</B>", ("speed", 3.5, 4.0)),
        ("3.5</A>", ("other", None, None)),
        ("0</A><B>4.0</B>", ("other", None, None)),
        ("fast</A><B>4.0</B>", ("other", None, None)),
    ],
)
def test_a_tcx_speed_zone_is_a_range_if_it_has_two_speeds(target, read):
    """Either way round; a zone by its number is a target we do not judge."""
    zone = "<A>" + target
    for short, name in (("A>", "LowInMetersPerSecond>"), ("B>", "HighInMetersPerSecond>")):
        zone = zone.replace(short, name)
    target = f'<Target xsi:type="Speed_t"><SpeedZone>{zone}</SpeedZone></Target>'
    (found,) = read_workout_file(tcx_file(tcx_workout(tcx_step(target=target))), "x").steps
    assert (found.target, found.low_mps, found.high_mps) == read


def test_a_tcx_in_any_encoding_and_with_any_prefix_is_read():
    """UTF-16, and a prefix on every name and type."""
    text = GOOD_TCX.decode().replace("UTF-8", "UTF-16")
    assert lengths(read_workout_file(text.encode("utf-16"), "x")) == [600, 60, (1, 3)]
    text = text.replace("<", "<t:").replace("<t:/", "</t:").replace("<t:?", "<?")
    text = text.replace('xsi:type="', 'i:type="t:').replace("xmlns:xsi", 'xmlns:t="t" xmlns:i')
    assert lengths(read_workout_file(text.encode("utf-16"), "x")) == [600, 60, (1, 3)]


ACTIVITY = b"<TrainingCenterDatabase><Activities><Activity/></Activities></TrainingCenterDatabase>"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ACTIVITY, "a recording that carries no workout"),
        (ACTIVITY.replace(b"Activit", b"Cours"), "a TCX file without a workout"),
        (ACTIVITY.replace(b"Activity/", b"Course/"), "a course, not a plan"),
        (tcx_file(), "a TCX file without a workout"),
        (tcx_file(tcx_workout()), "a name but no steps is not a plan"),
        (tcx_file(*[tcx_workout(tcx_step())] * 2), "2 workouts in one file; export the one to run"),
        (tcx_file(tcx_workout(tcx_repeat(3))), "a repeat without steps"),
        (tcx_file(tcx_workout(tcx_repeat("x", tcx_step(tag="Child")))), "not 'x'"),
        (tcx_file(tcx_workout(tcx_repeat(2.5, tcx_step(tag="Child")))), "not '2.5'"),
        (tcx_file(tcx_workout(tcx_repeat(0, tcx_step(tag="Child")))), "not '0'"),
        (tcx_file(tcx_workout(tcx_step("soon"))), "the length of step 1 is not a number"),
        (tcx_file(tcx_workout(tcx_step(-5))), "step 1 lasts -5 s, which is not a length"),
        (tcx_file(tcx_workout(tcx_step(1e200))), "over the limit of 24 h"),
        (GOOD_TCX.replace(b"<Workouts>", b"<!DOCTYPE x><Workouts>"), "damaged"),
        (b"<!DOCTYPE x>" + GOOD_TCX, "DOCTYPE"),
        (tcx_file(tcx_workout("<x>" * 70)), "nested deeper than the limit of 64"),
        (tcx_file(tcx_workout(tcx_step(name="x" * 70_000))), "longer than the limit of 65536"),
    ],
)  # fmt: skip
def test_a_tcx_that_is_no_plan_says_so_in_one_line(content, says):
    """By name where it is something else."""
    assert says in refused(content, "plan.tcx")


def test_a_tcx_cut_anywhere_is_refused_and_never_a_shorter_plan():
    """Half a plan would judge a run wrongly."""
    for at in range(len(GOOD_TCX)):
        refused(GOOD_TCX[:at])


# --- Bombs, and any bytes


def nested_repeats(depth, times):
    """Write repeats inside repeats."""
    inner = tcx_step(1, tag="Child")
    for level in range(depth):
        inner = tcx_repeat(times, inner, tag="Step" if level == depth - 1 else "Child")
    return tcx_file(tcx_workout(inner))


def many_messages(number, fields, count):
    """Write one definition and as many messages of ones as asked for."""
    out = Encoder()
    sizes = b"".join(bytes(f) for f in fields)
    out.body += struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields)) + sizes
    out.body += (b"\0" + b"\1" * sum(f[1] for f in fields)) * count
    return out.file()


BOMBS = {
    "2^50 steps": nested_repeats(50, 2),
    "99^5 steps": nested_repeats(5, 99),
    "4 billion repeats": fit_file(step(0, TIME, 1), step(1, REPEAT, 0, times=2**32 - 2)),
    "repeats of repeats": fit_file(
        step(0, TIME, 1), *(step(i, REPEAT, 0, times=9) for i in range(1, 900))
    ),
    "37,000 steps": tcx_file(tcx_workout("<Step/>" * 37_000)),
    "13,000 workouts": tcx_file("<Workout></Workout>" * 13_000),
    "steps of nothing": many_messages(27, [], 250_000),
    "records of nothing": many_messages(20, [], 250_000),
    "unknown messages": many_messages(999, [], 250_000),
    "255 fields": many_messages(27, [(200, 1, 2)] * 255, 1000),
    "long fields": many_messages(27, [(200, 255, 2)] * 13, 75),
    "long texts": many_messages(27, [(8, 255, 7)] * 13, 75),
    "10,000 FIT files": many_messages(999, [], 1) * 10_000,
    "open comments": b"<!--" * 65_000,
    "open instructions": b"<?" * 130_000,
    "a long name": b"<" + b"a" * 260_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_answered_at_little_cost(name):
    """Read or refused with twelve calls a byte at most; what it would unroll to is never built."""

    def read():
        try:
            read_workout_file(BOMBS[name][: 256 * 1024], "x")
        except PlanError as error:
            assert "\n" not in str(error)

    assert calls_in(read) < 12 * 256 * 1024


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", GOOD_FIT[:14], GOOD_TCX[:150]]))
def test_any_bytes_are_a_workout_or_a_plan_error(content, head):
    """Nothing else leaves the reader."""
    is_workout_file(head + content)
    try:
        read_workout_file(head + content, "x")
    except PlanError as error:
        assert "\n" not in str(error)


def mended(content: bytes) -> bytes:
    """Set size and checksum of a FIT file right, so that its content is looked at."""
    if content[8:12] != b".FIT" or len(content) < 16:
        return content
    body = content[:4] + struct.pack("<I", len(content) - 16) + content[8:-2]
    return body + struct.pack("<H", crc16(body))


EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 6)),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(st.sampled_from([GOOD_FIT, GOOD_TCX, nested_repeats(3, 4)]), EDITS)
def test_a_mutant_of_a_workout_is_a_plan_or_a_plan_error(content, edits):
    """Its checksum set right: what is read unrolls within the limits of any plan."""
    mutant = bytearray(content)
    for place, text, cut in edits:
        at = int(place * len(mutant))
        mutant[at : at + cut] = text
    try:
        workout = read_workout_file(mended(bytes(mutant)), "x")
        plan = plan_from_workout(workout, "x")
    except PlanError as error:
        assert "\n" not in str(error)
        return
    assert 1 <= len(plan.blocks) <= 1000
    for block in plan.blocks:
        assert block.expected_duration_s is None or 0 < block.expected_duration_s < 1e9


# --- Sniffing, and limits that must agree


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (GOOD_FIT, True), (GOOD_TCX, True), (GOOD_TCX.decode().encode("utf-16"), True),
        (b"\xef\xbb\xbf \n" + GOOD_TCX, True), (b"<!-- <gpx> -->" + GOOD_TCX, True),
        (ACTIVITY, True), (b"version: 1\nblocks:\n  - 15min easy\n", False), (b"", False),
        (b"<gpx></gpx>", False), (b"<html>TrainingCenterDatabase</html>", False),
        (b"- 15min # <TrainingCenterDatabase>", False),
    ],
)  # fmt: skip
def test_a_workout_file_is_known_by_its_first_bytes(head, is_one):
    """By content and never by name."""
    assert is_workout_file(head) is is_one


def test_the_root_of_a_file_is_found_behind_comments_and_instructions():
    """What they hold is no element."""
    assert root_element(b"<?x <a> ?><!-- <b> --><!DOCTYPE c><p:d e='f'/>") == b"d"
    assert root_element(b"<!-- <b>") == b""


def test_the_limits_of_workout_files_are_those_of_plans():
    """Parsers and plans may not import each other."""
    assert workout_file.MAX_BYTES == document.MAX_BYTES
    assert workout_file.MAX_BLOCKS == draft.MAX_BLOCKS
    assert workout_file.MAX_DURATION_S == quantities.MAX_DURATION_S
    assert workout_file.MAX_DISTANCE_M == quantities.MAX_DISTANCE_M


def test_notes_of_a_step_are_kept_as_long_as_a_field_can_be():
    """250 characters; names of 120 are enough."""
    content = fit_file(step(0, OPEN, name="n" * 130, notes="x" * 249))
    (found,) = read_workout_file(content, "x").steps
    assert (len(found.name), len(found.notes)) == (120, 249)
    assert workout_messages.MAX_NOTES == 250
