"""``progcheck squad``: who of the athletes in a store needs the coach first, and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import (
    LANG,
    NO_COLOR,
    OUTPUT,
    QUIET,
    Destination,
    Manner,
    files,
    folders,
    gathered,
    json_option,
    refuse,
    refuse_unknown_endings,
    units_option,
)
from analyzer.cli.printing import print_text, width
from analyzer.cli.reviewing import write_files
from analyzer.cli.store_option import STORE, opened
from analyzer.report.language import speaking

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from analyzer.archive.days import Days
    from analyzer.archive.kept_sheet import KeptSheet
    from analyzer.archive.store.records import StoredRun
    from analyzer.archive.store.store import Store
    from analyzer.model.squad import SquadSheet
    from analyzer.plans.athletes import Squad
    from analyzer.report.squad.messages import Message

DAY = click.DateTime(["%Y-%m-%d"])

MOST_NAMED = 3
"""More files than this are counted and not named."""


class Period(NamedTuple):
    """Which days, as they were asked for."""

    week: bool
    since: dt.datetime | None
    until: dt.datetime | None
    on: dt.datetime | None


class Mail(NamedTuple):
    """Where messages go, and whether those without a file are asked for it."""

    messages: str | None
    ask_for_files: bool


@click.command(context_settings=HELP)
@click.option(
    "--week",
    is_flag=True,
    help="The seven days that end with the latest run, or with --until. The default.",
)
@click.option("--since", type=DAY, metavar="DATE", help="From this day on, as 2026-03-04.")
@click.option("--until", type=DAY, metavar="DATE", help="Up to this day.")
@click.option("--on", type=DAY, metavar="DATE", help="On this day alone.")
@click.option(
    "--athletes",
    metavar="FILE",
    shell_complete=files,
    help="The squad: who has a row, and how each is greeted. Default: athletes.yaml next to the "
    "store, else everybody in the store.",
)
@STORE
@OUTPUT
@json_option("Print JSON, one document for all.")
@click.option(
    "--messages",
    metavar="FOLDER",
    shell_complete=folders,
    help="Write a message to each athlete, a .txt file each. What an earlier call wrote there is "
    "replaced or taken away; files that are yours, or that you changed, stay.",
)
@click.option(
    "--ask-for-files", is_flag=True, help="With --messages: ask those without a file for it."
)
@units_option("Units of the report. Default: those of each plan.")
@LANG
@NO_COLOR
@QUIET
@gathered(period=Period, mail=Mail, destination=Destination, manner=Manner)
def squad(  # noqa: PLR0913 - a record for each question
    *,
    period: Period,
    athletes: str | None,
    store: str,
    mail: Mail,
    destination: Destination,
    manner: Manner,
) -> None:
    """
    Say who of a squad needs you first.

    From the runs that 'progcheck batch' kept: a row an athlete, their latest run of the days,
    by their own plan and paces.
    """
    click.get_current_context().with_resource(speaking(manner.lang))
    refuse(
        [
            (period.on and (period.since or period.until), "--on is a day by itself"),
            (period.week and (period.on or period.since), "--week is seven days by itself"),
            (mail.ask_for_files and not mail.messages, "--ask-for-files needs --messages"),
        ]
    )
    refuse_unknown_endings(destination.files)
    from analyzer.archive.kept_sheet import kept_sheet, squad_beside

    known = squad_beside(store, athletes)
    with opened(store, create=False) as kept:
        made = kept_sheet(kept, _days(period, kept), known)
        messages = _messages(kept, made, known, mail, manner) if mail.messages else ()
    if made.nobodys:
        manner.remark(_nobodys(made.nobodys))
    _deliver(made.sheet, destination, manner, mail)
    if mail.messages:
        _write_messages(messages, made.sheet, mail, manner)


def _days(period: Period, kept: Store) -> Days:
    """Return the days that were asked for; else the seven that end with the latest run."""
    from analyzer.archive.days import Days
    from analyzer.archive.kept_sheet import latest_week

    since, until, on = (None if at is None else at.date() for at in period[1:])
    if on is not None:
        return Days(on, on)
    if since is not None and until is not None and since > until:
        msg = "--since is later than --until"
        raise click.UsageError(msg)
    if since is not None:
        return Days(since, until)
    if until is not None and not period.week:
        return Days(None, until)
    return latest_week(kept, until)


def _nobodys(runs: Sequence[StoredRun]) -> str:
    """Say which runs are on no row, and what to do about it."""
    named = ", ".join(run.label for run in runs[:MOST_NAMED])
    more = len(runs) - MOST_NAMED
    named += f" and {more} more" if more > 0 else ""
    files_are = "1 file is" if len(runs) == 1 else f"{len(runs)} files are"
    return f"{files_are} on no row, as nobody knows whose: {named}; say so in athletes.yaml"


def _deliver(sheet: SquadSheet, destination: Destination, manner: Manner, mail: Mail) -> None:
    """Put text or JSON on stdout unless only files were asked for; then write the files."""
    if destination.as_json:
        from analyzer.report.squad.json_result import dumps

        print_text(dumps(sheet, manner.units))
    elif destination.has_report and ("-" in destination.outputs or not mail.messages):
        from analyzer.report.squad.terminal import render_squad_text

        print_text(
            render_squad_text(sheet, width=width(), colour=manner.colour, units=manner.units)
        )
    if destination.files:
        from analyzer.report.squad.write import write_squad

        write_files(destination, manner, lambda path: write_squad(sheet, path, manner.units))


def _messages(
    kept: Store, made: KeptSheet, known: Squad | None, mail: Mail, manner: Manner
) -> tuple[Message, ...]:
    """Return a message to each athlete; where the coach approved one it is that."""
    from analyzer.archive.kept_messages import kept_messages

    found = kept_messages(kept, made, known, manner.units, asks_for_files=mail.ask_for_files)
    return tuple(each.message._replace(text=each.text) for each in found)


def _write_messages(
    messages: Sequence[Message], sheet: SquadSheet, mail: Mail, manner: Manner
) -> None:
    """Write each message into a file, and say what became of the folder."""
    from analyzer.errors import OutputError
    from analyzer.report.squad.folder import write_messages

    folder = mail.messages or ""
    done = write_messages(messages, folder)
    count = "1 message" if len(done.written) == 1 else f"{len(done.written)} messages"
    gone = f", {len(done.removed)} of an earlier call taken away" if done.removed else ""
    manner.remark(f"{count} written to {folder}{gone}{_approvals(sheet)}")
    if done.kept:
        named = ", ".join(done.kept)
        problem = f"left as they were, not written by progcheck or changed since: {named}"
        raise OutputError(folder, problem)


def _approvals(sheet: SquadSheet) -> str:
    """Say how many messages are as they were approved, and how many approvals no longer hold."""
    approved = sum(bool(row.heard.message) for row in sheet.rows)
    outdated = sum(row.heard.is_outdated for row in sheet.rows)
    words = f"; {approved} as approved" if approved else ""
    if outdated:
        count = "1 approval is" if outdated == 1 else f"{outdated} approvals are"
        words += f"; {count} for an earlier reading and not used"
    return words
