"""
Commands and their outputs in the documents: run by a test, renewed by ``make docs``.

A block fenced as ``console`` holds commands behind ``$`` and what they print;
``python -m tests.docs.console`` runs them all and writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

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


def output_of(command: str) -> str:
    """Run one command from the root of the project; stdout and stderr together."""
    words = shlex.split(command)
    if words[0] != "progcheck":
        message = f"only progcheck is run in documents, not {words[0]!r}"
        raise ValueError(message)
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", *words[1:]],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    return done.stdout.decode("utf-8").strip("\n")


def renew(path: Path) -> None:
    """Write the outputs of a document anew."""

    def block(match: re.Match[str]) -> str:
        made = [f"$ {c}\n{output_of(c)}".rstrip() for c, _ in commands(match[2])]
        return match[1] + "\n\n".join(made) + "\n" + match[3]

    text = path.read_text(encoding="utf-8")
    path.write_text(BLOCK.sub(block, text), encoding="utf-8")


if __name__ == "__main__":
    for document in documents():
        renew(document)
