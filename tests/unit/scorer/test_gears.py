"""Which blocks were run at the pace of the next: told from all blocks together."""

import pytest

from tests.builders.exact import EXAMPLE, codes, off, plan_of, scored


def greedy(*pieces, plan=None, **options):
    """Return certainty by block of GREEDY."""
    result = scored(pieces, plan, **options)
    return {f.block: f.certainty for f in result.flags if f.code == "GREEDY"}


def test_one_block_at_the_next_pace_among_blocks_on_plan_is_clear():
    """4.3 % of 4.3: the other four show that the watch is right."""
    assert greedy(*off(0, 4.26, 0, 0, 0)) == {2: "clear"}


def test_a_watch_that_reads_fast_in_all_blocks_makes_none_of_them_greedy():
    """2.3 % in every block is more than half a step, but it is in all of them."""
    assert "clear" not in greedy(*off(2.3, 2.3, 2.3, 2.3, 2.3)).values()


def test_the_same_block_is_clear_though_the_watch_reads_slow():
    """All read 1.5 % slow, one of them 1.5 + 4.3 faster: x is 2.8 of 4.3."""
    assert greedy(*off(-1.5, 2.8, -1.5, -1.5, -1.5)) == {2: "clear"}


def test_a_block_faster_than_the_next_pace_is_greedy_too():
    """6.5 % of 4.3: 3:45 for 4:00."""
    assert greedy((900, 300), (600, 225), *EXAMPLE[2:])[2] == "clear"


def test_blocks_that_are_off_otherwise_do_not_make_a_held_one_greedy():
    """Two blocks 6 % slow are elsewhere: they say nothing about the watch."""
    assert greedy(*off(0, 2.2, 0, -6, -6)).get(2) != "clear"


@pytest.mark.parametrize("percent", [6.0, 10.0, 15.0, 20.0])
def test_a_collapse_at_the_end_makes_no_earlier_block_greedy(percent):
    """Block 2 is 2.4 % fast, of a step of 4.3; what became of blocks 4 and 5 does not matter."""
    assert greedy(*off(0, 2.4, 0, -percent, -percent)).get(2) != "clear"


def test_what_is_clearly_greedy_is_too_fast():
    """Verdict, table and sentence follow TOO_FAST, so the two may not part."""
    result = scored(off(-1.5, 2.8, -1.5, -1.5, -1.5))
    assert ("TOO_FAST", 2) in codes(result)
    assert result.blocks[1].verdict == "too_fast"


def test_an_easy_block_cannot_be_greedy():
    """It is too fast, and that is all."""
    result = scored([(900, 260), *EXAMPLE[1:]])
    assert ("GREEDY", 1) not in codes(result)
    assert ("TOO_FAST", 1) in codes(result)


def test_a_plan_without_steps_has_no_gears():
    """One pace for two blocks."""
    plan = plan_of(((900, 240), (900, 240)))
    assert greedy((900, 225), (900, 225), plan=plan) == {}


@pytest.mark.parametrize("count", [1, 2, 14])
def test_any_number_of_blocks_is_weighed(count):
    """From one block on."""
    blocks = tuple((300, 300 - 5 * i) for i in range(count))
    greedy(*blocks, plan=plan_of(blocks))
