"""What is wrong with a FIT file, in the words of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.model.activity import RecordingWarning, WarningKind

DAMAGE: Mapping[WarningKind, str] = {
    "file_ends": "the file ends inside a record",
    "data_end": "the data end inside a record",
    "no_checksum": "the file ends without its checksum",
    "checksum": (
        "the checksum is {computed:#06x}, the file says {stated:#06x}: some values may be wrong"
    ),
    "header_checksum": "the checksum of the header does not match",
    "no_size": "the header says there is nothing; its size was taken from the file",
    "odd_size": "the header has 13 bytes, which no device writes",
    "undefined": "a message of a kind never defined; nothing behind it was read",
    "message": "a message cannot be read; what stood before it was kept",
    "messages": "messages of kind {number} cannot be read and were left out",
    "behind_fit": "{count} bytes behind the end were ignored",
}
"""Every kind of damage a FIT file may have; reports have words of their own for the same."""


def damage_text(damage: RecordingWarning) -> str:
    """Say what is damaged, without the place: an error names that apart."""
    return DAMAGE[damage.kind].format(**damage.facts)
