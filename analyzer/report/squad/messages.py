"""A message to each athlete of a squad, and what its file is called."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from analyzer.report.language import say
from analyzer.report.message import render_message
from analyzer.report.squad.view import days_text
from analyzer.safe_text import clean_text
from analyzer.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analyzer.model.review import Review
    from analyzer.model.squad import SquadSheet
    from analyzer.units import Unit

MOST_BYTES = 80
"""Longest name of a file without its ending; file systems take 255 bytes, mailers less."""

BESIDE_LETTERS = frozenset(" '\u2019.-_")
"""What may stand in a name beside letters, their marks and digits of every script."""

MARKED = re.compile(r".*-[0-9a-f]{8}(?:[0-9a-f]{56})?", re.DOTALL)
"""What a name looks like that was told from others; nobody may be called so from the start."""

RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""

ENDING = ".txt"


class Message(NamedTuple):
    """What is sent to one athlete, and the name of its file."""

    athlete: str
    file: str
    text: str


def messages_of(
    sheet: SquadSheet,
    greetings: Mapping[str, str] | None = None,
    units: Unit | None = None,
    *,
    asks_for_files: bool = False,
) -> tuple[Message, ...]:
    """
    Write to every athlete of a sheet about their latest run, in the order of the sheet.

    A message that the coach approved for this reading of the run is sent as it is.

    Parameters
    ----------
    sheet : SquadSheet
        The squad.
    greetings : mapping, optional
        What an athlete of the sheet is greeted by; left out, their name.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    asks_for_files : bool
        Whether those without a file are asked for one; else they get no message.
    """
    files = file_names(row.athlete for row in sheet.rows)
    messages = []
    for row in sheet.rows:
        name = (greetings or {}).get(row.athlete, "") or row.athlete
        if row.review is not None:
            text = row.heard.message or message_to(row.review, name, units)
        elif asks_for_files:
            text = _asking(sheet, name)
        else:
            continue
        messages.append(Message(row.athlete, files[row.athlete], f"{text}\n"))
    return tuple(messages)


def message_to(review: Review, name: str, units: Unit | None = None) -> str:
    """Write to an athlete about one run, greeted by a name; the message any review has."""
    named = replace(review, remarks=replace(review.remarks, name=name))
    return render_message(named, units, of_recording=False)


def _asking(sheet: SquadSheet, name: str) -> str:
    """Ask an athlete for their recording."""
    days = days_text(sheet.first_day, sheet.last_day)
    greeting = say("Hi {name},", name=clean_text(name))
    asked = (
        say("I have no run of yours ({days}). Did you run? If so, send me the file.", days=days)
        if days
        else say("I have no run of yours. Did you run? If so, send me the file.")
    )
    return f"{greeting}\n\n{asked}"


def file_names(athletes: Iterable[str]) -> dict[str, str]:
    """
    Name a file after each athlete; no two are alike, in upper or lower case.

    A name that had to be changed to be safe, or that another one has, ends in a few digits
    of its own digest: an athlete's file is called the same whoever else is in the squad.
    """
    names = sorted(set(athletes))
    plain = {name: _safe(name) for name in names}
    counts = Counter(safe.casefold() for safe in plain.values())
    own = {
        name
        for name, safe in plain.items()
        if safe == name and counts[safe.casefold()] == 1 and not MARKED.fullmatch(safe)
    }
    files: dict[str, str] = {}
    for digits in (8, 64):  # names can be made up that share eight digits, and none that share all
        files = {n: s if n in own else f"{s}-{_digest(n)[:digits]}" for n, s in plain.items()}
        if len({file.casefold() for file in files.values()}) == len(files):
            break
    return {name: file + ENDING for name, file in files.items()}


def _safe(athlete: str) -> str:
    """Return the part of a name that may stand in the name of a file; ``athlete`` if none does."""
    shown = (c if _is_safe(c) else "_" for c in clean_text(athlete))
    words = "".join(shown).strip(" .-_'\u2019")
    while len(words.encode()) > MOST_BYTES:
        words = words[:-1]
    words = words.strip(" .")
    return f"_{words}" if RESERVED.fullmatch(words) else words or "athlete"


def _is_safe(character: str) -> bool:
    """Whether no system or shell can take a character for anything but part of a name."""
    is_mark = unicodedata.category(character).startswith("M")
    return character.isalnum() or is_mark or character in BESIDE_LETTERS


def _digest(athlete: str) -> str:
    """Return what tells a name from every other."""
    return hashlib.sha256(athlete.encode("utf-8", "surrogatepass")).hexdigest()
