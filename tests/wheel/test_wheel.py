"""The wheel installs alone and reviews a sample, with no checkout in sight."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.places import ROOT, SAMPLES


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as a user's pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode and "No module named build" in done.stderr:
        pytest.skip("the library 'build' is not installed")
    assert done.returncode == 0, done.stderr[-2000:]
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_package_its_schemas_and_nothing_else(wheel):
    """No tests, no samples, no notes; typed."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names} == {"analyzer", f"progcheck-{version()}.dist-info"}
    assert "analyzer/report/result_schema.json" in names
    assert "analyzer/plans/plan.schema.json" in names
    assert "analyzer/py.typed" in names
    assert "analyzer/report/locale/de/LC_MESSAGES/progcheck.mo" in names
    assert [n for n in names if n.endswith((".po", ".pot"))] == []


def test_the_wheel_alone_reviews_a_sample(wheel, tmp_path):
    """In a fresh environment, from a folder that is not the checkout."""
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True, timeout=120)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(wheel)], check=True, timeout=300, capture_output=True)
    command = [
        str(python.with_name("progcheck")),
        str(SAMPLES / "greedy-then-blow-up.fit"),
        "--plan",
        str(SAMPLES / "progression.yaml"),
    ]
    done = subprocess.run(
        [*command, "--json"], capture_output=True, check=True, cwd=tmp_path, timeout=60
    )
    result = json.loads(done.stdout)
    assert result["generator"]["version"] == version()
    assert {f["code"] for f in result["flags"]} >= {"TOO_FAST", "BLOW_UP"}
    done = subprocess.run(
        [*command, "--lang", "de", "--message"],
        capture_output=True, check=True, cwd=tmp_path, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert "schwer eingebrochen" in done.stdout.decode("utf-8")
    picture = tmp_path / "review.png"
    subprocess.run([*command, "-q", "-o", str(picture)], check=True, cwd=tmp_path, timeout=60)
    assert picture.read_bytes().startswith(b"\x89PNG")


def version():
    """Return the version of the checkout."""
    from analyzer.version import __version__

    return __version__
