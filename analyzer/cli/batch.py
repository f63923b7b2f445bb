"""``progcheck batch PATH ...``: every run below some folders and exports, judged and kept."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from analyzer.cli.batch_options import Judged, Telling, judged_by, rules_of
from analyzer.cli.interrupt import long_work
from analyzer.cli.lazy import HELP
from analyzer.cli.options import files, gathered, json_option
from analyzer.cli.printing import print_text
from analyzer.cli.store_option import STORE, opened
from analyzer.errors import SomeFailedError

if TYPE_CHECKING:
    from analyzer.archive.account import Account


@click.command(context_settings=HELP)
@click.argument("paths", metavar="PATH [PATH ...]", nargs=-1, required=True, shell_complete=files)
@judged_by
@STORE
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Files at once. Default: one for each core.",
)
@json_option("Print the account of all files as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what failed.")
@gathered(judged=Judged)
def batch(  # noqa: PLR0913 - a record for each question
    paths: tuple[str, ...],
    *,
    judged: Judged,
    store: str,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Review every run below PATH, and keep the results.

    PATH is a recording, a folder (squad/ANNA/...), a zip, or an account export of
    TrainingPeaks, Garmin, Strava or HealthFit. A second call judges only what is
    new or whose plan has changed. Exit code 5: something could not be reviewed.
    """
    from analyzer.archive.batch import Batch
    from analyzer.archive.sources.find import find

    rules = rules_of(judged, paths)
    found = list(find(paths, since=rules.since))
    with (
        long_work() as look,
        opened(store, create=True) as kept,
        Telling(len(found), look, quiet=quiet) as told,
    ):
        account = Batch(found, rules, kept, told.tell).run(jobs or os.cpu_count() or 1)
    if as_json:
        print_text(json.dumps(account.as_json(), indent=2, ensure_ascii=False))
    elif not quiet:
        _say(account)
    failed = account.count("failed")
    if failed:
        raise SomeFailedError(failed, account.found)


def _say(account: Account) -> None:
    """Print the account for a reader."""
    from analyzer.archive.account_text import account_text

    print_text(account_text(account))
