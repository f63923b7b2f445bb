"""What a store keeps, for programs: the rows and the JSON that the command line has."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from analyzer.archive.kept_sheet import kept_sheet, latest_week, squad_beside
from analyzer.archive.store.export import COLUMNS, row_of
from analyzer.archive.store.packed import unpack
from analyzer.archive.trends import squad_trends
from analyzer.archive.whom import UnknownAthleteError, by_athlete, named
from analyzer.errors import NoStoreError
from analyzer.report.json_result import SCHEMA_VERSION, dumps
from analyzer.report.squad.json_result import dumps as squad_dumps
from analyzer.report.trends.json_result import dumps as trends_dumps
from analyzer.web.refusals import RefusedError
from analyzer.web.work.kept import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzer.archive.days import Days
    from analyzer.archive.store.listing import Wanted
    from analyzer.archive.store.store import Store
    from analyzer.web.settings import Settings


class Page(Struct, frozen=True):
    """From which run on, and how many of them."""

    start: int
    most: int


@contextmanager
def _kept(settings: Settings) -> Iterator[Store]:
    """Ask the server's store; StoreError if it cannot be asked, RefusedError if there is none."""
    try:
        kept = opened(settings)
    except NoStoreError:
        problem = "nothing is kept yet: a batch makes the store"
        raise RefusedError(HTTPStatus.NOT_FOUND, problem) from None
    with kept:
        yield kept


def runs_json(wanted: Wanted, page: Page, settings: Settings) -> str:
    """Return some runs, the latest first, a row as ``store export`` has it."""
    with _kept(settings) as kept:
        found = kept.listed(wanted, page.start, page.most)
        said = kept.said([run.content for run in found.runs])
    following = page.start + page.most
    rows = [
        dict(zip(COLUMNS, row_of(run, said.get(run.content)), strict=True)) for run in found.runs
    ]
    return _text(
        {
            "schema_version": SCHEMA_VERSION,
            "total": found.total,
            "next": following if following < found.total else None,
            "runs": rows,
        }
    )


def run_json(content: str, settings: Settings) -> str:
    """Return the review of one run; RefusedError if it is not kept."""
    with _kept(settings) as kept:
        found = next(kept.runs(contents=[content]), None)
    if found is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such run in the store")
    return dumps(unpack(found.run.packed), indent=2) + "\n"


def athletes_json(settings: Settings) -> str:
    """Return of whom there are runs."""
    with _kept(settings) as kept:
        rows = kept.athletes()
    told = {"schema_version": SCHEMA_VERSION, "athletes": [row._asdict() for row in rows]}
    return _text(told)


def trends_json(athletes: Sequence[str], days: Days, settings: Settings) -> str:
    """Return what ``progcheck trends --json`` prints; RefusedError for whom there is not."""
    with _kept(settings) as kept:
        try:
            names = named(athletes, [a.name for a in kept.athletes()])
        except UnknownAthleteError as unknown:
            raise RefusedError(HTTPStatus.NOT_FOUND, str(unknown)) from None
        asked = kept.runs(
            since=days.first, until=days.last, athletes=names or None, is_packed=False
        )
        runs, _ = by_athlete(asked)
    every = {athlete: runs.get(athlete, []) for athlete in names} or runs
    return trends_dumps(squad_trends(every, days.first, days.last)) + "\n"


def squad_json(days: Days, is_week: bool, settings: Settings) -> str:
    """Return what ``progcheck squad --json`` prints."""
    known = squad_beside(settings.store, settings.athletes)
    with _kept(settings) as kept:
        shown = latest_week(kept, days.last) if is_week else days
        sheet = kept_sheet(kept, shown, known).sheet
    return squad_dumps(sheet, settings.units) + "\n"


def _text(told: dict[str, Any]) -> str:
    """Write strict JSON; days and moments as ISO has them."""
    text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False, default=_iso)
    return text + "\n"


def _iso(value: Any) -> str:  # noqa: ANN401 - what JSON has no word for
    """Write a day or a moment."""
    return str(value.isoformat())
