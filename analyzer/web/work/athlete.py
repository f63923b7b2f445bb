"""An athlete over weeks, and runs of one plan side by side, as pages show them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.archive.store.listing import Wanted
from analyzer.archive.trends import squad_trends
from analyzer.archive.whom import UnknownAthleteError, named
from analyzer.report.compare.html import article
from analyzer.report.trends.html import articles
from analyzer.review.compare import lay_side_by_side
from analyzer.safe_text import clean_text
from analyzer.web.refusals import RefusedError
from analyzer.web.work.kept import asking, links_of, reviews_of
from analyzer.web.work.listing import runs_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.web.settings import Settings
    from analyzer.web.work.listing import ListShown


class AthleteShown(Struct, frozen=True):
    """
    An athlete, ready to be shown.

    Parameters
    ----------
    name : str
        As the store has it.
    athlete : str
        The same, safe to show.
    trends : str
        Where their scores go, as finished markup.
    listed : ListShown
        Their runs.
    """

    name: str
    athlete: str
    trends: str
    listed: ListShown


def athlete_shown(settings: Settings, asked: str, start: int) -> AthleteShown:
    """
    Lay an athlete out for the page.

    Raises
    ------
    RefusedError
        If nobody in the store is called so.
    """
    with asking(settings) as kept:
        try:
            (name,) = named([asked], [athlete.name for athlete in kept.athletes()])
        except UnknownAthleteError as unknown:
            raise RefusedError(HTTPStatus.NOT_FOUND, str(unknown)) from None
        rows = [run.run for run in kept.runs(athletes=[name], is_packed=False)]
        trends = articles(squad_trends({name: rows}))
    listed = runs_shown(settings, Wanted(athlete=name), start)
    return AthleteShown(name, clean_text(name), trends, listed)


def side_by_side(settings: Settings, contents: Sequence[str]) -> str:
    """
    Lay runs side by side, as finished markup.

    Raises
    ------
    RefusedError
        If they are of different sessions, or one is not in the store, or no longer.
    """
    with asking(settings) as kept:
        runs = reviews_of(kept, contents)
        if len({run.run.stimulus for run, _ in runs}) > 1:
            problem = "only runs of one plan can be compared: these have blocks of other lengths"
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
        names = [run.athlete or "" for run, _ in runs]
        if len(set(names)) == 1:
            names = [""] * len(names)  # the name tells none from another
        files = [run.label.rpartition("/")[2] for run, _ in runs]
        side = lay_side_by_side([review for _, review in runs], names, None, files)
        return article(side, settings.units, links_of(runs))
