"""
What may be found in a run: the codes, the evidence behind each, and what sort of fault it is.

A new finding begins here, with its code and its record; `CONTRIBUTING.md` has the other steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.prepared import StoppedBy

Certainty = Literal["clear", "possible", "cannot_tell"]

FlagCode = Literal[
    "TOO_FAST", "TOO_SLOW", "FAST_START", "GREEDY", "LATE_CHANGE", "NON_PROGRESSION", "FADE",
    "BLOW_UP", "SURGING", "STOPPED", "WALK_BREAK", "MISSED_BLOCK", "TRUNCATED", "LOW_DATA",
]  # fmt: skip

FLAG_CODES: tuple[FlagCode, ...] = get_args(FlagCode)
"""Every code, in the order of the documents."""

IMPATIENT: tuple[FlagCode, ...] = ("GREEDY", "TOO_FAST", "FAST_START")
"""Faults of impatience, the most telling first: what follows may be their price."""

PAYING: tuple[FlagCode, ...] = ("TOO_SLOW", "FADE", "BLOW_UP")
"""Faults in which a runner pays for impatience."""

FLAG_OF_VERDICT: Mapping[str, FlagCode] = {"too_fast": "TOO_FAST", "too_slow": "TOO_SLOW"}
"""The finding whose clear form is a block's verdict."""

STANDING: FlagCode = "STOPPED"
"""The finding about standing, which is told in a place of its own."""

WALKING: FlagCode = "WALK_BREAK"
"""The finding about what was walked or jogged in a block."""

APART: tuple[FlagCode, ...] = (STANDING, WALKING)
"""Findings that cost points of their own: they are judged once, apart from the pace."""

MOST_TELLING: tuple[FlagCode, ...] = (
    "STOPPED", "BLOW_UP", "MISSED_BLOCK", "GREEDY", "FAST_START", "TOO_FAST", "NON_PROGRESSION",
    "FADE", "TOO_SLOW", "LATE_CHANGE", "WALK_BREAK", "SURGING", "TRUNCATED", "LOW_DATA",
)  # fmt: skip
"""Which one of several findings is told where there is room for one, or that runs share."""

OF_THE_RUN: tuple[FlagCode, ...] = ("MISSED_BLOCK", "STOPPED", "BLOW_UP", "LOW_DATA", "SURGING")
"""Findings that are true of a stretch of running, whichever block of the plan it was."""

OF_THE_RECORDING: tuple[FlagCode, ...] = ("LOW_DATA",)
"""Findings about the recording, whatever reading of the start they come from."""

UNFINISHED: tuple[FlagCode, ...] = ("MISSED_BLOCK", "TRUNCATED", "LOW_DATA")
"""Findings that say of a block what its status says: left out, cut short, or not measured."""

Heart = Literal["body", "choice"]
"""What the heart says of a slower pace: it worked as hard or harder, or it rested too."""


class TooFast(Struct, frozen=True):
    """
    Paces of a block run too fast [s/km].

    ``planned_s_per_km`` is None for an easy block without a pace, which is held
    against the next block's; ``next_planned_s_per_km`` is None where no faster
    block follows.
    """

    pace_s_per_km: float | None = None
    planned_s_per_km: float | None = None
    next_planned_s_per_km: float | None = None


class TooSlow(Struct, frozen=True):
    """Paces of a block run too slow [s/km]."""

    pace_s_per_km: float | None = None
    planned_s_per_km: float | None = None


class FastStart(Struct, frozen=True):
    """The first ``window_s`` seconds of a block, against the plan and the rest of it [s/km]."""

    window_s: float | None = None
    pace_s_per_km: float | None = None
    rest_s_per_km: float | None = None
    planned_s_per_km: float | None = None


class GreedyByPace(Struct, frozen=True):
    """A block run at the next one's pace: how probable that is, and the paces [s/km]."""

    by: Literal["pace"] = "pace"
    probability: float | None = None
    pace_s_per_km: float | None = None
    planned_s_per_km: float | None = None
    next_planned_s_per_km: float | None = None


class Change(Struct, frozen=True):
    """
    Where the pace was changed, and where the plan had the change [elapsed s].

    ``next_block`` is the block that begins there; ``confidence`` the probability
    that the change lies within 15 s of the truth.
    """

    changed_at_s: float | None = None
    confidence: float | None = None
    next_block: int | None = None
    by: Literal["timing"] = "timing"
    planned_at_s: float | None = None


class NoStep(Struct, frozen=True):
    """A block, the scored block before it, and the step the plan had between them [s/km]."""

    pace_s_per_km: float | None = None
    previous_s_per_km: float | None = None
    previous_block: int | None = None
    planned_step_s_per_km: float | None = None


