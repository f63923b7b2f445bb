"""The review for spreadsheets: a row a block, and no text that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, cast

from analyzer.model.remarks import MAX_NOTE
from analyzer.report.json_result import result
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from analyzer.model.review import Review
    from analyzer.units import Unit

UNKNOWN = "NA"
"""What R and pandas read as missing; an empty cell is easily taken for an oversight."""

OF_THE_RUN = ("source", "start_time", "start_time_local", "device", "distance_source")
OF_THE_BLOCK = (
    "index", "name", "role", "status", "start_s", "end_s", "elapsed_s", "timer_s", "moving_s",
    "standing_s", "break_s", "distance_m", "break_distance_m", "pace_s_per_km",
    "pace_se_s_per_km", "gap_s_per_km", "deviation_s_per_km", "speed_deviation_pct",
    "scored_pace_s_per_km",
    "scored_speed_deviation_pct", "verdict", "score", "in_band_pct", "steadiness_pct",
    "heart_rate_bpm", "cadence_spm",
)  # fmt: skip
OF_THE_PLAN = ("duration_s", "distance_m", "pace_s_per_km")
"""Keys of the JSON result that make the columns."""

BEFORE_PLAN = OF_THE_BLOCK.index("start_s")
"""Columns of the block that come before those of its plan."""

SAID = ("score_word", "clear_flags", "run_flags", "athlete", "rpe", "feel", "note")
"""Columns after those of the blocks, the same in every table, whoever was named."""

NONE = "none"
"""Shown for no clear finding; unknown is shown otherwise."""

STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""What a spreadsheet may take for the start of a formula, in every width."""

FORMULA = re.compile(rf"^\s*[{STARTS}]")
HIDDEN = re.compile(rf"(;\s*)(?=[{STARTS}])")
"""What may begin a formula, after a semicolon: it divides cells where commas are decimal."""


def safe_cell(value: object) -> str:
    """
    Return a cell: text that could be a formula gets an apostrophe, numbers stay numbers.

    Parameters
    ----------
    value : object
        None is ``NA``; text is put on one line, without control characters.
    """
    if value is None:
        return UNKNOWN
    if isinstance(value, int | float):
        return str(value)
    text = HIDDEN.sub(r"\1'", clean_text(str(value), MAX_NOTE))
    return f"'{text}" if FORMULA.match(text) else text


def csv_file(reviews: Sequence[Review], units: Unit | None = None) -> str:
    """Return the table of all reviews; the units are in the names of its columns."""
    return render_csv(reviews)


def render_csv(reviews: Sequence[Review], labels: Sequence[str] | None = None) -> str:
    """
    Return one table for all reviews, a row a block.

    Parameters
    ----------
    reviews : sequence of Review
        In the order of the rows; unknown cells hold ``NA``.
    labels : sequence of str, optional
        What each run is called, for a first column.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    planned = [f"planned_{name}" for name in OF_THE_PLAN]
    first, others = OF_THE_BLOCK[:BEFORE_PLAN], OF_THE_BLOCK[BEFORE_PLAN:]
    header = [*OF_THE_RUN, "plan", "overall_score", *first, *planned, *others, *SAID]
    writer.writerow(header if labels is None else ["label", *header])
    for i, review in enumerate(reviews):
        label = [] if labels is None else [labels[i]]
        for row in _rows(review):
            writer.writerow([safe_cell(cell) for cell in (*label, *row)])
    return out.getvalue()


def _rows(review: Review) -> Iterator[list[object]]:
    """Return the cells of each block of a review, in the order of the columns."""
    facts = cast("dict[str, dict[str, object]]", result(review))
    of_run = _picked(facts["activity"], OF_THE_RUN)
    of_run += [facts["plan"]["name"], facts["score"]["overall"]]
    remarks = _picked(facts["remarks"], ("name", "rpe", "feel", "note"))
    for block in cast("list[dict[str, object]]", facts["blocks"]):
        planned = cast("dict[str, object]", block["planned"])
        flags = [_clear(review, cast("int", block["index"])), _clear(review)]
        yield [
            *of_run,
            *_picked(block, OF_THE_BLOCK[:BEFORE_PLAN]),
            *_picked(planned, OF_THE_PLAN),
            *_picked(block, OF_THE_BLOCK[BEFORE_PLAN:]),
            *[facts["score"]["word"], *flags, *remarks],
        ]


def _picked(values: Mapping[str, object], keys: Sequence[str]) -> list[object]:
    """Return the values of some keys, in their order."""
    return [values[key] for key in keys]


def _clear(review: Review, block: int | None = None) -> str:
    """List what is clear about a block, or about the run as a whole."""
    codes = [f.code for f in review.flags if f.certainty == "clear" and f.block == block]
    return " ".join(codes) if codes else NONE
