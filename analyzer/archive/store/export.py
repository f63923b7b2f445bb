"""The runs as one table for other programs: a row a run, the unit in the name of each column."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.archive.records import RunRow
from analyzer.archive.said import Ruling, Said
from analyzer.errors import MissingExtraError, StoreError
from analyzer.report.tables import safe_cell
from analyzer.report.write import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from analyzer.archive.store.records import StoredRun

ENDINGS = (".csv", ".parquet")
"""What a table may be written to."""

OF_THE_FILE = ("athlete", "label", "content", "is_recovered")
OF_THE_RUN = tuple(n for n in RunRow._fields if n not in ("blocks", "findings", "packed"))
OF_WHAT_WAS_SAID = ("ruled_start_s", "ruled_match", "note", "approved_utc")
CLEAR = "clear_findings"
"""Last column: codes of the clear findings, each once, a blank between them."""

COLUMNS = (*OF_THE_FILE, *OF_THE_RUN, *OF_WHAT_WAS_SAID, CLEAR)
"""Names of the cells of a run."""


def check_ending(path: str) -> None:
    """
    Refuse what no table is written to, before anything is read.

    Raises
    ------
    StoreError
        For another ending.
    """
    if Path(path).suffix.lower() not in ENDINGS:
        problem = f"a table is written to {' or '.join(ENDINGS)}"
        raise StoreError(Path(path).name, problem)


def write_table(
    runs: Iterable[StoredRun], path: str, said: Mapping[str, Said] | None = None
) -> int:
    """
    Write runs to a ``.csv`` or ``.parquet`` file, all of it or nothing.

    Parameters
    ----------
    runs : iterable of StoredRun
        In the order of the rows.
    path : str
        Where to.
    said : mapping of str to Said, optional
        What people said of the recordings, by content.

    Returns
    -------
    int
        How many rows there are.

    Raises
    ------
    StoreError
        For another ending.
    OutputError
        If the file cannot be written; an old one is then untouched.
    MissingExtraError
        For ``.parquet``, without pyarrow.
    """
    check_ending(path)
    writers: dict[str, Callable[[list[list[Any]]], bytes]] = {".csv": _csv, ".parquet": _parquet}
    rows = [row_of(run, (said or {}).get(run.content)) for run in runs]
    write_whole(path, writers[Path(path).suffix.lower()](rows))
    return len(rows)


def row_of(stored: StoredRun, said: Said | None = None) -> list[Any]:
    """Return the cells of a run, in the order of `COLUMNS`."""
    said = said or Said()
    clear = dict.fromkeys(f.code for f in stored.run.findings if f.certainty == "clear")
    own = [getattr(stored, name) for name in OF_THE_FILE]
    approved_utc = None if said.approved is None else said.approved.at_utc
    heard = [*(said.ruling or Ruling()), said.note, approved_utc]
    return [*own, *(getattr(stored.run, name) for name in OF_THE_RUN), *heard, " ".join(clear)]


def _csv(rows: list[list[Any]]) -> bytes:
    """Write CSV; unknown is ``NA``, and no text is one that a spreadsheet would calculate."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _parquet(rows: list[list[Any]]) -> bytes:
    """Write Parquet; unknown is null."""
    try:
        import pyarrow as pa
    except ImportError:
        extra, needed_for = "parquet", "a table in Parquet"
        raise MissingExtraError(extra, needed_for) from None
    import pandas as pd  # only where it is asked for

    table = pd.DataFrame(rows, columns=list(COLUMNS))
    schema = pa.schema([(name, _arrow_type(pa, name)) for name in table.columns])
    out = io.BytesIO()
    table.to_parquet(out, engine="pyarrow", index=False, schema=schema)
    return out.getvalue()


def _arrow_type(pa: Any, name: str) -> Any:  # noqa: ANN401 - pyarrow is not always there
    """Return the type of a column, which an empty table has too."""
    if name in ("day", "start_utc", "approved_utc"):
        return pa.date32() if name == "day" else pa.timestamp("us", tz="UTC")
    if name in ("steps_planned", "steps_taken"):
        return pa.int64()
    if name == "is_recovered":
        return pa.bool_()
    is_number = name.endswith(("_s", "_m", "_pct")) or name.startswith("score")
    return pa.float64() if is_number else pa.string()
