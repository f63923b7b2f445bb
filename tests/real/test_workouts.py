"""The workouts of real files, step by step."""

import pytest

from analyzer.parsers.workout_file import is_workout_file, read_workout_file
from analyzer.plans.workout_steps import plan_from_workout
from tests.places import REAL, needs_real

pytestmark = [needs_real, pytest.mark.slow]

WORKOUTS = {
    "plans/TestFilesForFitnessApps--Half_Mile_Repeats_workout.fit": (
        ("Half Mile Repeats", "running"),
        [
            (0, "open", "open", "warmup"),
            (1, "804.67 m", "4.47-4.877", "active"),
            (2, "open", "open", "recovery"),
            (3, "from 1, 2 times", "open", None),
            (4, "open", "open", "cooldown"),
        ],
        6,
    ),
    "plans/kaiord--WorkoutMixedDurations.tcx": (
        ("Mixed Duration", "running"),
        [
            (0, "300 s", "heart_rate", "active"),
            (1, "1000 m", "3-3.5", "active"),
            (2, "open", "cadence", "active"),
            (3, "open", "open", "active"),
            (4, "open", "open", "active"),
            (5, "open", "open", "rest"),
        ],
        6,
    ),
    "plans/kaiord--WorkoutRepeatBlocks.tcx": (
        ("Interval Workout", "biking"),
        [
            (0, "600 s", "open", "active"),
            (1, "240 s", "heart_rate", "active"),
            (2, "120 s", "heart_rate", "rest"),
            (3, "from 1, 5 times", "open", None),
            (4, "300 s", "open", "rest"),
        ],
        12,
    ),
    "plans/kaiord--WorkoutSpeedTargets.tcx": (
        ("Speed Workout", "running"),
        [
            (0, "1600 m", "2.5-3", "active"),
            (1, "800 m", "3.5-4", "active"),
            (2, "180 s", "open", "rest"),
        ],
        3,
    ),
    "structured/fitparse-rs--hrv-activity.fit": (
        ("HIIT 20 X 0:30/0:15", "cycling"),
        [
            *((i, "300 s", "power", "warmup") for i in range(3)),
            (3, "120 s", "power", "warmup"),
            (4, "480 s", "power", "warmup"),
            (5, "30 s", "power", "active"),
            (6, "15 s", "power", "recovery"),
            (7, "from 5, 10 times", "open", None),
            (8, "600 s", "power", "active"),
            (9, "30 s", "power", "active"),
            (10, "15 s", "power", "recovery"),
            (11, "from 9, 10 times", "open", None),
            (12, "300 s", "cadence", "cooldown"),
            (13, "300 s", "power", "cooldown"),
        ],
        48,
    ),
}
"""File: name and sport; index, length, target in m/s, intensity of each step; blocks unrolled."""


def shown(step):
    """Write a step as it stands above."""
    length = {
        "time": f"{step.duration_s or 0:g} s",
        "distance": f"{step.distance_m or 0:g} m",
        "open": "open",
        "repeat": f"from {step.repeat_from}, {step.repeats} times",
    }[step.duration]
    speeds = f"{step.low_mps or 0:g}-{step.high_mps or 0:g}"
    target = speeds if step.target == "speed" else step.target
    return (step.index, length, target, step.intensity)


@pytest.mark.parametrize("name", WORKOUTS)
def test_a_real_workout_is_read_step_by_step(name):
    """Name, sport, every step, and how many blocks they unroll to."""
    content = (REAL / name).read_bytes()
    about, steps, blocks = WORKOUTS[name]
    assert is_workout_file(content[:4096])
    workout = read_workout_file(content, name)
    assert (workout.name, workout.sport) == about
    assert [shown(s) for s in workout.steps] == steps
    assert len(plan_from_workout(workout, name).blocks) == blocks


def test_the_names_of_tcx_steps_are_the_names_of_blocks():
    """As their author wrote them."""
    name = "plans/kaiord--WorkoutSpeedTargets.tcx"
    plan = plan_from_workout(read_workout_file((REAL / name).read_bytes(), name), name)
    assert [b.name for b in plan.blocks] == ["Easy Run", "Fast Run", "Recovery"]
