"""The wheel installs alone and reviews a sample, with no checkout in sight."""

import json
import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.places import ROOT, SAMPLES

pytestmark = pytest.mark.slow


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


def what_it_needs(wheel):
    """Return the libraries that a wheel asks for, and those that they ask for."""
    name = f"progcheck-{version()}.dist-info/METADATA"
    asked = Parser().parsestr(zipfile.ZipFile(wheel).read(name).decode()).get_all("Requires-Dist")
    waiting, needed = list(asked or ()), {}
    while waiting:
        requirement = Requirement(waiting.pop())
        library = canonicalize_name(requirement.name)
        marker = requirement.marker
        if library in needed or (marker and not marker.evaluate({"extra": ""})):
            continue
        needed[library] = metadata.distribution(library)
        assert requirement.specifier.contains(needed[library].version, prereleases=True)
        waiting += needed[library].requires or ()
    return needed


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """
    Return the Python of an environment with the wheel and the libraries it asks for, no others.

    They are linked from ours: nothing is fetched, and a library that is not asked for is missing.
    """
    folder = tmp_path_factory.mktemp("environment")
    new = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(new, check=True, timeout=120)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(python), "-c", code], check=True, capture_output=True, timeout=60)
    packages = Path(asked.stdout.decode().strip())
    for library in what_it_needs(wheel).values():
        for top in {f.parts[0] for f in library.files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(str(library.locate_file(top)))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    alone = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *alone], check=True, timeout=300, capture_output=True)
    return python


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
