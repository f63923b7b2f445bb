"""One file of a batch, from its bytes to what became of it; runs in a process of its own."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.records import Result
from analyzer.archive.row import run_row
from analyzer.archive.rules import READER, inputs_digest, squad_of
from analyzer.archive.said import NOTHING, Ruling
from analyzer.archive.sources.kinds import names_a_recording
from analyzer.archive.sources.opening import open_found
from analyzer.archive.sources.whose import whose
from analyzer.archive.what_plan import Planner
from analyzer.errors import ActivityError, OtherFileError, PlanError, UnknownFormatError
from analyzer.parsers.read import read_bytes
from analyzer.parsers.sports import is_run
from analyzer.review.local_time import run_day
from analyzer.review.pipeline import review_activity

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.records import Found, Hint, Reason
    from analyzer.archive.rules import Rules
    from analyzer.archive.said import Decided
    from analyzer.model.activity import Activity
    from analyzer.model.review import Review

DAMAGE = (
    "FILE_CUT", "CRC_MISMATCH", "HEADER_REPAIRED", "MESSAGE_UNREADABLE", "TEXT_REPAIRED",
    "PART_SKIPPED",
)  # fmt: skip
"""Warnings that tell of a recording which lost something, and of which the rest was judged."""


def content_key(content: bytes) -> str:
    """Return what a recording is known by: the SHA-256 of its bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


class Judge:
    """
    Judges files, one after the other; keeps what it has read of plans and athletes.

    Parameters
    ----------
    rules : Rules
        Of the batch.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.planner = Planner(rules)

    def judge(self, found: Found, decided: Decided = NOTHING) -> Result:
        """
        Say what becomes of one file; no fault of the file is an error of the batch.

        Parameters
        ----------
        found : Found
            The file.
        decided : Decided
            What a person wants it judged by.
        """
        try:
            content = open_found(found)
        except ActivityError as error:
            return Result("", found.label, "failed", "unreadable", _without_name(error))
        return self.judge_content(content, found, decided)

    def judge_content(self, content: bytes, found: Found, decided: Decided = NOTHING) -> Result:
        """Say what becomes of a file that was opened."""
        case = _Case(found, content_key(content), decided)
        try:
            activity = read_bytes(content, found.label)
        except OtherFileError as error:
            return case.result("skipped", "other_file", _without_name(error))
        except ActivityError as error:
            if _promised_nothing(found, content, error):
                return case.result("skipped", "other_file", _without_name(error))
            return case.result("failed", "unreadable", _without_name(error))
        return self._judged(case, activity)

    def _judged(self, case: _Case, activity: Activity) -> Result:
        """Judge a recording that could be read."""
        day = run_day(activity)
        owner = whose(case.found, activity.device, squad_of(self.rules))
        case = case._replace(
            athlete=owner.athlete,
            day=day,
            asked=owner.asked,
            inputs=inputs_digest(self.rules, case.found, owner.athlete, day, case.decided),
        )
        sport = _other_sport(activity, case.found.hint)
        if sport:
            return case.result("skipped", "other_sport", sport)
        if self.rules.since is not None and day is not None and day < self.rules.since:
            return case.result("skipped", "before", f"of {day.isoformat()}")
        ruling, given = case.decided
        if given is None:
            chosen = self.planner.plan_for(activity, case.found, owner.athlete, day)
        else:
            chosen = self.planner.given(given, owner.athlete, day)
        if chosen.plan is None:
            return case.without_plan(chosen.reason or "no_plan", chosen.why)
        try:
            review = review_activity(activity, (ruling or Ruling()).over(chosen.plan))
        except (ActivityError, PlanError) as error:
            # A ruling that cannot be obeyed is no fault of the recording: its review stays.
            is_ruled = isinstance(error, PlanError) and ruling is not None
            reason: Reason = "plan_unread" if is_ruled else "unreadable"
            return case.result("failed", reason, _without_name(error))
        if review.activity.other_sport is not None:
            return case.result("skipped", "other_sport", "ridden or driven, not run")
        return case.reviewed(review)


class _Case(NamedTuple):
    """What is known of a file so far."""

    found: Found
    content: str
    decided: Decided = NOTHING
    athlete: str | None = None
    day: dt.date | None = None
    inputs: str = READER
    asked: str = ""

    def result(self, outcome: str, reason: Reason, why: str) -> Result:
        """End with no review, and say why."""
        is_failure = outcome == "failed"
        return Result(
            content=self.content,
            label=self.found.label,
            outcome="failed" if is_failure else "skipped",
            reason=reason,
            why=why,
            athlete=self.athlete,
            day=self.day,
            inputs=self.inputs,
            asked=self.asked if reason == "whose" else "",
        )

    def without_plan(self, reason: Reason, why: str) -> Result:
        """End without a plan: passed over if there is none, a failure if one is not understood."""
        if reason == "no_plan":
            return self.result("skipped", reason, why)
        if self.athlete is None and self.asked:
            return self.result("failed", "whose", self.asked)
        return self.result("failed", reason, why)

    def reviewed(self, review: Review) -> Result:
        """End with a review."""
        return Result(
            content=self.content,
            label=self.found.label,
            outcome="reviewed",
            athlete=self.athlete,
            day=self.day,
            inputs=self.inputs,
            is_recovered=any(w.code in DAMAGE for w in review.activity.warnings),
            asked=self.asked,
            run=run_row(review),
        )


def _promised_nothing(found: Found, content: bytes, error: ActivityError) -> bool:
    """Whether a file is no recording and had no name of one: nobody is told that it failed."""
    is_other = isinstance(error, UnknownFormatError) or not content
    return is_other and not names_a_recording(found.member or found.path)


def _other_sport(activity: Activity, hint: Hint) -> str:
    """Return the sport of a recording that is no run, as a word; empty for a run."""
    sport = activity.sport or hint.sport
    return "" if is_run(sport) and sport not in NOT_PLANNED else str(sport).replace("_", " ")


NOT_PLANNED = ("walking", "hiking", "training", "transition", "multisport")
"""Sports that one recording may well be reviewed of, but which no batch takes for a run."""


def _without_name(error: Exception) -> str:
    """Return an error's line without the name of the file in front; the account has that."""
    line = str(error).splitlines()[0]
    source = getattr(error, "source", "")
    return line.removeprefix(f"{source}: ") if source else line
