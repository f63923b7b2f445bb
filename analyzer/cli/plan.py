"""``progcheck plan``: what can be done with a plan; loads no numpy."""

from __future__ import annotations

import click

from analyzer.cli.lazy import HELP, LazyGroup

COMMANDS = {
    "check": "analyzer.cli.plan_check:check",
    "export": "analyzer.cli.plan_export:export",
    "new": "analyzer.cli.plan_new:new",
    "schema": "analyzer.cli.plan_show:schema",
    "show": "analyzer.cli.plan_show:show",
}
"""Name of a command: where it lives."""

SUMMARIES = {
    "check": "Say what is wrong with a plan: all of it at once.",
    "export": "Write a plan as a FIT workout, intervals.icu text or YAML.",
    "new": "Write a progression plan from a goal, a race, or an athlete's paces.",
    "schema": "Print the JSON Schema of YAML plans, for editors.",
    "show": "Show every block as it will be judged.",
}
"""One line a command, so that help need not load them."""


@click.group(cls=LazyGroup, places=COMMANDS, summaries=SUMMARIES, context_settings=HELP)
def plan() -> None:
    """Check, show, write and export plans."""
