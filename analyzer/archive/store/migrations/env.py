"""Where alembic begins: on the connection, and in the transaction, that it was handed."""

from __future__ import annotations

from alembic import context

from analyzer.archive.store.migrate import VERSION_TABLE
from analyzer.archive.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
context.run_migrations()
