"""A squad sheet for programs: each athlete's own result, why they need the coach, and the order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analyzer.report.json_result import SCHEMA_VERSION, result
from analyzer.report.language import speaking
from analyzer.report.squad.sentences import sentences
from analyzer.report.squad.view import athlete_text, row_words

if TYPE_CHECKING:
    from analyzer.model.squad import SquadRow, SquadSheet
    from analyzer.units import Unit


def json_file(sheet: SquadSheet, units: Unit | None = None) -> str:
    """Return the sheet with the line end of a file; sentences are in the units asked for."""
    return dumps(sheet, units) + "\n"


def dumps(sheet: SquadSheet, units: Unit | None = None) -> str:
    """Return a squad sheet as strict JSON, indented."""
    return json.dumps(squad_result(sheet, units), ensure_ascii=False, allow_nan=False, indent=2)


def squad_result(sheet: SquadSheet, units: Unit | None = None) -> dict[str, object]:
    """
    Return the sheet in the order of its rows; each result is the one of a review, unchanged.

    Unknown is None. Programs read English, whatever the report speaks.
    """
    with speaking("en"):
        return {
            "schema_version": SCHEMA_VERSION,
            "first_day": None if sheet.first_day is None else sheet.first_day.isoformat(),
            "last_day": None if sheet.last_day is None else sheet.last_day.isoformat(),
            "sentences": [sentence for sentence in sentences(sheet) if sentence],
            "athletes": [_athlete(row, units) for row in sheet.rows],
        }


def _athlete(row: SquadRow, units: Unit | None) -> dict[str, object]:
    """Return one athlete."""
    words = row_words(row, units)
    return {
        "athlete": athlete_text(row),
        "need": row.need,
        "sentence": words.told,
        "next_time": words.advice or None,
        "trend": row.trend,
        "for_the_coach": list(words.caveats),
        "note": row.heard.note or None,
        "approved_message": row.heard.message or None,
        "approval_is_outdated": row.heard.is_outdated,
        "result": None if row.review is None else result(row.review),
        "others": [result(review) for review in row.others],
    }
