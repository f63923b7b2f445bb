"""A run beside an earlier one of the same athlete: which, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    import datetime as dt

LikeHow = Literal["same", "same_stimulus", "near"]
"""The same session; the same blocks at other paces; another session that is near it."""


class Alike(Struct, frozen=True):
    """
    A run against the earlier one whose session is most like it.

    Parameters
    ----------
    day : date
        Of the earlier run.
    session : LikeHow
        How like its session is.
    points, gained_s, lost_s : float or None
        This run less that one: points of the score, seconds gained early, seconds lost later.
    is_overlapping : bool
        Whether the 90 % ranges of the two scores overlap: then they may be the same.
    """

    day: dt.date
    session: LikeHow
    points: float | None
    gained_s: float | None
    lost_s: float | None
    is_overlapping: bool
