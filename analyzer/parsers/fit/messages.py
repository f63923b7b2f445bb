"""
FIT messages: records in bulk by number, everything else through fitdecode.

The way data takes: `container` frames the files of a chain, `scan` walks over
the messages of one, `columns` gathers its records with numpy, and the few other
messages that are wanted go to fitdecode as a small stream of their own. Records
that are unusual (compressed timestamps, component fields, arrays) go the slow
way: fitdecode over the whole file. Both ways give the same columns; a test
holds them to it on every real file.
"""

from __future__ import annotations

import io
import struct
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import fitdecode
import numpy as np

from analyzer.errors import LimitError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.fit.columns import SCALES, DeveloperField, gather, needs_decoder
from analyzer.parsers.fit.container import frames
from analyzer.parsers.fit.scan import MAX_MESSAGES, scan
from analyzer.parsers.fit.values import FIT_EPOCH_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzer.model.activity import Floats, WarningKind
    from analyzer.parsers.fit.columns import Key
    from analyzer.parsers.fit.container import Frame
    from analyzer.parsers.fit.scan import Layout, Scan

RECORD, FIELD_DESCRIPTION, DEVELOPER_ID = 20, 206, 207

WANTED = frozenset({0, 18, 19, 21, 23, 26, 27, 34, FIELD_DESCRIPTION, DEVELOPER_ID})
"""file_id, session, lap, event, device_info, workout, workout_step, activity, developer fields."""

POWER, DISTANCE = 7, 5
DEVELOPER_UNITS = {POWER: ("w", "watts", "watt"), DISTANCE: ("m", "meters", "metres")}
"""Native fields that developer fields may stand for, and the units we know how to read."""

MAX_SECONDS = 20.0
"""Longest time in the slow way [s]."""

CHECK_EVERY = 1000
"""Messages between two looks at the clock."""

MAX_RETRIES = 4
"""So often a layout that fitdecode cannot read is taken out and the rest read again."""


@dataclass(frozen=True, slots=True)
class Message:
    """
    One decoded message other than a record.

    ``fields`` has values by field number, ``names`` the same by name, for
    sub-fields such as ``duration_time``. Invalid values are left out.
    """

    number: int
    fields: dict[int, Any]
    names: dict[str, Any]


@dataclass(slots=True)
class Part:
    """
    One FIT file of a chain.

    Parameters
    ----------
    messages : dict
        Messages other than records, in order, by global number.
    columns : dict
        Columns of the records by field number, one value a record in file
        order; NaN is invalid. Times (253) are FIT seconds.
    developer : dict
        Developer fields of the records by the native field they stand for.
    records : int
        How many.
    """

    messages: dict[int, list[Message]] = field(default_factory=dict)
    columns: dict[int, Floats] = field(default_factory=dict)
    developer: dict[int, Floats] = field(default_factory=dict)
    records: int = 0

    def of(self, number: int) -> list[Message]:
        """Return all messages of one kind."""
        return self.messages.get(number, [])

    def column(self, number: int) -> Floats:
        """Return one column of the records; NaN throughout where the file has none."""
        found = self.columns.get(number)
        return np.full(self.records, np.nan) if found is None else found


class _Processor(fitdecode.DefaultDataProcessor):  # type: ignore[misc]  # fitdecode ships no types
    """The default processing, without its exceptions on times that are no number."""

    def process_type_date_time(self, reader: Any, field_data: Any) -> None:  # noqa: ANN401 - untyped library
        """Turn a number into a time; anything else is no time."""
        if isinstance(field_data.value, int) and field_data.value < 2**32:
            super().process_type_date_time(reader, field_data)
        else:
            field_data.value = None


