"""What a batch judges by, and a digest of all that a result depends on beside its recording."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.said import NOTHING
from analyzer.archive.sources.planned import planned_workouts
from analyzer.archive.sources.whose import whose
from analyzer.errors import PlanError
from analyzer.plans.athletes import paces_of, read_squad
from analyzer.review.choose_plan import days_apart
from analyzer.review.plan_dialects import ENDINGS
from analyzer.scorer.method import METHOD
from analyzer.version import __version__

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.records import Found
    from analyzer.archive.said import Decided, GivenPlan, Ruling
    from analyzer.archive.sources.planned import PlannedWorkout
    from analyzer.archive.sources.whose import Owner
    from analyzer.plans.athletes import Squad

NEAR_DAYS = 1
"""A plan for another day may be the one of a session that was put off by this much."""

READER = f"progcheck {__version__}"
"""What it depends on alone that a file cannot be read: another progcheck tries again."""


class Rules(NamedTuple):
    """
    What a batch judges by; the same for all its files.

    Parameters
    ----------
    plan : str or None
        One plan for every run, as after ``--plan``.
    plans : str or None
        A folder of them, as after ``--plans``.
    athletes : str or None
        The coach's file of paces.
    since : date or None
        Runs before this day are passed over.
    """

    plan: str | None = None
    plans: str | None = None
    athletes: str | None = None
    since: dt.date | None = None


def inputs_digest(
    rules: Rules,
    found: Found,
    athlete: str | None,
    day: dt.date | None,
    decided: Decided = NOTHING,
) -> str:
    """
    Return a digest of all that the judgement of a run depends on beside its content.

    Where it is the same as for a result that is kept, the run need not be judged again. It
    is known without opening the recording, once its athlete and day are. Plans for other
    days are no part of it: a new session next week changes nothing today.

    Parameters
    ----------
    rules : Rules
        Of the batch.
    found : Found
        Where the recording lies, and what that says of it.
    athlete : str or None
        Whose run.
    day : date or None
        Of the run, by the runner's own clock.
    decided : Decided
        What a person wants it judged by: a plan given to it alone takes the place of all others.
    """
    owner = owner_by_place(rules, found)
    parts = [
        METHOD,
        owner.athlete or owner.asked,  # a question names the file, which may have another name now
        found.hint.sport or "",
        athlete or "",
        *(_plans(rules, day) if decided.plan is None else [_given(decided.plan)]),
        *_paces(rules.athletes, athlete, day),
        *([] if owner.athlete else _wearers(rules.athletes)),
        *([] if decided.plan else _written(found, day)),
        *([] if decided.ruling is None else [_ruled(decided.ruling)]),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _plans(rules: Rules, day: dt.date | None) -> list[str]:
    """Return what stands for the plans that may be those of a day."""
    return [_content(rules.plan), *_plans_near(rules.plans, day)]


def _given(plan: GivenPlan) -> str:
    """Return what stands for a plan that was given to one recording."""
    return f"given {plan.name}={hashlib.sha256(plan.content).hexdigest()}"


def _written(found: Found, day: dt.date | None) -> list[str]:
    """Return what the platform of a file says was planned for a day."""
    return [f"{each.title}={each.description}" for each in workouts_of(found, day)]


def _ruled(ruling: Ruling) -> str:
    """Return what stands for a ruling: the same before it was kept and after."""
    start = "" if ruling.start_s is None else repr(float(ruling.start_s))
    return f"ruled start={start} match={ruling.match or ''}"


def owner_by_place(rules: Rules, found: Found) -> Owner:
    """Return whose run it is as far as its place says; what recorded it is not asked."""
    return whose(found, None, squad_of(rules))


@lru_cache(maxsize=2)
def _squad_in(path: Path, modified_ns: int) -> Squad:
    """Read a squad once; again where the file was changed."""
    del modified_ns  # part of the key
    return read_squad(path)


def squad_of(rules: Rules) -> Squad | None:
    """Return the athletes of a batch; PlanError if their file cannot be read."""
    if rules.athletes is None:
        return None
    path = Path(rules.athletes)
    try:
        modified_ns = path.stat().st_mtime_ns
    except OSError:
        modified_ns = 0  # read_squad says what is wrong
    return _squad_in(path, modified_ns)


def workouts_of(found: Found, day: dt.date | None) -> tuple[PlannedWorkout, ...]:
    """Return what the platform of a file says was planned for its athlete on a day."""
    if day is None or found.platform != "trainingpeaks":
        return ()
    return tuple(each for each in planned_workouts(found).workouts if each.day == day)


@lru_cache(maxsize=4096)
def _digest_of(path: Path, size: int, modified_ns: int) -> str:
    """Return a digest of a file; read again only where it was changed."""
    del size, modified_ns  # parts of the key
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _content(source: str | None) -> str:
    """Return what stands for a file's content, or the text itself where it names no file."""
    if not source:
        return ""
    try:
        found = Path(source).stat()
        return _digest_of(Path(source), found.st_size, found.st_mtime_ns)
    except (OSError, ValueError):
        return source


@lru_cache(maxsize=1)
def _listed(folder: str) -> tuple[Path, ...]:
    """List what may be plans in a folder, once a batch."""
    try:
        return tuple(sorted(p for p in Path(folder).iterdir() if p.suffix.lower() in ENDINGS))
    except OSError:
        return ()


def forget_plans() -> None:
    """Look into the folder of plans again: a batch begins, or a plan was added."""
    _listed.cache_clear()


def _plans_near(folder: str | None, day: dt.date | None) -> list[str]:
    """Return name and content of every plan that may be for a day."""
    if folder is None:
        return []
    near = [p for p in _listed(folder) if (days_apart(p.name, day) or 0) <= NEAR_DAYS]
    return [f"{path.name}={_content(str(path))}" for path in near]


@lru_cache(maxsize=65_536)
def _paces_on(squad: Path, digest: str, athlete: str | None, day: dt.date | None) -> str:
    """Return what a squad's file has for a day and athlete."""
    del digest  # part of the key
    try:
        read = read_squad(squad)
        paces = None if athlete is None else paces_of(read, athlete, day)
    except PlanError as error:
        return str(error)
    return repr(paces)


def _paces(squad: str | None, athlete: str | None, day: dt.date | None) -> list[str]:
    """Return what a squad's file has for an athlete on a day."""
    return [] if squad is None else [_paces_on(Path(squad), _content(squad), athlete, day)]


def _wearers(squad: str | None) -> list[str]:
    """
    Return whose watch is whose, which decides where a place names nobody.

    Where it does, the squad may grow and nobody else's runs are judged again.
    """
    return [] if squad is None else [_wearers_in(Path(squad), _content(squad))]


@lru_cache(maxsize=2)
def _wearers_in(squad: Path, digest: str) -> str:
    """Return names and watches of a squad's file."""
    del digest  # part of the key
    try:
        read = read_squad(squad)
    except PlanError as error:
        return str(error)
    return repr([(a.name, a.devices) for a in read.athletes.values()])
