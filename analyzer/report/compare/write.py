"""Runs side by side as files: the ending chooses the form, as for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.write import form_of, write_whole

if TYPE_CHECKING:
    from analyzer.model.comparison import SideBySide
    from analyzer.units import Unit


def render_side_by_side(side: SideBySide, form: str, units: Unit | None = None) -> bytes:
    """
    Return a comparison as bytes; the same runs give the same bytes.

    Parameters
    ----------
    side : SideBySide
        What to show.
    form : str
        As from `form_of`.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    """
    if form in ("png", "svg"):
        from analyzer.report.compare.figure import render_comparison_figure

        return render_comparison_figure(side, form, units)
    if form == "pdf":
        from analyzer.report.compare.html import DRAWN, render_comparison_html
        from analyzer.report.pdf import render_pdf

        return render_pdf(render_comparison_html(side, units), drawn=DRAWN)
    return _text(side, form, units).encode()


def _text(side: SideBySide, form: str, units: Unit | None) -> str:
    """Return a form that is text; only its own renderer is loaded."""
    if form == "html":
        from analyzer.report.compare.html import render_comparison_html

        return render_comparison_html(side, units)
    if form == "markdown":
        from analyzer.report.compare.markdown import render_comparison_markdown

        return render_comparison_markdown(side, units)
    if form == "json":
        from analyzer.report.compare.json_result import dumps

        return dumps(side) + "\n"
    if form == "csv":
        from analyzer.report.compare.view import label_text
        from analyzer.report.tables import render_csv

        return render_csv([r.review for r in side.runs], [label_text(r) for r in side.runs])
    from analyzer.report.compare.terminal import render_comparison

    return render_comparison(side, units=units) + "\n"


def write_comparison(side: SideBySide, path: str, units: Unit | None = None) -> None:
    """
    Write a comparison in the form its ending chooses.

    Parameters
    ----------
    side : SideBySide
        What to show.
    path : str
        Where to; an old file is replaced only by a whole new one.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.

    Raises
    ------
    OutputError
        If the file cannot be written; the old one is then untouched.
    """
    write_whole(path, render_side_by_side(side, form_of(path), units))
