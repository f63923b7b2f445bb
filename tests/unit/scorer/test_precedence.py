"""Which finding hides which, on flags put together by hand."""

from types import SimpleNamespace
from typing import Any

import pytest

from analyzer.model.findings import Change, Cost, Flag, MissedBlock
from analyzer.scorer.flags.precedence import HIDING, after_precedence
from tests.builders.reviews import flag_of

EARLY_2 = flag_of("GREEDY", 2, by="timing", planned_at_s=1500.0)
LATE_4 = flag_of("LATE_CHANGE", 4, planned_at_s=2100.0)
LEFT_OUT = flag_of("MISSED_BLOCK", None, "possible", by="pace")
MOVED = flag_of("MISSED_BLOCK", 3, by="pace")
COLLAPSE_3 = flag_of("BLOW_UP", 3, at_s=1800.0)


def session_of(bad=()) -> Any:
    """Make as much of a session as precedence looks at: five blocks, some with bad data."""
    blocks = [
        SimpleNamespace(block=SimpleNamespace(index=i), has_bad_data=i in bad, is_unsure=False)
        for i in range(1, 6)
    ]
    return SimpleNamespace(blocks=blocks)


def left(*flags, bad=()):
    """Return what is left of some flags."""
    return [(f.code, f.block) for f in after_precedence(session_of(bad), [*flags])]


@pytest.mark.parametrize(
    ("hidden", "cause"),
    [
        (flag_of("GREEDY", 2), EARLY_2),
        (flag_of("FADE", 4), COLLAPSE_3),
        (flag_of("TOO_SLOW", 3), COLLAPSE_3),
        (flag_of("NON_PROGRESSION", 5), COLLAPSE_3),
        (LATE_4, COLLAPSE_3),
        (flag_of("LATE_CHANGE", None, "cannot_tell"), COLLAPSE_3),
        (LEFT_OUT, COLLAPSE_3),
        (flag_of("FADE", 2), flag_of("FAST_START", 2)),
        (flag_of("BLOW_UP", 5, "possible"), flag_of("FADE", 5)),
        (flag_of("SURGING", 2), flag_of("TOO_FAST", 2)),
        (EARLY_2, LEFT_OUT),
    ],
    ids=lambda flag: f"{flag.code} {flag.certainty}",
)
def test_a_finding_goes_where_its_cause_stands(hidden, cause):
    """Whichever of the two was found first."""
    assert left(hidden, cause) == left(cause, hidden) == [(cause.code, cause.block)]


@pytest.mark.parametrize(
    ("kept", "beside"),
    [
        (flag_of("TOO_SLOW", 2), COLLAPSE_3),
        (EARLY_2, COLLAPSE_3),
        (flag_of("FADE", 4), flag_of("BLOW_UP", 3, "possible", at_s=1800.0)),
        (flag_of("MISSED_BLOCK", 4), COLLAPSE_3),
        (flag_of("BLOW_UP", 5), flag_of("FADE", 2)),
        (EARLY_2, flag_of("MISSED_BLOCK", 4)),
        (EARLY_2, MOVED),
        (MOVED, flag_of("BLOW_UP", 4, at_s=2400.0)),
        (flag_of("SURGING", 2), flag_of("TOO_FAST", 3)),
        (flag_of("WALK_BREAK", 2), flag_of("TOO_SLOW", 2)),
    ],
    ids=lambda flag: f"{flag.code} {flag.certainty}",
)
def test_a_finding_stays_where_the_other_does_not_explain_it(kept, beside):
    """Before the collapse, in another block, or beside a cause that is not sure."""
    assert sorted(left(kept, beside)) == sorted(
        [(kept.code, kept.block), (beside.code, beside.block)]
    )


def test_what_was_hidden_hides_nothing():
    """The fade goes with the fast start; then nothing speaks against the possible collapse."""
    flags = (flag_of("FAST_START", 5), flag_of("FADE", 5), flag_of("BLOW_UP", 5, "possible"))
    assert left(*flags) == [("FAST_START", 5), ("BLOW_UP", 5)]


def test_bad_data_leaves_only_what_can_be_seen_all_the_same():
    """A stop can be seen in a block that was hardly measured, a pace cannot."""
    flags = (flag_of("STOPPED", 3), flag_of("TOO_FAST", 3), flag_of("TOO_FAST", 2))
    assert left(*flags, bad=(3,)) == [("TOO_FAST", 2), ("STOPPED", 3)]


def test_nothing_is_gained_or_lost_against_the_wrong_block():
    """Where a block may be left out no cost is told but that of standing."""
    flags = [
        LEFT_OUT,
        flag_of("TOO_FAST", 2, cost_s=40.0, cost_se_s=10.0, gained_s=12.0),
        flag_of("STOPPED", 3, cost_s=30.0),
    ]
    assert [f.cost for f in after_precedence(session_of(), flags)] == [None, None, Cost(30.0)]


def test_no_row_can_hide_its_own_cause():
    """A flag beside itself stays, by every row of the table."""
    for row in HIDING:
        for code in row.hidden:
            for facts in (None, Change(), MissedBlock(by="pace")):
                flag = Flag(code, 2, "clear", None, None, None, "s", facts)
                assert not row.hides(flag, flag)
