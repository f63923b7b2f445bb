"""A squad sheet on paper: its page, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.compare.html import DRAWN
from analyzer.report.pdf import render_pdf
from analyzer.report.squad.html import render_squad_html

if TYPE_CHECKING:
    from analyzer.model.squad import SquadSheet
    from analyzer.units import Unit


def pdf_of_squad(sheet: SquadSheet, units: Unit | None = None) -> bytes:
    """Print the page of a squad."""
    return render_pdf(render_squad_html(sheet, units), drawn=DRAWN)
