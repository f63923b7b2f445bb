"""Paces that a text defines itself: ``MP = 4:30. 5 km @ MP+20, 5 km @ MP``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.plans.coach.amounts import clock_text
from analyzer.plans.coach.listed import kind_at
from analyzer.plans.paces import read_pace
from analyzer.plans.quantities import UnreadableError
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.paces import PaceContext

HEADS = ("", "comma", "newline", "full_stop")
IS = ("is", "ist", "est", "es", "\u00e8")


def definitions(tokens: list[Token]) -> tuple[list[tuple[str, Token]], list[Token]]:
    """Return each name with its pace, and the tokens that are left."""
    found: list[tuple[str, Token]] = []
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        size = _size(tokens, at)
        if size:
            found.append((tokens[at].kind[6:], tokens[at + 2]))
            at += size
        else:
            out.append(tokens[at])
            at += 1
    return (found, out) if out else ([], tokens)


def _size(tokens: list[Token], at: int) -> int:
    """Return how many tokens define a name here; 0 for none."""
    is_name = kind_at(tokens, at).startswith("named:") and kind_at(tokens, at - 1) in HEADS
    is_mark = kind_at(tokens, at + 1) == "colon" or (
        at + 1 < len(tokens) and tokens[at + 1].text.lower() in IS
    )
    if not (is_name and is_mark and kind_at(tokens, at + 2) == "clock"):
        return 0
    size = 4 if kind_at(tokens, at + 3) == "per" else 3
    return size if kind_at(tokens, at + size) in HEADS[1:] else 0


def with_definitions(context: PaceContext, found: list[tuple[str, Token]]) -> PaceContext:
    """Return a context that knows what a text defines; the text has the last word."""
    named = dict(context.named)
    for name, token in found:
        try:
            named[name] = read_pace(f"{clock_text(token.text)}/{context.unit}", context)
        except UnreadableError:
            continue
    return replace(context, named=named)
