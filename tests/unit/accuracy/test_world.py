"""What contradicts the truth, and what contradicts itself."""

from typing import get_args

import pytest

from analyzer.model.alignment import NoteCode
from analyzer.model.findings import FLAG_CODES, Change, Flag
from analyzer.structs import replace
from tests.accuracy.world import outcome, reviewed
from tests.accuracy.world_truth import (
    BY_OWN_TIME,
    BY_PACE,
    EXCLUDING,
    MAY,
    NOTED,
    TOLD,
    clashes,
    contradicts,
    is_of_another_block,
)
from tests.builders.world.kinds import KINDS, PLAIN
from tests.builders.world.make import make
from tests.builders.world.runner import STEADY
from tests.builders.world.watch import EXACT

pytestmark = pytest.mark.slow

EXAMPLE_SEED = 8


def exact(kind):
    """Make a run of the example plan in which nothing else happens."""
    return make(kind, EXAMPLE_SEED, runner=STEADY, watch=EXACT)


def clear(code, block, facts=None):
    """Return a clear finding."""
    return Flag(code, block, "clear", None, None, None, "s", facts)


def test_the_tables_speak_of_kinds_and_codes_that_exist():
    """A renamed kind or code would let everything pass."""
    assert set(MAY) | set(TOLD) | set(NOTED) | set(BY_OWN_TIME) <= set(KINDS)
    notes = {n for noted in NOTED.values() for n in noted}
    assert notes <= set(get_args(NoteCode))
    codes = {c for may in MAY.values() for c in may} | {c for told in TOLD.values() for c in told}
    assert codes | set(BY_PACE) | {c for pair in EXCLUDING for c in pair} <= set(FLAG_CODES)


@pytest.mark.parametrize("code", FLAG_CODES)
def test_nothing_clear_may_be_said_of_a_plain_run(code):
    """Block 3 was run at its pace, at its time, to its end."""
    assert contradicts(exact(PLAIN), clear(code, 3))


@pytest.mark.parametrize(
    ("kind", "code", "block"),
    [
        ("first block left out", "MISSED_BLOCK", 2),
        ("first block left out", "MISSED_BLOCK", None),
        ("first block left out", "TRUNCATED", 5),
        ("stopped early", "TRUNCATED", 5),
        ("every change 120 s late", "LATE_CHANGE", 3),
        ("every change 120 s early", "GREEDY", 2),
        ("steps reversed", "TOO_FAST", 2),
        ("steps reversed", "TOO_SLOW", 5),
        ("steps reversed", "NON_PROGRESSION", 3),
        ("collapse, heart up", "GREEDY", 2),
        ("collapse, heart up", "BLOW_UP", "event"),
        ("traffic lights", "STOPPED", "event"),
        ("walk break", "WALK_BREAK", "event"),
        ("jog break", "WALK_BREAK", "event"),
        ("fartlek surges", "SURGING", "event"),
        ("unrelated easy run", "TOO_SLOW", 2),
    ],
)
def test_what_happened_may_be_said(kind, code, block):
    """In the block in which it did."""
    made = exact(kind)
    where = made.truth.events[0].block if block == "event" else block
    facts = Change() if code in ("LATE_CHANGE", "GREEDY") and "change" in kind else None
    assert not contradicts(made, clear(code, where, facts))


@pytest.mark.parametrize(
    ("kind", "code", "block"),
    [
        ("walk break", "MISSED_BLOCK", None),
        ("collapse, heart falls fast", "MISSED_BLOCK", None),
        ("collapse, heart up", "BLOW_UP", 1),
        ("first block left out", "MISSED_BLOCK", 3),
        ("last block left out", "BLOW_UP", 5),
        ("steps reversed", "BLOW_UP", 5),
        ("every change 120 s late", "GREEDY", 2),
        ("watch started late", "GREEDY", 2),
        ("dropout", "FAST_START", 1),
        ("late first fix", "TOO_SLOW", 1),
        ("treadmill", "TOO_FAST", 3),
    ],
)
def test_what_did_not_happen_may_not_be_said(kind, code, block):
    """Whatever it looks like to the watch."""
    facts = Change() if code == "GREEDY" else None
    assert contradicts(exact(kind), clear(code, block, facts))


def test_a_block_that_the_clock_has_at_another_ones_time_is_told_apart():
    """Block 2 left out: the clock has block 4 at the time of block 3, which was run as planned."""
    made = exact("first block left out")
    finding = clear("TOO_FAST", 3)
    assert contradicts(made, finding)
    assert is_of_another_block(made, finding)
    assert not is_of_another_block(made, clear("BLOW_UP", 3))


def test_findings_that_exclude_each_other_clash_with_each_other_and_with_the_table():
    """Left out beside a verdict; too fast and too slow at once; early and late for one change."""
    review = reviewed(exact(PLAIN))
    assert clashes(review) == ()
    both = replace(review, flags=(clear("TOO_FAST", 2), clear("TOO_SLOW", 2)))
    assert "TOO_FAST+TOO_SLOW" in clashes(both)
    assert "TOO_FAST+held" in clashes(both)
    assert clashes(replace(review, flags=(clear("MISSED_BLOCK", 2),))) == ("MISSED_BLOCK+held",)
    missed = replace(review, flags=(clear("MISSED_BLOCK", None),))
    assert clashes(missed) == ("MISSED_BLOCK+every block judged",)
    changes = (clear("GREEDY", 2, Change()), clear("LATE_CHANGE", 3, Change()))
    assert clashes(replace(review, flags=changes)) == ("GREEDY+LATE_CHANGE",)


def test_a_stop_is_told_in_its_block_at_its_minute():
    """Lights, found clear today."""
    told = outcome(("traffic lights", EXAMPLE_SEED)).telling
    assert told is not None
    assert (told.clear, told.right_block, told.right_minute) == (True, True, True)


def test_a_start_after_the_recording_is_told_at_its_minute():
    """By the note on the placing, found today."""
    told = outcome(("block 1 begun later", EXAMPLE_SEED)).telling
    assert told is not None
    assert (told.clear, told.right_minute) == (True, True)


def test_changes_are_held_against_the_truth():
    """Four inner boundaries of a plain run of the example, found within 15 s."""
    boundaries = outcome((PLAIN, EXAMPLE_SEED)).boundaries
    assert len(boundaries) == 4
    assert all(b is not None and abs(b.off_s) < 15 for b in boundaries)
