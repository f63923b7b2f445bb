"""Splits by kilometre or mile as a table of the page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.report.language import noted, say
from analyzer.report.measures import DASH
from analyzer.units import UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.distance_split import DistanceSplit
    from analyzer.units import Unit

COLUMNS = (noted("Time"), noted("Pace"), noted("Heart rate"), noted("Climb"))


def splits_table(splits: Sequence[DistanceSplit], unit: Unit) -> str:
    """
    Return a table with a row a split; empty where there is none.

    Parameters
    ----------
    splits : sequence of DistanceSplit
        In order.
    unit : {'km', 'mi'}
        By which they were made.
    """
    if not splits:
        return ""
    names = [escape(say(name)) for name in COLUMNS]
    heads = "".join(f'<th scope="col" class="n">{name}</th>' for name in names)
    rows = "\n".join(_row(split, unit) for split in splits)
    return (
        f'<table class="splits"><thead><tr><th scope="col">{unit}</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>"
    )


def _row(split: DistanceSplit, unit: Unit) -> str:
    """Return one split."""
    share = split.distance_m / UNIT_M[unit]
    name = f"{split.number}" if share > 0.995 else f"{split.number - 1 + share:.2f}"
    beats = split.heart_rate_bpm
    cells = (
        clock_text(split.end_s),
        pace_text(split.pace_s_per_km, unit),
        DASH if beats is None else f"{round_half_up(beats):.0f}",
        _climb(split),
    )
    data = f' data-span="{split.start_s:.1f},{split.end_s:.1f}"'
    shown = "".join(f'<td class="n">{cell}</td>' for cell in cells)
    return f'<tr{data}><th scope="row">{name}</th>{shown}</tr>'


def _climb(split: DistanceSplit) -> str:
    """Return metres up and down."""
    if split.climbed_m is None or split.descended_m is None:
        return DASH
    return f"+{round_half_up(split.climbed_m):.0f} −{round_half_up(split.descended_m):.0f} m"
