"""``progcheck serve``: the review page in the browser, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETES, LANG, folders, refuse, units_option
from analyzer.cli.store_option import STORE
from analyzer.errors import MissingExtraError

if TYPE_CHECKING:
    from analyzer.units import Unit


@click.command(context_settings=HELP)
@STORE
@click.option(
    "--plans",
    metavar="FOLDER",
    shell_complete=folders,
    help="Plans to choose from on the page.",
)
@ATHLETES
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    metavar="N",
    help="Where to listen. Default: wherever there is room.",
)
@click.option("--no-open", is_flag=True, help="Print the address, open no browser.")
@units_option("Units of all that is shown. Default: those of each plan.")
@LANG
def serve(  # noqa: PLR0913 - each is an option
    *,
    store: str,
    plans: str | None,
    athletes: str | None,
    port: int | None,
    no_open: bool,
    units: Unit | None,
    lang: str,
) -> None:
    """
    Open the review page: drop a run, see the review, move a boundary.

    The page is served to this machine alone; nothing is sent anywhere, and
    nothing is kept unless you ask for it. The first line is its address.
    Stops with Ctrl-C.
    """
    refuse([(plans is not None and not Path(plans).is_dir(), f"{plans} is not a folder")])
    try:
        from analyzer.web.start import serve as start
    except ModuleNotFoundError as error:
        extra = "web"
        raise MissingExtraError(extra, "the review page") from error
    from analyzer.web.settings import Settings

    settings = Settings(store, plans, athletes, units, lang)
    start(settings, port, click.echo, opens=not no_open)
