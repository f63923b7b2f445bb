"""``progcheck inspect``: what is in a recording."""

from __future__ import annotations

import json
import sys

import click

from analyzer.errors import ActivityError, SomeFailedError
from analyzer.parsers.read import read_activity
from analyzer.report.inspection import inspection_dict, inspection_text


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("runs", metavar="RUN [RUN ...]", nargs=-1, required=True)
@click.option("--session", type=click.IntRange(min=1), help="Which session of a multisport file.")
@click.option("--json", "as_json", is_flag=True, help="For programs; several RUNs: one a line.")
def inspect(runs: tuple[str, ...], *, session: int | None, as_json: bool) -> None:
    """
    Show what is in a recording: clocks, columns, laps, steps, damage.

    RUN is a FIT, GPX or TCX file, plain or .gz; '-' reads stdin.
    """
    failed = 0
    for i, run in enumerate(runs):
        try:
            stream = run == "-"
            activity = read_activity(
                sys.stdin.buffer if stream else run,
                session=session,
                name="stdin" if stream else None,
            )
        except ActivityError as error:
            if len(runs) == 1:
                raise
            failed += 1
            click.echo(str(error), err=True)
            continue
        if as_json:
            indent = 2 if len(runs) == 1 else None
            shown = inspection_dict(activity)
            click.echo(json.dumps(shown, indent=indent, ensure_ascii=False, allow_nan=False))
        else:
            click.echo(("\n" if i else "") + inspection_text(activity))
    if failed:
        raise SomeFailedError(failed, len(runs))
