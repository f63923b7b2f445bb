"""Files that are neither a recording nor a plan, by their content: what they are, what to do."""

from __future__ import annotations

import re

from msgspec import Struct

from analyzer.parsers.xml_root import root_element

EXPORT = "export the activity as FIT, GPX or TCX"
WRITE = "write the plan in one line, such as '15min easy, 3x10min @ 4:00 -10s', or in a .yaml file"
UNPACK = "unpack it, and name the file in it"
AS_RUN = "name it as RUN, and the plan with --plan"
AS_PLAN = "give it with --plan, and name the recording as RUN"
LOG_IN = "log in, and download the file again"

HEAD_BYTES = 64 * 1024
"""How much of a file is looked at."""


class OtherFile(Struct, frozen=True):
    """
    A kind of file.

    Parameters
    ----------
    what : str
        With its article.
    as_run, as_plan : str
        What to do where it is given as a recording, and as a plan; empty where it is read.
    """

    what: str
    as_run: str = EXPORT
    as_plan: str = WRITE


PICTURE = OtherFile("a picture")
WEB_PAGE = OtherFile("a web page", LOG_IN, LOG_IN)
SPREADSHEET = OtherFile("a spreadsheet")
TABLE = OtherFile("a table")
DOCUMENT = OtherFile("a text document")
ARCHIVE = OtherFile("a zip archive", EXPORT, UNPACK)
ZWIFT = OtherFile("a Zwift workout", AS_PLAN, "")
GARMIN_JSON = OtherFile(
    "a Garmin Connect workout in JSON", EXPORT, f"take it as .fit from the watch, or {WRITE}"
)

MAGIC: tuple[tuple[int, bytes, OtherFile], ...] = (
    (0, b"\x89PNG", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (8, b"WEBP", PICTURE),
    (4, b"ftyp", OtherFile("a picture or a film")),
    (0, b"%PDF", OtherFile("a PDF document")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OtherFile("an old Office document")),
    (0, b"{\\rtf", DOCUMENT),
    (0, b"SQLite format 3", OtherFile("a database")),
    (0, b"BEGIN:VCALENDAR", OtherFile("a calendar")),
    (0, b"\x1f\x8b", OtherFile("a compressed file (.gz)", EXPORT, UNPACK)),
    (0, b"7z\xbc\xaf", OtherFile("an archive (.7z)", UNPACK, UNPACK)),
    (0, b"Rar!", OtherFile("an archive (.rar)", UNPACK, UNPACK)),
)
"""Where in a file which bytes stand, and what it then is."""

IN_ZIP: tuple[tuple[bytes, OtherFile], ...] = (
    (b"xl/workbook", SPREADSHEET),
    (b"xl/worksheets", SPREADSHEET),
    (b"opendocument.spreadsheet", SPREADSHEET),
    (b"word/document", DOCUMENT),
    (b"opendocument.text", DOCUMENT),
    (b"Index/Tables", SPREADSHEET),
)
"""What stands in an archive that is an office file."""

ROOTS: dict[bytes, OtherFile] = {
    b"html": WEB_PAGE,
    b"workout_file": ZWIFT,
    b"gpx": OtherFile("a GPX track or route", EXPORT, AS_RUN),
    b"kml": OtherFile("a map file (KML), which has no times"),
    b"svg": PICTURE,
    b"pwx": OtherFile("a TrainingPeaks file (PWX)"),
    b"sml": OtherFile("a Suunto file (SML)"),
    b"openambitlog": OtherFile("a Suunto file (openambit)"),
    b"FitnessWorkbook": OtherFile("a SportTracks logbook"),
    b"HealthData": OtherFile("an Apple Health export, which has no single run"),
}
"""Root element of an XML file that is neither a recording nor a workout that is read."""

_GARMIN_KEY = rb'"(workoutName|workoutSegments|workoutSteps)"\s*:'
_OUR_RESULT = rb'"generator"\s*:\s*\{\s*"name"\s*:\s*"progcheck"'
_IS_PLAN = rb'(?m)^\W{0,4}"?blocks"?\s*:'
_TABLE = rb"[^\n;,\t]{0,60}([;,\t])(?:[^\n;,\t]{0,60}\1){1,60}[^\n;,\t]{0,60}\r?\n[^\n]{0,999}\1"
"""Patterns, compiled when one is first looked for: most files are what they should be."""


def other_file(content: bytes) -> OtherFile | None:
    """
    Say what a file is that is neither FIT, GPX as a track, nor TCX.

    Parameters
    ----------
    content : bytes
        The whole file; an archive is known by the names in it, which stand at its end.

    Returns
    -------
    OtherFile or None
        None for what may be a plan in text, and for what nobody knows.
    """
    head = content[:HEAD_BYTES]
    for at, magic, kind in MAGIC:
        if head.startswith(magic, at):
            return kind
    if head.startswith(b"PK"):
        names = head + content[-HEAD_BYTES:]
        return next((kind for name, kind in IN_ZIP if name in names), ARCHIVE)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:14].lower() == b"<!doctype html":
        return WEB_PAGE
    root = root_element(head)
    if root:
        return ROOTS.get(root) or ROOTS.get(root.lower())
    return _json(start)


def _json(start: bytes) -> OtherFile | None:
    """Say what JSON text is; a plan may be written as JSON too."""
    if start[:1] not in (b"{", b"["):
        return None
    if re.search(_GARMIN_KEY, start):
        return GARMIN_JSON
    if re.search(_OUR_RESULT, start):
        return OtherFile("a result of progcheck in JSON")
    is_data = start[1:].lstrip()[:1] in (b'"', b"{", b"[") and not re.search(_IS_PLAN, start)
    return OtherFile("data in JSON") if is_data else None


def other_text(content: bytes) -> OtherFile | None:
    """Say what a text is that was given as a recording; None where it is not text."""
    if b"\0" in content[:HEAD_BYTES]:
        return None
    try:
        content[:HEAD_BYTES].decode()
    except UnicodeDecodeError as error:
        if error.start < HEAD_BYTES - 4:
            return None
    if re.search(_IS_PLAN, content[:HEAD_BYTES]):
        return OtherFile("a plan", AS_PLAN)
    if re.match(_TABLE, content[:HEAD_BYTES]):
        return TABLE
    return OtherFile("text", f"if it is a plan, {AS_PLAN}; else {EXPORT}")
