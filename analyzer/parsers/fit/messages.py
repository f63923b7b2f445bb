"""
FIT messages: records in bulk by number, everything else through fitdecode.

The way data takes: `container` frames the files of a chain, `scan` walks over
the messages of one, `columns` gathers its records with numpy, and the few other
messages that are wanted go to fitdecode (`decoder`) as a small stream of their own.
Records that are unusual (compressed timestamps, component fields, arrays) go the
slow way: fitdecode over the whole file. Both ways give the same columns; a test
holds them to it on every real file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.errors import LimitError
from analyzer.model.activity import RecordingWarning
from analyzer.parsers.fit.columns import DeveloperField, gather, is_unreadable, needs_decoder
from analyzer.parsers.fit.container import frames
from analyzer.parsers.fit.decoder import decoded, read_slowly
from analyzer.parsers.fit.part import DEVELOPER_UNITS, FIELD_DESCRIPTION, RECORD, WANTED, Part
from analyzer.parsers.fit.scan import MAX_MESSAGES, scan
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from analyzer.model.activity import Floats, WarningKind
    from analyzer.parsers.fit.columns import Key
    from analyzer.parsers.fit.container import Frame
    from analyzer.parsers.fit.scan import Layout, Scan


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
    chain, behind = frames(content, source)
    parts: list[Part] = []
    warnings: list[RecordingWarning] = []
    for frame in chain:
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
    chain, behind = frames(content, source)
    parts: list[Part] = []
    warnings: list[RecordingWarning] = []
    fields = 0
    for frame in chain:
        walk = scan(content, frame.start, frame.end)
        wanted = _filled(walk, kinds)
        fields += sum(len(x.places) * (1 + len(x.fields)) for x in wanted)
        if walk.is_too_many or fields > most:
            raise LimitError(source, f"more fields than the limit of {most}")
        messages, damage = decoded(content, wanted, source) if wanted else ([], [])
        part = Part(records=_count(_filled(walk, {RECORD})))
        part.add(messages)
        parts.append(part)
        warnings += [*_of_frame(frame), *_ended(walk, frame), *damage]
    return parts, (*warnings, *behind)


def _filled(walk: Scan, numbers: Collection[int]) -> list[Layout]:
    """Return the layouts of some kinds of message that have any messages."""
    return [x for x in walk.layouts if x.number in numbers and x.places]


def _count(layouts: list[Layout]) -> int:
    """Count the messages of some layouts."""
    return sum(len(x.places) for x in layouts)


def _of_frame(frame: Frame) -> list[RecordingWarning]:
    """Return the damage of a frame; the header's checksum is none where the whole one matches."""
    return [w for w in frame.warnings if not (frame.is_whole and w.code == "CRC_MISMATCH")]


def _read_part(content: bytes, frame: Frame, source: str) -> tuple[Part, list[RecordingWarning]]:
    """Read one FIT file of a chain."""
    walk = scan(content, frame.start, frame.end)
    if walk.is_too_many:
        problem = f"more messages than the limit of {MAX_MESSAGES}"
        raise LimitError(source, problem, "", "is it one run?")
    warnings = _ended(walk, frame)
    records = _filled(walk, {RECORD})
    places = _places(records)
    warnings += _unread(records)
    if walk.has_compressed or any(needs_decoder(x) for x in records):
        part, damage = read_slowly(content[frame.start : walk.end], source)
        part.places = places
        if not damage or walk.has_compressed:
            at = int(places[part.records]) if part.records < places.size else walk.end
            return part, warnings + [replace(w, byte=at) for w in damage]
    messages, damage = decoded(content, _filled(walk, WANTED), source)
    part = Part(records=_count(records), places=places)
    part.add(messages)
    if records:
        described = _described(part)
        columns = gather(content, records, described)
        part.columns = {k: v for k, v in columns.items() if isinstance(k, int)}
        part.developer = _by_native(columns, described)
    return part, warnings + damage


def _places(layouts: list[Layout]) -> Floats:
    """Return where the messages of some layouts stand, in the order of the file."""
    if not layouts:
        return np.zeros(0)
    places = np.concatenate([np.asarray(x.places, dtype=np.float64) for x in layouts])
    return places if len(layouts) == 1 else np.sort(places)


def _unread(records: list[Layout]) -> list[RecordingWarning]:
    """Warn of wanted fields of a size or type that is none of theirs: their values are unknown."""
    fields: dict[int, list[int]] = {}
    for layout in records:
        for place in layout.fields:
            if is_unreadable(place):
                fields.setdefault(place.number, []).extend(layout.places)
    return [
        RecordingWarning(
            "VALUES_DROPPED", "field", {"number": number}, byte=min(at), dropped=len(at)
        )
        for number, at in sorted(fields.items())
    ]


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
    described: dict[tuple[int, int], DeveloperField] = {}
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
            described[key[0], key[1]] = DeveloperField(base, int(native))
    return described


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
    by_native: dict[int, Floats] = {}
    for key, description in described.items():
        column = columns.get(key)
        if column is None:
            continue
        before = by_native.get(description.native)
        by_native[description.native] = (
            column if before is None else np.where(np.isfinite(before), before, column)
        )
    return by_native
