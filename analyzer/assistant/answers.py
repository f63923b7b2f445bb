"""From a question to lines: each tool, in the words of the reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.assistant.questions import seconds_of
from analyzer.errors import PlaceError, PlanError
from analyzer.review.choose_plan import date_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from analyzer.archive.store.records import StoredRun
    from analyzer.archive.store.store import Store
    from analyzer.assistant.desk import Desk
    from analyzer.assistant.places import Place
    from analyzer.assistant.questions import (
        CompareQuestion,
        FilesQuestion,
        PlanQuestion,
        ReviewQuestion,
        RunsQuestion,
        TrendsQuestion,
    )
    from analyzer.model.comparison import SideBySide
    from analyzer.model.review import Review
    from analyzer.report.brief.kept import KeptRun
    from analyzer.report.brief.lines import Line


def list_files(desk: Desk, asked: FilesQuestion) -> list[Line]:
    """Name recordings and plans."""
    from analyzer.assistant.listing import listed
    from analyzer.report.brief.files import brief_files

    places = desk.places.every
    rows = listed(places, desk.squad, asked.name_contains, asked.kind)
    if asked.newest_first:
        days = {place.label: _day(place) for place in places}
        rows.sort(key=lambda row: (days[row.label], row.label), reverse=True)
    return brief_files(rows)


def _day(place: Place) -> dt.date:
    """Return the day of a file: as its export or its name has it, else of its last change."""
    told = place.found.hint.day or date_in(place.label.rpartition("/")[2])
    if told is not None:
        return told
    try:
        return dt.datetime.fromtimestamp(Path(place.found.path).stat().st_mtime, dt.UTC).date()
    except (OSError, OverflowError, ValueError):
        return dt.date.min


def review(desk: Desk, asked: ReviewQuestion) -> list[Line]:
    """Review one run."""
    from analyzer.assistant.reviewing import Judging
    from analyzer.report.brief.review import brief_review

    judging = Judging(
        desk,
        plan=asked.plan,
        athlete=asked.athlete,
        match=asked.match,
        start_s=seconds_of(asked.start),
        session=asked.session,
    )
    return brief_review(judging.review(asked.file), desk.settings.units)


def compare(desk: Desk, asked: CompareQuestion) -> list[Line]:
    """Lay runs side by side."""
    from analyzer.assistant.reviewing import Judging
    from analyzer.report.brief.compare import brief_comparison

    judging = Judging(
        desk,
        plan=asked.plan,
        athlete=asked.athlete,
        match=asked.match,
        start_s=seconds_of(asked.start),
    )
    files = list(dict.fromkeys(asked.files))
    if len(files) < len(asked.files):
        twice = next(name for name in files if asked.files.count(name) > 1)
        raise PlaceError(twice, "named twice; give each run once")
    reviews = [judging.review(name) for name in files]
    return brief_comparison(_side(reviews, files), desk.settings.units)


def _side(reviews: Sequence[Review], files: Sequence[str]) -> SideBySide:
    """Lay runs side by side; where all are of one athlete the name tells none from another."""
    from analyzer.review.compare import lay_side_by_side

    names = [review.remarks.name or "" for review in reviews]
    if len(set(names)) == 1:
        names = [""] * len(names)
    sources = [review.activity.source for review in reviews]
    labels = [s if sources.count(s) == 1 else f for s, f in zip(sources, files, strict=True)]
    return lay_side_by_side(reviews, names, files=labels)


def check_plan(desk: Desk, asked: PlanQuestion) -> list[Line]:
    """Say how a plan is understood, or all that is wrong with it."""
    from analyzer.plans.advice import plan_advice
    from analyzer.plans.tolerance import block_tolerances
    from analyzer.report.brief.plan import brief_plan, brief_problems

    athlete = None if asked.athlete is None else desk.athlete(asked.athlete)
    try:
        plan = desk.plan(asked.plan, athlete)
    except PlanError as error:
        return brief_problems(error.source, error.problems)
    return brief_plan(plan, block_tolerances(plan), plan_advice(plan))


def runs(desk: Desk, asked: RunsQuestion) -> list[Line]:
    """Name the judged runs of a store, the latest first."""
    from analyzer.report.brief.kept import brief_runs

    _check_days(asked)
    with _opened(desk) as store:
        names = _named(store, asked.athletes)
        kept = store.runs(
            since=asked.since, until=asked.until, athletes=names or None, is_packed=False
        )
        stored = list(kept)
    often = Counter(_file_name(each) for each in stored)
    found = [_kept(each, is_alone=often[_file_name(each)] == 1) for each in stored]
    return brief_runs(sorted(found, key=lambda run: run.day or dt.date.min, reverse=True))


def _file_name(stored: StoredRun) -> str:
    """Return what the file of a run is called, without its folders."""
    return stored.label.rpartition("/")[2]


def _kept(stored: StoredRun, *, is_alone: bool) -> KeptRun:
    """Return what a list says of a run; its folders only where two files have one name."""
    from analyzer.report.brief.kept import KeptRun

    run = stored.run
    return KeptRun(
        label=_file_name(stored) if is_alone else stored.label,
        athlete=stored.athlete,
        day=run.day,
        plan=run.plan_name,
        score=run.score,
        low=run.score_low,
        high=run.score_high,
        word=run.word,
    )


def trends(desk: Desk, asked: TrendsQuestion) -> list[Line]:
    """Follow athletes over weeks."""
    from analyzer.archive.trends import squad_trends
    from analyzer.archive.whom import by_athlete
    from analyzer.report.brief.trends import brief_trends

    _check_days(asked)
    with _opened(desk) as store:
        names = _named(store, asked.athletes)
        found, _ = by_athlete(
            store.runs(
                since=asked.since, until=asked.until, athletes=names or None, is_packed=False
            )
        )
        store_name = store.name
    if not found and not names:
        raise PlaceError(store_name, "no run of these days is in it")
    every = {name: found.get(name, []) for name in names} or found
    return brief_trends(squad_trends(every, asked.since, asked.until))


def _check_days(asked: RunsQuestion | TrendsQuestion) -> None:
    """Refuse days of which the first is after the last."""
    if asked.since is not None and asked.until is not None and asked.since > asked.until:
        raise PlaceError(str(asked.since), f"since is after until ({asked.until})")


def _opened(desk: Desk) -> Store:
    """Open the store that was named at start."""
    from analyzer.archive.store.store import Store

    return Store.open(desk.settings.store or "")


def _named(store: Store, asked: Sequence[str]) -> list[str]:
    """Return names as the store spells them; PlaceError for one that it does not have."""
    from analyzer.archive.whom import UnknownAthleteError, named

    try:
        return named(asked, [row.name for row in store.athletes()])
    except UnknownAthleteError as error:
        asked_for = "athletes"
        raise PlaceError(asked_for, str(error)) from error


ANSWERS: Mapping[str, Callable[[Desk, Any], list[Line]]] = {
    "list_files": list_files,
    "review": review,
    "compare": compare,
    "check_plan": check_plan,
    "runs": runs,
    "trends": trends,
}
"""What answers each tool."""
