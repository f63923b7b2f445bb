"""Numbers and times as XML files should write them; anything else is unknown, never guessed."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.activity import RecordingWarning
from analyzer.safe_text import escape_text

if TYPE_CHECKING:
    from analyzer.parsers.guarded_xml import Place

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?", re.ASCII)


def number(text: str | None) -> float:
    """Return a finite number in plain ASCII; NaN for anything else."""
    if text is None or len(text) > 40 or not _NUMBER.fullmatch(text.strip()):
        return math.nan
    value = float(text)
    return value if -1e300 < value < 1e300 else math.nan


def seconds(text: str | None) -> tuple[float, bool]:
    """
    Return a time as seconds since 1970 in UTC, and whether it named its zone.

    A time without a zone counts as UTC; NaN for anything that is no time.
    """
    text = (text or "").strip()
    match = _TIME.fullmatch(text)
    if match is None:
        return math.nan, True
    has_zone = match[1] is not None
    try:
        moment = datetime.fromisoformat(text if has_zone else text + "Z")
        return moment.timestamp(), has_zone
    except (ValueError, OverflowError):
        return math.nan, True


def shape_of(text: str, most: int = 20) -> str:
    """
    Return a text that cannot be read as its shape alone: ``##.##`` for digits, ``aa`` for letters.

    What stands where a number should may be a coordinate, a name or an address: none is shown.
    """
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "#", escape_text(text, most)))


class Unread(Struct):
    """Counts the values of a file that are not numbers, and keeps the first."""

    count: int = 0
    name: str = ""
    text: str = ""
    line: int = 0

    def number(self, name: str, text: str, at: Place) -> float:
        """Return a number; a text that is none is counted, and NaN. No text is no value."""
        value = number(text)
        if math.isnan(value) and text.strip():
            self.count += 1
            if self.count == 1:
                self.name, self.text = escape_text(name, 30), shape_of(text.strip())
                self.line = at.CurrentLineNumber
        return value

    def warnings(self) -> tuple[RecordingWarning, ...]:
        """Return the warning, if there is anything to warn of."""
        if not self.count:
            return ()
        facts = {"name": self.name, "text": self.text}
        return (
            RecordingWarning("VALUES_DROPPED", "unread", facts, line=self.line, dropped=self.count),
        )
