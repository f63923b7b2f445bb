"""``progcheck trends [ATHLETE ...]``: who is learning patience, over weeks of equal sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import (
    LANG,
    NO_COLOR,
    OUTPUT,
    QUIET,
    Destination,
    Manner,
    gathered,
    json_option,
    refuse,
    refuse_unknown_endings,
    units_option,
)
from analyzer.cli.printing import print_text, width
from analyzer.cli.reviewing import write_files
from analyzer.cli.store_option import STORE, opened
from analyzer.errors import StoreError
from analyzer.report.language import speaking

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.trends import SquadTrends

DAY = click.DateTime(["%Y-%m-%d"])


class Days(NamedTuple):
    """The first and the last day that is looked at."""

    since: dt.datetime | None
    until: dt.datetime | None

    @property
    def first(self) -> dt.date | None:
        """The first day."""
        return None if self.since is None else self.since.date()

    @property
    def last(self) -> dt.date | None:
        """The last day."""
        return None if self.until is None else self.until.date()


@click.command(context_settings=HELP)
@click.argument("athletes", metavar="[ATHLETE ...]", nargs=-1)
@STORE
@click.option("--since", type=DAY, metavar="DATE", help="Pass over runs before this day.")
@click.option("--until", type=DAY, metavar="DATE", help="Pass over runs after this day.")
@OUTPUT
@json_option("Print JSON, one document for all.")
@units_option("Taken as by the other commands; nothing here is by the kilometre or the mile.")
@LANG
@NO_COLOR
@QUIET
@gathered(days=Days, destination=Destination, manner=Manner)
def trends(
    athletes: tuple[str, ...], *, store: str, days: Days, destination: Destination, manner: Manner
) -> None:
    """
    Follow athletes over weeks: who is learning patience.

    ATHLETE is a name as the store has it; all of them if left out. Only equal
    sessions are compared, and a trend is told only where chance would seldom make
    one: it takes at least 5 runs of one session.
    """
    click.get_current_context().with_resource(speaking(manner.lang))
    is_backwards = days.first is not None and days.last is not None and days.first > days.last
    refuse([(is_backwards, "--since is after --until")])
    refuse_unknown_endings(destination.files)
    _deliver(_followed(store, athletes, days, manner), destination, manner)


def _followed(store: str, asked: tuple[str, ...], days: Days, manner: Manner) -> SquadTrends:
    """Ask the store for runs, and follow whom they are of."""
    from analyzer.archive.trends import squad_trends
    from analyzer.archive.whom import UnknownAthleteError, by_athlete, named

    with opened(store, create=False) as kept:
        try:
            names = named(asked, [a.name for a in kept.athletes()])
        except UnknownAthleteError as unknown:
            raise click.UsageError(str(unknown)) from unknown
        runs, left_out = by_athlete(
            kept.runs(since=days.first, until=days.last, athletes=names or None, is_packed=False)
        )
        name = kept.name
    if not runs and not names:
        nothing = "no run of these days is in it" if any(days) else "no run is in it yet"
        raise StoreError(name, f"{nothing}; 'progcheck batch' puts runs there")
    if left_out:
        manner.remark(f"runs of nobody are left out: {left_out}")
    every = {athlete: runs.get(athlete, []) for athlete in names} or runs
    return squad_trends(every, days.first, days.last)


def _deliver(squad: SquadTrends, destination: Destination, manner: Manner) -> None:
    """Put text or JSON on stdout unless only files were asked for; then write the files."""
    if destination.as_json:
        from analyzer.report.trends.json_result import dumps

        print_text(dumps(squad))
    elif destination.has_report:
        from analyzer.report.trends.terminal import render_trends

        print_text(render_trends(squad, width=width(), colour=manner.colour))
    if destination.files:
        from analyzer.report.trends.write import write_trends

        write_files(destination, manner, lambda path: write_trends(squad, path, manner.units))
