"""The whole way: recording and plan to a Review, in five calls."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.errors import NoPlanError, PlanError, PlanProblem
from analyzer.model.review import ActivitySummary, FamiliarNumbers, PlanSummary, Review
from analyzer.parsers.read import read_activity
from analyzer.plans.workout_steps import plan_from_workout
from analyzer.prepare.prepare import prepare
from analyzer.review.lap_distance import with_lap_distances
from analyzer.review.local_time import local_zone
from analyzer.review.plan_source import read_plan
from analyzer.review.readings import settled
from analyzer.review.trace import make_trace
from analyzer.scorer.hills import with_effort
from analyzer.scorer.method import METHOD
from analyzer.scorer.score import score
from analyzer.segmenter.align import align
from analyzer.structs import replace
from analyzer.units import clock_text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared, Slopes
    from analyzer.model.review import Trace
    from analyzer.model.track import Shown, Track
    from analyzer.scorer.score import Scored


def review_activity(
    activity: Activity,
    plan: Plan | None = None,
    *,
    slopes: Slopes = "strava",
    track: Shown | None = None,
) -> Review:
    """
    Judge a recorded run against its plan.

    Parameters
    ----------
    activity : Activity
        As from `read_activity`; not changed.
    plan : Plan, optional
        As from `read_plan`. Left out: the workout the recording carries.
    slopes : {'strava', 'minetti', 'off'}
        How slopes count where they do.
    track : {'ends', 'full'}, optional
        Draw the way, without its first and last 200 m, or all of it. Left out: not at all.

    Returns
    -------
    Review
        Every number a report shows; no coordinates.

    Raises
    ------
    NoPlanError
        If no plan is given and the recording carries no workout.
    PlanError
        If the plan begins after the end of the recording, or ends before its start.
    EmptyActivityError
        If the recording holds too little to be judged.

    Examples
    --------
    >>> from analyzer import read_activity, read_plan, review_activity
    >>> activity = read_activity("sample_activities/steady.fit")  # doctest: +SKIP
    >>> plan = read_plan("sample_activities/progression.yaml")  # doctest: +SKIP
    >>> review_activity(activity, plan).score.word  # doctest: +SKIP
    'held'
    """
    plan = with_steps(plan or carried_plan(activity), activity)
    _refuse_start_outside(plan, activity)
    prepared = with_effort(plan, prepare(activity), slopes)
    alignment, scored = settled(
        [(a, score(plan, prepared, a)) for a in align(plan, activity.laps, prepared)], prepared
    )
    summary = _summary(activity, prepared)
    if summary.other_sport is not None:
        alignment, scored = replace(alignment, notes=()), _not_judged(scored)
    return Review(
        activity=summary,
        plan=PlanSummary(
            plan.name,
            plan.source,
            len(plan.blocks),
            plan.units,
            plan.notes,
            plan.aims,
            plan.doubts,
            plan.understood,
        ),
        alignment=alignment,
        blocks=with_lap_distances(scored.blocks, alignment, activity),
        score=scored.score,
        flags=scored.flags,
        familiar=scored.familiar,
        trace=_trace(prepared, plan, scored, is_judged=summary.other_sport is None),
        method=METHOD,
        track=_track(activity, track),
    )


def review_file(
    source: str | Path | BinaryIO, plan: str | Path | None = None, *, session: int | None = None
) -> Review:
    """
    Read a recording and a plan, and judge the one against the other.

    Parameters
    ----------
    source : str, Path or binary file
        FIT, GPX or TCX, plain or ``.gz``.
    plan : str or Path, optional
        Plan file, or a plan in one line. Left out: the workout in the recording.
    session : int, optional
        Which session of a multisport file, counted from 1.

    Returns
    -------
    Review
        As from `review_activity`, which names the errors; `read_activity` and
        `read_plan` raise ActivityError and PlanError.
    """
    chosen = read_plan(plan) if plan is not None else None
    return review_activity(read_activity(source, session=session), chosen)


def _refuse_start_outside(plan: Plan, activity: Activity) -> None:
    """Raise a PlanError where the plan is said to lie after the recording, or before it."""
    end_s, start_s = float(activity.records.elapsed_time_s[-1]), plan.start_s
    if start_s is None:
        return
    problem = ""
    if start_s >= end_s:
        problem = (
            f"block 1 cannot start at {clock_text(start_s)}: the recording ends at "
            f"{clock_text(end_s)}; the start has to lie before that"
        )
    elif start_s + sum(b.expected_duration_s or math.inf for b in plan.blocks) <= 0:
        problem = (
            f"block 1 cannot start {clock_text(-start_s)} before the recording: the plan would "
            "be over when it starts; the start has to lie nearer to it"
        )
    if problem:
        raise PlanError(activity.source, (PlanProblem(problem),))


def carried_plan(activity: Activity) -> Plan:
    """Return the plan a recording carries itself; NoPlanError if it carries none."""
    if activity.workout is None or not activity.workout.steps:
        raise NoPlanError(activity.source)
    return plan_from_workout(activity.workout, activity.source)


def _track(activity: Activity, shown: Shown | None) -> Track | None:
    """Return the way if it was asked for."""
    if shown is None:
        return None
    from analyzer.review.track import make_track  # few ask for it

    return make_track(activity, shown)


def _not_judged(scored: Scored) -> Scored:
    """Keep what was measured of another sport, and judge nothing of it as if it were a run."""
    score = replace(
        scored.score,
        overall=None,
        low=None,
        high=None,
        word=None,
        blocks=None,
        progression=None,
        stop_penalty=0.0,
        early_penalty=0.0,
        explanation=None,
    )
    blocks = tuple(
        replace(
            block,
            verdict="not_scored",
            score=None,
            deviation_s_per_km=None,
            speed_deviation_pct=None,
            scored_speed_deviation_pct=None,
            in_band_pct=None,
            executed=None,
        )
        for block in scored.blocks
    )
    return replace(scored, score=score, blocks=blocks, flags=(), familiar=FamiliarNumbers(None))


def _trace(prepared: Prepared, plan: Plan, scored: Scored, *, is_judged: bool) -> Trace:
    """Return the run as a line; what left the tolerance is marked only where it is judged."""
    trace = make_trace(prepared, plan.blocks, scored.blocks)
    return trace if is_judged else replace(trace, excursions=())


def with_steps(plan: Plan, activity: Activity) -> Plan:
    """
    Give a written plan the step numbers of the workout on the watch, if they are the same session.

    A coach's YAML and the workout that was loaded from it describe the same
    blocks; then the watch's own step marks may place them.
    """
    workout = activity.workout
    if workout is None or not workout.steps or any(b.step_index is not None for b in plan.blocks):
        return plan
    carried = plan_from_workout(workout, activity.source)
    same = len(carried.blocks) == len(plan.blocks) and all(
        (a.duration_s, a.distance_m) == (b.duration_s, b.distance_m)
        for a, b in zip(carried.blocks, plan.blocks, strict=True)
    )
    if not same:
        return plan
    numbered = tuple(
        replace(block, step_index=step.step_index)
        for block, step in zip(plan.blocks, carried.blocks, strict=True)
    )
    return replace(plan, blocks=numbered)


def _summary(activity: Activity, prepared: Prepared) -> ActivitySummary:
    """Return the recording in a few figures."""
    records = activity.records
    timer_s = float(records.timer_time_s[-1])
    return ActivitySummary(
        source=activity.source,
        format=activity.format,
        sport=activity.sport,
        start_time=activity.start_time,
        elapsed_time_s=float(records.elapsed_time_s[-1]),
        timer_time_s=timer_s,
        moving_time_s=max(0.0, timer_s - float(prepared.is_standing.sum())),
        distance_m=float(prepared.distance_m[-1]),
        records=len(records),
        device=activity.device,
        distance_source=prepared.distance_source,
        scale_error_pct=prepared.scale_error_pct,
        pauses=activity.pauses,
        stops=prepared.stops,
        warnings=(*activity.warnings, *prepared.warnings),
        slopes=prepared.slopes,
        rpe=activity.rpe,
        feel=activity.feel,
        zone=local_zone(activity),
    )
