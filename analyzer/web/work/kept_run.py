"""One run that is kept, as a page shows it, and in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.archive.kept_sheet import greeting_of, squad_beside
from analyzer.archive.squad import heard_of
from analyzer.archive.store.packed import reading_of
from analyzer.report.html import article
from analyzer.report.overruling import at_hand
from analyzer.report.squad.messages import message_to
from analyzer.report.view import title, unit_of
from analyzer.report.write import render_report
from analyzer.safe_text import clean_text
from analyzer.web.work.kept import asking, reviews_of
from analyzer.web.work.messages import MessageShown

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.archive.said import Said
    from analyzer.archive.store.records import StoredRun
    from analyzer.model.review import Review
    from analyzer.web.settings import Settings


class RunShown(Struct, frozen=True):
    """
    A run that is kept, ready to be shown.

    Parameters
    ----------
    content : str
        What it is known by.
    athlete, label : str
        Whose, safe to show and empty where nobody knows; and what its file is called.
    name : str
        Of the athlete as the store has it.
    day : date or None
        Of the run.
    title : str
        What it is, in one line.
    article : str
        The review, as finished markup.
    message : MessageShown
        To the athlete.
    note : str
        The coach's own.
    is_overruled : bool
        Whether somebody decided where its blocks lie.
    """

    content: str
    athlete: str
    label: str
    name: str
    day: dt.date | None
    title: str
    article: str
    message: MessageShown
    note: str
    is_overruled: bool


def run_shown(settings: Settings, content: str) -> RunShown:
    """
    Lay a run out for the page.

    Raises
    ------
    RefusedError
        If it is not in the store, or no longer.
    """
    with asking(settings) as kept:
        ((run, review),) = reviews_of(kept, [content])
        said = kept.said([content]).get(content)
        unit = unit_of(review, settings.units)
        return RunShown(
            content=content,
            athlete=clean_text(run.athlete or ""),
            label=clean_text(run.label, 300),
            name=run.athlete or "",
            day=run.run.day,
            title=title(review, unit),
            article=article(review, unit),
            message=message_shown(settings, run, review, said),
            note="" if said is None else said.note or "",
            is_overruled=said is not None and said.ruling is not None,
        )


def message_shown(
    settings: Settings, run: StoredRun, review: Review, said: Said | None
) -> MessageShown:
    """Write the message about a run, and say whether the coach approved one."""
    athlete = run.athlete or ""
    greeting = greeting_of(athlete, squad_beside(settings.store, settings.athletes))
    approved = None if said is None else said.approved
    return MessageShown(
        content=run.content,
        athlete=clean_text(athlete),
        written=message_to(review, greeting or athlete, settings.units),
        approved=None if approved is None else approved.text,
        at_utc=None if approved is None else approved.at_utc,
        is_stale=heard_of(run, said).is_outdated,
        reading=reading_of(run.athlete, run.run.packed),
    )


def kept_message(settings: Settings, content: str) -> MessageShown:
    """Return the message about a run alone; RefusedError as `run_shown`."""
    with asking(settings) as kept:
        ((run, review),) = reviews_of(kept, [content])
        return message_shown(settings, run, review, kept.said([content]).get(content))


def kept_form(settings: Settings, content: str, form: str) -> tuple[str, bytes]:
    """Return a run in one form, and what its file is called before the ending."""
    with asking(settings) as kept, at_hand("options"):
        ((run, review),) = reviews_of(kept, [content])
        day = "" if run.run.day is None else run.run.day.isoformat()
        stem = "-".join(part for part in (clean_text(run.athlete or "", 60), day) if part)
        return stem or "run", render_report([review], form, settings.units)
