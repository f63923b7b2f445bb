"""``progcheck RUN --plan PLAN``: the review, in the form that was asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.given_plan import GivenPlan
from analyzer.cli.printing import is_coloured, print_text, width
from analyzer.cli.recordings import recordings
from analyzer.errors import ActivityError, PlanError, SomeFailedError
from analyzer.model.remarks import MAX_NAME, MAX_NOTE, RPE_RANGE, Remarks
from analyzer.report.language import LANGUAGES, speaking
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.activity import Activity
    from analyzer.model.plan import Match, Plan
    from analyzer.model.prepared import Slopes
    from analyzer.model.review import Review
    from analyzer.model.track import Shown
    from analyzer.units import Unit

FAILED = 1
"""Exit code when ``--fail-under`` or ``--fail-on`` says so."""

FLAG_CODES = (
    "TOO_FAST", "TOO_SLOW", "FAST_START", "GREEDY", "LATE_CHANGE", "NON_PROGRESSION", "FADE",
    "BLOW_UP", "SURGING", "STOPPED", "MISSED_BLOCK", "TRUNCATED", "LOW_DATA",
)  # fmt: skip
"""What ``--fail-on`` takes; a test holds it to the codes of the model."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    outputs: tuple[str, ...]
    as_json: bool
    units: Unit | None
    colour: bool
    quiet: bool
    verbose: bool
    session: int | None
    start_s: float | None
    match: Match | None
    explained: bool
    slopes: Slopes | None
    track: Shown | None
    remarks: Remarks
    as_message: bool
    anonymous: bool

    @property
    def on_stdout(self) -> bool:
        """Whether text for people goes to stdout, and not only files."""
        if self.as_json:
            return False
        return self.as_message or not self.outputs or "-" in self.outputs


def _short(most: int) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Return a check that a text has no more characters than are shown."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and len(value) > most:
            msg = f"{len(value)} characters are too many; {most} are shown"
            raise click.BadParameter(msg, ctx, param)
        return value

    return check


