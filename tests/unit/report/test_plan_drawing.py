"""The drawing of a plan: wide is long, high is fast, and nobody needs to see it to know it."""

import re

import pytest

from analyzer.plans.tolerance import block_tolerances
from analyzer.report.language import speaking
from analyzer.report.plan_drawing import draw_plan, plan_told
from analyzer.report.plan_scene import NARROW, WIDE, known_s, plan_scene, widths_s
from analyzer.review.typed_plan import plan_typed

LADDER = "15min easy @ 5:00, 3x10min @ 4:00, 3:50, 3:40, 10min cool-down"


def scene_of(text, layout=WIDE):
    """Lay out a plan without paces on the left."""
    plan = plan_typed(text)
    return plan_scene(plan, block_tolerances(plan), layout, has_axis=False)


def drawings_of(text):
    """Return the wide drawing and that of the phone."""
    plan = plan_typed(text)
    wide, narrow = draw_plan(plan, block_tolerances(plan)).split("</svg>\n")
    return wide, narrow


@pytest.mark.parametrize("layout", [WIDE, NARROW])
def test_a_step_is_as_wide_as_it_is_long(layout):
    """Each begins where the one before it ends."""
    steps = scene_of(LADDER, layout).steps
    assert [s.width / steps[0].width for s in steps] == pytest.approx(
        [1, 2 / 3, 2 / 3, 2 / 3, 2 / 3]
    )
    assert [s.left for s in steps[1:]] == pytest.approx([s.right for s in steps[:-1]])


def test_a_faster_step_is_higher_evenly_in_speed():
    """5:00, 4:00 and 3:20 are 3.33, 4.17 and 5 m/s: even steps. What has no pace is below them."""
    first, second, third, last = scene_of("10min @ 5:00, 10min @ 4:00, 10min @ 3:20, 10min").steps
    rises = [first.top[0] - second.top[0], second.top[0] - third.top[0]]
    assert rises[0] == pytest.approx(rises[1])
    assert rises[0] > 20
    assert last.top[0] > first.band[0][0]


def test_a_ramp_slopes_and_its_band_with_it():
    """From its first pace to its last."""
    (step,) = scene_of("12 km progressive from 5:00 to 4:20").steps
    assert step.top[0] > step.top[1]
    slow, fast = step.band
    assert slow[0] > step.top[0] > fast[0]
    assert slow[1] > step.top[1] > fast[1]


def test_a_free_side_reaches_as_far_as_the_drawing():
    """Faster is never off there; the slow side has its edge."""
    scene = scene_of("10min @ 5:00, 10min @ <=4:00")
    slow, fast = scene.steps[1].band
    assert fast == (scene.frame.top, scene.frame.top)
    assert scene.steps[1].top[0] < slow[0] < scene.frame.bottom


def test_a_distance_is_as_wide_as_its_time():
    """2 km at 5:00 take ten minutes; without a pace it is a guess, and no time is marked."""
    assert widths_s(plan_typed("2km @ 5:00, 10min @ 4:00")) == pytest.approx([600, 600])
    easy = plan_typed("2km easy, 10min @ 4:00")
    assert widths_s(easy)[0] == pytest.approx(2000 / 2.8)
    assert known_s(easy) == 0
    assert "min</text>" not in drawings_of("2km easy, 10min @ 4:00")[0].rpartition("base")[2]


def test_an_open_step_has_a_ragged_end_and_time_ends_where_it_begins():
    """A seventh of the rest is its width; marks go to 25 min."""
    text = "15min easy, 10min @ 4:00, open"
    assert widths_s(plan_typed(text))[2] == pytest.approx(1500 / 7)
    wide = drawings_of(text)[0]
    corners = [len(p.split()) for p in re.findall(r'class="step \w+" points="([^"]+)"', wide)]
    assert corners[:2] == [4, 4]
    assert corners[2] > 4
    assert ">25 min<" in wide


def test_a_plan_of_one_open_block_is_drawn():
    """Nothing is known of it but that."""
    assert drawings_of("open")[0].count("<polygon") == 1


def test_the_paces_stand_over_their_steps():
    """And on the left where one of them has no room there."""
    assert re.findall(r'class="val"[^>]*>([^<]+)<', drawings_of(LADDER)[0]) == [
        "5:00", "4:00", "3:50", "3:40",
    ]  # fmt: skip
    assert 'class="level"' not in drawings_of(LADDER)[0]
    short = drawings_of("10min easy, 10 x (1min @ 3:30, 1min easy), 10min @ 4:10")[1]
    levels = re.findall(r'class="level".*?\n<text[^>]*>([^<]+)<', short)
    assert levels == ["4:10", "3:30"]


def test_of_a_range_without_room_the_middle_stands_over_its_step():
    """Where the line is; 4:05 to 3:55 is 4:00 in ln v."""
    wide, narrow = drawings_of("20min easy, 4x10min @ 4:05-3:55")
    assert wide.count(">4:05–3:55<") == 4
    assert narrow.count(">4:00<") == 4


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("20min easy, 10min @ 4:00", "easy"),
        ("10min @ 4:00, 10min", "no pace"),
        ("10min @ 4:00, 10min cool-down", "cool-down"),
        ("10min @ 4:00, 10min @ 150 bpm", "heart rate"),
    ],
)
def test_a_step_without_a_pace_has_the_word_for_it(text, word):
    """In a quieter tone."""
    wide = drawings_of(text)[0]
    assert f">{word}</text>" in wide
    assert 'class="step quiet"' in wide


def test_who_cannot_see_the_drawing_is_told_the_plan():
    """In one line, and each block by its number."""
    told = plan_told(plan_typed(LADDER))
    assert told.startswith("5 blocks, 55 min, 4:00 to 3:40 /km. 1: 15 min easy @ 5:00; ")
    assert "2: 10 min @ 4:00/km; 3: 10 min @ 3:50/km" in told
    for drawing in drawings_of(LADDER):
        assert told in drawing
        assert 'role="img"' in drawing


def test_the_drawing_speaks_the_language_of_the_page():
    """Words and all."""
    with speaking("de"):
        wide = drawings_of("15min easy, 10min @ 4:00, 10min, open")[0]
    assert "Auslaufen" in wide
    assert not re.search(r">(easy|no pace|cool-down|open|1 open)<", wide)


def test_a_name_from_a_file_is_no_markup():
    """Whatever somebody calls a block."""
    text = "blocks:\n  - {name: '<script>x</script>', run: 10min, pace: 4:00}\n"
    plan = plan_typed(text)
    assert "<script" not in draw_plan(plan, block_tolerances(plan))


def test_a_thousand_blocks_are_drawn_without_what_nobody_would_see():
    """Nor does the drawing of both sizes weigh more than the largest plan twice."""
    text = "500x(30s @ 3:30, 30s rest)"
    plan = plan_typed(text)
    drawing = draw_plan(plan, block_tolerances(plan))
    assert 'class="held"' not in drawing
    assert len(drawing) < 500 * 1024
