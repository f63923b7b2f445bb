"""The plan that a command line asks for: one for all runs, one a day, or the one that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan


@dataclass(slots=True)
class GivenPlan:
    """
    What was said about the plan.

    Parameters
    ----------
    plan, plans : str or None
        A plan, or a folder of them; neither: the workout in each recording.
    athletes, athlete : str or None
        Whose paces.
    """

    plan: str | None
    plans: str | None
    athletes: str | None = None
    athlete: str | None = None
    read: dict[dt.date | None, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read a plan that was named at once: its faults come before any work."""
        if self.plan is not None:
            self._on(None)

    def plan_for(self, activity: Activity) -> tuple[Plan, str]:
        """
        Return the plan for a recording, and which and why if there was a choice.

        Raises
        ------
        PlanError
            If it cannot be read, none fits, or two fit alike.
        NoPlanError
            If none was named and the recording carries none.
        """
        if self.plans is not None:
            from analyzer.review.choose_plan import choose_plan

            choice = choose_plan(
                activity, Path(self.plans), athletes=self.athletes, athlete=self.athlete
            )
            return choice.plan, f"by {choice.plan.source}: {choice.why}"
        if self.plan is None:
            from analyzer.review.pipeline import carried_plan

            return carried_plan(activity), ""
        latest = self._on(None)
        if not latest.paces_from or activity.start_time is None:
            return latest, ""
        dated = self._on(activity.start_time.date())
        return dated, dated.paces_from

    def _on(self, day: dt.date | None) -> Plan:
        """Read the plan by the paces of a day, once."""
        if day not in self.read:
            from analyzer.review.plan_source import read_plan

            self.read[day] = read_plan(
                self.plan or "", athletes=self.athletes, athlete=self.athlete, day=day
            )
        return self.read[day]
