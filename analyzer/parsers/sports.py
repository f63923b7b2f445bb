"""Which sports are runs, which clearly are not, and what is said of those that may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.model.activity import RecordingWarning
from analyzer.safe_text import clean_text

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


def sport_of(text: str | None) -> str | None:
    """
    Return the sport a file names in words, in small letters; None where it names none.

    Some programs let people write here: what is neither one plain word nor a known sport
    may be a name or an address, and is not shown.
    """
    name = clean_text(text or "", 30).lower()
    is_word = re.fullmatch(r"[a-z]+(?:_[a-z]+)*", name) is not None
    return name if name and (is_word or not is_run(name)) else None


def sport_warning(sport: str | None) -> tuple[RecordingWarning, ...]:
    """Warn of a sport other than running; nothing is judged where it is clearly another."""
    if sport is None or sport in RUNS:
        return ()
    facts = {"sport": sport}
    kind: WarningKind = "" if is_run(sport) else "other_sport"
    return (RecordingWarning("SPORT_NOT_RUNNING", kind, facts),)
