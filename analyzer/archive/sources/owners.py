"""All that the athletes file says of whose a recording is, ready to be asked for every file."""

from __future__ import annotations

import re
from fnmatch import translate
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.sources.names import bare_letters, person_key, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.plans.athletes import Athlete, Squad

Key = tuple[str, ...]

MARKS = "*?["
"""What makes a pattern of a name."""


class Owners(NamedTuple):
    """
    Athletes by what is theirs; places of many athletes in the file, by number.

    Parameters
    ----------
    athletes : tuple of Athlete
        In the order of the file.
    by_name : dict
        By the words of what they are called.
    by_place : dict
        By the parts of a place that ``files`` names, each by its words.
    patterns : tuple
        Parts of a place with marks, and whose they are.
    any_first : Pattern or None
        Fits whatever the first part of a pattern fits, so that most files cost one look.
    by_device : dict
        By the words of a watch.
    lengths : tuple of int
        Of how many parts the places are that ``files`` names.
    """

    athletes: tuple[Athlete, ...]
    by_name: dict[Key, list[int]]
    by_place: dict[tuple[Key, ...], list[int]]
    patterns: tuple[tuple[tuple[re.Pattern[str], ...], int], ...]
    any_first: re.Pattern[str] | None
    by_device: dict[Key, list[int]]
    lengths: tuple[int, ...]


def names_of(athlete: Athlete) -> tuple[str, ...]:
    """Return what an athlete is called: by plans, and in full."""
    return (athlete.name, athlete.full_name) if athlete.full_name else (athlete.name,)


def owners_of(squad: Squad) -> Owners:
    """Sort what an athletes file says by what is asked for."""
    athletes = tuple(squad.athletes.values())
    by_name: dict[Key, list[int]] = {}
    by_place: dict[tuple[Key, ...], list[int]] = {}
    by_device: dict[Key, list[int]] = {}
    patterns: list[tuple[tuple[re.Pattern[str], ...], int]] = []
    for number, athlete in enumerate(athletes):
        for name in names_of(athlete):
            by_name.setdefault(person_key(name), []).append(number)
        for device in athlete.devices:
            by_device.setdefault(words_of(device), []).append(number)
        for text in athlete.files:
            parts = [part for part in text.replace("\\", "/").split("/") if part]
            if parts and any(mark in text for mark in MARKS):
                compiled = tuple(re.compile(translate(bare_letters(part))) for part in parts)
                patterns.append((compiled, number))
            elif parts:
                by_place.setdefault(tuple(person_key(p) for p in parts), []).append(number)
    lengths = tuple(sorted({len(place) for place in by_place}))
    firsts = dict.fromkeys(parts[0].pattern for parts, _ in patterns)
    any_first = re.compile("|".join(firsts)) if firsts else None
    return Owners(athletes, by_name, by_place, tuple(patterns), any_first, by_device, lengths)


def called(owners: Owners, name: str) -> list[Athlete]:
    """Return who is called so."""
    return _athletes(owners, owners.by_name.get(person_key(name), ()))


def wearing(owners: Owners, device: str) -> list[Athlete]:
    """Return who wears this watch, listed with or without its maker in front."""
    words = words_of(device)
    worn = (number for key in (words, words[1:]) if key for number in owners.by_device.get(key, ()))
    return _athletes(owners, worn)


def holding(owners: Owners, place: Sequence[str]) -> list[Athlete]:
    """
    Return whose ``files`` name a place.

    Parameters
    ----------
    owners : Owners
        As from `owners_of`.
    place : sequence of str
        Folders, archives and the file, from the outside in.
    """
    forms = [_forms(part) for part in place]
    found = [
        number
        for length in owners.lengths
        for at in range(len(forms) - length + 1)
        for key in product(*(keys for _, keys in forms[at : at + length]))
        for number in owners.by_place.get(key, ())
    ]
    texts = [names for names, _ in forms]
    first = owners.any_first
    if first is not None and any(first.match(text) for names in texts for text in names):
        found += [number for parts, number in owners.patterns if _is_at(parts, texts)]
    return _athletes(owners, found)


def _forms(part: str) -> tuple[tuple[str, ...], tuple[Key, ...]]:
    """Return a name with and without its ending: as text, and by its words."""
    bare = bare_letters(part)
    names = dict.fromkeys((bare, bare.rpartition(".")[0] or bare))
    return tuple(names), tuple(dict.fromkeys(person_key(name) for name in names))


def _is_at(parts: tuple[re.Pattern[str], ...], texts: Sequence[tuple[str, ...]]) -> bool:
    """Whether a pattern fits parts of a place that follow each other."""
    return any(
        all(
            any(pattern.match(text) for text in names)
            for pattern, names in zip(parts, texts[at : at + len(parts)], strict=True)
        )
        for at in range(len(texts) - len(parts) + 1)
    )


def _athletes(owners: Owners, numbers: Sequence[int] | Iterator[int]) -> list[Athlete]:
    """Return athletes once, in the order of the file."""
    return [owners.athletes[number] for number in sorted(set(numbers))]
