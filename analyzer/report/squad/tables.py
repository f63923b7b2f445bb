"""A squad sheet for spreadsheets: a row an athlete, in the order of the sheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from analyzer.report.squad.view import athlete_text, row_words
from analyzer.report.tables import safe_cell
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.squad import SquadRow, SquadSheet
    from analyzer.units import Unit

COLUMNS = (
    "athlete", "need", "day", "plan", "score", "score_low", "score_high", "score_word", "signs",
    "sentence", "next_time", "trend", "other_runs", "for_the_coach",
)  # fmt: skip


def csv_file(sheet: SquadSheet, units: Unit | None = None) -> str:
    """Return a row for each athlete; unknown cells hold ``NA``, codes are English."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in sheet.rows:
        writer.writerow([safe_cell(cell) for cell in _cells(row, units)])
    return out.getvalue()


def _cells(row: SquadRow, units: Unit | None) -> list[object]:
    """Return the cells of one athlete."""
    words, review = row_words(row, units), row.review
    about: list[object] = [None] * 6
    if review is not None:
        start, score = review.activity.start_time_local, review.score
        about = [
            None if start is None else start.date().isoformat(),
            clean_text(review.plan.name),
            *(_whole(points) for points in (score.overall, score.low, score.high)),
            score.word,
        ]
    return [
        athlete_text(row),
        row.need or "none",
        *about,
        " ".join(words.signs) or None,
        words.told,
        words.advice or None,
        row.trend,
        len(row.others),
        words.for_the_coach or None,
    ]


def _whole(points: float | None) -> int | None:
    """Round half up; None for unknown."""
    return None if points is None else int(round_half_up(points))
