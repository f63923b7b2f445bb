"""What all tools work with: the folders, the athletes, and the plans that may be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.rules import Rules, squad_of
from analyzer.assistant.places import Places
from analyzer.errors import PlaceError
from analyzer.plans.athletes import known_as, unknown_athlete
from analyzer.plans.document import has_blocks_key
from analyzer.plans.files import content_of, looks_like_file
from analyzer.plans.line import parse_line
from analyzer.plans.whose import Whose
from analyzer.review.plan_dialects import ENDINGS, PlanFile
from analyzer.review.plan_source import SQUAD_NAMES, plan_in

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.assistant.settings import Settings
    from analyzer.model.plan import Plan
    from analyzer.plans.athletes import Squad

TEXT, TEXT_FILE = "plan", "plan.txt"
"""What a plan that was written into the question is called, in one line and in several."""


class Desk:
    """
    What a server was started with, ready to be asked.

    Parameters
    ----------
    settings : Settings
        As said at start.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.places = Places(settings.folders)
        self.athletes = settings.athletes or self._beside(self.places.bounds)
        self.squad: Squad | None = squad_of(Rules(athletes=self.athletes))

    def athlete(self, name: str) -> str:
        """Return an athlete as the athletes file spells the name; PlaceError if it has none."""
        if self.squad is None:
            raise PlaceError(name, "no athletes file was named at start (--athletes)")
        found = self.squad.athletes.get(known_as(name))
        if found is None:
            raise PlaceError(name, unknown_athlete(self.squad, name))
        return found.name

    def plan(self, source: str, athlete: str | None = None, day: dt.date | None = None) -> Plan:
        """
        Read a plan: a file of the folders, or the text of one, in a line or in several.

        Parameters
        ----------
        source : str
            What the assistant gave.
        athlete : str, optional
            Whose paces. Left out: of whom the plan names.
        day : date, optional
            Of the run; left out: the latest paces.

        Raises
        ------
        PlanError
            With all its problems.
        PlaceError
            If it names a file that may not be read.
        """
        if self._is_text(source):
            squad = None if self.athletes is None else Path(self.athletes)
            return _of_text(source.strip(), Whose(squad, athlete, day))
        place = self.places.one(source)
        if place.is_in_archive:
            raise PlaceError(source, "a plan in an archive is not read; unpack it")
        path = Path(place.found.path)
        if path.suffix.lower() not in ENDINGS:  # what is wrong in it would be quoted
            raise PlaceError(source, f"no plan by its name: a plan ends in {', '.join(ENDINGS)}")
        squad_file = self.settings.athletes or self._beside([str(path.parent)]) or self.athletes
        squad = None if squad_file is None else Path(squad_file)
        return plan_in(PlanFile(path.name, content_of(path)), Whose(squad, athlete, day))

    def _is_text(self, source: str) -> bool:
        """Whether this is a plan and not the name of one; no file outside is looked at."""
        text = source.strip()
        if "\n" in text:
            return True
        if not text or looks_like_file(text) or text[0] in "/~\\" or ".." in text:
            return False
        try:
            return not os.path.lexists(self.places.path(text))
        except PlaceError:
            return True  # no name of a file: '4x1mi @ 6:00 \t'

    def _beside(self, folders: tuple[str, ...] | list[str]) -> str | None:
        """Return the one file of athletes at the top of folders, if no link leads it astray."""
        paths = [Path(folder) / name for folder in folders for name in SQUAD_NAMES]
        there = [path for path in paths if path.is_file() and self.places.has(str(path))]
        return str(there[0]) if len(there) == 1 else None


def _of_text(text: str, whose: Whose) -> Plan:
    """Read a plan that was written into the question, in whatever dialect of texts."""
    if "\n" not in text and not has_blocks_key(text):
        return parse_line(text, TEXT, whose)
    return plan_in(PlanFile(TEXT_FILE, text.encode("utf-8", "replace")), whose)
