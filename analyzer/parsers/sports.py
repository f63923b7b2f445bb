"""Which sports are runs, which clearly are not, and what is said of those that may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.activity import RecordingWarning

if TYPE_CHECKING:
    from analyzer.model.activity import WarningKind

RUNS = ("running", "walking", "hiking", "generic", "other")
"""Sports that are reviewed without a word."""

OTHERS = frozenset({
    "alpine_skiing", "alpineski", "american_football", "archery", "baseball", "basketball", "bike",
    "biking", "boating", "boxing", "canoeing", "cross_country_skiing", "cycling", "diving",
    "driving", "e_biking", "ebikeride", "floor_climbing", "flying", "golf", "gravelride",
    "hang_gliding", "horseback_riding", "ice_skating", "indoor_cycling", "inline_skating",
    "kayaking", "kitesurfing", "motorcycling", "mountain_biking", "nordicski", "paddling",
    "rafting", "ride", "road_biking", "rock_climbing", "rowing", "sailing", "skiing",
    "snowboarding", "snowmobiling", "soccer", "stand_up_paddleboarding", "surfing", "swim",
    "swimming", "tennis", "virtualride", "wakeboarding", "water_skiing", "windsurfing",
})  # fmt: skip
"""Sports in which nobody runs a plan, by their names in files; any other name proves nothing."""


def is_run(sport: str | None) -> bool:
    """Whether a recording of this sport may be a run, as one may that names none."""
    if sport is None:
        return True
    name = sport.lower().replace(" ", "_").replace("-", "_")
    return name not in OTHERS and name.rsplit("_", maxsplit=1)[-1] not in OTHERS  # road cycling


def sport_warning(sport: str | None) -> tuple[RecordingWarning, ...]:
    """Warn of a sport other than running; nothing is judged where it is clearly another."""
    if sport is None or sport in RUNS:
        return ()
    facts = {"sport": sport}
    kind: WarningKind = "" if is_run(sport) else "other_sport"
    return (RecordingWarning("SPORT_NOT_RUNNING", kind, facts),)
