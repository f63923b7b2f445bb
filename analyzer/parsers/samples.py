"""Samples in the order of the file, as the readers hand them over: nothing repaired yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Floats

COLUMNS = (
    "distance_m",
    "speed_mps",
    "latitude_deg",
    "longitude_deg",
    "elevation_m",
    "heart_rate_bpm",
    "cadence_spm",
    "power_w",
)
"""What a sample may hold besides its time."""

PLACE = "place"
"""Where it stands in its file."""


class Samples(Struct, frozen=True, eq=False):
    """
    Columns of one length in file order; NaN is unknown.

    ``time_s`` is in seconds on any one clock: since 1970 in UTC, or since the
    device was switched on. ``place`` is the line or byte at which a sample stands.
    """

    time_s: Floats
    distance_m: Floats
    speed_mps: Floats
    latitude_deg: Floats
    longitude_deg: Floats
    elevation_m: Floats
    heart_rate_bpm: Floats
    cadence_spm: Floats
    power_w: Floats
    place: Floats

    def __len__(self) -> int:
        """Count the samples."""
        return int(self.time_s.size)

    def take(self, which: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Samples:
        """Return the samples a mask or an index array names."""
        return Samples(*(getattr(self, name)[which] for name in self.__struct_fields__))

    def with_columns(self, **columns: Floats) -> Samples:
        """Return the samples with some columns replaced."""
        return Samples(*(columns.get(name, getattr(self, name)) for name in self.__struct_fields__))


def samples_of(time_s: list[float], rows: dict[str, list[float]]) -> Samples:
    """Build samples from lists; columns that are left out are unknown."""
    unknown = np.full(len(time_s), np.nan)
    columns = {name: np.asarray(values, dtype=np.float64) for name, values in rows.items()}
    return Samples(
        np.asarray(time_s, dtype=np.float64),
        *(columns.get(name, unknown.copy()) for name in (*COLUMNS, PLACE)),
    )


def joined(parts: list[Samples]) -> Samples:
    """Put samples of several parts behind one another."""
    return Samples(
        *(np.concatenate([getattr(p, name) for p in parts]) for name in Samples.__struct_fields__)
    )
