"""A plan as a file to hand on, in whatever dialect."""

from __future__ import annotations

from msgspec import Struct


class Written(Struct, frozen=True):
    """
    A plan as the content of a file.

    Parameters
    ----------
    content : bytes
        The whole file; UTF-8 where it is text.
    left_out : tuple of str
        What the plan says and the file does not; only with ``drop``.
    advice : tuple of str
        What is in the file, but may not work on every watch.
    """

    content: bytes
    left_out: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
