"""What ``review`` and ``compare`` have in common: judging a recording, and writing the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.report.forms import form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.cli.options import Destination, Manner
    from analyzer.cli.plan_choice import PlanChoice
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.model.review import Review


def plan_of(activity: Activity, choice: PlanChoice, manner: Manner) -> Plan:
    """Return the plan for a recording; where there was a choice, say on stderr which and why."""
    plan, why = choice.plan_for(activity)
    for line in choice.unsaid():
        manner.remark(line)
    if why:
        manner.remark(f"{activity.source}: {why}")
    return plan


def say_repairs(review: Review, manner: Manner) -> None:
    """Say what was repaired in a recording, where details are wanted."""
    if not manner.verbose:
        return
    from analyzer.report.recording_words import english_text  # only when it is asked for

    for warning in review.activity.warnings:
        manner.remark(f"{review.activity.source}: {english_text(warning)}")


def write_files(destination: Destination, manner: Manner, write: Callable[[str], None]) -> None:
    """Write the files that were asked for, JSON last, and say so."""
    for path in sorted(destination.files, key=lambda path: form_of(path).name == "json"):
        write(path)
        manner.remark(f"{Path(path).name} written")
