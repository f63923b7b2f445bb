"""What a store promises, in a file as on a server."""

import csv
import datetime as dt
from collections import Counter

import numpy as np
import pytest
from sqlalchemy import literal_column, select, table, text

from analyzer.archive.said import NOTHING
from analyzer.archive.store.packed import pack, unpack
from analyzer.archive.store.store import Store
from analyzer.errors import OutputError, StoreError
from analyzer.structs import replace
from tests.builders.results import DAY, content_of, failed, result_of, run_row
from tests.builders.reviews import mock_run


def test_a_run_comes_out_as_it_went_in(store):
    """Every column, block and finding, and the review."""
    result = result_of()
    store.save([result])
    (stored,) = store.runs()
    assert stored == ("Anna", "squad/a.fit", result.content, False, result.run)
    assert unpack(stored.run.packed).score == mock_run().score


def test_what_is_unknown_stays_unknown(store):
    """None in every column that may have it; NaN is unknown too."""
    nothing = dict.fromkeys(
        ("start_utc", "device", "sport", "score", "score_low", "score_high", "word", "gained_s",
         "lost_s", "fade_pct")
    )  # fmt: skip
    run = run_row(None, blocks=(), findings=(), **nothing)
    store.save([result_of("a", None, run=run), result_of("b", run=run_row(score=float("nan")))])
    first, second = sorted(store.runs(), key=lambda stored: stored.label)
    assert (first.athlete, first.run) == (None, run)
    assert second.run == run_row(score=None)


def test_numbers_of_numpy_and_odd_names_are_kept_as_python_has_them(store):
    """Half a pair and NUL, which no database takes, become a mark."""
    run = run_row(score=np.float64(62.5), steps_taken=np.int64(2))
    store.save([result_of("a", run=run, label="odd\udcff\0.fit")])
    (stored,) = store.runs()
    assert stored.label == "odd\ufffd\ufffd.fit"
    assert (type(stored.run.score), stored.run.score) == (float, 62.5)
    assert stored.run.steps_taken == 2


def test_saving_again_changes_nothing(store):
    """As after a batch that was interrupted."""
    results = [result_of(i, f"Athlete {i % 3}") for i in range(20)] + [failed("x")]
    store.save(results)
    once = list(store.runs())
    store.save(results)
    store.save(reversed(results))
    assert list(store.runs()) == once
    assert store.info().outcomes == {"failed": 1, "reviewed": 20}


def test_the_later_result_of_a_content_counts(store):
    """Judged again with another plan, given to another athlete, no longer reviewed."""
    store.save([result_of("a"), result_of("b")])
    store.save([result_of("a", "Ben", run=run_row(score=50.0), inputs="i2"), failed("b")])
    (stored,) = store.runs()
    assert (stored.athlete, stored.run.score) == ("Ben", 50.0)
    assert [a.name for a in store.athletes()] == ["Ben"]
    kept = store.known([content_of("b")])[content_of("b")]
    assert (kept.outcome, kept.reason, kept.why) == ("failed", "unreadable", "cut off")


def test_known_says_what_became_of_a_recording(store):
    """And nothing of those that are not there."""
    store.save([result_of("a", is_recovered=True, asked="Whose is it?"), failed("b")])
    found = store.known([content_of(n) for n in "abc"])
    assert set(found) == {content_of("a"), content_of("b")}
    assert found[content_of("a")] == (
        content_of("a"), "squad/a.fit", "reviewed", None, "", "Anna", DAY, "i1", True,
        "Whose is it?", NOTHING,
    )  # fmt: skip


def test_known_takes_as_many_contents_as_there_are(store):
    """More than one statement holds."""
    store.save([result_of(i) for i in range(3)])
    asked = [content_of(i) for i in range(40_000)]
    assert set(store.known(asked)) == set(asked[:3])
    assert store.known([]) == {}


def test_a_copy_of_a_file_that_counts_changes_nothing_of_it(store):
    """Byte for byte the same under another name: in one batch, in either order, or later."""
    first = result_of("a")
    copy = first._replace(
        label="copy.fit", outcome="duplicate", why=first.label, run=None, athlete=None
    )
    for batch in ([first, copy], [copy, first], [copy]):
        store.save(batch)
        (stored,) = store.runs()
        assert (stored.athlete, stored.label) == ("Anna", "squad/a.fit")


def test_a_duplicate_in_another_file_keeps_the_label_of_the_one_that_counts(store):
    """The same run from two platforms; also where it was the one that counted before."""
    store.save([result_of("a"), result_of("b")])
    store.save([result_of("b", outcome="duplicate", why="squad/a.fit")._replace(run=None)])
    assert [stored.label for stored in store.runs()] == ["squad/a.fit"]
    assert store.known([content_of("b")])[content_of("b")].why == "squad/a.fit"


