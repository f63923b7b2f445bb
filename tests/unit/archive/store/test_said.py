"""What people said of recordings is kept beside the results, in a file as on a server."""

import csv
import datetime as dt
import math
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from analyzer.archive.said import MAX_MESSAGE, Approved, Decided, GivenPlan, Ruling, Said
from analyzer.archive.store.packed import pack, reading_of
from analyzer.archive.store.store import Store
from analyzer.errors import ChangedError, StoreError
from analyzer.model.remarks import MAX_NOTE
from analyzer.plans.document import MAX_BYTES
from analyzer.structs import replace
from tests.builders.results import content_of, failed, packed_run, result_of, run_row
from tests.builders.reviews import mock_run

A = content_of("a")
EVENING = dt.datetime(2026, 3, 10, 20, 15, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PLAN = GivenPlan("tuesday.yaml", "blocks: [10min @ 4:00]  # früh".encode())
MESSAGE = Approved("Hi Anna,\n\nwell done.", EVENING, "r1")
ALL = Said(Ruling(-12.5, "laps"), PLAN, "Ask about the heel.\nAnd the shoes.", MESSAGE)


def say_all(store, content=A):
    """Say everything that can be said of a recording."""
    store.set_ruling(content, ALL.ruling)
    store.set_plan(content, ALL.plan)
    store.set_note(content, ALL.note)
    store.approve(content, ALL.approved)


def test_what_was_said_comes_out_as_it_went_in(store):
    """Each alone and all together; of others nothing is said; a moment is one in UTC."""
    store.save([result_of("a"), result_of("b"), failed("f")])
    store.set_note(content_of("f"), "Cut off: ask for it again.")
    assert store.said() == {content_of("f"): Said(note="Cut off: ask for it again.")}
    say_all(store)
    assert store.said([A, content_of("b"), content_of("none")]) == {A: ALL}
    assert store.said([A])[A].approved.at_utc.utcoffset() == dt.timedelta(0)
    assert store.said([]) == {}
    assert set(store.said()) == {A, content_of("f")}


def test_each_is_taken_back_by_itself(store):
    """And nothing is left of a recording of which nothing is said any more."""
    store.save([result_of("a")])
    say_all(store)
    store.set_ruling(A, None)
    assert store.said()[A] == ALL._replace(ruling=None)
    store.set_plan(A, None)
    store.set_note(A, " \n ")
    assert store.said()[A] == Said(approved=ALL.approved)
    store.approve(A, None)
    store.set_ruling(A, Ruling())
    assert store.said() == {}
    with store._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM said")).scalar() == 0


def test_the_later_word_counts(store):
    """Of each kind."""
    store.save([result_of("a")])
    say_all(store)
    store.set_ruling(A, Ruling(match="clock"))
    store.set_note(A, "Better.")
    assert store.said()[A] == ALL._replace(ruling=Ruling(None, "clock"), note="Better.")


def test_what_was_said_outlives_every_result(store):
    """Judged again, failed, given to another athlete; and goes with the athlete."""
    store.save([result_of("a"), result_of("b", "Ben")])
    say_all(store)
    store.set_note(content_of("b"), "His.")
    for again in (result_of("a", inputs="i2"), failed("a"), result_of("a", "Ben"), result_of("a")):
        store.save([again])
        assert store.said()[A] == ALL
    store.forget("Anna")
    assert store.said() == {content_of("b"): Said(note="His.")}


def test_a_forgotten_athlete_is_in_nobodys_note_message_or_plan(store):
    """The words are blanked that name them; Annabel is another."""
    store.save([result_of("a"), result_of("b", "Ben"), result_of("c", "Cleo")])
    mine, others = content_of("b"), content_of("c")
    store.set_ruling(mine, Ruling(60.0))
    store.set_note(mine, "Ran with ANNA.")
    store.set_plan(mine, GivenPlan("plan.yaml", b"athlete: Anna"))
    store.approve(mine, MESSAGE._replace(text="Hi Ben, wait for Anna."))
    store.set_note(others, "Ran with Annabel.")
    store.forget("Anna")
    assert store.said() == {
        mine: Said(ruling=Ruling(60.0)),
        others: Said(note="Ran with Annabel."),
    }
    assert store.check() == []


@pytest.mark.parametrize(
    ("say", "problem"),
    [
        (lambda store: store.set_ruling(A, Ruling(math.nan)), "a start is a number of seconds"),
        (lambda store: store.set_ruling(A, Ruling(math.inf)), "a start is a number of seconds"),
        (lambda store: store.set_ruling(A, Ruling(1e9)), "a start is a number of seconds"),
        (lambda store: store.set_ruling(A, Ruling(0.0, "pace")), "one of auto, laps, clock"),  # type: ignore[arg-type]
        (lambda store: store.set_plan(A, GivenPlan("", b"x" * (MAX_BYTES + 1))), "256 KiB"),
        (lambda store: store.set_note(A, "secret" * MAX_NOTE), "at most 1000 characters"),
        (lambda store: store.approve(A, MESSAGE._replace(text=" ")), "1 to 4000 characters"),
        (lambda store: store.approve(A, MESSAGE._replace(text="x" * (MAX_MESSAGE + 1))), "1 to"),
        (lambda store: store.approve(A, MESSAGE._replace(at_utc=dt.datetime(2026, 3, 1))), "zone"),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_line_without_its_value(store, say, problem):
    """And what was said before stays."""
    store.save([result_of("a")])
    say_all(store)
    with pytest.raises(StoreError, match=problem) as refused:
        say(store)
    line = str(refused.value)
    assert len(line.splitlines()) == 1
    assert not any(word in line for word in ("secret", "pace", "nan", "inf", "xxx"))
    assert store.said()[A] == ALL


def test_of_a_recording_that_is_not_there_nothing_is_said(store):
    """One that was forgotten while somebody looked at it."""
    store.save([result_of("a")])
    with pytest.raises(StoreError, match="no such recording"):
        store.set_note(content_of("gone"), "Well?")
    assert store.said() == {}


def test_words_are_kept_as_plain_text(store):
    """Without what no database takes, moves a cursor or turns the writing; other scripts stay."""
    store.save([result_of("a")])
    store.set_note(A, "müde\0\udcff\t疲れた \r\n\x1b[2J\u202e🏃\n")
    store.set_plan(A, GivenPlan("odd\udcff.txt", b"\0\xff"))
    assert store.said()[A].note == "müde 疲れた\n[2J🏃"
    assert store.said()[A].plan == GivenPlan("odd\ufffd.txt", b"\0\xff")


def test_known_says_what_a_recording_is_judged_by(store):
    """Ruling and plan; a note and a message change no judgement."""
    store.save([result_of("a"), result_of("b")])
    store.set_note(content_of("b"), "x")
    say_all(store)
    kept = store.known([A, content_of("b")])
    assert kept[A].decided == Decided(ALL.ruling, ALL.plan)
    assert kept[content_of("b")].decided == Decided()


def test_a_result_and_what_it_was_judged_by_are_kept_in_one_moment(store):
    """A decision that cannot be kept keeps its result out too."""
    decided = Decided(Ruling(300.0), PLAN)
    store.save([result_of("a")], {A: decided})
    assert store.said()[A] == Said(*decided)
    with pytest.raises(StoreError):
        store.save([result_of("b")], {content_of("b"): Decided(Ruling(math.nan))})
    assert len(list(store.runs())) == 1
    store.save([result_of("a")], {A: Decided()})
    assert store.said() == {}


def test_two_may_speak_at_once(target):
    """Each of another thing, by connections of their own."""
    with Store.open(target, create=True) as one, Store.open(target) as other:
        one.save([result_of("a")])
        for number in range(20):
            one.set_note(A, f"note {number}")
            other.set_ruling(A, Ruling(float(number)))
        assert one.said()[A] == other.said()[A] == Said(Ruling(19.0), note="note 19")


def test_a_text_that_nobody_saw_is_not_overwritten(store):
    """The error has it; what whoever writes saw, or wants to write, gives way."""
    store.save([result_of("a")])
    store.set_note(A, "one", over=[""])
    for over in ([""], ["other"], []):
        with pytest.raises(ChangedError) as refused:
            store.set_note(A, None, over=over)
        assert refused.value.kept == "one"
    store.set_note(A, "one", over=[""])
    store.set_note(A, "two", over=["", " one \r\n"])
    store.approve(A, MESSAGE, over=[""])
    with pytest.raises(ChangedError):
        store.approve(A, None, over=[""])
    store.approve(A, None, over=[MESSAGE.text])
    assert store.said()[A] == Said(note="two")


def test_of_many_who_saw_the_same_note_one_is_heard(target):
    """They write at once, by connections of their own; none of the others is told it was kept."""
    with Store.open(target, create=True) as store:
        store.save([result_of("a")])

    def written(number):
        with Store.open(target) as store:
            try:
                store.set_note(A, f"note {number}", over=[""])
            except ChangedError:
                return None
            return f"note {number}"

    with ThreadPoolExecutor(8) as pool:
        heard = [note for note in pool.map(written, range(8)) if note is not None]
    with Store.open(target) as store:
        assert [store.said()[A].note] == heard


def test_info_counts_what_was_said(store):
    """How many recordings have a note, a ruling, a plan, a message."""
    store.save([result_of(n) for n in "abc"])
    say_all(store)
    store.set_note(content_of("b"), "x")
    store.set_ruling(content_of("c"), Ruling(match="laps"))
    assert store.info().said == (2, 2, 1, 1)


def test_the_table_and_the_view_show_what_was_said(store, tmp_path):
    """A formula in a note is text."""
    store.save([result_of("a"), result_of("b")])
    say_all(store)
    store.set_note(A, "=1+1")
    assert store.export(str(tmp_path / "t.csv")) == 2
    table = (tmp_path / "t.csv").read_text(encoding="utf-8")
    first, second = csv.DictReader(table.splitlines())
    names = ("ruled_start_s", "ruled_match", "note", "approved_utc")
    assert [first[n] for n in names] == ["-12.5", "laps", "'=1+1", "2026-03-10 19:15:00+00:00"]
    assert [second[n] for n in names] == ["NA"] * 4
    with store._engine.connect() as connection:
        asked = text("SELECT athlete, label, start_s, match, note, message FROM all_said")
        (row,) = connection.execute(asked)
    assert tuple(row) == ("Anna", "squad/a.fit", -12.5, "laps", "=1+1", MESSAGE.text)


def test_a_reading_is_another_if_anything_was_found_otherwise(store):
    """Another score, another athlete; not another place, plan file or version of the method."""
    run = mock_run()
    mine = reading_of("Anna", packed_run())
    store.save([result_of("a", run=run_row(packed=packed_run()))])
    (stored,) = store.runs()
    assert reading_of(stored.athlete, stored.run.packed) == mine
    elsewhere = replace(
        run,
        method="another",
        activity=replace(run.activity, source="elsewhere.fit"),
        plan=replace(run.plan, source="copy.yaml"),
    )
    assert reading_of("Anna", pack(elsewhere)) == mine
    moved = replace(run, score=replace(run.score, overall=1.0))
    others = {reading_of("Ben", packed_run()), reading_of(None, packed_run()),
              reading_of("Anna", pack(moved))}  # fmt: skip
    assert len(others | {mine}) == 4
    with pytest.raises(StoreError, match="judge the run again"):
        reading_of("Anna", b"")
