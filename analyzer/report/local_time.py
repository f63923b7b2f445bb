"""The runner's own clock in words and for programs: its distance from UTC, never a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import noted, say

if TYPE_CHECKING:
    from datetime import datetime

    from analyzer.model.local_time import LocalZone, ZoneSource

SENTENCES: dict[ZoneSource, str] = {
    "watch": noted("Date by the watch's clock ({zone})."),
    "file": noted("Date by the time zone in the file ({zone})."),
    "place": noted("Date by the time zone of the place ({zone})."),
    "machine": noted("The file does not tell the time zone: date by this computer's ({zone})."),
}
"""What a report says of the day of a run, by who knew it."""

SHORT: dict[ZoneSource, str] = {
    "watch": "by the watch's clock",
    "file": "by the zone in the file",
    "place": "by the zone of the place",
    "machine": "by this computer's clock",
}
"""The same for what is shown in English only."""


def utc_text(offset_s: int) -> str:
    """Return how far a clock is from UTC: ``UTC−10``, ``UTC+5:45``, ``UTC``."""
    if not offset_s:
        return "UTC"
    hours, minutes = divmod(abs(offset_s) // 60, 60)
    size = f"{hours}:{minutes:02d}" if minutes else f"{hours}"
    return f"UTC{'+' if offset_s > 0 else '−'}{size}"


def zone_sentence(zone: LocalZone | None) -> list[str]:
    """Say by which clock the date is; nothing where there is no date."""
    if zone is None:
        return []
    return [say(SENTENCES[zone.source], zone=utc_text(zone.offset_s))]


def clock_words(start: datetime | None, zone: LocalZone | None) -> str:
    """Return start and clock: ``2026-03-10 18:30:00 UTC−10, by the watch's clock``."""
    if start is None:
        return "unknown"
    if zone is None:
        return f"{start:%Y-%m-%d %H:%M:%S} UTC"
    local = f"{zone.local(start):%Y-%m-%d %H:%M:%S}"
    return f"{local} {utc_text(zone.offset_s)}, {SHORT[zone.source]}"


def start_keys(start: datetime | None, zone: LocalZone | None) -> dict[str, str | None]:
    """Return the start for programs: in UTC, by the runner's own clock, and who says so."""
    utc = local = source = None
    if start is not None:
        utc = start.strftime("%Y-%m-%dT%H:%M:%SZ")
    if start is not None and zone is not None:
        local, source = zone.local(start).isoformat(timespec="seconds"), zone.source
    return {"start_time": utc, "start_time_local": local, "time_zone_source": source}
