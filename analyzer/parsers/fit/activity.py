"""FIT messages to an Activity: records, sessions, pauses from the timer, laps, device."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from analyzer.errors import ActivityError, EmptyActivityError
from analyzer.model.activity import Activity, DeviceTotals, Lap, Pause, RecordingWarning, Span
from analyzer.parsers.fit.messages import Part, read_messages
from analyzer.parsers.fit.steps import read_workout
from analyzer.parsers.records import gap_pauses, in_order, require_distance, to_records
from analyzer.parsers.samples import samples_of
from analyzer.parsers.start_time import utc_start
from analyzer.parsers.steps_between import moved_between
from analyzer.parsers.tracks import choose_tracks
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from analyzer.model.activity import PausedBy
    from analyzer.parsers.fit.messages import Message
    from analyzer.parsers.samples import Samples

FILE_ID, SESSION, LAP, RECORD, EVENT, DEVICE_INFO = 0, 18, 19, 20, 21, 23
"""Global message numbers."""

DEGREES_PER_SEMICIRCLE = 180.0 / 2**31

FOOTPOD_DISTANCE = 5
"""Native field that a foot pod's developer field for distance stands for."""

OTHER_FILES = {
    "settings": "a settings file",
    "workout": "a workout, not a recording",
    "course": "a course, not a recording",
}
"""What a FIT file may be instead."""

TRIM_LOSS = 0.05
"""Records behind the last stop are left out only if they are fewer than this share."""


@dataclass(frozen=True, slots=True)
class _Session:
    """One session message: its span [s since 1970], sport and totals."""

    start_s: float
    end_s: float
    sport: str | None
    sub_sport: str | None
    totals: DeviceTotals
    rpe: float | None
    feel: float | None


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
    with_records = [p for p in parts if p.of(RECORD)]
    if not with_records:
        raise _no_records(parts, damage, source)
    tracks = [_samples(p) for p in with_records]
    samples, told = choose_tracks(tracks, source)
    part = _part_of(samples, with_records, tracks)
    samples, repaired = in_order(samples, source)
    sessions = _sessions(part)
    number, chosen = _choose(sessions, session, source)
    warnings = [*damage_in_records(damage, len(samples)), *told, *repaired]
    if chosen is not None and len(sessions) > 1:
        samples = _cut(samples, chosen, source)
        text = f"{len(sessions)} sessions in the file; number {number} is reviewed"
        warnings.append(RecordingWarning("SEVERAL_ACTIVITIES", text))
    is_relative = _is_relative(part)
    if is_relative:
        text = "the clock of the device was not set; the date is unknown"
        warnings.append(RecordingWarning("DATE_UNKNOWN", text))
    samples = _trimmed(samples, part)
    has_distance = bool(np.isfinite(samples.distance_m).any())
    is_footpod = False
    if not has_distance:
        footpod_m = _footpod_distance(part, samples)
        if footpod_m is not None:
            samples, is_footpod = samples.with_columns(distance_m=footpod_m), True
    is_footpod = is_footpod or (
        _names_footpod(part) and not np.isfinite(samples.latitude_deg).any()
    )
    require_distance(samples, source)
    pauses = _pauses(part, samples)
    return Activity(
        source=source,
        format="fit",
        records=to_records(samples, pauses),
        start_time=None if is_relative else utc_start(samples),
        sport=chosen.sport if chosen else _sport(part),
        sub_sport=chosen.sub_sport if chosen else None,
        device=_device(part),
        laps=_laps(part, samples),
        pauses=pauses,
        workout=read_workout(part),
        warnings=tuple(warnings),
        is_footpod=is_footpod,
        totals=chosen.totals if chosen else DeviceTotals(),
        session=number,
        sessions=max(1, len(sessions)),
        rpe=chosen.rpe if chosen else None,
        feel=chosen.feel if chosen else None,
    )


def damage_in_records(
    damage: tuple[RecordingWarning, ...], kept: int
) -> tuple[RecordingWarning, ...]:
    """Say beside each damage how many records were kept."""
    return tuple(
        RecordingWarning(w.code, f"{kept} records kept, {w.message}", byte=w.byte, kept=kept)
        if w.code in ("FILE_CUT", "MESSAGE_UNREADABLE")
        else w
        for w in damage
    )


def _no_records(
    parts: list[Part], damage: tuple[RecordingWarning, ...], source: str
) -> ActivityError:
    """Build the error for a file without a record, named by what it is instead."""
    kinds = [m.names.get("type") for p in parts for m in p.of(FILE_ID)]
    for kind in kinds:
        if kind in OTHER_FILES:
            hint = "give it with --plan" if kind == "workout" else "export the activity"
            return EmptyActivityError(source, f"no records: {OTHER_FILES[str(kind)]}", "", hint)
    if damage:
        place = f"byte {damage[-1].byte}"
        text = f"no complete record, {damage[-1].message.split(' (at')[0]}"
        return EmptyActivityError(source, text, place, "copy it from the watch again")
    return EmptyActivityError(source, "no records", "", "copy it from the watch again")


