"""Results into the tables: by content, so that what is saved twice is there once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from analyzer.archive.store.chunks import chunks
from analyzer.archive.store.copying import copy_rows, is_copied, upsert_copied
from analyzer.archive.store.schema import ATHLETE, BLOCK, FINDING, PACKED_REVIEW, RECORDING, RUN
from analyzer.archive.store.storable import storable, storable_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select, Table
    from sqlalchemy.engine import Connection

    from analyzer.archive.records import Result, RunRow

PARTS = frozenset({"blocks", "findings", "packed"})
"""Fields of a run that have tables of their own."""

Row = dict[str, Any]


def save_results(connection: Connection, results: Iterable[Result]) -> None:
    """
    Save results in the transaction of a connection; what was there of their contents gives way.

    A recording is one run of one athlete: whoever it is given to last has it. A copy, byte
    for byte, of a file that counts changes nothing of that one.

    Parameters
    ----------
    connection : Connection
        One that writes.
    results : iterable of Result
        In any order; of two of one content the later counts.
    """
    counting = _without_copies(connection, _one_a_content(results))
    athletes = _athletes(connection, {r.athlete for r in counting if r.athlete is not None})
    # In the order of contents: two that save the same wait for each other, and never both.
    recordings = [_recording(r, athletes) for r in counting]
    _upsert(connection, recordings)
    numbers = _numbers(connection, [r["content"] for r in recordings])
    for some in chunks(sorted(numbers.values())):
        connection.execute(delete(RUN).where(RUN.c.recording_id.in_(some)))
    _add_runs(connection, [(numbers[storable(r.content)], r.run) for r in counting if r.run])


def _one_a_content(results: Iterable[Result]) -> list[Result]:
    """Return the one that counts of each content, by content."""
    found: dict[str, Result] = {}
    for result in results:
        before = found.get(result.content)
        if before is None or not _is_copy(result, before.label):
            found[result.content] = result
    return [found[content] for content in sorted(found)]


def _is_copy(result: Result, label: str) -> bool:
    """Whether it is a copy of the file that has this label and the same content."""
    return result.outcome == "duplicate" and result.why == label != result.label


def _without_copies(connection: Connection, results: Sequence[Result]) -> list[Result]:
    """Leave out copies of files that are in the store."""
    doubles = [r.content for r in results if r.outcome == "duplicate"]
    labels: dict[str, str] = {}
    for some in chunks(doubles):
        asked = select(RECORDING.c.content, RECORDING.c.label).where(
            RECORDING.c.content.in_(some), RECORDING.c.outcome != "duplicate"
        )
        labels |= _pairs(connection, asked)
    return [r for r in results if not _is_copy(r, labels.get(r.content, r.label))]


def _pairs(connection: Connection, asked: Select[Any]) -> dict[str, Any]:
    """Return the second column by the first."""
    return {row[0]: row[1] for row in connection.execute(asked)}


def _athletes(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the number of each name, new ones included."""
    wanted = sorted({str(storable(name)) for name in names})
    found = _numbers_of_names(connection, wanted)
    new = [name for name in wanted if name not in found]
    if not new:
        return found
    adding = insertion(connection, ATHLETE).on_conflict_do_nothing(index_elements=["name"])
    connection.execute(adding, [{"name": name} for name in new])
    return found | _numbers_of_names(connection, new)


def _numbers_of_names(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the names that are known."""
    found: dict[str, int] = {}
    for some in chunks(names):
        asked = select(ATHLETE.c.name, ATHLETE.c.id).where(ATHLETE.c.name.in_(some))
        found |= _pairs(connection, asked)
    return found


def insertion(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - of either dialect
    """Return an insertion that may say what to do where there is a row already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def _recording(result: Result, athletes: dict[str, int]) -> Row:
    """Return the row of a recording."""
    row = storable_row(result._asdict())
    del row["run"]
    name = row.pop("athlete")
    return {**row, "athlete_id": None if name is None else athletes[name]}


def _upsert(connection: Connection, recordings: Sequence[Row]) -> None:
    """Add recordings, or renew those whose content is known."""
    if not recordings:
        return
    if is_copied(connection, recordings):
        upsert_copied(connection, RECORDING, recordings, "content")
        return
    adding = insertion(connection, RECORDING)
    renewed = {name: adding.excluded[name] for name in recordings[0] if name != "content"}
    adding = adding.on_conflict_do_update(index_elements=["content"], set_=renewed)
    connection.execute(adding, recordings)


def _numbers(connection: Connection, contents: Sequence[str]) -> dict[str, int]:
    """Return the number of the recording of each content."""
    found: dict[str, int] = {}
    for some in chunks(contents):
        asked = select(RECORDING.c.content, RECORDING.c.id).where(RECORDING.c.content.in_(some))
        found |= _pairs(connection, asked)
    return found


def _add_runs(connection: Connection, runs: Sequence[tuple[int, RunRow]]) -> None:
    """Add runs with all their parts, each under the number of its recording."""
    rows: dict[Table, list[Row]] = {RUN: [], BLOCK: [], FINDING: [], PACKED_REVIEW: []}
    for number, run in runs:
        mine = {"recording_id": number}
        own = {name: part for name, part in run._asdict().items() if name not in PARTS}
        rows[RUN].append({**mine, **storable_row(own)})
        rows[BLOCK] += [{**mine, **storable_row(block._asdict())} for block in run.blocks]
        rows[FINDING] += [
            {**mine, "number": place, **storable_row(finding._asdict())}
            for place, finding in enumerate(run.findings, start=1)
        ]
        rows[PACKED_REVIEW].append({**mine, "packed": run.packed})
    for table, added in rows.items():
        if is_copied(connection, added):
            copy_rows(connection, table, added)
        elif added:
            connection.execute(table.insert(), added)
