"""The test for trends against what can be counted by hand."""

from __future__ import annotations

from collections import Counter
from itertools import permutations, product
from math import factorial
from statistics import NormalDist

import pytest

from analyzer.archive.trend_test import SPELLS, Group, Spells, _widening, seasonal_kendall

ALONE = Spells(0.0, 14.0)
"""Every value for itself: the test of the textbooks."""


def weekly(values, step=7.0) -> Group:
    """Values a week apart."""
    return Group(tuple(step * i for i in range(len(values))), tuple(map(float, values)))


def balance_of(values) -> int:
    """Pairs that rise less pairs that fall, counted one by one."""
    return sum(
        (values[j] > values[i]) - (values[j] < values[i])
        for i in range(len(values))
        for j in range(i + 1, len(values))
    )


@pytest.mark.parametrize("n", [3, 4, 5, 6, 7])
def test_all_in_order_is_two_of_all_orders(n):
    """Of the n! orders of n values one rises throughout, and one falls."""
    test = seasonal_kendall([weekly(range(n))], 0.05, ALONE)
    assert test.p_value == pytest.approx(2 / factorial(n))
    assert test.balance == n * (n - 1) // 2


@pytest.mark.parametrize("values", [(1, 2, 3, 4, 5), (1, 1, 2, 3, 3), (1, 1, 1, 2, 2, 2)])
def test_the_chances_are_those_of_all_orders(values):
    """The p-value is the share of all orders that are as far from balance, equal values or not."""
    counts = Counter(balance_of(order) for order in permutations(values))
    total = sum(counts.values())
    for order in set(permutations(values)):
        far = sum(n for s, n in counts.items() if abs(s) >= abs(balance_of(order))) / total
        found = seasonal_kendall([weekly(order)], 0.05, ALONE)
        assert found.p_value == pytest.approx(far if balance_of(order) else 1.0)


def test_two_sessions_add_up():
    """Three runs each of two sessions: the chances are those of all pairs of orders."""
    groups = [weekly((1, 2, 3)), weekly((5, 6, 7))]
    sums = Counter(
        balance_of(a) + balance_of(b) for a, b in product(permutations((1, 2, 3)), repeat=2)
    )
    assert seasonal_kendall(groups, 0.05, ALONE).p_value == pytest.approx((sums[6] + sums[-6]) / 36)


def test_values_of_two_sessions_never_meet():
    """An easy session after a hard one is no progress: both stay, so nothing rises."""
    hard, easy = weekly((50, 50, 50)), Group((30.0, 37.0, 44.0), (90.0, 90.0, 90.0))
    assert seasonal_kendall([hard, easy], 0.05).balance == 0


def test_three_values_can_never_tell():
    """Three in order come by chance in one of three: nothing is said, nothing ruled out."""
    test = seasonal_kendall([weekly((10, 50, 90))], 0.05, ALONE)
    assert (test.sign, test.can_tell, test.low) == (0, False, None)


def test_five_are_the_least_of_one_session():
    """2 / 4! is more than 5 %, 2 / 5! is less; with spells, a week apart, it is still enough."""
    assert not seasonal_kendall([weekly(range(4))], 0.05, ALONE).can_tell
    assert seasonal_kendall([weekly(range(5))], 0.05, ALONE).sign == 1
    assert seasonal_kendall([weekly(range(5))], 0.05).sign == 1
    assert seasonal_kendall([weekly(range(5))], 0.01, ALONE).sign == 0


def test_the_slope_is_the_middle_of_all_pairs():
    """Sen's slope of 0, 1, 2, 3 and an outlier of 40 a week apart: half of 6 pairs are 1 a week."""
    test = seasonal_kendall([weekly((0, 1, 2, 3, 40))], 0.05, ALONE)
    slopes = sorted([1 / 7] * 6 + [37 / 7, 38 / 14, 39 / 21, 40 / 28])
    assert test.slope == pytest.approx((slopes[4] + slopes[5]) / 2)
    assert (test.low, test.high) == pytest.approx((slopes[0], slopes[-1]))


