"""``progcheck plan export``: a plan as a FIT workout, intervals.icu text or YAML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETE, ATHLETES, PacesOf, gathered
from analyzer.errors import PlanError
from analyzer.plans.document import fail
from analyzer.review.plan_source import read_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The content of a plan's file, and what is to be said about it."""

    content: bytes
    remarks: tuple[str, ...] = ()


def _fit(plan: Plan, *, drop: bool) -> PlanFile:
    """Write a workout for a watch."""
    from analyzer.plans.write_fit import fit_workout

    workout = fit_workout(plan, drop=drop)
    return PlanFile(workout.content, (*_left_out(workout.left_out), *workout.advice))


def _intervals(plan: Plan, *, drop: bool) -> PlanFile:
    """Write the text of intervals.icu."""
    from analyzer.plans.write_intervals import intervals_text

    workout = intervals_text(plan, drop=drop)
    return PlanFile(workout.text.encode(), _left_out(workout.left_out))


def _yaml(plan: Plan, *, drop: bool = False) -> PlanFile:
    """Write YAML, which can say everything: there is nothing to drop."""
    from analyzer.plans.write_yaml import yaml_text

    return PlanFile(yaml_text(plan).encode())


def _left_out(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Say what was left out."""
    return tuple(f"left out: {part}" for part in parts)


PLAN_FORMS: dict[str, tuple[str, Callable[..., PlanFile]]] = {
    ".fit": ("a FIT workout", _fit),
    ".txt": ("intervals.icu text", _intervals),
    ".yaml": ("YAML", _yaml),
}
"""What a plan is written as, by the ending, and what writes it."""


@click.command(context_settings=HELP)
@click.argument("source", metavar="PLAN")
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
        if Path(path).suffix.lower() not in PLAN_FORMS:
            raise click.UsageError(_unknown_ending(path))
    plan = read_plan(source, athletes=whose.athletes, athlete=whose.athlete)
    if not outputs:
        click.echo(_yaml(plan).content.decode(), nl=False)
    written = [(path, _rendered(plan, path, drop=drop)) for path in outputs]
    for path, file in written:
        for remark in file.remarks:
            click.echo(f"{Path(path).name}: {remark}", err=True)
        save(path, file.content)


def _unknown_ending(path: str) -> str:
    """Say that a file's ending chooses no form, and which ones do."""
    endings = ", ".join(f"{ending} ({name})" for ending, (name, _) in PLAN_FORMS.items())
    return f"'{Path(path).name}' has no known ending; use {endings}"


def _rendered(plan: Plan, path: str, *, drop: bool) -> PlanFile:
    """Return a plan in the form its file's ending chooses; say what that cannot express."""
    _, write = PLAN_FORMS[Path(path).suffix.lower()]
    try:
        return write(plan, drop=drop)
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
