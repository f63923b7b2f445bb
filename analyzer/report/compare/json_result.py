"""Runs side by side for programs: each run's own result, and what they have in common."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import label_text
from analyzer.report.json_result import SCHEMA_VERSION, result
from analyzer.report.language import speaking
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.comparison import Change, Compared, SideBySide
    from analyzer.units import Unit


def dumps(side: SideBySide) -> str:
    """Return a comparison as strict JSON, indented."""
    return json.dumps(comparison(side), ensure_ascii=False, allow_nan=False, indent=2)


def json_file(side: SideBySide, units: Unit | None = None) -> str:
    """Return the same with the line end of a file; the units are in the keys."""
    return dumps(side) + "\n"


def comparison(side: SideBySide) -> dict[str, object]:
    """
    Return the results of all runs, in the order of the rows, and what they have in common.

    Each result is the one of a review, unchanged. Unknown is None.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "runs": [{"label": label_text(r), "result": result(r.review)} for r in side.runs],
        "common": _in_english(side),
    }


def _in_english(side: SideBySide) -> dict[str, object]:
    """Return what is common; programs read English, whatever the report speaks."""
    with speaking("en"):
        return _common(side)


def _common(side: SideBySide) -> dict[str, object]:
    """Return counts, the change, and the sentences."""
    first = side.runs[0].review.blocks
    return {
        "runs": len(side.runs),
        "sorted_by": side.sorted_by,
        "is_squad": side.is_squad,
        "blocks": [
            {
                "index": shared.index,
                "planned_pace_s_per_km": _rounded(block.planned.pace_s_per_km)
                if shared.is_same_pace
                else None,
                "held": shared.held,
                "too_fast": shared.too_fast,
                "too_slow": shared.too_slow,
                "unfinished": shared.unfinished,
                "not_scored": shared.not_scored,
            }
            for shared, block in zip(side.blocks, first, strict=True)
        ],
        "findings": [{"code": f.code, "runs": f.runs} for f in side.findings],
        "change": None if side.change is None else _change(side.change),
        "sentences": [s for s in sentences(side) if s],
    }


def _change(change: Change) -> dict[str, object]:
    """Return where the score went, and from where to where."""
    return {
        "direction": change.direction,
        "first": _scored(change.first),
        "last": _scored(change.last),
    }


def _scored(run: Compared) -> dict[str, object]:
    """Return a run's score with its 90 % range, as the result has it."""
    score = run.review.score
    numbers = {"overall": score.overall, "low": score.low, "high": score.high}
    whole = {key: None if v is None else int(round_half_up(v)) for key, v in numbers.items()}
    return {"label": label_text(run), **whole}


def _rounded(value: float | None) -> float | None:
    """Round half up to one decimal; None for unknown and infinity."""
    return None if value is None or not math.isfinite(value) else round_half_up(value, 1)
