"""
What contradicts the truth: which clear findings a run of each kind may get, and where.

Two tables say it. A finding about pace may be clear wherever the true pace bears it out
(`BY_PACE`), whatever the kind. Any other may be clear only where `MAY` has it for the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.model.findings import BlowUp, Change, Stopped, WalkBreak
from analyzer.structs import replace
from tests.builders.world.kinds import COLLAPSES, LEFT_OUT, SHIFTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.findings import Flag
    from analyzer.model.review import Review
    from tests.builders.world.make import Made
    from tests.builders.world.truth import Event, Truth, Window

REAL_PCT = 1.5
"""Off by this is really off: a block from its pace, a start or an end from the rest [%]."""

REAL_STEP = 0.3
"""A step is really small, or run ahead of, by this share of it."""

REAL_SHIFT_S = 20.0
"""A change this far from the clock was really early or late [s]."""

REAL_CUT_S = 20.0
"""A run this much shorter than its plan ended before it [s]."""

AT_ONCE_S = 60.0
"""A finding this near to the event has its minute right [s]."""

Where = Literal["event", "during", "next", "any", "out"]
"""
A block in which an event began; one that was run while it went on; the one after it; any;
the block left out, or none.
"""

COLLAPSED: dict[str, Where] = {
    "BLOW_UP": "during", "TOO_SLOW": "during", "NON_PROGRESSION": "during", "FADE": "during",
    "FAST_START": "event",  # forced until it went wrong
}  # fmt: skip

MAY: dict[str, dict[str, Where]] = {
    "walk break": {"WALK_BREAK": "event"},  # the rest of the block was as planned
    "jog break": {"WALK_BREAK": "event"},
    "traffic lights": {"STOPPED": "event"},
    "traffic lights, auto-pause": {"STOPPED": "event"},
    "dropout": {"LOW_DATA": "event"},
    "frozen, then a leap": {"LOW_DATA": "event"},
    "late first fix": {"LOW_DATA": "event"},
    "tunnel": {"LOW_DATA": "event"},
    **dict.fromkeys(COLLAPSES, COLLAPSED),
    "collapse, recovery": COLLAPSED,
    "collapse, not forced": {c: w for c, w in COLLAPSED.items() if c != "FAST_START"},
    **{kind: {"MISSED_BLOCK": "out"} for kind in LEFT_OUT},
    # The pace did go up and down; what a slope costs is not known well enough everywhere.
    "hills": {"SURGING": "any", "LOW_DATA": "any"},
    "fartlek surges": {
        "SURGING": "event", "TOO_FAST": "event", "GREEDY": "event", "FAST_START": "event",
        "NON_PROGRESSION": "next",
    },
}  # fmt: skip
"""Kind: codes that may be clear though no true pace bears them out, and in which blocks."""

NOT_BEGUN = "last block left out"
"""A run that ends before its last block: it was not begun, which is told as cut short."""

TOLD: dict[str, tuple[str, ...]] = {
    "walk break": ("WALK_BREAK",),
    "jog break": ("WALK_BREAK",),
    "traffic lights": ("STOPPED",),
    "traffic lights, auto-pause": ("STOPPED",),
    **dict.fromkeys(COLLAPSES, ("BLOW_UP",)),
    "collapse, recovery": ("BLOW_UP",),
    "collapse, not forced": ("BLOW_UP",),
    **dict.fromkeys(LEFT_OUT, ("MISSED_BLOCK",)),
    NOT_BEGUN: ("MISSED_BLOCK", "TRUNCATED"),
    "stopped early": ("TRUNCATED",),
    "steps reversed": ("NON_PROGRESSION",),
    "fartlek surges": ("SURGING",),
    **{kind: ("GREEDY",) if "early" in kind else ("LATE_CHANGE",) for kind in SHIFTED},
}
"""Kind: the codes that name what happened."""

NOTED: dict[str, tuple[str, ...]] = {
    "watch started late": ("STARTED_LATE",),
    "block 1 begun later": ("LATER_START",),
}
"""Kind: the notes of the alignment that name what happened, where no finding does."""

BY_OWN_TIME = frozenset(LEFT_OUT)
"""Kinds in which the plan's clock, after the block left out, shows other blocks than it says."""


