"""Many rows at once into PostgreSQL by ``COPY``: one stream for a table, and no statement a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, DateTime, Float, Integer, LargeBinary, Text
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Column, Table
    from sqlalchemy.engine import Connection

LEAST_ROWS = 8
"""Fewer are inserted as fast, and a stream has a beginning and an end to pay for."""

KINDS = (
    (Boolean, "bool"),
    (Date, "date"),
    (DateTime, "timestamptz"),
    (Float, "float8"),
    (Integer, "int4"),
    (LargeBinary, "bytea"),
    (Text, "text"),
)
"""What a column is called in PostgreSQL: a binary stream says nothing of its types itself."""

Row = dict[str, Any]


def is_copied(connection: Connection, rows: Sequence[Row]) -> bool:
    """Whether rows go by ``COPY``: on PostgreSQL, and where there are some."""
    return connection.dialect.name == "postgresql" and len(rows) >= LEAST_ROWS


def copy_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """
    Add rows to a table.

    Parameters
    ----------
    connection : Connection
        One that writes, to PostgreSQL.
    table : Table
        One of ours.
    rows : sequence of dict
        All with the same columns.

    Raises
    ------
    DBAPIError
        As an insertion would: all of the transaction is void then.
    """
    _copy(connection, table.name, [table.c[name] for name in rows[0]], rows)


def upsert_copied(connection: Connection, table: Table, rows: Sequence[Row], key: str) -> None:
    """
    Add rows, or renew those whose key is known, by way of a table that ends with the transaction.

    Parameters
    ----------
    connection, table, rows
        As in `copy_rows`; rows are in the order of their keys, each key once.
    key : str
        The column that says which row is meant.
    """
    columns = ", ".join(rows[0])
    renewed = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name != key)
    coming = f"coming_{table.name}"
    # Names are those of our own tables: nothing of them comes from outside.
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {coming} ON COMMIT DROP AS "  # noqa: S608
        f"SELECT {columns} FROM {table.name} WITH NO DATA"
    )
    _copy(connection, coming, [table.c[name] for name in rows[0]], rows)
    # Sorted, so that two writers of the same rows wait for each other and never both.
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {coming} ORDER BY {key} "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {renewed}"
    )


def _copy(
    connection: Connection, target: str, columns: Sequence[Column[Any]], rows: Iterable[Row]
) -> None:
    """Send rows in one binary stream."""
    import psycopg  # there, as the connection is one of its own

    names = ", ".join(column.name for column in columns)
    driver: Any = connection.connection.driver_connection
    try:
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {target} ({names}) FROM STDIN (FORMAT BINARY)") as stream,
        ):
            stream.set_types([_kind(column) for column in columns])
            for row in rows:
                stream.write_row(tuple(row.values()))
    except psycopg.Error as error:
        said = "COPY"
        raise DBAPIError(said, None, error) from None


def _kind(column: Column[Any]) -> str:
    """Return what PostgreSQL calls the type of a column."""
    kind = getattr(column.type, "impl", column.type)
    return next(name for known, name in KINDS if isinstance(kind, known))
