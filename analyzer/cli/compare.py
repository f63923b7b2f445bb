"""``progcheck compare RUN RUN ... --plan PLAN``: runs of one plan side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from analyzer.cli.lazy import HELP
from analyzer.cli.options import (
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
from analyzer.cli.printing import print_text, width
from analyzer.cli.recordings import Recordings
from analyzer.cli.review_options import (
    ANONYMOUS,
    GAP,
    MATCH,
    MESSAGE,
    START,
    Judging,
    message_checks,
)
from analyzer.cli.reviewing import Judge, judge_of, runners_of, say_start, write_files
from analyzer.errors import SomeFailedError
from analyzer.report.language import speaking
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.cli.reviewing import Judged
    from analyzer.model.comparison import SideBySide, SortedBy
    from analyzer.model.review import Review

LEAST_RUNS = 2


class Rows(Struct, frozen=True):
    """
    What the rows of a comparison are called, whose they are, and how they are sorted.

    Parameters
    ----------
    names : str or None
        A name for each RUN, with commas between them.
    whose : tuple of str
        An athlete for each RUN, each value one or several with commas between them.
    sort : {'given', 'date', 'score', 'name'} or None
        The order.
    """

    names: str | None
    whose: tuple[str, ...]
    sort: SortedBy | None

    @property
    def labels(self) -> list[str] | None:
        """The names, one by one."""
        return None if self.names is None else [name.strip() for name in self.names.split(",")]

    @property
    def athletes(self) -> list[str]:
        """The athletes, one by one; none if they are not said."""
        return [name.strip() for value in self.whose for name in value.split(",")]

    def refuse_miscounted(self, total: int, *, at_least: bool) -> None:
        """Raise a usage error if names or athletes are not as many as recordings."""
        athletes = self.athletes if len(self.athletes) > 1 else []
        refuse(
            [
                (_differ(self.labels, total, at_least), _miscounted("--names", self.labels, total)),
                (_differ(athletes, total, at_least), _miscounted("--athlete", athletes, total)),
            ]
        )


@click.command(context_settings=HELP)
@runs_argument("RUN RUN [RUN ...]")
@plan_option("the workout in each RUN, the same in all")
@click.option(
    "--athlete",
    "whose",
    metavar="NAME[,NAME...]",
    multiple=True,
    help="Whose paces apply: one for all, or one for each RUN, in order. Repeatable. Default: by "
    "folder or athletes file, else whom the plan names.",
)
@ATHLETES
@click.option(
    "--names",
    metavar="A,B,...",
    help="A name for each RUN, in order. Default: the athlete, else its date.",
)
@click.option(
    "--sort",
    type=click.Choice(["given", "date", "score", "name"]),
    help="Order of the rows. Default: by date if there are several days, else as given.",
)
@OUTPUT
@json_option("Print JSON, one document for all.")
@START
@MATCH
@GAP
@units_option()
@LANG
@MESSAGE
@ANONYMOUS
@NO_COLOR
@QUIET
@VERBOSE
@gathered(plan=PlanOptions, rows=Rows, destination=Destination, judging=Judging, manner=Manner)
def compare(  # noqa: PLR0913 - a record for each question
    runs: tuple[str, ...],
    *,
    plan: PlanOptions,
    rows: Rows,
    destination: Destination,
    judging: Judging,
    manner: Manner,
) -> None:
    """
    Lay runs of one plan side by side.

    The same runner over weeks, or a squad on one evening. RUN is a FIT, GPX or
    TCX file, plain or .gz, or a .zip of them; '-' reads stdin. Verdict and
    score of each are those of 'progcheck review'.
    """
    click.get_current_context().with_resource(speaking(manner.lang))
    refuse([(runs.count("-") > 1, "stdin ('-') can be read only once")])
    refuse([*message_checks(destination)])
    rows.refuse_miscounted(len(runs), at_least=True)
    refuse_unknown_endings(destination.files)
    judge = judge_of(plan, runners_of(plan, runs, rows.athletes), judging, manner)
    recordings = Recordings(runs)
    refuse([(recordings.is_single, "give two RUNs or more; 'progcheck RUN' reviews one")])
    say_start(judging, manner)
    judged = _judged(recordings, judge, rows)
    _deliver(_side_by_side(judged, judge, rows), judged, destination, manner)
    recordings.raise_failures()


def _differ(given: list[str] | None, total: int, at_least: bool) -> bool:
    """Whether there are not as many as recordings; before archives are opened, too few."""
    if not given:
        return False
    return len(given) < total if at_least else len(given) != total


def _miscounted(option: str, given: list[str] | None, total: int) -> str:
    """Say that names and recordings are not as many."""
    count = len(given or ())
    names = "1 name" if count == 1 else f"{count} names"
    return f"{option} has {names} for {total} recordings; leave one empty for none: 'A,,C'"


def _judged(recordings: Recordings, judge: Judge, rows: Rows) -> list[Judged]:
    """Review every recording that can be, each with the name that was given for it."""
    placed = list(recordings.each(judge.judge))
    rows.refuse_miscounted(recordings.total, at_least=False)
    if len(placed) < LEAST_RUNS:
        click.echo("fewer than two runs are left to compare", err=True)
        raise SomeFailedError(recordings.failed, recordings.total)
    labels = rows.labels or [""] * recordings.total
    return [_named(judged, labels[place]) for place, judged in placed]


def _named(judged: Judged, name: str) -> Judged:
    """Call a runner as it was asked for."""
    if not name:
        return judged
    remarks = replace(judged.review.remarks, name=name)
    return replace(judged, review=replace(judged.review, remarks=remarks))


def _side_by_side(judged: list[Judged], judge: Judge, rows: Rows) -> SideBySide:
    """Lay runs side by side; where all are of one athlete the name tells none from another."""
    from analyzer.review.compare import lay_side_by_side

    reviews = [each.review for each in judged]
    names = [review.remarks.name or "" for review in reviews]
    if rows.names is None and len(set(names)) == 1:
        names = [""] * len(names)
    side = lay_side_by_side(reviews, names, rows.sort, [each.file for each in judged])
    if not judge.judging.anonymous:
        return side
    from analyzer.review.anonymous import anonymous_side  # only when it is asked for

    names = [*judge.runners.everybody(), *(each.meant_for for each in judged)]
    return anonymous_side(side, names)


def _deliver(
    side: SideBySide, judged: list[Judged], destination: Destination, manner: Manner
) -> None:
    """Put text or JSON on stdout unless only files were asked for; then write the files."""
    if destination.as_json:
        from analyzer.report.compare.json_result import dumps

        print_text(dumps(side))
    elif destination.as_message:
        print_text("\n\n".join(_messages(side, judged, manner)))
    elif destination.has_report:
        from analyzer.report.compare.terminal import render_comparison

        print_text(render_comparison(side, width=width(), colour=manner.colour, units=manner.units))
    if destination.files:
        from analyzer.report.compare.write import write_comparison

        write_files(destination, manner, lambda path: write_comparison(side, path, manner.units))


def _messages(side: SideBySide, judged: list[Judged], manner: Manner) -> list[str]:
    """Return a message for each row; a runner is greeted as the coach does, or by a letter."""
    from analyzer.report.compare.view import greeting_of
    from analyzer.report.message import render_message

    greeted = {id(each.review): each.greeted for each in judged}
    reviews: list[Review] = []
    for run in side.runs:
        made = greeted.get(id(run.review), run.review)
        name = made.remarks.name or greeting_of(run)
        reviews.append(replace(made, remarks=replace(made.remarks, name=name)))
    return [render_message(review, manner.units) for review in reviews]
