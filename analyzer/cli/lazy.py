"""A group of commands that loads only the one that is called; help lists them from a table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


HELP = {"help_option_names": ["-h", "--help"]}
"""Settings of every command."""


class LazyGroup(click.Group):
    """
    A group of lazy commands.

    Parameters
    ----------
    places : mapping of str to str
        Name of a command: ``module:name`` where it lives, in the order of use.
    summaries : mapping of str to str
        One line a command, so that help need not load them.
    **settings
        As for any group.
    """

    def __init__(
        self,
        *,
        places: Mapping[str, str],
        summaries: Mapping[str, str],
        **settings: Any,  # noqa: ANN401 - click's own
    ) -> None:
        super().__init__(**settings)
        self.places, self.summaries = places, summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of use."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the file of one command."""
        if cmd_name not in self.places:
            return None
        module, _, name = self.places[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a slip of the pen is told the one that was meant."""
        if args[0] not in self.places and not ctx.resilient_parsing:
            meant = self.meant_by(args[0])
            if meant is not None:
                ctx.fail(f"there is no command '{args[0]}'; did you mean '{meant}'?")
        return super().resolve_command(ctx, args)

    def meant_by(self, word: str) -> str | None:
        """Return the command that a word is nearly; None if it is near none."""
        from analyzer.plans.near import near_word  # only for what may be a slip

        return near_word(word, self.places)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their summaries, loading none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))
