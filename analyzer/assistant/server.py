"""The protocol: the one file that knows it, and the processes in which calls are answered."""

from __future__ import annotations

import asyncio
import logging
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_process
import anyio.to_thread
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import CallToolResult, ListToolsResult, TextContent, ToolAnnotations
from mcp.types import Tool as ListedTool

from analyzer.assistant.answering import Answer, answer
from analyzer.assistant.tools import INSTRUCTIONS, TOOLS
from analyzer.version import __version__

if TYPE_CHECKING:
    from mcp.server import ServerRequestContext
    from mcp.types import CallToolRequestParams, PaginatedRequestParams

    from analyzer.assistant.settings import Settings

LIMIT_S = 120.0
"""Longest that one call may take: thirty runs take a tenth of it [s]."""

AT_ONCE = 2
"""Calls that are answered at a time; the others wait."""

READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
"""What is true of every tool."""


def serve(settings: Settings) -> None:
    """Answer one assistant over stdin and stdout until it has gone."""
    for name in ("mcp", "asyncio"):  # no traceback reaches anybody
        logging.getLogger(name).addHandler(logging.NullHandler())
    anyio.run(_serve, settings)


async def _serve(settings: Settings) -> None:
    """Answer until stdin ends."""
    server = server_of(settings)
    stdin = _Interruptible(TextIOWrapper(sys.stdin.buffer, "utf-8", "replace"))
    try:
        async with stdio_server(stdin) as (asked, answered):
            await server.run(asked, answered, server.create_initialization_options())
    except BaseExceptionGroup as errors:
        # Ctrl-C ends the SDK's tasks one after the other; who sends to one that has ended fails.
        _, others = errors.split((anyio.BrokenResourceError, anyio.ClosedResourceError))
        if others is None and _is_called_off():
            raise anyio.get_cancelled_exc_class() from None
        raise


def _is_called_off() -> bool:
    """Whether Ctrl-C was pressed: asyncio answers it by calling off the first task."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class _Interruptible(anyio.AsyncFile[str]):
    """A stdin that Ctrl-C need not wait for: a line that never comes is not waited for."""

    async def readline(self) -> str:
        """Read a line, in a thread that may be left behind."""
        return await anyio.to_thread.run_sync(self._fp.readline, abandon_on_cancel=True)


def server_of(settings: Settings, limit_s: float = LIMIT_S) -> Server[Any]:
    """
    Return what answers; a transport of any kind can drive it.

    Parameters
    ----------
    settings : Settings
        What may be read, and how it is told.
    limit_s : float
        Longest that one call may take.
    """
    turns = anyio.CapacityLimiter(AT_ONCE)

    async def list_tools(
        ctx: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        """Name the tools that this server has."""
        del ctx, params
        return ListToolsResult(tools=_listed(settings))

    async def call_tool(
        ctx: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        """Answer one call."""
        del ctx
        async with turns:
            made = await _answered(settings, params.name, params.arguments or {}, limit_s)
        content = TextContent(type="text", text=made.text)
        return CallToolResult(content=[content], is_error=made.is_error)

    return Server(
        "progcheck",
        version=__version__,
        title="progcheck: progression runs against their plans",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _listed(settings: Settings) -> list[ListedTool]:
    """Return the tools; those that need a store only where there is one."""
    return [
        ListedTool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.schema,
            annotations=READ_ONLY,
        )
        for tool in TOOLS
        if settings.store is not None or not tool.needs_store
    ]


async def _answered(
    settings: Settings, name: str, arguments: dict[str, Any], limit_s: float
) -> Answer:
    """
    Answer in a process of its own, which ends where the call is cancelled or takes too long.

    What kills that process kills no server.
    """
    try:
        with anyio.fail_after(limit_s):
            return await anyio.to_process.run_sync(
                answer, settings, name, arguments, cancellable=True
            )
    except TimeoutError:
        return Answer(f"{name}: stopped, as it took longer than {limit_s:g} s", is_error=True)
    except anyio.BrokenWorkerProcess:
        text = f"{name}: the process that answered died; is the file damaged, or very large?"
        return Answer(text, is_error=True)
