"""Which plan a run of a batch is judged by: one for all, the watch's, a folder's, a platform's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.rules import squad_of, workouts_of
from analyzer.errors import NoFittingPlanError, PlanError
from analyzer.plans.athletes import known_as, read_squad
from analyzer.plans.document import decoded, fail
from analyzer.plans.line import parse_line
from analyzer.plans.whose import Whose
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.review.choose_plan import PlanFolder, fit_of
from analyzer.review.plan_dialects import PlanFile, dialect_of
from analyzer.review.plan_source import read_plan
from analyzer.review.typed_plan import plan_typed
from analyzer.safe_text import clean_text
from analyzer.structs import replace

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.records import Found, Reason
    from analyzer.archive.rules import Rules
    from analyzer.archive.said import GivenPlan
    from analyzer.archive.sources.planned import PlannedWorkout
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan

MOST_ASKED = 20
"""Athletes by whose paces a plan is tried before the first run; if none will do, it is the plan."""


MOST_OF_A_TITLE = 60
"""Longest name of a plan [characters]."""

LEAST_SHARE, MOST_SHARE = 0.5, 1.5
"""A run that is not as long as the session of its day may be it from and up to these shares."""


class Chosen(NamedTuple):
    """The plan of a run; or why there is none, in a word and in words."""

    plan: Plan | None
    reason: Reason | None = None
    why: str = ""


class Planner:
    """
    Chooses plans for the runs of a batch, and reads each plan as rarely as may be.

    Parameters
    ----------
    rules : Rules
        Of the batch.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._folders: dict[str | None, PlanFolder] = {}
        self._by_day: dict[tuple[str | None, dt.date | None], Plan] = {}

    def plan_for(
        self, activity: Activity, found: Found, athlete: str | None, day: dt.date | None
    ) -> Chosen:
        """
        Choose: the one plan for all; else the steps with paces in the file; else the folder's.

        Last comes what the athlete's platform has for that day, as far as it is understood. A
        plan that names paces needs to know whose.
        """
        try:
            if self.rules.plan is not None:
                return self._one_for_all(self.rules.plan, athlete, day)
            carried = with_paces(activity)
            if carried is not None:
                return Chosen(carried)
            if self.rules.plans is not None:
                return self._of_folder(activity, athlete)
            return self._written(activity, workouts_of(found, day), athlete)
        except PlanError as error:
            return Chosen(None, "plan_unread", str(error).splitlines()[0])

    def given(self, plan: GivenPlan, athlete: str | None, day: dt.date | None) -> Chosen:
        """Read the plan that a person gave to this run; no other is asked, not even ``--plan``."""
        known = self._known(athlete)
        squad = self.rules.athletes
        whose = Whose(None if squad is None else Path(squad), known, day)
        try:
            if plan.name:
                file = PlanFile(plan.name, plan.content)
                read = dialect_of(file).load_reader()(file.content, file.name, whose)
            else:
                read = plan_typed(decoded(plan.content, "plan"), whose)
        except PlanError as error:
            return Chosen(None, "plan_unread", str(error).splitlines()[0])
        return _for(known, read)

    def _one_for_all(self, source: str, athlete: str | None, day: dt.date | None) -> Chosen:
        """Read the one plan by the paces of an athlete and a day, whoever it names itself."""
        known = self._known(athlete)
        if (known, day) not in self._by_day:
            self._by_day[known, day] = read_plan(
                source, athletes=self.rules.athletes, athlete=known, day=day
            )
        return _for(known, self._by_day[known, day])

    def _known(self, athlete: str | None) -> str | None:
        """Return an athlete if the coach's file of paces has them."""
        if athlete is None or self.rules.athletes is None:
            return None
        squad = read_squad(Path(self.rules.athletes))
        return athlete if known_as(athlete) in squad.athletes else None

    def _of_folder(self, activity: Activity, athlete: str | None) -> Chosen:
        """Let the folder choose by date, athlete, laps and length."""
        if athlete not in self._folders:
            folder = Path(self.rules.plans or "")
            self._folders[athlete] = PlanFolder(folder, self.rules.athletes, self._known(athlete))
        try:
            return Chosen(self._folders[athlete].choose(activity).plan)
        except NoFittingPlanError as error:
            if error.alike or error.unread:
                raise
            return Chosen(None, "no_plan", "the plans are for other days, athletes or lengths")

    def _written(
        self, activity: Activity, sessions: tuple[PlannedWorkout, ...], athlete: str | None
    ) -> Chosen:
        """Read what a coach wrote on a platform for that day; what fits the run best."""
        if not sessions:
            return Chosen(None, "no_plan", "neither the file nor a plan says what was planned")
        whose = Whose(
            None if self.rules.athletes is None else Path(self.rules.athletes),
            default=self._known(athlete),
        )
        plans, unread = [], []
        for _, title, text in sessions:
            try:
                plans.append(_titled(parse_line(text or title, title or "workout", whose), title))
            except PlanError as error:
                unread.append(str(error).splitlines()[0])
        fits = [f for plan in plans if (f := fit_of(plan, activity, None, athlete)) is not None]
        if fits:
            return Chosen(max(fits, key=lambda fit: fit.rank).plan)
        if len(sessions) == len(plans) == 1 and _may_be(plans[0], activity):
            return Chosen(plans[0])
        if plans:
            return Chosen(None, "no_plan", f"not as long as '{plans[0].name}'")
        return Chosen(None, "plan_unread", unread[0])


def _for(known: str | None, plan: Plan) -> Chosen:
    """Take a plan, unless it names paces and nobody knows whose run it is."""
    if known is None and plan.paces_from:
        return Chosen(None, "whose", "the plan needs the athlete's paces; whose run is this?")
    return Chosen(plan)


def _titled(plan: Plan, title: str) -> Plan:
    """Call a plan as its coach does, where it has a title."""
    name = clean_text(title, MOST_OF_A_TITLE)
    return replace(plan, name=name) if name else plan


def _may_be(plan: Plan, activity: Activity) -> bool:
    """
    Whether a run may be the one session of its day, broken off or run on.

    Half an hour before breakfast is not the long session of the evening.
    """
    planned_s = sum(block.expected_duration_s or 0.0 for block in plan.blocks)
    run_s = float(activity.records.timer_time_s[-1])
    return LEAST_SHARE * planned_s <= run_s <= MOST_SHARE * planned_s


def check_plans(rules: Rules) -> None:
    """
    Look at the plan, or the folder of plans, before any run is judged by it.

    Parameters
    ----------
    rules : Rules
        Of the batch.

    Raises
    ------
    PlanError
        If there is none, or it can be read by nobody's paces: else each of a thousand runs
        would say so.
    """
    if rules.plans is not None and not Path(rules.plans).is_dir():
        raise fail(rules.plans, "no such folder of plans; check --plans")
    if rules.plan is None:
        return
    squad = squad_of(rules)
    athletes = [] if squad is None else list(squad.athletes)[:MOST_ASKED]
    refused: PlanError | None = None
    for athlete in (*athletes, None):
        try:
            read_plan(rules.plan, athletes=rules.athletes, athlete=athlete)
        except PlanError as error:
            refused = refused or error
        else:
            return
    if refused is not None:
        raise refused


def with_paces(activity: Activity) -> Plan | None:
    """Return the workout that a recording carries, if it asks for a pace anywhere."""
    if activity.workout is None or not activity.workout.steps:
        return None
    try:
        plan = plan_from_workout(activity.workout, activity.source)
    except PlanError:
        return None
    return plan if any(block.target is not None for block in plan.blocks) else None
