"""The messages of some days, as a page shows them and as files to take along."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.archive.kept_messages import kept_messages
from analyzer.archive.kept_sheet import kept_sheet, latest_week, squad_beside
from analyzer.archive.store.packed import reading_of
from analyzer.report.language import say
from analyzer.report.squad.view import NEED_WORDS, days_text
from analyzer.report.view import title, unit_of
from analyzer.safe_text import clean_text
from analyzer.web.work.kept import asking

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.days import Days
    from analyzer.archive.kept_messages import KeptMessage
    from analyzer.archive.kept_sheet import KeptSheet
    from analyzer.archive.store.store import Store
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


def messages_shown(settings: Settings, days: Days | None) -> MessagesShown:
    """Lay the messages of some days out for the page; None: of the latest week."""
    with asking(settings) as kept:
        made, found, (first, last) = _found(settings, kept, days)
        needs = {row.athlete: row.need for row in made.sheet.rows}
        shown = []
        reviews = {run.content: review for run, review in made.runs}
        for each in found:
            if each.run is None:
                continue
            review = reviews[each.run.content]
            need = needs.get(each.message.athlete)
            approved = each.approved
            shown.append(
                MessageShown(
                    content=each.run.content,
                    athlete=clean_text(each.message.athlete),
                    written=each.message.text.rstrip("\n"),
                    approved=None if approved is None else approved.text,
                    at_utc=None if approved is None else approved.at_utc,
                    is_stale=each.is_stale,
                    reading=reading_of(each.run.athlete, each.run.run.packed),
                    about=title(review, unit_of(review, settings.units)),
                    need="" if need is None else say(NEED_WORDS[need]),
                )
            )
        without = (clean_text(row.athlete) for row in made.sheet.rows if row.review is None)
        return MessagesShown(first, last, tuple(shown), tuple(without))


def messages_zip(settings: Settings, days: Days | None, which: Which) -> tuple[str, bytes]:
    """
    Return messages as an archive with a file each, and what it is called.

    Of all, those that are not approved lie in a folder of their own.
    """
    with asking(settings) as kept:
        _, found, (first, last) = _found(settings, kept, days)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in found:
                folder = "" if each.is_approved else f"{NOT_APPROVED}/"
                if not folder or which == "all":
                    info = zipfile.ZipInfo(f"{folder}{each.message.file}", EPOCH)
                    info.external_attr = 0o644 << 16
                    archive.writestr(info, each.text, zipfile.ZIP_DEFLATED)
        days_words = days_text(first, last)
        return f"messages {days_words}".strip(), out.getvalue()


def _found(
    settings: Settings, kept: Store, days: Days | None
) -> tuple[KeptSheet, tuple[KeptMessage, ...], Days]:
    """Return sheet and messages of some days, and which days they are."""
    known = squad_beside(settings.store, settings.athletes)
    shown = latest_week(kept) if days is None else days
    made = kept_sheet(kept, shown, known)
    return made, kept_messages(kept, made, known, settings.units), shown
