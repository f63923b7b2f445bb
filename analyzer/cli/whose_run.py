"""Whose each RUN is: by --athlete, else as ``batch`` tells it; where nobody can tell, nobody."""

from __future__ import annotations

import os
from collections import Counter
from itertools import takewhile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.archive.records import Found
    from analyzer.cli.options import PlanOptions
    from analyzer.cli.recordings import Recording
    from analyzer.plans.athletes import Squad


class Runner(Struct, frozen=True):
    """
    Whose a run is, for all that reports need to know.

    Parameters
    ----------
    athlete : str or None
        As the athletes file has them; None: nobody can tell.
    greeting : str
        What messages call them; empty where it is not known.
    asked : str
        What to ask the coach where nobody can tell; empty if there is nothing to ask.
    """

    athlete: str | None = None
    greeting: str = ""
    asked: str = ""


class _Told(NamedTuple):
    """Whose a place says a run is, and whether it says so of anybody, known here or not."""

    athlete: str | None
    is_told: bool


class Runners:
    """
    Tells whose each recording of a command line is, and never guesses.

    Parameters
    ----------
    runs : sequence of str
        The files as they were named.
    squad : Squad or None
        The athletes file; without one only ``given`` tells.
    given : sequence of str
        Athletes by the place of the recordings, as ``--athlete`` has them; one alone is meant
        for all, an empty one for none.

    Attributes
    ----------
    is_told : bool
        Whether the command line, folders, exports or the athletes file tell runners apart.
        Then a plan's own athlete is not taken for a run of which nothing says whose it is.
    named : tuple of str
        Who was given; a plan must be readable by the paces of each.
    told : tuple of (str or None)
        Whose paces will be needed, as far as places tell; None: of whom a plan names.
    """

    def __init__(self, runs: Sequence[str], squad: Squad | None, given: Sequence[str] = ()) -> None:
        self._squad = squad
        self._given = given
        self._common = _common(runs)
        self._often = Counter(PurePath(run).name for run in runs)
        self._members: dict[str, dict[str, Found]] = {}
        places = [] if squad is None or len(given) == 1 else [p for r in runs for p in self._in(r)]
        told = [owner for found in places if (owner := self._by_place(found)).is_told]
        self.is_told = bool(told) or len(given) > 1
        self.named = tuple(dict.fromkeys(name for name in given if name))
        known = dict.fromkeys(owner.athlete for owner in told if owner.athlete)
        self.told: tuple[str | None, ...] = tuple(known) or self._nobody()

    def runner(self, recording: Recording) -> Runner:
        """Say whose a recording is."""
        given = self._given_to(recording.place)
        if given:
            return self._known(given)
        if self._squad is None:
            return Runner()
        from analyzer.archive.sources.whose import whose  # only where there is a squad

        owner = whose(self._found(recording), recording.activity.device, self._squad)
        return Runner(asked=owner.asked) if owner.athlete is None else self._known(owner.athlete)

    def file_of(self, recording: Recording) -> str:
        """Return what a file is called; with its folders where another RUN has its name."""
        source, path = recording.activity.source, _whole(recording.run)
        is_alone = self._often[path.name] < 2 or recording.run == "-"
        return source if is_alone else "/".join([*self._folders(path, around=0), source])

    def everybody(self) -> list[str]:
        """Return what all athletes are called, in short and in full."""
        athletes = [] if self._squad is None else list(self._squad.athletes.values())
        called = [(a.name, a.full_name, a.greeting) for a in athletes]
        return [name for names in (*called, self._given) for name in names if name]

    def _nobody(self) -> tuple[str | None, ...]:
        """Return that a plan is read by whom it names; not yet if a watch may tell whose it is."""
        athletes = [] if self._squad is None else self._squad.athletes.values()
        return () if any(athlete.devices for athlete in athletes) else (None,)

    def _given_to(self, place: int) -> str:
        """Return who was named for a recording; empty if nobody was."""
        if len(self._given) == 1:
            return self._given[0]
        return self._given[place] if place < len(self._given) else ""

    def _known(self, name: str) -> Runner:
        """Look an athlete up, whose greeting may differ from the name."""
        from analyzer.plans.athletes import known_as

        athlete = None if self._squad is None else self._squad.athletes.get(known_as(name))
        if athlete is None:
            return Runner(name, name)
        return Runner(athlete.name, athlete.greeting or athlete.name)

    def _by_place(self, found: Found) -> _Told:
        """Return what a place alone says; an export says whose it is, known here or not."""
        from analyzer.archive.sources.whose import whose

        athlete = whose(found, None, self._squad).athlete
        is_export = found.platform != "folder" and found.hint.athlete is not None
        return _Told(athlete, athlete is not None or is_export)

    def _in(self, run: str) -> list[Found]:
        """Return what a batch finds in a RUN, by names alone."""
        return list(self._in_archive(run).values()) or [self._alone(run)]

    def _found(self, recording: Recording) -> Found:
        """Return a recording as a batch would have found it."""
        from analyzer.archive.records import Found

        if not recording.member:
            return self._alone(recording.run)
        path = _whole(recording.run)
        found = self._in_archive(recording.run).get(recording.member)
        return found or Found(recording.activity.source, str(path), recording.member)

    def _alone(self, run: str) -> Found:
        """Return a plain file, with the folders that tell it from the other RUNs."""
        from analyzer.archive.records import Found, Hint
        from analyzer.archive.sources.labels import joined, shown_part

        if run == "-":
            return Found("stdin", "stdin")
        path = _whole(run)
        folders = self._folders(path)
        label = joined(*(shown_part(f, is_folder=True) for f in folders), shown_part(path.name))
        return Found(label, str(path), hint=Hint(athlete=_athlete_of(reversed(folders))))

    def _in_archive(self, run: str) -> dict[str, Found]:
        """Return what a batch finds in an archive, by the names in it; nothing in a plain file."""
        if not run.lower().endswith(".zip"):
            return {}
        if run not in self._members:
            from analyzer.archive.sources.find import find
            from analyzer.archive.sources.labels import joined, shown_part

            folders = [shown_part(f, is_folder=True) for f in self._folders(_whole(run))]
            self._members[run] = {
                found.member: found._replace(label=joined(*folders, found.label))
                for found in find([_whole(run)])
                if found.member
            }
        return self._members[run]

    def _folders(self, path: Path, around: int = 1) -> list[str]:
        """Return the folders that tell a file from the other RUNs, and so many around them."""
        parts, home = path.parent.parts, Path.home().parts
        above = self._common[: max(0, len(self._common) - around)]
        if parts[: len(home)] == home and len(home) > len(above):
            above = home  # nobody's folder in a squad, whoever it is called after
        return [part for part in parts[len(above) :] if part != path.anchor]


