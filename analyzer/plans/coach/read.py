"""Free text of a coach to blocks, in the unit its paces are in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from analyzer.model.plan import Doubt
from analyzer.plans.coach.amounts import clock_s, clock_text
from analyzer.plans.coach.cursor import Cursor
from analyzer.plans.coach.defined import definitions, with_definitions
from analyzer.plans.coach.plainly import days_of, plainly
from analyzer.plans.coach.quotes import unit_of
from analyzer.plans.coach.reader import Reader
from analyzer.plans.coach.recast import recast
from analyzer.plans.coach.step import Unclear
from analyzer.plans.coach.tokens import MOST_TOKENS, tokens_of
from analyzer.plans.document import Word
from analyzer.safe_text import clean_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.document import Problems
    from analyzer.plans.draft import DraftBlock
    from analyzer.plans.paces import PaceContext
    from analyzer.units import Unit

SLOW_S = 390.0
"""Where the fastest pace is slower than this per km, it may have been meant per mile [s]."""

LEAST_PER_MILE_S = 330.0
"""Bare paces that are all slower are taken per mile, where others are [s]."""

MORE_THAN_STEPS = frozenset(
    {"last", "first", "prog", "every", "total", "under", "over", "remainder", "aim", "in", "span"}
    | {"apiece", "remark", "part", "lasting", "alternate", "order"}
)
"""What the exact form takes for a name, and a coach does not."""


class Reading(NamedTuple):
    """What was understood: blocks, the unit of paces, what is doubtful, and what is unclear."""

    blocks: list[DraftBlock]
    unit: Unit
    doubts: list[Doubt]
    unclear: list[Unclear]
    is_more_than_steps: bool


def read_coach(text: str, context: PaceContext) -> Reading:
    """
    Read a plan as a coach writes it.

    Parameters
    ----------
    text : str
        One line, several, or prose, in any of the languages.
    context : PaceContext
        The names of paces that are known.
    """
    days = days_of(text)
    text = plainly(text)
    cut = tokens_of(text)
    if cut and cut[-1].kind == "too_many":
        msg = f"more than the limit of {MOST_TOKENS} words and marks; is it a plan?"
        return Reading([], "km", [], [Unclear(msg, cut[-1])], is_more_than_steps=False)
    found, tokens = definitions(recast(cut))
    unit, doubts = _unit(tokens)
    context = with_definitions(replace(context, unit=unit), found)
    reader = Reader(text, Cursor(tokens), context, doubts)
    blocks = reader.sequence()
    if days > 1 and tokens:
        msg = f"{days} days are more than one session; write one plan for each day"
        reader.unclear.append(Unclear(msg, tokens[0]))
    is_more = any(t.kind in MORE_THAN_STEPS for t in tokens)
    is_more = is_more or any(d.code == "FIRST" for d in reader.doubts)
    doubts = list(dict.fromkeys(_shown(d) for d in reader.doubts))
    return Reading(blocks, unit, doubts, reader.unclear, is_more)


def _shown(doubt: Doubt) -> Doubt:
    """Return a doubt with words that may be shown: on one line, and not too long."""
    return Doubt(doubt.code, tuple((key, clean_text(value, 60)) for key, value in doubt.values))


class _Said(NamedTuple):
    """
    What a text says of its unit: per what its paces are, and what its lengths are in.

    ``are_miles`` has an answer for each kind of length; ``bare`` are the paces without a unit.
    """

    per: frozenset[Unit]
    are_miles: frozenset[bool]
    bare: list[Token]

    @property
    def fastest_s(self) -> float | None:
        """The fastest pace without a unit [s]; None if there is none."""
        return min((clock_s(t.text) for t in self.bare), default=None)

    @property
    def is_mixed(self) -> bool:
        """Whether it says both units, or has lengths in both and says none."""
        return len(self.per) == 2 or (len(self.are_miles) == 2 and not self.per)


def _said(tokens: list[Token]) -> _Said:
    """Gather what a text says of its unit."""
    lengths = [
        t
        for t in tokens
        if t.kind == "distance" or (t.kind == "span" and re.search(r"(?i)km|mi(?!n)", t.text))
    ]
    if any(_in_miles(t) for t in lengths):  # metres are the short recoveries of either
        lengths = [t for t in lengths if not _in_metres(t)]
    per = frozenset(unit_of(t) for t in tokens if t.kind == "per")
    return _Said(per, frozenset(_in_miles(t) for t in lengths), _bare(tokens))


def _unit(tokens: list[Token]) -> tuple[Unit, list[Doubt]]:
    """Return the unit of bare paces, and whether that is sure."""
    said = _said(tokens)
    if _is_per_mile(said):
        is_sure = said.per == {"mi"} and said.are_miles == {True}
        return "mi", [] if is_sure else _doubts("MILES", said)
    if said.is_mixed:
        return "km", _doubts("KM", said)
    is_silent = not said.per and not said.are_miles
    if is_silent and said.fastest_s is not None and said.fastest_s >= SLOW_S:
        return "km", _doubts("SLOW", said)
    return "km", []


def _is_per_mile(said: _Said) -> bool:
    """Whether bare paces are per mile: all lengths are in miles, or all that is said is."""
    if said.are_miles == {True} and "km" not in said.per:
        return True
    is_slow = said.fastest_s is None or said.fastest_s > LEAST_PER_MILE_S
    return said.per == {"mi"} and is_slow


def _doubts(code: str, said: _Said) -> list[Doubt]:
    """Doubt the unit of the first pace without one; nothing to doubt where all have it."""
    if not said.bare:
        return []
    return [Doubt(code, (("pace", clock_text(said.bare[0].text)),))]


def _bare(tokens: list[Token]) -> list[Token]:
    """Return the paces without a unit."""
    cursor = Cursor(tokens)
    found = []
    for i, token in enumerate(tokens):
        if token.kind != "clock":
            continue
        cursor.at = i
        behind = [cursor.peek(k).kind for k in (1, 2)]
        if "per" in (behind[0], behind[1] if behind[0] == "paceword" else "") or i == 0:
            continue
        shares = cursor.peek(2).kind == "clock" and cursor.peek(3).kind == "per"
        if not cursor.starts_step() and not (shares and behind[0] in ("dash", "arrow", "to")):
            found.append(token)
    return found


def _in_metres(token: Token) -> bool:
    """Whether a distance is in metres."""
    unit = token.text.lstrip("0123456789. -").lower()
    return unit == "m" or unit.startswith(("met", "m\u00e8t", "mtr"))


def _in_miles(token: Token) -> bool:
    """Whether a distance is in miles."""
    unit = token.text.strip("0123456789. -\u2013")
    return unit == "M" or unit.lower().startswith(("mi", "mei"))


OF_UNITS = ("MILES", "KM", "SLOW")
"""Doubts about units, which hold for the exact form too."""


def add_unclear(unclear: list[Unclear], text: str, problems: Problems) -> None:
    """Note what is unclear with its line and column; what is asked about first, if anything is."""
    starts = [0]
    for row in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(row))
    asked = [u for u in unclear if u.is_asked] or unclear
    for each in asked:
        line = bisect_right(starts, each.at.start)
        column = each.at.start - starts[line - 1] + 1
        problems.add(each.message, Word(each.at.text.split("\n")[0], line, column))
