"""What the server was started with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.units import Unit


class Settings(Struct, frozen=True):
    """
    What the server was started with; the same for every request.

    Parameters
    ----------
    store : str
        File or address of the store. It is made when the first run is kept, not before.
    plans : str or None
        The folder of plans to choose from.
    athletes : str or None
        The coach's file of paces.
    units : {'km', 'mi'} or None
        Of all that is shown; None: each plan's own.
    lang : str
        Language of the reports.
    """

    store: str
    plans: str | None = None
    athletes: str | None = None
    units: Unit | None = None
    lang: str = "en"
