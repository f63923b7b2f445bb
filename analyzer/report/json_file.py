"""The result of reviews as a file: one document, or a list of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.json_result import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.review import Review
    from analyzer.units import Unit


def json_file(reviews: Sequence[Review], units: Unit | None = None) -> str:
    """Return one indented document, or a list with a line a run; the units are in the keys."""
    if len(reviews) == 1:
        return dumps(reviews[0], indent=2) + "\n"
    return "[" + ",\n".join(dumps(review) for review in reviews) + "]\n"
