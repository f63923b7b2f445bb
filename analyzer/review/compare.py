"""Reviews of one plan laid side by side: names, order, and what they have in common."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import PlanError, PlanProblem
from analyzer.model.comparison import Change, Compared, SharedBlock, SharedFinding, SideBySide
from analyzer.model.findings import MOST_TELLING, is_beyond_verdict
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from analyzer.model.block_result import BlockResult
    from analyzer.model.comparison import Direction, Outcome, SortedBy
    from analyzer.model.findings import FlagCode
    from analyzer.model.review import Review

    Key = tuple[object, ...] | int

MAX_LABEL = 40
"""Longest label of a run [characters]."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Run(Struct, frozen=True):
    """A review with its place on the command line and the name it was given."""

    place: int
    name: str
    review: Review
    file: str


def lay_side_by_side(
    reviews: Sequence[Review],
    names: Sequence[str] | None = None,
    sort: SortedBy | None = None,
    files: Sequence[str] | None = None,
) -> SideBySide:
    """
    Lay runs of one plan side by side.

    Parameters
    ----------
    reviews : sequence of Review
        At least two, of plans with the same blocks.
    names : sequence of str, optional
        One for each review, in their order; an empty one counts as no name.
    sort : {'given', 'date', 'score', 'name'}, optional
        Order of the rows. Left out: by date if the runs are of several days,
        else as given.
    files : sequence of str, optional
        What the file of each is called, with its folder where that tells it from others.
        Left out: its name alone.

    Returns
    -------
    SideBySide
        With a label for each run: its name, else its day, with the time where
        two have one day, else the name of its file.

    Raises
    ------
    PlanError
        If the plans of the runs differ in number or length of blocks.
    ValueError
        If there are fewer than two reviews, or not as many names.
    """
    runs = _runs(reviews, names, files or [_file_name(review) for review in reviews])
    _check_plans(reviews)
    labels = _labels(runs)
    order: SortedBy = sort or ("date" if len({_day(run) for run in runs}) > 1 else "given")

    def rows(key: Callable[[_Run], Key]) -> tuple[Compared, ...]:
        return tuple(Compared(labels[run.place], run.review) for run in sorted(runs, key=key))

    return SideBySide(
        runs=rows(_KEYS[order]),
        blocks=tuple(_shared(reviews, i) for i in range(len(reviews[0].blocks))),
        findings=_findings(reviews),
        change=_change(rows(_by_date)) if _is_one_runner(runs) else None,
        sorted_by=order,
        is_squad=_is_squad(runs),
    )


def _runs(
    reviews: Sequence[Review], names: Sequence[str] | None, files: Sequence[str]
) -> list[_Run]:
    """Put each review beside its name; ValueError if they are too few, or not as many names."""
    if len(reviews) < 2:
        msg = "a comparison takes two reviews or more"
        raise ValueError(msg)
    all_names = list(names) if names is not None else [""] * len(reviews)
    if len(all_names) != len(reviews):
        msg = f"{len(all_names)} names for {len(reviews)} reviews"
        raise ValueError(msg)
    return [
        _Run(i, clean_text(name, MAX_LABEL), review, clean_text(file, MAX_LABEL))
        for i, (name, review, file) in enumerate(zip(all_names, reviews, files, strict=True))
    ]


def _is_one_runner(runs: Sequence[_Run]) -> bool:
    """Whether all runs are of one runner, on several days, all of them known."""
    days = {_day(run) for run in runs}
    return len(days) > 1 and "" not in days and len({run.name for run in runs}) == 1


def _is_squad(runs: Sequence[_Run]) -> bool:
    """Whether each run is of another runner, by name, and all of one day."""
    names = {run.name for run in runs}
    return "" not in names and len(names) == len(runs) and len({_day(run) for run in runs}) == 1


def outcome_of(block: BlockResult) -> Outcome:
    """Say what became of a block: its verdict, or that it was not run to its end."""
    return block.verdict if block.status == "run" else "unfinished"


def _check_plans(reviews: Sequence[Review]) -> None:
    """Refuse runs of different sessions: their blocks mean different things."""
    first = reviews[0]
    for review in reviews[1:]:
        if len(review.blocks) != len(first.blocks):
            problem = (
                f"its plan has {_blocks(review)}, but that of {first.activity.source} has "
                f"{_blocks(first)}: only runs of one plan can be compared; give it with --plan"
            )
            raise PlanError(review.activity.source, (PlanProblem(problem),))
        for mine, theirs in zip(review.blocks, first.blocks, strict=True):
            lengths = (mine.planned.duration_s, mine.planned.distance_m)
            if lengths != (theirs.planned.duration_s, theirs.planned.distance_m):
                problem = (
                    f"block {mine.index} does not have the length it has in "
                    f"{first.activity.source}: only runs of one plan can be compared; give it "
                    "with --plan"
                )
                raise PlanError(review.activity.source, (PlanProblem(problem),))


def _blocks(review: Review) -> str:
    """Say how many blocks a plan has."""
    count = len(review.blocks)
    return "1 block" if count == 1 else f"{count} blocks"


