"""All commands, and how one ends: ``review`` is the default, and every error is one line."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP, LazyGroup
from analyzer.errors import OutputError, ProgcheckError
from analyzer.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "review": "analyzer.cli.review:review",
    "compare": "analyzer.cli.compare:compare",
    "batch": "analyzer.cli.batch:batch",
    "squad": "analyzer.cli.squad:squad",
    "trends": "analyzer.cli.trends:trends",
    "watch": "analyzer.cli.watch:watch",
    "serve": "analyzer.cli.serve:serve",
    "plan": "analyzer.cli.plan:plan",
    "inspect": "analyzer.cli.inspect:inspect",
    "store": "analyzer.cli.store:store",
    "mcp": "analyzer.cli.mcp:mcp",
    "schema": "analyzer.cli.schema:schema",
}
"""Name of a command: where it lives."""

SUMMARIES = {
    "review": "Did you run what was planned? The default: 'progcheck RUN --plan PLAN'.",
    "compare": "Lay runs of one plan side by side: a runner over weeks, or a squad.",
    "batch": "Review every run of folders and exports, and keep the results.",
    "squad": "Say who of a squad needs you first, and write to each.",
    "trends": "Follow athletes over weeks of equal sessions: who is learning patience.",
    "watch": "Review new runs in a folder as they come in.",
    "serve": "Open the review page in the browser: drop a run, move a boundary.",
    "plan": "Check, show, write and export plans.",
    "inspect": "Show what is in a recording.",
    "store": "Look into a store of judged runs, and tidy it.",
    "mcp": "Give an assistant tools: review, compare, trends, plan check.",
    "schema": "Print the JSON Schema of the --json result.",
}
"""One line a command, so that help need not load them."""

EPILOG = """\b
Review a run:
  progcheck run.fit --plan plan.yaml
  progcheck run.fit --plan "15min easy, 3x10min @ 4:00 -10s"
  progcheck run.fit                        the plan is the workout in the file
  progcheck run.fit --plan plan.yaml -o review.png
\b
'progcheck review --help' lists the options."""


COMPLETING = "_PROGCHECK_COMPLETE"
"""Set by a shell that asks what an unfinished command line may go on with."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class Progcheck(LazyGroup):
    """The commands, with ``review`` in front of a bare RUN."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``review`` in front of anything that is neither a command nor help."""
        if args and args[0] not in {*COMMANDS, *HELP["help_option_names"], "--version"}:
            if not ctx.resilient_parsing:  # while a shell completes, nothing is wrong yet
                self._refuse_slip(args[0], ctx)
            args = ["review", *args]
        args = ["--map=ends" if a == "--map" else a for a in args]  # its value may be left out
        return super().parse_args(ctx, args)

    def _refuse_slip(self, word: str, ctx: click.Context) -> None:
        """Raise a usage error for a word that was meant as a command, and is not a file either."""
        if not word.isalpha() or os.path.lexists(word):
            return
        if word == "help":
            ctx.fail("there is no command 'help'")
        meant = self.meant_by(word)
        if meant is not None:
            ctx.fail(f"there is no command '{word}', and no such file; did you mean '{meant}'?")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Let a shell complete commands, and RUN as the file that it is."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return found
        from click.shell_completion import CompletionItem  # only while a shell completes

        return [CompletionItem(incomplete, type="file"), *found]


@click.group(
    cls=Progcheck,
    places=COMMANDS,
    summaries=SUMMARIES,
    epilog=EPILOG,
    context_settings=HELP,
    options_metavar="",
    subcommand_metavar="RUN [RUN ...] --plan PLAN [OPTIONS] | COMMAND ...",
)
@click.version_option(__version__, prog_name="progcheck")
def progcheck() -> None:
    """Check a recorded progression run against its plan."""


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        code = progcheck.main(args=arguments, prog_name="progcheck", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except SystemExit as leave:
        return _left(leave)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        return _report_usage(error)
    except Exception as error:  # noqa: BLE001 - the one net below everything: a line, no traceback
        return _report(error)
    return code if isinstance(code, int) else 0


def _left(leave: SystemExit) -> int:
    """Return the exit code of click's own exits: a shell was answered, or a reader has left."""
    if COMPLETING in os.environ:
        return int(leave.code or 0)
    return _report(BrokenPipeError())


def _report_usage(error: click.ClickException) -> int:
    """Say in one line what cannot be understood, and where help is; return the exit code."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if "\n" in message:  # a group without a command: the message is its help
        error.show()
    else:
        path = "progcheck" if context is None else context.command_path
        message = message.rstrip(".")
        end = "" if message.endswith(("?", ")")) else "."
        click.echo(f"{path}: {message}{end} See '{path} --help'.", err=True)
    return error.exit_code


def _report(error: Exception) -> int:
    """Say in one line what went wrong, and return the exit code of its kind."""
    if isinstance(error, ProgcheckError):
        line, code = str(error), error.exit_code
    elif isinstance(error, BrokenPipeError):
        # The reader has left: nothing to say, and Python must not flush to it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OutputError.exit_code
    elif isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        line, code = f"progcheck: {reason}", OutputError.exit_code
    else:
        line = (
            f"progcheck: a bug in progcheck ({type(error).__name__}); "
            "please report it with the command and, if you can, the file"
        )
        code = ProgcheckError.exit_code
    with contextlib.suppress(OSError):  # stderr is full or gone: the code says it
        click.echo(line, err=True)
    return code
