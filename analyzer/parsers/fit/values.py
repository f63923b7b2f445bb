"""Decoded values as numbers and times; anything else is unknown."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

FIT_EPOCH_S = 631_065_600
"""1989-12-31 00:00 UTC, as seconds since 1970."""


def seconds(value: Any) -> float:  # noqa: ANN401 - decoded values have any type
    """
    Return a time as seconds since 1970.

    A time that counts from power-up is laid from the FIT epoch on, as those of
    the records are, so that all times of one file are on one clock.
    """
    if isinstance(value, datetime):
        return value.timestamp()
    return to_float(value) + FIT_EPOCH_S


def to_float(value: Any) -> float:  # noqa: ANN401 - decoded values have any type
    """Return a number as float; NaN for anything else."""
    return float(value) if isinstance(value, int | float) else math.nan


def optional(value: Any) -> float | None:  # noqa: ANN401 - decoded values have any type
    """Return a finite number; None for anything else."""
    number = to_float(value)
    return number if math.isfinite(number) else None
