"""Questions to the tables: what is known of recordings, the runs, the athletes, a few figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from analyzer.archive.records import BlockRow, FindingRow, Print, RunRow
from analyzer.archive.store.chunks import chunks
from analyzer.archive.store.records import AthleteRow, Kept, StoredRun
from analyzer.archive.store.saying import decisions
from analyzer.archive.store.schema import (
    ATHLETE,
    BLOCK,
    FINDING,
    PACKED_REVIEW,
    RECORDING,
    RUN,
    SAID,
)
from analyzer.archive.store.storable import storable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Select, Table
    from sqlalchemy.engine import Connection

AT_ONCE = 200
"""Runs that are in the memory at one time."""

COLUMNS_OF_RUN = tuple(name for name in RunRow._fields if name in RUN.c)
"""Fields of a run that are columns."""

OF_THE_RECORDING = [
    ATHLETE.c.name if name == "athlete" else RECORDING.c[name]
    for name in Kept._fields
    if name != "decided"
]
"""Columns of what is known of a recording."""

KNOWN = select(*OF_THE_RECORDING, SAID.c.recording_id).select_from(
    RECORDING.outerjoin(ATHLETE).outerjoin(SAID)
)
"""Asks for these, and last whether anything was said; made once, which saves a tenth."""


class Asked(NamedTuple):
    """
    Which runs are asked for; None is any.

    Parameters
    ----------
    since, until : date or None
        First and last day; runs of an unknown day are on none.
    athletes : sequence of str or None
        Whose.
    session, stimulus : str or None
        Digests, as `RunRow` has them.
    contents : sequence of str or None
        Of which recordings, as `Result` has them.
    is_packed : bool
        Whether the packed reviews are wanted, which are most of what there is to read.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    athletes: Sequence[str] | None = None
    session: str | None = None
    stimulus: str | None = None
    contents: Sequence[str] | None = None
    is_packed: bool = True


def known(connection: Connection, contents: Iterable[str]) -> dict[str, Kept]:
    """Return what is known of recordings, by content; of the others nothing is said."""
    found: dict[str, Kept] = {}
    for some in chunks(list(dict.fromkeys(contents))):
        rows = connection.execute(KNOWN.where(RECORDING.c.content.in_(some))).all()
        found |= {row[0]: Kept(*row[:-1]) for row in rows}
        spoken_of = [row[0] for row in rows if row[-1] is not None]
        for content, decided in decisions(connection, spoken_of).items():
            found[content] = found[content]._replace(decided=decided)
    return found


def prints(connection: Connection) -> list[Print]:
    """Return what each run is recognised by in another file, but those without a moment."""
    columns = (
        RECORDING.c.content, RECORDING.c.label, ATHLETE.c.name, RECORDING.c.inputs,
        RUN.c.start_utc, RUN.c.elapsed_s, RUN.c.distance_m, RUN.c.device,
    )  # fmt: skip
    timed = select(*columns).select_from(joined()).where(RUN.c.start_utc.is_not(None))
    question = timed.order_by(RECORDING.c.id)
    return [
        Print(content, label, name, inputs, start.timestamp(), *others)
        for content, label, name, inputs, start, *others in connection.execute(question)
    ]


def runs(connection: Connection, asked: Asked) -> Iterator[StoredRun]:
    """Return runs by day, by moment, and by label, a few at a time."""
    order = (RUN.c.day, RUN.c.start_utc, RECORDING.c.label, RUN.c.recording_id)
    ordered = select(RUN.c.recording_id).select_from(joined()).order_by(*order)
    numbers = connection.execute(_narrowed(ordered, asked)).scalars().all()
    for some in chunks(numbers, AT_ONCE):
        yield from runs_of(connection, some, is_packed=asked.is_packed)


def joined() -> Any:  # noqa: ANN401 - a join of any depth
    """Return runs with recordings and athletes beside them."""
    return RUN.join(RECORDING).outerjoin(ATHLETE)


