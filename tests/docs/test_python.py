"""Python in the documents is run, and shows what it prints."""

import doctest
import re

import pytest

from tests.places import ROOT

SHOWN = [
    (path.relative_to(ROOT).as_posix(), block)
    for path in sorted((ROOT / "docs").rglob("*.md"))
    for block in re.findall(r"(?ms)^```python\n(>>> .*?)^```$", path.read_text("utf-8"))
]


@pytest.mark.parametrize(("document", "block"), SHOWN)
def test_what_a_document_shows_is_what_python_prints(document, block, monkeypatch):
    """From the root of the project, as a reader would."""
    monkeypatch.chdir(ROOT)
    told: list[str] = []
    test = doctest.DocTestParser().get_doctest(block, {}, document, document, 0)
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append)
    assert not told, "".join(told)


def test_there_is_python_in_the_documents():
    """The table for notebooks, at least."""
    assert any("to_frame" in block for _, block in SHOWN)
