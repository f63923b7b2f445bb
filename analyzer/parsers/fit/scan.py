"""
One walk over the messages of a FIT file: where each one stands, and of which layout it is.

Nothing is decoded here. Layouts are cached by the bytes of their definition: a
real file has 14,217 definitions for 14,768 messages.
"""

from __future__ import annotations

import struct

from msgspec import Struct, field

COMPRESSED, DEFINITION, DEVELOPER = 0x80, 0x40, 0x20
"""Bits of a message header."""

MAX_MESSAGES = 5_000_000
"""Most messages of one file."""


class FieldPlace(Struct, frozen=True):
    """One field of a layout: number, where it stands in the payload, size, base type."""

    number: int
    offset: int
    size: int
    base: int
    developer: int | None = None


class Layout(Struct):
    """A definition, and the places of the messages that follow it."""

    number: int
    big_endian: bool
    fields: tuple[FieldPlace, ...]
    size: int
    definition: bytes
    has_developer: bool
    places: list[int] = field(default_factory=list)
    """Offset of the payload of each message."""


class Scan(Struct):
    """
    What one FIT file of a chain holds.

    Parameters
    ----------
    layouts : list of Layout
        In the order of their first definition.
    end : int
        Where the walk ended.
    stop : str
        Why it ended before the body did: ``cut``, ``undefined`` or empty.
    has_compressed : bool
        A message carries a compressed timestamp.
    """

    layouts: list[Layout]
    end: int
    stop: str = ""
    has_compressed: bool = False
    is_too_many: bool = False


def scan(content: bytes, start: int, end: int) -> Scan:
    """
    Walk over messages from ``start`` to ``end``.

    A message counts only if it lies wholly inside; a local type that was never
    defined ends the walk there.

    Parameters
    ----------
    content : bytes
        The whole file.
    start, end : int
        The body of one FIT file: behind its header, before its checksum.
    """
    layouts: dict[bytes, Layout] = {}
    local: list[Layout | None] = [None] * 16
    at, count = start, 0
    has_compressed = False

    def ended(stop: str, *, too_many: bool = False) -> Scan:
        return Scan(list(layouts.values()), at, stop, has_compressed, too_many)

    while at < end:
        header = content[at]
        if header & COMPRESSED:
            layout = local[(header >> 5) & 3]
            has_compressed = has_compressed or layout is not None
        elif header & DEFINITION:
            body = _definition_end(content, at, end, has_developer=bool(header & DEVELOPER))
            if body is None:
                return ended("cut")
            key = content[at + 1 : body] + bytes((header & DEVELOPER,))
            known = layouts.get(key)
            if known is None:
                known = layouts[key] = _layout(key)
            local[header & 15] = known
            at = body
            continue
        else:
            layout = local[header & 15]
        if layout is None:
            return ended("undefined")
        following = at + 1 + layout.size
        if following > end:
            return ended("cut")
        layout.places.append(at + 1)
        at = following
        count += 1
        if count > MAX_MESSAGES:
            return ended("", too_many=True)
    return ended("")


def _definition_end(content: bytes, at: int, end: int, *, has_developer: bool) -> int | None:
    """Return where a definition ends; None if it lies not wholly inside."""
    if at + 6 > end:
        return None
    body = at + 6 + 3 * content[at + 5]
    if has_developer:
        if body >= end:
            return None
        body += 1 + 3 * content[body]
    return body if body <= end else None


def _layout(key: bytes) -> Layout:
    """Read a definition: architecture, number, fields, developer fields."""
    big_endian = key[1] != 0
    (number,) = struct.unpack_from(">H" if big_endian else "<H", key, 2)
    fields, offset = [], 0
    count = key[4]
    at = 5
    for _ in range(count):
        field_number, size, base = key[at], key[at + 1], key[at + 2]
        fields.append(FieldPlace(field_number, offset, size, base))
        offset += size
        at += 3
    has_developer = bool(key[-1])
    if has_developer:
        for _ in range(key[at]):
            at += 1
            field_number, size, index = key[at], key[at + 1], key[at + 2]
            fields.append(FieldPlace(field_number, offset, size, 0, developer=index))
            offset += size
            at += 2
    return Layout(number, big_endian, tuple(fields), offset, key[:-1], has_developer)
