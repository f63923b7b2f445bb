"""Whose run it is: by what the coach wrote, then by folder or export, then by the watch."""

from __future__ import annotations

import difflib
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.sources.archives import INSIDE
from analyzer.archive.sources.labels import without_email
from analyzer.archive.sources.names import bare_letters, person_key, words_of
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.archive.records import Found
    from analyzer.plans.athletes import Athlete, Squad

MOST_NAMED = 3
"""Athletes that a question names."""

ALIKE = 0.6
"""How alike names are that may have been meant, from 0 to 1."""


class Owner(NamedTuple):
    """
    Whose run it is.

    Parameters
    ----------
    athlete : str or None
        As the athletes file spells it; without such a file as folder or export do. None:
        nobody can tell.
    asked : str
        What to ask the coach then; empty if there is nothing to ask.
    """

    athlete: str | None = None
    asked: str = ""


def whose(found: Found, device: str | None, squad: Squad | None) -> Owner:
    """
    Say whose run it is, and never guess.

    Parameters
    ----------
    found : Found
        Where it was found.
    device : str or None
        What recorded it, as the recording says.
    squad : Squad or None
        The athletes file, if there is one.

    Returns
    -------
    Owner
        The first of these that names somebody decides: ``files`` of the athletes file, the
        folder or the export's person, ``files`` for the folder that was asked for, ``devices``.
        Where it names two, the coach is asked.
    """
    if squad is None:
        return Owner(clean_text(without_email(found.hint.athlete or "")) or None)
    athletes = tuple(squad.athletes.values())
    for matching in (
        _by_files(found, athletes, 0),
        _by_name(found, athletes),
        _by_files(found, athletes, 1),
        [a for a in athletes if device and _has(a, device)],
    ):
        if matching:
            return _one_of(matching, found)
    return Owner(asked=_question(found, athletes, squad.source))


def _one_of(athletes: list[Athlete], found: Found) -> Owner:
    """Take the only one, or ask which."""
    if len(athletes) == 1:
        return Owner(athletes[0].name)
    names = " or ".join(f"'{a.name}'" for a in athletes[:MOST_NAMED])
    more = f" or {len(athletes) - MOST_NAMED} others" if len(athletes) > MOST_NAMED else ""
    return Owner(asked=f"whose is {found.label}: {names}{more}?")


def _question(found: Found, athletes: tuple[Athlete, ...], source: str) -> str:
    """Ask whose run it is where nothing names an athlete."""
    called = clean_text(without_email(found.hint.athlete or ""), 60)
    if not called:
        return f"whose is {found.label}? Nothing says so: list it under 'files' in {source}"
    near = _near(called, athletes)
    hint = (
        f"did you mean '{near.name}'?" if near else f"add it to {source}, under 'name' or 'files'"
    )
    return f"'{called}' is no athlete of {source}; {hint}"


def _near(called: str, athletes: tuple[Athlete, ...]) -> Athlete | None:
    """Return who may have been meant: somebody who shares a part of the name, or nearly all."""
    words = set(words_of(called))
    sharing = [a for a in athletes if words & {w for name in _names(a) for w in words_of(name)}]
    if len(sharing) == 1:
        return sharing[0]
    spelled = {" ".join(person_key(name)): a for a in athletes for name in _names(a)}
    alike = difflib.get_close_matches(" ".join(person_key(called)), spelled, n=1, cutoff=ALIKE)
    return spelled[alike[0]] if alike else None


def _names(athlete: Athlete) -> tuple[str, ...]:
    """Return what an athlete is called: by plans, and in full."""
    return (athlete.name, athlete.full_name) if athlete.full_name else (athlete.name,)


def _by_name(found: Found, athletes: tuple[Athlete, ...]) -> list[Athlete]:
    """
    Return who is called as folder or export are.

    An archive may be called after an athlete too, and so may a folder that looks like a
    month: Jan and April run as well.
    """
    archive = PurePath(found.path).stem if found.member else None
    folders = found.label.split("/")[:-1]
    for called in (found.hint.athlete, archive, *reversed(folders)):
        key = person_key(called) if called else ()
        matching = [a for a in athletes if key in {person_key(name) for name in _names(a)}]
        if matching:
            return matching
    return []


def _by_files(found: Found, athletes: tuple[Athlete, ...], around: int) -> list[Athlete]:
    """
    Return whose ``files`` name this one.

    Parameters
    ----------
    found : Found
        Only its place below what was asked for is looked at, as the folders around that may
        be called after somebody too: the coach's own home, for example.
    athletes : tuple of Athlete
        All there are.
    around : int
        How many folders around it are looked at as well.
    """
    path = PurePath(found.path)
    member = found.member.replace(INSIDE, "/").replace("\\", "/")
    inner = [part for part in member.split("/") if part not in ("", ".", "..")]
    depth = max(1, len(found.label.split("/")) - len(inner)) + around
    place = [bare_letters(part) for part in (*path.parts[-depth:], *inner)]
    return [a for a in athletes if any(_is_at(pattern, place) for pattern in a.files)]


def _is_at(pattern: str, place: list[str]) -> bool:
    """Whether a pattern names parts of a place that follow each other; ``/`` parts them."""
    wanted = [part for part in bare_letters(pattern).replace("\\", "/").split("/") if part]
    count = len(wanted)
    return bool(wanted) and any(
        all(_is_called(w, part) for w, part in zip(wanted, place[at : at + count], strict=True))
        for at in range(len(place) - count + 1)
    )


def _is_called(wanted: str, part: str) -> bool:
    """Whether a part of a pattern names a folder, file or archive; its ending may be left out."""
    shorter = part.rpartition(".")[0]
    if any(mark in wanted for mark in "*?["):
        return fnmatchcase(part, wanted) or fnmatchcase(shorter, wanted)
    key = person_key(wanted)
    return key in (person_key(part), person_key(shorter or part))


def _has(athlete: Athlete, device: str) -> bool:
    """Whether an athlete's list has a watch, with or without its maker in front."""
    words = words_of(device)
    return any(words_of(listed) in (words, words[1:]) for listed in athlete.devices if listed)


def unanswered(owners: Iterable[Owner]) -> tuple[str, ...]:
    """Return every question once, in the order they came up."""
    return tuple(dict.fromkeys(owner.asked for owner in owners if owner.asked))
