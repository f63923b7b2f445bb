"""The messages of a FIT file that fitdecode reads: a few of them, or a whole file the slow way."""

from __future__ import annotations

import io
import struct
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

import fitdecode
import numpy as np

from analyzer.errors import LimitError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.fit.columns import SCALES
from analyzer.parsers.fit.part import DEVELOPER_UNITS, RECORD, WANTED, Message, Part
from analyzer.parsers.fit.values import FIT_EPOCH_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyzer.parsers.fit.scan import Layout

MAX_SECONDS = 20.0
"""Longest time in the slow way [s]."""

CHECK_EVERY = 1000
"""Messages between two looks at the clock."""

MAX_RETRIES = 4
"""So often a layout that fitdecode cannot read is taken out and the rest read again."""


class _Processor(fitdecode.DefaultDataProcessor):  # type: ignore[misc]  # fitdecode ships no types
    """The default processing, without its exceptions on times that are no number."""

    def process_type_date_time(self, reader: Any, field_data: Any) -> None:  # noqa: ANN401 - untyped library
        """Turn a number into a time; anything else is no time."""
        if isinstance(field_data.value, int) and field_data.value < 2**32:
            super().process_type_date_time(reader, field_data)
        else:
            field_data.value = None


class _DataMessages:
    """The data messages of a FIT stream, up to its end or the first that cannot be read."""

    def __init__(self, body: bytes, source: str) -> None:
        header = struct.pack("<BBHI4sH", 14, 0x20, 2140, len(body), b".FIT", 0)
        self.reader = fitdecode.FitReader(
            io.BytesIO(header + body + b"\0\0"),
            processor=_Processor(),
            check_crc=fitdecode.CrcCheck.DISABLED,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        )
        self.source = source
        self.is_broken = False

    def __iter__(self) -> Iterator[Any]:
        """Give one frame after the other."""
        frames = iter(self.reader)
        for _ in _counted(self.source):
            try:
                frame = next(frames)
            except StopIteration:
                return
            except Exception:  # noqa: BLE001 - fitdecode leaves with seven kinds of exception
                self.is_broken = True
                return
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                yield frame


def decoded(
    content: bytes, layouts: list[Layout], source: str
) -> tuple[list[Message], list[RecordingWarning]]:
    """
    Give the messages of some layouts to fitdecode, in the order of the file.

    Parameters
    ----------
    content : bytes
        The whole file.
    layouts : list of Layout
        With the places of their messages.
    source : str
        Base name, for errors.

    Returns
    -------
    list of Message
        In the order of the file.
    list of RecordingWarning
        One for each layout that cannot be read and was left out.

    Raises
    ------
    LimitError
        If it takes too long.
    """
    excluded: list[Layout] = []
    messages: list[Message] = []
    for _ in range(MAX_RETRIES + 1):
        kept = [x for x in layouts if x not in excluded]
        order = sorted((place, i) for i, x in enumerate(kept) for place in x.places)
        stream = _DataMessages(_body(content, kept, order), source)
        messages = [_message(frame) for frame in stream]
        if not stream.is_broken or len(messages) >= len(order):
            break
        excluded.append(kept[order[len(messages)][1]])
    warnings = [
        RecordingWarning("MESSAGE_UNREADABLE", "messages", {"number": x.number}, byte=x.places[0])
        for x in excluded
    ]
    return messages, warnings


def _body(content: bytes, layouts: list[Layout], order: Iterable[tuple[int, int]]) -> bytes:
    """Write the body of a FIT file that holds nothing but these messages."""
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
    return bytes(body)


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


def read_slowly(body: bytes, source: str) -> tuple[Part, list[RecordingWarning]]:
    """
    Read a whole FIT body with fitdecode, records too.

    Parameters
    ----------
    body : bytes
        Messages, without header and checksum.
    source : str
        Base name, for errors.

    Returns
    -------
    Part
        What stands before the first message that cannot be read.
    list of RecordingWarning
        One if there is such a message.

    Raises
    ------
    LimitError
        If it takes too long.
    """
    part = Part()
    records: list[tuple[dict[int, float], dict[int, float]]] = []
    stream = _DataMessages(body, source)
    for frame in stream:
        if frame.global_mesg_num == RECORD:
            records.append((_record(frame), _developer_values(frame)))
        elif frame.global_mesg_num in WANTED:
            part.add([_message(frame)])
    part.records = len(records)
    nan = float("nan")
    part.columns = {n: np.array([r.get(n, nan) for r, _ in records]) for n in SCALES}
    part.developer = {n: np.array([d.get(n, nan) for _, d in records]) for n in DEVELOPER_UNITS}
    return part, [RecordingWarning("MESSAGE_UNREADABLE", "message")] if stream.is_broken else []


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
