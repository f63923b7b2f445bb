"""What ``review`` and ``compare`` have in common: judging a recording, and writing the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.cli.plan_choice import PlanChoice
from analyzer.cli.whose_run import Runner, Runners, squad_of
from analyzer.errors import PlanError, PlanProblem
from analyzer.model.remarks import Remarks
from analyzer.report.forms import form_of
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from analyzer.cli.options import Destination, Manner, PlanOptions
    from analyzer.cli.recordings import Recording
    from analyzer.cli.review_options import Judging
    from analyzer.model.plan import Plan
    from analyzer.model.review import Review

MOST_LISTED = 4
"""More files of one set are named by the first and the last."""


class Judged(Struct, frozen=True):
    """
    A review, and what its reports need to know beside it.

    Parameters
    ----------
    review : Review
        Of one recording.
    runner : Runner
        Whose it is.
    file : str
        What its file is called among the others.
    meant_for : str
        Whom the plan is for; empty for anybody.
    """

    review: Review
    runner: Runner
    file: str
    meant_for: str = ""

    @property
    def greeted(self) -> Review:
        """The review with the name that a message greets by."""
        remarks = self.review.remarks
        if remarks.name != self.runner.athlete or not self.runner.greeting:
            return self.review  # named otherwise, or not at all
        return replace(self.review, remarks=replace(remarks, name=self.runner.greeting))


class Judge(Struct, frozen=True):
    """
    Reviews recordings as the command line asks for.

    Parameters
    ----------
    choice : PlanChoice
        The plan of each.
    runners : Runners
        Whose each is.
    judging : Judging
        How they are judged.
    manner : Manner
        How much is said beside the reports.
    remarks : Remarks
        What was said about all of them. Without a name each has its runner's.
    """

    choice: PlanChoice
    runners: Runners
    judging: Judging
    manner: Manner
    remarks: Remarks = Remarks()

    def judge(self, recording: Recording) -> Judged:
        """Judge one recording by the paces of its runner; PlanError if nobody knows whose."""
        from analyzer.review.pipeline import review_activity

        runner = self.runners.runner(recording)
        plan = self._plan(recording, runner)
        made = review_activity(
            recording.activity,
            self._overruled(plan),
            slopes=self.judging.gap or "strava",
            track=self.judging.track,
        )
        say_repairs(made, self.manner)
        name = self.remarks.name or runner.athlete
        made = replace(made, remarks=replace(self.remarks, name=name))
        return Judged(made, runner, self.runners.file_of(recording), plan.athlete or "")

    def _plan(self, recording: Recording, runner: Runner) -> Plan:
        """Return the plan, and say on stderr what there was to choose, and whose it may be."""
        plan, why = self.choice.plan_for(recording.activity, runner.athlete)
        for line in self.choice.unsaid():
            self.manner.remark(line)
        source = self.runners.file_of(recording)
        if self.runners.is_told and runner.asked:
            if plan.paces_from:  # those of whom the plan names, or of nobody in particular
                raise PlanError(source, (PlanProblem(runner.asked),))
            self.manner.remark(f"{source}: {runner.asked}")
        elif why:
            self.manner.remark(f"{source}: {why}")
        return plan

    def _overruled(self, plan: Plan) -> Plan:
        """Let --match and --start win over the plan."""
        if self.judging.match is not None:
            plan = replace(plan, match=self.judging.match)
        if self.judging.start is not None:
            plan = replace(plan, start_s=self.judging.start)
        return plan


def judge_of(
    options: PlanOptions,
    runners: Runners,
    judging: Judging,
    manner: Manner,
    remarks: Remarks | None = None,
) -> Judge:
    """
    Make ready to judge; faults of the plan come before any work.

    Raises
    ------
    PlanError
        If the plan cannot be used, or has no paces of an athlete that was named.
    """
    choice = PlanChoice(options)
    _check(choice, runners)
    return Judge(choice, runners, judging, manner, remarks or Remarks())


def _check(choice: PlanChoice, runners: Runners) -> None:
    """Read the plan by everybody who was named, else by one of those whom places tell."""
    for athlete in runners.named:
        choice.check(athlete)
    faults: list[PlanError] = []
    for each in () if runners.named else runners.told:
        try:
            choice.check(each)
        except PlanError as error:  # of this athlete's paces, if another's are enough
            faults.append(error)
        else:
            return
    if faults:
        raise faults[0]


def runners_of(options: PlanOptions, runs: Sequence[str], given: Sequence[str] = ()) -> Runners:
    """Make ready to tell whose each of several RUNs is; PlanError for a bad athletes file."""
    return Runners(runs, squad_of(options), given)


def say_start(judging: Judging, manner: Manner) -> None:
    """Say that one start is taken for several recordings: it is seldom that of all."""
    if judging.start is not None:
        manner.remark("--start is taken for every RUN, counted from the start of each recording")


def say_repairs(review: Review, manner: Manner) -> None:
    """Say what was repaired in a recording, where details are wanted."""
    if not manner.verbose:
        return
    from analyzer.report.recording_words import english_text  # only when it is asked for

    for warning in review.activity.warnings:
        manner.remark(f"{review.activity.source}: {english_text(warning)}")


def write_files(
    destination: Destination, manner: Manner, write: Callable[[str], Sequence[str]]
) -> None:
    """
    Write the files that were asked for, JSON last, and say so.

    Parameters
    ----------
    write : callable
        Writes a report to a path, and returns the names of the files it took.
    """
    for path in sorted(destination.files, key=lambda path: form_of(path).name == "json"):
        names = write(path)
        manner.remark(f"{_listed(names)} written")


def _listed(names: Sequence[str]) -> str:
    """Name files; of a long set the first and the last."""
    return ", ".join(names) if len(names) <= MOST_LISTED else f"{names[0]} to {names[-1]}"
