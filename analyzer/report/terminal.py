"""The report for a terminal: 80 columns, light or dark, with colour or without, or in a pipe."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from analyzer.report.advice import next_time
from analyzer.report.findings import certainty_text, evidence_text, flag_sign, flag_title
from analyzer.report.findings.finding import Subject
from analyzer.report.headline import headline
from analyzer.report.language import capital, noted, say
from analyzer.report.measures import seconds_text
from analyzer.report.people import body_text, note_text
from analyzer.report.rests_on import rests_on
from analyzer.report.story.story import block_at, small_stops
from analyzer.report.styled import Line, cells, cut, padded
from analyzer.report.view import block_row, ordered_flags, score_words, title, unit_of
from analyzer.units import clock_text

if TYPE_CHECKING:
    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review, Trace
    from analyzer.report.view import Row
    from analyzer.units import Unit

FAST, SLOW, DIM, BOLD = "blue", "yellow", "dim", "bold"
"""Colours of the terminal's own palette, so that light and dark both keep their contrast."""

SIDES = {"too_fast": FAST, "too_slow": SLOW, "held": "", "not_scored": DIM}

BARS = "▁▂▃▄▅▆▇█"

HEADINGS = (
    noted("Block"), noted("Planned"), noted("Run"), noted("Off by"), noted("In band"),
    noted("HR"), noted("Verdict"),
)  # fmt: skip
"""Of the block table."""

LEAST_NAME = 10
"""Columns of a name before a figure gives way to it: "15 min ea…" and not "1:30 mi…"."""

LABEL = 15
"""Columns of the label in front of flags."""


def render(
    review: Review,
    *,
    width: int = 80,
    colour: bool = False,
    units: Unit | None = None,
    explained: bool = False,
) -> str:
    """
    Return the report as text.

    Parameters
    ----------
    review : Review
        What to report.
    width : int
        Columns; no line is longer.
    colour : bool
        With escape codes; words and signs carry everything without them.
    units : {'km', 'mi'}, optional
        Left out: the plan's.
    explained : bool
        With every term of the score.
    """
    unit = unit_of(review, units)
    lines: list[str] = []
    for part in _parts(review, width, unit, explained=explained):
        lines += [line.rendered(colour=colour) for line in _fitting(part, width)]
    return "\n".join(lines).rstrip("\n")


def _fitting(line: Line, width: int) -> list[Line]:
    """Wrap a line that is wider than the terminal; rows of the table never are."""
    return [line] if cells(line.plain) <= width else line.wrapped(width)


def _parts(review: Review, width: int, unit: Unit, *, explained: bool) -> list[Line]:
    """Return the paragraphs of the report, in the order of every form."""
    first, second = headline(review, unit)
    sentence = Line.of(first, BOLD)
    if second:
        sentence.add(f" {second}")
    parts = [Line.of(title(review, unit), DIM), Line(), sentence, Line(), _score(review), Line()]
    parts += _table(review, width, unit)
    line = _sparkline(review, width)
    parts += [Line(), *line] if line else []
    flags = _flags(review, width, unit)
    parts += [Line(), *flags] if flags else []
    body = body_text(review)
    parts += [Line(), *_labelled(Line.of(say("Body"), DIM), Line.of(body), width)] if body else []
    note = note_text(review)
    label = Line.of(say("Own words"), DIM)
    parts += [Line(), *_labelled(label, Line.of(note), width)] if note else []
    suggestion = next_time(review, unit)
    if suggestion:
        label = Line.of(say("Next time"), BOLD)
        parts += [Line(), *_labelled(label, Line.of(suggestion), width)]
    if explained:
        from analyzer.report.explained import explanation_lines  # only when it is asked for

        parts += [Line(), *explanation_lines(review, width)]
    parts += [Line(), Line.of(" ".join(rests_on(review, unit)), DIM)]
    return parts


def _score(review: Review) -> Line:
    """Return the score line: ``63 of 100  loose   58 to 70, 90 % sure``."""
    score, word, sure = score_words(review)
    if not sure:
        return Line.of(capital(word))
    most = say("of 100")
    return Line.of(score, BOLD).add(f" {most}  {word}").add(f"   {sure}", DIM)


