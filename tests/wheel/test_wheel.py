"""The wheel installs alone and reviews a sample, with no checkout in sight."""

import json
import os
import subprocess
import zipfile

import pytest

from tests.builders.installed import CannotBuildError, build_wheel, install
from tests.places import SAMPLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as a user's pip would."""
    try:
        return build_wheel(tmp_path_factory.mktemp("wheel"))
    except CannotBuildError as error:
        pytest.skip(str(error))


def test_the_wheel_holds_the_package_its_schemas_and_nothing_else(wheel):
    """No tests, no samples, no notes; typed."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names} == {"analyzer", f"progcheck-{version()}.dist-info"}
    assert "analyzer/report/result_schema.json" in names
    assert "analyzer/plans/plan.schema.json" in names
    assert "analyzer/archive/store/migrations/versions/first.py" in names
    assert "analyzer/py.typed" in names
    assert "analyzer/report/locale/de/LC_MESSAGES/progcheck.mo" in names
    assert [n for n in names if n.endswith((".po", ".pot"))] == []


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """Return the Python of an environment with the wheel and what it asks for, no others."""
    return install(wheel, tmp_path_factory.mktemp("environment"))


def test_the_wheel_alone_reviews_a_sample(environment, tmp_path):
    """In a fresh environment, from a folder that is not the checkout."""
    python = environment
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
    copy = [command[0], str(SAMPLES / "steady.gpx"), *command[2:], "--json"]
    done = subprocess.run(copy, capture_output=True, check=True, cwd=tmp_path, timeout=60)
    assert json.loads(done.stdout)["activity"]["format"] == "gpx"
    picture = tmp_path / "review.png"
    subprocess.run([*command, "-q", "-o", str(picture)], check=True, cwd=tmp_path, timeout=60)
    assert picture.read_bytes().startswith(b"\x89PNG")


def version():
    """Return the version of the checkout."""
    from analyzer.version import __version__

    return __version__
