"""What a cadence counts: watches count one leg, or one turn of a crank or an arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.parsers.samples import Samples

NOT_ON_FOOT = ("cycl", "bik", "ride", "riding", "row", "swim", "paddl", "kayak", "canoe")
"""What the name of a sport contains that is not done on foot."""


def with_steps_counted(samples: Samples, sport: str | None) -> Samples:
    """
    Make steps of the cycles that a watch counts: 2 on foot, and where no sport is named.

    A ride's cadence is in turns of the crank a minute and stays what it is.

    Parameters
    ----------
    samples : Samples
        Their cadence in cycles a minute.
    sport : str or None
        As the file says.
    """
    if sport and any(part in sport.lower() for part in NOT_ON_FOOT):
        return samples
    return samples.with_columns(cadence_spm=2.0 * samples.cadence_spm)
