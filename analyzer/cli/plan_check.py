"""``progcheck plan check``, ``show`` and ``schema``: what a plan says, what is wrong with it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETE, ATHLETES, LANG, PacesOf, files, gathered, json_option
from analyzer.errors import PlanError
from analyzer.plans.advice import plan_advice
from analyzer.plans.tolerance import block_tolerances
from analyzer.report.aims import aims_text
from analyzer.report.language import speaking
from analyzer.report.plan_text import plan_dict, plan_line, plan_text
from analyzer.review.plan_source import SQUAD_NAMES, read_plan


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
@click.argument("plans", metavar="PLAN [PLAN ...]", nargs=-1, required=True, shell_complete=files)
@ATHLETE
@ATHLETES
@gathered(whose=PacesOf)
def check(plans: tuple[str, ...], *, whose: PacesOf) -> int:
    """
    Say what is wrong with a plan: all of it at once, with line and column.

    PLAN is a file (YAML, FIT, TCX or Zwift workout, intervals.icu text) or a plan in one line; an
    athletes.yaml is checked too. What is merely odd is reported as advice. Exits with 4 if
    any plan cannot be used.
    """
    code = 0
    for source in plans:
        try:
            _check_one(source, whose)
        except PlanError as error:
            code = error.exit_code
            click.echo(str(error), err=True)
    return code


def _check_one(source: str, whose: PacesOf) -> None:
    """Say what is in a plan or a file of paces, with advice on stderr."""
    if Path(source).name in SQUAD_NAMES:
        click.echo(_squad_line(Path(source)))
        return
    plan = read_plan(source, athletes=whose.athletes, athlete=whose.athlete)
    click.echo(f"{plan.source}: {plan_line(plan)}")
    for advice in (*aims_text(plan.aims), *plan_advice(plan)):
        click.echo(f"{plan.source}: {advice}", err=True)


def _squad_line(path: Path) -> str:
    """Say what is in a file of paces."""
    from analyzer.plans.athletes import read_squad

    count = len(read_squad(path).athletes)
    return f"{path.name}: {count} athlete{'' if count == 1 else 's'}"


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
