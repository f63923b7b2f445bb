"""The plan that a command line asks for: one for all runs, one a day, or the one that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.review.choose_plan import PlanFolder


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
    folder: PlanFolder | None = None
    passed_over: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read a plan that was named at once: its faults come before any work."""
        if self.plan is not None:
            self._on(None)
        if self.plans is not None:
            from analyzer.review.choose_plan import PlanFolder

            self.folder = PlanFolder(Path(self.plans), self.athletes, self.athlete)

    def unsaid(self) -> list[str]:
        """Return the files of the folder that could not be read, each once."""
        new = [line for line, is_said in self.passed_over.items() if not is_said]
        self.passed_over.update(dict.fromkeys(new, True))
        return new

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
        if self.folder is not None:
            choice = self.folder.choose(activity)
            for line in choice.skipped:
                self.passed_over.setdefault(line, False)
            paces = f"; {choice.plan.paces_from}" if choice.plan.paces_from else ""
            return choice.plan, f"by {choice.plan.source}: {choice.why}{paces}"
        if self.plan is None:
            from analyzer.review.pipeline import carried_plan

            return carried_plan(activity), ""
        latest = self._on(None)
        if not latest.paces_from:
            return latest, ""
        from analyzer.review.local_time import run_day

        day = run_day(activity)
        if day is None:
            return latest, f"{latest.paces_from} (the latest: the recording has no date)"
        dated = self._on(day)
        return dated, dated.paces_from

    def _on(self, day: dt.date | None) -> Plan:
        """Read the plan by the paces of a day, once."""
        if day not in self.read:
            from analyzer.review.plan_source import read_plan

            self.read[day] = read_plan(
                self.plan or "", athletes=self.athletes, athlete=self.athlete, day=day
            )
        return self.read[day]