class _Case(Struct, frozen=True):
    """A run, its plan and the finding that is looked at."""

    made: Made
    flag: Flag
    is_by_clock: bool = False

    @property
    def index(self) -> int:
        return self.flag.block or 0

    @property
    def windows(self) -> tuple[Window, ...]:
        """Both windows of the block, as far as they bear anything out."""
        block = self.made.truth.block(self.index)
        if self.made.truth.kind not in BY_OWN_TIME:
            both: tuple[Window | None, ...] = (block.executed, block.clock)
        else:
            both = (block.clock,) if self.is_by_clock else (block.executed,)
        return tuple(w for w in both if w is not None)

    def step_pct(self, first: int) -> float:
        """Planned step from a block to the next one [% of speed]."""
        plan = self.made.plan
        return 100 * (plan[first - 1].pace / plan[first].pace - 1) if first < len(plan) else 0.0

    def shift_s(self, block: int) -> float:
        """How much later than the clock a block was begun [s]; 0 if that is not known."""
        if not 1 <= block <= len(self.made.plan) or self.made.truth.kind in BY_OWN_TIME:
            return 0.0
        truth = self.made.truth.block(block)
        if truth.executed is None or truth.clock is None:
            return 0.0
        return truth.executed.start_s - truth.clock.start_s


def _too_fast(case: _Case) -> bool:
    return any(w.deviation_pct > REAL_PCT for w in case.windows)


def _too_slow(case: _Case) -> bool:
    return any(w.deviation_pct < -REAL_PCT for w in case.windows)


def _greedy(case: _Case) -> bool:
    if isinstance(case.flag.facts, Change) and case.shift_s(case.index + 1) < -REAL_SHIFT_S:
        return True
    step = case.step_pct(case.index)  # run at the next pace throughout is left early, too
    return any(w.deviation_pct > REAL_STEP * step for w in case.windows)


def _late(case: _Case) -> bool:
    return case.shift_s(case.index) > REAL_SHIFT_S


def _no_step(case: _Case) -> bool:
    if case.index < 2:
        return False
    before = replace(case, flag=replace(case.flag, block=case.index - 1)).windows
    step = case.step_pct(case.index - 1)
    return any(
        b.deviation_pct - a.deviation_pct < -REAL_STEP * step
        for a, b in zip(before, case.windows, strict=False)
    )


def _fast_start(case: _Case) -> bool:
    return any(w.opening_pct > REAL_PCT for w in case.windows)


def _fade(case: _Case) -> bool:
    return any(w.fade_pct > REAL_PCT for w in case.windows)


def _cut_short(case: _Case) -> bool:
    return float(case.made.recording.timer_s[-1]) < case.made.truth.plan_ends_s - REAL_CUT_S


BY_PACE: dict[str, Callable[[_Case], bool]] = {
    "TOO_FAST": _too_fast,
    "TOO_SLOW": _too_slow,
    "GREEDY": _greedy,
    "LATE_CHANGE": _late,
    "NON_PROGRESSION": _no_step,
    "FAST_START": _fast_start,
    "FADE": _fade,
    "TRUNCATED": _cut_short,
}
"""Code: whether the true pace, or the true length of the run, bears it out."""


def is_of_another_block(made: Made, flag: Flag) -> bool:
    """Whether a finding is true of what the clock's window held, which was another block."""
    return made.truth.kind in BY_OWN_TIME and _is_borne_out(_Case(made, flag, is_by_clock=True))


def _is_borne_out(case: _Case) -> bool:
    """Whether true pace or length bear a finding out."""
    bears_out = BY_PACE.get(case.flag.code)
    has_truth = case.flag.block is not None or case.flag.code == "TRUNCATED"
    return bears_out is not None and has_truth and bears_out(case)


def contradicts(made: Made, flag: Flag) -> bool:
    """Whether a clear finding says something that did not happen."""
    if _is_borne_out(_Case(made, flag)):
        return False
    where = MAY.get(made.truth.kind, {}).get(flag.code)
    return where is None or not _lies(made.truth, flag.block, where)


def _lies(truth: Truth, block: int | None, where: Where) -> bool:
    """Whether a block is where a finding may be."""
    if where == "any":
        return True
    if where == "out":
        return block is None or block in truth.left_out
    begun = {e.block for e in truth.events if e.block is not None}
    if where == "next":
        return block is not None and block - 1 in begun
    return block in begun or (where == "during" and block in _during(truth))


def _during(truth: Truth) -> set[int]:
    """Return the blocks that were run, or that the clock had, while an event went on."""
    timed = [e for e in truth.events if e.at_s is not None and e.seconds is not None]
    return {
        block.index
        for block in truth.blocks
        for w in (block.executed, block.clock)
        if w is not None and any(_overlap(e, w) for e in timed)
    }


