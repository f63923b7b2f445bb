"""From a file's name to its review: as ``progcheck review`` makes it, by the plan asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.rules import Rules
from analyzer.archive.sources.disk import is_within
from analyzer.archive.sources.opening import open_found
from analyzer.archive.sources.whose import whose
from analyzer.archive.what_plan import Planner, with_paces
from analyzer.errors import NoFittingPlanError, NoPlanError, PlaceError
from analyzer.model.remarks import Remarks
from analyzer.parsers.read import read_bytes
from analyzer.review.choose_plan import PlanFolder, plans_in
from analyzer.review.local_time import run_day
from analyzer.review.pipeline import carried_plan, review_activity
from analyzer.review.plan_source import find_squad
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.assistant.desk import Desk
    from analyzer.assistant.places import Place
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Match, Plan
    from analyzer.model.review import Review

NO_PLAN = (
    "no plan: the file carries none with paces, and none was picked for it; give one as 'plan', a "
    "file of list_files or a line such as '15min easy, 3x10min @ 4:00 -10s'"
)


class Judging:
    """
    Reviews recordings of the folders.

    Parameters
    ----------
    desk : Desk
        What may be read.
    plan : str or None
        A file or a text. None: the workout with paces in each file, else one of the folder of
        plans that was named at start, else what the athlete's platform has for the day.
    athlete : str or None
        Whose runs. None: as the athletes file tells it.
    match : {'auto', 'laps', 'clock'} or None
        What may place the blocks; None: as the plan has it.
    start_s : float or None
        When block 1 began, after the start of the recording; None: as the plan has it.
    session : int or None
        Which one of a multisport file.
    """

    def __init__(  # noqa: PLR0913 - what a question may say, and most say nothing
        self,
        desk: Desk,
        *,
        plan: str | None = None,
        athlete: str | None = None,
        match: Match | None = None,
        start_s: float | None = None,
        session: int | None = None,
    ) -> None:
        self.desk = desk
        self.plan = plan
        self.athlete = None if athlete is None else desk.athlete(athlete)
        self.match, self.start_s, self.session = match, start_s, session

    def review(self, name: str) -> Review:
        """
        Review the file that a name means.

        Raises
        ------
        PlaceError
            If it may not be read.
        ActivityError, PlanError
            If it, or its plan, cannot be used.
        """
        place = self.desk.places.one(name)
        activity = read_bytes(open_found(place.found), _source(place), session=self.session)
        athlete = self.athlete or self._owner(place, activity)
        plan = self._overruled(self._plan(place, activity, athlete))
        review = review_activity(activity, plan)
        return review if athlete is None else replace(review, remarks=Remarks(name=athlete))

    def _owner(self, place: Place, activity: Activity) -> str | None:
        """Return whose run it is where an athletes file says so; folders alone name nobody."""
        if self.desk.squad is None:
            return None
        return whose(place.found, activity.device, self.desk.squad).athlete

    def _plan(self, place: Place, activity: Activity, athlete: str | None) -> Plan:
        """Return the plan of a recording; NoPlanError or PlaceError where there is none."""
        if self.plan is not None:
            return self.desk.plan(self.plan, athlete, run_day(activity))
        carried = with_paces(activity)
        if carried is not None:
            return carried
        picked = self._of_folder(activity, athlete)
        if picked is not None:
            return picked
        rules = Rules(athletes=self.desk.athletes)
        chosen = Planner(rules).plan_for(activity, place.found, athlete, run_day(activity))
        if chosen.plan is not None:
            return chosen.plan
        try:
            return carried_plan(activity)  # without paces: it says that nothing can be scored
        except NoPlanError:
            what = NO_PLAN if chosen.reason == "no_plan" else chosen.why
            raise PlaceError(_source(place), what) from None

    def _of_folder(self, activity: Activity, athlete: str | None) -> Plan | None:
        """Let the folder of plans choose; None without one, or where none of it fits."""
        if self.desk.settings.plans is None:
            return None
        folder = Path(self.desk.settings.plans)
        squad = find_squad(folder, self.desk.athletes)
        bounds = (os.path.realpath(folder),)
        inside = tuple(path for path in plans_in(folder, squad) if is_within(str(path), bounds))
        try:
            return PlanFolder(folder, squad, athlete, inside).choose(activity).plan
        except NoFittingPlanError as error:
            if error.alike or error.unread:
                raise
            return None

    def _overruled(self, plan: Plan) -> Plan:
        """Let what was asked for win over the plan."""
        if self.match is not None:
            plan = replace(plan, match=self.match)
        return plan if self.start_s is None else replace(plan, start_s=self.start_s)


def _source(place: Place) -> str:
    """Return what a recording is called in its review."""
    return place.label.rpartition("/")[2]
