"""What a person said of a recording: where its blocks lie, by which plan, a note, a message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ALL_SAID = """
    SELECT athlete.name AS athlete, recording.label, recording.content, recording.day,
           said.recording_id, said.start_s, said.match, said.plan_name, said.note,
           said.message, said.approved_utc
    FROM said
    JOIN recording ON recording.id = said.recording_id
    LEFT JOIN athlete ON athlete.id = recording.athlete_id"""


def upgrade() -> None:
    """Make the table and its view."""
    op.create_table(
        "said",
        sa.Column("recording_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("start_s", sa.Float),
        sa.Column("match", sa.Text),
        sa.Column("plan_name", sa.Text),
        sa.Column("plan_content", sa.LargeBinary),
        sa.Column("note", sa.Text),
        sa.Column("message", sa.Text),
        sa.Column("approved_utc", sa.DateTime(timezone=True)),
        sa.Column("reading", sa.Text),
        sa.PrimaryKeyConstraint("recording_id", name="pk_said"),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name="fk_said_recording_id", ondelete="CASCADE"
        ),
    )
    op.execute(f"CREATE VIEW all_said AS {ALL_SAID}")
