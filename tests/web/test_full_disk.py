"""A disk that is full: one line, nothing half-written, and the server lives on."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial

import pytest

from tests.builders.exports import PLAN_LINE, activities
from tests.builders.web_server import serving
from tests.places import SAMPLES

if sys.platform == "win32":
    pytest.skip("no such limits here", allow_module_level=True)

import resource

pytestmark = pytest.mark.slow

SAMPLE = (SAMPLES / "greedy-then-blow-up.fit").read_bytes()
LINE = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"
BATCHES = "/api/v1/batches"


def files_of_at_most(size):
    """Let a process write no file larger than this."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of a megabyte; skipped where nobody may."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("no mount here")
    if done.returncode:
        pytest.skip("nobody may mount a disk here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S607 - wherever it is


def over(client, begun):
    """Wait for the end of a batch."""
    assert begun.status_code == 202, begun.text
    until = time.monotonic() + 120
    while True:
        told = client.get(begun.headers["location"]).json()
        if told["state"] in ("done", "ended", "failed"):
            return told
        assert time.monotonic() < until, told
        time.sleep(0.05)


def still_reviews(client):
    """Whether a review works all the same: it needs no disk."""
    sent = {"run": ("a.fit", SAMPLE)}
    return client.post("/api/v1/reviews", files=sent, data={"plan": LINE}).status_code == 200


def refused_uploads(client, temporary):
    """Upload what has no room, by the API and by the page."""
    large = {"files": ("a.fit", bytes(3_000_000))}
    for path in (BATCHES, "/uploads"):
        answer = client.post(path, files=large)
        assert (answer.status_code, "the disk is full" in answer.text) == (507, True), path
        assert not list(temporary.glob("progcheck-*"))
    assert still_reviews(client)


def test_an_upload_for_which_there_is_no_room_leaves_nothing(tmp_path):
    """Here no file may be larger than a megabyte."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    env = {"TMPDIR": str(temporary)}
    with (
        serving(tmp_path, env=env, first=partial(files_of_at_most, 1_000_000)) as server,
        server.client() as client,
    ):
        refused_uploads(client, temporary)
    assert not (tmp_path / "progcheck.db").exists()


def test_a_full_disk_for_uploads_leaves_nothing(tmp_path, small_disk):
    """Here it is a disk that is full; what fits is judged as ever."""
    with (
        serving(tmp_path, env={"TMPDIR": str(small_disk)}) as server,
        server.client() as client,
    ):
        refused_uploads(client, small_disk)
        begun = client.post(BATCHES, files={"files": ("a.fit", SAMPLE)}, data={"plan": LINE})
        assert over(client, begun)["account"]["reviewed"] == 1
        assert not list(small_disk.glob("progcheck-*"))


def check_store(client):
    """Judge into a store until there is no room; it ends with a line, and what was kept stays."""
    files = [("files", (f"{n}.fit", made.content)) for n, made in enumerate(activities(60))]
    files.append(("plan", ("plan.txt", PLAN_LINE.encode())))
    told = over(client, client.post(BATCHES, files=files))
    assert told["state"] == "failed"
    assert told["account"] is None
    assert "disk" in told["problem"]
    assert "\n" not in told["problem"]
    assert still_reviews(client)
    assert client.get("/api/v1/runs").status_code == 200
    return told


def test_a_full_disk_for_the_store_is_said_and_harms_nothing(tmp_path, small_disk):
    """The store can be read, and used again once there is room."""
    fill = small_disk / "fill"
    fill.write_bytes(bytes(600_000))
    with (
        serving(tmp_path, "--store", str(small_disk / "s.db")) as server,
        server.client() as client,
    ):
        check_store(client)
        fill.unlink()
        begun = client.post(BATCHES, files={"files": ("a.fit", SAMPLE)}, data={"plan": LINE})
        assert over(client, begun)["account"]["reviewed"] == 1


def test_a_store_that_may_not_grow_is_said_and_harms_nothing(tmp_path):
    """Here no file may be larger than a quarter of a megabyte."""
    with (
        serving(tmp_path, first=partial(files_of_at_most, 256_000)) as server,
        server.client() as client,
    ):
        check_store(client)


def test_a_store_that_may_only_be_read_is_read(tmp_path, small_disk):
    """What would be written into it is refused with one line."""
    store = small_disk / "s.db"
    with serving(tmp_path, "--store", str(store)) as server, server.client() as client:
        begun = client.post(BATCHES, files={"files": ("a.fit", SAMPLE)}, data={"plan": LINE})
        assert over(client, begun)["account"]["reviewed"] == 1
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)  # noqa: S607
    with serving(tmp_path, "--store", str(store)) as server, server.client() as client:
        asked = [
            client.post(BATCHES, files={"files": ("b.fit", SAMPLE)}, data={"plan": LINE}),
            client.get("/api/v1/runs"),
        ]
        for answer in asked:
            assert answer.status_code in (200, 503), answer.text
            assert answer.status_code == 200 or answer.json()["detail"].startswith("s.db: ")
        assert asked[0].status_code == 503
        assert still_reviews(client)
