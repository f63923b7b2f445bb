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
    folders : dict of str or None to PlanFolder
        The folder of plans to choose from, for each athlete.
    by_day : dict of (str or None, date or None) to Plan
        The one plan by the paces of each athlete and day it was needed for; None: whom the
        plan names, the latest.
    passed_over : dict of str to bool
        What is wrong with files of the folder, and whether that was said.
    """

    options: PlanOptions
    folders: dict[str | None, PlanFolder] = field(default_factory=dict)
    by_day: dict[tuple[str | None, dt.date | None], Plan] = field(default_factory=dict)
    passed_over: dict[str, bool] = field(default_factory=dict)

    def check(self, athlete: str | None = None) -> None:
        """Read a plan that was named at once, by somebody's paces: faults come before any work."""
        if self.options.plan is not None:
            self._on(None, athlete)

    def unsaid(self) -> list[str]:
        """Return the files of the folder that could not be read, each once."""
        new = [line for line, is_said in self.passed_over.items() if not is_said]
        self.passed_over.update(dict.fromkeys(new, True))
        return new

    def plan_for(self, activity: Activity, athlete: str | None = None) -> tuple[Plan, str]:
        """
        Return the plan for a recording, and which and why if there was a choice.

        Parameters
        ----------
        activity : Activity
            The recording.
        athlete : str, optional
            Whose paces. Left out: those asked for, else of whom the plan names.

        Raises
        ------
        PlanError
            If it cannot be read, none fits, or two fit alike.
        NoPlanError
            If none was named and the recording carries none.
        """
        if self.options.plans is not None:
            return self._of_folder(activity, self.options.plans, athlete)
        if self.options.plan is None:
            from analyzer.review.pipeline import carried_plan

            return carried_plan(activity), ""
        latest = self._on(None, athlete)
        if not latest.paces_from:
            return latest, ""
        from analyzer.review.local_time import run_day

        day = run_day(activity)
        if day is None:
            return latest, f"{latest.paces_from} (the latest: the recording has no date)"
        dated = self._on(day, athlete)
        return dated, dated.paces_from

    def _of_folder(self, activity: Activity, folder: str, athlete: str | None) -> tuple[Plan, str]:
        """Let the folder of plans choose."""
        name = athlete or self.options.athlete
        if name not in self.folders:
            from analyzer.review.choose_plan import PlanFolder

            self.folders[name] = PlanFolder(Path(folder), self.options.athletes, name)
        choice = self.folders[name].choose(activity)
        for line in choice.skipped:
            self.passed_over.setdefault(line, False)
        paces = f"; {choice.plan.paces_from}" if choice.plan.paces_from else ""
        return choice.plan, f"by {choice.plan.source}: {choice.why}{paces}"

    def _on(self, day: dt.date | None, athlete: str | None) -> Plan:
        """Read the plan by an athlete's paces of a day, once."""
        name = athlete or self.options.athlete
        if (name, day) not in self.by_day:
            from analyzer.review.plan_source import read_plan

            self.by_day[name, day] = read_plan(
                self.options.plan or "", athletes=self.options.athletes, athlete=name, day=day
            )
        return self.by_day[name, day]
