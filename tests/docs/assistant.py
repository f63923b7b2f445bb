"""
Answers of ``progcheck mcp`` in the documents: asked by a test, renewed by ``make docs``.

A block fenced as ``answer`` begins with a call, ``> review {"file": "steady.fit"}``, and goes on
with its answer; ``python -m tests.docs.assistant`` asks them all and writes the answers anew.
"""

from __future__ import annotations

import json
import re
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from analyzer.assistant.answering import answer
from analyzer.assistant.settings import Settings
from analyzer.cli import main
from tests.places import ROOT, SAMPLES

DOCUMENT = ROOT / "docs" / "assistants.md"

BLOCK = re.compile(r"(^```answer\n> )(\w+) (\{[^\n]*\})\n(.*?)(^```$)", re.MULTILINE | re.DOTALL)


def served(folder: Path) -> Settings:
    """Return the samples, and a store with the runs of the evening among them."""
    evening, store = SAMPLES / "evening", folder / "progcheck.db"
    words = ["batch", evening, "--athletes", evening / "athletes.yaml", "--store", store, "-q"]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        code = main([str(word) for word in words])
    if code:
        message = f"the evening could not be judged: exit {code}"
        raise RuntimeError(message)
    return Settings((str(SAMPLES),), str(store))


def renewed(settings: Settings) -> str:
    """Return the document with all answers as they are now."""

    def block(match: re.Match[str]) -> str:
        before, tool, arguments, _, end = match.groups()
        told = answer(settings, tool, json.loads(arguments))
        return f"{before}{tool} {arguments}\n{told.text}\n{end}"

    return BLOCK.sub(block, DOCUMENT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        text = renewed(served(Path(place)))
    DOCUMENT.write_text(text, encoding="utf-8")
