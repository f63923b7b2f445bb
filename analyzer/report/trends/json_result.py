"""Trends for programs: each measure with its test, and every point that it rests on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analyzer.report.json_result import SCHEMA_VERSION
from analyzer.report.language import speaking
from analyzer.report.trends.sentences import sentences
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.trends import AthleteTrends, MeasureTrend, SquadTrends, TrendPoint
    from analyzer.units import Unit


def dumps(squad: SquadTrends) -> str:
    """Return trends as strict JSON, indented."""
    return json.dumps(trends(squad), ensure_ascii=False, allow_nan=False, indent=2)


def json_file(squad: SquadTrends, units: Unit | None = None) -> str:
    """Return the same with the line end of a file; the units are in the keys."""
    return dumps(squad) + "\n"


def trends(squad: SquadTrends) -> dict[str, object]:
    """Return the trends of all athletes, in the order of the report. Unknown is None."""
    with speaking("en"):  # programs read English, whatever the report speaks
        return {
            "schema_version": SCHEMA_VERSION,
            "since": _day(squad.since),
            "until": _day(squad.until),
            "athletes": [_athlete(a) for a in squad.athletes],
        }


def _athlete(athlete: AthleteTrends) -> dict[str, object]:
    """Return one athlete."""
    return {
        "athlete": clean_text(athlete.athlete) or None,
        "runs": athlete.runs,
        "scored": athlete.scored,
        "first_day": _day(athlete.first_day),
        "last_day": _day(athlete.last_day),
        "sessions": [
            {"stimulus": s.stimulus, "name": clean_text(s.name), "runs": s.runs}
            for s in athlete.sessions
        ],
        "measures": {t.measure: _measure(t) for t in athlete.trends},
        "caveats": list(athlete.caveats),
        "sentences": [s for s in sentences(athlete) if s],
    }


def _measure(trend: MeasureTrend) -> dict[str, object]:
    """Return one measure: what is shown, and the points."""
    return {
        "shown": trend.shown,
        "runs": trend.runs,
        "per_month": _rounded(trend.per_month),
        "low": _rounded(trend.low),
        "high": _rounded(trend.high),
        "level": trend.level,
        "p_value": float(f"{trend.p_value:.3g}"),
        "usual": _rounded(trend.usual, 1),
        "points": [_point(p) for p in trend.points],
    }


def _point(point: TrendPoint) -> dict[str, object]:
    """Return one run."""
    return {
        "day": _day(point.day),
        "session": point.session,
        "value": _rounded(point.value, 1),
        "low": _rounded(point.low, 1),
        "high": _rounded(point.high, 1),
    }


def _day(day: dt.date | None) -> str | None:
    """Return a day as ISO 8601 has it."""
    return None if day is None else day.isoformat()


def _rounded(value: float | None, digits: int = 2) -> float | None:
    """Round half up; None for unknown."""
    return None if value is None else round_half_up(value, digits)
