"""One run that came as bytes is kept as a batch keeps it, and as somebody asked for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from analyzer.archive.earlier import held
from analyzer.archive.judge import Judge, content_key
from analyzer.archive.keep import keep_run
from analyzer.archive.records import Found, Hint
from analyzer.archive.rules import Rules
from analyzer.archive.said import Decided, GivenPlan, Ruling, Said
from analyzer.archive.store.packed import unpack
from analyzer.errors import StoreError
from analyzer.parsers.read import read_bytes
from tests.builders.exports import KINDS, PLAN, PLAN_LINE
from tests.builders.simulate import simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx

if TYPE_CHECKING:
    from pathlib import Path

RUN = simulate(PLAN, KINDS[0], seed=3)
FIT, GPX = write_fit(RUN), write_gpx(RUN)
KEY = content_key(FIT)
TYPED = GivenPlan("", PLAN_LINE.replace("4:40", "4:41").encode())
ASKED = Decided(Ruling(20.0), TYPED)


def of(store, content=KEY):
    """Return the run of a recording."""
    (stored,) = store.runs(contents=[content])
    return stored


def lying(label, athlete=None):
    """Return a file in a folder; it is never opened."""
    return Found(label, label, hint=Hint(athlete=athlete))


def test_it_is_kept_as_a_batch_would_keep_it(store):
    """Key, label, athlete, columns and packed review; what was decided lies beside them."""
    result = keep_run(store, FIT, "evening.fit", decided=ASKED, athlete="Anna")
    batch = Judge(Rules()).judge_content(FIT, lying("evening.fit", "Anna"), ASKED)
    assert result == batch
    stored = of(store)
    assert (stored.athlete, stored.label, stored.run) == ("Anna", "evening.fit", batch.run)
    assert store.said() == {KEY: Said(*ASKED)}
    review = unpack(stored.run.packed)
    assert review.blocks[0].start_s == 20.0
    assert review.blocks[1].planned.pace_s_per_km == pytest.approx(281.0)


def test_no_positions_are_kept(store):
    """Neither as words nor as numbers of the recording: the same as of any review."""
    assert read_bytes(FIT, "x.fit").records.latitude_deg is not None
    keep_run(store, FIT, "evening.fit", decided=ASKED)
    assert unpack(of(store).run.packed).track is None


@pytest.mark.parametrize("athlete", [None, "Anna"])
@pytest.mark.parametrize(
    "rules", [Rules(), Rules(PLAN_LINE), Rules(plans="nowhere")], ids=["none", "--plan", "--plans"]
)
def test_a_later_batch_has_nothing_to_judge(store, athlete, rules):
    """With any plan, or none; and whether the folder is the athlete's or nobody's."""
    keep_run(store, FIT, "evening.fit", decided=ASKED, athlete="Anna")
    kept = store.known([KEY])[KEY]
    found = lying("in/a.fit", athlete or kept.athlete)  # as `with_owner` has it
    again = held(kept, found, rules)
    assert again is not None
    assert again.outcome == "reviewed"


def test_a_wish_wins_over_the_review_that_is_there(store):
    """Over a better one, a later first day and an earlier decision."""
    keep_run(store, FIT, "evening.fit", decided=Decided(plan=GivenPlan("", PLAN_LINE.encode())))
    first = of(store)
    keep_run(store, FIT, "copy.fit", decided=ASKED, rules=Rules(since=first.run.day.max))
    assert of(store).run != first.run
    assert of(store).label == "evening.fit"
    keep_run(store, FIT, "copy.fit", rules=Rules(PLAN_LINE))
    assert of(store).run.blocks == first.run.blocks
    assert store.said() == {}


@pytest.mark.parametrize("squad", [None, "athletes: {Anna: {}, Ben: {}}"])
def test_a_run_stays_its_athletes_unless_another_is_named(store, tmp_path: Path, squad):
    """What is dropped on a page has no folder that would say whose it is."""
    rules = Rules()
    if squad is not None:
        (tmp_path / "athletes.yaml").write_text(squad)
        rules = Rules(athletes=str(tmp_path / "athletes.yaml"))
    for named, whose in (("Anna", "Anna"), (None, "Anna"), ("Ben", "Ben"), (None, "Ben")):
        result = keep_run(store, FIT, "a.fit", decided=ASKED, athlete=named, rules=rules)
        assert result.athlete == of(store).athlete == whose


@pytest.mark.parametrize(
    ("content", "decided", "outcome", "why"),
    [
        (FIT, Decided(), "skipped", "neither the file nor a plan says"),
        (FIT, Decided(plan=GivenPlan("x.yaml", b"blocks: [10min @ fast]")), "failed", "x.yaml"),
        (FIT, ASKED._replace(ruling=Ruling(1e6)), "failed", "block 1 cannot start"),
        (FIT[:100], ASKED, "failed", ""),
        (b"", ASKED, "failed", "empty"),
    ],
    ids=["no plan", "a bad plan", "a start after the end", "a damaged file", "nothing"],
)
def test_what_ends_in_no_review_changes_nothing(store, content, decided, outcome, why):
    """And says why in one line."""
    keep_run(store, FIT, "a.fit", decided=ASKED, athlete="Anna")
    before, said = list(store.runs()), store.said()
    result = keep_run(store, content, "a.fit", decided=decided)
    assert result.outcome == outcome
    assert why in result.why
    assert len(result.why.splitlines()) == 1
    assert (list(store.runs()), store.said()) == (before, said)
    assert store.info().outcomes == {"reviewed": 1}


def test_the_same_run_in_another_file_counts_once(store):
    """The FIT file, whichever came first; what was said of the other goes on with it."""
    keep_run(store, GPX, "a.gpx", decided=ASKED, athlete="Anna")
    store.set_note(content_key(GPX), "Ask about the heel.")
    result = keep_run(store, FIT, "a.fit", decided=Decided(plan=TYPED), athlete="Anna")
    assert result.outcome == "reviewed"
    assert [run.label for run in store.runs()] == ["a.fit"]
    assert store.said()[KEY].note == "Ask about the heel."
    again = keep_run(store, GPX, "a.gpx", decided=ASKED, athlete="Anna")
    assert (again.outcome, again.why) == ("duplicate", "a.fit")
    assert [run.label for run in store.runs()] == ["a.fit"]


def test_a_plan_by_paces_is_read_by_those_of_the_athlete(store, tmp_path: Path):
    """And nobody's are taken for anybody's."""
    squad = tmp_path / "athletes.yaml"
    squad.write_text("athletes:\n  anna: {paces: {easy: '5:30', threshold: '4:30'}}\n")
    rules = Rules(athletes=str(squad))
    plan = Decided(plan=GivenPlan("", b"5min easy, 3x4min @ threshold"))
    result = keep_run(store, FIT, "a.fit", decided=plan, athlete="Anna", rules=rules)
    assert result.athlete == "anna"
    assert of(store).run.blocks[1].planned_s_per_km == 270.0
    nobodys = keep_run(store, GPX, "b.gpx", decided=plan, rules=rules)
    assert nobodys.outcome == "failed"
    assert nobodys.run is None


@pytest.mark.parametrize(
    "decided",
    [
        Decided(Ruling(math.nan), TYPED),
        Decided(plan=GivenPlan("", PLAN_LINE.encode() + b" " * 300_000)),
    ],
    ids=["no start", "too long"],
)
def test_a_decision_that_cannot_be_kept_keeps_no_review(store, decided):
    """In one line, before anything is written."""
    with pytest.raises(StoreError, match=r"a start is a number|a plan has at most"):
        keep_run(store, FIT, "a.fit", decided=decided)
    assert store.info().outcomes == {}