def read_messages(content: bytes, source: str) -> tuple[list[Part], tuple[RecordingWarning, ...]]:
    """
    Decode everything wanted of a FIT file, or of several in a chain.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for errors.

    Returns
    -------
    list of Part
        At least one.
    tuple of RecordingWarning
        What was damaged, with the byte; what stood before it is kept.

    Raises
    ------
    DamagedFileError
        If not even the header can be read.
    LimitError
        If the file has too many messages or takes too long.
    """
    found, behind = frames(content, source)
    parts: list[Part] = []
    warnings: list[RecordingWarning] = []
    for frame in found:
        part, damage = _read_part(content, frame, source)
        parts.append(part)
        warnings += [*frame.warnings, *damage]
    return parts, (*warnings, *behind)


def read_kinds(
    content: bytes, source: str, kinds: frozenset[int], most: int
) -> tuple[list[Part], tuple[RecordingWarning, ...]]:
    """
    Decode a few kinds of message; records are counted and not read.

    Parameters
    ----------
    content : bytes
        The whole file.
    source : str
        Base name, for errors.
    kinds : frozenset of int
        Global message numbers.
    most : int
        Most fields in all these messages; the limit keeps the decoding short.

    Returns
    -------
    list of Part
        At least one, without columns.
    tuple of RecordingWarning
        What was damaged, with the byte; a header's own checksum does not matter
        where that of the whole matches.

    Raises
    ------
    DamagedFileError
        If not even the header can be read.
    LimitError
        If there are too many messages, fields or files in a chain.
    """
    found, behind = frames(content, source)
    parts: list[Part] = []
    warnings: list[RecordingWarning] = []
    fields = 0
    for frame in found:
        walk = scan(content, frame.start, frame.end)
        wanted = [x for x in walk.layouts if x.number in kinds and x.places]
        fields += sum(len(x.places) * (1 + len(x.fields)) for x in wanted)
        if walk.is_too_many or fields > most:
            raise LimitError(source, f"more fields than the limit of {most}")
        part = Part(records=sum(len(x.places) for x in walk.layouts if x.number == RECORD))
        messages, damage = _decoded(content, wanted, source) if wanted else ([], [])
        for message in messages:
            part.messages.setdefault(message.number, []).append(message)
        parts.append(part)
        framed = [w for w in frame.warnings if not (frame.is_whole and w.code == "CRC_MISMATCH")]
        warnings += [*framed, *_ended(walk, frame), *damage]
    return parts, (*warnings, *behind)


def _read_part(content: bytes, frame: Frame, source: str) -> tuple[Part, list[RecordingWarning]]:
    """Read one FIT file of a chain."""
    walk = scan(content, frame.start, frame.end)
    if walk.is_too_many:
        problem = f"more messages than the limit of {MAX_MESSAGES}"
        raise LimitError(source, problem, "", "is it one run?")
    warnings = _ended(walk, frame)
    records = [x for x in walk.layouts if x.number == RECORD and x.places]
    others = [x for x in walk.layouts if x.number in WANTED and x.places]
    part = Part()
    if walk.has_compressed or any(needs_decoder(x) for x in records):
        slow = Part()
        damage = _read_slowly(slow, content[frame.start : walk.end], source)
        if not damage or walk.has_compressed:
            return slow, warnings + damage
    messages, damage = _decoded(content, others, source)
    warnings += damage
    for message in messages:
        part.messages.setdefault(message.number, []).append(message)
    part.records = sum(len(x.places) for x in records)
    if records:
        described = _described(part)
        columns = gather(content, records, described)
        part.columns = {k: v for k, v in columns.items() if isinstance(k, int)}
        part.developer = _by_native(columns, described)
    return part, warnings


def _ended(walk: Scan, frame: Frame) -> list[RecordingWarning]:
    """Say where and how the walk over the messages ended, if it was not at the end."""
    if walk.stop == "undefined":
        return [RecordingWarning("MESSAGE_UNREADABLE", "undefined", byte=walk.end)]
    if walk.stop == "cut":
        kind: WarningKind = "file_ends" if frame.is_cut else "data_end"
        return [RecordingWarning("FILE_CUT", kind, byte=walk.end)]
    if frame.is_cut:
        return [RecordingWarning("FILE_CUT", "no_checksum", byte=walk.end)]
    return []


