"""A YAML file as plain text with places: no value is guessed, no object is ever built."""

from __future__ import annotations

import re

import yaml
from msgspec import Struct, field

from analyzer.errors import PlanError, PlanProblem

MAX_BYTES = 256 * 1024
MAX_NODES = 20_000
MAX_DEPTH = 20
"""Largest plan; nobody writes more by hand."""

MAX_FOUND = 1000
"""Most problems of one plan that are collected."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
"""Control characters, which YAML does not allow."""

_BLOCKS = re.compile(r"^blocks\s*:", re.MULTILINE)

_NEED_QUOTES = ">|@*&!%`"
"""A plain value does not start with one of these."""

NO_PLAN = "the plan is empty; it needs at least 'blocks:' with one block"

_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Word(Struct, frozen=True):
    """A piece of text and its place; line and column count from 1."""

    text: str
    line: int
    column: int

    def part(self, start: int, end: int | None = None) -> Word:
        """Return characters ``start`` to ``end`` without blanks around them, with their place."""
        piece = self.text[start:end]
        text = piece.lstrip()
        column = self.column + start + len(piece) - len(text)
        return Word(text.rstrip(), self.line, column)


class Mapping(Struct, frozen=True):
    """Keys and values in order; duplicate keys are still there."""

    items: tuple[tuple[Word, Node], ...]
    line: int
    column: int


class Sequence(Struct, frozen=True):
    """A list of values."""

    items: tuple[Node, ...]
    line: int
    column: int


Node = Word | Mapping | Sequence


class Problems(Struct):
    """Collects everything that is wrong, so that it can be said at once."""

    source: str
    lines: list[str]
    collected: list[PlanProblem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether there are so many problems that reading on helps nobody."""
        return len(self.collected) >= MAX_FOUND

    def add(self, message: str, at: Node, width: int | None = None) -> None:
        """Note one problem at a place."""
        line = self.lines[at.line - 1] if 0 < at.line <= len(self.lines) else ""
        shown = width or (len(at.text) if isinstance(at, Word) else 1)
        self.collected.append(PlanProblem(message, at.line, at.column, line, max(1, shown)))

    def add_for_all(self, message: str) -> None:
        """Note a problem that has no place in the text."""
        self.collected.append(PlanProblem(message))

    def raise_if_any(self) -> None:
        """Raise all problems together, in the order of the file."""
        if self.collected:
            ordered = sorted(self.collected, key=lambda p: (p.line or 0, p.column or 0))
            raise PlanError(self.source, tuple(dict.fromkeys(ordered)))


def fail(
    source: str, message: str, line: int | None = None, column: int | None = None
) -> PlanError:
    """Build the error for a plan of which nothing can be read."""
    return PlanError(source, (PlanProblem(message, line, column),))


def decoded(content: bytes, source: str) -> str:
    """Return the text of a plan file; UTF-8 or UTF-16 with a mark."""
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1024
        raise fail(source, f"larger than the limit of {limit} KiB; is it a plan?")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise fail(source, "not valid UTF-8 text; save it as UTF-8", line) from None


def has_blocks_key(text: str) -> bool:
    """Whether a line begins with ``blocks:``, which is a plan in YAML whatever the file is."""
    return _BLOCKS.search(text) is not None


def read_document(text: str, source: str, empty: str = NO_PLAN) -> tuple[Node, Problems]:
    """
    Read YAML as words, mappings and sequences.

    Parameters
    ----------
    text : str
        The whole file.
    source : str
        Base name, for errors.
    empty : str
        What to say of a text without a value.

    Raises
    ------
    PlanError
        For text that is no YAML, anchors, aliases, tags, a second document, or
        more than 20 levels or 20 000 values.
    """
    problems = Problems(source, text.splitlines())
    control = _CONTROL.search(text)
    if control:
        before = text[: control.start()].splitlines(keepends=True)[-1:]
        is_new = not before or before[0].splitlines()[0] != before[0]
        line = len(text[: control.start()].splitlines()) + is_new
        at = Word("", line, 1 if is_new else len(before[0]) + 1)
        problems.add("a control character, which does not belong in text; take it out", at)
        problems.raise_if_any()
    try:
        _check_events(text, problems)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        _add_yaml_error(error, problems)
        node = None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = str(error).split("\n", 1)[0]
        raise fail(source, f"this is not YAML: {reason}; check brackets and quotes", 1, 1) from None
    problems.raise_if_any()
    if node is None:
        raise fail(source, empty, 1, 1)
    return _node(node), problems


