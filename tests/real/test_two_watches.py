"""One run, two watches: the same words, or intervals that say why not."""

import json

import pytest

from analyzer import read_activity, read_plan, review_activity
from analyzer.report.json_result import dumps
from analyzer.structs import replace
from tests.places import REAL, needs_real

pytestmark = [needs_real, pytest.mark.slow]

WATCHES = (
    "runs/TestFilesForFitnessApps--20210507_run_coros_pace_2.fit",
    "runs/TestFilesForFitnessApps--20210507_run_garmin_fenix_6.fit",
)
PLANS = (
    "9min easy @ 4:15, 3x10min @ 4:10, 4:05, 4:00 /km",
    "9min easy @ 4:30, 3x10min @ 4:15, 4:10, 4:05 /km",
    "10min easy @ 5:00, 2x14min @ 4:20, 4:00 /km",
    "3x13min @ 4:20, 4:10, 4:00 /km",
    "9min @ 4:05, 10min @ 4:08, 10min @ 4:12, 10min @ 4:15 /km",
    "39min @ 4:10 /km",
)


@pytest.fixture(scope="module")
def activities():
    """Read both recordings."""
    return [read_activity(REAL / name) for name in WATCHES]


def judged(activity, line):
    """Review one recording from its first second, as the JSON has it."""
    plan = replace(read_plan(line), start_s=0.0)
    return json.loads(dumps(review_activity(activity, plan)))


@pytest.mark.parametrize("line", PLANS)
def test_both_watches_say_the_same_or_their_intervals_overlap(activities, line):
    """The word of the score, and the verdict of each block."""
    one, two = (judged(a, line) for a in activities)
    if one["score"]["word"] != two["score"]["word"]:
        assert one["score"]["low"] <= two["score"]["high"]
        assert two["score"]["low"] <= one["score"]["high"]
    for a, b in zip(one["blocks"], two["blocks"], strict=True):
        assert {a["verdict"], b["verdict"]} != {"too_fast", "too_slow"}
        if a["verdict"] != b["verdict"]:
            apart = abs(a["pace_s_per_km"] - b["pace_s_per_km"])
            assert apart <= 1.645 * (a["pace_se_s_per_km"] + b["pace_se_s_per_km"])


def test_paces_of_both_watches_agree_within_their_errors(activities):
    """Difference of each block against its 90 % interval: at most one in five outside."""
    outside = total = 0
    for line in PLANS:
        one, two = (judged(a, line) for a in activities)
        for a, b in zip(one["blocks"], two["blocks"], strict=True):
            error = (a["pace_se_s_per_km"] ** 2 + b["pace_se_s_per_km"] ** 2) ** 0.5
            outside += abs(a["pace_s_per_km"] - b["pace_s_per_km"]) > 1.645 * error
            total += 1
    assert total == 19
    assert outside <= total / 5


def test_a_steady_run_on_rough_watches_is_not_called_surging_by_both(activities):
    """Their noise would be waves of 4 % to a method that takes them for smooth ones."""
    surging = [
        {
            flag["block"]
            for flag in judged(activity, "4x9min @ 4:05, 4:08, 4:12, 4:15 /km")["flags"]
            if flag["code"] == "SURGING" and flag["certainty"] == "clear"
        }
        for activity in activities
    ]
    assert not surging[0] & surging[1]
