"""The words of what was odd, damaged or repaired in a recording, by code and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.counted import Counted
from analyzer.report.distance_words import DISTANCE_WORDS
from analyzer.report.language import decimal, noted, noted_n, say, say_n, speaking
from analyzer.report.run_words import RUN_WORDS
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import Fact, RecordingWarning, WarningCode, WarningKind
    from analyzer.report.counted import Words

LONGEST = 300
"""Longest warning that is shown [characters]."""


def _counted(fact: str, words: tuple[str, str]) -> tuple[Counted]:
    """Make the words of a warning that counts one fact."""
    return (Counted(fact, *words),)


WORDS: Mapping[tuple[WarningCode, WarningKind], Words] = {
    ("FILE_CUT", "gzip_error"): noted(
        "the gzip data end in an error; what came out before it was read"
    ),
    ("FILE_CUT", "gzip_cut"): noted("the gzip data are cut; what came out was read"),
    ("FILE_CUT", "xml"): _counted(
        "kept",
        noted_n(
            "{n} record kept, the file breaks off: {reason} (at line {line})",
            "{n} records kept, the file breaks off: {reason} (at line {line})",
        ),
    ),
    ("FILE_CUT", "file_ends"): _counted(
        "kept",
        noted_n(
            "{n} record kept, the file ends inside a record (at byte {byte})",
            "{n} records kept, the file ends inside a record (at byte {byte})",
        ),
    ),
    ("FILE_CUT", "data_end"): _counted(
        "kept",
        noted_n(
            "{n} record kept, the data end inside a record (at byte {byte})",
            "{n} records kept, the data end inside a record (at byte {byte})",
        ),
    ),
    ("FILE_CUT", "no_checksum"): _counted(
        "kept",
        noted_n(
            "{n} record kept, the file ends without its checksum (at byte {byte})",
            "{n} records kept, the file ends without its checksum (at byte {byte})",
        ),
    ),
    ("CRC_MISMATCH", "checksum"): noted(
        "the checksum is {computed:#06x}, the file says {stated:#06x}: "
        "some values may be wrong (at byte {byte})"
    ),
    ("CRC_MISMATCH", "header_checksum"): noted(
        "the checksum of the header does not match (at byte {byte})"
    ),
    ("HEADER_REPAIRED", "no_size"): noted(
        "the header says there is nothing; its size was taken from the file (at byte {byte})"
    ),
    ("HEADER_REPAIRED", "odd_size"): noted(
        "the header has 13 bytes, which no device writes (at byte {byte})"
    ),
    ("MESSAGE_UNREADABLE", "undefined"): _counted(
        "kept",
        noted_n(
            "{n} record kept, a message of a kind never defined; "
            "nothing behind it was read (at byte {byte})",
            "{n} records kept, a message of a kind never defined; "
            "nothing behind it was read (at byte {byte})",
        ),
    ),
    ("MESSAGE_UNREADABLE", "message"): _counted(
        "kept",
        noted_n(
            "{n} record kept, a message cannot be read; what stood before it was kept",
            "{n} records kept, a message cannot be read; what stood before it was kept",
        ),
    ),
    ("MESSAGE_UNREADABLE", "messages"): _counted(
        "kept",
        noted_n(
            "{n} record kept, messages of kind {number} cannot be read "
            "and were left out (at byte {byte})",
            "{n} records kept, messages of kind {number} cannot be read "
            "and were left out (at byte {byte})",
        ),
    ),
    ("BYTES_AFTER_END", "behind_gzip"): _counted(
        "count",
        noted_n(
            "{n} byte after the gzip data was ignored", "{n} bytes after the gzip data were ignored"
        ),
    ),
    ("BYTES_AFTER_END", "behind_fit"): _counted(
        "count",
        noted_n(
            "{n} byte behind the end was ignored (at byte {byte})",
            "{n} bytes behind the end were ignored (at byte {byte})",
        ),
    ),
    ("POINTS_DROPPED", "latitude"): _counted(
        "dropped",
        noted_n(
            "{n} point left out: latitude out of range (at line {line})",
            "{n} points left out: latitude out of range (at line {line})",
        ),
    ),
    ("POINTS_DROPPED", "longitude"): _counted(
        "dropped",
        noted_n(
            "{n} point left out: longitude out of range (at line {line})",
            "{n} points left out: longitude out of range (at line {line})",
        ),
    ),
    ("POINTS_DROPPED", "latitude_text"): _counted(
        "dropped",
        noted_n(
            "{n} point left out: latitude '{text}' (at line {line})",
            "{n} points left out: latitude '{text}' (at line {line})",
        ),
    ),
    ("POINTS_DROPPED", "longitude_text"): _counted(
        "dropped",
        noted_n(
            "{n} point left out: longitude '{text}' (at line {line})",
            "{n} points left out: longitude '{text}' (at line {line})",
        ),
    ),
    ("POINTS_DROPPED", "time_text"): _counted(
        "dropped",
        noted_n(
            "{n} point left out: time '{text}' (at line {line})",
            "{n} points left out: time '{text}' (at line {line})",
        ),
    ),
    ("POINTS_DROPPED", "points_untimed"): _counted(
        "dropped",
        noted_n("{n} point without time left out", "{n} points without time left out"),
    ),
    ("POINTS_DROPPED", "records_untimed"): _counted(
        "dropped",
        noted_n("{n} record without time left out", "{n} records without time left out"),
    ),
    ("TEXT_REPAIRED", ""): noted("some bytes are no valid text and were replaced"),
    ("PART_SKIPPED", ""): _counted(
        "count",
        noted_n(
            "{n} part of the file repeats times already read; left out",
            "{n} parts of the file repeat times already read; left out",
        ),
    ),
    ("CLOCK_REPAIRED", ""): (
        Counted(
            "strays",
            *noted_n(
                "{n} record with a stray time left out", "{n} records with a stray time left out"
            ),
        ),
        Counted(
            "set",
            *noted_n(
                "the clock was set {n} time during the run",
                "the clock was set {n} times during the run",
            ),
        ),
        Counted(
            "overlapping",
            *noted_n(
                "{n} record left out where time ran backwards",
                "{n} records left out where time ran backwards",
            ),
        ),
        Counted(
            "unordered",
            *noted_n(
                "{n} record stood out of order and was put in its place; none was lost",
                "{n} records stood out of order and were put in their place; none was lost",
            ),
        ),
    ),
    ("DATE_UNKNOWN", ""): noted("the clock of the device was not set; the date is unknown"),
    ("ZONE_MISSING", ""): noted("times name no zone; taken as UTC"),
    ("VALUES_DROPPED", "joined"): _counted(
        "dropped",
        noted_n(
            "{n} record shared a time with another and was joined to it",
            "{n} records shared a time with another and were joined to it",
        ),
    ),
    ("VALUES_DROPPED", "impossible"): _counted(
        "dropped",
        noted_n("{n} impossible value left out", "{n} impossible values left out"),
    ),
    ("VALUES_DROPPED", "unread"): _counted(
        "dropped",
        noted_n(
            "{n} value left out that is not a number: {name} '{text}' (at line {line})",
            "{n} values left out that are not numbers, the first: {name} '{text}' (at line {line})",
        ),
    ),
    ("VALUES_DROPPED", "field"): _counted(
        "dropped",
        noted_n(
            "field {number} of {n} record has a size or type that cannot be read (at byte {byte})",
            "field {number} of {n} records has a size or type that cannot be read (at byte {byte})",
        ),
    ),
    ("DATE_DOUBTFUL", ""): noted("the recording begins in the future; its date may be wrong"),
    ("NAME_MISLEADS", ""): noted("named .{ending}, but the content is {format}"),
    **DISTANCE_WORDS,
    **RUN_WORDS,
}
"""What is said of each; a test holds it to the kinds there are."""

AT_LINE, AT_BYTE = noted("(at line {line})"), noted("(at byte {byte})")
"""Behind a warning that has a place and words without it."""

HIDDEN = noted("more about the recording is not shown")
"""In place of a warning that would tell who or when."""

REASONS = frozenset((
    noted("not well-formed"),
    noted("not well-formed (invalid token)"),
    noted("no element found"),
    noted("syntax error"),
    noted("unclosed token"),
    noted("unclosed CDATA section"),
    noted("partial character"),
    noted("mismatched tag"),
    noted("duplicate attribute"),
    noted("junk after document element"),
    noted("undefined entity"),
    noted("reference to invalid character number"),
    noted("unbound prefix"),
))  # fmt: skip
"""Why an XML file may break off, as expat says it; what is rarer stays as it is."""


def warning_text(warning: RecordingWarning) -> str:
    """
    Say a warning in the language that is being spoken, on one safe line.

    Parameters
    ----------
    warning : RecordingWarning
        Its counts choose between singular and plural; percentages are rounded already.
    """
    return clean_text(_said(warning), LONGEST)


def english_text(warning: RecordingWarning) -> str:
    """Say a warning in English, whatever is being spoken: to programs, and on stderr."""
    with speaking("en"):
        return warning_text(warning)


def _said(warning: RecordingWarning) -> str:
    """Put the facts of a warning into its words."""
    if warning.kind == "hidden":
        return say(HIDDEN)
    words = WORDS[warning.code, warning.kind]
    facts = _facts(warning)
    shown = {name: _shown(value) for name, value in facts.items()}
    if isinstance(words, str):
        return say(words, **shown) + _place(warning, words)
    text = "; ".join(
        say_n(text.one, text.many, int(facts[text.fact]), **shown)
        for text in words
        if text.fact in facts
    )
    return text + _place(warning, words[0].one)


def _place(warning: RecordingWarning, words: str) -> str:
    """Say where a warning has its place, if its own words do not."""
    if "{line}" in words or "{byte}" in words:
        return ""
    if warning.line is not None:
        return " " + say(AT_LINE, line=warning.line)
    if warning.byte is not None:
        return " " + say(AT_BYTE, byte=warning.byte)
    return ""


def _facts(warning: RecordingWarning) -> dict[str, Fact]:
    """Return all facts of a warning, its places and counts among them, as far as known."""
    places = {
        "byte": warning.byte,
        "line": warning.line,
        "kept": warning.kept,
        "dropped": warning.dropped,
    }
    return {**warning.facts, **{name: n for name, n in places.items() if n is not None}}


def _shown(fact: Fact) -> Fact:
    """Give a number the decimal mark of the language, and a reason its words."""
    if isinstance(fact, float):
        return decimal(fact, 1)
    return say(fact) if fact in REASONS else fact
