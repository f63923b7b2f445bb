"""``progcheck compare RUN RUN ... --plan PLAN``: runs of one plan side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.given_plan import GivenPlan
from analyzer.cli.printing import is_coloured, print_text, width
from analyzer.cli.recordings import recordings
from analyzer.errors import ActivityError, PlanError, SomeFailedError
from analyzer.report.language import LANGUAGES, speaking

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.comparison import SideBySide, SortedBy
    from analyzer.model.review import Review
    from analyzer.units import Unit


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    outputs: tuple[str, ...]
    as_json: bool
    units: Unit | None
    colour: bool
    quiet: bool
    verbose: bool


@dataclass(slots=True)
class Reviewed:
    """What could be reviewed, with the names that belong to it; and how many there were."""

    reviews: list[Review] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    total: int = 0

    @property
    def failed(self) -> int:
        """How many could not be reviewed."""
        return self.total - len(self.reviews)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("runs", metavar="RUN RUN [RUN ...]", nargs=-1, required=True)
@click.option(
    "--plan",
    metavar="PLAN",
    help="Plan file, or a plan in one line. Left out: the workout in each RUN, the same in all.",
)
@click.option("--athlete", metavar="NAME", help="Whose paces, from athletes.yaml.")
@click.option(
    "--athletes",
    metavar="FILE",
    help="The paces of a squad. Left out: athletes.yaml beside the plan.",
)
@click.option(
    "--names", metavar="A,B,...", help="What to call each RUN, in their order. Left out: by date."
)
@click.option(
    "--sort",
    type=click.Choice(["given", "date", "score", "name"]),
    help="Order of the rows. Left out: by date if there are several days, else as given.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    help="Write a report; the ending chooses the form. '-' is stdout. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout, one document for all.")
@click.option("--units", type=click.Choice(["km", "mi"]), help="Units of the report.")
@click.option(
    "--lang", type=click.Choice(tuple(LANGUAGES)), default="en", help="Language of the report."
)
@click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR).")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what was repaired.")
def compare(  # noqa: PLR0913 - click hands over one argument an option
    runs: tuple[str, ...],
    *,
    plan: str | None,
    athlete: str | None,
    athletes: str | None,
    names: str | None,
    sort: SortedBy | None,
    outputs: tuple[str, ...],
    as_json: bool,
    units: Unit | None,
    lang: str,
    no_color: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """
    Lay runs of one plan side by side.

    The same runner over weeks, or a squad on one evening. RUN is a FIT, GPX or
    TCX file, plain or .gz, or a .zip of them; '-' reads stdin. Verdict and
    score of each are those of 'progcheck review'.
    """
    click.get_current_context().with_resource(speaking(lang))
    wishes = Wishes(outputs, as_json, units, is_coloured(no_color), quiet, verbose)
    called = None if names is None else names.split(",")
    _check(runs, called, outputs)
    given = GivenPlan(plan, None, athletes, athlete)
    made = _reviewed(runs, given, called, wishes)
    if len(made.reviews) < 2:
        if made.failed and made.total > 1:
            click.echo("fewer than two runs are left to compare", err=True)
            raise SomeFailedError(made.failed, made.total)
        msg = "compare takes two RUNs or more; 'progcheck RUN --plan PLAN' reviews one"
        raise click.UsageError(msg)
    from analyzer.review.compare import lay_side_by_side

    side = lay_side_by_side(made.reviews, made.names if called else None, sort)
    _deliver(side, wishes)
    if made.failed:
        raise SomeFailedError(made.failed, made.total)


def _check(runs: tuple[str, ...], names: list[str] | None, outputs: tuple[str, ...]) -> None:
    """Refuse what cannot be delivered before any work is done."""
    if runs.count("-") > 1:
        msg = "stdin ('-') can be read only once"
        raise click.UsageError(msg)
    if names is not None and len(names) < len(runs):
        raise click.UsageError(_miscounted(names, len(runs)))
    files = [o for o in outputs if o != "-"]
    if not files:
        return
    from analyzer.report.write import form_of  # only when a file is asked for

    for path in files:
        try:
            form_of(path)
        except ValueError as error:
            raise click.UsageError(str(error)) from error


def _miscounted(names: list[str], total: int) -> str:
    """Say that names and recordings are not as many."""
    noun = "name" if len(names) == 1 else "names"
    return f"--names gives {len(names)} {noun} for {total} recordings; an empty one is none: 'A,,C'"


def _reviewed(
    runs: tuple[str, ...], given: GivenPlan, names: list[str] | None, wishes: Wishes
) -> Reviewed:
    """Review every recording; what cannot be is told, and passed over with its name."""
    made = Reviewed()
    for activity in recordings(runs, None):
        name = names[made.total] if names and made.total < len(names) else ""
        made.total += 1
        try:
            if isinstance(activity, ActivityError):
                raise activity
            review = _review_one(activity, given, wishes)
        except (ActivityError, PlanError) as error:
            click.echo(str(error), err=True)
            continue
        made.reviews.append(review)
        made.names.append(name)
    if names is not None and len(names) != made.total:
        raise click.UsageError(_miscounted(names, made.total))
    return made


def _review_one(activity: Activity, given: GivenPlan, wishes: Wishes) -> Review:
    """Judge one recording, and say what was repaired where that is wanted."""
    from analyzer.review.pipeline import review_activity

    chosen, why = given.plan_for(activity)
    if why and not wishes.quiet:
        click.echo(f"{activity.source}: {why}", err=True)
    review = review_activity(activity, chosen)
    if wishes.verbose and not wishes.quiet:
        from analyzer.report.recording_words import english_text  # only when it is asked for

        for warning in review.activity.warnings:
            click.echo(f"{review.activity.source}: {english_text(warning)}", err=True)
    return review


def _deliver(side: SideBySide, wishes: Wishes) -> None:
    """Put text or JSON on stdout unless only files were asked for; then write the files."""
    if wishes.as_json:
        from analyzer.report.compare.json_result import dumps

        print_text(dumps(side))
    elif not wishes.outputs or "-" in wishes.outputs:
        from analyzer.report.compare.terminal import render_comparison

        print_text(render_comparison(side, width=width(), colour=wishes.colour, units=wishes.units))
    files = [o for o in wishes.outputs if o != "-"]
    if not files:
        return
    from analyzer.report.compare.write import write_comparison

    for path in files:
        write_comparison(side, path, units=wishes.units)
        if not wishes.quiet:
            click.echo(f"{Path(path).name} written", err=True)
