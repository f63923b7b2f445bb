"""The chain by itself, on questions small enough to count by hand."""

import itertools

import numpy as np
import pytest

from analyzer.segmenter.chain import Link, Marginals, solve

N = 6
ENDS = ("cut", "left")
"""Two ways of ending in a block: with the recording, or with the plan alone."""

NEVER = np.full(N + 1, -np.inf)


def link(rng, least=1, most=3):
    """Make a block with random likelihoods for 1 to 3 bins."""
    fits = rng.normal(size=(N + 1, most - least + 1))
    ends = np.arange(N + 1)[:, None] + np.arange(least, most + 1)
    fits[ends > N] = -np.inf
    lengths = np.exp(rng.normal(size=most - least + 1))
    skipped, cut, left = (rng.normal(size=N + 1) - 2 for _ in range(3))
    return Link(fits, least, lengths, skipped, cut, left)


def every_way(first, links, marks, last):
    """Walk all ways through two blocks: edges reached, skipped, how it ends and where, weight."""
    one, two = links
    for a in range(N + 1):
        for how in ENDS:
            yield (a,), (), (how, 0), first[a] + getattr(one, how)[a]
        for b, w, skipped in steps(one, a, marks):
            for how in ENDS:
                yield (a, b), skipped, (how, 1), first[a] + w + getattr(two, how)[b]
            for c, v, more in steps(two, b, marks):
                yield (a, b, c), (*skipped, *(2 for _ in more)), None, first[a] + w + v + last[c]


def steps(block, a, marks):
    """Ways over one block from an edge: end, weight, whether it was skipped."""
    yield a, block.skipped[a], (1,)
    for j in range(block.fits.shape[1]):
        b = a + block.least + j
        if b <= N:
            yield b, block.fits[a, j] + np.log(block.lengths[j]) + marks[b], ()


@pytest.mark.parametrize("seed", range(5))
def test_the_marginals_are_those_of_counting_every_way(seed):
    """Forward-backward over two blocks and six bins equals the sum over all ways."""
    rng = np.random.default_rng(seed)
    first, marks, last = (rng.normal(size=N + 1) for _ in range(3))
    links = [link(rng), link(rng, 2, 4)]
    found = solve(first, links, marks, last)
    edges, skipped = np.zeros((3, N + 1)), np.zeros(2)
    ends = {how: np.zeros(2) for how in ENDS}
    for reached, left_out, ended, weight in every_way(first, links, marks, last):
        p = np.exp(weight)
        for k, at in enumerate(reached):
            edges[k, at] += p
        for block in left_out:
            skipped[block - 1] += p
        if ended is not None:
            ends[ended[0]][ended[1]] += p
    total = edges[0].sum()
    assert found.log_evidence == pytest.approx(np.log(total))
    assert np.allclose(found.edges, edges / total)
    assert np.allclose(found.skipped, skipped / total)
    assert np.allclose(found.cut, ends["cut"] / total)
    assert np.allclose(found.left, ends["left"] / total)


def test_a_chain_of_impossible_blocks_is_cut_or_skipped_and_nothing_else():
    """No length fits: what remains is leaving the block out, with certainty."""
    block = Link(np.full((N + 1, 2), -np.inf), 1, np.ones(2), np.zeros(N + 1), NEVER, NEVER)
    start = NEVER.copy()
    start[0] = 0.0
    found = solve(start, [block], np.zeros(N + 1), np.zeros(N + 1))
    assert found.skipped.tolist() == pytest.approx([1.0])
    assert found.edges[1].tolist() == pytest.approx([1.0, *itertools.repeat(0.0, N)])


def long_chain(rng, spread, edges=200):
    """Make a chain of three blocks on more edges, with likelihoods spread so far, in ln."""
    first, last = (rng.normal(size=edges) * spread for _ in range(2))
    marks = rng.normal(size=edges)
    first[150:] = -np.inf
    links = []
    for least, count in ((5, 30), (1, 1), (20, 70)):
        fits = rng.normal(size=(edges, count)) * spread
        fits[np.arange(edges)[:, None] + np.arange(least, least + count) >= edges] = -np.inf
        lengths = np.exp(rng.normal(size=count if count < 70 else (edges, count)))
        skipped, cut, left = (rng.normal(size=edges) * spread - 5 for _ in range(3))
        links.append(Link(fits, least, lengths, skipped, cut, left))
    return first, links, marks, last


