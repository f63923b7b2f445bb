"""Blocks that aim at no pace are run and not scored, and every report says why."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from analyzer import review_activity
from analyzer.model.plan import Aim
from analyzer.parsers.read import read_bytes
from analyzer.parsers.workout_file import read_workout_file
from analyzer.plans.tolerance import block_tolerances
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.report.aims import AIMS, aims_text
from analyzer.report.json_result import result
from analyzer.report.plan_text import plan_text
from analyzer.report.terminal import render
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_workout import HEART_RATE, SPEED, TIME, fit_file, step

RUN = write_fit(simulate(EXAMPLE, Behaviour(cut_s=1800.0), Device(), 5))

WORKOUT = fit_file(
    step(0, TIME, 600_000, target=HEART_RATE, times=2),
    step(1, TIME, 300_000, target=SPEED, times=3),
    step(2, TIME, 300_000, target=SPEED, times=4),
    step(3, TIME, 600_000, low=4000, high=4200),
)
"""10 min in heart-rate zone 2, 5 min in pace zones 3 and 4, and one block with a pace."""


@pytest.fixture(scope="module")
def plan():
    return plan_from_workout(read_workout_file(WORKOUT, "zones.fit"), "zones.fit")


def test_there_are_words_for_every_aim():
    """No block is left without a reason."""
    assert set(AIMS) == set(get_args(Aim))


def test_a_plan_names_the_blocks_that_aim_at_no_pace(plan):
    """By what they aim at; a block with a pace is not among them."""
    assert plan.aims == (("heart_rate", (1,)), ("pace_zone", (2, 3)))
    assert plan.blocks[3].target is not None


def test_every_form_says_why_blocks_are_not_scored(plan):
    """The report, the JSON and the plan as shown: the zone is named, and nothing is guessed."""
    review = review_activity(read_bytes(RUN, "run.fit"), plan)
    assert [b.verdict for b in review.blocks[:3]] == ["not_scored"] * 3
    shown = " ".join(render(review, width=80).split())
    assert "Block 1 aims at a heart rate or a zone of it" in shown
    assert "Blocks 2, 3 aim at pace zones of the watch" in shown
    aims = json.loads(json.dumps(result(review)))["plan"]["aims"]
    assert [(a["aim"], a["blocks"]) for a in aims] == [("heart_rate", [1]), ("pace_zone", [2, 3])]
    text = plan_text(plan, block_tolerances(plan))
    assert "pace zones of the watch" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_runs_of_blocks_are_drawn_together():
    """Three numbers or more in a row are a range."""
    assert aims_text([("power", (1, 2, 3, 5, 6))])[0].startswith("Blocks 1-3, 5, 6 aim")
