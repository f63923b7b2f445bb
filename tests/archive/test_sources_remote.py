"""Files behind URLs are found and read as those on disk are."""

from __future__ import annotations

import importlib.util
import uuid
import zipfile

import fsspec
import pytest

from analyzer.archive.sources.find import find
from analyzer.archive.sources.opening import open_found
from analyzer.archive.sources.planned import planned_workouts
from analyzer.errors import ActivityError, MissingExtraError
from tests.builders.exports import activities, people, squad_exports, trainingpeaks


@pytest.fixture
def bucket():
    """Make a bucket in memory with a folder of runs, one of them in an archive."""
    name = uuid.uuid4().hex
    system = fsspec.filesystem("memory")
    for place in ("anna/a.fit", "anna/2026/b.fit", "ben/c.gpx"):
        system.pipe(f"/{name}/{place}", place.encode())
    with system.open(f"/{name}/packed.zip", "wb") as file, zipfile.ZipFile(file, "w") as packed:
        packed.writestr("eve/d.fit", b"d")
    yield f"memory://{name}"
    system.rm(f"/{name}", recursive=True)


def test_all_below_a_prefix_is_found_by_its_folders(bucket):
    found = {f.label: (f.hint.athlete, open_found(f)) for f in find([bucket])}
    assert found == {
        "anna/2026/b.fit": ("anna", b"anna/2026/b.fit"),
        "anna/a.fit": ("anna", b"anna/a.fit"),
        "ben/c.gpx": ("ben", b"ben/c.gpx"),
        "packed/eve/d.fit": ("eve", b"d"),
    }


def test_exports_by_url_are_what_they_are_on_disk(tmp_path):
    """Archives, archives in them, and tables beside recordings."""
    made = squad_exports(tmp_path, count=10, athletes=5)
    near = list(find([made.folder]))
    far = list(find([made.folder.as_uri()]))
    assert [f._replace(path="") for f in far] == [f._replace(path="") for f in near]
    assert [open_found(f) for f in far] == [open_found(f) for f in near]


def test_a_single_file_by_its_url(bucket):
    (found,) = find([f"{bucket}/anna/a.fit"])
    assert (found.label, open_found(found)) == ("a.fit", b"anna/a.fit")


def test_what_is_not_there_is_a_file_with_its_reason(bucket):
    (found,) = find([f"{bucket}/nobody"])
    assert (found.skipped, found.why) == ("unreadable", "no such file or folder")


def test_a_file_that_is_gone_is_one_line_without_its_url(bucket):
    found = next(iter(find([bucket])))
    fsspec.filesystem("memory").rm(found.path.removeprefix("memory://"))
    with pytest.raises(ActivityError) as raised:
        open_found(found)
    assert str(raised.value) == "anna/2026/b.fit: no longer there: look for it again"


def test_a_label_has_no_key_of_a_bucket(bucket):
    """Of two that were named, labels begin with their names."""
    named = ["s3fake://key:secret@bucket", bucket]  # nobody knows that kind
    first = next(iter(find(named)))
    assert "secret" not in first.label + first.why
    assert first.skipped == "unreadable"


def test_without_the_library_one_line_says_what_to_install(monkeypatch):
    there = importlib.util.find_spec
    monkeypatch.setattr(
        "analyzer.archive.sources.remote.find_spec",
        lambda name: None if name == "fsspec" else there(name),
    )
    with pytest.raises(MissingExtraError, match=r"s3:// needs an extra: .*progcheck\[remote\]"):
        list(find(["s3://bucket/runs"]))


@pytest.mark.parametrize("unpacked", [False, True])
def test_what_a_coach_planned_is_read_by_url_too(tmp_path, unpacked):
    """The table in an archive, and the one that lies beside recordings."""
    (person,) = people(1)
    planned = [("2026-03-02", "Tuesday", "3x10min @ 4:00")]
    trainingpeaks(tmp_path, person, activities(1), planned, unpacked=unpacked)
    read = {planned_workouts(f) for f in find([tmp_path.as_uri()])}
    assert read == {planned_workouts(f) for f in find([tmp_path])}
    assert [w.title for each in read for w in each.workouts] == ["Tuesday"]