def test_runs_are_narrowed_and_in_order(store):
    """By day, athlete and session; a run of an unknown day is on no day."""
    days = [DAY + dt.timedelta(d) for d in (3, 0, 2, 1)]
    results = [
        result_of(i, "Anna" if i % 2 else "Ben", run=run_row(day, session=f"s{i}"))
        for i, day in enumerate(days)
    ]
    store.save([*results, result_of("x", run=run_row(None, start_utc=None))])

    def found(**wanted):
        return [stored.label for stored in store.runs(**wanted)]

    assert found(since=DAY) == [f"squad/{i}.fit" for i in (1, 3, 2, 0)]
    assert found(since=DAY + dt.timedelta(1), until=DAY + dt.timedelta(2)) == [
        "squad/3.fit", "squad/2.fit",
    ]  # fmt: skip
    assert found(athletes=["Ben"]) == ["squad/2.fit", "squad/0.fit"]
    assert found(athletes=[]) == []
    assert found(session="s2") == ["squad/2.fit"]
    assert found(stimulus="t1", athletes=["Anna"], since=DAY) == ["squad/1.fit", "squad/3.fit"]
    assert found(contents=[content_of(3)]) == ["squad/3.fit"]
    assert len(found()) == 5


def test_runs_may_be_read_while_others_are_saved(store):
    """What is read is of one moment."""
    store.save([result_of(i) for i in range(500)])
    reading = store.runs(is_packed=False)
    assert next(reading).run.packed == b""
    store.save([result_of(i) for i in range(500, 520)])
    assert len(list(reading)) == 499
    assert sum(1 for _ in store.runs(is_packed=False)) == 520


def test_a_batch_is_saved_whole_or_not_at_all(store):
    """A value that no column takes, in the last result: nothing of the others is there."""
    bad = result_of("b", run=run_row(elapsed_s=None))
    with pytest.raises(StoreError):
        store.save([result_of("a"), bad])
    assert list(store.runs()) == []
    assert store.known([content_of("a")]) == {}


def test_info_and_athletes_count(store):
    """Empty, and with something in it."""
    assert store.info()[3:] == (0, 0, {}, None, None, (0, 0, 0, 0))
    assert store.athletes() == ()
    later = DAY + dt.timedelta(7)
    store.save([result_of("a"), result_of("b", run=run_row(later)), failed("c", athlete="Ben")])
    info = store.info()
    assert info[3:] == (2, 2, {"failed": 1, "reviewed": 2}, DAY, later, (0, 0, 0, 0))
    assert info.size_bytes > 0
    assert store.athletes() == (("Anna", 2, DAY, later), ("Ben", 0, None, None))


def test_check_finds_nothing_in_a_good_store_and_names_unreadable_reviews(store):
    """By the label of the recording."""
    store.save([result_of("a"), result_of("b", run=run_row(packed=b"garbage"))])
    assert store.check() == [
        "squad/b.fit: a stored review cannot be read: judge the run again",
    ]
    store.save([result_of("b")])
    assert store.check() == []


def test_a_forgotten_athlete_is_gone_and_others_stay(store):
    """With all that hangs on them, and rows of nobody that name them; Annabel is another."""
    store.save(
        [
            result_of("a"),
            failed("f1", athlete="Anna"),
            failed("f2", label="squad/anna/cut.fit"),
            failed("f3", asked="Is it Anna or Ben?"),
            result_of("b", "Ben", asked="Was Anna there?"),
            result_of("c", "Annabel"),
            failed("f4", label="squad/annabel/cut.fit"),
        ]
    )
    assert store.forget("Anna") == 2
    assert [a.name for a in store.athletes()] == ["Annabel", "Ben"]
    contents = {n: content_of(n) for n in ("a", "f1", "f2", "f3", "b", "c", "f4")}
    found = store.known(contents.values())
    assert {n for n, content in contents.items() if content in found} == {"b", "c", "f4"}
    assert found[contents["b"]].asked == ""
    assert store.check() == []
    assert store.forget("Anna") == 0
    store.save([result_of("a")])
    assert store.info().athletes == 3