def _table(review: Review, width: int, unit: Unit) -> list[Line]:
    """Return the block table; narrow ones lose in-band, heart rate, error, and last the word."""
    rows = [block_row(block, unit) for block in review.blocks]
    names = {name: say(name) for name in HEADINGS}
    longest = max(5, *(len(r.name) for r in rows))
    if width - sum(_sizes(rows, names)) < min(longest, LEAST_NAME):
        rows = [replace(row, error="") for row in rows]
    if width - sum(_sizes(rows, names)) < 5:
        rows = [replace(row, verdict="") for row in rows]  # its sign stays
        names["Verdict"] = ""
    digits, planned, run, off, verdict, gaps = _sizes(rows, names)
    fixed = digits + planned + run + off + verdict + gaps
    room = width - fixed
    has_rate = room - 5 >= min(longest, LEAST_NAME)
    has_band = room - 5 - 9 >= min(longest, LEAST_NAME)
    extra = (9 if has_band else 0) + (5 if has_rate else 0)
    name = min(longest, max(5, room - extra))
    words = f"{names['Block']:<{digits + 1 + name}}{names['Planned']:>{planned + 2}}"
    words += f"{names['Run']:>{run + 1}}  {names['Off by']:<{off}}"
    words += f"  {names['In band']:>7}" if has_band else ""
    words += f"{names['HR']:>5}" if has_rate else ""
    head = Line.of(f"{words}  {names['Verdict']}".rstrip(), DIM)
    total = digits + 1 + name + planned + 2 + run + 1 + 2 + off + extra + 2 + verdict
    rule = Line.of("─" * min(total, width), DIM)
    sizes = (digits, name, planned, run, off)
    shown = [_row(r, sizes, has_band=has_band, has_rate=has_rate) for r in rows]
    return [head, rule, *shown, rule]


def _row(
    row: Row, sizes: tuple[int, int, int, int, int], *, has_band: bool, has_rate: bool
) -> Line:
    """Return one block of the table."""
    digits, name, planned, run, off = sizes
    side = SIDES[row.kind]
    label = padded(cut(row.name, name), name)
    text = Line.of(f"{row.index:<{digits}} {label}{row.planned:>{planned + 2}}")
    error = f" {row.error}" if row.error else ""
    text.add(" " * (run + 1 - len(row.run) - len(error)))
    text.add(row.run, f"bold {side}".strip())
    text.add(error, DIM)
    text.add(f"  {row.off:<{off}}", side if row.kind != "not_scored" else "")
    text.add(f"  {row.in_band:>7}" if has_band else "")
    text.add(f"{row.heart_rate:>5}" if has_rate else "")
    text.add(f"  {row.glyph} {row.verdict}".rstrip(), side)
    return text


def _sizes(rows: list[Row], names: dict[str, str]) -> tuple[int, int, int, int, int, int]:
    """Return columns of number, planned, run, off and verdict, and of the gaps and a margin."""
    digits = max(2, len(str(len(rows))) + 1)
    planned = max(len(names["Planned"]), *(len(r.planned) for r in rows))
    least = 11 if any(r.error for r in rows) else len(names["Run"]) + 1
    run = max(least, *(len(f"{r.run} {r.error}") for r in rows))
    off = max(len(names["Off by"]), *(len(r.off) for r in rows))
    verdict = max(len(names["Verdict"]), *(len(r.verdict) + 2 for r in rows))
    return digits, planned, run, off, verdict, 9


