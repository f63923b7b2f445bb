"""``progcheck plan show`` and ``schema``: what a plan says, and what a plan may say."""

from __future__ import annotations

import datetime as dt
import json

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETE, ATHLETES, LANG, PacesOf, files, gathered, json_option
from analyzer.plans.advice import plan_advice
from analyzer.plans.tolerance import block_tolerances
from analyzer.report.language import speaking
from analyzer.report.plan_text import plan_dict, plan_text
from analyzer.review.plan_source import read_plan


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """Read ``2026-03-01``."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        msg = f"'{value}' is not a date; write 2026-03-01"
        raise click.BadParameter(msg, ctx, param) from None


@click.command(context_settings=HELP)
def schema() -> None:
    """Print the JSON Schema of YAML plans, for an editor that checks while you type."""
    from analyzer.plans.schema import plan_schema  # only when it is asked for

    click.echo(json.dumps(plan_schema(), indent=2, ensure_ascii=False))


@click.command(context_settings=HELP)
@click.argument("source", metavar="PLAN", shell_complete=files)
@json_option("Print JSON.")
@click.option(
    "--date", "day", callback=_day, metavar="YYYY-MM-DD", help="Use the paces of that day."
)
@LANG
@ATHLETE
@ATHLETES
@gathered(whose=PacesOf)
def show(source: str, *, as_json: bool, day: dt.date | None, lang: str, whose: PacesOf) -> None:
    """
    Show every block as it will be judged.

    PLAN is a file (YAML, FIT, TCX or Zwift workout, intervals.icu text) or a plan in one line.
    """
    plan = read_plan(source, athletes=whose.athletes, athlete=whose.athlete, day=day)
    tolerances = block_tolerances(plan)
    if as_json:
        content = plan_dict(plan, tolerances, plan_advice(plan))
        click.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
        return
    with speaking(lang):
        click.echo(plan_text(plan, tolerances))
