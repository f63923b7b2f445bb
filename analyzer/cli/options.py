"""The options that commands share, each once, and the records in which their values travel."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from analyzer.cli.printing import is_coloured
from analyzer.report.forms import endings, form_of
from analyzer.report.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

    from analyzer.units import Unit

    Command = Callable[..., Any]
    Option = Callable[[Command], Command]


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete names of files."""
    del ctx, param
    from click.shell_completion import CompletionItem  # only while a shell completes

    return [CompletionItem(incomplete, type="file")]


def folders(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete names of folders."""
    del ctx, param
    from click.shell_completion import CompletionItem  # only while a shell completes

    return [CompletionItem(incomplete, type="dir")]


def runs_argument(metavar: str = "RUN [RUN ...]") -> Option:
    """Take one recording or more."""
    return click.argument("runs", metavar=metavar, nargs=-1, required=True, shell_complete=files)


def plan_option(default: str) -> Option:
    """Take a plan; the default differs from command to command."""
    words = f"A plan file, or a plan in one line. Default: {default}."
    return click.option("--plan", metavar="PLAN", shell_complete=files, help=words)


ATHLETE = click.option(
    "--athlete", metavar="NAME", help="The athlete whose paces apply, from athletes.yaml."
)
ATHLETES = click.option(
    "--athletes",
    metavar="FILE",
    shell_complete=files,
    help="The paces of a squad. Default: athletes.yaml next to the plan.",
)
OUTPUT = click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    shell_complete=files,
    help=f"Write a report; its ending chooses the form: {endings()}. '-' is stdout. Repeatable.",
)


def json_option(words: str) -> Option:
    """Ask for JSON on stdout; how many documents there are differs."""
    return click.option("--json", "as_json", is_flag=True, help=words)


SESSION = click.option(
    "--session", type=click.IntRange(min=1), help="Which session of a multisport file."
)


def units_option(words: str = "Units of the report.", default: Unit | None = None) -> Option:
    """Choose kilometres or miles; no default: the plan's."""
    return click.option("--units", type=click.Choice(["km", "mi"]), default=default, help=words)


LANG = click.option(
    "--lang",
    type=click.Choice(list(LANGUAGES)),
    default="en",
    help="Language of the report; that of the system is ignored.",
)
NO_COLOR = click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR).")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors on stderr.")
VERBOSE = click.option(
    "-v", "--verbose", is_flag=True, help="Print on stderr what was repaired in a recording."
)


class PacesOf(Struct, frozen=True):
    """Whose paces a plan is read by: an athlete, and the file of the squad."""

    athlete: str | None
    athletes: str | None


class PlanOptions(Struct, frozen=True):
    """
    Which plan the runs are judged by.

    Parameters
    ----------
    plan, plans : str or None
        A plan, or a folder of them; neither: the workout in each recording.
    athlete, athletes : str or None
        Whose paces, and the file of the squad.
    """

    plan: str | None
    plans: str | None = None
    athlete: str | None = None
    athletes: str | None = None


class Manner(Struct, frozen=True):
    """Units and language of reports, and how much goes to stderr beside them."""

    units: Unit | None
    lang: str
    no_color: bool
    quiet: bool
    verbose: bool = False

    @property
    def colour(self) -> bool:
        """Whether a report on stdout is coloured."""
        return is_coloured(self.no_color)

    def remark(self, line: str) -> None:
        """Print a line on stderr, unless nothing but errors is wanted."""
        if not self.quiet:
            click.echo(line, err=True)


class Destination(Struct, frozen=True):
    """Where results go: stdout as JSON, message or report, and files."""

    outputs: tuple[str, ...]
    as_json: bool
    as_message: bool = False

    @property
    def files(self) -> list[str]:
        """Paths of the files; ``-`` is none."""
        return [path for path in self.outputs if path != "-"]

    @property
    def has_report(self) -> bool:
        """Whether the report itself goes to stdout: it was asked for, or nothing else was."""
        return not self.as_json and (not self.outputs or "-" in self.outputs)


def gathered(**records: type[Any]) -> Callable[[Command], Command]:
    """
    Hand a command its options in records.

    Parameters
    ----------
    **records : type
        Name of the command's argument, and the record it takes; the options that its
        fields are named after go in there, and fields without one keep their default.
    """

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def called(**values: object) -> object:
            filled = {
                argument: record(
                    **{name: values.pop(name) for name in record.__annotations__ if name in values}
                )
                for argument, record in records.items()
            }
            return command(**values, **filled)

        return called

    return decorate


def refuse(checks: Iterable[tuple[object, str]]) -> None:
    """
    Raise a usage error with the words of the first check that holds.

    Parameters
    ----------
    checks : iterable of (object, str)
        What must not be true, and what to say where it is.
    """
    for is_wrong, words in checks:
        if is_wrong:
            raise click.UsageError(words)


def refuse_unknown_endings(files: Iterable[str]) -> None:
    """Raise a usage error for a file that no form of a report is written to."""
    for path in files:
        try:
            form_of(path)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
