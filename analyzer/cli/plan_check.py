"""``progcheck plan check``: what is wrong with a plan, all of it at once."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETE, ATHLETES, PacesOf, files, gathered
from analyzer.errors import PlanError
from analyzer.report.plan_words import plan_words
from analyzer.review.plan_source import SQUAD_NAMES, read_plan


@click.command(context_settings=HELP)
@click.argument("plans", metavar="PLAN [PLAN ...]", nargs=-1, required=True, shell_complete=files)
@ATHLETE
@ATHLETES
@gathered(whose=PacesOf)
def check(plans: tuple[str, ...], *, whose: PacesOf) -> int:
    """
    Say what is wrong with a plan: all of it at once, with line and column.

    PLAN is a file (YAML, FIT, TCX or Zwift workout, intervals.icu text) or a plan in one line,
    as a coach writes it; an athletes.yaml is checked too. What is merely odd is reported as
    advice. Exits with 4 if any plan cannot be used.
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
    words = plan_words(plan)
    click.echo(f"{plan.source}: {words.line}")
    for remark in words.remarks:
        click.echo(f"{plan.source}: {remark}", err=True)


def _squad_line(path: Path) -> str:
    """Say what is in a file of paces."""
    from analyzer.plans.athletes import read_squad

    count = len(read_squad(path).athletes)
    return f"{path.name}: {count} athlete{'' if count == 1 else 's'}"
