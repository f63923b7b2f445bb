"""Trends as files: the ending chooses the form, as for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.forms import FORMS, form_of, rendered, rendered_files
from analyzer.report.write import write_set

if TYPE_CHECKING:
    from analyzer.model.trends import SquadTrends
    from analyzer.units import Unit


def render_squad_trends(squad: SquadTrends, form: str, units: Unit | None = None) -> bytes:
    """
    Return trends as bytes; the same runs give the same bytes.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    form : str
        Name of one of `FORMS`.
    units : {'km', 'mi'}, optional
        Taken by every form; nothing here is by the kilometre or the mile.
    """
    return rendered(FORMS[form], FORMS[form].trends, squad, units)


def write_trends(squad: SquadTrends, path: str, units: Unit | None = None) -> tuple[str, ...]:
    """
    Write trends in the form its ending chooses.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    path : str
        Where to; an old file is replaced only by a whole new one. Several cards are numbered.
    units : {'km', 'mi'}, optional
        As for `render_squad_trends`.

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
    return write_set(path, rendered_files(form, form.trends, squad, units))
