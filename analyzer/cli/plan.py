"""``progcheck plan``: check, show, write and hand on plans; loads no numpy."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyzer.errors import PlanError
from analyzer.plans.advice import plan_advice
from analyzer.plans.document import fail
from analyzer.plans.tolerance import block_tolerances
from analyzer.report.language import LANGUAGES, speaking
from analyzer.report.plan_text import plan_dict, plan_line, plan_text
from analyzer.review.plan_dialects import WRITTEN
from analyzer.review.plan_source import SQUAD_NAMES, find_squad, read_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.plan import Plan, Race
    from analyzer.plans.new_plan import Goal, Runner
    from analyzer.units import Unit

HELP = {"help_option_names": ["-h", "--help"]}

YAML_ENDINGS = (".yaml", ".yml")


def day_option(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """Read ``2026-03-01``."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        msg = f"'{value}' is not a date; write 2026-03-01"
        raise click.BadParameter(msg, ctx, param) from None


def athlete_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say whose paces a plan is read by."""
    for option in (
        click.option("--athlete", metavar="NAME", help="Whose paces, from athletes.yaml."),
        click.option(
            "--athletes",
            metavar="FILE",
            help="The paces of a squad. Left out: athletes.yaml beside the plan.",
        ),
    ):
        command = option(command)
    return command


@click.group(context_settings=HELP)
def plan() -> None:
    """Check, show, write and hand on plans."""


@plan.command(context_settings=HELP)
@click.argument("plans", metavar="PLAN [PLAN ...]", nargs=-1, required=True)
@athlete_options
def check(plans: tuple[str, ...], *, athletes: str | None, athlete: str | None) -> int:
    """
    Say what is wrong with a plan: all of it at once, with line and column.

    PLAN is a file (YAML, FIT or TCX workout, intervals.icu text) or a plan in one line; an
    athletes.yaml is checked too. What is only odd is said as advice. Exit code 4 if any
    cannot be used.
    """
    failed = 0
    for source in plans:
        try:
            if Path(source).name in SQUAD_NAMES:
                click.echo(_squad_line(Path(source)))
                continue
            read = read_plan(source, athletes=athletes, athlete=athlete)
        except PlanError as error:
            failed = error.exit_code
            click.echo(str(error), err=True)
            continue
        click.echo(f"{read.source}: {plan_line(read)}")
        for advice in plan_advice(read):
            click.echo(f"{read.source}: {advice}", err=True)
    return failed


def _squad_line(path: Path) -> str:
    """Say what is in a file of paces."""
    from analyzer.plans.athletes import read_squad

    count = len(read_squad(path).athletes)
    return f"{path.name}: {count} athlete{'' if count == 1 else 's'}"


@plan.command(context_settings=HELP)
def schema() -> None:
    """Print the JSON Schema of YAML plans, for an editor that checks while you type."""
    from analyzer.plans.schema import plan_schema  # only when it is asked for

    click.echo(json.dumps(plan_schema(), indent=2, ensure_ascii=False))


@plan.command(context_settings=HELP)
@click.argument("source", metavar="PLAN")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--date", "day", callback=day_option, metavar="YYYY-MM-DD", help="By the paces of that day."
)
@click.option(
    "--lang", type=click.Choice(list(LANGUAGES)), default="en", help="Language, but for JSON."
)
@athlete_options
def show(  # noqa: PLR0913 - click hands over one argument an option
    source: str,
    *,
    as_json: bool,
    day: dt.date | None,
    lang: str,
    athletes: str | None,
    athlete: str | None,
) -> None:
    """
    Show every block as it will be judged.

    PLAN is a file (YAML, FIT or TCX workout, intervals.icu text) or a plan in one line.
    """
    read = read_plan(source, athletes=athletes, athlete=athlete, day=day)
    tolerances = block_tolerances(read)
    if as_json:
        shown = plan_dict(read, tolerances, plan_advice(read))
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        with speaking(lang):
            text = plan_text(read, tolerances)
        click.echo(text)


@plan.command(context_settings=HELP)
@click.option("--goal", metavar="GOAL", help="'marathon 2:59:59', or a pace: '4:15/km'.")
@click.option("--result", metavar="RACE", help="A recent race: '10km 38:20'.")
@click.option(
    "--minutes", type=click.FloatRange(1, 600), default=55, show_default=True, help="In all."
)
@click.option("--step", type=click.IntRange(1, 60), metavar="SECONDS", help="Between blocks.")
@click.option("--units", type=click.Choice(["km", "mi"]), default="km", help="Of the paces.")
@click.option("-o", "--output", metavar="FILE", help="Where to. Left out: stdout.")
@athlete_options
def new(  # noqa: PLR0913 - click hands over one argument an option
    *,
    goal: str | None,
    result: str | None,
    minutes: float,
    step: int | None,
    units: Unit,
    output: str | None,
    athletes: str | None,
    athlete: str | None,
) -> None:
    """
    Write a progression plan: from a goal, a recent race, or an athlete's paces.

    10 to 20 min easy, then equal steps, the last block at goal pace or just under it. Without
    a goal it ends at the one-hour pace, estimated from the race. It is a start: change it.
    """
    from analyzer.plans.new_plan import new_plan, new_squad_plan, session_shape
    from analyzer.plans.quantities import UnreadableError

    to_file = output is not None and output != "-"
    if to_file and Path(output or "").suffix.lower() not in YAML_ENDINGS:
        msg = f"a new plan is YAML: end '{Path(output or '').name}' in .yaml; plan export does more"
        raise click.UsageError(msg)
    try:
        shape = session_shape(minutes)
        wished = _goal(goal, result, units)
        folder = Path(output or "").parent if to_file else Path()
        runner = None if athlete is None else _runner(folder, athletes, athlete)
        if wished is not None:
            text = new_plan(wished, shape, units, step, runner)
        elif runner is not None:
            text = new_squad_plan(runner, shape, units, step)
        else:
            msg = "say what for: --goal 'marathon 2:59:59', --result '10km 38:20' or --athlete NAME"
            raise click.UsageError(msg)
    except UnreadableError as error:
        raise click.UsageError(str(error)) from None
    if wished is not None and wished.race is not None:
        _advise(text, wished.race)
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    _save(output, text.encode())


def _advise(text: str, race: Race) -> None:
    """Say on stderr where a new plan asks for more than a race allows."""
    from analyzer.plans.read import parse_plan

    for advice in plan_advice(replace(parse_plan(text, ""), race=race)):
        click.echo(f"plan new: {advice}", err=True)


@plan.command(context_settings=HELP)
@click.argument("source", metavar="PLAN")
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    help="End it in .fit for a watch, .txt for intervals.icu, .yaml. Left out: YAML on stdout.",
)
@click.option("--drop", is_flag=True, help="Leave out what the form cannot say, and name it.")
@athlete_options
def export(
    source: str,
    *,
    outputs: tuple[str, ...],
    drop: bool,
    athletes: str | None,
    athlete: str | None,
) -> None:
    """
    Hand a plan on: as a FIT workout for the watch, as intervals.icu text, or as YAML.

    What a form cannot say is refused by name, unless --drop leaves it out. Read back, the
    file is the same plan.
    """
    for path in outputs:
        if Path(path).suffix.lower() not in WRITTEN:
            known = ", ".join(f"{end} ({dialect.name})" for end, dialect in WRITTEN.items())
            msg = f"'{Path(path).name}' does not say as what; end it in {known}"
            raise click.UsageError(msg)
    read = read_plan(source, athletes=athletes, athlete=athlete)
    if not outputs:
        from analyzer.plans.write_yaml import yaml_text

        click.echo(yaml_text(read), nl=False)
    made = []
    for path in outputs:
        try:
            content, remarks = _written(read, Path(path).suffix.lower(), drop=drop)
        except PlanError as error:
            if drop:
                raise
            click.echo(str(error), err=True)
            raise fail(Path(path).name, "not written; --drop leaves that out and says so") from None
        made.append((path, content, remarks))
    for path, content, remarks in made:
        for remark in remarks:
            click.echo(f"{Path(path).name}: {remark}", err=True)
        _save(path, content)


def _written(read: Plan, ending: str, *, drop: bool) -> tuple[bytes, tuple[str, ...]]:
    """Return a plan in one form, and what is to be said about it."""
    written = WRITTEN[ending].load_writer()(read, drop=drop)
    return written.content, (*_left_out(written.left_out), *written.advice)


def _left_out(what: tuple[str, ...]) -> tuple[str, ...]:
    """Say what was left out."""
    return tuple(f"left out: {each}" for each in what)


def _save(path: str, content: bytes) -> None:
    """Write the whole file or none, and say so."""
    from analyzer.report.write import write_whole

    write_whole(path, content)
    click.echo(f"{Path(path).name} written", err=True)


def _goal(goal: str | None, result: str | None, units: Unit) -> Goal | None:
    """Read the goal, or what a race says of it."""
    from analyzer.plans.new_plan import goal_of_race, read_goal, read_race

    if goal is not None:
        wished = read_goal(goal, units)
        return wished if result is None else _by_race(wished, result)
    return None if result is None else goal_of_race(read_race(result))


def _by_race(goal: Goal, result: str) -> Goal:
    """Take the easy pace from the race, and the end from the goal."""
    from analyzer.plans.new_plan import read_race

    return replace(goal, race=read_race(result))


def _runner(folder: Path, athletes: str | None, athlete: str) -> Runner:
    """Return an athlete with the latest paces, from the squad of the plan's folder."""
    from analyzer.plans.athletes import known_as, paces_of, read_squad, unknown_athlete
    from analyzer.plans.new_plan import Runner

    path = find_squad(folder, athletes)
    if path is None:
        raise fail(athlete, "no athletes.yaml in the folder of the plan; name it with --athletes")
    squad = read_squad(path)
    found = paces_of(squad, athlete, None)
    if found is None:
        raise fail(squad.source, unknown_athlete(squad, athlete))
    return Runner(squad.athletes[known_as(athlete)].name, found.paces)
