"""How much work a call does, counted instead of timed: the same on any machine on any day."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def calls_in(work: Callable[[], object]) -> int:
    """
    Count the functions that a piece of work calls, of Python and of C.

    What happens inside one C function - a regular expression that goes back and
    forth, say - is not seen; ``make bench`` has that as a ratio of times.
    """
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
