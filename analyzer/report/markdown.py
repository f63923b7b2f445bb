"""The review as Markdown, to paste and edit; nothing of the input becomes markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.beside import alike_text
from analyzer.report.findings import certainty_text, evidence_text, flag_title
from analyzer.report.findings.finding import Subject
from analyzer.report.headline import headline
from analyzer.report.language import capital, noted, say
from analyzer.report.people import body_text, remark_lines
from analyzer.report.rests_on import rests_on
from analyzer.report.view import block_row, ordered_flags, score_words, title, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.review import Review
    from analyzer.units import Unit

HEADINGS = (
    noted("Block"), noted("Planned"), noted("Run"), noted("Off by"), noted("In band"),
    noted("Heart rate"), noted("Verdict"),
)  # fmt: skip

SPECIAL = "\\`*_{}[]<>|#!&~$"
"""Characters that Markdown could take for markup."""


def escaped(text: str) -> str:
    """Put a backslash before every character that could be markup."""
    return "".join(f"\\{c}" if c in SPECIAL else c for c in text)


def markdown_file(reviews: Sequence[Review], units: Unit | None = None) -> str:
    """Return one review below the other, each as `render_markdown` does."""
    return "\n".join(render_markdown(review, units) for review in reviews)


def render_markdown(review: Review, units: Unit | None = None) -> str:
    """
    Return the review as Markdown.

    Parameters
    ----------
    review : Review
        What to report.
    units : {'km', 'mi'}, optional
        Left out: the plan's.
    """
    unit = unit_of(review, units)
    first, second = headline(review, unit)
    score, word, sure = score_words(review)
    lines = [
        f"# {escaped(title(review, unit))}",
        "",
        f"**{escaped(first)}** {escaped(second)}".strip(),
    ]
    most = say("of 100")
    lines += ["", f"**{score} {most}**, {word} ({sure})" if sure else capital(word), ""]
    lines += ["| | " + " | ".join(say(name) for name in HEADINGS) + " |"]
    lines += ["|--:|---|--:|--:|---|--:|--:|---|"]
    for block in review.blocks:
        row = block_row(block, unit)
        run = f"{row.run} {row.error}".strip()
        cells = (
            row.index, row.name, row.planned, run, row.off, row.in_band, row.heart_rate,
            f"{row.glyph} {row.verdict}",
        )  # fmt: skip
        lines.append("| " + " | ".join(escaped(c) for c in cells) + " |")
    flags = ordered_flags(review)
    if flags:
        lines.append("")
    for flag in flags:
        name = f"**{escaped(flag_title(flag))}** ({certainty_text(flag)})."
        lines.append(f"- {name} {escaped(evidence_text(flag, Subject(review, unit)))}")
    body = body_text(review)
    if body:
        lines += ["", escaped(body)]
    for remark in remark_lines(review):
        lines += ["", escaped(remark)]
    beside = alike_text(review)
    if beside:
        lines += ["", escaped(beside)]
    suggestion = next_time(review, unit)
    if suggestion:
        label = say("Next time")
        lines += ["", f"**{label}:** {escaped(suggestion)}"]
    lines += ["", escaped(" ".join(rests_on(review, unit)))]
    return "\n".join(lines) + "\n"
