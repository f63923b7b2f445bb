"""``progcheck store``: what is kept of judged runs, and what can be done with it."""

from __future__ import annotations

import click

from analyzer.cli.lazy import HELP, LazyGroup

COMMANDS = {
    "info": "analyzer.cli.store_info:info",
    "check": "analyzer.cli.store_check:check",
    "export": "analyzer.cli.store_export:export",
    "decided": "analyzer.cli.store_decided:decided",
    "forget": "analyzer.cli.store_forget:forget",
}
"""Name of a command: where it lives."""

SUMMARIES = {
    "info": "Say how many runs there are, whose, and of which days.",
    "check": "Look through all of a store for damage.",
    "export": "Write all runs as a table, .csv or .parquet.",
    "decided": "List what you decided of recordings, and take it back.",
    "forget": "Delete an athlete and all their runs.",
}
"""One line a command, so that help need not load them."""


@click.group(cls=LazyGroup, places=COMMANDS, summaries=SUMMARIES, context_settings=HELP)
def store() -> None:
    """Look into a store of judged runs, and tidy it."""
