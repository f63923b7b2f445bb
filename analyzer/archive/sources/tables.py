"""Tables that exports carry, read as text and no further than they are sound."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

MAX_ROWS = 100_000


class Table(NamedTuple):
    """
    Rows of a table.

    Parameters
    ----------
    rows : tuple of tuple of str
        The first has the names of the columns.
    why : str
        Why there are no more; empty if these are all.
    """

    rows: tuple[tuple[str, ...], ...]
    why: str = ""


def read_table(content: bytes, max_rows: int = MAX_ROWS) -> Table:
    """
    Read a ``.csv`` with cells in quotes, line breaks in them, and a mark at its beginning.

    Parameters
    ----------
    content : bytes
        UTF-8, or UTF-16 with its mark; what is neither is read with marks in its place.
    max_rows : int
        More are not read.
    """
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = content.decode(encoding, "replace")
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            if len(rows) > max_rows:
                return Table(tuple(rows), f"more rows than the limit of {max_rows}")
            if row:
                rows.append(tuple(row))
    except csv.Error:
        return Table(tuple(rows), f"the table cannot be read behind line {reader.line_num}")
    return Table(tuple(rows))


def _delimiter(text: str) -> str:
    """Return what stands between the names of the columns most often."""
    head = text[:4096].lstrip().partition("\n")[0]
    return max(",;\t", key=head.count)
