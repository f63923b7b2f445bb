"""The words of what was chosen, moved or left out of a distance, by code and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.counted import Counted
from analyzer.report.language import noted, noted_n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import WarningCode, WarningKind
    from analyzer.report.counted import Words

DISTANCE_WORDS: Mapping[tuple[WarningCode, WarningKind], Words] = {
    ("DISTANCE_REPAIRED", "steps"): (
        Counted(
            "count",
            *noted_n(
                "{n} impossible step taken out of the distance",
                "{n} impossible steps taken out of the distance",
            ),
        ),
    ),
    ("DISTANCE_REPAIRED", "backwards"): (
        Counted(
            "count",
            *noted_n(
                "distance ran backwards once; such a step counts as 0",
                "distance ran backwards {n} times; such a step counts as 0",
            ),
        ),
    ),
    ("DISTANCE_REPAIRED", "coarse"): noted(
        "distance is written anew only every {seconds} s; it was spread evenly in between"
    ),
    ("DISTANCE_REPAIRED", "holes"): (
        Counted(
            "count",
            *noted_n(
                "no distance of its own in one stretch, {unknown_s} s in all; "
                "the metres across it count, the speed inside is unknown",
                "no distance of their own in {n} stretches, {unknown_s} s in all; "
                "the metres across them count, the speed inside is unknown",
            ),
        ),
    ),
    ("DISTANCE_REPAIRED", "guessed"): (
        Counted(
            "count",
            *noted_n(
                "positions lost once, for {guessed_s} s; "
                "what the watch counted meanwhile is its guess, and in no pace",
                "positions lost {n} times, for {guessed_s} s in all; "
                "what the watch counted meanwhile is its guess, and in no pace",
            ),
        ),
    ),
    ("DISTANCE_REPAIRED", "paused"): noted(
        "{metres} m were covered while the timer was stopped; they do not count"
    ),
    ("DISTANCE_REPAIRED", "left_out"): noted(
        "{metres} m ({percent} %) of the recorded distance are left out: "
        "they came faster than anyone runs, and nothing confirms them"
    ),
    ("GLITCHES_REPAIRED", "spread"): (
        Counted(
            "count",
            *noted_n(
                "one leap in distance, which the positions confirm, was spread over {spread_s} s",
                "{n} leaps in distance, which the positions confirm, were spread over {spread_s} s",
            ),
        ),
    ),
    ("GLITCHES_REPAIRED", "altitude"): noted(
        "spikes in altitude replaced, {replaced_s} s in all: nobody climbs so fast"
    ),
    ("GLITCHES_REPAIRED", ""): (
        Counted(
            "count",
            *noted_n(
                "{n} spike in speed replaced, {replaced_s} s in all",
                "{n} spikes in speed replaced, {replaced_s} s in all",
            ),
        ),
    ),
    ("DISTANCE_DISAGREES", "longer"): noted(
        "the device's distance is {percent} % longer than its positions; the device's is used"
    ),
    ("DISTANCE_DISAGREES", "shorter"): noted(
        "the device's distance is {percent} % shorter than its positions; the device's is used"
    ),
    ("DISTANCE_DISAGREES", "positions_longer"): noted(
        "the device's distance is {percent} % shorter than its positions and cannot be right; "
        "the positions are used"
    ),
    ("DISTANCE_DISAGREES", "positions_shorter"): noted(
        "the device's distance is {percent} % longer than its positions and cannot be right; "
        "the positions are used"
    ),
    ("DISTANCE_DISAGREES", "speed_slower"): noted(
        "the device's own speed is {percent} % lower than its distance; the distance is used"
    ),
    ("DISTANCE_DISAGREES", "speed_faster"): noted(
        "the device's own speed is {percent} % higher than its distance; the distance is used"
    ),
    ("DISTANCE_DISAGREES", "kilometres"): noted(
        "the distance in the file counts kilometres where metres belong; read so"
    ),
    ("DISTANCE_DISAGREES", "session"): noted(
        "the device's total is {said_m} m, its records come to {records_m} m; the records are used"
    ),
    ("DISTANCE_DISAGREES", "calibrated"): noted(
        "the device's total is {said_m} m, its records come to {records_m} m: "
        "corrected after the run, and the total is used"
    ),
}
"""Part of `analyzer.report.recording_words.WORDS`."""
