"""A squad over some days: a row an athlete, those who need the coach first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.review import Review
    from analyzer.model.trends import Shown

Need = Literal[
    "paid",  # forced early, and slower for it later
    "blew_up",  # without having forced anything
    "stopped",
    "took_break",
    "missed",
    "cut_short",
    "forced",  # and got away with it
    "far",  # from the plan, for another reason
    "no_file",
    "cannot_tell",
]
"""Why a coach should look at an athlete, the most pressing first."""

NEEDS: tuple[Need, ...] = get_args(Need)

UNKNOWN: tuple[Need, ...] = ("no_file", "cannot_tell")
"""Where nothing is known that the coach would have to speak about; a question at most."""


class Heard(NamedTuple):
    """
    What the coach said of a run; empty where nothing was said.

    Parameters
    ----------
    note : str
        The coach's own, for nobody else.
    message : str
        To the athlete, as it was approved for this very reading of the run.
    is_outdated : bool
        Whether a message was approved for an earlier reading, and so is not to be sent.
    """

    note: str = ""
    message: str = ""
    is_outdated: bool = False


class SquadRun(NamedTuple):
    """A run of a period: whose, what was found, and what the coach said of it."""

    athlete: str
    review: Review
    heard: Heard = Heard()


class SquadRow(NamedTuple):
    """
    One athlete.

    Parameters
    ----------
    athlete : str
        As the athletes file or the folder spells it.
    review : Review or None
        Their latest run of the period; None: there is no file.
    need : Need or None
        Why the coach should look; None: the plan was held well enough.
    others : tuple of Review
        Their other runs of the period, the latest first.
    trend : Shown or None
        Where their scores go, over all their weeks; None: nobody asked.
    heard : Heard
        What the coach said of the latest run.
    """

    athlete: str
    review: Review | None
    need: Need | None
    others: tuple[Review, ...] = ()
    trend: Shown | None = None
    heard: Heard = Heard()


class SquadSheet(NamedTuple):
    """
    Every athlete of a squad over some days.

    Parameters
    ----------
    rows : tuple of SquadRow
        Those who need the coach first.
    first_day, last_day : date or None
        The days that the sheet covers, both included; None: open on that side.
    """

    rows: tuple[SquadRow, ...]
    first_day: dt.date | None = None
    last_day: dt.date | None = None
