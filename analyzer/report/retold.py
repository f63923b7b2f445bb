"""
Messages of the rooms below, said in the language of the report.

Those rooms write whole English sentences and know no language. In English they are
shown as they are; otherwise the sentence is recognised by its template here, and its
facts are taken out again. One that is not listed stays English: so do, on purpose, the
warnings of the parsers, which speak of records and bytes.
"""

from __future__ import annotations

import re

from analyzer.report.language import noted, say, spoken

PLACING = (
    noted("block 1 starts at {time}, where the lap button was pressed"),
    noted(
        "block 1 starts at {time}, where the pace begins to fit the plan; "
        "--start 0:00 takes the start of the recording instead"
    ),
    noted(
        "the pace fits a later start of block 1 better than the start of the recording; "
        "if the recording began early, say when block 1 began with --start"
    ),
    noted(
        "the pace does not tell when block 1 began: {readings}; the higher counts, "
        "--start settles it"
    ),
    noted(
        "the pace shows none of the plan's changes, so nothing is said of when they were made; "
        "if that is a surprise, look whether it is the right plan"
    ),
    noted("plan and recording together are too long to look for where the pace was really changed"),
)
"""What may be said about where the blocks lie; a test holds it to the code that says it."""

READINGS = (
    noted("{first} and {second}"),
    noted("{score} with block 1 from {time}"),
    noted("no score"),
)
"""Parts of these."""


def retold(message: str) -> str:
    """
    Return a message of a room below in the language that is being spoken.

    Parameters
    ----------
    message : str
        As that room wrote it.
    """
    return message if spoken() == "en" else _retold(message, PLACING)


def _retold(message: str, templates: tuple[str, ...]) -> str:
    """Find the template of a message, and say it with its facts, themselves retold."""
    for template in templates:
        parts = re.split(r"\{(\w+)\}", template)
        pattern = "".join(
            f"(?P<{part}>.+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)
        )
        found = re.fullmatch(pattern, message)
        if found is not None:
            facts = {name: _retold(value, READINGS) for name, value in found.groupdict().items()}
            return say(template, **facts)
    return message
