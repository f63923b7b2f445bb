"""Judged runs of a store for an assistant: whose, of which day, and how they went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.report.brief.lines import Line, row
from analyzer.report.language import say, say_n
from analyzer.report.measures import DASH
from analyzer.report.trends.words import day_text, span_text
from analyzer.report.view import BY_THE_START, SCORE_WORDS
from analyzer.units import round_half_up

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from analyzer.model.review import Word


class KeptRun(Struct, frozen=True):
    """
    A judged run, as a list has it; None is unknown.

    Parameters
    ----------
    label : str
        What its file is called.
    athlete : str or None
        Whose.
    day : date or None
        By the runner's own clock.
    plan : str
        What the session is called.
    score, low, high : float or None
        With its 90 % interval; None where nothing could be scored.
    word : Word or None
        The score in words; None of a scored run: its start is uncertain.
    """

    label: str
    athlete: str | None
    day: dt.date | None
    plan: str
    score: float | None
    low: float | None
    high: float | None
    word: Word | None


def brief_runs(runs: Sequence[KeptRun]) -> list[Line]:
    """Return runs as lines, in the order that they have, each as telling as the one before it."""
    days = [run.day for run in runs if run.day is not None]
    counted = say_n("{n} run", "{n} runs", len(runs))
    span = span_text(min(days), max(days)) if days else ""
    score = say("Score")
    head = row([say("Day"), say("Runner"), say("Plan"), f"{score} (90 %)", say("File")])
    return [
        Line(" · ".join(part for part in (counted, span) if part), "title", 0),
        Line(head, "head", 0),
        *(Line(_run(run), "run", 1) for run in runs),
    ]


def _run(run: KeptRun) -> str:
    """Return one run."""
    day = DASH if run.day is None else day_text(run.day)
    return row([day, run.athlete or DASH, run.plan or DASH, _score(run), run.label])


def _score(run: KeptRun) -> str:
    """Return a score with its range and word: ``38 (29 to 52), loose``."""
    if run.score is None or run.low is None or run.high is None:
        return say("not scored")
    score, low, high = (f"{round_half_up(v):.0f}" for v in (run.score, run.low, run.high))
    ranged = say("{score} ({low} to {high})", score=score, low=low, high=high)
    word = say(BY_THE_START) if run.word is None else say(SCORE_WORDS[run.word])
    return f"{ranged}, {word}"