def _add_yaml_error(error: yaml.MarkedYAMLError, problems: Problems) -> None:
    """Say where YAML breaks, in the words of somebody who writes a plan."""
    reason = (error.problem or error.context or "not valid YAML").replace("\n", " ")
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    remedy = _yaml_remedy(reason, _first_wrong(problems.lines, line, column, reason))
    opened = error.context_mark
    if not remedy and opened and re.search(r"end of stream|',' or", reason):
        line, column = opened.line, opened.column
        remedy = "what opens here is never closed; look for the missing bracket or quote"
    elif not remedy and "node content" in reason:
        remedy = "look for a bracket that is not closed"
    if line >= len(problems.lines):  # the end of the text: behind its last line
        line = max(0, len(problems.lines) - 1)
        column = len(problems.lines[line]) if problems.lines else 0
    remedy = remedy or "check indentation, brackets and quotes"
    problems.add(f"this is not YAML: {reason}; {remedy}", Word("", line + 1, column + 1))


def _first_wrong(lines: list[str], line: int, column: int, reason: str) -> str:
    """Return the character at which YAML stopped; empty where there is none."""
    shown = lines[line] if 0 <= line < len(lines) else ""
    before = shown[max(0, column - 1) : column] if "comment or line break" in reason else ""
    return before or shown[column : column + 1]


def _yaml_remedy(reason: str, first: str) -> str:
    """Say what to do about a character that YAML has a meaning for; empty if there is none."""
    if first == "\t":
        return "tabs cannot indent; use spaces"
    if first and first in _NEED_QUOTES:
        return f"a value that starts with {first} needs quotes: '>=4:30/km'"
    if "mapping values" in reason:
        return "put text with a colon in quotes"
    return ""


def _check_events(text: str, problems: Problems) -> None:
    """Stop at the first thing a plan never needs and a bomb does."""
    depth = documents = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        refused = _refused(event, nodes, depth, documents)
        if refused:
            mark = event.start_mark
            at = Word("", mark.line + 1, mark.column + 1) if mark else Word("", 1, 1)
            problems.add(refused, at)
            problems.raise_if_any()


def _refused(event: yaml.Event, nodes: int, depth: int, documents: int) -> str:
    """Say why a plan may not hold this; empty if it may."""
    if nodes > MAX_NODES:
        return f"more than the limit of {MAX_NODES} values; is it a plan?"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors and aliases (& and *) are not supported; write the value again"
    if getattr(event, "tag", None) not in (None, "!"):
        return "tags (!) are not supported; write the plain value"
    if isinstance(event, yaml.DocumentStartEvent) and documents > 1:
        return "a second document; write one plan per file"
    if isinstance(event, yaml.CollectionStartEvent) and depth > MAX_DEPTH:
        return f"nested deeper than the limit of {MAX_DEPTH}; write it flat"
    return ""


def _node(node: yaml.Node) -> Node:
    """Turn PyYAML's node into ours; depth is bounded already."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        quoted = node.style in ("'", '"')
        return Word(str(node.value), line, column + quoted)
    if isinstance(node, yaml.MappingNode):
        items = []
        for key, value in node.value:
            made = _node(key)
            word = made if isinstance(made, Word) else Word("(a list or mapping)", line, column)
            items.append((word, _node(value)))
        return Mapping(tuple(items), line, column)
    return Sequence(tuple(_node(item) for item in node.value), line, column)
