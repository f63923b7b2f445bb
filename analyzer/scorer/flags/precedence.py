"""Which finding hides which, and the order they are told in (method 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.scorer.block import has_bad_data

if TYPE_CHECKING:
    from analyzer.model.review import Flag
    from analyzer.scorer.flags.rule import Session

BESIDE_LOW_DATA = ("LOW_DATA", "STOPPED", "MISSED_BLOCK", "TRUNCATED")
"""All that bad data can still show."""

HIDDEN_BY_BLOW_UP = ("FADE", "SURGING", "TOO_SLOW", "NON_PROGRESSION")
"""What a clear blow-up explains, from its block on."""


def after_precedence(session: Session, flags: list[Flag]) -> list[Flag]:
    """Remove what another finding explains; flags stay in order of their blocks."""
    bad = {m.block.index for m in session.blocks if has_bad_data(m)}
    kept = [f for f in flags if f.block not in bad or f.code in BESIDE_LOW_DATA]
    collapses = [f.block for f in kept if f.code == "BLOW_UP" and f.certainty == "clear"]
    if collapses and collapses[0] is not None:
        first = collapses[0]
        kept = [f for f in kept if not (f.code in HIDDEN_BY_BLOW_UP and (f.block or 0) >= first)]
    return sorted(kept, key=lambda f: (f.certainty == "cannot_tell", f.block or 0))
