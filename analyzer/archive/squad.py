"""Who of a squad needs the coach first: from runs of some days to the rows of a sheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from analyzer.archive.store.packed import reading_of
from analyzer.model.findings import IMPATIENT, OF_THE_RUN, PAYING, WALKING
from analyzer.model.squad import NEEDS, Heard, SquadRow, SquadRun, SquadSheet
from analyzer.plans.athletes import known_as
from analyzer.report.story.story import UNHELD, story_of
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from analyzer.archive.said import Said
    from analyzer.archive.store.records import StoredRun
    from analyzer.model.findings import FlagCode
    from analyzer.model.review import Review
    from analyzer.model.squad import Need
    from analyzer.model.trends import Shown
    from analyzer.report.story.story import Story

LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
"""A run whose day is unknown is older than all others: it is never taken for the latest."""

BY_CODE: tuple[tuple[FlagCode, Need], ...] = (
    ("BLOW_UP", "blew_up"),
    ("STOPPED", "stopped"),
    (WALKING, "took_break"),
    ("MISSED_BLOCK", "missed"),
    ("TRUNCATED", "cut_short"),
)
"""What a finding asks for by itself, the most pressing first."""

ALIKE: Mapping[Need, Need] = {"took_break": "stopped", "cut_short": "missed"}
"""Needs of the same weight as another."""


def squad_sheet(
    runs: Iterable[tuple[str, Review] | SquadRun],
    athletes: Iterable[str] = (),
    days: tuple[dt.date | None, dt.date | None] = (None, None),
    trends: Mapping[str, Shown] | None = None,
) -> SquadSheet:
    """
    Lay a squad on one sheet, each athlete judged by their own plan and paces.

    Parameters
    ----------
    runs : iterable of (str, Review) or SquadRun
        Whose, and the run; those of the period, in any order.
    athletes : iterable of str
        Everybody who is known: whoever has no run has a row all the same. Upper and lower
        case are the same.
    days : (date or None, date or None)
        The first and the last day of the period, for the title.
    trends : mapping, optional
        Where the scores of an athlete's weeks go, for those of whom it can be told.
    """
    names: dict[str, str] = {}
    for athlete in athletes:
        names.setdefault(known_as(athlete), athlete)
    theirs: dict[str, list[SquadRun]] = {}
    for run in (SquadRun(*each) for each in runs):
        names.setdefault(known_as(run.athlete), run.athlete)
        theirs.setdefault(known_as(run.athlete), []).append(run)
    told = {known_as(athlete): where for athlete, where in (trends or {}).items()}
    rows = [_row(name, theirs.get(key, ()), told.get(key)) for key, name in names.items()]
    return SquadSheet(tuple(sorted(rows, key=_place)), *days)


def _row(athlete: str, runs: Sequence[SquadRun], trend: Shown | None) -> SquadRow:
    """Return the row of one athlete: the latest run, and what else there is."""
    if not runs:
        return SquadRow(athlete, None, "no_file", trend=trend)
    latest, *others = sorted(runs, key=_moment, reverse=True)
    return SquadRow(
        athlete,
        latest.review,
        need_of(latest.review),
        tuple(run.review for run in others),
        trend,
        latest.heard,
    )


def _moment(run: SquadRun) -> tuple[dt.datetime, str]:
    """Return when a run began; the name of the file tells two apart that began at once."""
    activity = run.review.activity
    return activity.start_time or LONG_AGO, activity.source


def heard_of(stored: StoredRun, said: Said | None) -> Heard:
    """
    Return what the coach said of a run, as a sheet has it.

    Parameters
    ----------
    stored : StoredRun
        With its packed review.
    said : Said or None
        As the store has it.
    """
    if said is None:
        return Heard()
    note, approved = said.note or "", said.approved
    if approved is None:
        return Heard(note)
    if approved.reading != reading_of(stored.athlete, stored.run.packed):
        return Heard(note, is_outdated=True)
    return Heard(note, approved.text)


def _place(row: SquadRow) -> tuple[int, float, str, str]:
    """Return what rows are sorted by: the need, the score as it is shown, the name."""
    rank = len(NEEDS) if row.need is None else NEEDS.index(ALIKE.get(row.need, row.need))
    score = None if row.review is None else row.review.score.overall
    points = -1.0 if score is None else round_half_up(score)
    return rank, points, known_as(row.athlete), row.athlete


def need_of(review: Review) -> Need | None:
    """
    Say why a coach should look at a run.

    Only what is clear makes a need, and it is the story that every report tells, so that
    need and sentence agree. Where block 1 may have begun later than it was placed, what is
    true of a stretch of running counts, and nothing that depends on which block it was.

    Returns
    -------
    Need or None
        None where the plan was held, or mostly.
    """
    story = story_of(review, "km")
    codes = _clear_codes(story)
    if "START_DOUBTFUL" in story.doubts:
        codes = [code for code in codes if code in OF_THE_RUN]
        return _by_code(codes) or "cannot_tell"
    if has_paid(codes) or (story.cost is not None and story.cost.lost_s > 0):
        return "paid"
    by_code = _by_code(codes)
    if by_code is not None:
        return by_code
    if any(code in IMPATIENT for code in codes):
        return "forced"
    if story.unscored is not None or review.score.word is None:
        return "cannot_tell"
    return "far" if review.score.word in UNHELD else None


def _clear_codes(story: Story) -> Sequence[str]:
    """Return what clearly happened, in order of time; stops come last."""
    return [event.code for event in story.events] + [flag.code for flag in story.stops]


def has_paid(codes: Sequence[str]) -> bool:
    """Whether a fault of impatience was followed by what pays for it."""
    first = next((i for i, code in enumerate(codes) if code in IMPATIENT), None)
    return first is not None and any(code in PAYING for code in codes[first + 1 :])


def _by_code(codes: Sequence[str]) -> Need | None:
    """Return the most pressing of what single findings ask for."""
    return next((need for code, need in BY_CODE if code in codes), None)
