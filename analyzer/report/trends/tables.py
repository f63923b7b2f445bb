"""Trends for spreadsheets: a row for each athlete and measure."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from analyzer.report.tables import safe_cell
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from analyzer.model.trends import AthleteTrends, MeasureTrend, SquadTrends
    from analyzer.units import Unit

COLUMNS = (
    "athlete", "first_day", "last_day", "runs_of_athlete", "measure", "shown", "runs",
    "usual", "per_month", "low", "high", "level", "p_value", "caveats",
)  # fmt: skip


def csv_file(squad: SquadTrends, units: Unit | None = None) -> str:
    """Return the table; the unit of each measure is in its name, unknown is ``NA``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for athlete in squad.athletes:
        for trend in athlete.trends:
            writer.writerow([safe_cell(cell) for cell in _cells(athlete, trend)])
    return out.getvalue()


def _cells(athlete: AthleteTrends, trend: MeasureTrend) -> list[object]:
    """Return the row of one measure of one athlete."""
    numbers = (trend.usual, trend.per_month, trend.low, trend.high)
    days = (athlete.first_day, athlete.last_day)
    return [
        athlete.athlete,
        *(None if day is None else day.isoformat() for day in days),
        athlete.runs,
        trend.measure,
        trend.shown,
        trend.runs,
        *(None if v is None else round_half_up(v, 2) for v in numbers),
        trend.level,
        float(f"{trend.p_value:.3g}"),
        " ".join(athlete.caveats) or "none",
    ]
