"""``progcheck inspect``: what is in a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import NO_COLOR, SESSION, json_option, runs_argument
from analyzer.cli.recordings import Recording, Recordings
from analyzer.errors import EmptyActivityError
from analyzer.prepare.prepare import prepare
from analyzer.report.inspection import inspection_dict, inspection_text
from analyzer.review.local_time import local_zone

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.prepared import Prepared


@click.command(context_settings=HELP)
@runs_argument()
@SESSION
@json_option("Print JSON; with several RUNs, one document per line.")
@NO_COLOR
def inspect(runs: tuple[str, ...], *, session: int | None, as_json: bool, no_color: bool) -> None:
    """
    Show what is in a recording: clocks, columns, laps, steps, damage.

    RUN is a FIT, GPX or TCX file, plain or .gz, or a .zip of them; '-' reads
    stdin.
    """
    del no_color  # taken as by the others; there are no colours here
    recordings = Recordings(runs, session)

    def shown(recording: Recording) -> str:
        """Put one recording into text or JSON."""
        activity = recording.activity
        zone, prepared = local_zone(activity), _prepared(activity)
        if not as_json:
            return inspection_text(activity, zone, prepared)
        import json  # only when it is asked for

        content = inspection_dict(activity, zone, prepared)
        indent = 2 if recordings.is_single else None
        return json.dumps(content, indent=indent, ensure_ascii=False, allow_nan=False)

    for place, text in recordings.each(shown):
        click.echo(f"\n{text}" if place and not as_json else text)
    recordings.raise_failures()


def _prepared(activity: Activity) -> Prepared | None:
    """Prepare a recording as a review would; None where there is too little to judge."""
    try:
        return prepare(activity)
    except EmptyActivityError:
        return None
