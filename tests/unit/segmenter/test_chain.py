"""The chain by itself, on questions small enough to count by hand."""

import itertools

import numpy as np
import pytest

from analyzer.segmenter.chain import Link, solve

N = 6
ENDS = ("cut", "left")
"""Two ways of ending in a block: with the recording, or with the plan alone."""

NEVER = np.full(N + 1, -np.inf)


def link(rng, least=1, most=3):
    """Make a block with random likelihoods for 1 to 3 bins."""
    fits = rng.normal(size=(N + 1, most - least + 1))
    ends = np.arange(N + 1)[:, None] + np.arange(least, most + 1)
    fits[ends > N] = -np.inf
    lengths = rng.normal(size=most - least + 1)
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
            yield b, block.fits[a, j] + block.lengths[j] + marks[b], ()


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
    block = Link(np.full((N + 1, 2), -np.inf), 1, np.zeros(2), np.zeros(N + 1), NEVER, NEVER)
    start = NEVER.copy()
    start[0] = 0.0
    found = solve(start, [block], np.zeros(N + 1), np.zeros(N + 1))
    assert found.skipped.tolist() == pytest.approx([1.0])
    assert found.edges[1].tolist() == pytest.approx([1.0, *itertools.repeat(0.0, N)])
