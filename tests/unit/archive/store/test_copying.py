"""Many results at once go to PostgreSQL by COPY: the same rows, the same promises."""

import threading
import uuid

import pytest

from analyzer.archive.store import copying
from analyzer.archive.store.store import Store
from analyzer.errors import StoreError
from tests.builders.postgres_server import new_database
from tests.builders.results import content_of, failed, result_of, run_row

MANY = 3 * copying.LEAST_ROWS


@pytest.fixture
def address(postgres):
    return new_database(postgres, f"c{uuid.uuid4().hex}")


def results():
    """Return what a chunk may hold: runs, failures, odd names, whole numbers, unknown ones."""
    odd = result_of(
        "odd", None, label="odd\udcff\0.fit", run=run_row(None, score=50, fade_pct=None)
    )
    return [
        odd,
        *(result_of(i, f"Athlete {i % 3}") for i in range(MANY)),
        failed("x", why="ü\t\\N"),
    ]


def test_what_is_copied_is_what_would_be_inserted(postgres, address, monkeypatch):
    """Row for row, as every reader sees it."""
    with Store.open(address, create=True) as store:
        store.save(results())
        copied = list(store.runs())
        known = store.known([content_of("x")])
    monkeypatch.setattr(copying, "LEAST_ROWS", 10**9)
    with Store.open(new_database(postgres, f"c{uuid.uuid4().hex}"), create=True) as store:
        store.save(results())
        assert copied == list(store.runs())
        assert known == store.known([content_of("x")])


def test_a_value_that_no_column_takes_leaves_nothing_behind(address):
    """In the last of many, and in one line."""
    with Store.open(address, create=True) as store:
        with pytest.raises(StoreError) as raised:
            store.save([*results(), result_of("bad", run=run_row(elapsed_s=None))])
        assert "\n" not in str(raised.value)
        assert list(store.runs()) == []
        store.save(results())  # the connection is as good as new
        assert len(list(store.runs())) == MANY + 1


def test_two_writers_of_the_same_results_both_succeed(address):
    """As where a chunk runs twice."""
    problems = []

    def write(some):
        try:
            with Store.open(address, create=True) as own:
                own.save(some)
        except StoreError as error:
            problems.append(error)

    with Store.open(address, create=True) as store:
        for _ in range(3):
            writers = [
                threading.Thread(target=write, args=(some,))
                for some in (results(), results()[::-1])
            ]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
        assert problems == []
        assert len(list(store.runs())) == MANY + 1
