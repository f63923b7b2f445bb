"""
What travels through a batch: a file that was found, what became of it, and the run that was kept.

All of them are plain and small, as they cross the border between processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.alignment import Status
    from analyzer.model.block_result import Verdict
    from analyzer.model.findings import Certainty, FlagCode
    from analyzer.model.plan import Role
    from analyzer.model.review import Word

Platform = Literal["folder", "trainingpeaks", "garmin", "strava", "healthfit"]
"""Who laid out a folder or an archive."""

Outcome = Literal["reviewed", "duplicate", "skipped", "failed"]
"""What becomes of a file that was found."""

Reason = Literal[
    "other_file",  # no recording: settings, a picture, a table
    "other_sport",
    "no_plan",  # neither the file nor the coach says what was planned
    "plan_unread",  # there is one, and it is not understood
    "whose",  # nobody can tell whose run it is, and the plan has to know
    "before",  # older than --since
    "unfinished",  # still being written
    "unreadable",  # damaged, empty, or over a limit
    "killed",  # the process that read it died
    "timeout",
    "memory",
]
"""Why a file was not reviewed."""


class Hint(NamedTuple):
    """
    What the place of a recording says about it; None is unknown.

    Parameters
    ----------
    athlete : str or None
        Whose it is, as folder or export have it. Not shown but to ask whose it is.
    sport : str or None
        As the export's tables have it, in FIT's words (``running``) where they are known.
    title : str or None
        What the runner called it there.
    day : date or None
        As names or tables of the export have it: some of them count days in UTC.
    """

    athlete: str | None = None
    sport: str | None = None
    title: str | None = None
    day: dt.date | None = None


class Found(NamedTuple):
    """
    A file that was found, and where.

    Parameters
    ----------
    label : str
        What it is called in messages, accounts and the store: its place below what was
        asked for, ``/`` between the parts, without e-mail addresses and without the names
        of people that an export puts into names of files.
    path : str
        The file on disk, or the archive that it is in.
    member : str
        Its name in the archive, empty for a file on disk; ``inner.zip!/name`` in an archive
        inside the archive.
    platform : Platform
        Whose layout it was found in.
    hint : Hint
        What its place says.
    skipped : Reason or None
        Why it need not be opened.
    why : str
        The same in words for a person, where ``skipped`` says something.
    copy : int
        Which of several members that an archive has under one name, from 0.
    """

    label: str
    path: str
    member: str = ""
    platform: Platform = "folder"
    hint: Hint = Hint()
    skipped: Reason | None = None
    why: str = ""
    copy: int = 0


class BlockRow(NamedTuple):
    """One block of a run as the store has it; paces in s/km, None is unknown."""

    number: int
    name: str
    role: Role
    status: Status
    planned_s: float | None
    planned_m: float | None
    planned_s_per_km: float | None
    pace_s_per_km: float | None
    pace_se_s_per_km: float | None
    deviation_s_per_km: float | None
    score: float | None
    verdict: Verdict
    heart_rate_bpm: float | None


class FindingRow(NamedTuple):
    """One finding of a run; ``block`` is None where it is about all of it."""

    code: FlagCode
    block: int | None
    certainty: Certainty
    value: float | None


class RunRow(NamedTuple):
    """
    A judged run as the store has it: results, no track, no coordinates.

    Parameters
    ----------
    day : date or None
        By the runner's own clock.
    start_utc : datetime or None
        When the recording began.
    elapsed_s, moving_s, distance_m : float
        As in the review.
    device, sport : str or None
        As in the recording.
    session : str
        Tells equal sessions: a digest of number, length, kind and planned pace of all blocks.
    stimulus : str
        Tells sessions alike in all but their paces: a digest of number and length of blocks.
    plan_name, plan_source : str
        What the plan is called, and the file it stands in.
    score, score_low, score_high : float or None
        With its 90 % interval; None where nothing could be scored.
    word : Word or None
        The score in words.
    gained_s, lost_s : float or None
        What going early gained, and what was lost later [s].
    fade_pct : float or None
        How much slower than planned the last block was than the ones before it, in speed.
    standing_s : float
        Stops of the body inside the plan [s].
    steps_planned, steps_taken : int
        Changes to a faster pace that were planned, and those that were taken.
    method : str
        Version of the method.
    blocks, findings : tuple
        A row each.
    packed : bytes
        The whole review, to be shown again in any form.
    """

    day: dt.date | None
    start_utc: dt.datetime | None
    elapsed_s: float
    moving_s: float
    distance_m: float
    device: str | None
    sport: str | None
    session: str
    stimulus: str
    plan_name: str
    plan_source: str
    score: float | None
    score_low: float | None
    score_high: float | None
    word: Word | None
    gained_s: float | None
    lost_s: float | None
    fade_pct: float | None
    standing_s: float
    steps_planned: int
    steps_taken: int
    method: str
    blocks: tuple[BlockRow, ...]
    findings: tuple[FindingRow, ...]
    packed: bytes


class Result(NamedTuple):
    """
    What became of one file.

    Parameters
    ----------
    content : str
        SHA-256 of the bytes of the recording, in hex: what a file is known by.
    label : str
        As `Found` has it.
    outcome : Outcome
        What became of it.
    reason : Reason or None
        Why it was not reviewed.
    why : str
        The same in one line for a person; for a duplicate, the label of the file that counts.
    athlete : str or None
        Whose run, as the athletes file spells it, else as the folder is called.
    day : date or None
        Of the run, by the runner's own clock, as far as the file could be read.
    inputs : str
        A digest of all that the result depends on beside the content: plan, paces of the
        day, settings, version of the method. Another one means: judge it again.
    is_recovered : bool
        Whether something of the recording is lost and the rest was judged.
    asked : str
        A question to the coach, such as whose run it is; empty if there is none.
    run : RunRow or None
        The judged run.
    """

    content: str
    label: str
    outcome: Outcome
    reason: Reason | None = None
    why: str = ""
    athlete: str | None = None
    day: dt.date | None = None
    inputs: str = ""
    is_recovered: bool = False
    asked: str = ""
    run: RunRow | None = None


class Print(NamedTuple):
    """What a run is recognised by in another file: whose, when, how long, by which watch."""

    content: str
    label: str
    athlete: str | None
    inputs: str
    start_s: float
    elapsed_s: float
    distance_m: float
    device: str | None
