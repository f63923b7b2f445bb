"""Runs side by side as files: the ending chooses the form, as for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.forms import FORMS, form_of, rendered
from analyzer.report.write import write_whole

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
        Name of one of `FORMS`.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    """
    return rendered(FORMS[form], FORMS[form].comparison, side, units)


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
    write_whole(path, render_side_by_side(side, form_of(path).name, units))
