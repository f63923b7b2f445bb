"""A squad sheet as a file: the ending chooses the form, as for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.forms import FORMS, form_of, rendered, rendered_files
from analyzer.report.write import write_set

if TYPE_CHECKING:
    from analyzer.model.squad import SquadSheet
    from analyzer.units import Unit


def render_squad(sheet: SquadSheet, form: str, units: Unit | None = None) -> bytes:
    """
    Return a squad sheet as bytes; the same sheet gives the same bytes.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    form : str
        Name of one of `FORMS`.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    """
    return rendered(FORMS[form], FORMS[form].squad, sheet, units)


def write_squad(sheet: SquadSheet, path: str, units: Unit | None = None) -> tuple[str, ...]:
    """
    Write a squad sheet in the form its ending chooses.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    path : str
        Where to; an old file is replaced only by a whole new one. Several cards are numbered.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.

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
    return write_set(path, rendered_files(form, form.squad, sheet, units))
