"""
A FIT encoder for tests: definitions, data, checksum, by another hand than the reader.

Own, because fit-tool needs 2.2 s for a one-hour run and this one some 15 ms,
and the accuracy table writes hundreds; fitdecode reads back every byte of it.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.builders.simulate import START_TIME, UTC_OFFSET_S

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


Column = tuple[int, int, np.ndarray]
"""Field number, base type, and a value for each record."""


class Encoder:
    """Collects messages; a local type is defined when its shape first appears."""

    def __init__(self, clock_set: tuple[float, float] | None = None) -> None:
        self.clock_set = clock_set
        self.body = bytearray()
        self.shapes: dict[tuple[object, ...], int] = {}

    def at(self, elapsed_s: float) -> float:
        """Return FIT seconds of an elapsed second, by a clock that may be set on the run."""
        set_at, jump_s = self.clock_set or (math.inf, 0.0)
        return float(_at(elapsed_s) + (jump_s if elapsed_s >= set_at else 0.0))

    def at_all(self, elapsed_s: np.ndarray) -> np.ndarray:
        """Return FIT seconds of many elapsed seconds."""
        return np.array([self.at(second) for second in elapsed_s])

    def add(self, number: int, *fields: tuple[int, int, object]) -> None:
        """Add a message of (field number, base type, value) triples; None is invalid."""
        sized = tuple(
            (n, t, len(str(v).encode()) + 1 if t == STRING else struct.calcsize(CODES[t][0]))
            for n, t, v in fields
        )
        self.body.append(self._local_type(number, sized))
        for _, t, value in fields:
            if t == STRING:
                self.body += str(value).encode() + b"\0"
            else:
                code, invalid = CODES[t]
                real = float(value) if isinstance(value, int | float) else math.nan
                known = math.isfinite(real)
                self.body += struct.pack("<" + code, round(real) if known else invalid)

    def add_rows(self, number: int, columns: list[Column], first: int, last: int) -> None:
        """Add a message for each row from the first to before the last; NaN is invalid."""
        if first >= last:
            return
        sized = tuple((n, t, struct.calcsize(CODES[t][0])) for n, t, _ in columns)
        formats = ["u1", *("<" + np.dtype(CODES[t][0]).str[1:] for _, t, _ in columns)]
        rows = np.zeros(last - first, np.dtype([(f"f{i}", f) for i, f in enumerate(formats)]))
        rows["f0"] = self._local_type(number, sized)
        for i, (_, t, values) in enumerate(columns, start=1):
            _, invalid = CODES[t]
            shown = np.rint(values[first:last])
            rows[f"f{i}"] = np.where(np.isfinite(shown), shown, invalid).astype(np.int64)
        self.body += rows.tobytes()

    def _local_type(self, number: int, sized: tuple[tuple[int, int, int], ...]) -> int:
        """Return the local type of a shape, defining it where it is new."""
        shape = (number, sized)
        if shape not in self.shapes:
            local = len(self.shapes) % 16
            self.shapes = {s: i for s, i in self.shapes.items() if i != local}
            self.shapes[shape] = local
            self.body += struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(sized))
            for n, t, size in sized:
                self.body += bytes((n, size, t))
        return self.shapes[shape]

    def file(self) -> bytes:
        """Header, body and checksum."""
        header = struct.pack("<BBHI4s", 14, 0x20, 2140, len(self.body), b".FIT")
        header += struct.pack("<H", crc16(header))
        content = header + bytes(self.body)
        return content + struct.pack("<H", crc16(content))


def _at(elapsed_s):
    """Seconds of the FIT epoch at elapsed seconds, one or an array."""
    return START_TIME - FIT_EPOCH + elapsed_s


def write_fit(
    run,
    steps: tuple[Step, ...] = (),
    name: str = "",
    *,
    is_modern: bool = False,
    utc_offset_s: float | None = UTC_OFFSET_S,
    product: int = 4024,
    events: str = "both",
    order: Sequence[int] | None = None,
    clock_set: tuple[float, float] | None = None,
    sport: int = 1,
) -> bytes:
    """
    Write a simulated run, with its laps and pauses, and the workout it carries.

    ``is_modern`` adds the running dynamics that a watch of today writes: 19
    fields a record in all. ``product`` and ``sport`` are numbers of the FIT profile;
    ``utc_offset_s`` is by how much the local time differs from UTC, None leaves it out.
    ``events`` of the timer: both, only stops, only starts, or none. ``order`` is that of
    the records, else by time. ``clock_set`` is an elapsed second from which on the clock
    is ahead by so many seconds.
    """
    out = Encoder(clock_set)
    end_s = float(run.elapsed_s[-1])
    out.add(0, (0, ENUM, 4), (1, UINT16, 1), (2, UINT16, product), (4, UINT32, out.at(0)))
    if events in ("both", "starts"):
        out.add(21, (253, UINT32, out.at(0)), (0, ENUM, 0), (1, ENUM, 0), (3, UINT32, 0))
    if not run.has_positions:  # a foot pod in place of positions
        out.add(23, (253, UINT32, out.at(0)), (0, UINT8, 1), (1, UINT8, 124), (25, ENUM, 1))
    if steps:
        _workout(out, steps, name)
    _records(out, run, DYNAMICS if is_modern else (), _events(run, events), order)
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
    local = () if utc_offset_s is None else ((5, UINT32, out.at(end_s) + utc_offset_s),)
    out.add(
        34,
        (253, UINT32, out.at(end_s)),
        (0, UINT32, timer_ms),
        (1, UINT16, 1),
        (2, ENUM, 0),
        *local,
    )
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


def _records(
    out: Encoder,
    run,
    more: tuple[tuple[int, int, object], ...],
    switches: list[tuple[float, int, int]],
    order: Sequence[int] | None,
) -> None:
    """Write the records in stretches, each event and lap before the first record behind it."""
    count = run.elapsed_s.size
    columns = _columns(out, run, more)
    rows = range(count) if order is None else order
    reached_s = np.maximum.accumulate(run.elapsed_s[list(rows)])
    if order is not None:
        columns = [(n, t, values[list(order)]) for n, t, values in columns]
    due = [(int(np.searchsorted(reached_s, e[0])), 0, i) for i, e in enumerate(switches)]
    ends = [int(np.searchsorted(reached_s, lap.end_s)) for lap in run.laps]
    due += [(at if at < count - 1 else count, 1, i) for i, at in enumerate(ends)]
    first = 0
    for at, kind, i in sorted(due):
        out.add_rows(20, columns, first, at)
        first = max(first, at)
        if kind:
            _lap(out, run.laps[i], i)
        elif at < count:
            _event(out, *switches[i])
    out.add_rows(20, columns, first, count)


def _columns(out: Encoder, run, more: tuple[tuple[int, int, object], ...]) -> list[Column]:
    position: list[Column] = []
    if run.has_positions:
        position = [
            (0, SINT32, run.latitude_deg * SEMICIRCLES),
            (1, SINT32, run.longitude_deg * SEMICIRCLES),
            (78, UINT32, (run.elevation_m + 500) * 5),
        ]
    still = [(n, t, np.full(run.elapsed_s.size, v, dtype=np.float64)) for n, t, v in more]
    return [
        (253, UINT32, out.at_all(run.elapsed_s)), *position, (5, UINT32, 100 * run.distance_m),
        (73, UINT32, 1000 * run.speed_mps), (3, UINT8, run.heart_rate_bpm),
        (4, UINT8, run.cadence_spm / 2), *still,
    ]  # fmt: skip
