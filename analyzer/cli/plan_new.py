"""``progcheck plan new``: a progression plan from a goal, a race, or an athlete's paces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from analyzer.cli.lazy import HELP
from analyzer.cli.options import ATHLETE, ATHLETES, PacesOf, gathered, units_option
from analyzer.plans.advice import plan_advice
from analyzer.plans.document import fail
from analyzer.plans.new_plan import (
    Runner,
    goal_of_race,
    new_plan,
    new_squad_plan,
    read_goal,
    read_race,
    session_shape,
)
from analyzer.plans.quantities import UnreadableError
from analyzer.review.plan_source import find_squad
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.plan import Race
    from analyzer.plans.new_plan import Goal
    from analyzer.units import Unit

YAML_ENDINGS = (".yaml", ".yml")


class Wish(Struct, frozen=True):
    """What the plan is for: a goal, a recent race, units of both; and the steps it takes."""

    goal: str | None
    result: str | None
    minutes: float
    step: int | None
    units: Unit


@click.command(context_settings=HELP)
@click.option("--goal", metavar="GOAL", help="'marathon 2:59:59', or a pace: '4:15/km'.")
@click.option("--result", metavar="RACE", help="A recent race: '10km 38:20'.")
@click.option(
    "--minutes",
    type=click.FloatRange(1, 600),
    default=55,
    show_default=True,
    help="Length of the session.",
)
@click.option(
    "--step",
    type=click.IntRange(1, 60),
    metavar="SECONDS",
    help="How much faster each block is than the one before.",
)
@units_option("Units of the paces.", default="km")
@click.option(
    "-o", "--output", metavar="FILE", help="Write the plan to this file. Default: stdout."
)
@ATHLETE
@ATHLETES
@gathered(wish=Wish, whose=PacesOf)
def new(*, wish: Wish, output: str | None, whose: PacesOf) -> None:
    """
    Write a progression plan: from a goal, a recent race, or an athlete's paces.

    10 to 20 min easy, then equal steps, the last block at goal pace or just under it. Without
    a goal it ends at the one-hour pace, estimated from the race. It is a starting point:
    change it.
    """
    path = _yaml_path(output)
    try:
        goal = _goal(wish)
        text = _text(wish, goal, _runner(Path() if path is None else path.parent, whose))
    except UnreadableError as error:
        raise click.UsageError(str(error)) from None
    if goal is not None and goal.race is not None:
        _advise(text, goal.race)
    if path is None:
        click.echo(text, nl=False)
        return
    from analyzer.cli.plan_export import save

    save(str(path), text.encode())


def _yaml_path(output: str | None) -> Path | None:
    """Return where to write; None is stdout. Another ending than that of YAML is refused."""
    if output is None or output == "-":
        return None
    path = Path(output)
    if path.suffix.lower() not in YAML_ENDINGS:
        msg = f"a new plan is YAML: name it {path.stem}.yaml; 'plan export' writes other forms"
        raise click.UsageError(msg)
    return path


def _text(wish: Wish, goal: Goal | None, runner: Runner | None) -> str:
    """Write the plan for a goal, or by an athlete's own paces."""
    shape = session_shape(wish.minutes)
    if goal is not None:
        return new_plan(goal, shape, wish.units, wish.step, runner)
    if runner is not None:
        return new_squad_plan(runner, shape, wish.units, wish.step)
    msg = "a plan for what? Give --goal 'marathon 2:59:59', --result '10km 38:20' or --athlete NAME"
    raise click.UsageError(msg)


def _goal(wish: Wish) -> Goal | None:
    """Read the goal, with its easy pace from the race; without a goal, what the race says."""
    race = None if wish.result is None else read_race(wish.result)
    if wish.goal is None:
        return None if race is None else goal_of_race(race)
    goal = read_goal(wish.goal, wish.units)
    return goal if race is None else replace(goal, race=race)


def _advise(text: str, race: Race) -> None:
    """Say on stderr where a new plan asks for more than a race allows."""
    from analyzer.plans.read import parse_plan

    for advice in plan_advice(replace(parse_plan(text, ""), race=race)):
        click.echo(f"plan new: {advice}", err=True)


def _runner(folder: Path, whose: PacesOf) -> Runner | None:
    """Return the athlete with the latest paces, from the squad of the plan's folder."""
    from analyzer.plans.athletes import known_as, paces_of, read_squad, unknown_athlete

    if whose.athlete is None:
        return None
    path = find_squad(folder, whose.athletes)
    if path is None:
        hint = "no athletes.yaml in the folder of the plan; name it with --athletes"
        raise fail(whose.athlete, hint)
    squad = read_squad(path)
    dated = paces_of(squad, whose.athlete, None)
    if dated is None:
        raise fail(squad.source, unknown_athlete(squad, whose.athlete))
    return Runner(squad.athletes[known_as(whose.athlete)].name, dated.paces)
