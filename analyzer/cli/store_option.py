"""``--store``: where results are kept, the same for every command that has to do with many runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzer.cli.options import files

if TYPE_CHECKING:
    from analyzer.archive.store.store import Store

DEFAULT = "progcheck.db"

STORE = click.option(
    "--store",
    metavar="FILE|URL",
    default=DEFAULT,
    shell_complete=files,
    help=f"The store: a file, or postgresql://user@host/database. Default: {DEFAULT} here.",
)


def opened(store: str, *, create: bool) -> Store:
    """Open a store; StoreError if it cannot be."""
    from analyzer.archive.store.store import Store

    return Store.open(store, create=create)
