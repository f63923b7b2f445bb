"""What `batch` and `watch` have in common: what runs are judged by, and telling of each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from analyzer.cli.options import files, folders, plan_option, refuse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from typing import Any

    from analyzer.archive.records import Result
    from analyzer.archive.rules import Rules

DAY = click.DateTime(["%Y-%m-%d"])


class Judged(NamedTuple):
    """What runs are judged by, and which of them."""

    plan: str | None
    plans: str | None
    athletes: str | None
    since: dt.datetime | None


def judged_by(command: Callable[..., Any]) -> Callable[..., Any]:
    """Take the options of `Judged`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


OPTIONS = (
    plan_option("the workout in each file, else --plans, else the export's own"),
    click.option(
        "--plans",
        metavar="FOLDER",
        shell_complete=folders,
        help="Pick the plan that fits each run without a workout of its own, by date and athlete.",
    ),
    click.option(
        "--athletes",
        metavar="FILE",
        shell_complete=files,
        help="The squad: paces, greetings, and whose files are whose. Default: athletes.yaml "
        "next to the plan or in PATH.",
    ),
    click.option("--since", type=DAY, metavar="DATE", help="Pass over runs before this day."),
)


def rules_of(judged: Judged, paths: tuple[str, ...]) -> Rules:
    """Return what runs are judged by; an unreadable plan or squad is an error before any work."""
    refuse([(judged.plan and judged.plans, "--plan and --plans exclude each other")])
    from analyzer.archive.rules import Rules, squad_of
    from analyzer.archive.what_plan import check_plans

    athletes = judged.athletes or _squad_beside(judged, paths)
    since = None if judged.since is None else judged.since.date()
    rules = Rules(judged.plan, judged.plans, athletes, since)
    squad_of(rules)
    check_plans(rules)
    return rules


def _squad_beside(judged: Judged, paths: tuple[str, ...]) -> str | None:
    """Return the file of the squad beside the plan, in the folder of plans, or in PATH."""
    from analyzer.review.plan_source import find_squad

    places = [Path(judged.plans)] if judged.plans else []
    places += [Path(judged.plan).parent] if judged.plan and Path(judged.plan).exists() else []
    places += [Path(path) for path in paths if Path(path).is_dir()]
    found = next((p for place in places if (p := find_squad(place, None)) is not None), None)
    return None if found is None else str(found)


class Telling:
    """
    Tells of files on stderr: a bar on a terminal, a line a file elsewhere.

    Parameters
    ----------
    total : int
        Files in all.
    look : callable
        Called for each file; ends the batch if Ctrl-C was pressed.
    quiet : bool
        Whether only failures are told.
    """

    def __init__(self, total: int, look: Callable[[], None], *, quiet: bool) -> None:
        self._look = look
        self._is_bar = sys.stderr.isatty() and not quiet
        self._quiet = quiet
        self._bar = click.progressbar(
            length=total, file=sys.stderr, label="files", show_pos=True, hidden=not self._is_bar
        )

    def __enter__(self) -> Telling:
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
            _say(line_about(result))
        self._look()


def _say(line: str) -> None:
    """Write a line to stderr; a full disk behind it ends no batch: the account is still to come."""
    try:
        click.echo(line, err=True)
    except BrokenPipeError:  # nobody listens any more
        raise
    except OSError:
        return


def line_about(result: Result) -> str:
    """Return one line about a file: whose run it is and what came out, or what became of it."""
    run = result.run
    if run is None:
        words = {"duplicate": f"the same run as {result.why}", "reviewed": "unchanged"}
        return f"{result.label}: {words.get(result.outcome, f'{result.outcome}: {result.why}')}"
    who = [result.athlete or "", "" if run.day is None else run.day.isoformat()]
    begin = " ".join(word for word in who if word) or result.label
    if run.score is None or run.score_low is None or run.score_high is None:
        return f"{begin}: no score, {run.plan_name} ({result.label})"
    sure = f"{run.score_low:.0f} to {run.score_high:.0f}"
    told = f"{run.score:.0f} ({sure}), {run.word}, {run.plan_name}"
    return f"{begin}: {told}" if begin == result.label else f"{begin}: {told} ({result.label})"
