"""Whose paces a plan is read by: the athlete it names, or the one the command line names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.plans.athletes import RunnerPaces, paces_of, read_squad, unknown_athlete

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from analyzer.plans.document import Node, Problems


@dataclass(frozen=True, slots=True)
class Whose:
    """
    Where a plan's athlete and paces are found.

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

    def paces(self, athlete: str, at: Node, problems: Problems) -> RunnerPaces:
        """Return an athlete's paces; an unknown one is a problem at the place that names it."""
        if not athlete or self.squad is None:
            return RunnerPaces({}, "")
        squad = read_squad(self.squad)
        found = paces_of(squad, athlete, self.day)
        if found is None:
            problems.add(unknown_athlete(squad, athlete), at, None)
            return RunnerPaces({}, "")
        return found


NOBODY = Whose()
"""No squad: names of paces are the plan's own."""
