"""The answers in docs/assistants.md are those that an assistant gets."""

import json

import pytest

from analyzer.assistant.tools import TOOLS
from tests.docs.assistant import BLOCK, DOCUMENT, renewed, served


@pytest.mark.slow
def test_every_answer_in_the_document_is_what_the_tool_says(tmp_path):
    """``make docs`` asks anew."""
    assert renewed(served(tmp_path)) == DOCUMENT.read_text(encoding="utf-8"), "run 'make docs'"


def test_every_tool_has_its_answer_in_the_document():
    """A real one."""
    shown = {match[2] for match in BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8"))}
    assert shown == {tool.name for tool in TOOLS}


def test_the_snippet_for_assistants_is_json():
    """In the form that they share."""
    text = DOCUMENT.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    server = json.loads(text)["mcpServers"]["progcheck"]
    assert server["command"] == "uvx"
    assert server["args"][:4] == ["--from", "progcheck[mcp]", "progcheck", "mcp"]
