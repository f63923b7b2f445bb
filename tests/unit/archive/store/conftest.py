"""Stores to be tested: a file, and a database of a real server."""

import uuid

import pytest

from analyzer.archive.store.store import Store
from tests.builders.postgres_server import new_database, programs, server


@pytest.fixture(scope="session")
def postgres():
    """Start a PostgreSQL for all tests of this process."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """Name a store that is not there yet, of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "squad.db")
    return new_database(request.getfixturevalue("postgres"), f"s{uuid.uuid4().hex}")


@pytest.fixture
def store(target):
    """Open a new store of either kind."""
    with Store.open(target, create=True) as opened:
        yield opened
