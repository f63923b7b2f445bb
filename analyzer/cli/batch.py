"""``progcheck batch PATH ...``: every run below some folders and exports, judged and kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import files, folders, gathered, json_option, plan_option, refuse
from analyzer.cli.printing import print_text
from analyzer.cli.store_option import STORE, opened
from analyzer.errors import SomeFailedError

if TYPE_CHECKING:
    from analyzer.archive.account import Account
    from analyzer.archive.records import Result
    from analyzer.archive.rules import Rules

DAY = click.DateTime(["%Y-%m-%d"])


class Judged(NamedTuple):
    """What runs are judged by, and which of them."""

    plan: str | None
    plans: str | None
    athletes: str | None
    since: dt.datetime | None


@click.command(context_settings=HELP)
@click.argument("paths", metavar="PATH [PATH ...]", nargs=-1, required=True, shell_complete=files)
@plan_option("the workout in each file, else --plans, else the export's own")
@click.option(
    "--plans",
    metavar="FOLDER",
    shell_complete=folders,
    help="Pick the plan that fits each run without a workout of its own, by date and athlete.",
)
@click.option(
    "--athletes",
    metavar="FILE",
    shell_complete=files,
    help="The squad: paces, greetings, and whose files are whose. Default: athletes.yaml "
    "next to the plan or in PATH.",
)
@click.option("--since", type=DAY, metavar="DATE", help="Pass over runs before this day.")
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

    refuse([(judged.plan and judged.plans, "--plan and --plans exclude each other")])
    rules = _rules(judged, paths)
    found = list(find(paths, since=rules.since))
    with opened(store, create=True) as kept, _telling(len(found), quiet=quiet) as told:
        account = Batch(found, rules, kept, told.tell).run(jobs or os.cpu_count() or 1)
    if as_json:
        print_text(json.dumps(account.as_json(), indent=2, ensure_ascii=False))
    elif not quiet:
        _say(account)
    failed = account.count("failed")
    if failed:
        raise SomeFailedError(failed, account.found)


def _rules(judged: Judged, paths: tuple[str, ...]) -> Rules:
    """Return what runs are judged by; an unreadable plan or squad is an error before any work."""
    from analyzer.archive.judge import squad_of
    from analyzer.archive.rules import Rules

    athletes = judged.athletes or _squad_beside(judged, paths)
    since = None if judged.since is None else judged.since.date()
    rules = Rules(judged.plan, judged.plans, athletes, since)
    squad_of(rules)
    return rules


def _squad_beside(judged: Judged, paths: tuple[str, ...]) -> str | None:
    """Return the file of the squad that lies beside the plan, in the folder of plans, or in PATH."""
    from analyzer.review.plan_source import find_squad

    places = [Path(judged.plans)] if judged.plans else []
    places += [Path(judged.plan).parent] if judged.plan and Path(judged.plan).exists() else []
    places += [Path(path) for path in paths if Path(path).is_dir()]
    found = next((p for place in places if (p := find_squad(place, None)) is not None), None)
    return None if found is None else str(found)


class _telling:  # noqa: N801 - used as a word of the with statement
    """
    Tells of files on stderr: a bar on a terminal, a line a file elsewhere.

    Parameters
    ----------
    total : int
        Files in all.
    quiet : bool
        Whether only failures are told.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._is_bar = sys.stderr.isatty() and not quiet
        self._quiet = quiet
        self._bar = click.progressbar(
            length=total, file=sys.stderr, label="files", show_pos=True, hidden=not self._is_bar
        )

    def __enter__(self) -> _telling:
        """Show the bar."""
        self._bar.__enter__()
        return self

    def __exit__(self, *leaving: object) -> None:
        """Leave the bar as it stands."""
        self._bar.__exit__(None, None, None)

    def tell(self, result: Result, done: int, total: int) -> None:
        """Tell of one file."""
        del total
        if self._is_bar:
            self._bar.update(done - self._bar.pos)
        elif result.outcome == "failed" or not self._quiet:
            click.echo(_line(result), err=True)


def _line(result: Result) -> str:
    """Return one line about a file."""
    run = result.run
    if run is None:
        words = {"duplicate": f"the same run as {result.why}", "reviewed": "unchanged"}
        return f"{result.label}: {words.get(result.outcome, f'{result.outcome}: {result.why}')}"
    if run.score is None or run.score_low is None or run.score_high is None:
        return f"{result.label}: no score, {run.plan_name}"
    sure = f"{run.score_low:.0f} to {run.score_high:.0f}"
    return f"{result.label}: {run.score:.0f} ({sure}), {run.word}, {run.plan_name}"


def _say(account: Account) -> None:
    """Print the account for a reader."""
    from analyzer.archive.account_text import account_text

    print_text(account_text(account))
