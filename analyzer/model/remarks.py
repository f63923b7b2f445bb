"""What is said about a run by people, not by the recording."""

from __future__ import annotations

from msgspec import Struct

MAX_NOTE = 1000
"""Longest note [characters]."""

MAX_NAME = 60
"""Longest name of an athlete [characters]."""

RPE_RANGE = (1.0, 10.0)
"""Smallest and largest rating of effort that may be given."""


class Remarks(Struct, frozen=True):
    """
    The runner's name and own words, as they were given; none of it comes from a file.

    Parameters
    ----------
    name : str or None
        The athlete, for the greeting and the title; shown only because it was given.
    note : str or None
        How it was, in the runner's own words.
    rpe : float or None
        Effort, 1 to 10; wins over the one in the file.

    Raises
    ------
    ValueError
        If the effort is not between 1 and 10.
    """

    name: str | None = None
    note: str | None = None
    rpe: float | None = None

    def __post_init__(self) -> None:
        """Refuse an effort that is not on the scale."""
        low, high = RPE_RANGE
        if self.rpe is not None and not low <= self.rpe <= high:
            msg = f"effort is {low:.0f} to {high:.0f}, not {self.rpe}"
            raise ValueError(msg)
