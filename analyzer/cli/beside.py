"""``--store`` of a review: the athlete's earlier run whose session is most like this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzer.cli.options import files, refuse
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.archive.store.records import AthleteRow
    from analyzer.model.review import Review

EARLIER = click.option(
    "--store",
    metavar="FILE|URL",
    shell_complete=files,
    help="Compare with the athlete's earlier run most like this one, as 'batch' kept it.",
)


def with_most_alike(review: Review, store: str, athlete: str | None) -> Review:
    """
    Add the earlier run that is most like a review.

    Parameters
    ----------
    review : Review
        The run.
    store : str
        Where earlier runs are kept.
    athlete : str or None
        Whose; None: the only athlete of the store.

    Raises
    ------
    StoreError
        If the store cannot be read.
    UsageError
        If nobody can tell whose earlier runs are meant.
    """
    from analyzer.archive.alike import most_alike
    from analyzer.archive.row import run_row
    from analyzer.cli.store_option import opened

    with opened(store, create=False) as kept:
        name = _name(athlete, kept.athletes())
        earlier = (stored.run for stored in kept.runs(athletes=[name], is_packed=False))
        return replace(review, alike=most_alike(run_row(review), earlier))


def _name(athlete: str | None, there: Sequence[AthleteRow]) -> str:
    """Return whose runs are meant, as the store spells it."""
    from analyzer.archive.whom import UnknownAthleteError, named

    names = [row.name for row in there]
    if athlete is None:
        words = "the store has several athletes: say whose run this is with --athlete or --name"
        refuse([(len(names) != 1, words if names else "the store has no athlete")])
        return names[0]
    try:
        return named([athlete], names)[0]
    except UnknownAthleteError as error:
        raise click.UsageError(str(error)) from error
