"""FIT messages to an Activity: records, the session, pauses, laps, device."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import EmptyActivityError, OtherFileError
from analyzer.model.activity import Activity, DeviceTotals, Lap, RecordingWarning, Span
from analyzer.parsers.cadence import with_steps_counted
from analyzer.parsers.device_clock import DeviceClock
from analyzer.parsers.device_name import device_of_product
from analyzer.parsers.fit.damage import damage_text
from analyzer.parsers.fit.messages import read_messages
from analyzer.parsers.fit.part import DISTANCE, POWER, Part
from analyzer.parsers.fit.sessions import (
    Session,
    choose_session,
    cut_to_session,
    read_sessions,
)
from analyzer.parsers.fit.timer import timer_events, timer_of, timer_pauses, without_trailing
from analyzer.parsers.fit.values import FIT_EPOCH_S, optional, seconds, to_float
from analyzer.parsers.fit.workout_messages import read_workout
from analyzer.parsers.fit.zone import watch_zone
from analyzer.parsers.not_the_run import run_only
from analyzer.parsers.other_files import AS_PLAN
from analyzer.parsers.pauses import by_own_timer, together
from analyzer.parsers.places import placed
from analyzer.parsers.records import in_order, require_distance, to_records
from analyzer.parsers.samples import Samples
from analyzer.parsers.start_time import utc_start
from analyzer.parsers.tracks import choose_tracks
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.errors import ActivityError
    from analyzer.model.activity import Floats
    from analyzer.parsers.fit.part import Message

FILE_ID, LAP, DEVICE_INFO = 0, 19, 23
"""Global message numbers."""

DEGREES_PER_SEMICIRCLE = 180.0 / 2**31

BEYOND_S = 5.0
"""A lap that lies further beyond the records has figures that are not those of the run [s]."""

RELATIVE_BELOW = 0x10000000
"""Smaller times count from power-up: the clock of the device was never set [FIT s]."""

OTHER_FILES = {
    "settings": "a settings file",
    "device": "a file about a device",
    "sport": "a file of sport settings",
    "workout": "a workout, not a recording",
    "course": "a course, not a recording",
    "schedules": "a calendar of workouts",
    "weight": "a file of weights",
    "totals": "a file of totals",
    "goals": "a file of goals",
    "blood_pressure": "a file of blood pressures",
    "monitoring_a": "a day's steps, not a run",
    "monitoring_b": "a day's steps, not a run",
    "monitoring_daily": "a day's steps, not a run",
    "segment": "a segment, not a recording",
    "segment_list": "a list of segments",
}
"""What a FIT file may be instead."""


def read_fit(content: bytes, source: str, session: int | None = None) -> Activity:
    """
    Read a FIT activity.

    The running session of a multisport file is taken (the longest, if there are
    several), unless ``session`` names another. Pauses are the timer's own: from
    a stop to the next start.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for errors and the result.
    session : int, optional
        Which session, counted from 1.

    Raises
    ------
    ActivityError
        If no record with time and distance, position or speed is left.
    """
    parts, damage = read_messages(content, source)
    with_records = [p for p in parts if p.records]
    if not with_records:
        raise _no_records(parts, damage, source)
    tracks = [_samples(p) for p in with_records]
    samples, left_out = choose_tracks(tracks, source)
    part = _part_of(samples, with_records, tracks)
    _, as_written = choose_session(read_sessions(part, DeviceClock()), session, source)
    in_file = with_steps_counted(samples, as_written.sport if as_written else _sport(part))
    ordered = in_order(in_file, source)
    samples, clock = ordered.samples, ordered.clock
    sessions = read_sessions(part, clock)
    number, chosen = choose_session(sessions, session, source)
    own = chosen or Session(sport=_sport(part))
    repaired = placed(ordered.warnings, in_file, samples, "byte")
    warnings = [*_with_count(damage, len(samples)), *left_out, *repaired]
    if chosen is not None and len(sessions) > 1:
        samples = cut_to_session(samples, chosen, source)
        facts = {"count": len(sessions), "number": number}
        warnings.append(RecordingWarning("SEVERAL_ACTIVITIES", "sessions", facts))
    is_relative = float(samples.time_s[0]) - FIT_EPOCH_S < RELATIVE_BELOW
    if is_relative:
        warnings.append(RecordingWarning("DATE_UNKNOWN"))
    events = timer_events(part, clock)
    samples = without_trailing(samples, timer_of(samples, events))
    parts_at_s = [_first_s(track) for track in tracks[1:]]
    require_distance(samples, source)
    run = run_only(samples, own.sport)
    samples = run.samples
    totals = own.totals if run.is_whole else DeviceTotals()
    timer = timer_of(samples, events)
    pauses = together(run.pauses, timer_pauses(samples, timer, events, parts_at_s))
    pauses, doubts = by_own_timer(samples, pauses, totals.timer_s, are_exact=timer.is_exact)
    warnings += [*run.warnings, *doubts]
    return Activity(
        source=source,
        format="fit",
        records=to_records(samples, pauses),
        start_time=None if is_relative else utc_start(samples),
        sport=own.sport,
        sub_sport=own.sub_sport,
        zone=None if is_relative else watch_zone(part, samples),
        device=_device(part),
        laps=_laps(part, samples, clock),
        pauses=pauses,
        workout=read_workout(part),
        warnings=tuple(warnings),
        is_footpod=_is_footpod(part, samples),
        totals=totals,
        session=number,
        sessions=max(1, len(sessions)),
        rpe=own.rpe,
        feel=own.feel,
    )


def _with_count(damage: tuple[RecordingWarning, ...], kept: int) -> list[RecordingWarning]:
    """Say beside each damage how many records were kept."""
    return [
        replace(w, kept=kept) if w.code in ("FILE_CUT", "MESSAGE_UNREADABLE") else w for w in damage
    ]


def _no_records(
    parts: list[Part], damage: tuple[RecordingWarning, ...], source: str
) -> ActivityError:
    """Build the error for a file without a record, named by what it is instead."""
    kinds = [m.names.get("type") for p in parts for m in p.of(FILE_ID)]
    for kind in kinds:
        if kind in OTHER_FILES:
            hint = AS_PLAN if kind == "workout" else "export the activity"
            return OtherFileError(source, f"no records: {OTHER_FILES[str(kind)]}", "", hint)
    hint = "copy it from the watch again"
    if damage and damage[-1].byte is not None:
        text = f"no complete record, {damage_text(damage[-1])}"
        return EmptyActivityError(source, text, f"byte {damage[-1].byte}", hint)
    return EmptyActivityError(source, "no records", "", hint)


def _samples(part: Part) -> Samples:
    """Lay the columns of the records out as samples; enhanced fields win over plain ones."""
    column = part.column
    power = part.developer.get(POWER)
    distance, pod = column(5), part.developer.get(DISTANCE)
    if pod is not None and not np.isfinite(distance).any():
        distance = pod
    return Samples(
        time_s=_times(column(253)),
        distance_m=distance,
        speed_mps=_first_known(column(73), column(6)),
        latitude_deg=column(0) * DEGREES_PER_SEMICIRCLE,
        longitude_deg=column(1) * DEGREES_PER_SEMICIRCLE,
        elevation_m=_first_known(column(78), column(2)),
        heart_rate_bpm=column(3),
        cadence_spm=column(4) + np.nan_to_num(column(53), nan=0.0),
        power_w=column(7) if power is None else _first_known(column(7), power),
        place=part.place(),
    )


def _times(fit_s: Floats) -> Floats:
    """Return times as seconds since 1970; where some are calendar times the relative ones go."""
    with np.errstate(invalid="ignore"):
        is_relative = fit_s < RELATIVE_BELOW
    times = fit_s + FIT_EPOCH_S
    if is_relative.any() and (np.isfinite(fit_s) & ~is_relative).any():
        times = np.where(is_relative, np.nan, times)
    return times


def _first_known(first: Floats, second: Floats) -> Floats:
    """Return the first column, filled from the second where it is unknown."""
    return np.where(np.isfinite(first), first, second)


def _part_of(samples: Samples, parts: list[Part], tracks: list[Samples]) -> Part:
    """Join the messages of the parts whose records were chosen."""
    known = samples.time_s[np.isfinite(samples.time_s)]
    if not known.size:
        return parts[0]
    first, last = known.min(), known.max()
    starts = [t.time_s[np.isfinite(t.time_s)] for t in tracks]
    members = [p for p, s in zip(parts, starts, strict=True) if s.size and first <= s.min() <= last]
    if len(members) == 1:
        return members[0]
    together = Part()
    for member in members:
        for number, messages in member.messages.items():
            together.messages.setdefault(number, []).extend(messages)
    return together


def _first_s(samples: Samples) -> float:
    """Return the first known time of a part; infinite if none is known."""
    known = samples.time_s[np.isfinite(samples.time_s)]
    return float(known[0]) if known.size else math.inf


def _laps(part: Part, samples: Samples, clock: DeviceClock) -> tuple[Lap, ...]:
    """Return laps on the elapsed clock, in order, without overlap."""
    first_s, last_s = float(samples.time_s[0]), float(samples.time_s[-1])
    edges = []
    before_s = -math.inf
    for message in part.of(LAP):
        start_s, end_s = _lap_ends(message, clock, before_s)
        before_s = max(before_s, start_s) if math.isfinite(start_s) else before_s
        if math.isfinite(start_s) and math.isfinite(end_s) and end_s > first_s and start_s < last_s:
            edges.append((start_s, end_s, message))
    laps: list[Lap] = []
    cursor_s = 0.0
    for start_s, end_s, message in sorted(edges, key=lambda e: e[0]):
        a = max(min(start_s, last_s) - first_s, cursor_s)
        b = min(end_s, last_s) - first_s
        if b <= a:
            continue
        beyond_s = max(end_s - last_s, first_s - start_s)
        laps.append(_lap(message, Span(a, b), is_whole=beyond_s <= BEYOND_S))
        cursor_s = b
    return tuple(laps)


def _lap_ends(message: Message, clock: DeviceClock, since_s: float) -> tuple[float, float]:
    """
    Return start and end of a lap, on the clock of the repaired records.

    Where that clock was set on the run a lap's length may hold the jump; when the lap
    was written tells its end then.
    """
    f = message.fields
    start_s, length_s = clock.put_right(seconds(f.get(2)), since_s), to_float(f.get(7))
    written_s = clock.put_right(seconds(f.get(253)), start_s)
    if clock.pieces and math.isfinite(written_s):
        return start_s, written_s
    return start_s, start_s + length_s if math.isfinite(length_s) else written_s


def _lap(message: Message, span: Span, *, is_whole: bool) -> Lap:
    """Read one lap message; its own figures only where all of it is in the records."""
    f = message.fields
    trigger, step = f.get(24), f.get(71)
    return Lap(
        span,
        trigger=str(trigger) if trigger is not None else None,
        step_index=step if isinstance(step, int) else None,
        timer_s=optional(f.get(8)) if is_whole else None,
        distance_m=optional(f.get(9)) if is_whole else None,
    )


def _device(part: Part) -> str | None:
    """Return maker and product; a serial number is never looked at."""
    for message in [*part.of(FILE_ID), *part.of(DEVICE_INFO)]:
        names = message.names
        maker = names.get("manufacturer")
        if maker is not None:
            product = names.get("garmin_product", names.get("product_name", names.get("product")))
            return device_of_product(str(maker), product)
    return None


def _sport(part: Part) -> str | None:
    """Return the sport of a file without a session, if its workout names it."""
    sports = [m.names.get("sport") for m in part.of(26)]
    return next((str(s) for s in sports if s is not None), None)


def _is_footpod(part: Part, samples: Samples) -> bool:
    """
    Whether a foot pod measured the distance.

    So it is where only its developer field holds distance, or where a stride
    sensor is paired and there are no positions the watch could have used.
    """
    if DISTANCE in part.developer and not np.isfinite(part.column(DISTANCE)).any():
        return True
    paired = any(
        "stride_speed_distance" in (m.names.get("antplus_device_type"), m.names.get("device_type"))
        for m in part.of(DEVICE_INFO)
    )
    return paired and not np.isfinite(samples.latitude_deg).any()
