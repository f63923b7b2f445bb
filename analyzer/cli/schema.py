"""``progcheck schema``: the JSON Schema of the result."""

from __future__ import annotations

import click

from analyzer.report.json_result import schema_text


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
def schema() -> None:
    """Print the JSON Schema of the --json result."""
    click.echo(schema_text().rstrip("\n"))
