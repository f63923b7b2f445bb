"""
What parent and worker say to each other: bytes through one pipe a worker, never more.

Down go tasks, pickled. Up comes a byte that says what it is, a byte that says whether the
worker already has its next task in hand, and the rest. The second byte is what makes blame
exact: a task is held from the moment that it was taken out of the pipe, and whatever still
lies there when a worker dies is given to another.
"""

from __future__ import annotations

from typing import NamedTuple

READY = b"s"
"""The worker has started."""

TAKEN = b"t"
"""A task was taken that had to be waited for."""

RESULT = b"r"
ERROR = b"e"
MEMORY = b"m"
"""What became of the held task; a worker that was short of memory says it and ends."""

NOT_STARTED = b"n"
"""The worker cannot start, and ends; the rest says why."""

NEXT, NONE = b"+", b"-"
"""Whether the next task is already taken."""

SMALL_BYTES = 4096
"""
A message that fits into the pipe on every system, however busy its reader is. Only such a
task is sent ahead: parent and worker that both wait for the other to read would wait forever.
"""


class Message(NamedTuple):
    """One message of a worker, taken apart."""

    kind: bytes
    has_next: bool
    rest: bytes


def packed(kind: bytes, has_next: bool, rest: bytes = b"") -> bytes:
    """Put a message together."""
    return kind + (NEXT if has_next else NONE) + rest


def unpacked(message: bytes) -> Message:
    """Take a message apart."""
    return Message(message[:1], message[1:2] == NEXT, message[2:])
