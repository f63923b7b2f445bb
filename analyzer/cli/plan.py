"""``progcheck plan``: check and show plans; loads no numpy."""

from __future__ import annotations

import json

import click

from analyzer.errors import PlanError
from analyzer.plans.advice import plan_advice
from analyzer.plans.tolerance import block_tolerances
from analyzer.report.plan_text import plan_dict, plan_line, plan_text
from analyzer.review.plan_source import read_plan

HELP = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=HELP)
def plan() -> None:
    """Check and show plans."""


@plan.command(context_settings=HELP)
@click.argument("plans", metavar="PLAN [PLAN ...]", nargs=-1, required=True)
def check(plans: tuple[str, ...]) -> int:
    """
    Say what is wrong with a plan: all of it at once, with line and column.

    PLAN is a file or a plan in one line. Exit code 4 if any plan cannot be used.
    """
    failed = 0
    for source in plans:
        try:
            read = read_plan(source)
        except PlanError as error:
            failed = error.exit_code
            click.echo(str(error), err=True)
            continue
        click.echo(f"{read.source}: {plan_line(read)}")
        for advice in plan_advice(read):
            click.echo(f"{read.source}: {advice}", err=True)
    return failed


@plan.command(context_settings=HELP)
def schema() -> None:
    """Print the JSON Schema of YAML plans, for an editor that checks while you type."""
    from analyzer.plans.schema import plan_schema  # only when it is asked for

    click.echo(json.dumps(plan_schema(), indent=2, ensure_ascii=False))


@plan.command(context_settings=HELP)
@click.argument("source", metavar="PLAN")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def show(source: str, *, as_json: bool) -> None:
    """
    Show every block as it will be judged.

    PLAN is a file or a plan in one line.
    """
    read = read_plan(source)
    tolerances = block_tolerances(read)
    if as_json:
        shown = plan_dict(read, tolerances)
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(plan_text(read, tolerances))
