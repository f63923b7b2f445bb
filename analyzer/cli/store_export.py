"""``progcheck store export``: the runs as a table."""

from __future__ import annotations

import click

from analyzer.archive.store.store import Store
from analyzer.cli.lazy import HELP
from analyzer.cli.options import QUIET, files
from analyzer.cli.store_option import STORE


@click.command(context_settings=HELP)
@click.argument("path", metavar="FILE", shell_complete=files)
@STORE
@QUIET
def export(path: str, store: str, *, quiet: bool) -> None:
    """
    Write all runs as a table, a row a run.

    FILE ends in .csv, or in .parquet (pip install 'progcheck[parquet]').
    """
    with Store.open(store) as kept:
        rows = kept.export(path)
    if not quiet:
        click.echo(f"{rows} {'run' if rows == 1 else 'runs'} written", err=True)
