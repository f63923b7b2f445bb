"""``progcheck compare RUN RUN ... --plan PLAN``: runs of one plan side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analyzer.cli.lazy import HELP
from analyzer.cli.options import (
    ATHLETE,
    ATHLETES,
    LANG,
    NO_COLOR,
    OUTPUT,
    QUIET,
    VERBOSE,
    Destination,
    Manner,
    PlanOptions,
    gathered,
    json_option,
    plan_option,
    refuse,
    refuse_unknown_endings,
    runs_argument,
    units_option,
)
from analyzer.cli.plan_choice import PlanChoice
from analyzer.cli.printing import print_text, width
from analyzer.cli.recordings import Recordings
from analyzer.cli.reviewing import plan_of, say_repairs, write_files
from analyzer.errors import SomeFailedError
from analyzer.report.language import speaking

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.comparison import SideBySide, SortedBy
    from analyzer.model.review import Review

LEAST_RUNS = 2


@click.command(context_settings=HELP)
@runs_argument("RUN RUN [RUN ...]")
@plan_option("the workout in each RUN, the same in all")
@ATHLETE
@ATHLETES
@click.option(
    "--names", metavar="A,B,...", help="A name for each RUN, in order. Default: its date."
)
@click.option(
    "--sort",
    type=click.Choice(["given", "date", "score", "name"]),
    help="Order of the rows. Default: by date if there are several days, else as given.",
)
@OUTPUT
@json_option("Print JSON, one document for all.")
@units_option()
@LANG
@NO_COLOR
@QUIET
@VERBOSE
@gathered(plan=PlanOptions, destination=Destination, manner=Manner)
def compare(  # noqa: PLR0913 - a record for each question
    runs: tuple[str, ...],
    *,
    plan: PlanOptions,
    names: str | None,
    sort: SortedBy | None,
    destination: Destination,
    manner: Manner,
) -> None:
    """
    Lay runs of one plan side by side.

    The same runner over weeks, or a squad on one evening. RUN is a FIT, GPX or
    TCX file, plain or .gz, or a .zip of them; '-' reads stdin. Verdict and
    score of each are those of 'progcheck review'.
    """
    click.get_current_context().with_resource(speaking(manner.lang))
    labels = None if names is None else names.split(",")
    refuse(
        [
            (runs.count("-") > 1, "stdin ('-') can be read only once"),
            (labels is not None and len(labels) < len(runs), _miscounted(labels, len(runs))),
        ]
    )
    refuse_unknown_endings(destination.files)
    choice = PlanChoice(plan)
    recordings = Recordings(runs)
    refuse([(recordings.is_single, "give two RUNs or more; 'progcheck RUN' reviews one")])
    side = _side_by_side(recordings, choice, labels, sort, manner)
    _deliver(side, destination, manner)
    recordings.raise_failures()


def _miscounted(labels: list[str] | None, total: int) -> str:
    """Say that names and recordings are not as many."""
    count = len(labels or ())
    names = "1 name" if count == 1 else f"{count} names"
    return f"--names has {names} for {total} recordings; leave one empty for none: 'A,,C'"


def _side_by_side(
    recordings: Recordings,
    choice: PlanChoice,
    labels: list[str] | None,
    sort: SortedBy | None,
    manner: Manner,
) -> SideBySide:
    """Review every recording, and lay those side by side that could be reviewed."""
    from analyzer.review.compare import lay_side_by_side
    from analyzer.review.pipeline import review_activity

    def reviewed(activity: Activity) -> Review:
        """Judge one recording."""
        review = review_activity(activity, plan_of(activity, choice, manner))
        say_repairs(review, manner)
        return review

    placed = list(recordings.each(reviewed))
    total = recordings.total
    refuse([(labels is not None and len(labels) != total, _miscounted(labels, total))])
    if len(placed) < LEAST_RUNS:
        click.echo("fewer than two runs are left to compare", err=True)
        raise SomeFailedError(recordings.failed, total)
    shown = [labels[place] for place, _ in placed] if labels else None
    return lay_side_by_side([review for _, review in placed], shown, sort)


def _deliver(side: SideBySide, destination: Destination, manner: Manner) -> None:
    """Put text or JSON on stdout unless only files were asked for; then write the files."""
    if destination.as_json:
        from analyzer.report.compare.json_result import dumps

        print_text(dumps(side))
    elif destination.has_report:
        from analyzer.report.compare.terminal import render_comparison

        print_text(render_comparison(side, width=width(), colour=manner.colour, units=manner.units))
    if destination.files:
        from analyzer.report.compare.write import write_comparison

        write_files(destination, manner, lambda path: write_comparison(side, path, manner.units))
