"""An athlete taken out of a store, with all that could tell there was one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from analyzer.archive.store.chunks import chunks
from analyzer.archive.store.schema import ATHLETE, RECORDING, SAID
from analyzer.archive.store.storable import storable

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def forget(connection: Connection, name: str) -> int:
    """
    Delete an athlete: runs, what else was found of theirs, and other rows that name them.

    Recordings that nobody has, in whose label or question the name stands, are forgotten
    too, and will be judged again if they are still there. Those of others lose the words
    in which the name stands, never the run.

    Parameters
    ----------
    connection : Connection
        One that writes.
    name : str
        As the store spells it.

    Returns
    -------
    int
        How many recordings of theirs there were.
    """
    spelt = storable(name)
    number = connection.execute(select(ATHLETE.c.id).where(ATHLETE.c.name == spelt)).scalar()
    own: list[int] = []
    if number is not None:
        mine = select(RECORDING.c.id).where(RECORDING.c.athlete_id == number)
        own = list(connection.execute(mine).scalars())
    _delete(connection, own + _nobodys(connection, spelt))
    _silence(connection, spelt)
    connection.execute(delete(ATHLETE).where(ATHLETE.c.name == spelt))
    return len(own)


def _delete(connection: Connection, numbers: list[int]) -> None:
    """Delete recordings, and with each all that hangs on it."""
    for some in chunks(numbers):
        connection.execute(delete(RECORDING).where(RECORDING.c.id.in_(some)))


def _nobodys(connection: Connection, name: str) -> list[int]:
    """Return recordings that nobody has and that name somebody."""
    words = (RECORDING.c.label, RECORDING.c.why, RECORDING.c.asked)
    asked = select(RECORDING.c.id, *words).where(RECORDING.c.athlete_id.is_(None))
    return [n for n, *said in connection.execute(asked) if any(is_named(t, name) for t in said)]


def _silence(connection: Connection, name: str) -> None:
    """Blank what was said of recordings of others, where somebody is named in it."""
    for column in (RECORDING.c.why, RECORDING.c.asked):
        asked = select(RECORDING.c.id, column).where(column != "")
        named = [n for n, said in connection.execute(asked) if is_named(said, name)]
        for some in chunks(named):
            changed = update(RECORDING).where(RECORDING.c.id.in_(some))
            connection.execute(changed.values({column.name: ""}))
    for column, others in OF_SAID.items():
        asked = select(SAID.c.recording_id, column).where(column.is_not(None))
        named = [n for n, said in connection.execute(asked) if is_named(_words(said), name)]
        for some in chunks(named):
            changed = update(SAID).where(SAID.c.recording_id.in_(some))
            connection.execute(changed.values(dict.fromkeys((column.name, *others))))


OF_SAID = {
    SAID.c.note: (),
    SAID.c.message: ("approved_utc", "reading"),
    SAID.c.plan_name: ("plan_content",),
    SAID.c.plan_content: ("plan_name",),
}
"""Words that people wrote, and the columns that go with them."""


def _words(said: str | bytes) -> str:
    """Return what was written as text; of a file that is none what looks like it."""
    return said if isinstance(said, str) else said.decode("utf-8", "replace")


def is_named(text: str, name: str) -> bool:
    """Whether a name stands in a text as a word of its own; ``Ann`` is not in ``Anna``."""
    whole = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"
    return re.search(whole, text, re.IGNORECASE) is not None
