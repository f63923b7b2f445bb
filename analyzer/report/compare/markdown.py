"""Runs side by side as Markdown: a table to paste; nothing of the input becomes markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import columns, held_of, notes, run_row, side_unit, title_text
from analyzer.report.language import capital, say
from analyzer.report.markdown import escaped

if TYPE_CHECKING:
    from analyzer.model.comparison import SideBySide
    from analyzer.report.compare.view import Column
    from analyzer.units import Unit


def render_comparison_markdown(side: SideBySide, units: Unit | None = None) -> str:
    """
    Return runs side by side as a Markdown table.

    Parameters
    ----------
    side : SideBySide
        What to show.
    units : {'km', 'mi'}, optional
        Left out: those of the plan.
    """
    unit = side_unit(side, units)
    heads = columns(side, unit)
    first, second = sentences(side)
    lines = [
        f"# {escaped(title_text(side))}",
        "",
        f"**{escaped(first)}** {escaped(second)}".strip(),
    ]
    lines += [
        "",
        _row([capital(say("run")), say("Score"), *(_head(h) for h in heads), say("Findings")]),
    ]
    lines.append("|---|---|" + "--:|" * len(heads) + "---|")
    for run in side.runs:
        row = run_row(run, unit)
        score = f"{row.score} ({row.sure})" if row.sure else row.score
        shown = [f"{cell.glyph} {cell.off}" for cell in row.cells]
        lines.append(_row([row.label, score, *shown, row.summary]))
    held = [h.held for h in heads]
    lines.append(_row([held_of(len(side.runs)), "", *held, ""]))
    lines += ["", escaped(" ".join(notes(side, unit)))]
    return "\n".join(lines) + "\n"


def _head(column: Column) -> str:
    """Name a column: block, length and pace."""
    return " · ".join(w for w in (column.index, column.name, column.planned) if w)


def _row(cells: list[str]) -> str:
    """Return one row of the table."""
    return "| " + " | ".join(escaped(c) for c in cells) + " |"
