"""The picture of docs/methods/alignment.md: both alignments of one run, drawn over its pace."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from analyzer import read_activity, read_plan, review_activity
from analyzer.units import pace_text
from tests.places import PLAN, SAMPLES

PICTURE = Path(__file__).parents[2] / "docs" / "methods" / "alignment.png"

GREY, BLUE, INK = "#8a8c8e", "#0068a3", "#1b1e21"


def draw(target: Path = PICTURE) -> None:
    """Draw the sample that makes every change three minutes early."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    review = review_activity(read_activity(SAMPLES / "early-changes.fit"), read_plan(PLAN))
    figure = Figure(figsize=(9.6, 4.6), dpi=125, facecolor="#fcfbf8", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor="#fcfbf8")
    minutes = review.trace.elapsed_s / 60
    axes.plot(minutes, 1000 / review.trace.speed_mps, color=INK, linewidth=1.1)
    for block in review.blocks:
        planned, start_s, end_s = block.planned.pace_s_per_km, block.start_s, block.end_s
        if planned is None or start_s is None or end_s is None:
            continue
        axes.plot(
            [start_s / 60, end_s / 60],
            [planned] * 2,
            color=GREY,
            linewidth=7,
            alpha=0.45,
            solid_capstyle="butt",
        )
        found = block.executed
        if found is None or block.index == 1:
            continue
        axes.axvline(start_s / 60, color=GREY, linestyle=(0, (3, 3)), linewidth=1)
        axes.axvline(found.start_s / 60, color=BLUE, linewidth=1.6)
        axes.axvspan(
            found.start_low_s / 60, found.start_high_s / 60, color=BLUE, alpha=0.13, linewidth=0
        )
        axes.annotate(
            "",
            xy=(found.start_s / 60, 338),
            xytext=(start_s / 60, 338),
            arrowprops={"arrowstyle": "->", "color": BLUE},
        )
        early = f"{abs(found.shift_s):.0f} s early"
        axes.text(start_s / 60 + 0.3, 339, early, color=BLUE, va="center", fontsize=9)
    axes.set_ylim(345, 195)
    axes.set_xlim(0, 55)
    ticks = np.arange(200, 341, 20)
    axes.set_yticks(ticks, [pace_text(float(t), "km") for t in ticks])
    axes.set_ylabel("pace, min/km")
    axes.set_xlabel("minutes")
    axes.set_title(
        "Grey: the plan on the clock, which is scored. Blue: where the pace was really changed,\n"
        "with its 90 % interval. No lap was pressed.",
        loc="left",
        fontsize=10.5,
        color=INK,
    )
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(target, metadata={"Software": None})
