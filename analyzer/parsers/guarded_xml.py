"""XML behind a guard: no document type, deep nesting or endless text; what was whole is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat  # no entity is ever resolved: any DOCTYPE ends the parsing

from msgspec import Struct

from analyzer.errors import DamagedFileError, LimitError
from analyzer.model.activity import RecordingWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH = 64
"""Elements inside elements; 200 000 would end the process."""

MAX_TEXT = 64 * 1024
"""Longest text of one element, and longest attribute [characters]."""

CHUNK = 1 << 16

_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = re.compile(r"(?i)(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-?8859-\d+|windows-125\d)$")


class Place(Protocol):
    """Where the parser is; asked only when a place is to be shown."""

    @property
    def CurrentLineNumber(self) -> int:  # noqa: N802 - expat's name
        """Line, counted from 1."""


class Handler(Protocol):
    """What reads the elements; names are local, without prefix."""

    def start(self, name: str, attributes: Mapping[str, str], at: Place) -> None:
        """Open an element."""

    def end(self, name: str, text: str, at: Place) -> None:
        """Close an element with the text that stood directly in it."""


class Break(Struct, frozen=True):
    """Where an XML file breaks off: the line, counted from 1, and the parser's reason."""

    line: int
    reason: str

    @property
    def problem(self) -> str:
        """What is wrong, for an error."""
        return f"the file breaks off: {self.reason}"

    @property
    def where(self) -> str:
        """The place, for an error."""
        return f"line {self.line}"

    def warning(self, kept: int) -> RecordingWarning:
        """Return the warning for a file of which so many records were kept."""
        return RecordingWarning(
            "FILE_CUT", "xml", {"reason": self.reason}, line=self.line, kept=kept
        )


class _Stop(Exception):  # noqa: N818 - ends the parsing, no error by itself
    """The guard stopped the parser."""

    def __init__(self, problem: str, *, is_limit: bool = False) -> None:
        self.problem = problem
        self.is_limit = is_limit
        super().__init__(problem)


def decoded(content: bytes) -> tuple[bytes, tuple[RecordingWarning, ...]]:
    """
    Bring any encoding to UTF-8 without mark, declaration or leading blanks.

    Unknown encodings and bytes that do not fit are replaced, and that is told.
    """
    warnings: list[RecordingWarning] = []
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        match = _DECLARED.search(content[:1024])
        encoding = match.group(1).decode("ascii") if match else "utf-8"
        if not _ENCODINGS.match(encoding) or encoding.lower().replace("-", "").startswith("utf16"):
            encoding = "utf-8"
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        text = content.decode("utf-8", "replace")
        warnings.append(RecordingWarning("TEXT_REPAIRED"))
    whole = text.lstrip("\ufeff")
    text = whole.lstrip()
    above = "\n" * whole[: len(whole) - len(text)].count("\n")  # lines count from the file's first
    text = re.sub(r"^<\?xml.*?\?>", lambda m: "\n" * m.group().count("\n"), text, flags=re.DOTALL)
    return (above + text).encode("utf-8", "replace"), tuple(warnings)


def read_elements(
    content: bytes, roots: tuple[str, ...], handler: Handler, source: str
) -> Break | None:
    """
    Hand every element to a handler until the end or the first damage.

    Parameters
    ----------
    content : bytes
        UTF-8, as from `decoded`.
    roots : tuple of str
        Local names the root may have.
    handler : Handler
        Collects what it wants.
    source : str
        Base name, for errors.

    Returns
    -------
    Break or None
        Where the file breaks off, if it does; the caller decides whether what was
        read is enough.

    Raises
    ------
    DamagedFileError
        For a DOCTYPE or another root.
    LimitError
        For nesting or text beyond the limits.
    """
    guard = _Guard(roots, handler)
    parser = guard.parser
    try:
        for at in range(0, len(content), CHUNK):
            parser.Parse(content[at : at + CHUNK], False)
        parser.Parse(b"", True)
    except _Stop as stop:
        where = f"line {parser.CurrentLineNumber}"
        error = LimitError if stop.is_limit else DamagedFileError
        raise error(source, stop.problem, where, "export it again") from None
    except (expat.ExpatError, UnicodeError) as error:
        line = parser.CurrentLineNumber
        reason = expat.errors.messages.get(getattr(error, "code", 0), "not well-formed")
        return Break(line, reason)
    return None


class _Guard:
    """Counts depth and text, strips prefixes, and hands elements on; called for every element."""

    def __init__(self, roots: tuple[str, ...], handler: Handler) -> None:
        self.roots = roots
        self.handler = handler
        self.depth = 0
        self.text: list[str] = []
        self.length = 0
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        self.parser = parser

    def doctype(self, *_: object) -> None:
        """Refuse the file: entities and addresses are never looked at."""
        problem = "the file has a document type (DOCTYPE), which no watch writes"
        raise _Stop(problem)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Check depth, root and attributes."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if not self.depth and name not in self.roots:
            problem = f"the root is '{name}', not '{self.roots[0]}'"
            raise _Stop(problem)
        if self.depth >= MAX_DEPTH:
            problem = f"elements are nested deeper than the limit of {MAX_DEPTH}"
            raise _Stop(problem, is_limit=True)
        for value in attributes.values():
            if len(value) > MAX_TEXT:
                problem = f"an attribute is longer than the limit of {MAX_TEXT}"
                raise _Stop(problem, is_limit=True)
        self.depth += 1
        self.text.clear()
        self.length = 0
        self.handler.start(name, attributes, self.parser)

    def characters(self, data: str) -> None:
        """Gather the text of the open element; texts matter only where nothing else is inside."""
        self.length += len(data)
        if self.length > MAX_TEXT:
            problem = f"a text is longer than the limit of {MAX_TEXT} characters"
            raise _Stop(problem, is_limit=True)
        self.text.append(data)

    def end(self, name: str) -> None:
        """Hand on the closed element."""
        self.depth -= 1
        text = "".join(self.text).strip() if self.text else ""
        self.text.clear()
        self.length = 0
        self.handler.end(name.rpartition(":")[2] if ":" in name else name, text, self.parser)
