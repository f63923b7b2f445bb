"""``progcheck plan export``: a plan as a FIT workout, intervals.icu text or YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETE, ATHLETES, PacesOf, files, gathered
from analyzer.errors import PlanError
from analyzer.plans.document import fail
from analyzer.review.plan_dialects import WRITTEN
from analyzer.review.plan_source import read_plan

if TYPE_CHECKING:
    from analyzer.model.plan import Plan
    from analyzer.plans.written import Written


@click.command(context_settings=HELP)
@click.argument("source", metavar="PLAN", shell_complete=files)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    help="End it in .fit for a watch, .txt for intervals.icu, or .yaml. Default: YAML on stdout.",
)
@click.option("--drop", is_flag=True, help="Leave out what the form cannot express, and name it.")
@ATHLETE
@ATHLETES
@gathered(whose=PacesOf)
def export(source: str, *, outputs: tuple[str, ...], drop: bool, whose: PacesOf) -> None:
    """
    Write a plan as a FIT workout for the watch, as intervals.icu text, or as YAML.

    What a form cannot express is refused by name, unless --drop leaves it out. Read back,
    the file is the same plan.
    """
    for path in outputs:
        if _ending(path) not in WRITTEN:
            raise click.UsageError(_unknown_ending(path))
    plan = read_plan(source, athletes=whose.athletes, athlete=whose.athlete)
    if not outputs:
        from analyzer.plans.write_yaml import yaml_text

        click.echo(yaml_text(plan), nl=False)
    files = [(path, _written(plan, path, drop=drop)) for path in outputs]
    for path, file in files:
        for remark in (*(f"left out: {part}" for part in file.left_out), *file.advice):
            click.echo(f"{Path(path).name}: {remark}", err=True)
        save(path, file.content)


def _ending(path: str) -> str:
    """Return the ending of a file in small letters, with its dot."""
    return Path(path).suffix.lower()


def _unknown_ending(path: str) -> str:
    """Say that a file's ending chooses no form, and which ones do."""
    endings = ", ".join(f"{ending} ({dialect.name})" for ending, dialect in WRITTEN.items())
    return f"'{Path(path).name}' has no known ending; use {endings}"


def _written(plan: Plan, path: str, *, drop: bool) -> Written:
    """Write a plan in the form its file's ending chooses; say what that cannot express."""
    try:
        return WRITTEN[_ending(path)].load_writer()(plan, drop=drop)
    except PlanError as error:
        if drop:
            raise
        click.echo(str(error), err=True)
        raise fail(Path(path).name, "not written; --drop leaves that out and says so") from None


def save(path: str, content: bytes) -> None:
    """Write the whole file or none, and say so."""
    from analyzer.report.write import write_whole

    write_whole(path, content)
    click.echo(f"{Path(path).name} written", err=True)
