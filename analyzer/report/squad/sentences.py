"""The squad in two sentences: who needs the coach and why, and how it is with the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.squad import NEEDS, UNKNOWN
from analyzer.report.language import capital, noted_n, say, say_n
from analyzer.report.measures import joined
from analyzer.report.naming import number_word
from analyzer.report.squad.view import athlete_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analyzer.model.squad import Need, SquadRow, SquadSheet

MOST_NAMES = 3
"""More athletes than this are counted and not named: a list of names is no sentence."""

WHAT: Mapping[Need, tuple[str, str]] = {
    "paid": noted_n("{who} forced early and paid for it", "{who} forced early and paid for it"),
    "blew_up": noted_n("{who} blew up", "{who} blew up"),
    "stopped": noted_n("{who} stopped", "{who} stopped"),
    "took_break": noted_n("{who} took a break", "{who} took breaks"),
    "missed": noted_n("{who} skipped a block", "{who} skipped blocks"),
    "cut_short": noted_n("{who} cut the session short", "{who} cut the session short"),
    "forced": noted_n("{who} forced the pace", "{who} forced the pace"),
    "far": noted_n("{who} missed the planned pace", "{who} missed the planned pace"),
}
"""What athletes did that makes them need the coach, of one and of several."""

THE_OTHERS = noted_n("The other one kept to the plan.", "The other {count} kept to the plan.")
SOME = noted_n("One kept to the plan.", "{count} kept to the plan.")
"""How many kept to it: everybody who does not need the coach, or not everybody."""


def sentences(sheet: SquadSheet) -> tuple[str, str]:
    """
    Say who needs the coach and why, then of whom nothing is known and who kept to the plan.

    Returns
    -------
    first, second : str
        "Four of twelve need you: Anna and Ben forced early and paid for it, Carl stopped, and
        Dana skipped a block."; "No file from Eva. Seven kept to the plan."
    """
    total = len(sheet.rows)
    if not total:
        return say("No athletes and no runs in these days."), ""
    pressing = [row for row in sheet.rows if row.need is not None and row.need not in UNKNOWN]
    unknown = _unknown(sheet.rows)
    kept = sum(row.need is None for row in sheet.rows)
    if not pressing:
        return _nobody(total, kept, unknown)
    rest = _rest(kept, is_all_others=kept + len(pressing) == total)
    return _pressing(pressing, total), " ".join([*unknown, *rest])


def _nobody(total: int, kept: int, unknown: Sequence[str]) -> tuple[str, str]:
    """Say that nobody needs the coach, and how far that is known."""
    if not kept:
        return unknown[0], " ".join(unknown[1:])
    if kept < total:
        facts = {"count": number_word(kept), "total": number_word(total)}
        first = say("Nobody needs you: {count} of {total} kept to the plan.", **facts)
        return first, " ".join(unknown)
    if total <= 2:
        return say("Nobody needs you: the plan was kept."), ""
    return say("Nobody needs you: all {total} kept to the plan.", total=number_word(total)), ""


def _pressing(rows: Sequence[SquadRow], total: int) -> str:
    """Say how many need the coach, and why."""
    what = _listed([_what(need, rows) for need in NEEDS if any(r.need == need for r in rows)])
    if total == 1:
        return capital(f"{what}.")
    if len(rows) == total:
        who = say("Both") if total == 2 else say("All {total}", total=number_word(total))
        return say("{who} need you: {what}.", who=who, what=what)
    return say_n(
        "One of {total} needs you: {what}.",
        "{count} of {total} need you: {what}.",
        len(rows),
        count=capital(number_word(len(rows))),
        total=number_word(total),
        what=what,
    )


def _listed(clauses: Sequence[str]) -> str:
    """List clauses that have verbs of their own: ``a, b, and c``."""
    if len(clauses) < 2:
        return "".join(clauses)
    facts = {"clauses": ", ".join(clauses[:-1]), "clause": clauses[-1]}
    return say("{clauses}, and {clause}", **facts)


def _what(need: Need, rows: Sequence[SquadRow]) -> str:
    """Say of all who share a need what they did."""
    alike = [row for row in rows if row.need == need]
    one, many = WHAT[need]
    return say_n(one, many, len(alike), who=_who(alike))


def _who(rows: Sequence[SquadRow]) -> str:
    """Name a few athletes; count many."""
    if len(rows) > MOST_NAMES:
        return number_word(len(rows))
    return joined([athlete_text(row) for row in rows])


def _unknown(rows: Sequence[SquadRow]) -> list[str]:
    """Say of whom nothing is known, and why."""
    silent = [row for row in rows if row.need == "no_file"]
    untold = [row for row in rows if row.need == "cannot_tell"]
    lines = []
    if silent and len(silent) == len(rows) > 1:
        lines.append(say("No file from anybody."))
    elif silent:
        lines.append(say("No file from {who}.", who=_who(silent)))
    if untold:
        who = _who(untold)
        lines.append(
            say_n(
                "How {who} ran cannot be told for certain.",
                "How {who} ran cannot be told for certain.",
                len(untold),
                who=who,
            )
        )
    return lines


def _rest(kept: int, *, is_all_others: bool) -> list[str]:
    """Say how many kept to the plan."""
    if not kept:
        return []
    one, many = THE_OTHERS if is_all_others else SOME
    return [capital(say_n(one, many, kept, count=number_word(kept)))]
