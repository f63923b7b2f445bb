"""Whose run it is: by what the coach wrote, then by folder or export, then by the watch."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.sources.archives import INSIDE
from analyzer.archive.sources.labels import without_email
from analyzer.archive.sources.names import person_key, words_of
from analyzer.archive.sources.owners import (
    Owners,
    called,
    holding,
    names_of,
    owners_of,
    wearing,
)
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
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
    owners = _owners(squad)
    for matching in (
        holding(owners, _place(found, 0)),
        _by_name(found, owners),
        holding(owners, _place(found, 1)),
        wearing(owners, device) if device else [],
    ):
        if matching:
            return _one_of(matching, found)
    return Owner(asked=_question(found, owners, squad.source))


_last: list[tuple[Squad, Owners]] = []
"""The squad that was asked about last: one file serves all recordings of a batch."""


def _owners(squad: Squad) -> Owners:
    """Sort an athletes file once for all recordings."""
    if not _last or _last[0][0] is not squad:
        _last[:] = [(squad, owners_of(squad))]
    return _last[0][1]


def _one_of(athletes: list[Athlete], found: Found) -> Owner:
    """Take the only one, or ask which."""
    if len(athletes) == 1:
        return Owner(athletes[0].name)
    names = " or ".join(f"'{a.name}'" for a in athletes[:MOST_NAMED])
    more = f" or {len(athletes) - MOST_NAMED} others" if len(athletes) > MOST_NAMED else ""
    return Owner(asked=f"whose is {found.label}: {names}{more}?")


def _question(found: Found, owners: Owners, source: str) -> str:
    """Ask whose run it is where nothing names an athlete."""
    name = clean_text(without_email(found.hint.athlete or ""), 60)
    if not name:
        return f"whose is {found.label}? Nothing says so: list it under 'files' in {source}"
    near = _near(name, tuple((a.name, names_of(a)) for a in owners.athletes))
    hint = f"did you mean '{near}'?" if near else f"add it to {source}, under 'name' or 'files'"
    return f"'{name}' is no athlete of {source}; {hint}"


@lru_cache(maxsize=1000)
def _near(name: str, known: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    """Return who may have been meant: somebody who shares a part of the name, or nearly all."""
    words = set(words_of(name))
    sharing = [key for key, names in known if words & {w for n in names for w in words_of(n)}]
    if len(sharing) == 1:
        return sharing[0]
    spelled = {" ".join(person_key(n)): key for key, names in known for n in names}
    alike = difflib.get_close_matches(" ".join(person_key(name)), spelled, n=1, cutoff=ALIKE)
    return spelled[alike[0]] if alike else None


def _by_name(found: Found, owners: Owners) -> list[Athlete]:
    """
    Return who is called as folder or export are.

    An archive may be called after an athlete too, and so may a folder that looks like a
    month: Jan and April run as well.
    """
    archive = PurePath(found.path).stem if found.member else None
    folders = found.label.split("/")[:-1]
    names = (found.hint.athlete, archive, *reversed(folders))
    return next((matching for name in names if name and (matching := called(owners, name))), [])


def _place(found: Found, around: int) -> list[str]:
    """
    Return folders, archives and file, from the outside in.

    Parameters
    ----------
    found : Found
        Only its place below what was asked for is looked at, as the folders around that may
        be called after somebody too: the coach's own home, for example.
    around : int
        How many folders around it are looked at as well.
    """
    member = found.member.replace(INSIDE, "/").replace("\\", "/")
    inner = [part for part in member.split("/") if part not in ("", ".", "..")]
    depth = max(1, len(found.label.split("/")) - len(inner)) + around
    return [*PurePath(found.path).parts[-depth:], *inner]