def _whole(run: str) -> Path:
    """Return a path with its folders, also those around the current one; links stay links."""
    return Path(os.path.abspath(run))  # noqa: PTH100 - resolve() would follow links


def _common(runs: Sequence[str]) -> tuple[str, ...]:
    """Return the folders that all files have in common."""
    parents = [_whole(run).parent.parts for run in runs if run != "-"]
    alike = takewhile(lambda parts: len(set(parts)) == 1, zip(*parents, strict=False))
    return tuple(parts[0] for parts in alike)


def _athlete_of(folders: Iterable[str]) -> str | None:
    """Return the first folder that may be called after an athlete, and not after a time."""
    from analyzer.archive.sources.time_words import names_a_time

    return next((folder for folder in folders if not names_a_time(folder)), None)


def squad_of(options: PlanOptions) -> Squad | None:
    """
    Return the athletes file that the paces of plans are read from, or None.

    Raises
    ------
    PlanError
        If it cannot be read.
    """
    from analyzer.plans.files import plan_path
    from analyzer.review.plan_source import find_squad

    if options.plan is None and options.plans is None:
        path = None if options.athletes is None else Path(options.athletes)
    else:
        plan = None if options.plan is None else plan_path(options.plan)
        folder = Path(options.plans) if options.plans else Path() if plan is None else plan.parent
        path = find_squad(folder, options.athletes)
    if path is None:
        return None
    from analyzer.plans.athletes import read_squad  # only where there is one

    return read_squad(path)
