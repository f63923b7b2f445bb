"""The first tables: athletes, recordings, runs with blocks and findings, packed reviews; views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

VIEWS = {
    "all_runs": """
        SELECT athlete.name AS athlete, recording.label, recording.content,
               recording.is_recovered, run.*,
               CASE WHEN run.distance_m > 0 THEN 1000.0 * run.moving_s / run.distance_m END
                   AS moving_s_per_km
        FROM run
        JOIN recording ON recording.id = run.recording_id
        LEFT JOIN athlete ON athlete.id = recording.athlete_id""",
    "all_blocks": """
        SELECT athlete.name AS athlete, recording.label, run.day, run.plan_name, block.*
        FROM block
        JOIN run ON run.recording_id = block.recording_id
        JOIN recording ON recording.id = block.recording_id
        LEFT JOIN athlete ON athlete.id = recording.athlete_id""",
    "clear_findings": """
        SELECT athlete.name AS athlete, recording.label, run.day, run.plan_name,
               finding.recording_id, finding.code, finding.block, finding.value
        FROM finding
        JOIN run ON run.recording_id = finding.recording_id
        JOIN recording ON recording.id = finding.recording_id
        LEFT JOIN athlete ON athlete.id = recording.athlete_id
        WHERE finding.certainty = 'clear'""",
    "latest_runs": """
        SELECT * FROM all_runs
        WHERE recording_id IN (
            SELECT recording_id FROM (
                SELECT run.recording_id, ROW_NUMBER() OVER (
                    PARTITION BY recording.athlete_id
                    ORDER BY COALESCE(run.day, '0001-01-01') DESC,
                             COALESCE(run.start_utc, '0001-01-01 00:00:00') DESC,
                             run.recording_id DESC
                ) AS place
                FROM run JOIN recording ON recording.id = run.recording_id
                WHERE recording.athlete_id IS NOT NULL
            ) AS placed WHERE place = 1)""",
    "not_reviewed": """
        SELECT recording.label, recording.outcome, recording.reason, recording.why,
               athlete.name AS athlete, recording.day, recording.asked
        FROM recording
        LEFT JOIN athlete ON athlete.id = recording.athlete_id
        WHERE recording.outcome <> 'reviewed'""",
}
"""The common questions, for whoever opens the store in an SQL browser."""


def upgrade() -> None:
    """Make tables and views."""
    op.create_table(
        "athlete",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_athlete"),
        sa.UniqueConstraint("name", name="uq_athlete_name"),
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("athlete_id", sa.Integer),
        sa.Column("day", sa.Date),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("is_recovered", sa.Boolean, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recording"),
        sa.UniqueConstraint("content", name="uq_recording_content"),
        sa.ForeignKeyConstraint(["athlete_id"], ["athlete.id"], name="fk_recording_athlete_id"),
    )
    op.create_index("ix_recording_athlete_id_day", "recording", ["athlete_id", "day"])
    _runs()
    _parts()
    for name, question in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {question}")


def _runs() -> None:
    """Make the table of runs."""
    op.create_table(
        "run",
        sa.Column("recording_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("day", sa.Date),
        sa.Column("start_utc", sa.DateTime(timezone=True)),
        *(_float(name, nullable=False) for name in ("elapsed_s", "moving_s", "distance_m")),
        *(sa.Column(name, sa.Text) for name in ("device", "sport")),
        *(_text(name) for name in ("session", "stimulus", "plan_name", "plan_source")),
        *(_float(name) for name in ("score", "score_low", "score_high")),
        sa.Column("word", sa.Text),
        *(_float(name) for name in ("gained_s", "lost_s", "fade_pct")),
        _float("standing_s", nullable=False),
        sa.Column("steps_planned", sa.Integer, nullable=False),
        sa.Column("steps_taken", sa.Integer, nullable=False),
        _text("method"),
        sa.PrimaryKeyConstraint("recording_id", name="pk_run"),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name="fk_run_recording_id", ondelete="CASCADE"
        ),
    )
    for name in ("day", "session", "stimulus"):
        op.create_index(f"ix_run_{name}", "run", [name])


def _parts() -> None:
    """Make the tables of blocks, findings and packed reviews."""
    op.create_table(
        "block",
        *_of_a_run("block", "number"),
        *(_text(name) for name in ("name", "role", "status")),
        *(_float(name) for name in ("planned_s", "planned_m", "planned_s_per_km")),
        *(_float(name) for name in ("pace_s_per_km", "pace_se_s_per_km", "deviation_s_per_km")),
        _float("score"),
        _text("verdict"),
        _float("heart_rate_bpm"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding",
        *_of_a_run("finding", "number"),
        _text("code"),
        sa.Column("block", sa.Integer),
        _text("certainty"),
        _float("value"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_finding_code_certainty", "finding", ["code", "certainty"])
    op.create_table(
        "packed_review",
        *_of_a_run("packed_review"),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )


def _of_a_run(table: str, *numbers: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the key of a table that hangs on a run."""
    key = ("recording_id", *numbers)
    return (
        *(sa.Column(name, sa.Integer, nullable=False, autoincrement=False) for name in key),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["run.recording_id"],
            name=f"fk_{table}_recording_id",
            ondelete="CASCADE",
        ),
    )


def _float(name: str, *, nullable: bool = True) -> sa.Column[float]:
    """Return a column of numbers."""
    return sa.Column(name, sa.Float, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    """Return a column of words that are never missing."""
    return sa.Column(name, sa.Text, nullable=False)
