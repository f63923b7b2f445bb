"""``progcheck mcp FOLDER``: tools for assistants, over stdin and stdout."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import LANG, files, folders, refuse, units_option
from analyzer.errors import MissingExtraError

if TYPE_CHECKING:
    from analyzer.assistant.settings import Settings
    from analyzer.units import Unit

WAITING = (
    "progcheck mcp: waits for an assistant on stdin; Ctrl-C ends it. docs/assistants.md says how "
    "one is told of it"
)


@click.command(context_settings=HELP)
@click.argument(
    "named", metavar="FOLDER [FOLDER ...]", nargs=-1, required=True, shell_complete=folders
)
@click.option(
    "--store",
    metavar="FILE|URL",
    shell_complete=files,
    help="Where 'batch' keeps runs; adds the tools runs and trends.",
)
@click.option(
    "--athletes",
    metavar="FILE",
    shell_complete=files,
    help="The paces of a squad. Default: athletes.yaml at the top of a FOLDER, or beside a plan.",
)
@click.option(
    "--plans",
    metavar="FOLDER",
    shell_complete=folders,
    help="Pick the plan that fits a run, where an assistant names none.",
)
@units_option("Units of the answers. Default: those of the plan.")
@LANG
def mcp(  # noqa: PLR0913 - an argument for each option
    named: tuple[str, ...],
    *,
    store: str | None,
    athletes: str | None,
    plans: str | None,
    units: Unit | None,
    lang: str,
) -> None:
    """
    Give an assistant tools: review, compare, trends, plan check.

    It speaks the Model Context Protocol on stdin and stdout, reads only what lies in
    each FOLDER, and writes nothing. An assistant starts it: 'docs/assistants.md'.
    """
    from analyzer.assistant.settings import Settings

    for folder in (*named, *([] if plans is None else [plans])):
        refuse([(not Path(folder).is_dir(), f"{folder} is not a folder")])
    whole = tuple(os.path.realpath(folder) for folder in named)
    _serve(Settings(whole, store, athletes, plans, units, lang))


def _serve(settings: Settings) -> None:
    """Look at what was named, then answer until the assistant has gone."""
    try:
        from analyzer.assistant.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "anyio"):
            raise
        extra, needed_for = "mcp", "progcheck mcp"
        raise MissingExtraError(extra, needed_for) from None
    _check(settings)
    if sys.stdin.isatty():
        click.echo(WAITING, err=True)
    gc.enable()  # it runs for days
    serve(settings)


def _check(settings: Settings) -> None:
    """Raise what is wrong with the store or the athletes file before an assistant asks."""
    from analyzer.assistant.desk import Desk

    Desk(settings)
    if settings.store is not None:
        from analyzer.cli.store_option import opened

        opened(settings.store, create=False).close()
