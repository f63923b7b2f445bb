"""The wheel, built and installed as a user has it: no checkout in sight, bytecode present."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.places import ROOT

COMPILE = "import compileall, sys; compileall.compile_dir(sys.argv[1], quiet=2)"


class CannotBuildError(Exception):
    """The library that builds wheels is not installed."""


def build_wheel(folder: Path) -> Path:
    """Build the wheel as a user's pip would."""
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode and "No module named build" in done.stderr:
        message = "the library 'build' is not installed"
        raise CannotBuildError(message)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    (made,) = folder.glob("*.whl")
    return made


def what_it_needs(wheel: Path, extra: str = "") -> dict[str, metadata.Distribution]:
    """Return the libraries that a wheel asks for, and those that they ask for."""
    with zipfile.ZipFile(wheel) as members:
        (name,) = (n for n in members.namelist() if n.endswith(".dist-info/METADATA"))
        asked = Parser().parsestr(members.read(name).decode()).get_all("Requires-Dist")
    waiting = list(asked or ())
    needed: dict[str, metadata.Distribution] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        library = canonicalize_name(requirement.name)
        marker = requirement.marker
        if library in needed or (marker and not marker.evaluate({"extra": extra})):
            continue
        needed[library] = metadata.distribution(library)
        assert requirement.specifier.contains(needed[library].version, prereleases=True)
        waiting += needed[library].requires or ()
    return needed


def install(wheel: Path, folder: Path, extra: str = "") -> Path:
    """
    Return the Python of an environment with the wheel and the libraries it asks for, no others.

    They are linked from ours: nothing is fetched, and a library that is not asked for is missing.
    With ``extra`` those of an extra are there as well.
    """
    new = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(new, check=True, timeout=120)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(python), "-c", code], check=True, capture_output=True, timeout=120)
    packages = Path(asked.stdout.decode().strip())
    for library in what_it_needs(wheel, extra).values():
        for top in {f.parts[0] for f in library.files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(str(library.locate_file(top)))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    alone = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *alone], check=True, timeout=300, capture_output=True)
    written = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    compiling = [str(python), "-c", COMPILE, str(packages / "analyzer")]
    subprocess.run(compiling, check=True, timeout=120, env=written)
    return python