def _overlap(event: Event, window: Window) -> bool:
    start_s = event.at_s or 0.0
    return start_s < window.end_s and start_s + (event.seconds or 0.0) > window.start_s


class Telling(Struct, frozen=True):
    """How an event was told: clear, at all, in the right block, and at the right minute."""

    clear: bool
    either: bool
    right_block: bool
    right_minute: bool | None


def telling(made: Made, review: Review) -> Telling | None:
    """Return how the event of a run was told; None where nothing names it."""
    codes, truth = TOLD.get(made.truth.kind), made.truth
    if truth.kind == "unrelated easy run":
        is_told = review.score.word in ("not the planned session", None)
        return Telling(is_told, is_told, right_block=is_told, right_minute=None)
    if truth.kind in NOTED:
        return _noted(made, review)
    if codes is None:
        return None
    named = [f for f in review.flags if f.code in codes and f.certainty != "cannot_tell"]
    clear = [f for f in named if f.certainty == "clear"]
    blocks = {e.block for e in truth.events}
    right = [f for f in clear if f.block in blocks or not blocks]
    minutes = [_moment(f) for f in right]
    known = [at for at in minutes if at is not None]
    starts = [e.at_s for e in truth.events if e.at_s is not None]
    is_near = any(abs(at - start) <= AT_ONCE_S for at in known for start in starts)
    return Telling(
        bool(clear), bool(named), bool(right), is_near if starts and known else None
    )  # fmt: skip


def _noted(made: Made, review: Review) -> Telling:
    """Return how a start was told that was not that of the recording."""
    notes = [n for n in review.alignment.notes if n.code in NOTED[made.truth.kind]]
    first, said = made.truth.block(1).executed, [n.start_s for n in notes if n.start_s is not None]
    right_minute = None
    if first is not None and said:
        begun_s = first.start_s
        if made.truth.kind == "watch started late":  # the window has what was recorded of it
            begun_s = first.end_s - made.plan[0].duration_s
        right_minute = any(abs(at - begun_s) <= AT_ONCE_S for at in said)
    is_told = bool(notes)
    return Telling(is_told, is_told, right_block=is_told, right_minute=right_minute)


def _moment(flag: Flag) -> float | None:
    """Return when a finding says that it happened [elapsed s]."""
    if isinstance(flag.facts, (BlowUp, WalkBreak)):
        return flag.facts.at_s
    return flag.facts.longest_at_s if isinstance(flag.facts, Stopped) else None


EXCLUDING: tuple[tuple[str, str], ...] = (
    ("TOO_FAST", "TOO_SLOW"),
    ("GREEDY", "TOO_SLOW"),
    ("MISSED_BLOCK", "TRUNCATED"),
    *(("MISSED_BLOCK", c) for c in ("TOO_FAST", "TOO_SLOW", "GREEDY", "FADE", "BLOW_UP")),
    *(("LOW_DATA", c) for c in ("TOO_FAST", "TOO_SLOW", "GREEDY", "FADE", "BLOW_UP")),
)
"""Codes that cannot both be clear of one block."""


def clashes(review: Review) -> tuple[str, ...]:
    """Return the contradictions between findings, and between findings and table."""
    clear: set[tuple[str, int | None]] = {
        (
            "GREEDY by timing" if isinstance(f.facts, Change) and f.code == "GREEDY" else f.code,
            f.block,
        )
        for f in review.flags
        if f.certainty == "clear"
    }
    blocks = {b.index: b for b in review.blocks}
    pairs = [
        f"{one}+{other}"
        for one, other in EXCLUDING
        for code, block in clear
        if code == one and block is not None and (other, block) in clear
    ]
    early = {block for code, block in clear if code == "GREEDY by timing"}
    pairs += [
        "GREEDY+LATE_CHANGE" for c, b in clear if c == "LATE_CHANGE" and (b or 0) - 1 in early
    ]
    against = {
        "MISSED_BLOCK": ("held", "too_fast", "too_slow"),
        "TOO_FAST": ("held", "too_slow", "not_scored"),
        "TOO_SLOW": ("held", "too_fast", "not_scored"),
    }
    pairs += [
        f"{code}+{blocks[block].verdict}"
        for code, block in clear
        if block in blocks and blocks[block].verdict in against.get(code, ())
    ]
    if ("MISSED_BLOCK", None) in clear and all(b.verdict != "not_scored" for b in review.blocks):
        pairs.append("MISSED_BLOCK+every block judged")
    return tuple(sorted(set(pairs)))
