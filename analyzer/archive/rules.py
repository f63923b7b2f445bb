"""What a batch judges by, and a digest of all that a result depends on beside its recording."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.errors import PlanError
from analyzer.plans.athletes import paces_of, read_squad
from analyzer.review.choose_plan import days_apart
from analyzer.review.plan_dialects import ENDINGS
from analyzer.scorer.method import METHOD

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from analyzer.archive.records import Hint

NEAR_DAYS = 1
"""A plan for another day may be the one of a session that was put off by this much."""


class Written(NamedTuple):
    """A session that a coach wrote on a platform: its title, and what it says in prose."""

    title: str
    text: str


Key = tuple[str, "dt.date"]
"""An athlete as the platform calls them, folded; and a day."""


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
    written : mapping
        Sessions that a platform's export has, by athlete and day.
    """

    plan: str | None = None
    plans: str | None = None
    athletes: str | None = None
    since: dt.date | None = None
    written: Mapping[Key, tuple[Written, ...]] = {}  # noqa: RUF012 - never changed


def inputs_digest(rules: Rules, hint: Hint, athlete: str | None, day: dt.date | None) -> str:
    """
    Return a digest of all that the judgement of a run depends on beside its content.

    Where it is the same as for a result that is kept, the run need not be judged again. It
    is known without opening the recording, once its athlete and day are. Plans for other
    days are no part of it: a new session next week changes nothing today.

    Parameters
    ----------
    rules : Rules
        Of the batch.
    hint : Hint
        What the place of the recording says.
    athlete : str or None
        Whose run.
    day : date or None
        Of the run, by the runner's own clock.
    """
    parts = [
        METHOD,
        hint.athlete or "",
        hint.sport or "",
        athlete or "",
        _content(rules.plan),
        *_plans_near(rules.plans, day),
        _paces(rules.athletes, athlete, day),
        repr(written_for(rules, hint, athlete, day)),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def written_for(
    rules: Rules, hint: Hint, athlete: str | None, day: dt.date | None
) -> tuple[Written, ...]:
    """Return the sessions that a platform has for an athlete on a day."""
    if day is None or not rules.written:
        return ()
    for name in (hint.athlete, athlete):
        found = rules.written.get((folded(name or ""), day))
        if found:
            return found
    return ()


def folded(name: str) -> str:
    """Return a name without case and order of its words, as exports differ in both."""
    return " ".join(sorted(name.casefold().split()))


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


def _plans_near(folder: str | None, day: dt.date | None) -> list[str]:
    """Return name and content of every plan that may be for a day."""
    if folder is None:
        return []
    near = [p for p in _listed(folder) if (days_apart(p.name, day) or 0) <= NEAR_DAYS]
    return [f"{path.name}={_content(str(path))}" for path in near]


@lru_cache(maxsize=65_536)
def _paces_on(squad: Path, digest: str, athlete: str, day: dt.date | None) -> str:
    """Return an athlete's paces on a day as text, once a day and athlete."""
    del digest  # part of the key
    try:
        return repr(paces_of(read_squad(squad), athlete, day))
    except PlanError as error:
        return str(error)


def _paces(squad: str | None, athlete: str | None, day: dt.date | None) -> str:
    """Return what the file of paces has for an athlete on a day; empty for nobody."""
    if squad is None or athlete is None:
        return ""
    return _paces_on(Path(squad), _content(squad), athlete, day)
