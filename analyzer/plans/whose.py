"""Whose paces a plan is read by: the athlete it names, or the one the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.plans.document import Word
from analyzer.plans.runner_paces import RunnerPaces

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from analyzer.plans.document import Node, Problems


AFTER_THE_NAME = "it may be one of the athlete's, once the name is right"
"""What to say about names of paces where the athlete is not in the file."""

WHOSE = (
    "define it under 'paces:' of a plan file, or name one of the athletes in {squad} with --athlete"
)
"""What to say about names of paces where an athletes file is there and nobody is named."""


class Whose(Struct, frozen=True):
    """
    Whose paces a plan may name, and in which file these are.

    Parameters
    ----------
    squad : Path or None
        ``athletes.yaml``, read when a plan names an athlete and not before.
    name : str or None
        An athlete in place of the plan's own.
    day : date or None
        Of the run; None: the latest paces.
    default : str or None
        An athlete for plans that name nobody.
    """

    squad: Path | None = None
    name: str | None = None
    day: dt.date | None = None
    default: str | None = None

    def athlete(self, own: str = "") -> str:
        """Return who a plan is for: the one asked for, the one it names, or the default."""
        return self.name or own or self.default or ""

    def paces(self, athlete: str, at: Node | None, problems: Problems) -> RunnerPaces:
        """
        Return an athlete's paces.

        An unknown one is a problem ``at`` the place that names it, at none if it is not the
        plan that does.
        """
        if self.squad is None:
            return RunnerPaces({}, "")
        if not athlete:
            return RunnerPaces({}, "", WHOSE.format(squad=self.squad.name))
        from analyzer.plans.athletes import known_as, paces_of, read_squad, unknown_athlete

        squad = read_squad(self.squad)  # few plans name an athlete, so few load this
        runner = paces_of(squad, athlete, self.day)
        if runner is None:
            text = unknown_athlete(squad, athlete)
            is_own = isinstance(at, Word) and known_as(at.text) == known_as(athlete)
            if at is not None and is_own:
                problems.add(text, at)
            else:
                problems.add_for_all(text)
            return RunnerPaces({}, "", AFTER_THE_NAME)
        return runner


NOBODY = Whose()
"""No squad: names of paces are the plan's own."""
