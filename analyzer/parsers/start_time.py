"""When a recording began, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.parsers.samples import Samples


def utc_start(samples: Samples) -> datetime | None:
    """Return the time of the first sample; None if no calendar has it."""
    try:
        return datetime.fromtimestamp(float(samples.time_s[0]), UTC)
    except (ValueError, OverflowError, OSError):
        return None