def _described(part: Part) -> dict[tuple[int, int], DeveloperField]:
    """Return the developer fields that stand for a native field we want, in a unit we know."""
    found: dict[tuple[int, int], DeveloperField] = {}
    for message in part.of(FIELD_DESCRIPTION):
        f, names = message.fields, message.names
        native, base = f.get(15), f.get(2)
        base = _BASE_NUMBERS.get(str(base), base)
        units = str(names.get("units", "")).strip("\0 ").lower()
        key = (f.get(0), f.get(1))
        if native not in DEVELOPER_UNITS or not isinstance(base, int):
            continue
        if units not in DEVELOPER_UNITS[native]:
            continue
        if isinstance(key[0], int) and isinstance(key[1], int):
            found[key[0], key[1]] = DeveloperField(base, int(native))
    return found


_BASE_NUMBERS = {
    "enum": 0x00, "sint8": 0x01, "uint8": 0x02, "sint16": 0x83, "uint16": 0x84, "sint32": 0x85,
    "uint32": 0x86, "float32": 0x88, "float64": 0x89, "uint8z": 0x0A, "uint16z": 0x8B,
    "uint32z": 0x8C, "byte": 0x0D, "sint64": 0x8E, "uint64": 0x8F, "uint64z": 0x90,
}  # fmt: skip
"""Names of base types as fitdecode gives them."""


def _by_native(
    columns: dict[Key, Floats], described: dict[tuple[int, int], DeveloperField]
) -> dict[int, Floats]:
    """Return developer columns by the native field they stand for; the first one wins."""
    found: dict[int, Floats] = {}
    for key, description in described.items():
        column = columns.get(key)
        if column is None:
            continue
        before = found.get(description.native)
        found[description.native] = (
            column if before is None else np.where(np.isfinite(before), before, column)
        )
    return found


def _decoded(
    content: bytes, layouts: list[Layout], source: str
) -> tuple[list[Message], list[RecordingWarning]]:
    """Give the messages of some layouts to fitdecode, in the order of the file."""
    excluded: list[Layout] = []
    messages: list[Message] = []
    for _ in range(MAX_RETRIES + 1):
        kept = [x for x in layouts if x not in excluded]
        order = sorted((place, i) for i, x in enumerate(kept) for place in x.places)
        stream = _stream(content, kept, order)
        messages, error = _read_frames(stream, source)
        if error is None or len(messages) >= len(order):
            break
        excluded.append(kept[order[len(messages)][1]])
    warnings = [
        RecordingWarning("MESSAGE_UNREADABLE", "messages", {"number": x.number}, byte=x.places[0])
        for x in excluded
    ]
    return messages, warnings


def _stream(content: bytes, layouts: list[Layout], order: Iterable[tuple[int, int]]) -> bytes:
    """Write a FIT file in memory that holds nothing but these messages."""
    body = bytearray()
    slots: dict[int, int] = {}
    for place, i in order:
        layout = layouts[i]
        if i not in slots:
            if len(slots) == 16:
                slots.pop(next(iter(slots)))
            slot = next(n for n in range(16) if n not in slots.values())
            slots[i] = slot
            body.append(0x40 | (0x20 if layout.has_developer else 0) | slot)
            body += layout.definition
        body.append(slots[i])
        body += content[place : place + layout.size]
    header = struct.pack("<BBHI4sH", 14, 0x20, 2140, len(body), b".FIT", 0)
    return header + bytes(body) + b"\0\0"


