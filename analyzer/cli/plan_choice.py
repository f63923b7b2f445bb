"""Which plan a recording is judged by: one for all, by the paces of its day, or one that fits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.cli.options import PlanOptions
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.review.choose_plan import PlanFolder


class PlanChoice(Struct):
    """
    Gives each recording its plan.

    Parameters
    ----------
    options : PlanOptions
        What was asked for.
    folder : PlanFolder or None
        The folder of plans to choose from.
    by_day : dict of date or None to Plan
        The one plan by the paces of each day it was needed for; None: the latest.
    passed_over : dict of str to bool
        What is wrong with files of the folder, and whether that was said.
    """

    options: PlanOptions
    folder: PlanFolder | None = None
    by_day: dict[dt.date | None, Plan] = field(default_factory=dict)
    passed_over: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read a plan that was named at once: its faults come before any work."""
        if self.options.plan is not None:
            self._on(None)
        if self.options.plans is not None:
            from analyzer.review.choose_plan import PlanFolder

            self.folder = PlanFolder(
                Path(self.options.plans), self.options.athletes, self.options.athlete
            )

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
        if self.options.plan is None:
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
        if day not in self.by_day:
            from analyzer.review.plan_source import read_plan

            self.by_day[day] = read_plan(
                self.options.plan or "",
                athletes=self.options.athletes,
                athlete=self.options.athlete,
                day=day,
            )
        return self.by_day[day]
