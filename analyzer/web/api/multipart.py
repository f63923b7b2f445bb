"""``multipart/form-data`` as it comes: part by part, and nothing of it on a disk."""

from __future__ import annotations

from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from msgspec import Struct
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from analyzer.web.body import parts_of, too_large
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from starlette.requests import Request

    from analyzer.web.house import House

KIND = "multipart/form-data"

FRAMING = 64 * 1024
"""What may stand around the parts of a form of a few fields [bytes]."""


SMALL_FILE = 64 * 1024
"""A field that may not be as long is a word, not a file [bytes]."""


class Part(Struct, frozen=True, eq=False):
    """One field of a form; ``filename`` is None where it is a text."""

    name: str
    filename: str | None


class Sent(Struct, frozen=True):
    """A field of a form, whole."""

    content: bytes
    filename: str | None = None

    @property
    def text(self) -> str:
        """What was written in it; RefusedError if that is no text."""
        try:
            return self.content.decode()
        except UnicodeDecodeError:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "a field is not UTF-8 text") from None


def kind_of(request: Request) -> str:
    """Return the type of a request's body, in small letters: ``multipart/form-data``."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def pieces_of(
    request: Request, most_bytes: int, most_parts: int
) -> AsyncIterator[tuple[Part, bytes]]:
    """
    Yield a form in pieces: each part first with nothing, then with more of its content.

    Parameters
    ----------
    request : Request
        Of the type `KIND`.
    most_bytes, most_parts : int
        What comes beyond is not read.

    Raises
    ------
    RefusedError
        If it is no such form, or breaks off, stalls, or goes over a limit.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary", b"")
    if kind_of(request) != KIND or not boundary:
        problem = f"a form is expected here, as {KIND}"
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem)
    try:
        reader = _Reader(boundary)
        count = 0
        async for chunk in parts_of(request, most_bytes):
            for part, data in reader.read(chunk):
                count += not data
                if count > most_parts:
                    problem = f"more than the limit of {most_parts} fields"
                    raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem)
                yield part, data
    except FormParserError:
        raise _cannot_be_read() from None
    if not reader.is_over:
        raise _cannot_be_read()


@asynccontextmanager
async def fields_of(
    request: Request, house: House, limits: Mapping[str, int]
) -> AsyncIterator[dict[str, Sent]]:
    """
    Yield the fields of a form, each once, in memory; large ones keep their turn until the end.

    Parameters
    ----------
    request : Request
        The form.
    house : House
        Whose room it takes.
    limits : mapping of str to int
        Which fields there may be, and how long each [bytes].

    Raises
    ------
    RefusedError
        For any other field, one that comes twice, or is too long.
    """
    found: dict[str, tuple[Part, bytearray]] = {}
    most = sum(limits.values()) + FRAMING
    async with house.bodies.room() as keep:
        async for part, data in pieces_of(request, most, len(limits) + 1):
            if not data:
                refuse_others(part.name, limits)
                if part.name in found:
                    problem = f"the field '{part.name}' comes twice"
                    raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
                found[part.name] = (part, bytearray())
                continue
            _, content = found[part.name]
            await keep(len(data))
            content += data
            refuse_longer(part.name, len(content), limits[part.name])
        yield {name: Sent(bytes(content), part.filename) for name, (part, content) in found.items()}


def refuse_others(name: str, known: Iterable[str]) -> None:
    """Refuse a field that is not known: what is misspelt must not be passed over."""
    if name not in known:
        problem = f"there is no field '{name}': only {', '.join(known)}"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)


def refuse_longer(name: str, size: int, most: int) -> None:
    """Refuse a field that is longer than it may be: a file, or a word."""
    if size <= most:
        return
    if most >= SMALL_FILE:
        raise too_large(most)
    problem = f"the field '{name}' is longer than the limit of {most} bytes"
    raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)


class _Reader:
    """Turns bytes into pieces of parts."""

    def __init__(self, boundary: bytes) -> None:
        self.is_over = False
        self._pieces: list[tuple[Part, bytes]] = []
        self._part: Part | None = None
        self._name, self._value, self._shown = b"", b"", b""
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._named,
                "on_part_data": self._data,
                "on_end": self._end,
            },
        )

    def read(self, chunk: bytes) -> list[tuple[Part, bytes]]:
        """Return what a chunk brings."""
        self._pieces = []
        self._parser.write(chunk)
        return self._pieces

    def _begin(self) -> None:
        self._name, self._value, self._shown = b"", b"", b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._shown = self._value
        self._name, self._value = b"", b""

    def _named(self) -> None:
        """Begin a part, once it is known what it is called."""
        _, options = parse_options_header(self._shown)
        name, filename = options.get(b"name"), options.get(b"filename")
        if name is None:
            raise _cannot_be_read()
        shown = None if filename is None else filename.decode(errors="replace")
        self._part = Part(name.decode(errors="replace"), shown)
        self._pieces.append((self._part, b""))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part is not None and end > start:
            self._pieces.append((self._part, data[start:end]))

    def _end(self) -> None:
        self.is_over = True


def _cannot_be_read() -> RefusedError:
    """Build the error for what is no form."""
    return RefusedError(HTTPStatus.BAD_REQUEST, "the form cannot be read: it is not whole")
