"""
Commands and their outputs in the documents: run by a test, renewed by ``make docs``.

A block fenced as ``console`` holds commands behind ``$`` and what they print;
``python -m tests.docs.console`` runs them all and writes the outputs anew.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from analyzer.cli import main
from tests.places import ROOT, SAMPLES

BLOCK = re.compile(r"(^```console\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Return every document with console blocks."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    found.append(ROOT / "sample_activities" / "README.md")
    return [p for p in found if BLOCK.search(p.read_text(encoding="utf-8"))]


def commands(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block with the output written below each."""
    parts = re.split(r"^\$ (.*)$", block, flags=re.MULTILINE)
    return [(parts[i], parts[i + 1].strip("\n")) for i in range(1, len(parts), 2)]


IN_ORDER = ("docs/coach.md",)
"""Documents whose commands build on each other: they are run in a folder of their own."""

SEEN = {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
"""What a command sees of its terminal."""


def words_of(command: str) -> list[str]:
    """Return the arguments of a command of ours."""
    first, *words = shlex.split(command)
    if first != "progcheck":
        message = f"only progcheck is run in documents, not {first!r}"
        raise ValueError(message)
    return words


def output_of(command: str, folder: Path = ROOT) -> str:
    """Run one command in this process, stdout and stderr together; else at the project's root."""
    shown = io.StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, SEEN),
        redirect_stdout(shown),
        redirect_stderr(shown),
    ):
        main(words_of(command))
    return shown.getvalue().strip("\n")


def output_of_a_process(command: str) -> str:
    """Run one command as a reader of the document would."""
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", *words_of(command)],
        cwd=ROOT,
        env={**os.environ, **SEEN, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    return done.stdout.decode("utf-8").strip("\n")


def renewed(path: Path, folder: Path = ROOT) -> str:
    """Return a document with the outputs of its commands, run one after the other."""

    def block(match: re.Match[str]) -> str:
        made = [f"$ {c}\n{output_of(c, folder)}".rstrip() for c, _ in commands(match[2])]
        return match[1] + "\n\n".join(made) + "\n" + match[3]

    return BLOCK.sub(block, path.read_text(encoding="utf-8"))


def renewed_in_order(path: Path, folder: Path) -> str:
    """Return such a document, its commands run in an empty folder with the samples in it."""
    shutil.copytree(SAMPLES, folder / SAMPLES.name)
    return renewed(path, folder)


def renew(path: Path) -> None:
    """Write the outputs of a document anew."""
    if path.relative_to(ROOT).as_posix() in IN_ORDER:
        with tempfile.TemporaryDirectory() as folder:
            text = renewed_in_order(path, Path(folder))
    else:
        text = renewed(path)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for document in documents():
        renew(document)
