"""What a person said of recordings, into the tables and out of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from sqlalchemy import and_, case, delete, func, select, update

from analyzer.archive.said import MAX_MESSAGE, NOTHING, Approved, Decided, GivenPlan, Ruling, Said
from analyzer.archive.store.chunks import chunks
from analyzer.archive.store.records import SaidInfo
from analyzer.archive.store.save import insertion
from analyzer.archive.store.schema import RECORDING, SAID
from analyzer.archive.store.storable import storable
from analyzer.model.plan import Match
from analyzer.model.remarks import MAX_NOTE
from analyzer.plans.document import MAX_BYTES
from analyzer.safe_text import is_unsafe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

Row = dict[str, Any]

DECIDED = (SAID.c.start_s, SAID.c.match, SAID.c.plan_name, SAID.c.plan_content)
"""Columns that a recording is judged by."""

FARTHEST_S = 1e7
"""A start farther away is none: no recording lasts four months [s]."""


class UnsayableError(Exception):
    """What cannot be kept; its text says why, and repeats none of it."""


class Over(NamedTuple):
    """Texts that a column may have if it is to be changed; empty: none."""

    column: str
    texts: Collection[str]


class OtherTextError(Exception):
    """A column has another text than whoever changes it knows of."""

    def __init__(self, kept: str) -> None:
        self.kept = kept
        super().__init__()


def ruling_row(ruling: Ruling | None) -> Row:
    """
    Return the columns of a ruling; None takes it back.

    Raises
    ------
    UnsayableError
        For a start that is no number of seconds, or another word for what places blocks.
    """
    start_s, match = ruling or Ruling()
    if start_s is not None and not (math.isfinite(start_s) and abs(start_s) < FARTHEST_S):
        msg = "a start is a number of seconds from the start of the recording"
        raise UnsayableError(msg)
    if match is not None and match not in get_args(Match):
        msg = f"blocks are placed by one of {', '.join(get_args(Match))}"
        raise UnsayableError(msg)
    return {"start_s": None if start_s is None else float(start_s), "match": match}


def plan_row(plan: GivenPlan | None) -> Row:
    """Return the columns of a plan; None takes it back. UnsayableError for one that is too long."""
    name, content = plan or (None, None)
    if content is not None and len(content) > MAX_BYTES:
        msg = f"a plan has at most {MAX_BYTES // 1024} KiB"
        raise UnsayableError(msg)
    return {"plan_name": storable(name), "plan_content": content}


def decided_row(decided: Decided) -> Row:
    """Return the columns that a recording is judged by."""
    return {**ruling_row(decided.ruling), **plan_row(decided.plan)}


def note_row(note: str | None) -> Row:
    """Return the column of a note; None, or nothing but blanks, takes it back."""
    text = plain_text(note or "")
    if len(text) > MAX_NOTE:
        msg = f"a note has at most {MAX_NOTE} characters"
        raise UnsayableError(msg)
    return {"note": text or None}


def plain_text(text: str) -> str:
    """Return words in lines, without what could move a cursor, hide, or turn the writing."""
    lines = (line.replace("\t", " ").rstrip() for line in text.splitlines())
    return "\n".join("".join(c for c in line if not is_unsafe(c)) for line in lines).strip()


def approved_row(approved: Approved | None) -> Row:
    """Return the columns of a message; None takes it back."""
    if approved is None:
        return dict.fromkeys(("message", "approved_utc", "reading"))
    text = plain_text(approved.text)
    if not 0 < len(text) <= MAX_MESSAGE:
        msg = f"a message has 1 to {MAX_MESSAGE} characters"
        raise UnsayableError(msg)
    if approved.at_utc.tzinfo is None:
        msg = "a moment needs its zone"
        raise UnsayableError(msg)
    return {
        "message": text, "approved_utc": approved.at_utc, "reading": approved.reading,
    }  # fmt: skip


def set_said(connection: Connection, content: str, row: Row, over: Over | None = None) -> bool:
    """
    Change some columns of what was said of a recording.

    Parameters
    ----------
    connection : Connection
        One that writes.
    content : str
        Of the recording.
    row : dict
        The columns.
    over : Over, optional
        What one of them may have now, besides what it is changed to.

    Returns
    -------
    bool
        Whether there is such a recording.

    Raises
    ------
    OtherTextError
        If it has another one.
    """
    asked = select(RECORDING.c.id).where(RECORDING.c.content == content)
    number = connection.execute(asked.with_for_update(key_share=True)).scalar()  # one at a time
    if number is None:
        return False
    if over is not None:
        has = select(SAID.c[over.column]).where(SAID.c.recording_id == number)
        kept = connection.execute(has).scalar() or ""
        if kept not in {row[over.column] or "", *map(plain_text, over.texts)}:
            raise OtherTextError(kept)
    adding = insertion(connection, SAID).values(recording_id=number, **row)
    connection.execute(adding.on_conflict_do_update(index_elements=["recording_id"], set_=row))
    others = (c for c in SAID.c if c.name != "recording_id")
    is_empty = and_(SAID.c.recording_id == number, *(c.is_(None) for c in others))
    connection.execute(delete(SAID).where(is_empty))
    return True


def hand_on(connection: Connection, heirs: Mapping[str, str]) -> None:
    """
    Let what was said of a file hold for another file of the same run, which counts in its place.

    Of whom something was said already, that stays.

    Parameters
    ----------
    connection : Connection
        One that writes.
    heirs : mapping of str to str
        Content of the file that counts now, by that of the one that did.
    """
    for old, new in sorted(heirs.items()):
        asked = select(RECORDING.c.id, SAID.c.recording_id).select_from(RECORDING.outerjoin(SAID))
        heir = connection.execute(asked.where(RECORDING.c.content == new)).first()
        if heir is None or heir[1] is not None:
            continue
        before = select(RECORDING.c.id).where(RECORDING.c.content == old).scalar_subquery()
        moved = update(SAID).where(SAID.c.recording_id == before).values(recording_id=heir[0])
        connection.execute(moved)


def said(connection: Connection, contents: Iterable[str] | None = None) -> dict[str, Said]:
    """Return what was said of recordings, by content; None: of all of which anything was."""
    asked = select(
        RECORDING.c.content, *DECIDED, SAID.c.note, SAID.c.message, SAID.c.approved_utc,
        SAID.c.reading,
    ).select_from(SAID.join(RECORDING))  # fmt: skip
    if contents is None:
        questions = [asked]
    else:
        some = chunks(list(dict.fromkeys(contents)))
        questions = [asked.where(RECORDING.c.content.in_(these)) for these in some]
    return {row[0]: _said(row[1:]) for each in questions for row in connection.execute(each)}


def _said(row: Sequence[Any]) -> Said:
    """Make the record of a row."""
    *decided, note, message, at_utc, reading = row
    approved = None if message is None else Approved(message, at_utc, reading)
    ruling, plan = decided_of(*decided)
    return Said(ruling, plan, note, approved)


def decisions(connection: Connection, contents: Sequence[str]) -> dict[str, Decided]:
    """Return what a few recordings are judged by, by content."""
    if not contents:
        return {}
    asked = select(RECORDING.c.content, *DECIDED).select_from(SAID.join(RECORDING))
    rows = connection.execute(asked.where(RECORDING.c.content.in_(contents)))
    return {content: decided_of(*decided) for content, *decided in rows}


def decided_of(
    start_s: float | None, match: Match | None, name: str | None, content: bytes | None
) -> Decided:
    """Return what a recording is judged by, of its columns."""
    is_ruled = start_s is not None or match is not None
    if not is_ruled and content is None:
        return NOTHING
    return Decided(
        Ruling(start_s, match) if is_ruled else None,
        None if content is None else GivenPlan(name or "", bytes(content)),
    )


def counted(connection: Connection) -> SaidInfo:
    """Count what was said."""
    ruled = SAID.c.start_s.is_not(None) | SAID.c.match.is_not(None)
    asked = (SAID.c.note.is_not(None), ruled, SAID.c.plan_content.is_not(None),
             SAID.c.message.is_not(None))  # fmt: skip
    counts = [func.count(case((condition, 1))) for condition in asked]
    return SaidInfo._make(connection.execute(select(*counts).select_from(SAID)).one())