def edge_by_edge(first, links, marks, last):
    """Weigh every way in logarithms alone, with a table of all pairs of edges for each block."""
    ways = []
    for one in links:
        table = np.full((first.size, first.size), -np.inf)
        with np.errstate(divide="ignore"):
            known = one.fits + np.log(one.lengths)
        for j in range(one.fits.shape[1]):
            ends = np.arange(one.least + j, first.size)
            table[ends - one.least - j, ends] = known[: ends.size, j] + marks[ends]
        np.fill_diagonal(table, one.skipped)
        ways.append(table)
    ahead, behind = [first], [last]
    for table in ways:
        ahead.append(np.logaddexp.reduce(ahead[-1][:, None] + table, axis=0))
    for one, table in zip(reversed(links), reversed(ways), strict=True):
        onward = np.logaddexp.reduce(table + behind[-1], axis=1)
        behind.append(np.logaddexp(onward, np.logaddexp(one.cut, one.left)))
    log_z = np.logaddexp.reduce(first + behind[-1])
    edges = np.exp(np.stack(ahead) + np.stack(behind[::-1]) - log_z)
    pairs = list(zip(links, ahead[:-1], behind[-2::-1], strict=True))
    skipped = [np.exp(a + one.skipped + b - log_z).sum() for one, a, b in pairs]
    cut = [np.exp(a + one.cut - log_z).sum() for one, a, _ in pairs]
    left = [np.exp(a + one.left - log_z).sum() for one, a, _ in pairs]
    return Marginals(edges, np.array(skipped), np.array(cut), np.array(left), float(log_z))


def agree(one, two, within=1e-6):
    """Whether two solutions say the same of everything."""
    return all(
        np.allclose(getattr(one, field), getattr(two, field), rtol=within, atol=within)
        for field in Marginals._fields
    )


@pytest.mark.parametrize("spread", [0.3, 3.0, 30.0])
@pytest.mark.parametrize("seed", range(4))
def test_row_by_row_says_what_all_pairs_of_edges_do(seed, spread):
    """By and large flat, or with all the weight on few ways: the same to six digits."""
    made = long_chain(np.random.default_rng(seed), spread)
    assert agree(solve(*made), edge_by_edge(*made))


@pytest.mark.parametrize("spread", [0.3, 3.0, 30.0])
def test_short_floats_say_the_same_to_four_digits(spread):
    """Tables take half the memory in short floats; nothing that is reported moves for it."""
    first, links, marks, last = long_chain(np.random.default_rng(5), spread)
    short = [one._replace(fits=one.fits.astype(np.float32)) for one in links]
    found = solve(first, short, marks, last)
    assert agree(found, edge_by_edge(first, links, marks, last), within=1e-4)


@pytest.mark.parametrize("digits", [np.float32, np.float64])
@pytest.mark.parametrize("fall", [-1500.0, 1500.0])
def test_a_chain_beyond_the_range_of_a_float_is_solved_all_the_same(fall, digits):
    """Every block this much less or more likely than what it is held against: 0, or infinite."""
    first, links, marks, last = long_chain(np.random.default_rng(1), 1.0)
    links = [one._replace(fits=(one.fits + fall).astype(digits)) for one in links]
    never = [one._replace(skipped=one.cut - np.inf, cut=one.cut - np.inf) for one in links]
    never = [one._replace(left=one.cut) for one in never]
    found = solve(first, never, marks, last)
    assert np.isfinite(found.log_evidence)
    assert found.edges.sum(axis=1).tolist() == pytest.approx([1.0] * 4)


def test_what_only_the_end_of_a_run_shows_is_not_lost_on_the_way():
    """The one start that can be right is the least likely of all, by more than a float holds."""
    first, links, marks, last = long_chain(np.random.default_rng(2), 1.0)
    first[:] = 0.0
    first[100] = -900.0
    ways = [one._replace(fits=one.fits.copy()) for one in links]
    ways = [one._replace(cut=one.cut - 3000.0, left=one.left - 3000.0) for one in ways]
    ways[0].fits[:100] -= 2000.0
    ways[0].fits[101:] -= 2000.0
    ways[0] = ways[0]._replace(skipped=ways[0].skipped - 2000.0)
    found = solve(first, ways, marks, last)
    assert found.edges[0, 100] == pytest.approx(1.0)
    assert agree(found, edge_by_edge(first, ways, marks, last))
