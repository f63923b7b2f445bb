"""The options of a review alone, and which of them cannot be combined."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from analyzer.cli.options import refuse, refuse_unknown_endings
from analyzer.model.findings import FLAG_CODES
from analyzer.model.remarks import MAX_NAME, MAX_NOTE, RPE_RANGE
from analyzer.report.forms import FORMS, form_of
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.cli.options import Destination, PlanOptions
    from analyzer.model.plan import Match
    from analyzer.model.prepared import Slopes
    from analyzer.model.remarks import Remarks
    from analyzer.model.review import Review
    from analyzer.model.track import Shown

    Check = tuple[object, str]
    TextCheck = Callable[[click.Context, click.Parameter, str | None], str | None]

WITH_MAP = [form for form in FORMS.values() if form.shows_map]


def _no_longer_than(most: int) -> TextCheck:
    """Return a check that a text has no more characters than are shown."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and len(value) > most:
            msg = f"{len(value)} characters are too many; at most {most} are shown"
            raise click.BadParameter(msg, ctx, param)
        return value

    return check


def _number(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuse NaN, which lies in every range for click."""
    if value is not None and math.isnan(value):
        msg = "nan is not a number"
        raise click.BadParameter(msg, ctx, param)
    return value


def _seconds(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Read ``3:10`` or ``1:03:10`` or ``190`` as seconds; ``-3:10`` is before the recording."""
    if value is None:
        return None
    is_before = value.startswith("-")
    parts = value.removeprefix("-").split(":")
    if len(parts) > 3 or not all(p.isascii() and p.isdigit() and len(p) <= 6 for p in parts):
        msg = f"'{value}' is not a time; write 3:10 or 1:03:10"
        raise click.BadParameter(msg, ctx, param)
    if any(int(p) >= 60 for p in parts[1:]):
        msg = f"'{value}' has a part of 60 or more; write 3:10 or 1:03:10"
        raise click.BadParameter(msg, ctx, param)
    seconds = 0.0
    for part in parts:
        seconds = 60 * seconds + int(part)
    return -seconds if is_before and seconds else seconds


START = click.option(
    "--start",
    callback=_seconds,
    metavar="H:MM:SS",
    help="When block 1 began, counted from the start of the recording; -2:00 is before it. "
    "Of several RUNs: in each.",
)
MATCH = click.option(
    "--match", type=click.Choice(["auto", "laps", "clock"]), help="What to place the blocks by."
)
EXPLAIN = click.option("--explain", is_flag=True, help="Show where every point of the score went.")
GAP = click.option(
    "--gap",
    type=click.Choice(["strava", "minetti", "off"]),
    help="How to adjust pace for hills; off: not at all.",
)
MAP = click.option(
    "--map",
    "track",
    type=click.Choice(["ends", "full"]),
    metavar="[=full]",
    help=f"Draw the route in {' and '.join(form.ending for form in WITH_MAP)}, without its first "
    "and last 200 m; =full: all of it.",
)
MESSAGE = click.option(
    "--message", "as_message", is_flag=True, help="Print a message to paste into a chat."
)
NAME = click.option(
    "--name",
    callback=_no_longer_than(MAX_NAME),
    metavar="NAME",
    help="The athlete's name, for the title and the greeting.",
)
NOTE = click.option(
    "--note",
    callback=_no_longer_than(MAX_NOTE),
    metavar="TEXT",
    help="What the runner says about the run.",
)
RPE = click.option(
    "--rpe",
    type=click.FloatRange(*RPE_RANGE),
    callback=_number,
    metavar="1-10",
    help="Effort as the runner rates it, in place of the one in the file.",
)
ANONYMOUS = click.option(
    "--anonymous", is_flag=True, help="Leave out date, time of day, device and names."
)
FAIL_UNDER = click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="Exit 1 if the score is below N.",
)
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(FLAG_CODES, case_sensitive=False),
    multiple=True,
    metavar="FLAG",
    help="Exit 1 if this flag is clear. Repeatable.",
)


class Judging(Struct, frozen=True):
    """
    How runs are judged, beside the plan.

    Parameters
    ----------
    start : float or None
        When block 1 began [s after the start of the recording, before it below 0].
    match : {'auto', 'laps', 'clock'} or None
        What may place the blocks.
    gap : {'strava', 'minetti', 'off'} or None
        How pace is adjusted for hills.
    anonymous : bool
        Whether date, time of day, device and names are left out.
    track : {'ends', 'full'} or None
        How much of the route is kept for a map.
    """

    start: float | None
    match: Match | None
    gap: Slopes | None
    anonymous: bool
    track: Shown | None = None


class Limits(Struct, frozen=True):
    """What a run must keep for the exit code to be 0."""

    fail_under: float | None
    fail_on: tuple[str, ...]

    def are_broken_by(self, review: Review) -> bool:
        """Whether the score is too low, or a flag clear; an unknown score is below any limit."""
        overall = review.score.overall
        if self.fail_under is not None and (
            overall is None or round_half_up(overall) < self.fail_under
        ):
            return True
        return any(f.code in self.fail_on and f.certainty == "clear" for f in review.flags)


def refuse_conflicts(
    plan: PlanOptions, destination: Destination, judging: Judging, *, explain: bool
) -> None:
    """Raise a usage error for options that contradict each other, or would not be seen."""
    refuse_unknown_endings(destination.files)
    refuse(
        [
            *_plan_checks(plan),
            *_text_checks(destination, explain=explain),
            *_map_checks(destination, judging),
        ]
    )


def _plan_checks(plan: PlanOptions) -> list[Check]:
    """Refuse two ways to name a plan, and somebody's paces for the workout on the watch."""
    named = [option for option in (plan.plan, plan.plans) if option is not None]
    has_paces = plan.athlete or plan.athletes
    return [
        (len(named) == 2, "--plan names a plan and --plans picks one; give one of them"),
        (
            has_paces and not named,
            "--athlete and --athletes need a plan: give one with --plan or --plans",
        ),
    ]


def message_checks(destination: Destination) -> list[Check]:
    """Refuse two results for stdout."""
    return [(destination.as_message and destination.as_json, f"{CLASH}--json")]


CLASH = "--message replaces the terminal report; it cannot be combined with "


def _text_checks(destination: Destination, *, explain: bool) -> list[Check]:
    """Refuse what would not be seen, as another form of the result takes its place."""
    return [
        (
            explain and not destination.has_report,
            "--explain is for the terminal report; in JSON score.terms is always there",
        ),
        *message_checks(destination),
        (destination.as_message and explain, f"{CLASH}--explain"),
    ]


def _map_checks(destination: Destination, judging: Judging) -> list[Check]:
    """Refuse a map that nobody would see, and one that tells where an anonymous run was."""
    if judging.track is None:
        return []
    pages = " or ".join(f"-o review{form.ending}" for form in WITH_MAP)
    return [
        (
            not any(form_of(path).shows_map for path in destination.files),
            f"--map needs a page to be drawn on: add {pages}",
        ),
        (judging.anonymous, "--map shows where the run was, which --anonymous hides"),
    ]


def refuse_several(remarks: Remarks) -> None:
    """Raise a usage error for what is about one run, where there are several."""
    has_words = remarks.note is not None or remarks.rpe is not None
    refuse([(has_words, "--note and --rpe are about one RUN")])
