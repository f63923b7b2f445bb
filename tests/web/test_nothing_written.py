"""Nothing is kept unless somebody asks for it, and then in the store alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.builders.web_server import serving, stop
from tests.places import PLAN, SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

KEY = re.compile(r'name="run" value="([^"]+)"')
NAME = re.compile(r'data-name="([^"]+)"')
LINE = "15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km"


def everything(folder: Path) -> dict[str, bytes]:
    """Return all that lies in a folder."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_session_of_uploads_and_reviews_leaves_no_file_anywhere(tmp_path):
    """Where the server was started, at home, among temporary files."""
    places = {name: tmp_path / name for name in ("here", "home", "temporary")}
    for place in places.values():
        place.mkdir()
    env = {
        "HOME": str(places["home"]),
        "XDG_CACHE_HOME": str(places["home"] / "cache"),
        "XDG_CONFIG_HOME": str(places["home"] / "config"),
        "MPLCONFIGDIR": "",
        "TMPDIR": str(places["temporary"]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = SAMPLES / "greedy-then-blow-up.fit"
    with serving(places["here"], env=env) as server, server.client() as client:
        page = client.post("/runs", params={"name": run.name}, content=run.read_bytes())
        form = {"run": KEY.findall(page.text)[0], "plan": "text", "plan_text": LINE}
        review = client.post("/review", data=form)
        name = NAME.findall(review.text)[0]
        for kind in ("html", "svg", "json", "csv", "markdown", "text"):
            assert client.get(f"/reviews/{name}/{kind}").status_code == 200, kind
        assert client.get(f"/reviews/{name}/message").status_code == 200
        large = {"run": ("large.fit", run.read_bytes() + bytes(5_000_000))}
        assert client.post("/api/v1/reviews", files=large).status_code in (200, 422)
        files = {"run": (run.name, run.read_bytes()), "plan": (PLAN.name, PLAN.read_bytes())}
        assert client.post("/api/v1/reviews", files=files).status_code == 200
        assert client.post("/api/v1/plans/check", json={"text": LINE}).status_code == 200
        for path in ("/squad", "/runs", "/upload", "/api/v1/runs", "/api/v1/squad"):
            assert client.get(path).status_code in (200, 404), path
        assert client.post("/api/v1/batches", files={"files": ("a.txt", b"")}).status_code == 202
        assert client.get("/api/v1/batches").json()["batches"]
        stop(server.process)
    left = {name: everything(place) for name, place in places.items()}
    assert set(left["here"]) <= {"progcheck.db", "progcheck.db-wal", "progcheck.db-shm"}
    assert left["home"] == {}
    assert left["temporary"] == {}


def test_what_was_dropped_is_gone_with_the_server(tmp_path):
    """Not even the store is made by looking at a run."""
    run = SAMPLES / "greedy-then-blow-up.fit"
    with serving(tmp_path) as server, server.client() as client:
        client.post("/runs", params={"name": run.name}, content=run.read_bytes())
        stop(server.process)
    assert everything(tmp_path) == {}
