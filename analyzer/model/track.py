"""The way that was run as a drawing: metres from an unsaid place, no coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Floats

Shown = Literal["ends", "full"]
"""``ends``: the first and last 200 m are left out; ``full``: all of it."""


class Track(Struct, frozen=True, eq=False):
    """
    The line of a run, north up.

    Parameters
    ----------
    elapsed_s : array, shape (n,)
        When each point was passed.
    east_m, north_m : array, shape (n,)
        From the middle of what is drawn, which is not said.
    """

    elapsed_s: Floats
    east_m: Floats
    north_m: Floats