def test_the_interval_is_what_the_test_does_not_reject():
    """With a slope outside the interval taken off, a trend is left; with one inside, none is."""
    values = (3.0, 1.0, 4.0, 6.0, 5.0, 9.0, 7.0, 8.0)
    test = seasonal_kendall([weekly(values)], 0.05, ALONE)
    assert test.low is not None
    assert test.high is not None
    for slope, is_left in (
        (test.low - 0.001, True),
        (test.low + 0.001, False),
        (test.high - 0.001, False),
        (test.high + 0.001, True),
    ):
        rest = [v - slope * 7 * i for i, v in enumerate(values)]
        assert (seasonal_kendall([weekly(rest)], 0.05, ALONE).sign != 0) is is_left


def test_direction_and_interval_agree_with_equal_values():
    """A share that is 100 % but for one run is no trend, whatever its middle slope."""
    test = seasonal_kendall([weekly((50, 100, 100, 100, 100, 100, 100))], 0.05, ALONE)
    assert test.sign == 0
    assert test.low == 0.0
    assert test.high is not None


def test_lasting_spells_make_the_test_careful():
    """The same order says less, the more of the scatter is spells and the longer they last."""
    runs = [weekly((1, 2, 3, 4, 6, 5, 7, 8))]
    lasting = (ALONE, Spells(0.3, 14.0), Spells(0.5, 14.0), Spells(0.5, 21.0))
    chances = [seasonal_kendall(runs, 0.05, spells).p_value for spells in lasting]
    assert chances == sorted(chances)
    assert chances[0] < chances[1]


def test_many_values_go_over_into_the_normal_distribution():
    """Beyond 40 values of a group the normal distribution takes over, and says nearly the same."""
    values = [i % 7 + i / 37 for i in range(40)]
    exact = seasonal_kendall([weekly(values)], 0.05, ALONE).p_value
    deviation = (40 * 39 * 85 / 18) ** 0.5
    normal = 2 * NormalDist().cdf(-(balance_of(values) - 1) / deviation)
    assert exact == pytest.approx(normal, rel=0.08)
    longer = [i % 7 + i / 37 for i in range(41)]
    deviation = (41 * 40 * 87 / 18) ** 0.5
    normal = 2 * NormalDist().cdf(-(balance_of(longer) - 1) / deviation)
    assert seasonal_kendall([weekly(longer)], 0.05, ALONE).p_value == pytest.approx(normal)


def test_equal_days_are_not_compared():
    """Two runs of one day have no order; with only those there is no pair at all."""
    assert seasonal_kendall([Group((1.0, 1.0), (3.0, 4.0))], 0.05).slope is None
    test = seasonal_kendall([Group((0.0, 0.0, 7.0), (1.0, 2.0, 3.0))], 0.05, ALONE)
    assert test.balance == 2


def test_nothing_is_nothing():
    """No values: no trend, and none can be told."""
    assert not seasonal_kendall([], 0.05).can_tell


def test_equal_days_and_values_at_once_have_the_variance_of_all_orders():
    """Kendall's correction for ties in both, against the balances of all orders of the values."""
    days, values = (0.0, 0.0, 7.0, 14.0, 14.0), (1.0, 1.0, 2.0, 2.0, 3.0)
    balances = [
        sum(
            (1 if order[j] > order[i] else -1)
            for i in range(5)
            for j in range(i + 1, 5)
            if days[i] != days[j] and order[i] != order[j]
        )
        for order in permutations(values)
    ]
    variance = sum(b * b for b in balances) / len(balances)
    found = seasonal_kendall([Group(days, values)], 0.05, ALONE)
    normal = 2 * NormalDist().cdf(-(found.balance - 1) / variance**0.5)
    assert found.p_value == pytest.approx(normal)


def test_the_effect_of_spells_grows_on_beyond_the_runs_it_is_reckoned_from():
    """The same order of runs, scaled: with 41 runs spells widen a little more than with 40."""
    sizes = (20, 40, 41, 100)
    wide = [_widening((tuple(7.0 * i for i in range(n)),), SPELLS) for n in sizes]
    assert wide == sorted(wide)
    assert wide[3] == pytest.approx(2.354, rel=0.02)  # reckoned once from all pairs of 100 runs
