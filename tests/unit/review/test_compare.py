"""Runs side by side: names, order and what they share, on reviews put together by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from analyzer.errors import PlanError
from analyzer.review.compare import lay_side_by_side, outcome_of
from analyzer.structs import replace
from tests.builders.reviews import flag_of, review_with

DAY = datetime(2026, 3, 6, 6, 30, tzinfo=UTC)


def on(days, hours=0.0, source="run.fit", **options):
    """Make a review of a run so many days and hours later."""
    start = None if days is None else DAY + timedelta(days=days, hours=hours)
    return review_with(start_time=start, source=source, **options)


def labels(*reviews, names=None, sort=None):
    """Return the labels in the order of the rows."""
    return [run.label for run in lay_side_by_side(reviews, names, sort).runs]


def ranged(review, low, high):
    """Give a review's score another range."""
    return replace(review, score=replace(review.score, low=low, high=high))


def test_a_run_is_called_by_its_day():
    """Runs of several days are sorted by date, whatever the order they came in."""
    assert labels(on(7), on(0)) == ["6 Mar 2026", "13 Mar 2026"]


def test_two_runs_of_one_day_are_told_apart_by_the_time():
    """The third, of another day, keeps its date alone."""
    assert labels(on(0), on(0, 11), on(3)) == [
        "6 Mar 2026 06:30",
        "6 Mar 2026 17:30",
        "9 Mar 2026",
    ]


def test_the_file_is_named_only_where_nothing_else_tells_two_apart():
    """The same minute, or no time at all."""
    assert labels(on(0, source="a.fit"), on(0, source="b.fit")) == ["a.fit", "b.fit"]
    assert labels(on(None, source="c.gpx"), on(0)) == ["6 Mar 2026", "c.gpx"]


def test_files_of_one_name_are_told_apart_by_what_the_command_calls_them():
    """With the folders that differ, where nothing else does."""
    side = lay_side_by_side([on(0), on(0)], files=["anna/run.fit", "ben/run.fit"])
    assert [run.label for run in side.runs] == ["anna/run.fit", "ben/run.fit"]


def test_one_file_given_twice_is_numbered():
    """No two labels are alike."""
    assert labels(on(0), on(0)) == ["run.fit (1)", "run.fit (2)"]


def test_no_label_is_like_another_even_if_a_name_looks_like_a_number():
    """A runner who is called as the second of two files would be."""
    found = labels(on(0), on(0), on(0), names=["", "", "run.fit (1)"])
    assert len(set(found)) == 3


def test_names_are_the_labels_and_an_empty_one_is_none():
    """In the order given on one day."""
    assert labels(on(0), on(0, 1), names=["Ben", " "]) == ["Ben", "6 Mar 2026"]


def test_one_name_over_weeks_gets_the_day_beside_it():
    """Three runs of Anna."""
    assert labels(on(7), on(0), names=["Anna", "Anna"]) == ["Anna, 6 Mar 2026", "Anna, 13 Mar 2026"]


def test_a_name_is_one_clean_line():
    """No escape, no turned writing."""
    assert labels(on(0), on(0), names=["A\x1b[2J\u202en", "B\nC"]) == ["A[2Jn", "B C"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (None, ["C", "a", "B"]),
        ("given", ["B", "C", "a"]),
        ("date", ["C", "a", "B"]),
        ("score", ["a", "C", "B"]),
        ("name", ["a", "B", "C"]),
    ],
)
def test_the_rows_are_sorted_as_asked(sort, order):
    """B is the last day and has no score, a the best one."""
    runs = on(9, score=None), on(1, score=60.0), on(2, score=90.0)
    found = labels(*runs, names=["B", "C", "a"], sort=sort)
    assert found == order


def test_each_block_is_counted_once_in_every_run():
    """Forced, held, slow and skipped; the counts add up to the runs."""
    skipped = review_with((300.0, None, 230.0, 220.0, 210.0), changes={2: {"status": "missed"}})
    forced = review_with((300.0, 225.0, 230.0, 220.0, 210.0))
    slow = review_with((300.0, 255.0, 230.0, 220.0, 210.0))
    side = lay_side_by_side([review_with(), forced, slow, skipped])
    second = side.blocks[1]
    assert (second.held, second.too_fast, second.too_slow, second.unfinished) == (1, 1, 1, 1)
    for block in side.blocks:
        told = (block.held, block.too_fast, block.too_slow, block.unfinished, block.not_scored)
        assert sum(told) == 4
    assert outcome_of(skipped.blocks[1]) == "unfinished"


