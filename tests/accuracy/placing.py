"""One simulated run, placed by our method and by others, beside the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analyzer import read_plan
from analyzer.parsers.read import read_bytes
from analyzer.prepare.prepare import prepare
from analyzer.review.pipeline import with_steps
from analyzer.scorer.hills import with_effort
from analyzer.segmenter.align import align
from analyzer.segmenter.bins import lay_bins
from analyzer.segmenter.executed import Anchors, find_changes
from analyzer.segmenter.expected import expected_blocks
from analyzer.segmenter.laps import presses
from tests.accuracy.others import PEERS
from tests.builders.plans import EXAMPLE, typed
from tests.builders.samples import watch_steps
from tests.builders.write_fit import Step, write_fit

if TYPE_CHECKING:
    from analyzer.model.alignment import Alignment
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared
    from analyzer.segmenter.executed import Posterior
    from tests.builders.drawn import Drawn
    from tests.builders.simulate import SimulatedRun

HIDDEN = "**ours, laps hidden**"
EVIDENCE = "**ours, laps as evidence**"
RESULT = "**ours, as in the result**"


@dataclass(frozen=True)
class Placed:
    """Starts by one method [timer s], NaN where it gives none; truth NaN where not run."""

    starts_s: np.ndarray
    truth_s: np.ndarray
    pace_error: np.ndarray

    @property
    def error_s(self) -> np.ndarray:
        """Distance from the truth; a boundary that was run and not found is infinitely far."""
        off = np.abs(self.starts_s - self.truth_s)
        return np.where(np.isnan(self.truth_s), np.nan, np.where(np.isnan(off), np.inf, off))


@dataclass(frozen=True)
class Case:
    """Everything known of one run: what it was, and what each method says."""

    kind: str
    is_early: bool
    skipped: int
    is_cut: bool
    placed: dict[str, Placed]
    low_s: np.ndarray
    high_s: np.ndarray
    confidence: np.ndarray
    p_skipped: float
    p_cut: float
    basis: str
    readings: int
    start_error_s: float


def kind_of(draw: Drawn) -> str:
    """Name the laps of a run."""
    device = draw.device
    if device.laps == "manual":
        return "messy laps" if device.press_s > 5 else "manual laps"
    return {"steps": "workout steps"}.get(device.laps, "none or auto")


def case_of(draw: Drawn, *, with_peers: bool = True) -> Case:
    """Simulate, write, read, prepare, place."""
    run = draw.run
    activity = read_bytes(write_fit(run, steps_of(draw)), "run.fit")
    plan = planned(draw, activity)
    prepared = with_effort(plan, prepare(activity))
    pressed_s = presses(activity.laps, prepared)
    truth_s = np.array(
        [np.nan if b.executed_start_s is None else b.executed_start_s for b in run.blocks]
    )
    placed = {
        label: _placed(peer(plan, prepared, pressed_s), truth_s, run, prepared)
        for label, peer in PEERS.items()
        if with_peers
    }
    hidden = posterior_of(plan, prepared, np.empty(0))
    evidence = posterior_of(plan, prepared, pressed_s)
    alignments = align(plan, activity.laps, prepared)
    shown = _of_result(alignments[0], prepared)
    placed[HIDDEN] = _placed(_starts(hidden), truth_s, run, prepared)
    placed[EVIDENCE] = _placed(_starts(evidence), truth_s, run, prepared)
    placed[RESULT] = _placed(shown, truth_s, run, prepared)
    begun_s = draw.behaviour.before[0] if draw.behaviour.before else 0.0
    return Case(
        kind=kind_of(draw),
        is_early=draw.behaviour.before is not None,
        skipped=len(draw.behaviour.skip),
        is_cut=draw.behaviour.cut_s is not None,
        placed=placed,
        low_s=_starts(evidence, "low_s"),
        high_s=_starts(evidence, "high_s"),
        confidence=_starts(evidence, "confidence"),
        p_skipped=sum(evidence.skipped),
        p_cut=sum(evidence.cut),
        basis=alignments[0].basis,
        readings=len(alignments),
        start_error_s=min(abs(a.start_offset_s - begun_s) for a in alignments),
    )


def planned(draw: Drawn, activity) -> Plan:
    """Return the plan as a coach types it, with the steps of the watch where it led."""
    return with_steps(read_plan(typed(draw.plan)), activity)


def steps_of(draw: Drawn) -> tuple[Step, ...]:
    """Return the workout on the watch, where it led through the run."""
    if draw.device.laps != "steps":
        return ()
    if draw.plan is EXAMPLE:
        return watch_steps()
    return tuple(
        Step(b.seconds, 990 / b.pace, 1010 / b.pace, f"step {i}") for i, b in enumerate(draw.plan)
    )


def posterior_of(plan: Plan, prepared: Prepared, pressed_s: np.ndarray) -> Posterior:
    """Run the executed alignment by itself, whatever the clock alignment rests on."""
    blocks = expected_blocks(plan, tuple(None for _ in plan.blocks))
    return find_changes(lay_bins(prepared), blocks, Anchors(pressed_s))


def _starts(posterior: Posterior, name: str = "at_s") -> np.ndarray:
    """One attribute of every block's start; NaN where it was hardly reached."""
    return np.array([np.nan if b is None else getattr(b, name) for b in posterior.starts])


def _of_result(alignment: Alignment, prepared: Prepared) -> np.ndarray:
    """Return the executed starts that the result states, on the timer clock."""
    found = [np.nan if e is None else e.start_s for e in alignment.executed]
    found += [np.nan] * (len(alignment.placements) - len(found))
    timer: np.ndarray = prepared.clock.timer_at(np.nan_to_num(np.array(found)))
    return np.where(np.isnan(found), np.nan, timer)


def _placed(starts_s, truth_s, run: SimulatedRun, prepared: Prepared) -> Placed:
    """Put starts beside the truth, with the error of the pace between them."""
    return Placed(starts_s, truth_s, _pace_errors(starts_s, run, prepared))


def _pace_errors(starts_s: np.ndarray, run: SimulatedRun, prepared: Prepared) -> np.ndarray:
    """How far each block's pace, as the watch measured it, moves with its boundaries [s/km]."""
    errors = np.full(starts_s.size, np.nan)
    edges = np.arange(prepared.seconds + 1)
    for i, block in enumerate(run.blocks[:-1]):
        if block.executed_start_s is None or block.executed_end_s is None:
            continue
        true = _pace(prepared, edges, block.executed_start_s, block.executed_end_s)
        found = _pace(prepared, edges, starts_s[i], starts_s[i + 1])
        errors[i] = min(60.0, abs(found - true)) if np.isfinite(found + true) else 60.0
    return errors


def _pace(prepared: Prepared, edges: np.ndarray, start_s: float, end_s: float) -> float:
    """Pace between two timer seconds by the watch's distance; NaN for less than 30 s."""
    if not end_s - start_s >= 30:
        return np.nan
    run_m = np.interp([start_s, end_s], edges, prepared.distance_m)
    return float(1000 * (end_s - start_s) / max(run_m[1] - run_m[0], 1.0))
