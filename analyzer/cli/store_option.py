"""Which store is meant."""

from __future__ import annotations

import click

from analyzer.cli.options import files

DEFAULT_STORE = "progcheck.db"
"""In the folder where one is."""

STORE = click.option(
    "--store",
    "target",
    metavar="FILE|URL",
    default=DEFAULT_STORE,
    shell_complete=files,
    help="The store: a file, or postgresql://user@host/database. Default: progcheck.db here.",
)
