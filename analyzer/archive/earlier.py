"""What an earlier batch kept of a recording: whether it still holds, and what it gives way to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.records import Result
from analyzer.archive.rules import READER, inputs_digest

if TYPE_CHECKING:
    from analyzer.archive.records import Found
    from analyzer.archive.rules import Rules
    from analyzer.archive.store.records import Kept

LOST_KINDS = ("killed", "timeout", "memory")
"""Failures that were not the file's own: it is tried again."""

UNPLANNED = ("no_plan", "plan_unread", "before")
"""Why a run is not judged, where that is not the recording's fault."""

NO_RUNS = ("other_sport", "other_file", "unreadable")
"""Why a recording is not judged, whatever its day."""

STAYS = "its earlier review stays"


def held(kept: Kept, found: Found, rules: Rules) -> Result | None:
    """
    Return what is kept of a recording as the result of a file, if it still holds.

    Parameters
    ----------
    kept : Kept
        Of the same content.
    found : Found
        The file.
    rules : Rules
        What it would be judged by now.
    """
    if kept.reason in LOST_KINDS:
        return None
    result = Result(
        kept.content, found.label, kept.outcome, kept.reason, kept.why, kept.athlete, kept.day,
        kept.inputs, asked=kept.asked,
    )  # fmt: skip
    if kept.reason not in NO_RUNS and _is_before(kept, rules):
        # Told, not kept: a review of before that day is none the worse for not being asked for.
        why = f"of {kept.day}"
        return result._replace(outcome="skipped", reason="before", why=why, asked="")
    if kept.reason == "before":
        return None
    inputs = inputs_digest(rules, found, kept.athlete, kept.day, kept.decided)
    return result if kept.inputs in (READER, inputs) else None


def with_owner(found: Found, kept: Kept, rules: Rules) -> Found:
    """
    Return a file as its owner's where nothing says whose it is now and something did before.

    ``squad/anna`` given by itself has no folder of an athlete in it; its runs stay Anna's. With
    an athletes file the coach says whose they are, and may have taken a name back.
    """
    if rules.athletes is not None or found.hint.athlete or not kept.athlete:
        return found
    return found._replace(hint=found.hint._replace(athlete=kept.athlete))


def keeps(kept: Kept | None, result: Result) -> Result:
    """
    Return a result that leaves an earlier review in the store where it has none to offer.

    Parameters
    ----------
    kept : Kept or None
        What is in the store.
    result : Result
        What became of the recording now.

    Returns
    -------
    Result
        Without its content, and so not to be kept, if a review would be lost to a plan that was
        left out, cannot be read, or to a process that died. A run that is somebody else's now,
        or none at all, takes its review along.
    """
    if kept is None or kept.outcome != "reviewed" or result.run is not None:
        return result
    is_lost = result.reason in LOST_KINDS
    is_unplanned = result.reason in UNPLANNED and result.athlete == kept.athlete
    if not (is_lost or is_unplanned):
        return result
    return result._replace(content="", why=f"{result.why}; {STAYS}")


def _is_before(kept: Kept, rules: Rules) -> bool:
    """Whether a run is of a day that is not asked for."""
    return rules.since is not None and kept.day is not None and kept.day < rules.since