def _narrowed(question: Select[Any], asked: Asked) -> Select[Any]:
    """Ask for no other runs than these."""
    for field, condition in CONDITIONS.items():
        value = getattr(asked, field)
        if value is not None:
            question = question.where(condition(value))
    return question


CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "since": lambda day: RUN.c.day >= day,
    "until": lambda day: RUN.c.day <= day,
    "athletes": lambda names: ATHLETE.c.name.in_([storable(name) for name in names]),
    "session": lambda digest: RUN.c.session == digest,
    "stimulus": lambda digest: RUN.c.stimulus == digest,
    "contents": lambda contents: RECORDING.c.content.in_(list(contents)),
}
"""What a field of `Asked` asks for."""


def runs_of(
    connection: Connection, numbers: Sequence[int], *, is_packed: bool
) -> Iterator[StoredRun]:
    """Return the runs of some recordings, in their order, with blocks and findings."""
    blocks = _parts(connection, BLOCK, BlockRow, numbers)
    findings = _parts(connection, FINDING, FindingRow, numbers)
    packed = _packed(connection, numbers) if is_packed else {}
    columns = [RUN.c[name] for name in COLUMNS_OF_RUN]
    question = select(
        RUN.c.recording_id, ATHLETE.c.name, RECORDING.c.label, RECORDING.c.content,
        RECORDING.c.is_recovered, *columns,
    ).select_from(joined())  # fmt: skip
    rows = connection.execute(question.where(RUN.c.recording_id.in_(numbers)))
    found = {row[0]: row for row in rows}
    for number in numbers:
        _, athlete, label, content, is_recovered, *own = found[number]
        run = RunRow(
            **dict(zip(COLUMNS_OF_RUN, own, strict=True)),
            blocks=tuple(blocks.get(number, ())),
            findings=tuple(findings.get(number, ())),
            packed=packed.get(number, b""),
        )
        yield StoredRun(athlete, label, content, is_recovered, run)


def _parts(
    connection: Connection,
    table: Table,
    kind: Any,  # noqa: ANN401 - a class of rows
    numbers: Sequence[int],
) -> dict[int, list[Any]]:
    """Return the rows of a table that belong to runs, in order, as records."""
    columns = [table.c[name] for name in kind._fields]
    asked = select(table.c.recording_id, *columns).where(table.c.recording_id.in_(numbers))
    found: dict[int, list[Any]] = {}
    for number, *values in connection.execute(asked.order_by(table.c.recording_id, table.c.number)):
        found.setdefault(number, []).append(kind(*values))
    return found


def _packed(connection: Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    """Return packed reviews."""
    asked = select(PACKED_REVIEW).where(PACKED_REVIEW.c.recording_id.in_(numbers))
    return {number: bytes(packed) for number, packed in connection.execute(asked)}


def athletes(connection: Connection) -> tuple[AthleteRow, ...]:
    """Return everyone of whom there is a recording, by name."""
    asked = (
        select(
            ATHLETE.c.name, func.count(RUN.c.recording_id), func.min(RUN.c.day), func.max(RUN.c.day)
        )
        .select_from(ATHLETE.join(RECORDING).outerjoin(RUN))
        .group_by(ATHLETE.c.name)
    )
    return tuple(sorted(AthleteRow(*row) for row in connection.execute(asked)))


def outcomes(connection: Connection) -> dict[str, int]:
    """Return what became of how many recordings."""
    asked = select(RECORDING.c.outcome, func.count()).group_by(RECORDING.c.outcome)
    return dict(sorted((row[0], row[1]) for row in connection.execute(asked)))


def days(connection: Connection) -> tuple[int, dt.date | None, dt.date | None]:
    """Return how many runs there are, and the days of the first and the last."""
    asked = select(func.count(), func.min(RUN.c.day), func.max(RUN.c.day)).select_from(RUN)
    count, first, last = connection.execute(asked).one()
    return count, first, last
