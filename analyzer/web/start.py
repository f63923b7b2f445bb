"""Starting the server: a port of this machine alone, an address with a token, a browser."""

from __future__ import annotations

import gc
import logging
import secrets
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from analyzer.errors import OutputError
from analyzer.web.app import app_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.web.settings import Settings

HOST = "127.0.0.1"

LEAVE_S = 2
"""Whoever hangs when the server stops is waited for so long [s]."""


def serve(settings: Settings, port: int | None, say: Callable[[str], None], *, opens: bool) -> None:
    """
    Serve the page until Ctrl-C.

    Parameters
    ----------
    settings : Settings
        Store, plans, athletes.
    port : int or None
        Where to listen; None: wherever there is room.
    say : callable
        Prints a line; the first is the address.
    opens : bool
        Whether a browser is opened.

    Raises
    ------
    OutputError
        If the port is taken.
    """
    gc.enable()  # a command that is soon over does without
    listening = _listening(port)
    number = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://{HOST}:{number}/?token={token}"
    logging.getLogger("uvicorn.error").addFilter(_no_traceback)
    logging.getLogger("asyncio").addHandler(logging.NullHandler())  # processes that Ctrl-C met
    config = uvicorn.Config(
        app_of(settings, token, number),
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=LEAVE_S,
        lifespan="on",
        http="h11",  # what else may be installed beside us has other limits
        ws="none",
    )
    _Server(config, lambda: _show(address, say, opens=opens)).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says so once it answers, and Ctrl-C is heard."""

    def __init__(self, config: uvicorn.Config, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._begun()


def _show(address: str, say: Callable[[str], None], *, opens: bool) -> None:
    """Say where the page is, and open it; a browser in the terminal keeps nobody waiting."""
    say(address)
    if opens:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _no_traceback(record: logging.LogRecord) -> bool:
    """Keep tracebacks off the terminal: who asked was answered with a line."""
    record.exc_info = record.exc_text = None
    return True


def _listening(port: int | None) -> socket.socket:
    """Take a port of this machine that no other one can reach."""
    # Named as TCP, or asyncio lets each answer wait 40 ms for the last packet to be confirmed.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port or 0))
        listening.listen(128)
    except OSError as error:
        listening.close()
        reason = error.strerror or "it cannot be used"
        hint = "choose another with --port, or leave it out"
        where = f"port {port}"
        raise OutputError(where, f"cannot be used ({reason}): {hint}") from error
    return listening
