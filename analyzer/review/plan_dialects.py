"""The dialects of plans: how each is recognised, and what reads and writes it."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct

from analyzer.parsers.xml_root import root_element
from analyzer.plans.document import decoded, has_blocks_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.plan import Plan
    from analyzer.plans.whose import Whose
    from analyzer.plans.written import Written


class Reader(Protocol):
    """Reads a plan; one without named paces pays no heed to whose they would be."""

    def __call__(self, content: bytes, source: str, whose: Whose) -> Plan:
        """Return the plan, or raise a PlanError with all its problems."""


class Writer(Protocol):
    """Writes a plan; what the dialect cannot say is refused, or left out with ``drop``."""

    def __call__(self, plan: Plan, *, drop: bool) -> Written:
        """Return the file, or raise a PlanError."""


class PlanFile(Struct, frozen=True):
    """A file that holds a plan: its base name and its content."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        """The ending of the name in small letters, with its dot."""
        return PurePath(self.name).suffix.lower()

    @property
    def text(self) -> str:
        """The content as text; PlanError where it is none."""
        return decoded(self.content, self.name)


class Dialect(Struct, frozen=True):
    """
    One dialect of plans.

    Parameters
    ----------
    name : str
        What a user calls such a file, with its article.
    is_it : callable
        Whether a file is in this dialect, if it is in none above it in the table.
    reader : str
        ``module:function``, loaded when there is a file to read.
    writer : str
        ``module:function`` that writes a plan in it; empty where nothing writes this dialect.
    endings : tuple of str
        What such files are called; a file that is written has the first.
    """

    name: str
    is_it: Callable[[PlanFile], bool]
    reader: str
    writer: str = ""
    endings: tuple[str, ...] = ()

    def load_reader(self) -> Reader:
        """Load what reads a plan in this dialect."""
        return cast("Reader", _loaded(self.reader))

    def load_writer(self) -> Writer:
        """Load what writes a plan in this dialect."""
        return cast("Writer", _loaded(self.writer))


def _loaded(place: str) -> object:
    """Load a function of a module."""
    module, _, function = place.partition(":")
    return cast("object", getattr(import_module(module), function))


def _is_xml(file: PlanFile) -> bool:
    """Whether a file begins as XML does, in UTF-8 or UTF-16."""
    start = file.content[:64].translate(None, b"\0").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:1] == b"<"


def _is_fit(file: PlanFile) -> bool:
    """Whether a file has the header of a FIT file."""
    return file.content[8:12] == b".FIT"


def _is_our_own(text: str) -> bool:
    """Whether a text is our YAML or JSON, or the beginning of it: it may be half typed."""
    return has_blocks_key(text) or text.lstrip().startswith(("version:", "{"))


def _is_free_text(file: PlanFile) -> bool:
    """Whether a text file is a coach's text: neither steps of intervals.icu nor YAML."""
    if file.ending != ".txt" or not file.text.strip() or _is_our_own(file.text):
        return False
    from analyzer.plans.intervals_text import looks_like_intervals  # few plans are text files

    return not looks_like_intervals(file.text)


def _is_intervals(file: PlanFile) -> bool:
    """Whether a text file is neither empty nor YAML."""
    return file.ending == ".txt" and bool(file.text.strip()) and not _is_our_own(file.text)


def _is_zwift(file: PlanFile) -> bool:
    """Whether a file is XML with the root of a Zwift workout."""
    return _is_xml(file) and root_element(file.content) == b"workout_file"


DIALECTS = (
    Dialect("a Zwift workout", _is_zwift, "analyzer.review.zwift_plan:read_zwift", "", (".zwo",)),
    Dialect("a TCX workout", _is_xml, "analyzer.review.workout_plan:read_workout", "", (".tcx",)),
    Dialect(
        "a FIT workout",
        _is_fit,
        "analyzer.review.workout_plan:read_workout",
        "analyzer.plans.write_fit:fit_workout",
        (".fit",),
    ),
    Dialect("a coach's text", _is_free_text, "analyzer.plans.line:parse_line"),
    Dialect(
        "intervals.icu text",
        _is_intervals,
        "analyzer.plans.read:read_intervals",
        "analyzer.plans.write_intervals:intervals_text",
        (".txt",),
    ),
    Dialect(
        "YAML",
        lambda _: True,
        "analyzer.plans.read:parse_plan",
        "analyzer.plans.write_yaml:yaml_file",
        (".yaml", ".yml"),
    ),
)
"""In the order in which they are tried; what is none of the others is read as YAML."""

ENDINGS = tuple(ending for dialect in reversed(DIALECTS) for ending in dialect.endings)
"""What a plan in a folder is called, the usual ones first."""

WRITTEN = {dialect.endings[0]: dialect for dialect in DIALECTS if dialect.writer}
"""The dialect in which a plan is written, by the ending of the file."""


def dialect_of(file: PlanFile) -> Dialect:
    """Return the dialect of a file, by its content and the ending of its name."""
    return next(dialect for dialect in DIALECTS if dialect.is_it(file))
