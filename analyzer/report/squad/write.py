"""A squad sheet as a file: the ending chooses the form, as for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.forms import FORMS, form_of, rendered
from analyzer.report.write import write_whole

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


def write_squad(sheet: SquadSheet, path: str, units: Unit | None = None) -> None:
    """
    Write a squad sheet in the form its ending chooses.

    Parameters
    ----------
    sheet : SquadSheet
        What to show.
    path : str
        Where to; an old file is replaced only by a whole new one.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.

    Raises
    ------
    OutputError
        If the file cannot be written; the old one is then untouched.
    """
    write_whole(path, render_squad(sheet, form_of(path).name, units))