def _seconds(value: Any) -> float:  # noqa: ANN401 - decoded values have any type
    """Return a time as seconds: since 1970, or since power-up for an unset clock."""
    if isinstance(value, datetime):
        return value.timestamp()
    return float(value) if isinstance(value, int | float) else math.nan


def _float(value: Any) -> float:  # noqa: ANN401 - decoded values have any type
    """Return a number as float; NaN for anything else."""
    return float(value) if isinstance(value, int | float) else math.nan


def _optional(value: Any) -> float | None:  # noqa: ANN401 - decoded values have any type
    """Return a number, None for anything else."""
    number = _float(value)
    return number if math.isfinite(number) else None


def _is_relative(part: Part) -> bool:
    """Whether no record names a calendar time."""
    return not any(isinstance(m.fields.get(253), datetime) for m in part.of(RECORD))


def _samples(part: Part) -> Samples:
    """Gather the record messages of one part; enhanced fields win over plain ones."""
    relative = _is_relative(part)
    times: list[float] = []
    names = (
        "distance_m", "speed_mps", "latitude_deg", "longitude_deg", "elevation_m",
        "heart_rate_bpm", "cadence_spm", "power_w",
    )  # fmt: skip
    rows: dict[str, list[float]] = {name: [] for name in names}
    nan = math.nan
    for message in part.of(RECORD):
        f = message.fields
        at = f.get(253)
        is_time = isinstance(at, datetime) or (relative and isinstance(at, int))
        times.append(_seconds(at) if is_time else nan)
        rows["distance_m"].append(_float(f.get(5)))
        rows["speed_mps"].append(_float(f.get(73, f.get(6))))
        rows["latitude_deg"].append(_float(f.get(0)) * DEGREES_PER_SEMICIRCLE)
        rows["longitude_deg"].append(_float(f.get(1)) * DEGREES_PER_SEMICIRCLE)
        rows["elevation_m"].append(_float(f.get(78, f.get(2))))
        rows["heart_rate_bpm"].append(_float(f.get(3)))
        rows["cadence_spm"].append(2 * (_float(f.get(4)) + (_optional(f.get(53)) or 0.0)))
        rows["power_w"].append(_float(f.get(7, message.developer.get(7, nan))))
    return samples_of(times, rows)


def _part_of(samples: Samples, parts: list[Part], tracks: list[Samples]) -> Part:
    """Join the messages of the parts whose records were chosen."""
    first, last = np.nanmin(samples.time_s), np.nanmax(samples.time_s)
    members = [
        p
        for p, t in zip(parts, tracks, strict=True)
        if np.isfinite(t.time_s).any() and first <= np.nanmin(t.time_s) <= last
    ]
    if len(members) <= 1:
        return members[0] if members else parts[0]
    together = Part()
    for member in members:
        for number, messages in member.messages.items():
            together.messages.setdefault(number, []).extend(messages)
    return together


def _sessions(part: Part) -> list[_Session]:
    """Return the sessions in order of their start."""
    found = []
    for message in part.of(SESSION):
        f = message.fields
        start_s, elapsed_s = _seconds(f.get(2)), _float(f.get(7))
        end_s = start_s + elapsed_s
        if not math.isfinite(end_s):
            end_s = _seconds(f.get(253))
        rpe = _optional(f.get(193))
        found.append(
            _Session(
                start_s,
                end_s,
                str(f[5]) if 5 in f else None,
                str(f[6]) if 6 in f else None,
                DeviceTotals(_optional(f.get(7)), _optional(f.get(8)), _optional(f.get(9))),
                rpe / 10 if rpe is not None else None,
                _optional(f.get(192)),
            )
        )
    return sorted(found, key=lambda s: s.start_s if math.isfinite(s.start_s) else math.inf)


def _choose(
    sessions: list[_Session], wanted: int | None, source: str
) -> tuple[int, _Session | None]:
    """Choose the session asked for, else the running one, else the longest."""
    if not sessions:
        return 1, None
    if wanted is not None:
        if not 1 <= wanted <= len(sessions):
            count = "1 session" if len(sessions) == 1 else f"{len(sessions)} sessions"
            problem = f"there is no session {wanted}; the file has {count}"
            raise ActivityError(source, problem)
        return wanted, sessions[wanted - 1]
    running = [s for s in sessions if s.sport == "running"] or sessions
    best = max(running, key=lambda s: s.totals.distance_m or 0.0)
    return sessions.index(best) + 1, best


def _cut(samples: Samples, session: _Session, source: str) -> Samples:
    """Keep the records of one session."""
    inside = (samples.time_s >= session.start_s - 0.5) & (samples.time_s <= session.end_s + 0.5)
    if inside.sum() < 2:
        raise EmptyActivityError(source, "the session has no records", "", "try another --session")
    return samples.take(inside)


@dataclass(frozen=True, slots=True)
class _TimerEvent:
    """The timer was started or stopped."""

    at_s: float
    is_start: bool
    by: PausedBy


