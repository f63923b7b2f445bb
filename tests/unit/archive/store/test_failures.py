"""What goes wrong with a store is one line: what it is, and what to do about it."""

import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import event

from analyzer.archive.store.store import Store
from analyzer.archive.store.target import target_of
from analyzer.errors import MissingExtraError, StoreError
from tests.builders.postgres_server import PASSWORD, free_port, new_database
from tests.builders.results import result_of, run_row
from tests.places import ROOT


def problem(target, *, create=False):
    """Open a store that cannot be used, and return the line."""
    with pytest.raises(StoreError) as raised:
        Store.open(str(target), create=create)
    line = str(raised.value)
    assert "\n" not in line
    assert raised.value.exit_code == 74
    return line


@pytest.fixture
def filled(tmp_path):
    """Make a store of some size, closed."""
    path = tmp_path / "squad.db"
    with Store.open(str(path), create=True) as store:
        store.save([result_of(i, f"Athlete {i % 5}") for i in range(300)])
    return path


def test_a_folder_a_missing_file_and_a_missing_folder(tmp_path):
    """By their names, not by their paths."""
    assert problem(tmp_path) == f"{tmp_path.name}: is a folder: name a file in it"
    assert problem(tmp_path, create=True) == f"{tmp_path.name}: is a folder: name a file in it"
    missing = "there is no such store: check the name and the folder"
    assert problem(tmp_path / "no.db") == f"no.db: {missing}"
    assert problem(tmp_path / "no" / "x.db", create=True) == "x.db: there is no such folder"


@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_database(tmp_path, create):
    """It is left as it is."""
    path = tmp_path / "run.fit"
    path.write_bytes(b"no database, whatever it is " * 200)
    before = path.read_bytes()
    assert problem(path, create=create) == "run.fit: is no progcheck store"
    assert path.read_bytes() == before


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_another_program(tmp_path, create):
    """No table is added to it."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.close()
    assert problem(path, create=create) == "other.db: is no progcheck store"


def test_an_empty_file(tmp_path):
    """It is no store, and may become one."""
    path = tmp_path / "empty.db"
    path.touch()
    assert problem(path) == "empty.db: is no progcheck store"
    with Store.open(str(path), create=True) as store:
        assert store.check() == []


def test_a_newer_store_is_refused_and_left_as_it_is(target):
    """In a file as on a server."""
    with Store.open(target, create=True) as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE progcheck_version SET version_num = '9999'")
    for create in (False, True):
        line = problem(target, create=create)
        assert line.endswith("was written by a newer progcheck: pip install --upgrade progcheck")


def all_of(path):
    """Do everything with a store, and return the lines of what fails, and of what is found."""
    lines = []

    def tried(action):
        try:
            return action()
        except StoreError as error:
            lines.append(str(error))
            return None

    store = tried(lambda: Store.open(str(path)))
    if store is None:
        return lines
    with store:
        for action in (
            store.check,
            store.info,
            lambda: list(store.runs()),
            lambda: store.save([result_of(i, "Zoe") for i in range(20)]),
            lambda: store.forget("Athlete 3"),
        ):
            found = tried(action)
            lines += found if isinstance(found, list) and action == store.check else []
    return lines


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.97])
def test_a_truncated_file_is_damaged(filled, share):
    """Whatever is done with it."""
    content = filled.read_bytes()
    filled.write_bytes(content[: int(share * len(content))])
    lines = all_of(filled)
    assert lines
    assert all("\n" not in line for line in lines)
    assert any("is damaged" in line for line in lines)


@pytest.mark.parametrize("seed", range(6))
def test_garbage_in_the_middle_is_found(filled, seed):
    """By the check at least, and nothing fails but with a line."""
    content = bytearray(filled.read_bytes())
    rng = random.Random(seed)
    for _ in range(4):
        at = rng.randrange(4096, len(content) - 6000)
        content[at : at + 6000] = rng.randbytes(6000)
    filled.write_bytes(content)
    lines = all_of(filled)
    assert lines
    assert all("\n" not in line and len(line) <= 400 for line in lines)


def test_a_store_that_another_holds_is_locked(filled):
    """After the wait; reading goes on all the while."""
    holder = sqlite3.connect(filled, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store.open(str(filled), wait_s=0.2) as store:
        assert store.info().runs == 300
        with pytest.raises(StoreError, match=r"^squad.db: is locked by another program: try again"):
            store.save([result_of("new")])
        holder.execute("COMMIT")
        holder.close()
        store.save([result_of("new")])
        assert store.info().runs == 301


def test_a_full_disk_saves_nothing_and_loses_nothing(filled):
    """SQLite is told that the disk ends here; what was saved before is there."""
    with Store.open(str(filled)) as store:

        @event.listens_for(store._engine, "begin")
        def _(connection):
            connection.exec_driver_sql("PRAGMA max_page_count = 10")

        with pytest.raises(StoreError, match=r"^squad.db: the disk is full: nothing of this"):
            store.save([result_of(i) for i in range(300, 900)])
    with Store.open(str(filled)) as store:
        assert store.info().runs == 300
        assert store.check() == []


AS_NOBODY = """
import os, sys, tempfile
from analyzer.archive.store.store import Store
from analyzer.errors import StoreError
from tests.builders.results import result_of
result = result_of("new")
with tempfile.TemporaryDirectory() as folder:  # loads all there is to load, while it may
    with Store.open(folder + "/x.db", create=True) as store:
        store.save([result])
