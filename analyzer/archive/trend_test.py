"""
Whether values rise or fall over time where only some may be compared: pure statistics.

The seasonal test of Kendall [1]_ adds up, over groups of values that can be compared, how many
pairs rise less how many fall. Here a group is one training session that was run again and again,
as the seasons are in [1]_: an easy session never meets a hard one. How steep the trend is, is the
median of the slopes of those pairs; its interval holds the slopes that the same test would not
reject [2]_, [3]_.

How many it takes: without a trend, n values of one group all rise, or all fall, with a probability
of 2 / n!: 33 % for 3, 8 % for 4, 1.7 % for 5. So fewer than 5 of one session can never tell at
5 %, however clear they look; at 1 % it takes 6.

Good and bad spells: the test takes values to be independent, and a runner's are not, as a cold or
a good month holds several together. Then it finds trends that are none. How large the effect is
cannot be learnt from twelve values, so it is assumed (`SPELLS`), and what it does to the variance
of the balance follows [5]_.

References
----------
.. [1] Hirsch, R. M., Slack, J. R., Smith, R. A. (1982): Techniques of trend analysis for monthly
   water quality data. Water Resources Research 18(1), 107-121; Hirsch, R. M., Slack, J. R. (1984):
   A nonparametric trend test for seasonal data with serial dependence. 20(6), 727-732.
.. [2] Gilbert, R. O. (1987): Statistical Methods for Environmental Pollution Monitoring,
   ch. 16 and 17.
.. [3] Sen, P. K. (1968): Estimates of the regression coefficient based on Kendall's tau.
   J. Am. Stat. Assoc. 63, 1379-1389.
.. [4] Kendall, M. G. (1975): Rank Correlation Methods, 4th ed., ch. 4 (ties) and 5 (exact).
.. [5] Hamed, K. H., Rao, A. R. (1998): A modified Mann-Kendall trend test for autocorrelated data.
   Journal of Hydrology 204, 182-196.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from functools import cache, lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from analyzer.median import median

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


class Spells(NamedTuple):
    """
    Good and bad spells of a runner.

    Parameters
    ----------
    share : float
        Of the scatter of values about their trend; the rest is of the day alone.
    days : float
        After so many the correlation of two values has fallen to 1/e of that.
    """

    share: float
    days: float


class Group(NamedTuple):
    """Values that may be compared with one another, and the days they are of."""

    days: tuple[float, ...]
    values: tuple[float, ...]


class Kendall(NamedTuple):
    """
    What the values show.

    Parameters
    ----------
    size : int
        Values in groups of two or more.
    balance : int
        Pairs that rise less pairs that fall.
    p_value : float
        How probable a balance as far from 0 is where there is no trend, two-sided; 1 where
        nothing can be compared.
    slope : float or None
        Median slope of all pairs, per day; None without a pair.
    low, high : float or None
        The slopes between these are not rejected, per day. None where there are too few values
        to reject any, were they all in order.
    """

    size: int = 0
    balance: int = 0
    p_value: float = 1.0
    slope: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def can_tell(self) -> bool:
        """Whether so many values could show a trend at all."""
        return self.low is not None

    @property
    def sign(self) -> int:
        """1 for a rise, -1 for a fall, 0 where neither is shown."""
        if self.low is None or self.high is None:
            return 0
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


LEAST_RUNS = 5
"""Fewer values of one group never tell a trend at 5 %."""

SPELLS = Spells(0.5, 14.0)
"""Half of the scatter is spells, which fade as the fatigue of Banister's model does (7 to 15 days,
towards its long end). Two runs a week apart then correlate by 0.3."""

MOST_EXACT = 40
"""Beyond so many values of a group the normal distribution is as good as the exact one."""

MOST_RELATED = 40
"""The effect of spells is reckoned from so many values, the latest, and carried on for more: with
n values it falls short of its limit by a part that goes as 1 / n."""

NORMAL = NormalDist()


def seasonal_kendall(groups: Sequence[Group], level: float, spells: Spells = SPELLS) -> Kendall:
    """
    Test for a trend.

    Parameters
    ----------
    groups : sequence of Group
        Only values of one group are compared.
    level : float
        How often a trend may be told where there is none.
    spells : Spells
        How values hang together beside a trend.

    Returns
    -------
    Kendall
        A trend is shown where ``sign`` is not 0: the test says so, and its interval of slopes
        lies on one side of 0. Where many values are equal the interval is the stricter of the two.
    """
    compared = [g for g in groups if len(set(g.days)) > 1]
    if not compared:
        return Kendall()
    slopes = np.sort(np.concatenate([_slopes(g) for g in compared]))
    widening = _widening(tuple(g.days for g in compared), spells)
    balance = sum(_balance(g) for g in compared)
    p_value = _null(compared, widening).p_value(abs(balance))
    size = sum(len(g.days) for g in compared)
    told = Kendall(size, balance, p_value, median(slopes))
    # The interval is that of the test where no two values are equal.
    untied = _null([Group(g.days, tuple(range(len(g.days)))) for g in compared], widening)
    balances = range(1, slopes.size + 1)
    critical = 1 + bisect_left(balances, True, key=lambda b: untied.p_value(b) <= level)
    if critical > slopes.size:
        return told
    outside = (slopes.size - critical) // 2
    low, high = float(slopes[outside]), float(slopes[-1 - outside])
    if p_value > level:
        low, high = min(low, 0.0), max(high, 0.0)
    return told._replace(low=low, high=high)


def _slopes(group: Group) -> Floats:
    """Return the slopes of all pairs of different days [per day]."""
    days, values = (np.asarray(v, dtype=np.float64) for v in group)
    i, j = np.tril_indices(days.size, -1)
    apart, rise = days[i] - days[j], values[i] - values[j]
    slopes: Floats = rise[apart != 0] / apart[apart != 0]
    return slopes


def _balance(group: Group) -> int:
    """Return Kendall's S: pairs that rise less pairs that fall."""
    days, values = (np.sign(np.subtract.outer(np.asarray(v), np.asarray(v))) for v in group)
    return round(float((days * values).sum()) / 2)