def _read_frames(content: bytes, source: str) -> tuple[list[Message], Exception | None]:
    """Read data messages until the end or the first exception, which is returned."""
    reader = fitdecode.FitReader(
        io.BytesIO(content),
        processor=_Processor(),
        check_crc=fitdecode.CrcCheck.DISABLED,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    found: list[Message] = []
    read = iter(reader)
    for _ in _counted(source):
        try:
            frame = next(read)
        except StopIteration:
            return found, None
        except Exception as error:  # noqa: BLE001 - fitdecode leaves with seven kinds of exception
            return found, error
        if frame.frame_type == fitdecode.FIT_FRAME_DATA:
            found.append(_message(frame))
    return found, None


def _counted(source: str) -> Iterator[int]:
    """Count messages and look at the clock now and then."""
    started_s = time.monotonic()
    count = 0
    while True:
        count += 1
        if count % CHECK_EVERY == 0 and time.monotonic() - started_s > MAX_SECONDS:
            problem = f"reading takes longer than the limit of {MAX_SECONDS:.0f} s"
            raise LimitError(source, problem, "", "is it one run?")
        yield count


def _message(frame: Any) -> Message:  # noqa: ANN401 - untyped library
    """Reduce a frame to what is known of it; the first of repeated fields counts."""
    values: dict[int, Any] = {}
    names: dict[str, Any] = {}
    for item in frame.fields:
        definition = item.field_def
        if item.value is None or (definition is not None and definition.is_dev):
            continue
        values.setdefault(item.def_num, item.value)
        names.setdefault(item.name, item.value)
    return Message(frame.global_mesg_num, values, names)


def _read_slowly(part: Part, body: bytes, source: str) -> list[RecordingWarning]:
    """Read a whole FIT body with fitdecode, records too."""
    header = struct.pack("<BBHI4sH", 14, 0x20, 2140, len(body), b".FIT", 0)
    reader = fitdecode.FitReader(
        io.BytesIO(header + body + b"\0\0"),
        processor=_Processor(),
        check_crc=fitdecode.CrcCheck.DISABLED,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    records: list[tuple[dict[int, float], dict[int, float]]] = []
    warnings: list[RecordingWarning] = []
    read = iter(reader)
    for _ in _counted(source):
        try:
            frame = next(read)
        except StopIteration:
            break
        except Exception:  # noqa: BLE001 - fitdecode leaves with seven kinds of exception
            warnings.append(RecordingWarning("MESSAGE_UNREADABLE", "message"))
            break
        if frame.frame_type != fitdecode.FIT_FRAME_DATA:
            continue
        if frame.global_mesg_num == RECORD:
            records.append((_record(frame), _developer_values(frame)))
        elif frame.global_mesg_num in WANTED:
            message = _message(frame)
            part.messages.setdefault(message.number, []).append(message)
    part.records = len(records)
    nan = float("nan")
    part.columns = {n: np.array([r.get(n, nan) for r, _ in records]) for n in SCALES}
    part.developer = {n: np.array([d.get(n, nan) for _, d in records]) for n in DEVELOPER_UNITS}
    return warnings


def _record(frame: Any) -> dict[int, float]:  # noqa: ANN401 - untyped library
    """Return the wanted numbers of one record by field number; times as FIT seconds."""
    values: dict[int, float] = {}
    for item in frame.fields:
        definition = item.field_def
        if definition is not None and definition.is_dev:
            continue
        if item.def_num not in SCALES or item.def_num in values:
            continue
        value = item.value
        if isinstance(value, datetime):
            values[item.def_num] = value.timestamp() - FIT_EPOCH_S
        elif isinstance(value, int | float):
            values[item.def_num] = float(value)
    return values


def _developer_values(frame: Any) -> dict[int, float]:  # noqa: ANN401 - untyped library
    """Return the developer numbers of one record by the native field they stand for."""
    values: dict[int, float] = {}
    for item in frame.fields:
        definition = item.field_def
        if definition is None or not definition.is_dev:
            continue
        native = getattr(item.field, "native_field_num", None)
        units = str(getattr(item.field, "units", "") or "").strip("\0 ").lower()
        if not isinstance(native, int) or units not in DEVELOPER_UNITS.get(native, ()):
            continue
        if isinstance(item.value, int | float) and np.isfinite(item.value):
            values.setdefault(native, float(item.value))
    return values
