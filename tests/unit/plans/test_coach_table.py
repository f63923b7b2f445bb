"""The table of coaches' texts: each is read as its coach means it, and nothing else."""

import re

import pytest

from analyzer.errors import PlanError
from analyzer.plans.line import parse_line
from analyzer.units import pace_s_per_km
from tests.builders.coach_table import rows

ROWS = rows()
READ = [row for row in ROWS if row.asked is None]


def paces(target):
    """Return the paces of a block as the table writes them."""
    if target is None:
        return None
    if target.ramp_mps:
        return (">", *(round(pace_s_per_km(v), 1) for v in target.ramp_mps))
    if target.slow_mps and target.fast_mps:
        both = (target.slow_mps, target.fast_mps)
        return ("..", *(round(pace_s_per_km(v), 1) for v in both))
    return ("", round(pace_s_per_km(target.speed_mps), 1))


@pytest.mark.parametrize("row", READ, ids=lambda row: row.text)
def test_a_text_of_the_table_is_read_as_it_says(row):
    """Blocks, roles where they are said, and every doubt, no more and no fewer."""
    plan = parse_line(row.text)
    assert len(plan.blocks) == len(row.blocks), [b.name for b in plan.blocks]
    for block, (seconds, metres, pace, role) in zip(plan.blocks, row.blocks, strict=True):
        assert block.duration_s == (None if seconds is None else pytest.approx(seconds))
        assert block.distance_m == (None if metres is None else pytest.approx(metres))
        found = paces(block.target)
        assert (found is None) == (pace is None)
        assert pace is None or found[0] == pace[0]
        assert pace is None or found[1:] == pytest.approx(pace[1:], abs=0.15)
        assert role in (None, block.role)
    assert {d.code for d in plan.doubts} == row.doubts


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.asked is not None], ids=lambda row: row.text
)
def test_a_text_of_the_table_that_is_asked_about_is_refused(row):
    """With what to write."""
    with pytest.raises(PlanError) as caught:
        parse_line(row.text)
    assert re.search(row.asked, str(caught.value))


@pytest.mark.parametrize("row", READ, ids=lambda row: row.text)
def test_the_echo_of_a_text_of_the_table_reads_as_the_same_blocks(row):
    """The canonical line."""
    plan = parse_line(row.text)
    if plan.understood:
        again = parse_line(plan.understood)
        assert [(b.duration_s, b.distance_m, b.role, paces(b.target)) for b in again.blocks] == [
            (b.duration_s, b.distance_m, b.role, paces(b.target)) for b in plan.blocks
        ]
