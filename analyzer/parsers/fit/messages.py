"""fitdecode, the decoder of record, and the boundary of its errors: what was read is kept."""

from __future__ import annotations

import io
import struct
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import fitdecode

from analyzer.errors import DamagedFileError, LimitError
from analyzer.model.activity import RecordingWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MESSAGES = 5_000_000
MAX_SECONDS = 20.0
"""Most messages, and longest time, of one file."""

CHECK_EVERY = 1000
"""Messages between two looks at the clock."""

FILLED = 64
"""So many equal bytes up to the end are no data but an unwritten tail."""

WANTED = frozenset({0, 18, 19, 20, 21, 23, 26, 27, 34})
"""file_id, session, lap, record, event, device_info, workout, workout_step, activity."""


@dataclass(frozen=True, slots=True)
class Message:
    """
    One decoded message.

    ``fields`` has values by field number, ``names`` the same by name for
    sub-fields such as ``duration_time``; ``developer`` has numbers by the
    native field they stand for. Invalid values are left out.
    """

    number: int
    fields: dict[int, Any]
    names: dict[str, Any]
    developer: dict[int, float]


@dataclass(slots=True)
class Part:
    """One FIT file of a chain: its messages in order, by global number."""

    messages: dict[int, list[Message]] = field(default_factory=dict)

    def of(self, number: int) -> list[Message]:
        """Return all messages of one kind."""
        return self.messages.get(number, [])


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
    Decode every wanted message of a FIT file, or of several in a chain.

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
        What was damaged, with the byte.

    Raises
    ------
    DamagedFileError
        If not even the header can be read.
    LimitError
        If the file has too many messages or takes too long.
    """
    content, warnings = _repaired(content)
    stream = io.BytesIO(content)
    reader = fitdecode.FitReader(
        stream,
        processor=_Processor(),
        check_crc=fitdecode.CrcCheck.READONLY,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    gathered = _Gathered(stream, warnings)
    frames = iter(reader)
    for count in _counted(source):
        if count > MAX_MESSAGES:
            problem = f"more messages than the limit of {MAX_MESSAGES}"
            raise LimitError(source, problem, "", "is it one run?")
        try:
            frame = next(frames)
        except StopIteration:
            break
        except Exception as error:
            if not gathered.parts:
                place = f"byte {stream.tell()}"
                problem = "the FIT header cannot be read"
                hint = "copy it from the watch again"
                raise DamagedFileError(source, problem, place, hint) from error
            warnings.append(_damage(error, stream.tell(), is_open=gathered.is_open))
            break
        gathered.take(frame)
    return gathered.parts, tuple(warnings)


@dataclass(slots=True)
class _Gathered:
    """Sorts frames into parts as they come, and notes checksums that do not match."""

    stream: io.BytesIO
    warnings: list[RecordingWarning]
    parts: list[Part] = field(default_factory=list)
    is_open: bool = False

    def take(self, frame: Any) -> None:  # noqa: ANN401 - untyped library
        """Keep a wanted message; open or close a part."""
        kind = frame.frame_type
        if kind == fitdecode.FIT_FRAME_DATA:
            if frame.global_mesg_num in WANTED:
                message = _message(frame)
                self.parts[-1].messages.setdefault(message.number, []).append(message)
        elif kind == fitdecode.FIT_FRAME_HEADER:
            self.parts.append(Part())
            self.is_open = True
            if frame.crc_matched is False:
                self._mismatch("the checksum of the header does not match", 12)
        elif kind == fitdecode.FIT_FRAME_CRC:
            self.is_open = False
            if not frame.matched:
                text = "the checksum does not match: some values may be wrong"
                self._mismatch(text, self.stream.tell() - 2)

    def _mismatch(self, text: str, byte: int) -> None:
        """Tell of a checksum."""
        self.warnings.append(RecordingWarning("CRC_MISMATCH", text, byte=byte))


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


def _damage(error: Exception, byte: int, *, is_open: bool) -> RecordingWarning:
    """Say what ended the reading, and where."""
    if not is_open:
        text = f"what follows the end of the FIT data is no FIT file (at byte {byte})"
        return RecordingWarning("BYTES_AFTER_END", text, byte=byte)
    if isinstance(error, fitdecode.FitEOFError):
        text = f"the file ends inside a record (at byte {byte})"
        return RecordingWarning("FILE_CUT", text, byte=byte)
    text = f"a message cannot be read; what stood before it was kept (at byte {byte})"
    return RecordingWarning("MESSAGE_UNREADABLE", text, byte=byte)


def _message(frame: Any) -> Message:  # noqa: ANN401 - untyped library
    """Reduce a frame to what is known of it; the first of repeated fields counts."""
    values: dict[int, Any] = {}
    names: dict[str, Any] = {}
    developer: dict[int, float] = {}
    for item in frame.fields:
        value = item.value
        if value is None:
            continue
        definition = item.field_def
        if definition is not None and definition.is_dev:
            native = getattr(item.field, "native_field_num", None)
            if native is not None and isinstance(value, int | float):
                developer.setdefault(int(native), float(value))
            continue
        values.setdefault(item.def_num, value)
        names.setdefault(item.name, value)
    return Message(frame.global_mesg_num, values, names, developer)


def _repaired(content: bytes) -> tuple[bytes, list[RecordingWarning]]:
    """Mend what a crashed device leaves in the header and at the end of a file."""
    warnings: list[RecordingWarning] = []
    header = content[0] if content else 0
    if len(content) < 12 or header < 12:
        return content, warnings
    (size,) = struct.unpack_from("<I", content, 4)
    if size == 0 and len(content) > header + 32:
        size = len(content) - header - 2
        content = content[:4] + struct.pack("<I", size) + content[8:]
        text = "the header says the file is empty; its size was taken from the file"
        warnings.append(RecordingWarning("HEADER_REPAIRED", text, byte=4))
    filled = len(content) - len(content.rstrip(content[-1:]))
    if filled >= FILLED and content[-1] in (0, 255):
        first = len(content) - filled
        end = header + size + 2
        content = content[: end if first >= end - 2 else first]
    return content, warnings
