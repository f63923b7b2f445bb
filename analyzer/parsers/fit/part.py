"""What is read of one FIT file of a chain: columns of its records, and its other messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.model.activity import Floats

RECORD, FIELD_DESCRIPTION, DEVELOPER_ID = 20, 206, 207

WANTED = frozenset({0, 18, 19, 21, 23, 26, 27, 34, FIELD_DESCRIPTION, DEVELOPER_ID})
"""file_id, session, lap, event, device_info, workout, workout_step, activity, developer fields."""

POWER, DISTANCE = 7, 5
DEVELOPER_UNITS = {POWER: ("w", "watts", "watt"), DISTANCE: ("m", "meters", "metres")}
"""Native fields that developer fields may stand for, and the units we know how to read."""


class Message(Struct, frozen=True):
    """
    One decoded message other than a record.

    ``fields`` has values by field number, ``names`` the same by name, for
    sub-fields such as ``duration_time``. Invalid values are left out.
    """

    number: int
    fields: dict[int, Any]
    names: dict[str, Any]


class Part(Struct):
    """
    One FIT file of a chain.

    Parameters
    ----------
    messages : dict
        Messages other than records, in order, by global number.
    columns : dict
        Columns of the records by field number, one value a record in file
        order; NaN is invalid. Times (253) are FIT seconds.
    developer : dict
        Developer fields of the records by the native field they stand for.
    records : int
        How many.
    places : array
        Byte at which each record stands, in file order.
    """

    messages: dict[int, list[Message]] = field(default_factory=dict)
    columns: dict[int, Floats] = field(default_factory=dict)
    developer: dict[int, Floats] = field(default_factory=dict)
    records: int = 0
    places: Floats = field(default_factory=lambda: np.zeros(0))

    def of(self, number: int) -> list[Message]:
        """Return all messages of one kind."""
        return self.messages.get(number, [])

    def place(self) -> Floats:
        """Return the byte of each record; NaN where it is not known."""
        if self.places.size == self.records:
            return self.places
        known = self.places[: self.records]
        return np.concatenate((known, np.full(self.records - known.size, np.nan)))

    def column(self, number: int) -> Floats:
        """Return one column of the records; NaN throughout where the file has none."""
        column = self.columns.get(number)
        return np.full(self.records, np.nan) if column is None else column

    def add(self, messages: Iterable[Message]) -> None:
        """Take messages in, in their order."""
        for message in messages:
            self.messages.setdefault(message.number, []).append(message)
