"""The words of what in a recording is the run, and what is not: sport, parts, drives, the timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.counted import Counted
from analyzer.report.language import noted, noted_n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import WarningCode, WarningKind
    from analyzer.report.counted import Words

RUN_WORDS: Mapping[tuple[WarningCode, WarningKind], Words] = {
    ("SPORT_NOT_RUNNING", ""): noted("the sport is {sport}, not running; reviewed all the same"),
    ("SPORT_NOT_RUNNING", "other_sport"): noted(
        "the sport is {sport}, not running; nothing is judged"
    ),
    ("SPORT_NOT_RUNNING", "other_speed"): noted(
        "{speed_kmh} km/h for most of the time is no speed of a runner; nothing is judged"
    ),
    ("TIMER_DISAGREES", "unexplained"): noted(
        "the device's own timer says {said}, its records {recorded}; the records are used"
    ),
    ("TIMER_DISAGREES", "explained"): (
        Counted(
            "count",
            *noted_n(
                "the device's own timer says {said}, its records {recorded}; "
                "a hole in the records explains it and counts as a pause",
                "the device's own timer says {said}, its records {recorded}; "
                "{n} holes in the records explain it and count as pauses",
            ),
        ),
    ),
    ("NOT_THE_RUN", "before"): noted(
        "the recording begins with {length} at up to {speed_kmh} km/h ({km} km), "
        "as in a car; left out"
    ),
    ("NOT_THE_RUN", "after"): noted(
        "{later} after the run the recording goes on at up to {speed_kmh} km/h for {length} "
        "({km} km), as in a car; left out"
    ),
    ("NOT_THE_RUN", "between"): noted(
        "from {start} on, {length} at up to {speed_kmh} km/h ({km} km), as in a car; "
        "left out as a pause"
    ),
    ("SEVERAL_ACTIVITIES", "parts"): noted(
        "{count} activities in {source}; the longest one, number {number}, is reviewed"
    ),
    ("SEVERAL_ACTIVITIES", "activities"): noted(
        "{count} activities in the file; the longest run is reviewed"
    ),
    ("SEVERAL_ACTIVITIES", "other_tracks"): (
        Counted(
            "count",
            *noted_n(
                "{n} track of another sport ({sport}) left out",
                "{n} tracks of another sport ({sport}) left out",
            ),
        ),
    ),
    ("SEVERAL_ACTIVITIES", "sessions"): noted(
        "{count} sessions in the file; number {number} is reviewed"
    ),
}
"""Rows of `recording_words.WORDS`."""
