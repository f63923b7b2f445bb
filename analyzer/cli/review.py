"""``progcheck RUN --plan PLAN``: the review, in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from analyzer.cli.beside import EARLIER
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
from analyzer.cli.plan_choice import PlanChoice
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
from analyzer.cli.reviewing import plan_of, say_repairs, write_files
from analyzer.model.remarks import Remarks
from analyzer.report.language import speaking
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
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
        refuse_several(destination, remarks)
    judge = _Judge(PlanChoice(plan), judging, remarks, manner, store)
    recordings = Recordings(runs, session)
    if not recordings.is_single:
        refuse_several(destination, remarks)
    printer = _Printer(destination, manner, explain=explain, is_single=recordings.is_single)
    kept: list[Review] = []  # only where a file shall hold them all
    is_failed = False
    for _, made in recordings.each(judge.review):
        say_repairs(made, manner)
        printer.print(made)
        kept += [made] if destination.files else []
        is_failed = is_failed or limits.are_broken_by(made)
    _write(kept, destination, manner)
    recordings.raise_failures()
    return FAILED if is_failed else 0


class _Judge(Struct, frozen=True):
    """Reviews a recording as the command line asks for."""

    choice: PlanChoice
    judging: Judging
    remarks: Remarks
    manner: Manner
    store: str | None = None

    def review(self, activity: Activity) -> Review:
        """Judge one recording."""
        from analyzer.review.pipeline import review_activity

        made = review_activity(
            activity,
            self._overruled(plan_of(activity, self.choice, self.manner)),
            slopes=self.judging.gap or "strava",
            track=self.judging.track,
        )
        made = replace(made, remarks=self.remarks)
        if self.store is not None:
            from analyzer.cli.beside import with_most_alike  # only where a store is named

            made = with_most_alike(
                made, self.store, self.choice.options.athlete or self.remarks.name
            )
        if self.judging.anonymous:
            from analyzer.review.anonymous import anonymous  # only when it is asked for

            made = anonymous(made)
        return made

    def _overruled(self, plan: Plan) -> Plan:
        """Let --match and --start win over the plan."""
        if self.judging.match is not None:
            plan = replace(plan, match=self.judging.match)
        if self.judging.start is not None:
            plan = replace(plan, start_s=self.judging.start)
        return plan


class _Printer(Struct):
    """Puts reviews on stdout one after the other; texts are a blank line apart."""

    destination: Destination
    manner: Manner
    explain: bool
    is_single: bool
    has_printed: bool = False

    def print(self, made: Review) -> None:
        """Print JSON, message or report; nothing where only files were asked for."""
        text = self._text(made)
        if text is None:
            return
        if self.has_printed and not self.destination.as_json:
            click.echo()
        print_text(text)
        self.has_printed = True

    def _text(self, made: Review) -> str | None:
        """Return what is printed; only its own renderer is loaded."""
        if self.destination.as_json:
            from analyzer.report.json_result import dumps

            return dumps(made, indent=2 if self.is_single else None)
        if self.destination.as_message:
            from analyzer.report.message import render_message

            return render_message(made, self.manner.units)
        if not self.destination.has_report:
            return None
        from analyzer.report.terminal import render

        return render(
            made,
            width=width(),
            colour=self.manner.colour,
            units=self.manner.units,
            explained=self.explain,
        )


def _write(reviews: list[Review], destination: Destination, manner: Manner) -> None:
    """Write the files that were asked for, unless nothing could be reviewed."""
    if not reviews:
        return
    from analyzer.report.write import write_report

    write_files(destination, manner, lambda path: write_report(reviews, path, manner.units))
