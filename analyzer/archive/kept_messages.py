"""Messages about runs of a store: what is written for each, and what the coach approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analyzer.archive.kept_sheet import greetings_of
from analyzer.archive.store.packed import reading_of
from analyzer.model.squad import Heard
from analyzer.report.squad.messages import Message, messages_of

if TYPE_CHECKING:
    from analyzer.archive.kept_sheet import KeptSheet
    from analyzer.archive.said import Approved
    from analyzer.archive.store.records import StoredRun
    from analyzer.archive.store.store import Store
    from analyzer.plans.athletes import Squad
    from analyzer.units import Unit


class KeptMessage(NamedTuple):
    """
    A message to an athlete.

    Parameters
    ----------
    message : Message
        To whom, the name of its file, and what is written for what was found.
    run : StoredRun or None
        What it is about; None: it asks for a file.
    approved : Approved or None
        What the coach approved.
    is_stale : bool
        Whether that was for an earlier reading of the run: something else was found since.
    """

    message: Message
    run: StoredRun | None = None
    approved: Approved | None = None
    is_stale: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether the coach approved it for what was found."""
        return self.approved is not None and not self.is_stale

    @property
    def text(self) -> str:
        """What is sent: what the coach approved, else what is written."""
        if self.approved is None or self.is_stale:
            return self.message.text
        return f"{self.approved.text}\n"


def kept_messages(
    kept: Store,
    made: KeptSheet,
    known: Squad | None,
    units: Unit | None = None,
    *,
    asks_for_files: bool = False,
) -> tuple[KeptMessage, ...]:
    """
    Return the messages of a sheet, in its order.

    Parameters
    ----------
    kept : Store
        Where the sheet comes from.
    made : KeptSheet
        The sheet.
    known : Squad or None
        How athletes are greeted.
    units : {'km', 'mi'}, optional
        Left out: those of each athlete's own plan.
    asks_for_files : bool
        Whether those without a file are asked for one; else they get no message.
    """
    greetings = greetings_of(made.sheet, known)
    rows = tuple(row._replace(heard=Heard()) for row in made.sheet.rows)
    as_found = made.sheet._replace(rows=rows)
    messages = messages_of(as_found, greetings, units, asks_for_files=asks_for_files)
    runs = {id(review): run for run, review in made.runs}
    latest = {
        row.athlete: runs.get(id(row.review)) for row in made.sheet.rows if row.review is not None
    }
    about = [(message, latest.get(message.athlete)) for message in messages]
    said = kept.said([run.content for _, run in about if run is not None])
    found = []
    for message, run in about:
        heard = None if run is None else said.get(run.content)
        approved = None if heard is None else heard.approved
        is_stale = run is not None and is_stale_for(approved, run)
        found.append(KeptMessage(message, run, approved, is_stale))
    return tuple(found)


def is_stale_for(approved: Approved | None, run: StoredRun) -> bool:
    """Whether a message was approved for another reading of a run than the one that is kept."""
    return approved is not None and approved.reading != reading_of(run.athlete, run.run.packed)
