"""A run against the earlier one most like it, in one sentence that claims no more than it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import noted, say, say_n
from analyzer.report.trends.words import day_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.alike import Alike, LikeHow

AGAINST: dict[LikeHow, str] = {
    "same": noted("Against the same session on {day}: {what}."),
    "same_stimulus": noted("Against the same blocks at other paces on {day}: {what}."),
    "near": noted("Against your session most like this one, {day}: {what}."),
}


def alike_sentence(alike: Alike) -> str:
    """
    Say what differs.

    "Against your session most like this one, 3 March 2026: 12 s less gained early, 8 points more;
    the ranges overlap, so the two may be alike."
    """
    early = _rounded(alike.gained_s)
    points = _rounded(alike.points)
    parts = []
    if early:
        words = say("{n} s less gained early", n=-early)
        parts.append(words if early < 0 else say("{n} s more gained early", n=early))
    if points:
        less = say_n("{n} point less", "{n} points less", -points)
        parts.append(less if points < 0 else say_n("{n} point more", "{n} points more", points))
    what = ", ".join(parts) or say("the same score, to the point")
    if points and alike.is_overlapping:
        what = say("{what}; the ranges overlap, so the two may be alike", what=what)
    return say(AGAINST[alike.session], day=day_text(alike.day), what=what)


def _rounded(value: float | None) -> int:
    """Return whole seconds or points, 0 if unknown."""
    return 0 if value is None else int(round_half_up(abs(value))) * (1 if value > 0 else -1)
