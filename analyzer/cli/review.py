"""``progcheck RUN --plan PLAN``: the review, in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct, field

from analyzer.cli.beside import EARLIER, with_most_alike
from analyzer.cli.lazy import HELP
from analyzer.cli.options import (
    ATHLETE,
    ATHLETES,
    LANG,
    NO_COLOR,
    OUTPUT,
    QUIET,
    SESSION,
    VERBOSE,
    Destination,
    Manner,
    PlanOptions,
    folders,
    gathered,
    json_option,
    plan_option,
    refuse,
    runs_argument,
    units_option,
)
from analyzer.cli.printing import print_text, width
from analyzer.cli.recordings import Recordings
from analyzer.cli.review_options import (
    ANONYMOUS,
    EXPLAIN,
    FAIL_ON,
    FAIL_UNDER,
    GAP,
    MAP,
    MATCH,
    MESSAGE,
    NAME,
    NOTE,
    RPE,
    START,
    Judging,
    Limits,
    refuse_conflicts,
    refuse_several,
)
from analyzer.cli.reviewing import Judge, Judged, judge_of, runners_of, say_start, write_files
from analyzer.cli.whose_run import Runner, Runners
from analyzer.model.remarks import Remarks
from analyzer.report.heading import Headings
from analyzer.report.language import speaking
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.review import Review

FAILED = 1
"""Exit code when ``--fail-under`` or ``--fail-on`` says so."""


@click.command(context_settings=HELP)
@runs_argument()
@plan_option("the workout in RUN")
@click.option(
    "--plans",
    metavar="FOLDER",
    shell_complete=folders,
    help="Pick the plan that fits each RUN, by the date in its name, athlete, steps and length.",
)
@ATHLETE
@ATHLETES
@OUTPUT
@json_option("Print JSON; with several RUNs, one document per line.")
@SESSION
@START
@MATCH
@EXPLAIN
@GAP
@MAP
@units_option()
@LANG
@MESSAGE
@NAME
@NOTE
@RPE
@ANONYMOUS
@EARLIER
@FAIL_UNDER
@FAIL_ON
@NO_COLOR
@QUIET
@VERBOSE
@gathered(
    plan=PlanOptions,
    destination=Destination,
    judging=Judging,
    remarks=Remarks,
    limits=Limits,
    manner=Manner,
)
def review(  # noqa: PLR0913 - a record for each question
    runs: tuple[str, ...],
    *,
    plan: PlanOptions,
    destination: Destination,
    session: int | None,
    judging: Judging,
    explain: bool,
    remarks: Remarks,
    store: str | None,
    limits: Limits,
    manner: Manner,
) -> int:
    """
    Review a run against its plan.

    RUN is a FIT, GPX or TCX file, plain or .gz, or a .zip of them; '-' reads
    stdin. Without -o or
    --json the report goes to the terminal. A badly paced run still exits 0.
    """
    click.get_current_context().with_resource(speaking(manner.lang))
    refuse([(runs.count("-") > 1, "stdin ('-') can be read only once")])
    refuse_conflicts(plan, destination, judging, explain=explain)
    if len(runs) > 1:
        refuse_several(remarks)
    judge = _judge_of(runs, plan, judging, manner, remarks)
    recordings = Recordings(runs, session)
    if recordings.is_single:
        judge = replace(judge, runners=Runners(runs, None))
    else:
        refuse_several(remarks)
        say_start(judging, manner)
    printer = _Printer(destination, manner, explain=explain, is_single=recordings.is_single)
    kept: list[Review] = []  # only where a file shall hold them all
    is_failed = False
    for _, alone in recordings.each(judge.judge):
        judged = alone if store is None else _beside(alone, store, plan.athlete)
        made = _hidden(judged, judge.runners.everybody()) if judging.anonymous else judged
        printer.print(made)
        kept += [made.review] if destination.files else []
        is_failed = is_failed or limits.are_broken_by(made.review)
    _write(kept, destination, manner)
    recordings.raise_failures()
    return FAILED if is_failed else 0


def _judge_of(
    runs: tuple[str, ...], plan: PlanOptions, judging: Judging, manner: Manner, remarks: Remarks
) -> Judge:
    """Make ready to judge; a lone RUN is that of whom the plan or --athlete names."""
    given = () if plan.athlete is None else (plan.athlete,)
    may_be_several = len(runs) > 1 or runs[0].lower().endswith(".zip")
    runners = runners_of(plan, runs, given) if may_be_several else Runners(runs, None, given)
    return judge_of(plan, runners, judging, manner, remarks)


def _beside(judged: Judged, store: str, athlete: str | None) -> Judged:
    """Set a run beside the athlete's earlier one that is most like it."""
    name = athlete or judged.review.remarks.name or judged.meant_for
    return replace(judged, review=with_most_alike(judged.review, store, name or None))


def _hidden(judged: Judged, names: list[str]) -> Judged:
    """Leave out who, when and with what."""
    from analyzer.review.anonymous import anonymous  # only when it is asked for

    names = [*names, judged.meant_for]
    return Judged(anonymous(judged.review, names), Runner(), "")


class _Printer(Struct):
    """Puts reviews on stdout one after the other; texts are a blank line apart."""

    destination: Destination
    manner: Manner
    explain: bool
    is_single: bool
    has_printed: bool = False
    headings: Headings = field(default_factory=Headings)

    def print(self, judged: Judged) -> None:
        """Print JSON, message or report; nothing where only files were asked for."""
        text = self._text(judged)
        if text is None:
            return
        if self.has_printed and not self.destination.as_json:
            click.echo()
        print_text(text)
        self.has_printed = True

    def _text(self, judged: Judged) -> str | None:
        """Return what is printed; only its own renderer is loaded."""
        if self.destination.as_json:
            from analyzer.report.json_result import dumps

            return dumps(judged.review, indent=2 if self.is_single else None)
        if self.destination.as_message:
            from analyzer.report.message import render_message

            return render_message(judged.greeted, self.manner.units)
        return self._report(judged) if self.destination.has_report else None

    def _report(self, judged: Judged) -> str:
        """Return the report; of several each says above it whose it is."""
        from analyzer.report.heading import unnamed
        from analyzer.report.terminal import heading_line, render

        columns, colour = width(), self.manner.colour
        is_headed = not self.is_single
        report = render(
            unnamed(judged.review) if is_headed else judged.review,
            width=columns,
            colour=colour,
            units=self.manner.units,
            explained=self.explain,
        )
        if not is_headed:
            return report
        heading = self.headings.above(judged.review, judged.file)
        return f"{heading_line(heading, width=columns, colour=colour)}\n{report}"


def _write(reviews: list[Review], destination: Destination, manner: Manner) -> None:
    """Write the files that were asked for, unless nothing could be reviewed."""
    if not reviews:
        return
    from analyzer.report.write import write_report

    write_files(destination, manner, lambda path: write_report(reviews, path, manner.units))
