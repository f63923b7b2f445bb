"""Lap presses: a late one loses no other, and those that fit nothing speak against the rest."""

import numpy as np
import pytest

from analyzer import read_plan, review_activity
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.segmenter.laps import fit_laps
from tests.builders.simulate import Behaviour, Device, PlannedBlock, simulate
from tests.builders.write_fit import write_fit

PACES = (250, 240, 230, 220)
BLOCKS = [PlannedBlock(300, seconds=600), *(PlannedBlock(p, seconds=240) for p in PACES)]
PLAN = read_plan("10min @ 5:00, 4x4min @ 4:10, 4:00, 3:50, 3:40")
EDGES_S = np.array([600.0, 840.0, 1080.0, 1320.0])
RUN = prepare(read_bytes(write_fit(simulate(BLOCKS, seed=91)), "run.fit"))


@pytest.mark.parametrize("off_s", [-40.0, -22.0, 22.0, 50.0])
@pytest.mark.parametrize("first", [0, 1, 2])
def test_the_presses_after_a_late_one_count_from_it(off_s, first):
    """The runner was late or early once, and ran each following block in full."""
    presses_s = EDGES_S + np.where(np.arange(4) >= first, off_s, 0.0)
    fitted = fit_laps(PLAN, RUN, presses_s)
    assert fitted is not None
    assert fitted.edges_s[1:5] == pytest.approx(presses_s)
    assert fitted.confidence == 1.0


def test_the_presses_after_a_late_one_may_keep_to_the_clock():
    """Then it was the press that was late, and the plan goes on where the clock has it."""
    presses_s = EDGES_S + np.array([22.0, 0.0, 0.0, 0.0])
    fitted = fit_laps(PLAN, RUN, presses_s)
    assert fitted is not None
    assert fitted.edges_s[1:5] == pytest.approx(EDGES_S)
    assert fitted.confidence == pytest.approx(3 / 5)  # one change unconfirmed, one press against it


def test_presses_that_fit_nothing_lower_the_confidence():
    """Four that fit and two that do not: 4 of 6."""
    presses_s = np.sort(np.append(EDGES_S, [300.0, 950.0]))
    fitted = fit_laps(PLAN, RUN, presses_s)
    assert fitted is not None
    assert fitted.confidence == pytest.approx(4 / 6)


def test_a_run_with_one_late_change_is_judged_by_its_presses():
    """Every change 22 s late and pressed where it was made: nothing is slow."""
    run = simulate(BLOCKS, Behaviour(shift_s=22), Device(laps="manual", press_s=0.5), seed=92)
    review = review_activity(read_bytes(write_fit(run), "run.fit"), PLAN)
    assert review.alignment.basis == "laps"
    assert [f.code for f in review.flags if f.certainty == "clear"] == []


def test_presses_that_place_nothing_are_told():
    """The clock places the blocks although the button was pressed: a note says so."""
    run = simulate(BLOCKS, Behaviour(shift_s=100), Device(laps="manual", press_s=0.5), seed=92)
    review = review_activity(read_bytes(write_fit(run), "run.fit"), PLAN)
    assert review.alignment.basis != "laps"
    assert "PRESSES_NOT_USED" in {note.code for note in review.alignment.notes}
