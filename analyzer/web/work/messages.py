"""The messages of some days, as a page shows them and as files to take along."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from analyzer.archive.kept_sheet import (
    greeting_of,
    greetings_of,
    kept_sheet,
    latest_week,
    squad_beside,
)
from analyzer.archive.store.packed import reading_of
from analyzer.report.language import say
from analyzer.report.squad.messages import message_to, messages_of
from analyzer.report.squad.view import NEED_WORDS, days_text
from analyzer.report.view import title, unit_of
from analyzer.safe_text import clean_text
from analyzer.web.work.kept import asking

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.days import Days
    from analyzer.archive.kept_sheet import KeptSheet
    from analyzer.archive.said import Said
    from analyzer.archive.store.records import StoredRun
    from analyzer.model.review import Review
    from analyzer.model.squad import SquadRow
    from analyzer.plans.athletes import Squad
    from analyzer.report.squad.messages import Message
    from analyzer.web.settings import Settings

Which = Literal["approved", "all"]

NOT_APPROVED = "not approved"
"""Folder of those in an archive of all."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only moment that an archive has: the same messages give the same bytes."""


class MessageShown(Struct, frozen=True):
    """
    A message, ready to be shown.

    Parameters
    ----------
    content : str
        What its run is known by; empty: it asks for a file.
    athlete : str
        To whom, safe to show.
    written : str
        What is written for what was found.
    approved : str or None
        What the coach approved.
    at_utc : datetime or None
        When.
    is_stale : bool
        Whether that was for an earlier reading.
    reading : str
        What tells this reading of the run from another.
    about : str
        Which run it is about, in one line.
    need : str
        Why the coach should look.
    """

    content: str
    athlete: str
    written: str
    approved: str | None = None
    at_utc: dt.datetime | None = None
    is_stale: bool = False
    reading: str = ""
    about: str = ""
    need: str = ""

    @property
    def is_approved(self) -> bool:
        """Whether the coach approved it for what was found."""
        return self.approved is not None and not self.is_stale

    @property
    def text(self) -> str:
        """What is shown to be changed: the coach's own words, else what is written."""
        return self.written if self.approved is None else self.approved


class MessagesShown(Struct, frozen=True):
    """
    The messages of some days.

    Parameters
    ----------
    first, last : date or None
        The days; None: open on that side.
    messages : tuple of MessageShown
        In the order of the squad sheet.
    without : tuple of str
        Who has no run in these days.
    """

    first: dt.date | None
    last: dt.date | None
    messages: tuple[MessageShown, ...]
    without: tuple[str, ...]

    @property
    def approved(self) -> int:
        """How many are approved."""
        return sum(message.is_approved for message in self.messages)


class _Found(NamedTuple):
    """A message as it would be sent, the row of its athlete, and the run that it is about."""

    message: Message
    row: SquadRow
    run: StoredRun
    review: Review


def messages_shown(settings: Settings, days: Days | None) -> MessagesShown:
    """Lay the messages of some days out for the page; None: of the latest week."""
    known = squad_beside(settings.store, settings.athletes)
    with asking(settings) as kept:
        shown = latest_week(kept) if days is None else days
        made = kept_sheet(kept, shown, known, is_followed=False)
        found = _found(made, known, settings)
        said = kept.said([each.run.content for each in found])
        messages = [_shown(each, said.get(each.run.content), known, settings) for each in found]
        without = (clean_text(row.athlete) for row in made.sheet.rows if row.review is None)
        return MessagesShown(shown.first, shown.last, tuple(messages), tuple(without))


def _found(made: KeptSheet, known: Squad | None, settings: Settings) -> list[_Found]:
    """Return the messages of a sheet, in its order."""
    runs = {id(review): run for run, review in made.runs}
    rows = {row.athlete: row for row in made.sheet.rows}
    found = []
    for message in messages_of(made.sheet, greetings_of(made.sheet, known), settings.units):
        row = rows[message.athlete]
        if row.review is not None:
            found.append(_Found(message, row, runs[id(row.review)], row.review))
    return found


def _shown(
    found: _Found, said: Said | None, known: Squad | None, settings: Settings
) -> MessageShown:
    """Lay one message out."""
    athlete, need = found.row.athlete, found.row.need
    approved = None if said is None else said.approved
    greeting = greeting_of(athlete, known) or athlete
    return MessageShown(
        content=found.run.content,
        athlete=clean_text(athlete),
        written=message_to(found.review, greeting, settings.units),
        approved=None if approved is None else approved.text,
        at_utc=None if approved is None else approved.at_utc,
        is_stale=found.row.heard.is_outdated,
        reading=reading_of(found.run.athlete, found.run.run.packed),
        about=title(found.review, unit_of(found.review, settings.units)),
        need="" if need is None else say(NEED_WORDS[need]),
    )


def messages_zip(settings: Settings, days: Days | None, which: Which) -> tuple[str, bytes]:
    """
    Return messages as an archive with a file each, and what it is called.

    Of all, those that are not approved lie in a folder of their own.
    """
    known = squad_beside(settings.store, settings.athletes)
    with asking(settings) as kept:
        shown = latest_week(kept) if days is None else days
        made = kept_sheet(kept, shown, known, is_followed=False)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in _found(made, known, settings):
                folder = "" if each.row.heard.message else f"{NOT_APPROVED}/"
                if not folder or which == "all":
                    info = zipfile.ZipInfo(f"{folder}{each.message.file}", EPOCH)
                    info.external_attr = 0o644 << 16
                    archive.writestr(info, each.message.text, zipfile.ZIP_DEFLATED)
        return f"messages {days_text(*shown)}".strip(), out.getvalue()
