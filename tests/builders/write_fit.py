"""
A FIT encoder for tests: definitions, data, checksum, by another hand than the reader.

Own, because fit-tool needs 2.2 s for a one-hour run and this one some 30 ms,
and the accuracy table writes hundreds; fitdecode reads back every byte of it.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.builders.simulate import START_TIME

if TYPE_CHECKING:
    from collections.abc import Sequence

FIT_EPOCH = 631_065_600
"""1989-12-31 00:00 UTC, as seconds since 1970."""

ENUM, UINT8, UINT16, UINT32, SINT32, STRING = 0x00, 0x02, 0x84, 0x86, 0x85, 0x07
CODES = {ENUM: ("B", 0xFF), UINT8: ("B", 0xFF), UINT16: ("H", 0xFFFF), UINT32: ("I", 0xFFFFFFFF),
         SINT32: ("i", 0x7FFFFFFF)}  # fmt: skip

SINT8 = 0x01
CODES[SINT8] = ("b", 0x7F)

DYNAMICS = (
    (7, UINT16, 265), (29, UINT32, 54321), (13, SINT8, 17), (39, UINT16, 823), (40, UINT16, 3275),
    (41, UINT16, 2410), (42, ENUM, 1), (53, UINT8, 64), (83, UINT16, 712), (84, UINT16, 5012),
    (85, UINT16, 11562),
)  # fmt: skip
"""Power, temperature, running dynamics; the values do not matter."""

TRIGGERS = {"manual": 0, "time": 1, "distance": 2, "session_end": 7}
SEMICIRCLES = 2**31 / 180.0


@dataclass(frozen=True)
class Step:
    """A workout step: seconds or metres, and a speed range in m/s."""

    seconds: float | None
    low_mps: float
    high_mps: float
    name: str = ""
    metres: float | None = None


def crc16(content: bytes) -> int:
    """FIT checksum, polynomial A001, bit by bit over a table made here."""
    crc = 0
    for byte in content:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def _table() -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
        table.append(value)
    return table


_TABLE = _table()


class Encoder:
    """Collects messages; a local type is defined when its shape first appears."""

    def __init__(self, clock_set: tuple[float, float] | None = None) -> None:
        self.clock_set = clock_set
        self.body = bytearray()
        self.shapes: dict[tuple[object, ...], int] = {}

    def at(self, elapsed_s: float) -> float:
        """Return FIT seconds of an elapsed second, by a clock that may be set on the run."""
        set_at, jump_s = self.clock_set or (math.inf, 0.0)
        return _at(elapsed_s) + (jump_s if elapsed_s >= set_at else 0.0)

    def add(self, number: int, *fields: tuple[int, int, object]) -> None:
        """Add a message of (field number, base type, value) triples; None is invalid."""
        sized = tuple(
            (n, t, len(str(v).encode()) + 1 if t == STRING else struct.calcsize(CODES[t][0]))
            for n, t, v in fields
        )
        shape = (number, sized)
        if shape not in self.shapes:
            local = len(self.shapes) % 16
            self.shapes = {s: i for s, i in self.shapes.items() if i != local}
            self.shapes[shape] = local
            self.body += struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(sized))
            for n, t, size in sized:
                self.body += bytes((n, size, t))
        self.body.append(self.shapes[shape])
        for _, t, value in fields:
            if t == STRING:
                self.body += str(value).encode() + b"\0"
            else:
                code, invalid = CODES[t]
                real = float(value) if isinstance(value, int | float) else math.nan
                known = math.isfinite(real)
                self.body += struct.pack("<" + code, round(real) if known else invalid)

    def file(self) -> bytes:
        """Header, body and checksum."""
        header = struct.pack("<BBHI4s", 14, 0x20, 2140, len(self.body), b".FIT")
        header += struct.pack("<H", crc16(header))
        content = header + bytes(self.body)
        return content + struct.pack("<H", crc16(content))


def _at(elapsed_s: float) -> float:
    return START_TIME - FIT_EPOCH + elapsed_s


def write_fit(
    run,
    steps: tuple[Step, ...] = (),
    name: str = "",
    *,
    is_modern: bool = False,
    events: str = "both",
    order: Sequence[int] | None = None,
    clock_set: tuple[float, float] | None = None,
    sport: int = 1,
) -> bytes:
    """
    Write a simulated run, with its laps and pauses, and the workout it carries.

    ``is_modern`` adds the running dynamics that a watch of today writes: 19
    fields a record in all. ``events`` of the timer: both, only stops, only starts,
    or none. ``order`` is that of the records, else by time. ``clock_set`` is an
    elapsed second from which on the clock is ahead by so many seconds.
    """
    out = Encoder(clock_set)
    end_s = float(run.elapsed_s[-1])
    out.add(0, (0, ENUM, 4), (1, UINT16, 1), (2, UINT16, 4024), (4, UINT32, out.at(0)))
    if events in ("both", "starts"):
        out.add(21, (253, UINT32, out.at(0)), (0, ENUM, 0), (1, ENUM, 0), (3, UINT32, 0))
    if not run.has_positions:  # a foot pod in place of positions
        out.add(23, (253, UINT32, out.at(0)), (0, UINT8, 1), (1, UINT8, 124), (25, ENUM, 1))
    if steps:
        _workout(out, steps, name)
    switches = _events(run, events)
    laps = list(run.laps)
    position = 0
    for i in range(run.elapsed_s.size) if order is None else order:
        elapsed = run.elapsed_s[i]
        while position < len(switches) and switches[position][0] <= elapsed:
            _event(out, *switches[position])
            position += 1
        while laps and laps[0].end_s <= elapsed and i < run.elapsed_s.size - 1:
            _lap(out, laps.pop(0), len(run.laps) - len(laps) - 1)
        _record(out, run, i, DYNAMICS if is_modern else ())
    for lap in laps:
        _lap(out, lap, run.laps.index(lap))
    if events in ("both", "stops"):
        out.add(21, (253, UINT32, out.at(end_s)), (0, ENUM, 0), (1, ENUM, 4), (3, UINT32, 0))
    totals = (
        (7, UINT32, 1000 * end_s),
        (8, UINT32, 1000 * float(run.timer_s[-1])),
        (9, UINT32, 100 * float(run.distance_m[-1])),
    )
    sub_sport = 0 if run.has_positions else 1
    out.add(
        18, (253, UINT32, out.at(end_s)), (2, UINT32, out.at(0)), *totals, (5, ENUM, sport),
        (6, ENUM, sub_sport), (26, UINT16, len(run.laps)),
    )  # fmt: skip
    timer_ms = 1000 * float(run.timer_s[-1])
    out.add(34, (253, UINT32, out.at(end_s)), (0, UINT32, timer_ms), (1, UINT16, 1), (2, ENUM, 0))
    return out.file()


def _workout(out: Encoder, steps: tuple[Step, ...], name: str) -> None:
    out.add(26, (4, ENUM, 1), (6, UINT16, len(steps)), (8, STRING, name or "Workout"))
    for i, step in enumerate(steps):
        length = step.seconds * 1000 if step.seconds is not None else (step.metres or 0) * 100
        out.add(
            27, (254, UINT16, i), (0, STRING, step.name or f"Step {i + 1}"),
            (1, ENUM, 0 if step.seconds is not None else 1), (2, UINT32, length),
            (3, ENUM, 0), (4, UINT32, 0), (5, UINT32, 1000 * step.low_mps),
            (6, UINT32, 1000 * step.high_mps), (7, ENUM, 0),
        )  # fmt: skip


def _events(run, kinds: str) -> list[tuple[float, int, int]]:
    """(elapsed, event type, trigger) of the timer: stop_all 4, start 0; manual 0, auto 1."""
    events = []
    for start, end, by in run.pauses:
        trigger = 1 if by == "watch" else 0
        events += [(start, 4, trigger)] if kinds in ("both", "stops") else []
        events += [(end, 0, trigger)] if kinds in ("both", "starts") else []
    return events


def _event(out: Encoder, elapsed_s: float, kind: int, trigger: int) -> None:
    out.add(
        21, (253, UINT32, out.at(elapsed_s)), (0, ENUM, 0), (1, ENUM, kind), (3, UINT32, trigger)
    )


def _lap(out: Encoder, lap, index: int) -> None:
    out.add(
        19, (254, UINT16, index),
        (253, UINT32, out.at(lap.end_s)), (2, UINT32, out.at(lap.start_s)),
        (7, UINT32, 1000 * (lap.end_s - lap.start_s)), (8, UINT32, 1000 * lap.timer_s),
        (9, UINT32, 100 * lap.distance_m), (24, ENUM, TRIGGERS[lap.trigger]),
        (71, UINT16, lap.step),
    )  # fmt: skip


def _record(out: Encoder, run, i: int, more: tuple[tuple[int, int, object], ...]) -> None:
    position: tuple[tuple[int, int, object], ...] = ()
    if run.has_positions:
        position = (
            (0, SINT32, run.latitude_deg[i] * SEMICIRCLES),
            (1, SINT32, run.longitude_deg[i] * SEMICIRCLES),
            (78, UINT32, (run.elevation_m[i] + 500) * 5),
        )
    out.add(
        20, (253, UINT32, out.at(run.elapsed_s[i])), *position,
        (5, UINT32, 100 * run.distance_m[i]),
        (73, UINT32, 1000 * run.speed_mps[i]), (3, UINT8, run.heart_rate_bpm[i]),
        (4, UINT8, run.cadence_spm[i] / 2), *more,
    )  # fmt: skip
