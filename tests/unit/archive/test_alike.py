"""Which earlier run is most like this one, and what is said of the two."""

from __future__ import annotations

import pytest

from analyzer.archive.alike import distance, most_alike
from analyzer.report.language import speaking
from analyzer.report.trends.alike import alike_sentence
from tests.builders.run_rows import block_row_of, run_row_of


def session(*blocks):
    """Blocks of (minutes, pace)."""
    return tuple(
        block_row_of(i, 60.0 * minutes, pace) for i, (minutes, pace) in enumerate(blocks, start=1)
    )


TUESDAY = session((15, 300), (10, 240), (10, 230), (10, 220))
NOW = run_row_of(70, 80.0, session="now", stimulus="tuesday", blocks=TUESDAY, gained_s=10.0)


def test_the_same_session_goes_before_a_later_one_of_other_paces():
    """However long ago it was."""
    same = NOW._replace(day=run_row_of(0).day, start_utc=run_row_of(0).start_utc)
    other = run_row_of(63, session="other", stimulus="tuesday", blocks=TUESDAY)
    found = most_alike(NOW, [same, other])
    assert found is not None
    assert (found.session, found.day) == ("same", same.day)
    found = most_alike(NOW, [other])
    assert found is not None
    assert found.session == "same_stimulus"


def test_of_equal_ones_the_latest():
    """Last week says more of a runner than last month."""
    days = [most_alike(NOW, [run_row_of(d, session="now") for d in order]) for order in
            ((7, 63, 35), (63, 7, 35))]  # fmt: skip
    assert {a.day for a in days if a is not None} == {run_row_of(63).day}


def test_else_the_nearest_in_blocks_and_relative_paces():
    """The same steps 10 s/km slower are nearer than steps of another size, or fewer blocks."""
    slower = session((15, 310), (10, 250), (10, 240), (10, 230))
    steeper = session((15, 300), (10, 250), (10, 225), (10, 200))
    fewer = session((15, 300), (10, 240), (10, 230))
    apart = [distance(TUESDAY, other) for other in (TUESDAY, slower, steeper, fewer)]
    assert apart[0] == 0.0
    assert apart == sorted(apart)


def test_another_kind_of_session_is_no_yardstick():
    """A long run of one block has nothing to do with four steps."""
    long_run = run_row_of(63, session="long", stimulus="long", blocks=session((90, 320)))
    assert most_alike(NOW, [long_run]) is None


@pytest.mark.parametrize(
    "other", [run_row_of(77, session="now"), run_row_of(7, None, session="now"), NOW]
)
def test_later_unscored_and_this_run_itself_are_passed_over(other):
    """Only what came before can be a yardstick."""
    assert most_alike(NOW, [other]) is None


def test_the_sentence_claims_no_more_than_the_ranges():
    """72 to 80 with ranges of 5 points overlap; 50 to 80 do not."""
    near = run_row_of(63, 72.0, session="now", gained_s=22.0)
    far = run_row_of(63, 50.0, session="now", gained_s=22.0)
    said = []
    for earlier in (near, far):
        found = most_alike(NOW, [earlier])
        assert found is not None
        said.append(alike_sentence(found))
    assert said == [
        "Against the same session on 9 March 2026: 12 s less gained early, 8 points more; "
        "the ranges overlap, so the two may be alike.",
        "Against the same session on 9 March 2026: 12 s less gained early, 30 points more.",
    ]


def test_the_sentence_in_german():
    """The same numbers."""
    found = most_alike(NOW, [run_row_of(63, 50.0, session="now", gained_s=22.0)])
    assert found is not None
    with speaking("de"):
        assert alike_sentence(found) == (
            "Gegenüber derselben Einheit am 9. März 2026: 12 s weniger zu früh gewonnen, "
            "30 Punkte mehr."
        )
