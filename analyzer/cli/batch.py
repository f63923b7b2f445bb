"""``progcheck batch PATH ...``: every run below some folders and exports, judged and kept."""

from __future__ import annotations

import json
import os
from functools import partial
from typing import TYPE_CHECKING

import click

from analyzer.cli.batch_options import Judged, Telling, judged_by, rules_of
from analyzer.cli.interrupt import long_work
from analyzer.cli.lazy import HELP
from analyzer.cli.options import files, gathered, json_option, refuse
from analyzer.cli.printing import print_text
from analyzer.cli.store_option import STORE, opened
from analyzer.errors import SomeFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.archive.account import Account
    from analyzer.archive.batch import Tell
    from analyzer.archive.records import Found
    from analyzer.archive.rules import Rules
    from analyzer.archive.store.store import Store


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
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Judge on a Dask cluster (tcp://host:8786), with --store postgresql://...",
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
    cluster: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """
    Review every run below PATH, and keep the results.

    PATH is a recording, a folder (squad/ANNA/...), a zip, an account export of
    TrainingPeaks, Garmin, Strava or HealthFit, or the URL of such (s3://, gs://).
    A second call judges only what is new or whose plan has changed. Exit code 5:
    something could not be reviewed.
    """
    from analyzer.archive.batch import Batch
    from analyzer.archive.sources.find import find

    refuse([(cluster and jobs, "--jobs and --cluster exclude each other")])
    spread_over = None if cluster is None else _over(cluster, store)
    rules = rules_of(judged, paths)
    found = list(find(paths, since=rules.since))
    with (
        long_work() as look,
        opened(store, create=True) as kept,
        Telling(len(found), look, quiet=quiet) as told,
    ):
        if spread_over is None:
            account = Batch(found, rules, kept, told.tell).run(jobs or os.cpu_count() or 1)
        else:
            account = spread_over(found, rules, kept, told.tell)
    if as_json:
        print_text(json.dumps(account.as_json(), indent=2, ensure_ascii=False))
    elif not quiet:
        _say(account)
    failed = account.count("failed")
    if failed:
        raise SomeFailedError(failed, account.found)


def _over(cluster: str, store: str) -> Callable[[list[Found], Rules, Store, Tell], Account]:
    """Return what runs a batch on a cluster; StoreError for a store that it cannot use."""
    from analyzer.archive.cluster.batch import batch_on, need_server

    need_server(store)
    return partial(batch_on, cluster, store)


def _say(account: Account) -> None:
    """Print the account for a reader."""
    from analyzer.archive.account_text import account_text

    print_text(account_text(account))
