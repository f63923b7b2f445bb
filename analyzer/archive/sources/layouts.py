"""The platforms that are known by their layout; a new one is a file and a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.sources.garmin import GARMIN
from analyzer.archive.sources.healthfit import HEALTHFIT
from analyzer.archive.sources.strava import STRAVA
from analyzer.archive.sources.trainingpeaks import TRAININGPEAKS

if TYPE_CHECKING:
    from analyzer.archive.sources.layout import Layout
    from analyzer.archive.sources.tree import Listing

LAYOUTS: tuple[Layout, ...] = (TRAININGPEAKS, GARMIN, STRAVA, HEALTHFIT)


def layout_of(listing: Listing) -> Layout | None:
    """Return the platform that laid out a folder or archive; None for one that people made."""
    return next((each for each in LAYOUTS if each.is_here(listing)), None)


def own_name(name: str) -> str | None:
    """Return how the name of an export is shown; None if no platform gives such names."""
    names = (each.own_name(name) for each in LAYOUTS)
    return next((shown for shown in names if shown is not None), None)
