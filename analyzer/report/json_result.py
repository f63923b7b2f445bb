"""The review for programs: every promised key, strict JSON, rounded only here."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from analyzer.report.aims import aims_text
from analyzer.report.doubts import doubts_text
from analyzer.report.findings import evidence_text
from analyzer.report.findings.finding import Subject
from analyzer.report.language import speaking
from analyzer.report.local_time import start_keys
from analyzer.report.people import effort, feeling, name_text, note_text
from analyzer.report.placing import note_of_placing
from analyzer.report.recording_words import english_text
from analyzer.safe_text import clean_text
from analyzer.units import round_half_up
from analyzer.version import __version__

if TYPE_CHECKING:
    from analyzer.model.alignment import Alignment, Executed
    from analyzer.model.block_result import BlockResult
    from analyzer.model.findings import Flag
    from analyzer.model.review import Review, Score

SCHEMA_VERSION = 1
"""Raised when a key is renamed or removed; added keys leave it as it is."""


def schema_text() -> str:
    """Return the JSON Schema of the result, as it ships with the package."""
    from importlib.resources import files  # 10 ms that a review need not pay

    return (files("analyzer.report") / "result_schema.json").read_text(encoding="utf-8")


def dumps(review: Review, indent: int | None = None) -> str:
    """Return the result as strict JSON on one line, or indented."""
    return json.dumps(result(review), ensure_ascii=False, allow_nan=False, indent=indent)


def result(review: Review) -> dict[str, object]:
    """
    Return the result with every key of schema version 1, in its order.

    Rounded half up: one decimal for s, m, s/km and %, two for probabilities,
    whole scores. Unknown is None.
    """
    score, alignment = review.score, review.alignment
    return {
        "schema_version": SCHEMA_VERSION,
        "generator": {"name": "progcheck", "version": __version__, "method": review.method},
        "activity": _activity(review),
        "plan": {
            "name": clean_text(review.plan.name),
            "source": clean_text(review.plan.source),
            "blocks": review.plan.blocks,
            "aims": _aims(review),
            "understood": review.plan.understood or None,
            "doubts": doubts_text(review.plan.doubts),
        },
        "alignment": {
            "basis": alignment.basis,
            "confidence": _rounded(alignment.confidence, 2),
            "start_offset_s": _rounded(alignment.start_offset_s),
            "notes": _notes(alignment),
        },
        "blocks": [_block(block) for block in review.blocks],
        "score": {
            "overall": _whole(score.overall),
            "low": _whole(score.low),
            "high": _whole(score.high),
            "word": score.word,
            "blocks": _rounded(score.blocks),
            "progression": _rounded(score.progression),
            "completion": _rounded(score.completion, 2),
            "stop_penalty": _whole(score.stop_penalty),
            "early_penalty": _rounded(score.early_penalty),
            "terms": _terms(score),
        },
        "flags": _flags(review),
        "comparison": {"time_in_range_pct": _rounded(review.familiar.time_in_range_pct)},
        "remarks": {
            "name": name_text(review) or None,
            "note": note_text(review) or None,
            "rpe": _rounded(effort(review)),
            "feel": _rounded(feeling(review)),
        },
        "most_alike": _alike(review),
    }


def _alike(review: Review) -> dict[str, object] | None:
    """Return what differs from the session most like this one; None where none is known."""
    alike = review.alike
    if alike is None:
        return None
    return {
        "day": alike.day.isoformat(),
        "session": alike.session,
        "points": _rounded(alike.points),
        "gained_s": _rounded(alike.gained_s),
        "lost_s": _rounded(alike.lost_s),
        "ranges_overlap": alike.is_overlapping,
    }


def _flags(review: Review) -> list[dict[str, object]]:
    """Return all findings; programs read them in English, whatever a report is written in."""
    subject = Subject(review, "km")
    with speaking("en"):
        return [_flag(flag, subject) for flag in review.flags]


def _aims(review: Review) -> list[dict[str, object]]:
    """Return what blocks aim at in place of a pace."""
    with speaking("en"):
        return [
            {"aim": aim, "blocks": list(blocks), "message": aims_text([(aim, blocks)])[0]}
            for aim, blocks in review.plan.aims
        ]


def _notes(alignment: Alignment) -> list[dict[str, object]]:
    """Return what a reader must know of the placing, in English like all that programs read."""
    with speaking("en"):
        return [
            {
                "code": n.code,
                "message": note_of_placing(n),
                "start_s": _rounded(n.start_s),
                "readings": [
                    {"start_s": _rounded(r.start_s), "score": _whole(r.score)} for r in n.readings
                ],
            }
            for n in alignment.notes
        ]


def _rounded(value: float | None, digits: int = 1) -> float | None:
    """Round half up; None for unknown, NaN and infinity."""
    if value is None or not math.isfinite(value):
        return None
    return round_half_up(value, digits)


def _whole(value: float | None) -> int | None:
    """Round half up to a whole number; None for unknown."""
    rounded = _rounded(value, 0)
    return None if rounded is None else int(rounded)


def _terms(score: Score) -> dict[str, object] | None:
    """Return where the points went; 100 less all ``lost`` is ``exact``, but for rounding."""
    explanation = score.explanation
    if explanation is None:
        return None
    return {
        "exact": _rounded(score.overall, 3),
        "common_pct": _rounded(explanation.common_pct, 2),
        "blocks": [
            {
                "block": b.block,
                "off_pct": _rounded(b.off_pct, 2),
                "doubt_pct": _rounded(b.doubt_pct, 2),
                "tolerance_pct": _rounded(b.tolerance_pct, 2),
                "tolerances_off": _rounded(b.tolerances_off, 2),
                "level": _rounded(b.level),
                "in_band": _rounded(b.in_band),
                "steady": _rounded(b.steady),
                "worth": _rounded(100 * b.weight, 3),
                "lost": _rounded(b.lost, 3),
            }
            for b in explanation.blocks
        ],
        "steps": [
            {
                "first": s.first,
                "second": s.second,
                "planned_pct": _rounded(s.planned_pct, 2),
                "run_pct": _rounded(s.run_pct, 2),
                "doubt_pct": _rounded(s.doubt_pct, 2),
                "taken": _rounded(s.taken, 3),
                "overdone": _rounded(s.forced, 3),
                "worth": _rounded(s.worth, 3),
                "lost": _rounded(s.lost, 3),
            }
            for s in explanation.steps
        ],
        "lost_completion": _rounded(explanation.lost_completion, 3),
        "lost_stops": _rounded(explanation.lost_stops, 3),
        "lost_early": _rounded(explanation.lost_early, 3),
        "lost_flat": _rounded(explanation.lost_flat, 3),
        "lost_beyond": _rounded(explanation.lost_beyond, 3),
    }


def _activity(review: Review) -> dict[str, object]:
    """Return the recording in a few figures."""
    a = review.activity
    warnings = []
    for w in a.warnings:
        entry: dict[str, object] = {"code": w.code, "message": english_text(w)}
        places = (("byte", w.byte), ("line", w.line), ("kept", w.kept), ("dropped", w.dropped))
        entry.update({name: value for name, value in places if value is not None})
        warnings.append(entry)
    return {
        "source": clean_text(a.source),
        "format": a.format,
        "sport": None if a.sport is None else clean_text(a.sport),
        **start_keys(a.start_time, a.zone),
        "elapsed_time_s": _rounded(a.elapsed_time_s),
        "timer_time_s": _rounded(a.timer_time_s),
        "moving_time_s": _rounded(a.moving_time_s),
        "distance_m": _rounded(a.distance_m),
        "records": a.records,
        "device": None if a.device is None else clean_text(a.device),
        "distance_source": a.distance_source,
        "pauses": [
            {"start_s": _rounded(p.span.start_s), "end_s": _rounded(p.span.end_s), "by": p.by}
            for p in a.pauses
        ],
        "stops": [
            {"start_s": _rounded(s.span.start_s), "end_s": _rounded(s.span.end_s), "by": s.by}
            for s in a.stops
        ],
        "warnings": warnings,
        "slopes": a.slopes,
        "rpe": _rounded(a.rpe),
        "feel": _rounded(a.feel),
    }


def _block(b: BlockResult) -> dict[str, object]:
    """Return one block."""
    planned, tolerance = b.planned, b.tolerance
    bounds = planned.pace_range_s_per_km
    ramp = planned.ramp_s_per_km
    return {
        "index": b.index,
        "name": clean_text(b.name),
        "role": b.role,
        "status": b.status,
        "planned": {
            "duration_s": _rounded(planned.duration_s),
            "distance_m": _rounded(planned.distance_m),
            "pace_s_per_km": _rounded(planned.pace_s_per_km),
            "pace_range_s_per_km": None if bounds is None else [_rounded(p) for p in bounds],
            "ramp_s_per_km": None if ramp is None else [_rounded(p) for p in ramp],
        },
        "tolerance": None
        if tolerance is None
        else {
            "fast_pct": _rounded(tolerance.fast_pct, 2),
            "slow_pct": _rounded(tolerance.slow_pct, 2),
        },
        "start_s": _rounded(b.start_s),
        "end_s": _rounded(b.end_s),
        "elapsed_s": _rounded(b.elapsed_s),
        "timer_s": _rounded(b.timer_s),
        "moving_s": _rounded(b.moving_s),
        "standing_s": _rounded(b.standing_s),
        "break_s": _rounded(b.break_s),
        "distance_m": _rounded(b.distance_m),
        "break_distance_m": _rounded(b.break_distance_m),
        "pace_s_per_km": _rounded(b.pace_s_per_km),
        "pace_se_s_per_km": _rounded(b.pace_se_s_per_km),
        "gap_s_per_km": _rounded(b.gap_s_per_km),
        "deviation_s_per_km": _rounded(b.deviation_s_per_km),
        "speed_deviation_pct": _rounded(b.speed_deviation_pct),
        "is_grade_adjusted": b.is_adjusted,
        "scored_pace_s_per_km": _rounded(b.scored_pace_s_per_km),
        "scored_speed_deviation_pct": _rounded(b.scored_speed_deviation_pct),
        "verdict": b.verdict,
        "score": _whole(b.score),
        "in_band_pct": _rounded(b.in_band_pct),
        "steadiness_pct": _rounded(b.steadiness_pct),
        "heart_rate_bpm": _rounded(b.heart_rate_bpm),
        "cadence_spm": _rounded(b.cadence_spm),
        "executed": _executed(b.executed),
        "splits": [
            {
                "distance_m": _rounded(s.distance_m),
                "timer_s": _rounded(s.timer_s),
                "pace_s_per_km": _rounded(s.pace_s_per_km),
            }
            for s in b.splits
        ],
    }


def _executed(executed: Executed | None) -> dict[str, object] | None:
    """Return where the pace really changed; None while that is unknown."""
    if executed is None:
        return None
    return {
        "start_s": _rounded(executed.start_s),
        "start_low_s": _rounded(executed.start_low_s),
        "start_high_s": _rounded(executed.start_high_s),
        "confidence": _rounded(executed.confidence, 2),
        "shift_s": _rounded(executed.shift_s),
        "shift_low_s": _rounded(executed.shift_low_s),
        "shift_high_s": _rounded(executed.shift_high_s),
    }


def _flag(flag: Flag, subject: Subject) -> dict[str, object]:
    """Return one flag; the evidence is in km, its numbers are in ``facts``."""
    return {
        "code": flag.code,
        "block": flag.block,
        "certainty": flag.certainty,
        "value": _rounded(flag.value),
        "low": _rounded(flag.low),
        "high": _rounded(flag.high),
        "unit": flag.unit,
        "evidence": evidence_text(flag, subject),
        "cost_s": None if flag.cost is None else _rounded(flag.cost.lost_s),
        "facts": _facts(flag),
    }


def _facts(flag: Flag) -> dict[str, object]:
    """Return the evidence as numbers; what is unknown is left out."""
    values = {} if flag.facts is None else asdict(flag.facts)
    if flag.cost is not None:
        values |= {"gained_s": flag.cost.gained_s, "cost_se_s": flag.cost.se_s}
    return {
        name: value if isinstance(value, str) else _rounded(value)
        for name, value in values.items()
        if value is not None
    }