VIEWS = {
    "all_runs": [("Anna", 62.7), ("Anna", 62.7), ("Ben", 62.7)],
    "all_blocks": [("Anna", 1), ("Anna", 1), ("Anna", 2), ("Anna", 2), ("Ben", 1), ("Ben", 2)],
    "clear_findings": [
        ("Anna", "STOPPED"), ("Anna", "STOPPED"), ("Anna", "TOO_FAST"), ("Anna", "TOO_FAST"),
        ("Ben", "STOPPED"), ("Ben", "TOO_FAST"),
    ],
    "latest_runs": [("Anna", "squad/late.fit"), ("Ben", "squad/b.fit")],
    "not_reviewed": [("Cleo", "failed")],
}  # fmt: skip
SHOWN = {
    "all_runs": "score",
    "all_blocks": "number",
    "clear_findings": "code",
    "latest_runs": "label",
    "not_reviewed": "outcome",
}


def test_views_answer_the_common_questions(store):
    """As any SQL browser shows them."""
    late = result_of("late", run=run_row(DAY + dt.timedelta(1)))
    unknown = result_of("n", None)
    store.save([late, result_of("a"), result_of("b", "Ben"), failed("c", athlete="Cleo")])
    with store._engine.connect() as connection:
        for view, column in SHOWN.items():
            rows = connection.execute(
                select(literal_column("athlete"), literal_column(column)).select_from(table(view))
            )
            assert sorted(map(tuple, rows)) == VIEWS[view], view
    store.save([unknown])
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT label FROM latest_runs")).scalars().all()
    assert sorted(rows) == ["squad/b.fit", "squad/late.fit"]


def test_a_table_has_a_row_a_run_and_no_formula(store, tmp_path):
    """Unknown is NA; a name that a spreadsheet would calculate is text."""
    store.save([result_of("a", "=1+1"), result_of("b", run=run_row(fade_pct=None))])
    path = tmp_path / "runs.csv"
    assert store.export(str(path)) == 2
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["athlete"] for row in rows] == ["'=1+1", "Anna"]
    assert rows[1]["day"] == "2026-03-10"
    assert rows[1]["fade_pct"] == "NA"
    assert rows[1]["clear_findings"] == "TOO_FAST STOPPED"


def test_parquet_has_the_same_table_with_types(store, tmp_path):
    """Also of an empty store."""
    import pyarrow.parquet as pq

    path = str(tmp_path / "runs.parquet")
    store.export(path)
    empty = pq.read_schema(path)
    store.save([result_of("a"), result_of("b", None, run=run_row(None, start_utc=None))])
    store.export(path)
    table = pq.read_table(path)
    assert table.schema.names == empty.names
    assert table.schema.types == empty.types
    rows = sorted(table.to_pylist(), key=lambda row: row["label"])
    assert rows[0]["day"] == DAY
    assert rows[0]["start_utc"] == dt.datetime(2026, 3, 10, 6, 30, tzinfo=dt.UTC)
    assert rows[1]["athlete"] is rows[1]["day"] is None
    assert rows[0]["steps_taken"] == 2


def test_a_table_is_refused_by_its_ending_and_by_its_folder(store, tmp_path):
    """One line each."""
    with pytest.raises(StoreError, match=r"runs.xlsx: a table is written to .csv or .parquet"):
        store.export(str(tmp_path / "runs.xlsx"))
    with pytest.raises(OutputError, match="No such file or directory"):
        store.export(str(tmp_path / "nowhere" / "runs.csv"))


def test_a_store_that_is_there_is_opened_again(target):
    """With all that was saved."""
    with Store.open(target, create=True) as store:
        store.save([result_of("a")])
    for create in (False, True):
        with Store.open(target, create=create) as store:
            assert store.info().runs == 1


def test_one_that_is_not_there_is_not_made_unasked(target):
    """Neither file nor tables."""
    for _ in range(2):
        with pytest.raises(StoreError, match=r"there is no (such )?store"):
            Store.open(target)


def test_a_review_with_elevation_is_kept_without(store):
    """Nor the way that was run."""
    review = mock_run()
    ground = np.full(review.trace.elapsed_s.size, 1234.5)
    higher = replace(review, trace=replace(review.trace, elevation_m=ground))
    store.save([result_of("a", run=run_row(packed=pack(higher)))])
    (stored,) = store.runs()
    assert np.isnan(unpack(stored.run.packed).trace.elevation_m).all()
    assert stored.run.packed == pack(review)


def test_outcomes_are_counted_by_kind(store):
    """One of each."""
    kinds = ("reviewed", "duplicate", "skipped", "failed")
    store.save(
        [
            result_of(k, outcome=k)._replace(run=run_row() if k == "reviewed" else None)
            for k in kinds
        ]
    )
    assert store.info().outcomes == Counter(kinds)
