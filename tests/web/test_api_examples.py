"""The examples of the API's document run as they stand there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

import pytest

from analyzer.web.api.document import document
from tests.builders.web_server import serving
from tests.places import ROOT, SAMPLES

DOCUMENT = (ROOT / "docs" / "web-api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```bash\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="no bash or curl")
def test_the_examples_do_what_is_said_of_them(tmp_path):
    """One after the other, in the folder of the samples."""
    folder = tmp_path / "samples"
    shutil.copytree(SAMPLES, folder)
    with serving(tmp_path) as server:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", "\n".join(EXAMPLES)],  # noqa: S607 - wherever it is
            cwd=folder,
            env={**os.environ, "ADDRESS": server.address},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert (done.returncode, done.stderr) == (0, "")
    made = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.json")}
    assert made["review"]["activity"]["source"] == "greedy-then-blow-up.fit"
    assert made["steady"]["alignment"]["start_offset_s"] == 30
    assert made["alone"]["activity"]["source"] == "steady.fit"
    assert made["plan"]["state"] == "understood"
    assert (made["state"]["state"], made["state"]["account"]["found"]) == ("done", 2)
    assert made["runs"]["total"] == made["state"]["account"]["reviewed"]
    assert made["squad"]["schema_version"] == 1


def test_the_document_names_every_address():
    """And no other."""
    named = {
        f"/api/v1{rest}" for rest in re.findall(r"`(?:\w+ )?(?:/api/v1)?((?:/[\w.{}]+)*)`", table())
    }
    assert set(document()["paths"]) <= named


def table():
    """Return the table of addresses."""
    return DOCUMENT.partition("| address | gives |")[2].partition("\n\n")[0]