def _sparkline(review: Review, width: int) -> list[Line]:
    """Return plan and run as rows of bars, with the stops below."""
    blocks = [b for b in review.blocks if b.start_s is not None and b.end_s is not None]
    trace = review.trace
    if not blocks or trace.elapsed_s.size == 0:
        return []
    columns = min(width - 12, 60)
    start_s = min(b.start_s or 0.0 for b in blocks)
    end_s = max(b.end_s or 0.0 for b in blocks)
    step_s = (end_s - start_s) / columns
    if step_s <= 0:
        return []
    edges = [start_s + i * step_s for i in range(columns + 1)]
    planned = [_planned_speed(blocks, (a + b) / 2) for a, b in pairwise(edges)]
    run = [_run_speed(trace, a, b) for a, b in pairwise(edges)]
    known = [v for v in (*planned, *run) if v is not None]
    if not known:
        return []
    ordered = sorted(v for v in run if v is not None) or known
    spread = [ordered[len(ordered) // 20], ordered[-1 - len(ordered) // 20]]
    plans = [v for v in planned if v is not None] + spread
    low, high = min(plans), max(plans)
    low, high = (low, high) if high > low * 1.02 else (low * 0.95, high * 1.05)
    names = _row_name(say("block"))
    marks = [" "] * columns
    free_from = 0
    for block in blocks:
        place = min(columns - 1, int(((block.start_s or 0.0) - start_s) / step_s + 0.5))
        if place < free_from:
            continue  # two numbers must not read as one
        free_from = place + len(str(block.index)) + 1
        for i, digit in enumerate(str(block.index)):
            if place + i < columns:
                marks[place + i] = digit
    names.add("".join(marks), DIM)
    plan_row = _row_name(say("plan"))
    plan_row.add("".join(_bar(v, low, high) for v in planned), DIM)
    run_row = _row_name(say("run"))
    for value, (a, b) in zip(run, pairwise(edges), strict=True):
        run_row.add(_bar(value, low, high), _side(trace, (a + b) / 2))
    rows = [names, plan_row, run_row]
    stops = _stop_row(review, start_s, step_s, columns)
    return [*rows, stops] if stops else rows


def _row_name(name: str) -> Line:
    """Return the name in front of a row of bars, cut and filled up to eight columns."""
    return Line.of(padded(cut(name, 7), 8), DIM)


def _planned_speed(blocks: list[BlockResult], at_s: float) -> float | None:
    """Planned speed at an elapsed second."""
    for block in blocks:
        if (block.start_s or 0.0) <= at_s < (block.end_s or 0.0):
            ramp = block.planned.ramp_s_per_km
            if ramp is not None and block.elapsed_s:
                share = (at_s - (block.start_s or 0.0)) / block.elapsed_s
                return 1000 / ramp[0] + share * (1000 / ramp[1] - 1000 / ramp[0])
            pace = block.planned.pace_s_per_km
            return None if pace is None else 1000 / pace
    return None


def _run_speed(trace: Trace, start_s: float, end_s: float) -> float | None:
    """Mean smoothed speed between two elapsed seconds; None where nobody ran."""
    inside = (trace.elapsed_s >= start_s) & (trace.elapsed_s < end_s)
    values = [v for v in trace.speed_mps[inside].tolist() if math.isfinite(v)]
    return sum(values) / len(values) if values else None


def _bar(value: float | None, low: float, high: float) -> str:
    """Return one column: faster is higher."""
    if value is None:
        return " "
    share = (value - low) / (high - low)
    return BARS[round(min(1.0, max(0.0, share)) * (len(BARS) - 1))]


def _side(trace: Trace, at_s: float) -> str:
    """Return the colour of an excursion at an elapsed second."""
    for excursion in trace.excursions:
        if excursion.start_s <= at_s < excursion.end_s:
            return FAST if excursion.side == "fast" else SLOW
    return ""


def _stop_row(review: Review, start_s: float, step_s: float, columns: int) -> Line | None:
    """Return the stops below the sparkline, as many as fit."""
    row = [" "] * (columns + 4)
    free_from = 0
    for stop in review.activity.stops:
        place = int((stop.span.start_s - start_s) / step_s)
        if not 0 <= place < columns:
            continue
        label = f"■ {seconds_text(stop.span.duration_s)}"
        place = min(place, len(row) - len(label))
        if place < free_from:
            continue
        row[place : place + len(label)] = label
        free_from = place + len(label) + 1
    if not "".join(row).strip():
        return None
    text = _row_name(say("stop"))
    text.add("".join(row).rstrip())
    return text


def _flags(review: Review, width: int, unit: Unit) -> list[Line]:
    """Return the flags: clear, then possible, then what cannot be told, then small stops."""
    lines: list[Line] = []
    for flag in ordered_flags(review):
        lines += _flag(flag, Subject(review, unit), width)
    for stop in small_stops(review):
        told = say(
            "Stood {time} at {at}, block {block}. Costs no points.",
            time=seconds_text(stop.span.duration_s),
            at=clock_text(stop.span.start_s),
            block=block_at(review, stop.span.start_s),
        )
        label = say("noted")
        lines += _labelled(Line.of(f"■ {label}", DIM), Line.of(told), width)
    return lines


def _flag(flag: Flag, subject: Subject, width: int) -> list[Line]:
    """Return one flag, its evidence wrapped beside its label."""
    colour = {"▲": FAST, "△": FAST, "▼": SLOW, "▽": SLOW}.get(flag_sign(flag), "")
    label = Line.of(flag_sign(flag), colour)
    label.add(f" {certainty_text(flag)}", DIM)
    told = Line.of(f"{flag_title(flag)}.", f"bold {colour}".strip())
    told.add(f" {evidence_text(flag, subject)}")
    return _labelled(label, told, width)


def _labelled(label: Line, told: Line, width: int) -> list[Line]:
    """Return a label of fixed width with text beside it, wrapped under itself."""
    lines = told.wrapped(width - LABEL)
    first = Line([*label.pieces, (" " * (LABEL - cells(label.plain)), "")])
    starts = [first, *(Line.of(" " * LABEL) for _ in lines[1:])]
    return [Line([*a.pieces, *b.pieces]) for a, b in zip(starts, lines, strict=True)]
