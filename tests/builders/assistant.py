"""An assistant: the SDK's own client, which starts ``progcheck mcp`` as a process and asks it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import anyio
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import TextContent

from analyzer.assistant.answering import Answer as AnsweredByProgcheck
from analyzer.assistant.answering import answer as answered_by_progcheck
from tests.places import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
    from pathlib import Path

    from analyzer.assistant.settings import Settings

T = TypeVar("T")


class Answer(NamedTuple):
    """What a tool answered."""

    text: str
    is_error: bool

    @property
    def lines(self) -> list[str]:
        """The lines of it."""
        return self.text.splitlines()


@asynccontextmanager
async def connected(*arguments: object, changed: str = "") -> AsyncIterator[Client]:
    """
    Start a server and connect to it; it ends with the block.

    Parameters
    ----------
    *arguments : object
        Of the command.
    changed : str
        A program that is run first in its process, to see what becomes of a fault.
    """
    words = ["mcp", *(str(word) for word in arguments)]
    program = f"{changed}\nfrom analyzer.cli import main\nmain({words!r})"
    words = ["-c", program] if changed else ["-m", "analyzer", *words]
    parameters = StdioServerParameters(
        command=sys.executable, args=words, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )
    async with Client(stdio_client(parameters)) as client:
        yield client


async def told(client: Client, tool: str, **asked: object) -> Answer:
    """Ask one thing."""
    result = await client.call_tool(tool, asked)
    (content,) = result.content
    assert isinstance(content, TextContent)
    return Answer(content.text, bool(result.is_error))


def answers(
    arguments: Iterable[object], *questions: tuple[str, Mapping[str, object]]
) -> list[Answer]:
    """Ask one server several things, one after the other."""

    async def talk() -> list[Answer]:
        """Start it, and ask."""
        async with connected(*arguments) as client:
            return [await told(client, tool, **asked) for tool, asked in questions]

    return talked(talk)


def talked(talk: Callable[[], Awaitable[T]]) -> T:
    """Run a talk in a thread of its own: a browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, talk).result()


def answer(arguments: Iterable[object], tool: str, **asked: object) -> Answer:
    """Ask one server one thing."""
    return answers(arguments, (tool, asked))[0]


def started(*arguments: object, stdin: int | bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the command with what it reads, and wait until it has ended."""
    assert isinstance(stdin, bytes)
    return subprocess.run(
        [sys.executable, "-m", "analyzer", "mcp", *(str(word) for word in arguments)],
        cwd=ROOT,
        input=stdin.decode(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def dies(settings: Settings, name: str, arguments: dict[str, Any]) -> AnsweredByProgcheck:
    """Answer as progcheck does, but end the process at a plan as a kill does."""
    if name == "check_plan":
        os._exit(9)
    return answered_by_progcheck(settings, name, arguments)


def folder_of(path: Path, *files: Path) -> Path:
    """Return a folder with copies of some files in it."""
    path.mkdir(exist_ok=True)
    for file in files:
        (path / file.name).write_bytes(file.read_bytes())
    return path
