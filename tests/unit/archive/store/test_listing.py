"""Runs as a list to look through: narrowed, the latest first, page by page; file or server."""

import datetime as dt

import pytest

from analyzer.archive.records import FindingRow
from analyzer.archive.store.listing import Listed, Wanted
from tests.builders.results import DAY, result_of, run_row

LATER = DAY + dt.timedelta(days=7)


@pytest.fixture
def listed(store):
    """Keep four runs, and return what is found of them, by the names of their files."""
    held = {"word": "held", "findings": (FindingRow("TOO_FAST", 2, "possible", -9.0),)}
    store.save(
        [
            result_of("a", "Anna", run=run_row(DAY)),
            result_of("b", "Ben", run=run_row(LATER, plan_name="100 % hills_1")),
            result_of("c", None, run=run_row(LATER, **held)),
            result_of("d", "Anna", run=run_row(None, start_utc=None)),
        ]
    )

    def names(start=0, most=100, **wanted):
        found = store.listed(Wanted(**wanted), start, most)
        return "".join(run.label[-5] for run in found.runs), found.total

    return names


def test_the_latest_comes_first_and_a_day_that_is_unknown_last(listed):
    """Two of one moment by the names of their files."""
    assert listed() == ("bcad", 4)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"since": LATER}, "bc"),
        ({"until": DAY}, "a"),
        ({"athlete": "Anna"}, "ad"),
        ({"athlete": ""}, "c"),
        ({"athlete": "anna"}, ""),
        ({"plan": "tuesday"}, "cad"),
        ({"plan": "100 %"}, "b"),
        ({"plan": "_"}, "b"),
        ({"plan": "%"}, "b"),
        ({"plan": "no\0such"}, ""),
        ({"word": "held"}, "c"),
        ({"finding": "TOO_FAST"}, "bad"),
        ({"finding": "FADE"}, ""),
        ({"athlete": "Anna", "since": DAY, "word": "loose"}, "a"),
    ],
)
def test_each_wish_narrows_the_list(listed, wanted, names):
    """A finding counts where it is clear; signs of a pattern are letters like others."""
    assert listed(**wanted) == (names, len(names))


def test_pages_follow_one_another_and_know_how_many_runs_there_are(listed):
    """The last may be short, and beyond it is nothing."""
    pages = [listed(start, 3) for start in (0, 3, 6)]
    assert pages == [("bca", 4), ("d", 4), ("", 4)]


def test_a_list_reads_no_packed_review(store):
    """They are most of what there is to read; blocks and findings are there."""
    store.save([result_of()])
    (run,) = store.listed(Wanted()).runs
    assert run.run == run_row(packed=b"")


def test_an_empty_store_lists_nothing(store):
    """No error."""
    assert store.listed(Wanted()) == Listed((), 0)
    assert store.plan_names() == ()


def test_plans_are_named_once_in_order(store):
    """Whatever number of runs there is of each."""
    plans = ("Tuesday", "hills", "Tuesday", "10 km")
    store.save([result_of(i, run=run_row(plan_name=name)) for i, name in enumerate(plans)])
    assert sorted(store.plan_names()) == ["10 km", "Tuesday", "hills"]
