"""What stands below an answer that is not all: what was left out, and how to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.brief.lines import counted
from analyzer.report.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.report.brief.lines import Line


def more_text(page: int, pages: int, left: Iterable[Line]) -> str:
    """
    Say what the next pages hold, and how to ask for them.

    "Page 1 of 3. Left out: 41 blocks, 2 findings; page=2 goes on."
    """
    what = counted(left)
    if not what:
        return say("Page {page} of {pages}, the last.", page=page, pages=pages)
    return say(
        "Page {page} of {pages}. Left out: {what}; page={next} goes on.",
        page=page,
        pages=pages,
        what=what,
        next=page + 1,
    )
