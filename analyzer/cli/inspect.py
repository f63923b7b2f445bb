"""``progcheck inspect``: what is in a recording."""

from __future__ import annotations

import json
from itertools import chain, islice

import click

from analyzer.cli.recordings import recordings
from analyzer.errors import ActivityError, SomeFailedError
from analyzer.report.inspection import inspection_dict, inspection_text
from analyzer.review.local_time import local_zone


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("runs", metavar="RUN [RUN ...]", nargs=-1, required=True)
@click.option("--session", type=click.IntRange(min=1), help="Which session of a multisport file.")
@click.option("--json", "as_json", is_flag=True, help="For programs; several RUNs: one a line.")
def inspect(runs: tuple[str, ...], *, session: int | None, as_json: bool) -> None:
    """
    Show what is in a recording: clocks, columns, laps, steps, damage.

    RUN is a FIT, GPX or TCX file, plain or .gz, or a .zip of them; '-' reads
    stdin.
    """
    found = recordings(runs, session)
    first = list(islice(found, 2))
    total = failed = 0
    for activity in chain(first, found):
        total += 1
        if isinstance(activity, ActivityError):
            if len(first) == 1:
                raise activity
            failed += 1
            click.echo(str(activity), err=True)
            continue
        zone = local_zone(activity)
        if as_json:
            indent = 2 if len(first) == 1 else None
            shown = inspection_dict(activity, zone)
            click.echo(json.dumps(shown, indent=indent, ensure_ascii=False, allow_nan=False))
        else:
            click.echo(("\n" if total > 1 else "") + inspection_text(activity, zone))
    if failed:
        raise SomeFailedError(failed, total)
