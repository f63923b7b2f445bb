"""Runs side by side as files: the ending chooses the form, as for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.forms import FORMS, form_of, rendered, rendered_files
from analyzer.report.write import write_set

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


def write_comparison(side: SideBySide, path: str, units: Unit | None = None) -> tuple[str, ...]:
    """
    Write a comparison in the form its ending chooses.

    Parameters
    ----------
    side : SideBySide
        What to show.
    path : str
        Where to; an old file is replaced only by a whole new one. Several cards are numbered.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.

    Returns
    -------
    tuple of str
        Names of the files that were written.

    Raises
    ------
    OutputError
        If they cannot be written; the old ones are then untouched.
    """
    form = form_of(path)
    return write_set(path, rendered_files(form, form.comparison, side, units))