def _day(run: _Run) -> str:
    """Return the day of a run by the runner's own clock; empty if it is unknown."""
    start = run.review.activity.start_time_local
    return "" if start is None else f"{start.day} {MONTHS[start.month - 1]} {start.year}"


def _day_and_time(run: _Run) -> str:
    """Return day and time of a run by the runner's own clock."""
    start = run.review.activity.start_time_local
    return "" if start is None else f"{_day(run)} {start:%H:%M}"


def _by_date(run: _Run) -> tuple[bool, float, int]:
    """Sort by the moment of the start, in whatever zone; runs without one come last."""
    start = run.review.activity.start_time
    return start is None, 0.0 if start is None else start.timestamp(), run.place


def _by_score(run: _Run) -> tuple[bool, float, int]:
    """Sort by score, the best first; runs without one come last."""
    overall = run.review.score.overall
    return overall is None, 0.0 if overall is None else -overall, run.place


def _by_name(run: _Run) -> tuple[bool, str, tuple[bool, float, int]]:
    """Sort by name, else by the name of the file; the runs of one by date."""
    name = run.name or run.file
    return not run.name, name.casefold(), _by_date(run)


def _as_given(run: _Run) -> int:
    """Sort as on the command line."""
    return run.place


_KEYS: dict[SortedBy, Callable[[_Run], Key]] = {
    "given": _as_given,
    "date": _by_date,
    "score": _by_score,
    "name": _by_name,
}


def _file_name(review: Review) -> str:
    """Return the base name of a run's file."""
    return review.activity.source.replace("\\", "/").split("/")[-1]


def _labels(runs: Sequence[_Run]) -> dict[int, str]:
    """Call each run by as little as tells it from the others; a number where nothing does."""
    labels = {run.place: "" for run in runs}
    alike = list(runs)
    for naming in _NAMINGS:
        labels |= {run.place: naming(run) or labels[run.place] for run in alike}
        often = Counter(labels.values())
        alike = [run for run in alike if often[labels[run.place]] > 1]
    for run in alike:
        labels[run.place] = _numbered(labels[run.place] or "run", frozenset(labels.values()))
    return labels


def _numbered(label: str, taken: frozenset[str]) -> str:
    """Put the first number behind a label that makes it one of its own."""
    numbered = (f"{label} ({number})" for number in count(1))
    return next(label for label in numbered if label not in taken)


def _beside(run: _Run, words: str) -> str:
    """Put words beside a name, if there is one."""
    return f"{run.name}, {words}" if run.name and words else words or run.name


_NAMINGS: tuple[Callable[[_Run], str], ...] = (
    lambda run: run.name or _day(run) or run.file or "run",
    lambda run: _beside(run, _day(run)),
    lambda run: _beside(run, _day_and_time(run)),
    lambda run: _beside(run, run.file),
)
"""What to call a run by, the shortest first: name, day, time, at last the file."""


def _shared(reviews: Sequence[Review], i: int) -> SharedBlock:
    """Count what became of one block."""
    blocks = [review.blocks[i] for review in reviews]
    counts = Counter(outcome_of(block) for block in blocks)
    paces = {
        (p.pace_s_per_km, p.pace_range_s_per_km, p.ramp_s_per_km)
        for p in (block.planned for block in blocks)
    }
    return SharedBlock(
        index=blocks[0].index,
        is_same_pace=len(paces) == 1,
        held=counts["held"],
        too_fast=counts["too_fast"],
        too_slow=counts["too_slow"],
        unfinished=counts["unfinished"],
        not_scored=counts["not_scored"],
    )


def _findings(reviews: Iterable[Review]) -> tuple[SharedFinding, ...]:
    """Count the runs with a clear finding that no block's verdict shows."""
    counts: Counter[FlagCode] = Counter()
    for review in reviews:
        clear_flags = (flag for flag in review.flags if flag.certainty == "clear")
        counts.update({flag.code for flag in clear_flags if is_beyond_verdict(flag)})
    shared = [SharedFinding(code, counts[code]) for code in MOST_TELLING if counts[code]]
    return tuple(sorted(shared, key=lambda finding: -finding.runs))


def _change(by_date: Sequence[Compared]) -> Change | None:
    """Compare the first scored run with the last: only ranges that do not meet show a change."""
    scored = [run for run in by_date if run.review.score.overall is not None]
    if len(scored) < 2:
        return None
    first, last = scored[0], scored[-1]
    return Change(first, last, _direction(first.review, last.review))


def _direction(first: Review, last: Review) -> Direction:
    """Say where the score went, by the ranges as they are shown."""
    bounds = (first.score.low, first.score.high, last.score.low, last.score.high)
    shown = [round_half_up(b) for b in bounds if b is not None]
    if len(shown) < 4:
        return "not_shown"
    low_1, high_1, low_2, high_2 = shown
    if low_2 > high_1:
        return "rose"
    return "fell" if high_2 < low_1 else "not_shown"
