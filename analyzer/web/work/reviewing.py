"""A review, ready to be shown: from a recording that was read and all that was asked for."""

from __future__ import annotations

import pickle
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.report.headline import headline
from analyzer.report.html import article, digest
from analyzer.report.language import speaking
from analyzer.report.overruling import at_hand
from analyzer.report.splits_table import splits_table
from analyzer.report.view import unit_of
from analyzer.review.distance_splits import distance_splits
from analyzer.review.moved import moved_start_s
from analyzer.review.pipeline import review_activity
from analyzer.structs import replace
from analyzer.units import UNIT_M, clock_text
from analyzer.web.work.planned import plan_of, squad_of
from analyzer.web.work.records import PLAN_FILE, OtherReading, Reviewed

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.model.review import Review
    from analyzer.web.settings import Settings
    from analyzer.web.work.records import Asked, PlanAsked


def review_run(activity: bytes, name: str, asked: Asked, settings: Settings) -> Reviewed:
    """
    Judge a run as somebody asks for, and lay it out.

    Parameters
    ----------
    activity : bytes
        As `read_runs` packed it.
    name : str
        What the recording is called.
    asked : Asked
        Plan, and where the blocks are if somebody decided.
    settings : Settings
        Of the server.

    Raises
    ------
    ActivityError, PlanError
        As `review_activity` has them.
    """
    with speaking(settings.lang), at_hand("fields"):
        read: Activity = pickle.loads(activity)  # noqa: S301 - packed by `read_runs`
        plan = plan_of(asked.plan, read, settings)
        asked = _settled(asked, read, plan)
        review = _judged(read, plan, asked)
        return _laid_out(_Case(read, plan, asked, settings), review, name)


class _Case(NamedTuple):
    """What one review is made of."""

    activity: Activity
    plan: Plan
    asked: Asked
    settings: Settings


def _settled(asked: Asked, activity: Activity, plan: Plan) -> Asked:
    """Turn a boundary that was moved into the start that it means."""
    if asked.moved is None:
        return asked
    return replace(asked, start_s=moved_start_s(activity, plan, *asked.moved), moved=None)


def _judged(activity: Activity, plan: Plan, asked: Asked) -> Review:
    """Judge a run, what somebody decided being placed above what the plan says."""
    if asked.match is not None:
        plan = replace(plan, match=asked.match)
    if asked.start_s is not None:
        plan = replace(plan, start_s=asked.start_s)
    return review_activity(activity, plan, track=asked.track)


def _laid_out(case: _Case, review: Review, name: str) -> Reviewed:
    """Lay a review out for the page."""
    asked = case.asked
    unit = unit_of(review, asked.units or case.settings.units)
    return Reviewed(
        asked=asked,
        review=pickle.dumps(review, pickle.HIGHEST_PROTOCOL),
        article=article(review, unit, is_whole=True),
        sentence=headline(review, unit)[0],
        placed_by=review.alignment.basis,
        start_s=_start_s(asked, review),
        command=command_of(name, asked, case.settings),
        readings=_readings(case, review),
        splits=splits_table(distance_splits(review.trace, UNIT_M[unit]), unit),
    )


def _start_s(asked: Asked, review: Review) -> float:
    """Return where block 1 began: where somebody said, before the recording, or in it."""
    if asked.start_s is not None:
        return asked.start_s
    placed_s = [b.start_s for b in review.blocks if b.start_s is not None]
    return min(review.alignment.start_offset_s, 0.0) or min(placed_s, default=0.0)


def _readings(case: _Case, review: Review) -> tuple[OtherReading, ...]:
    """Return both readings of where block 1 began, where two are possible and nobody decided."""
    if case.asked.start_s is not None:
        return ()
    starts_s = [r.start_s for note in review.alignment.notes for r in note.readings]
    made = []
    for start_s in starts_s:
        asked = replace(case.asked, start_s=float(round(start_s)))
        one = _judged(case.activity, case.plan, asked)
        unit = unit_of(one, asked.units or case.settings.units)
        made.append(OtherReading(float(round(start_s)), digest(one, unit)))
    return tuple(made)


def command_of(name: str, asked: Asked, settings: Settings) -> str:
    """Return the command line that gives the same review."""
    _, member = unpacked(name)
    words = ["progcheck", f"./{member}" if member.startswith("-") else member]
    words += _plan_words(asked.plan, settings)
    if asked.plan.athlete:
        words += ["--athlete", asked.plan.athlete]
        squad = squad_of(settings)
        words += [] if squad is None else ["--athletes", str(squad)]
    if asked.start_s is not None:
        words += ["--start", start_text(asked.start_s)]
    if asked.match is not None:
        words += ["--match", asked.match]
    units = asked.units or settings.units
    if units is not None:
        words += ["--units", units]
    if settings.lang != "en":
        words += ["--lang", settings.lang]
    return shlex.join(words)


def unpacked(name: str) -> tuple[str, str]:
    """Return which archive a run came out of, if any, and what its file is called there."""
    archive, mark, member = name.rpartition(".zip: ")
    return (f"{archive}.zip", member.rpartition("/")[2]) if mark else ("", name)


def _plan_words(asked: PlanAsked, settings: Settings) -> list[str]:
    """Return how a plan is named on the command line; one of several lines is a file to save."""
    if asked.kind == "text":
        return ["--plan", PLAN_FILE if asked.is_long else asked.text.strip()]
    if asked.kind == "folder":
        return ["--plan", str(Path(settings.plans or "") / asked.name)]
    if asked.kind == "fitting":
        return [] if settings.plans is None else ["--plans", settings.plans]
    return ["--plan", asked.name] if asked.kind == "file" else []


def start_text(start_s: float) -> str:
    """Return a start as ``--start`` takes it: ``12:30``, ``-2:00`` before the recording."""
    sign = "-" if start_s < 0 else ""
    return f"{sign}{clock_text(abs(start_s))}"
