"""Starting the server: a port of this machine alone, an address with a token, a browser."""

from __future__ import annotations

import logging
import secrets
import socket
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
    listening = _listening(port)
    number = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    address = f"http://{HOST}:{number}/?token={token}"
    logging.getLogger("uvicorn.error").addFilter(_no_traceback)
    config = uvicorn.Config(
        app_of(settings, token, number),
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=LEAVE_S,
        lifespan="on",
        ws="none",
    )
    say(address)
    if opens:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[listening])


def _no_traceback(record: logging.LogRecord) -> bool:
    """Keep tracebacks off the terminal: who asked was answered with a line."""
    record.exc_info = record.exc_text = None
    return True


def _listening(port: int | None) -> socket.socket:
    """Take a port of this machine that no other one can reach."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
