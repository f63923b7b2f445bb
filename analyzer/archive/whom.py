"""Which athletes' runs are asked for, from a store: by name, or all there are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from analyzer.plans.near import near_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.archive.records import RunRow
    from analyzer.archive.store.records import StoredRun


class UnknownAthleteError(ValueError):
    """A name that nobody in the store has; its text says who was meant, or who there is."""

    MOST = 5
    """Most names that are listed."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        near = near_word(name, [n.lower() for n in names])
        meant = next((n for n in names if n.lower() == near), None)
        some = ", ".join(names[: self.MOST]) + (", ..." if len(names) > self.MOST else "")
        hint = (
            f"did you mean '{meant}'?" if meant else f"there are {some}" if names else "it is empty"
        )
        super().__init__(f"no athlete '{name}' in the store; {hint}")


def named(asked: Sequence[str], names: Sequence[str]) -> list[str]:
    """
    Return the names as the store spells them, each once; large and small letters are alike.

    Raises
    ------
    UnknownAthleteError
        For one that is not there.
    """
    by_letters = {name.casefold(): name for name in names}
    found = []
    for name in asked:
        if name.casefold() not in by_letters:
            raise UnknownAthleteError(name, names)
        found.append(by_letters[name.casefold()])
    return list(dict.fromkeys(found))


def by_athlete(runs: Iterable[StoredRun]) -> tuple[dict[str, list[RunRow]], int]:
    """
    Return the runs of each athlete, and how many were left out.

    Runs of nobody may be several people's, and are left out where anybody has a name; where
    nobody has, they are taken for one runner's.
    """
    found: dict[str, list[RunRow]] = defaultdict(list)
    for stored in runs:
        found[stored.athlete or ""].append(stored.run)
    nameless = found.pop("", []) if len(found) > 1 else []
    return dict(found), len(nameless)
