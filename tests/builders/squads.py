"""Athletes of a squad: a run of every kind that a coach may have to look at."""

from __future__ import annotations

import datetime as dt

from analyzer.archive.squad import squad_sheet
from analyzer.model.activity import RecordingWarning
from analyzer.model.alignment import AlignmentNote, Reading
from analyzer.structs import replace
from tests.builders.reviews import (
    STEPS,
    flag_of,
    mock_run,
    review_with,
    unknown_run,
)

HELD = (300.0, 240.0, 230.0, 220.0, 210.0)

FORCED = (300.0, 225.0, 230.0, 220.0, 210.0)
"""Block 2 run 15 s/km too fast, the others as planned."""

TOO_FAST_2 = flag_of("TOO_FAST", 2, value=-15.0, pace_s_per_km=225.0, planned_s_per_km=240.0)

LATE = AlignmentNote("START_DOUBTFUL")

EITHER = AlignmentNote("AMBIGUOUS_START", readings=(Reading(0.0, 44.0), Reading(600.0, 93.0)))

DAYS = (dt.date(2026, 3, 4), dt.date(2026, 3, 10))


def with_note(review, note):
    """Add a note of the placing."""
    return replace(review, alignment=replace_note(review, note))


def replace_note(review, note):
    """Return the placing of a run with one note more."""
    return replace(review.alignment, notes=(*review.alignment.notes, note))


def without_word(review):
    """Take away the word for the score, as two readings of the start do."""
    return replace(review, score=replace(review.score, word=None))


def on_day(review, day, hour=6):
    """Move a run to a day of March 2026."""
    start = dt.datetime(2026, 3, day, hour, 30, tzinfo=dt.UTC)
    return replace(review, activity=replace(review.activity, start_time=start))


def slow(score, pace_off=12.0):
    """Make a run in which every block was too slow."""
    paces = tuple(pace + pace_off for pace in HELD)
    flags = [flag_of("TOO_SLOW", i, value=pace_off, pace_s_per_km=p, planned_s_per_km=s)
             for i, (p, (_, s)) in enumerate(zip(paces, STEPS, strict=True), start=1)]  # fmt: skip
    return review_with(paces, flags, score=score)


BLOWN = (300.0, 240.0, 230.0, 220.0, 240.0)

BY_NEED = {
    "paid": mock_run(),
    "blew_up": review_with(
        BLOWN,
        [flag_of("BLOW_UP", 5, value=28.0, at_s=2959.0, before_s_per_km=216.0,
                 after_s_per_km=244.0, duration_s=364.0, slowdown_pct=12.2)],
        score=70.0,
    ),
    "stopped": review_with(
        flags=[flag_of("STOPPED", 3, value=54.0, unit="s", standing_s=54.0, stops=1,
                       longest_s=54.0, longest_at_s=1700.0, session_standing_s=54.0)],
        score=90.0,
    ),
    "took_break": review_with(
        flags=[flag_of("WALK_BREAK", 3, value=60.0, unit="s", at_s=1700.0, seconds=60.0,
                       gait="walked", pace_s_per_km=600.0, breaks=1, longest_s=60.0)],
        score=91.0,
    ),
    "missed": review_with(
        (300.0, 240.0, 230.0, None, 210.0),
        [flag_of("MISSED_BLOCK", 4, by="file", planned_s=600.0)],
        changes={4: {"status": "missed", "start_s": None, "end_s": None}},
        score=74.0,
    ),
    "cut_short": review_with(
        flags=[flag_of("TRUNCATED", 5, run_s=180.0, planned_s=600.0)],
        changes={5: {"status": "truncated"}},
        score=78.0,
    ),
    "forced": review_with(FORCED, [TOO_FAST_2], score=80.0),
    "far": slow(50.0),
    "no_file": None,
    "cannot_tell": unknown_run(),
    None: review_with(),
}  # fmt: skip
"""A run for each need; None is a plan that was kept."""


def one_of_each(names=str):
    """Return a sheet with a row of every kind, the athletes named after their needs."""
    runs = [(names(need), review) for need, review in BY_NEED.items() if review is not None]
    return squad_sheet(runs, [names(need) for need in BY_NEED], DAYS)


def troubled():
    """Return a run whose recording was damaged and whose start is doubtful."""
    review = review_with(FORCED, [TOO_FAST_2], score=80.0, scale_error_pct=1.5)
    warning = RecordingWarning("FILE_CUT", "file_ends", byte=512, kept=3000)
    activity = replace(review.activity, warnings=(warning,), distance_source="positions")
    return with_note(replace(review, activity=activity), LATE)
