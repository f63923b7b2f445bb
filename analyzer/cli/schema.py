"""``progcheck schema``: the JSON Schema of the result."""

from __future__ import annotations

import click

from analyzer.cli.lazy import HELP
from analyzer.report.json_result import schema_text


@click.command(context_settings=HELP)
def schema() -> None:
    """Print the JSON Schema of the --json result."""
    click.echo(schema_text().rstrip("\n"))
