"""Free text of a coach to blocks, in the unit its paces are in."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from analyzer.model.plan import Doubt
from analyzer.plans.coach.amounts import clock_s, clock_text
from analyzer.plans.coach.cursor import Cursor
from analyzer.plans.coach.quotes import unit_of
from analyzer.plans.coach.reader import Reader
from analyzer.plans.coach.tokens import tokens_of
from analyzer.plans.document import Word
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from analyzer.plans.coach.step import Unclear
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
    tokens = tokens_of(text)
    unit, doubts = _unit(tokens)
    reader = Reader(text, Cursor(tokens), context._replace(unit=unit), doubts)
    blocks = reader.sequence()
    is_more = any(t.kind in MORE_THAN_STEPS for t in tokens)
    doubts = list(dict.fromkeys(_shown(d) for d in reader.doubts))
    return Reading(blocks, unit, doubts, reader.unclear, is_more)


def _shown(doubt: Doubt) -> Doubt:
    """Return a doubt with words that may be shown: on one line, and not too long."""
    return Doubt(doubt.code, tuple((key, clean_text(value, 60)) for key, value in doubt.values))


def _unit(tokens: list[Token]) -> tuple[Unit, list[Doubt]]:
    """Return the unit of bare paces, and whether that is sure."""
    said = {unit_of(t) for t in tokens if t.kind == "per"}
    distances = {_in_miles(t) for t in tokens if t.kind == "distance"}
    if True in distances:  # metres are the short recoveries of either
        distances = {_in_miles(t) for t in tokens if t.kind == "distance" and not _in_metres(t)}
    bare = _bare(tokens)
    paces = [clock_s(t.text) for t in bare]
    is_miles = distances == {True} and "km" not in said
    is_miles = is_miles or (said == {"mi"} and (not paces or min(paces) > LEAST_PER_MILE_S))
    if is_miles:
        is_sure = not bare or (said == {"mi"} and distances == {True})
        values = (("pace", clock_text(bare[0].text)),) if bare else ()
        return "mi", [] if is_sure else [Doubt("MILES", values)]
    if bare and (len(said) == 2 or (len(distances) == 2 and not said)):
        return "km", [Doubt("KM", (("pace", clock_text(bare[0].text)),))]
    if bare and not said and not distances and min(paces) >= SLOW_S:
        return "km", [Doubt("SLOW", (("pace", clock_text(bare[0].text)),))]
    return "km", []


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
    unit = token.text.lstrip("0123456789. -")
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
