"""Trends are right on athletes whose patience is known: the promises of docs/methods/trends.md."""

from __future__ import annotations

import pytest

from tests.accuracy.athletes import STAYING, Athlete, is_told, recorded, told


def share(athlete, kind, athletes=200):
    """How many are told something of their score [%]."""
    found = [is_told(told(athlete, seed))[0] for seed in range(athletes)]
    return 100 * sum(shown == kind for shown in found) / athletes


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n in STAYING if "longer" not in n and "26" not in n])
def test_whoever_stays_is_seldom_told_a_trend(name):
    """At most 5 % of 500, with spells, changing paces, mixed sessions, missing weeks."""
    athlete = STAYING[name]
    found = [is_told(told(athlete, seed)) for seed in range(500)]
    assert sum(shown in {"better", "worse"} for shown, _ in found) <= 25
    assert sum(parts for _, parts in found) <= 25


@pytest.mark.slow
@pytest.mark.parametrize(("change", "right"), [(30.0, "better"), (-30.0, "worse")])
def test_the_direction_is_right_with_twelve_runs(change, right):
    """In 95 % of them or more, of 30 points in eleven weeks; and it is never the other one."""
    athlete = Athlete(change=change)
    assert share(athlete, right) >= 95
    assert share(athlete, "worse" if right == "better" else "better", 100) == 0


def test_three_runs_cannot_tell():
    """Of nobody, whatever changes."""
    assert share(Athlete(change=60.0, weeks=3), "cannot_tell") == 100


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "shown"), [("better", "better"), ("worse", "worse"), ("stays", "not_shown")]
)
def test_recordings_that_are_read_and_reviewed_show_the_same(kind, shown):
    """Twelve simulated recordings of each."""
    assert recorded((kind, 1000)).score.shown == shown
