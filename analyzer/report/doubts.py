"""Where a plan in free text was read one way and may mean another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import noted, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analyzer.model.plan import Doubt

DOUBTS: Mapping[str, str] = {
    "MILES": noted(
        "Paces without a unit are read per mile, {pace}/mi; write {pace}/km if per km is meant."
    ),
    "KM": noted(
        "Paces without a unit are read per km, {pace}/km; write {pace}/mi if per mile is meant."
    ),
    "SLOW": noted("{pace} is read per km; write {pace}/mi if per mile is meant."),
    "RANGE_EACH": noted(
        "{pace} is a range for each of {count} blocks; write a pace for each if steps are meant."
    ),
    "SPLIT": noted(
        "{whole} with {count} paces is split into {count} of {part}; "
        "write {count}x{whole} if each is that long."
    ),
    "PART_OF": noted(
        "The last {part} are taken out of {whole} before them; write a comma and the length alone "
        "if they come on top."
    ),
    "PART_UNIT": noted("'{words}' without a unit is read as {part}; write the unit."),
    "WHOLE": noted("The steps do not add up to {whole}; they are read as they stand."),
    "TOTAL": noted(
        "{whole} is read as the sum of the steps behind it; write {whole} easy if it is run first."
    ),
    "WHOLE_TIME": noted("{time} is read as the time for {whole}, {pace}; write the pace."),
    "UNDER": noted("'Under {pace}' is read as {pace} or faster (<={pace}), however fast."),
    "OVER": noted("'No faster than {pace}' is read as {pace} or slower (>={pace}), however slow."),
    "OPEN": noted(
        "'{words}' has no length: it lasts until the lap button or the end; "
        "write for example 10min."
    ),
    "NO_PACE": noted("'{words}' has no pace: it is run, but not scored; write for example @ 4:00."),
    "FIRST": noted(
        "'{words}' is written behind what it warms up for; it is put first. "
        "Write the steps in the order in which they are run."
    ),
    "UNREAD": noted("'{words}' is kept as a comment and changes nothing; is it one?"),
    "REST_ONCE": noted(
        "'{rest}' stands once, behind {count} blocks; "
        "write {count}x(10min @ 4:00, {rest}) if it follows each."
    ),
}
"""What is said of each doubt; a test holds it to those the reader has."""


def doubts_text(doubts: Sequence[Doubt]) -> list[str]:
    """Say what is doubtful about a plan: one sentence each, in the language spoken."""
    return list(dict.fromkeys(say(DOUBTS[d.code], **dict(d.values)) for d in doubts))


def understood_text(understood: str) -> list[str]:
    """Say how free text was understood, if the plan is one."""
    return [say("Plan as understood: {line}.", line=understood)] if understood else []