def test_a_finding_counts_once_a_run_and_only_if_it_is_clear():
    """Two stops in one run, a possible one in the other; too fast is a verdict."""
    twice = review_with(
        flags=(flag_of("STOPPED", 2), flag_of("STOPPED", 3), flag_of("TOO_FAST", 4))
    )
    perhaps = review_with(flags=(flag_of("STOPPED", 2, "possible"),))
    side = lay_side_by_side([twice, perhaps])
    assert [(f.code, f.runs) for f in side.findings] == [("STOPPED", 1)]


def test_what_a_verdict_or_a_status_shows_is_not_counted_again():
    """Run at the next pace, a block was too fast; left early for it, it may well be held."""
    shown = ("TOO_FAST", "TOO_SLOW", "GREEDY", "MISSED_BLOCK", "TRUNCATED", "LOW_DATA")
    run = review_with(flags=[flag_of(code, 2) for code in shown])
    early = review_with(flags=(flag_of("GREEDY", 2, by="timing"), flag_of("FADE", 4)))
    side = lay_side_by_side([run, early, early])
    assert [(f.code, f.runs) for f in side.findings] == [("GREEDY", 2), ("FADE", 2)]


@pytest.mark.parametrize(
    ("first", "last", "direction"),
    [
        ((38, 50), (88, 95), "rose"),
        ((88, 95), (38, 50), "fell"),
        ((38, 60), (60, 95), "not_shown"),
        ((38, 59.6), (60.2, 95), "not_shown"),
    ],
)
def test_a_change_shows_only_where_the_ranges_as_shown_do_not_meet(first, last, direction):
    """59.6 and 60.2 are both shown as 60."""
    side = lay_side_by_side([ranged(on(7, score=90.0), *last), ranged(on(0, score=45.0), *first)])
    assert side.change is not None
    assert side.change.direction == direction
    assert side.change.first.label == "6 Mar 2026"


def test_there_is_no_change_on_one_day_or_between_runners():
    """Only one runner over several days can change."""
    assert lay_side_by_side([on(0), on(0, 2)]).change is None
    assert lay_side_by_side([on(0), on(7)], ["Anna", "Ben"]).change is None
    assert lay_side_by_side([on(0), on(7)], ["Anna", "Anna"]).change is not None
    assert lay_side_by_side([on(0), on(7, score=None)]).change is None


def test_a_squad_is_several_names_on_one_day():
    """Not one name twice, not two days, not a run without a name."""
    assert lay_side_by_side([on(0), on(0, 1)], ["Anna", "Ben"]).is_squad
    assert not lay_side_by_side([on(0), on(0, 1)], ["Anna", "Anna"]).is_squad
    assert not lay_side_by_side([on(0), on(1)], ["Anna", "Ben"]).is_squad
    assert not lay_side_by_side([on(0), on(0, 1)], ["Anna", ""]).is_squad


def test_runs_of_other_plans_are_refused():
    """Another number of blocks, or a block of another length; the file is named."""
    short = review_with((300.0, 240.0), steps=((900.0, 300.0), (600.0, 240.0)), source="b.fit")
    with pytest.raises(
        PlanError, match=r"b\.fit: its plan has 2 blocks, but that of run\.fit has 5"
    ):
        lay_side_by_side([review_with(), short])
    steps = ((900.0, 300.0), (600.0, 240.0), (600.0, 230.0), (600.0, 220.0), (500.0, 210.0))
    with pytest.raises(PlanError, match="block 5 does not have the length"):
        lay_side_by_side([review_with(), review_with(steps=steps)])


def test_other_paces_are_compared_and_said():
    """A plan read by the paces of two days."""
    steps = ((900.0, 300.0), (600.0, 244.0), (600.0, 230.0), (600.0, 220.0), (600.0, 210.0))
    side = lay_side_by_side([review_with(), review_with(steps=steps)])
    assert [b.is_same_pace for b in side.blocks] == [True, False, True, True, True]


@pytest.mark.parametrize(("count", "names"), [(1, None), (2, ["Anna"])])
def test_one_run_or_a_missing_name_is_misuse(count, names):
    """ValueError."""
    with pytest.raises(ValueError, match="reviews"):
        lay_side_by_side([review_with()] * count, names)