class _Null(NamedTuple):
    """
    How the balance is distributed where there is no trend.

    Parameters
    ----------
    chances : array or None
        Of 0, 1, 2, ... falling pairs; None where only the variance is known.
    variance : float
        Of the balance of independent values.
    widening : float
        How many times as large spells make it.
    """

    chances: Floats | None
    variance: float
    widening: float

    def p_value(self, balance: int) -> float:
        """
        Return the probability of a balance so far from 0 or farther, two-sided.

        The probability for independent values is taken to standard deviations of a normal
        distribution, and these are as much wider as spells make them.
        """
        plain = self._independent(balance)
        if self.widening <= 1.0 or not 0 < plain < 1:
            return plain
        return 2 * NORMAL.cdf(NORMAL.inv_cdf(plain / 2) / math.sqrt(self.widening))

    def _independent(self, balance: int) -> float:
        """Return the same for independent values; by [4]_ with its correction for continuity."""
        if balance <= 0 or self.variance <= 0:
            return 1.0
        if self.chances is None:
            return 2 * NORMAL.cdf(-(balance - 1) / math.sqrt(self.variance))
        falling = (self.chances.size - 1 - balance) // 2
        return min(1.0, 2 * float(self.chances[: falling + 1].sum())) if falling >= 0 else 0.0


def _null(groups: Sequence[Group], widening: float) -> _Null:
    """Return the distribution without a trend, exact where that is known."""
    variance = sum(_variance(g) for g in groups)
    chances = np.ones(1)
    for group in groups:
        own = _chances(group)
        if own is None:
            return _Null(None, variance, widening)
        chances = np.convolve(chances, own)
    return _Null(chances, variance, widening)


