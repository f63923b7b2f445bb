"""The squad over some days, as a page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.archive.kept_sheet import kept_sheet, latest_week, squad_beside
from analyzer.report.squad.html import article
from analyzer.web.addresses import run_address
from analyzer.web.work.kept import asking, links_of

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.days import Days
    from analyzer.web.settings import Settings


class SquadShown(Struct, frozen=True):
    """
    A squad sheet, ready to be shown.

    Parameters
    ----------
    first, last : date or None
        Its days; None: open on that side.
    article : str
        The report, as finished markup.
    runs : int
        How many runs are on it.
    nobodys : tuple of (str, str)
        Name and address of each run that is on no row.
    is_empty : bool
        Whether the store has no run at all.
    """

    first: dt.date | None
    last: dt.date | None
    article: str
    runs: int
    nobodys: tuple[tuple[str, str], ...]
    is_empty: bool = False


def squad_shown(settings: Settings, days: Days | None) -> SquadShown:
    """
    Lay the squad out for the page.

    Parameters
    ----------
    settings : Settings
        Of the server.
    days : Days or None
        Which; None: the seven that end with the latest run.
    """
    known = squad_beside(settings.store, settings.athletes)
    with asking(settings) as kept:
        shown = latest_week(kept) if days is None else days
        if days is None and shown.last is None and not kept.info().runs:
            return SquadShown(None, None, "", 0, (), is_empty=True)
        made = kept_sheet(kept, shown, known)
        return SquadShown(
            first=shown.first,
            last=shown.last,
            article=article(made.sheet, settings.units, links_of(made.runs)),
            runs=len(made.runs),
            nobodys=tuple((run.label, run_address(run.content)) for run in made.nobodys),
        )
