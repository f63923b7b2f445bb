"""``progcheck store forget``: an athlete taken out of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzer.archive.store.store import Store
from analyzer.cli.lazy import HELP
from analyzer.cli.options import QUIET
from analyzer.cli.store_option import STORE
from analyzer.errors import StoreError
from analyzer.plans.near import near_word
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command(context_settings=HELP)
@click.argument("athlete", metavar="ATHLETE")
@STORE
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@QUIET
def forget(athlete: str, store: str, *, is_sure: bool, quiet: bool) -> None:
    """
    Delete an athlete and all their runs.

    Nothing of them is left in the file. Recordings that are still in a folder are
    judged again if they are asked for again.
    """
    with Store.open(store) as kept:
        runs = {row.name: row.runs for row in kept.athletes()}
        _refuse_slip(athlete, runs, kept.name, is_sure=is_sure)
        if not is_sure:
            count = runs.get(athlete, 0)
            words = f"{count} {'run' if count == 1 else 'runs'}"
            click.confirm(f"Forget {clean_text(athlete)}, {words}, for good?", abort=True, err=True)
        forgotten = kept.forget(athlete)
    if not quiet:
        files = "recording" if forgotten == 1 else "recordings"
        click.echo(f"{forgotten} {files} forgotten", err=True)


def _refuse_slip(athlete: str, runs: Mapping[str, int], store: str, *, is_sure: bool) -> None:
    """
    Raise an error for a name that nobody has and somebody nearly has.

    Other names that nobody has may still stand in labels and questions. Whoever is sure is
    told only of small and large letters: "0 recordings forgotten" would sound like done.
    """
    spelt = {name.lower(): name for name in runs}
    if athlete in runs:
        return
    same = athlete.lower() if athlete.lower() in spelt else None
    meant = same if same or is_sure else near_word(athlete, spelt)
    if meant is not None:
        problem = f"there is no athlete '{athlete}'; did you mean '{spelt[meant]}'?"
        raise StoreError(store, problem)