def _a_number(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuse NaN, which lies in every range for click."""
    if value is not None and math.isnan(value):
        msg = "nan is no number"
        raise click.BadParameter(msg, ctx, param)
    return value


def _clock_option(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Read ``3:10`` or ``1:03:10`` or ``190`` as seconds."""
    if value is None:
        return None
    parts = value.split(":")
    if len(parts) > 3 or not all(p.isascii() and p.isdigit() and len(p) <= 6 for p in parts):
        msg = f"'{value}' is not a time; write 3:10 or 1:03:10"
        raise click.BadParameter(msg, ctx, param)
    if any(int(p) >= 60 for p in parts[1:]):
        msg = f"'{value}' has a part of 60 or more; write 3:10 or 1:03:10"
        raise click.BadParameter(msg, ctx, param)
    seconds = 0.0
    for part in parts:
        seconds = 60 * seconds + int(part)
    return seconds


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("runs", metavar="RUN [RUN ...]", nargs=-1, required=True)
@click.option(
    "--plan", metavar="PLAN", help="Plan file, or a plan in one line. Left out: the workout in RUN."
)
@click.option(
    "--plans",
    metavar="FOLDER",
    help="Pick the plan that fits each RUN: by date in its name, athlete, steps and length.",
)
@click.option("--athlete", metavar="NAME", help="Whose paces, from athletes.yaml.")
@click.option(
    "--athletes",
    metavar="FILE",
    help="The paces of a squad. Left out: athletes.yaml beside the plan.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    help="Write a report; the ending chooses the form. '-' is stdout. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout; several RUNs: one a line.")
@click.option("--session", type=click.IntRange(min=1), help="Which session of a multisport file.")
@click.option(
    "--start",
    callback=_clock_option,
    metavar="H:MM:SS",
    help="When block 1 began, after the start.",
)
@click.option(
    "--match", type=click.Choice(["auto", "laps", "clock"]), help="What may place the blocks."
)
@click.option("--explain", is_flag=True, help="Show where every point of the score went.")
@click.option(
    "--gap",
    type=click.Choice(["strava", "minetti", "off"]),
    help="How slopes count where they do; off: not at all.",
)
@click.option(
    "--map",
    "track",
    type=click.Choice(["ends", "full"]),
    metavar="[=full]",
    help="Draw the way in .html and .pdf, without its first and last 200 m; =full: all of it.",
)
@click.option("--units", type=click.Choice(["km", "mi"]), help="Units of the report.")
@click.option(
    "--lang",
    type=click.Choice(list(LANGUAGES)),
    default="en",
    help="Language of the report; never that of the machine.",
)
@click.option(
    "--message", "as_message", is_flag=True, help="A message to paste in a chat, on stdout."
)
@click.option(
    "--name", callback=_short(MAX_NAME), metavar="NAME", help="The athlete, for title and greeting."
)
@click.option("--note", callback=_short(MAX_NOTE), metavar="TEXT", help="The runner's own words.")
@click.option(
    "--rpe",
    type=click.FloatRange(*RPE_RANGE),
    callback=_a_number,
    metavar="1-10",
    help="Effort as the runner says; wins over the file.",
)
@click.option("--anonymous", is_flag=True, help="Without date, time of day, device and names.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="Exit 1 if the score is below N.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FLAG_CODES, case_sensitive=False),
    multiple=True,
    metavar="FLAG",
    help="Exit 1 if this flag is clear. May be repeated.",
)
@click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR).")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what was repaired.")
def review(  # noqa: PLR0913 - click hands over one argument an option
    runs: tuple[str, ...],
    *,
    plan: str | None,
    plans: str | None,
    athlete: str | None,
    athletes: str | None,
    outputs: tuple[str, ...],
    as_json: bool,
    session: int | None,
    start: float | None,
    match: Match | None,
    explain: bool,
    gap: Slopes | None,
    track: Shown | None,
    units: Unit | None,
    lang: str,
    as_message: bool,
    name: str | None,
    note: str | None,
    rpe: float | None,
    anonymous: bool,
    fail_under: float | None,
    fail_on: tuple[str, ...],
    no_color: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """
    Review a run against its plan.

    RUN is a FIT, GPX or TCX file, plain or .gz, or a .zip of them; '-' reads
    stdin. Without -o or
    --json the report goes to the terminal. A badly paced run still exits 0.
    """
    _check(runs, outputs)
    click.get_current_context().with_resource(speaking(lang))
    _check_plan(plan, plans, athlete or athletes)
    colour = is_coloured(no_color)
    wishes = Wishes(
        outputs, as_json, units, colour, quiet, verbose, session, start, match, explain, gap,
        track, Remarks(name, note, rpe), as_message, anonymous,
    )  # fmt: skip
    _check_wishes(wishes)
    given = GivenPlan(plan, plans, athletes, athlete)
    found = recordings(runs, session)
    first = list(islice(found, 2))
    single = len(first) == 1
    _check_pictures(outputs, single=single)
    _check_remarks(wishes.remarks, single=single)
    reviews: list[Review] = []  # kept only where a file shall hold them all
    total = failed = 0
    fails = False
    codes = {code.upper() for code in fail_on}
    for activity in chain(first, found):
        total += 1
        try:
            if isinstance(activity, ActivityError):
                raise activity
            made = _review_one(activity, given, wishes)
        except (ActivityError, PlanError) as error:
            if single:
                raise
            click.echo(str(error), err=True)
            failed += 1
            continue
        if total > failed + 1 and wishes.on_stdout and (as_message or not outputs):
            click.echo()
        if outputs:
            reviews.append(made)
        _deliver(made, wishes, single=single)
        fails = fails or _fails(made, fail_under, codes)
    _write(reviews, wishes)
    if failed:
        raise SomeFailedError(failed, total)
    return FAILED if fails else 0


def _check(runs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
    """Refuse what cannot be delivered before any work is done."""
    files = [o for o in outputs if o != "-"]
    _check_pictures(outputs, single=len(runs) == 1)
    if runs.count("-") > 1:
        msg = "stdin ('-') can be read only once"
        raise click.UsageError(msg)
    if not files:
        return
    from analyzer.report.write import form_of  # only when a file is asked for

    for path in files:
        try:
            form_of(path)
        except ValueError as error:
            raise click.UsageError(str(error)) from error


def _check_wishes(wishes: Wishes) -> None:
    """Refuse what cannot go together, or would not be seen."""
    to_files = bool(wishes.outputs) and "-" not in wishes.outputs
    if wishes.explained and (wishes.as_json or to_files):
        msg = "--explain is for the terminal report; in JSON score.terms is always there"
        raise click.UsageError(msg)
    if wishes.as_message and (wishes.as_json or wishes.explained):
        other = "--json" if wishes.as_json else "--explain"
        msg = f"--message takes the place of the terminal report; it cannot go with {other}"
        raise click.UsageError(msg)
    if wishes.track and not any(o.lower().endswith((".html", ".pdf")) for o in wishes.outputs):
        msg = "--map is drawn in pages: add -o review.html or -o review.pdf"
        raise click.UsageError(msg)
    if wishes.track and wishes.anonymous:
        msg = "--map shows where it was, which --anonymous does not"
        raise click.UsageError(msg)


def _check_remarks(remarks: Remarks, *, single: bool) -> None:
    """Refuse to put the words about one run to several; a name may be that of all."""
    if not single and (remarks.note is not None or remarks.rpe is not None):
        msg = "--note and --rpe are about one RUN"
        raise click.UsageError(msg)


def _check_plan(plan: str | None, plans: str | None, whose: str | None) -> None:
    """Refuse two ways to name a plan, and paces of somebody for the workout on the watch."""
    if plan is not None and plans is not None:
        msg = "--plan names the plan, --plans picks one; give one of them"
        raise click.UsageError(msg)
    if plan is None and plans is None and whose is not None:
        msg = "--athlete and --athletes need a plan: give it with --plan or --plans"
        raise click.UsageError(msg)


def _check_pictures(outputs: tuple[str, ...], *, single: bool) -> None:
    """Refuse a picture of several runs; pages, tables and JSON hold as many as there are."""
    pictures = [o for o in outputs if o.lower().endswith((".png", ".svg"))]
    if pictures and not single:
        name = Path(pictures[0]).name
        msg = f"{name} holds one RUN; take .html, .md, .csv or .json for several"
        raise click.UsageError(msg)


def _write(reviews: list[Review], wishes: Wishes) -> None:
    """Write the files that were asked for, JSON last."""
    files = [o for o in wishes.outputs if o != "-"]
    if not reviews or not files:
        return
    from analyzer.report.write import write_report

    for path in sorted(files, key=lambda o: o.lower().endswith(".json")):
        write_report(reviews, path, units=wishes.units)
        if not wishes.quiet:
            click.echo(f"{Path(path).name} written", err=True)


def _overruled(plan: Plan, wishes: Wishes) -> Plan:
    """Let --match and --start win over the plan."""
    if wishes.match is not None:
        plan = replace(plan, match=wishes.match)
    if wishes.start_s is not None:
        plan = replace(plan, start_s=wishes.start_s)
    return plan


def _review_one(activity: Activity, given: GivenPlan, wishes: Wishes) -> Review:
    """Judge one recording."""
    from analyzer.review.pipeline import review_activity

    chosen, why = given.plan_for(activity)
    if not wishes.quiet:
        for line in [*given.unsaid(), *([f"{activity.source}: {why}"] if why else [])]:
            click.echo(line, err=True)
    made = review_activity(
        activity,
        _overruled(chosen, wishes),
        slopes=wishes.slopes or "strava",
        track=wishes.track,
    )
    made = replace(made, remarks=wishes.remarks)
    if wishes.anonymous:
        from analyzer.review.anonymous import anonymous  # only when it is asked for

        made = anonymous(made)
    return made


def _deliver(made: Review, wishes: Wishes, *, single: bool) -> None:
    """Put text or JSON on stdout, unless only files were asked for."""
    if wishes.verbose and not wishes.quiet:
        from analyzer.report.recording_words import english_text  # only when it is asked for

        for warning in made.activity.warnings:
            click.echo(f"{made.activity.source}: {english_text(warning)}", err=True)
    if wishes.as_json:
        from analyzer.report.json_result import dumps

        print_text(dumps(made, indent=2 if single else None))
    elif wishes.as_message:
        from analyzer.report.message import render_message

        print_text(render_message(made, wishes.units))
    elif wishes.on_stdout:
        from analyzer.report.terminal import render

        print_text(
            render(
                made,
                width=width(),
                colour=wishes.colour,
                units=wishes.units,
                explained=wishes.explained,
            )
        )


def _fails(made: Review, least: float | None, codes: set[str]) -> bool:
    """Whether --fail-under or --fail-on is met; an unknown score is below any N."""
    overall = made.score.overall
    if least is not None and (overall is None or round_half_up(overall) < least):
        return True
    return any(flag.code in codes and flag.certainty == "clear" for flag in made.flags)