class Fade(Struct, frozen=True):
    """Pace of the first and of the last third of a block [s/km]; ``heart``: it worked harder."""

    first_s_per_km: float | None = None
    last_s_per_km: float | None = None
    heart: Heart | None = None


class BlowUp(Struct, frozen=True):
    """
    When a collapse began [elapsed s], how long it lasted [s], and the paces around it.

    ``may_be_cool_down``: it begins with its block, abruptly, as a cool-down in its place would.
    """

    at_s: float | None = None
    before_s_per_km: float | None = None
    after_s_per_km: float | None = None
    duration_s: float | None = None
    slowdown_pct: float | None = None
    is_severe: bool = False
    heart: Heart | None = None
    may_be_cool_down: bool = False


class Surging(Struct, frozen=True):
    """Length of the largest waves [s]."""

    period_s: float | None = None


class Stopped(Struct, frozen=True):
    """Standing in one block [s], and in the whole session; ``longest_at_s`` is elapsed time."""

    standing_s: float | None = None
    stops: int | None = None
    longest_s: float | None = None
    longest_at_s: float | None = None
    by: StoppedBy | None = None
    session_standing_s: float | None = None


Gait = Literal["walked", "jogged"]
"""How a break was spent, by its speed."""


class WalkBreak(Struct, frozen=True):
    """
    What was walked or jogged in one block [s], in how many breaks, and the longest of them.

    ``at_s`` (elapsed), ``longest_s``, ``gait`` and ``pace_s_per_km`` are of the longest.
    """

    at_s: float | None = None
    seconds: float | None = None
    gait: Gait | None = None
    pace_s_per_km: float | None = None
    breaks: int | None = None
    longest_s: float | None = None


class MissedBlock(Struct, frozen=True):
    """
    A block left out, as the file or the pace shows it.

    ``planned_s`` or ``planned_m`` is the length of a step skipped on the watch;
    ``probability`` is of any block having been left out, by the pace; ``likely_block`` is
    the index of the one that fits best where that is not sure, and as which it is placed.
    """

    by: Literal["file", "pace"] = "file"
    probability: float | None = None
    likely_block: int | None = None
    planned_s: float | None = None
    planned_m: float | None = None


class Truncated(Struct, frozen=True):
    """How much of a block was run before the end, and how long it was planned [s]."""

    run_s: float | None = None
    planned_s: float | None = None


LowDataCause = Literal["lost", "short", "hills", "source"]
"""
Why a block cannot be judged: records, distance or positions lost; too short for the watch;
slopes whose cost nobody knows so well; a distance that is itself in doubt.
"""


class LowData(Struct, frozen=True):
    """Share of a block that was not measured [%], how well its pace is known [%], and why."""

    bad_pct: float | None = None
    pace_se_pct: float | None = None
    cause: LowDataCause = "lost"


Facts = (
    TooFast | TooSlow | FastStart | GreedyByPace | Change | NoStep | Fade | BlowUp | Surging
    | Stopped | WalkBreak | MissedBlock | Truncated | LowData
)  # fmt: skip
"""The evidence of one finding; None among its numbers is unknown."""


class Cost(Struct, frozen=True):
    """
    What a fault cost [s]: lost afterwards, and gained before it.

    For a stop it is the standing itself, for a break the time lost in it. ``se_s`` is the
    standard error of the loss, None for stops and breaks.
    """

    lost_s: float
    se_s: float | None = None
    gained_s: float | None = None


class Flag(Struct, frozen=True):
    """
    A finding about the runner.

    Parameters
    ----------
    code : str
        What was found.
    block : int or None
        Index of the block; None for the whole run.
    certainty : {'clear', 'possible', 'cannot_tell'}
        How sure it is.
    value, low, high : float or None
        Size of the finding in ``unit`` with its 90 % interval, low < high.
    unit : str
        ``s/km``, ``s`` or ``%``.
    facts : record or None
        The evidence as numbers with units in their names; reports make words of
        it. None where the finding is that nothing can be told.
    cost : Cost or None
        What it cost; besides stops and breaks set on one flag at most, so that nothing is
        counted twice.
    """

    code: FlagCode
    block: int | None
    certainty: Certainty
    value: float | None
    low: float | None
    high: float | None
    unit: str
    facts: Facts | None = None
    cost: Cost | None = None


def is_beyond_verdict(flag: Flag) -> bool:
    """Whether neither verdict nor status of a block shows it: run at the next pace is too fast."""
    if flag.code in FLAG_OF_VERDICT.values() or flag.code in UNFINISHED:
        return False
    return not isinstance(flag.facts, GreedyByPace)
