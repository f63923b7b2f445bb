"""Text on stdout: as wide as the terminal, and never a failure for want of a character."""

from __future__ import annotations

import os
import sys

from analyzer.errors import OutputError

MIN_WIDTH, PIPE_WIDTH, MAX_WIDTH = 60, 80, 100
"""Columns of a report: at least, in a pipe, at most."""


def print_text(text: str) -> None:
    """Write to stdout; a terminal that lacks a character gets a question mark, not an error."""
    stream = sys.stdout
    encoding = stream.encoding or "utf-8"
    safe = text.encode(encoding, "replace").decode(encoding)
    try:
        stream.write(safe.rstrip("\n") + "\n")
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        stdout = "stdout"
        raise OutputError(stdout, error.strerror or "cannot be written") from error


def is_coloured(no_color: bool) -> bool:
    """Whether colours are wanted: a terminal, and neither --no-color nor NO_COLOR."""
    return not no_color and not os.environ.get("NO_COLOR") and sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal, within reason; 80 in a pipe unless COLUMNS says otherwise."""
    said = os.environ.get("COLUMNS", "")
    columns = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
    if not columns:
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):  # a pipe, or no stream at all
            columns = PIPE_WIDTH
    return max(MIN_WIDTH, min(MAX_WIDTH, columns))
