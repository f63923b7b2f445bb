"""The body of a request, as far as it is let in: counted, and not waited for for ever."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, fail_after
from starlette.requests import ClientDisconnect

from analyzer.parsers.containers import MAX_BYTES
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

MAX_RECORDING = MAX_BYTES
"""Largest file that is dropped on the page [bytes]."""

MAX_FORM = 1024 * 1024
"""Largest form: a plan and some words [bytes]."""

STALL_S = 20.0
"""Somebody who sends nothing for so long has gone."""

SMALL = 1024 * 1024
"""So much is read at once; what is larger waits until few others are being read [bytes]."""

AT_ONCE = 4
"""Large bodies in memory at once, each up to three times while it travels to a process."""

_Mib = 1024 * 1024


class Bodies:
    """Reads bodies, a few large ones at a time."""

    def __init__(self) -> None:
        self._turns: CapacityLimiter | None = None

    async def read(self, request: Request, most: int) -> bytes:
        """
        Return a body whole, one that is soon done with.

        Raises
        ------
        RefusedError
            If it is larger than ``most``, whatever it says of itself, or stalls.
        """
        async with self.whole(request, most) as content:
            return content

    @asynccontextmanager
    async def whole(self, request: Request, most: int) -> AsyncIterator[bytes]:
        """Yield a body whole; others of its size wait until it is done with. Else as `read`."""
        content = bytearray()
        async with self.room() as keep:
            async for part in parts_of(request, most):
                await keep(len(part))
                content += part
            yield bytes(content)

    @asynccontextmanager
    async def room(self) -> AsyncIterator[Callable[[int], Awaitable[None]]]:
        """
        Yield what is told how much more is kept, and waits where others are being read.

        Whoever sends little, or nothing, takes no turn from the others.
        """
        if self._turns is None:  # it belongs to the loop, which now runs
            self._turns = CapacityLimiter(AT_ONCE)
        turns, size = self._turns, 0
        async with AsyncExitStack() as held:

            async def keep(more: int) -> None:
                """Take in a little more."""
                nonlocal size
                is_small, size = size <= SMALL, size + more
                if is_small and size > SMALL:
                    await held.enter_async_context(turns)

            yield keep


async def parts_of(request: Request, most: int) -> AsyncIterator[bytes]:
    """Yield a body in the parts in which it comes; RefusedError as `Bodies.read`."""
    stated = stated_size(request)
    if stated is not None and stated > most:
        raise too_large(most)
    stream = request.stream().__aiter__()
    size = 0
    while True:
        try:
            with fail_after(STALL_S):
                part = await anext(stream, None)
        except TimeoutError:
            problem = f"nothing came for {STALL_S:.0f} s; try it again"
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, problem) from None
        except ClientDisconnect:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the upload was broken off") from None
        if part is None:
            return
        size += len(part)
        if size > most:
            raise too_large(most)
        yield part


def stated_size(request: Request) -> int | None:
    """Return the size that a request states; None if it states none."""
    stated = request.headers.get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else None


def too_large(most: int) -> RefusedError:
    """Build the error for a body over a limit."""
    limit = f"{most // _Mib} MiB" if most >= _Mib else f"{most // 1024} KiB"
    return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"larger than the limit of {limit}")