def _chances(group: Group) -> Floats | None:
    """
    Return the probabilities of 0, 1, 2, ... falling pairs in values of random order.

    Values come one after the other: among m that are there, one more falls behind 0 to m of them,
    each as probable. So many equal ones are distributed as the U of Mann and Whitney. Equal days
    do what equal values do; None where there are both, or very many values.
    """
    days, values = (tuple(sorted(Counter(v).values())) for v in group)
    if len(group.days) > MOST_EXACT or (days[-1] > 1 and values[-1] > 1):
        return None
    chances, there = np.ones(1), 0
    for equal in max(days, values):  # whichever has equal ones
        chances = np.convolve(chances, _passed(equal, there))
        there += equal
    return chances


@cache
def _passed(first: int, second: int) -> Floats:
    """Return the probabilities of Mann and Whitney's U = 0, 1, ... first * second."""
    if not first or not second:
        return np.ones(1)
    chances = np.zeros(first * second + 1)
    share = first / (first + second)
    chances[second:] += share * _passed(first - 1, second)
    chances[: first * (second - 1) + 1] += (1 - share) * _passed(first, second - 1)
    return chances


def _variance(group: Group) -> float:
    """Return the variance of the balance of independent values, ties in it [4]_."""
    every = [len(group.days)]
    days, values = (list(Counter(v).values()) for v in group)
    variance = (_fives(every) - _fives(days) - _fives(values)) / 18
    if every[0] > 2:
        variance += _triples(days) * _triples(values) / (9 * _triples(every))
    return variance + _pairs(days) * _pairs(values) / (2 * _pairs(every))


def _pairs(sizes: Iterable[int]) -> float:
    """Return the sum of t (t - 1) over groups of t equal ones."""
    return float(sum(t * (t - 1) for t in sizes))


def _triples(sizes: Iterable[int]) -> float:
    """Return the sum of t (t - 1) (t - 2)."""
    return float(sum(t * (t - 1) * (t - 2) for t in sizes))


def _fives(sizes: Iterable[int]) -> float:
    """Return the sum of t (t - 1) (2 t + 5)."""
    return float(sum(t * (t - 1) * (2 * t + 5) for t in sizes))


@lru_cache(maxsize=1024)
def _widening(days: tuple[tuple[float, ...], ...], spells: Spells) -> float:
    """
    Return by how much spells widen the variance of the balance.

    Of values with a joint normal distribution, the signs of two differences with correlation r
    have the covariance 2 / pi * asin(r); their sum over all pairs of pairs is the variance [5]_.
    All sessions share the runner's spells.
    """
    at = sorted((day, i) for i, group in enumerate(days) for day in group)
    if len(at) <= MOST_RELATED:
        return _ratio(at, spells)
    all_of_them = _ratio(at[-MOST_RELATED:], spells)
    half_of_them = _ratio(at[-MOST_RELATED // 2 :], spells)
    return all_of_them + (all_of_them - half_of_them) * (1 - MOST_RELATED / len(at))


def _ratio(at: Sequence[tuple[float, int]], spells: Spells) -> float:
    """Return the variance with spells as a multiple of that without, of values (day, group)."""
    day, group = (np.array(v, dtype=np.float64) for v in zip(*at, strict=True))
    i, j = np.tril_indices(day.size, -1)
    is_pair = (group[i] == group[j]) & (day[i] != day[j])
    i, j = i[is_pair], j[is_pair]
    if not i.size or not spells.share:
        return 1.0
    alike = spells.share * np.exp(-np.abs(np.subtract.outer(day, day)) / spells.days)
    np.fill_diagonal(alike, 1.0)
    return _spread(alike, i, j) / _spread(np.eye(day.size), i, j)


def _spread(alike: Floats, i: npt.NDArray[np.intp], j: npt.NDArray[np.intp]) -> float:
    """Return the variance of the sum of the signs of differences, by their correlations."""
    both = alike[np.ix_(i, i)] - alike[np.ix_(i, j)] - alike[np.ix_(j, i)] + alike[np.ix_(j, j)]
    size = np.sqrt(np.diag(both))
    return float(np.arcsin(np.clip(both / np.outer(size, size), -1.0, 1.0)).sum() * 2 / math.pi)
