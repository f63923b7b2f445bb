"""Reading without the collector of reference cycles, which finds none among thousands of points."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collecting() -> Iterator[None]:
    """
    Let nothing look for reference cycles meanwhile; what is dropped is freed all the same.

    Every few thousand new objects Python walks over old ones, all modules among them. A tree of
    elements has no cycles, so an hour of GPX pays a third of its reading for nothing. Whoever has
    switched the collector off finds it off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