def _timer_events(part: Part) -> list[_TimerEvent]:
    """Return the starts and stops of the timer in order of time."""
    found = []
    for message in part.of(EVENT):
        names = message.names
        if names.get("event") != "timer":
            continue
        kind = str(names.get("event_type"))
        if kind != "start" and not kind.startswith("stop"):
            continue
        by: PausedBy = "watch" if names.get("timer_trigger") == "auto" else "runner"
        at_s = _seconds(message.fields.get(253))
        if math.isfinite(at_s):
            found.append(_TimerEvent(at_s, kind == "start", by))
    return sorted(found, key=lambda e: e.at_s)


def _trimmed(samples: Samples, part: Part) -> Samples:
    """Leave out what was recorded after the timer was stopped for good."""
    events = _timer_events(part)
    if not events or events[-1].is_start:
        return samples
    last_stop = next(
        e for i, e in enumerate(events) if all(not later.is_start for later in events[i:])
    )
    inside = samples.time_s <= last_stop.at_s + 1.0
    lost = 1 - inside.mean()
    return samples.take(inside) if 0 < lost < TRIM_LOSS and inside.sum() > 1 else samples


def _pauses(part: Part, samples: Samples) -> tuple[Pause, ...]:
    """Return pauses: from a stop of the timer to its next start; without events by the gap rule."""
    events = _timer_events(part)
    if not any(not e.is_start for e in events):
        return gap_pauses(samples, moved_between(samples))
    first_s, last_s = float(samples.time_s[0]), float(samples.time_s[-1])
    pauses: list[Pause] = []
    stopped: _TimerEvent | None = None
    for event in events:
        if event.is_start and stopped is not None:
            start_s = min(max(stopped.at_s, first_s), last_s) - first_s
            end_s = min(max(event.at_s, first_s), last_s) - first_s
            if end_s > start_s:
                pauses.append(Pause(Span(start_s, end_s), stopped.by))
            stopped = None
        elif not event.is_start and stopped is None:
            stopped = event
    return tuple(pauses)


def _laps(part: Part, samples: Samples) -> tuple[Lap, ...]:
    """Return laps on the elapsed clock, in order, without overlap."""
    first_s, last_s = float(samples.time_s[0]), float(samples.time_s[-1])
    edges = []
    for message in part.of(LAP):
        f = message.fields
        start_s, length_s = _seconds(f.get(2)), _float(f.get(7))
        end_s = start_s + length_s if math.isfinite(length_s) else _seconds(f.get(253))
        if math.isfinite(start_s) and math.isfinite(end_s) and end_s > first_s and start_s < last_s:
            edges.append((start_s, end_s, message))
    laps: list[Lap] = []
    cursor_s = 0.0
    for start_s, end_s, message in sorted(edges, key=lambda e: e[0]):
        a = max(min(start_s, last_s) - first_s, cursor_s)
        b = min(end_s, last_s) - first_s
        if b <= a:
            continue
        laps.append(_lap(message, Span(a, b)))
        cursor_s = b
    return tuple(laps)


def _lap(message: Message, span: Span) -> Lap:
    """Read one lap message."""
    f = message.fields
    trigger, step = f.get(24), f.get(71)
    return Lap(
        span,
        trigger=str(trigger) if trigger is not None else None,
        step_index=step if isinstance(step, int) else None,
        timer_s=_optional(f.get(8)),
        distance_m=_optional(f.get(9)),
    )


def _device(part: Part) -> str | None:
    """Return maker and product; a serial number is never looked at."""
    for message in [*part.of(FILE_ID), *part.of(DEVICE_INFO)]:
        names = message.names
        maker = names.get("manufacturer")
        product = names.get("garmin_product", names.get("product_name", names.get("product")))
        if maker is None:
            continue
        words = [str(w) for w in (maker, product) if w is not None]
        if len(words) > 1 and words[1].lower().startswith(words[0].lower()):
            words = words[1:]  # COROS writes its own name into the product's
        return clean_text(" ".join(words)) or None
    return None


def _sport(part: Part) -> str | None:
    """Return the sport of a file without a session, if a workout or sport message names it."""
    sports = [m.names.get("sport") for number in (26,) for m in part.of(number)]
    return next((str(s) for s in sports if s is not None), None)


def _names_footpod(part: Part) -> bool:
    """Whether a foot pod was paired: a stride sensor among the devices."""
    return any(
        "stride_speed_distance" in (m.names.get("antplus_device_type"), m.names.get("device_type"))
        for m in part.of(DEVICE_INFO)
    )


def _footpod_distance(part: Part, samples: Samples) -> np.ndarray[tuple[Any, ...], Any] | None:
    """Return the distance of a foot pod that writes it into a developer field, if there is one."""
    found = [
        (_seconds(m.fields.get(253)), m.developer[FOOTPOD_DISTANCE])
        for m in part.of(RECORD)
        if FOOTPOD_DISTANCE in m.developer
    ]
    if len(found) < 2:
        return None
    by_time = dict(found)
    return np.array([by_time.get(t, math.nan) for t in samples.time_s.tolist()], dtype=np.float64)
