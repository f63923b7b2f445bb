"""Runs side by side for spreadsheets: the table of their reviews, with a column of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.compare.view import label_text
from analyzer.report.tables import render_csv

if TYPE_CHECKING:
    from analyzer.model.comparison import SideBySide
    from analyzer.units import Unit


def csv_file(side: SideBySide, units: Unit | None = None) -> str:
    """Return a row for each run and block; the units are in the names of the columns."""
    return render_csv([run.review for run in side.runs], [label_text(run) for run in side.runs])
