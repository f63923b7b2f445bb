"""What each tool may be asked: its arguments, which an assistant reads the meaning of."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

MOST_RUNS = 30
"""Most runs that are laid side by side: a squad, or half a year of Tuesdays."""

MAX_TEXT = 65_536
"""Longest plan that is written into a question [characters]."""

File = Annotated[
    str,
    Meta(
        max_length=1000,
        description="The recording: a name as list_files has it ('runs/tuesday.fit'), or a path "
        "inside one of the folders. A .zip with one recording will do.",
    ),
]
Files = Annotated[
    list[Annotated[str, Meta(max_length=1000)]],
    Meta(
        min_length=2,
        max_length=MOST_RUNS,
        description=f"Two to {MOST_RUNS} recordings, each as for review.",
    ),
]
PlanSource = Annotated[
    Annotated[str, Meta(max_length=MAX_TEXT)] | None,
    Meta(
        description="What was planned: a file as list_files has it, or the plan itself, in one "
        "line ('15min easy, 3x10min @ 4:00 -10s', '3 x 10' (4:00/3:50/3:40)'), as a coach wrote "
        "it, or in YAML. Leave it out where the recording carries its workout.",
    ),
]
PlanText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_TEXT,
        description="A file as list_files has it, or the plan itself: one line, several lines as "
        "a coach wrote them, or YAML.",
    ),
]
Whose = Annotated[
    Annotated[str, Meta(max_length=120)] | None,
    Meta(description="The athlete whose paces apply, as the athletes file has the name."),
]
MatchBy = Annotated[
    Literal["auto", "laps", "clock"] | None,
    Meta(
        description="What may place the blocks: 'laps' goes by the lap button, 'clock' by the "
        "time, 'auto' chooses. Leave it out unless an answer asks for it, as --match."
    ),
]
Start = Annotated[
    Annotated[str, Meta(pattern=r"^-?(\d{1,2}:[0-5]\d|\d{1,3}):[0-5]\d$")] | None,
    Meta(
        description="When block 1 began, counted from the start of the recording: '3:10', "
        "'1:03:10'; '-2:00' is before it. Leave it out unless an answer asks for it, as --start.",
    ),
]
Session = Annotated[
    Annotated[int, Meta(ge=1, le=100)] | None,
    Meta(description="Which session of a multisport file, from 1."),
]
Names = Annotated[
    list[Annotated[str, Meta(max_length=120)]],
    Meta(max_length=100, description="Names as the store has them; all athletes if left out."),
]
Day = Annotated[dt.date | None, Meta(description="As 2026-03-01; that day counts.")]
Below = Annotated[
    str,
    Meta(
        max_length=200,
        description="Only files whose name, folder or athlete has this in it: '2026-03', 'anna'.",
    ),
]
FileKind = Annotated[
    Literal["recording", "plan"] | None, Meta(description="Only recordings, or only plans.")
]
Page = Annotated[
    int,
    Meta(
        ge=1,
        le=10_000,
        description="An answer that is too long comes in pages, the most telling first.",
    ),
]


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every tool may be asked."""

    page: Page = 1


class ReviewQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One run against its plan."""

    file: File
    plan: PlanSource = None
    athlete: Whose = None
    match: MatchBy = None
    start: Start = None
    session: Session = None


class CompareQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Runs of one plan side by side."""

    files: Files
    plan: PlanSource = None
    athlete: Whose = None
    match: MatchBy = None
    start: Start = None


class TrendsQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Athletes over weeks."""

    athletes: Names = field(default_factory=list)
    since: Day = None
    until: Day = None


class RunsQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The judged runs of a store."""

    athletes: Names = field(default_factory=list)
    since: Day = None
    until: Day = None


class PlanQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A plan as it would be judged."""

    plan: PlanText
    athlete: Whose = None


class FilesQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What lies in the folders."""

    name_contains: Below = ""
    kind: FileKind = None
    newest_first: Annotated[
        bool, Meta(description="By the day in a name or an export, else as files were changed.")
    ] = False


def seconds_of(clock: str | None) -> float | None:
    """Read a time that has the form of `Start`."""
    if clock is None:
        return None
    seconds = 0.0
    for part in clock.removeprefix("-").split(":"):
        seconds = 60 * seconds + int(part)
    return -seconds if clock.startswith("-") and seconds else seconds
