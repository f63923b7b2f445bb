"""
The tables of a store, as SQLAlchemy has them; `migrations` makes them, `views` tells them.

A name in words of people is in `athlete` alone; what belongs to one row goes with it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables, their constraints by name, so that a migration can name them too."""


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC; SQLite keeps no zones, so it is said again on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Turn to UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:  # noqa: ANN401
        """Say that it is UTC."""
        if value is None or value.tzinfo is not None:
            return None if value is None else value.astimezone(dt.UTC)
        return value.replace(tzinfo=dt.UTC)  # type: ignore[no-any-return]


ATHLETE = Table(
    "athlete",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)
"""Whose runs there are."""

RECORDING = Table(
    "recording",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("content", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("why", Text, nullable=False),
    Column("athlete_id", Integer, ForeignKey("athlete.id")),
    Column("day", Date),
    Column("inputs", Text, nullable=False),
    Column("is_recovered", Boolean, nullable=False),
    Column("asked", Text, nullable=False),
    Index(None, "athlete_id", "day"),
)
"""What became of each file, known by the SHA-256 of its content: a row a content."""

RUN = Table(
    "run",
    METADATA,
    Column(
        "recording_id", Integer, ForeignKey("recording.id", ondelete="CASCADE"),
        primary_key=True, autoincrement=False,
    ),
    Column("day", Date, index=True),
    Column("start_utc", Moment),
    Column("elapsed_s", Float, nullable=False),
    Column("moving_s", Float, nullable=False),
    Column("distance_m", Float, nullable=False),
    Column("device", Text),
    Column("sport", Text),
    Column("session", Text, nullable=False, index=True),
    Column("stimulus", Text, nullable=False, index=True),
    Column("plan_name", Text, nullable=False),
    Column("plan_source", Text, nullable=False),
    Column("score", Float),
    Column("score_low", Float),
    Column("score_high", Float),
    Column("word", Text),
    Column("gained_s", Float),
    Column("lost_s", Float),
    Column("fade_pct", Float),
    Column("standing_s", Float, nullable=False),
    Column("steps_planned", Integer, nullable=False),
    Column("steps_taken", Integer, nullable=False),
    Column("method", Text, nullable=False),
)  # fmt: skip
"""The judged run of a recording; columns as in `RunRow`."""

BLOCK = Table(
    "block",
    METADATA,
    Column(
        "recording_id", Integer, ForeignKey("run.recording_id", ondelete="CASCADE"),
        primary_key=True, autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("planned_s", Float),
    Column("planned_m", Float),
    Column("planned_s_per_km", Float),
    Column("pace_s_per_km", Float),
    Column("pace_se_s_per_km", Float),
    Column("deviation_s_per_km", Float),
    Column("score", Float),
    Column("verdict", Text, nullable=False),
    Column("heart_rate_bpm", Float),
    sqlite_with_rowid=False,
)  # fmt: skip
"""The blocks of a run; columns as in `BlockRow`."""

FINDING = Table(
    "finding",
    METADATA,
    Column(
        "recording_id", Integer, ForeignKey("run.recording_id", ondelete="CASCADE"),
        primary_key=True, autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("block", Integer),
    Column("certainty", Text, nullable=False),
    Column("value", Float),
    Index(None, "code", "certainty"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""The findings of a run, counted from 1; columns as in `FindingRow`."""

PACKED_REVIEW = Table(
    "packed_review",
    METADATA,
    Column(
        "recording_id", Integer, ForeignKey("run.recording_id", ondelete="CASCADE"),
        primary_key=True, autoincrement=False,
    ),
    Column("packed", LargeBinary, nullable=False),
)  # fmt: skip
"""The whole review, in a table of its own, so that a look at the columns reads none of it."""

SAID = Table(
    "said",
    METADATA,
    Column(
        "recording_id", Integer, ForeignKey("recording.id", ondelete="CASCADE"),
        primary_key=True, autoincrement=False,
    ),
    Column("start_s", Float),
    Column("match", Text),
    Column("plan_name", Text),
    Column("plan_content", LargeBinary),
    Column("note", Text),
    Column("message", Text),
    Column("approved_utc", Moment),
    Column("reading", Text),
)  # fmt: skip
"""What a person said of a recording: it hangs on that, not on the run, and outlives each result."""
