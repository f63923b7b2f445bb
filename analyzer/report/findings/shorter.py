"""What to do the next time where a session was too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import say

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.report.findings.finding import Subject


def shorter(flags: list[Flag], subject: Subject) -> str:
    """Suggest a session that can be run to its end."""
    return say("The same session with one block fewer, run to the end.")
