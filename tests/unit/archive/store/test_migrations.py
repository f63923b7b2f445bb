"""Every version of a store becomes one of this, with all that was in it."""

from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from analyzer.archive.store.access import engine_of
from analyzer.archive.store.migrate import MIGRATIONS, VERSION_TABLE, VERSIONS, migrate, version_of
from analyzer.archive.store.save import save_results
from analyzer.archive.store.schema import METADATA
from analyzer.archive.store.sqlite_file import WRITES
from analyzer.archive.store.store import Store
from analyzer.archive.store.target import target_of
from analyzer.errors import StoreError
from tests.builders.results import content_of, result_of


@contextmanager
def writing(target):
    """Connect to what may be no store yet."""
    engine = engine_of(target_of(target), create=True, wait_s=30.0)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        yield connection
    engine.dispose()


def test_the_versions_are_those_of_the_migrations():
    """In their order; a migration that nobody lists would never be run."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    found = [step.revision for step in ScriptDirectory.from_config(settings).walk_revisions()]
    assert tuple(reversed(found)) == VERSIONS


def test_the_migrations_make_the_tables_that_the_program_knows(target):
    """Columns, keys and indexes; in a file as on a server."""
    with writing(target) as connection:
        migrate(connection)
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []
        assert {"all_runs", "all_said", "latest_runs"} <= set(inspect(connection).get_view_names())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_any_version_is_brought_to_this_one(target, version):
    """And keeps its runs: those of each version are saved as they are, by tables all have had."""
    with writing(target) as connection:
        migrate(connection, to=version)
        assert version_of(connection) == version
        save_results(connection, [result_of("a")])
    with Store.open(target) as store:
        assert store.info().version == VERSIONS[-1]
        assert store.check() == []
        (stored,) = store.runs()
        assert stored.run == result_of("a").run
        assert store.said() == {}
        store.set_note(content_of("a"), "Ask about the heel.")
    with Store.open(target) as store:
        assert store.said()[content_of("a")].note == "Ask about the heel."


def test_a_store_of_a_later_version_is_refused_in_one_line(target):
    """As its tables may mean another thing; nothing in it is changed."""
    with writing(target) as connection:
        migrate(connection)
        connection.execute(text("UPDATE progcheck_version SET version_num = '0999'"))
    with pytest.raises(StoreError, match="newer progcheck") as refused:
        Store.open(target)
    assert len(str(refused.value).splitlines()) == 1
    with writing(target) as connection:
        assert version_of(connection) == "0999"


def test_a_migration_that_fails_leaves_the_store_as_it_was(target, monkeypatch):
    """Tables are made in the transaction too."""

    def failing(connection, to=VERSIONS[-1]):
        migrate(connection, to)
        raise KeyboardInterrupt

    monkeypatch.setattr("analyzer.archive.store.access.migrate", failing)
    with pytest.raises(KeyboardInterrupt):
        Store.open(target, create=True)
    monkeypatch.undo()
    with writing(target) as connection:
        assert version_of(connection) is None
        assert inspect(connection).get_table_names() == []
    with Store.open(target, create=True) as store:
        assert store.info().runs == 0