if os.getuid() == 0:
    os.seteuid(65534)
try:
    with Store.open(sys.argv[1], create=True) as store:
        store.save([result])
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("what", ["file", "folder", "new"])
def test_a_file_or_folder_that_may_not_be_written(filled, what):
    """As somebody who has no right to: an old store, and one that is not there yet."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "squad.db"
    try:
        if what != "new":
            shutil.copy(filled, path)
            path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        folder.chmod(0o777 if what == "file" else 0o555)
        command = [sys.executable, "-c", AS_NOBODY, str(path)]
        done = subprocess.run(
            command, capture_output=True, check=False, cwd=ROOT, text=True, timeout=60
        )
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert "check the" in done.stdout
    assert "rights" in done.stdout


def test_an_address_that_is_none_is_not_repeated():
    """There may be a password in it."""
    for text in (
        "mysql://anna:s3cret@host/db", "postgresql://anna:s3cret@host:port/db",
        "postgresql://anna:s3cret@host", "s3cret://x", "postgres://anna:s3cret@[::1/db",
    ):  # fmt: skip
        with pytest.raises(StoreError) as raised:
            target_of(text)
        assert "anna" not in str(raised.value)
        assert text.startswith("s3cret") or "s3cret" not in str(raised.value)


def test_a_password_is_in_no_name():
    """Neither in front of the host nor among the options."""
    target = target_of("postgres://anna:s3c%40ret@db.example:5433/squad?password=s3cret&x=y")
    assert target.name == "postgresql://db.example:5433/squad"


def test_a_server_out_of_reach():
    """Nobody listens there."""
    address = f"postgresql://anna:{PASSWORD}@127.0.0.1:{free_port()}/squad"
    line = problem(address, create=True)
    assert line.endswith("/squad: cannot be reached: check address and network")
    assert PASSWORD not in line


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((PASSWORD, "wrong-word"), "user or password is refused"),
        ((f":{PASSWORD}", ""), "user or password is refused"),
        (("postgres:", "nobody:"), "user or password is refused"),
        (("/squad", "/nowhere"), "there is no such database"),
    ],
)
def test_a_server_that_lets_nobody_in(postgres, change, words):
    """Wrong password, none, wrong user, no such database; the password is never repeated."""
    line = problem(f"{postgres}/squad".replace(*change), create=True)
    assert line.endswith(f": {words}")
    assert PASSWORD not in line
    assert "wrong-word" not in line


def test_a_missing_driver_names_the_extra(monkeypatch):
    """And how to install it."""
    monkeypatch.setattr("analyzer.archive.store.postgres.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'progcheck\[postgres\]'"):
        Store.open("postgresql://anna@host/squad")


def test_a_server_that_stops_in_the_middle(postgres):
    """The next save says so in a line, and the one after it finds its way again."""
    target = new_database(postgres, "stopping")
    with Store.open(target, create=True) as store:
        store.save([result_of("a")])
        with Store.open(target) as other, other._engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        with pytest.raises(StoreError, match=r"(shutting down|cannot be reached)"):
            store.save([result_of("b")])
        store.save([result_of("b")])
        assert store.info().runs == 2


def test_a_forgotten_name_is_in_no_byte_of_the_files(tmp_path):
    """Neither in the store nor in the log beside it; their runs neither."""
    path = tmp_path / "squad.db"
    name, plan = "Wilhelmine", "Wilhelmine's Tuesday"
    with Store.open(str(path), create=True) as store:
        store.save([result_of(i, "Ben") for i in range(50)])
        mine = [result_of(f"w{i}", name, run=run_row(plan_name=plan)) for i in range(50)]
        store.save([r._replace(label=f"squad/wilhelmine/{i}.fit") for i, r in enumerate(mine)])
        assert name.encode() in everything(tmp_path)
        assert store.forget(name) == 50
        content = everything(tmp_path)
        for trace in (name, "wilhelmine", *(r.content for r in mine)):
            assert trace.encode() not in content
        assert store.info().runs == 50
        assert store.check() == []


def test_forgetting_beside_a_reader_says_that_bytes_are_left(filled):
    """All is deleted, and gone once it is done again."""
    with Store.open(str(filled), wait_s=0.2) as store:
        reading = store.runs()
        next(reading)
        with pytest.raises(StoreError, match=r"another program reads: forget again"):
            store.forget("Athlete 3")
        assert "Athlete 3" not in [a.name for a in store.athletes()]
        reading.close()
        assert store.forget("Athlete 3") == 0
        assert b"Athlete 3" not in everything(filled.parent)


def everything(folder):
    """Return the bytes of all files of a store."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_parquet_without_pyarrow_names_the_extra(filled, monkeypatch, tmp_path):
    """And writes nothing."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with (
        Store.open(str(filled)) as store,
        pytest.raises(MissingExtraError, match=r"pip install 'progcheck\[parquet\]'"),
    ):
        store.export(str(tmp_path / "runs.parquet"))
    assert not (tmp_path / "runs.parquet").exists()
