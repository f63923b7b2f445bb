"""
Athletes who learn patience, lose it, or stay as they are, over weeks: what trends make of them.

``python -m tests.accuracy.athletes`` prints the tables of docs/methods/trends.md, ``--write`` puts
them there, ``--short`` measures fewer. The truth of an athlete is a line of impatience, in points
of the score; about it a run scatters, half of it by good and bad spells and half by the day.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analyzer import read_plan, review_activity
from analyzer.archive.trend_test import SPELLS, Spells
from analyzer.archive.trends import athlete_trends
from analyzer.parsers.read import read_bytes
from tests.accuracy.alignment import write
from tests.builders.plans import EXAMPLE, typed
from tests.builders.run_rows import run_row_of
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from analyzer.archive.records import RunRow
    from analyzer.model.trends import AthleteTrends

DOC = Path(__file__).parents[2] / "docs" / "methods" / "trends.md"

FIRST_SEED = 9_000_000
EACH, SHORT_EACH = 1000, 100
RECORDED, SHORT_RECORDED = 40, 4
"""Athletes of each kind: as rows, and as recordings that are read and reviewed."""

INDEPENDENT = Spells(0.0, 14.0)
LONGER = Spells(0.7, 21.0)
"""No spells at all, and such as last longer than the test allows for."""

GREED = 0.09
"""How much too fast whoever has no patience runs the first half, as a share."""


@dataclass(frozen=True)
class Athlete:
    """
    How an athlete trains.

    Parameters
    ----------
    change : float
        Points that the score rises from the first week to the last.
    weeks : int
        One run a week of each session.
    sessions : int
        How many different ones, each with a difficulty of its own.
    spells : Spells
        How the scatter hangs together.
    missing, unscored : float
        Share of weeks without a run, and of runs that nothing could be scored in.
    faster_from : int or None
        From this week on all paces are 5 s/km faster: the same stimulus, another session.
    scatter : float
        Standard deviation of a run about the line [points].
    """

    change: float = 0.0
    weeks: int = 12
    sessions: int = 1
    spells: Spells = SPELLS
    missing: float = 0.0
    unscored: float = 0.0
    faster_from: int | None = None
    scatter: float = 5.0


def drawn_rows(athlete: Athlete, seed: int) -> list[RunRow]:
    """Draw the runs of an athlete; the same seed gives the same runs."""
    rng = np.random.default_rng([FIRST_SEED, seed])
    days = np.array([7 * w + 3 * s for w in range(athlete.weeks) for s in range(athlete.sessions)])
    of = np.tile(np.arange(athlete.sessions), athlete.weeks)
    last = 7.0 * (athlete.weeks - 1) or 1.0
    middle = rng.uniform(20.0, 30.0) if athlete.change else rng.uniform(5.0, 45.0)
    level = middle + athlete.change * (0.5 - days / last) + rng.uniform(0, 10, 3)[of]
    lost = level + athlete.scatter * _scatter(days, athlete.spells, rng)
    rows = []
    for day, session, points in zip(days.tolist(), of.tolist(), lost.tolist(), strict=True):
        row = _row(day, session, points, rng)
        if rng.random() < athlete.missing:
            continue
        if rng.random() < athlete.unscored:
            row = run_row_of(day, None, stimulus=row.stimulus)
        if athlete.faster_from is not None and day >= 7 * athlete.faster_from:
            row = row._replace(session=f"{row.session} faster")
        rows.append(row)
    return rows


def _scatter(days: np.ndarray, spells: Spells, rng: np.random.Generator) -> np.ndarray:
    """Draw standard normal values, of which spells hold neighbours together."""
    alike = spells.share * np.exp(-np.abs(np.subtract.outer(days, days)) / spells.days)
    np.fill_diagonal(alike, 1.0)
    drawn: np.ndarray = np.linalg.cholesky(alike) @ rng.standard_normal(days.size)
    return drawn


def _row(day: int, session: int, lost: float, rng: np.random.Generator) -> RunRow:
    """Make the run of an athlete who lost so many points to impatience."""
    taken = rng.binomial(4, float(np.clip(1 - lost / 100, 0, 1)))
    return run_row_of(
        day,
        float(np.clip(100 - lost, 0, 100)),
        session=f"session {session}",
        stimulus=f"session {session}",
        gained_s=max(0.0, lost + 5 * rng.standard_normal()),
        lost_s=max(0.0, 0.8 * lost + 8 * rng.standard_normal()),
        fade_pct=0.15 * lost + 0.8 * rng.standard_normal(),
        standing_s=rng.exponential(20.0) if rng.random() < 0.2 else 0.0,
        steps_taken=int(taken),
    )


def told(athlete: Athlete, seed: int, spells: Spells = SPELLS) -> AthleteTrends:
    """Follow one drawn athlete."""
    return athlete_trends("", drawn_rows(athlete, seed), spells)


def is_told(trends: AthleteTrends) -> tuple[str, bool]:
    """Return what is said of the score, and whether any other measure has a trend."""
    parts = any(t.shown in {"better", "worse"} for t in trends.trends[1:])
    return trends.score.shown, parts


def _told(athlete: Athlete, spells: Spells, seed: int) -> tuple[str, bool]:
    """Do both, for a pool."""
    return is_told(told(athlete, seed, spells))


def counted(
    pool: Executor, athlete: Athlete, each: int, spells: Spells = SPELLS
) -> dict[str, float]:
    """Return how often each answer is given [%], and how often any other measure has a trend."""
    answers = list(pool.map(partial(_told, athlete, spells), range(each), chunksize=25))
    shares = {
        kind: 100 * sum(shown == kind for shown, _ in answers) / each
        for kind in ("better", "worse", "not_shown", "cannot_tell")
    }
    return {**shares, "parts": 100 * sum(parts for _, parts in answers) / each}


STAYING = {
    "once a week, every run for itself": Athlete(spells=INDEPENDENT),
    "once a week, spells as assumed": Athlete(),
    "the same, paces change in week 6": Athlete(faster_from=6),
    "the same, a third of the weeks missing": Athlete(missing=1 / 3),
    "the same, a fifth of the runs unscored": Athlete(unscored=0.2),
    "two sessions a week of different kinds": Athlete(sessions=2),
    "three kinds a week, some missing": Athlete(sessions=3, missing=0.4),
    "26 weeks": Athlete(weeks=26),
    "once a week, longer spells than assumed (0.7, 21 days)": Athlete(spells=LONGER),
    "the same, 26 weeks": Athlete(spells=LONGER, weeks=26),
}


def staying_table(pool: Executor, each: int) -> str:
    """Return how often a trend is told of athletes who stay as they are."""
    rows = [
        f"| athletes who stay as they are ({each} of each) | score: a trend is told | without "
        "allowance for spells | any of the five other measures |",
        "|---|--:|--:|--:|",
    ]
    for name, athlete in STAYING.items():
        ours, plain = (counted(pool, athlete, each, spells) for spells in (SPELLS, INDEPENDENT))
        rows.append(
            f"| {name} | {ours['better'] + ours['worse']:.1f} % "
            f"| {plain['better'] + plain['worse']:.1f} % | {ours['parts']:.1f} % |"
        )
    return "\n".join(rows)


def changing_table(pool: Executor, each: int) -> str:
    """Return how often the right direction is told, by size of the change."""
    rows = [
        f"| change of the score in 12 weekly runs ({each} athletes each) | right | wrong "
        "| none told |",
        "|---|--:|--:|--:|",
    ]
    for change in (30.0, -30.0, 25.0, 20.0, 15.0, 10.0):
        found = counted(pool, Athlete(change=change), each)
        right, wrong = ("better", "worse") if change > 0 else ("worse", "better")
        rows.append(
            f"| {change:+.0f} points | {found[right]:.1f} % | {found[wrong]:.1f} % "
            f"| {found['not_shown'] + found['cannot_tell']:.1f} % |"
        )
    return "\n".join(rows)


def few_table(pool: Executor, each: int) -> str:
    """Return what is said of few runs, however much changes."""
    rows = [
        f"| weekly runs, 40 points better over them ({each} athletes each) | better | worse "
        "| no trend shows | cannot tell |",
        "|--:|--:|--:|--:|--:|",
    ]
    for weeks in (3, 4, 5, 6, 8):
        found = counted(pool, Athlete(change=40.0, weeks=weeks), each)
        kinds = ("better", "worse", "not_shown", "cannot_tell")
        rows.append(f"| {weeks} | " + " | ".join(f"{found[k]:.1f} %" for k in kinds) + " |")
    return "\n".join(rows)


def recorded(job: tuple[str, int], runs: int = 12) -> AthleteTrends:
    """Simulate recordings of an athlete, read and review them, and follow the results."""
    from analyzer.archive.row import run_row  # it needs the store

    kind, seed = job
    rng = np.random.default_rng([FIRST_SEED, 77, seed])
    stays = rng.uniform(0.0, 0.6)
    course = {
        "better": np.linspace(1.0, 0.0, runs),
        "worse": np.linspace(0.0, 1.0, runs),
        "stays": np.full(runs, stays),
    }[kind]
    days = 7.0 * np.arange(runs)
    greed = np.clip(GREED * course + 0.008 * _scatter(days, SPELLS, rng), 0.0, None)
    plan = read_plan(typed(EXAMPLE))
    rows = []
    for i, share in enumerate(greed.tolist()):
        made = simulate(EXAMPLE, _impatient(share), Device(), FIRST_SEED + 100 * seed + i)
        review = review_activity(read_bytes(write_fit(made), "run.fit"), plan)
        day = run_row_of(int(days[i]))  # all of them were recorded on one day
        rows.append(run_row(review)._replace(day=day.day, start_utc=day.start_utc))
    return athlete_trends("", rows)


def _impatient(share: float) -> Behaviour:
    """Return a runner who starts that much too fast, and pays for it in the last block."""
    return replace(Behaviour(), faster={1: share / 2, 2: share, 3: share / 2, 5: -share})


def _recorded(job: tuple[str, int]) -> tuple[str, bool]:
    """Do it, for a pool."""
    return is_told(recorded(job))


def recorded_table(pool: Executor, each: int) -> str:
    """Return the same of recordings that were read and reviewed."""
    rows = [
        f"| 12 recordings each, read and reviewed ({each} athletes of each kind) | better | worse "
        "| no trend shows | any other measure |",
        "|---|--:|--:|--:|--:|",
    ]
    names = {
        "better": "greed falls from 9 % to nothing",
        "worse": "greed grows from nothing to 9 %",
        "stays": "greed stays, at 0 to 5 %",
    }
    for kind, name in names.items():
        found = list(pool.map(_recorded, [(kind, seed) for seed in range(each)]))
        shares = [
            100 * sum(shown == k for shown, _ in found) / each
            for k in ("better", "worse", "not_shown")
        ]
        parts = 100 * sum(parts for _, parts in found) / each
        rows.append(f"| {name} | " + " | ".join(f"{s:.1f} %" for s in (*shares, parts)) + " |")
    return "\n".join(rows)


def tables(pool: Executor, *, short: bool) -> dict[str, str]:
    """Return every table by its name in the document."""
    each = SHORT_EACH if short else EACH
    return {
        "staying": staying_table(pool, each),
        "changing": changing_table(pool, each),
        "few": few_table(pool, each),
        "recorded": recorded_table(pool, SHORT_RECORDED if short else RECORDED),
    }


def main(arguments: list[str]) -> None:
    """Print the tables, and put them into the document if asked to."""
    with ProcessPoolExecutor(2) as pool:
        made = tables(pool, short="--short" in arguments)
    sys.stdout.write("\n\n".join(made.values()) + "\n")
    if "--write" in arguments:
        write(made, DOC)


if __name__ == "__main__":
    main(sys.argv[1:])
