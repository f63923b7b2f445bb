"""Values as every database takes them."""

from __future__ import annotations

import math
from typing import Any

ODD = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
"""Characters that no column of text can hold: NUL, and halves of pairs, as odd names have them."""


PLAIN = frozenset({int, bool, bytes, type(None)})
"""What is taken as it is; a look at the type is all that most values of a run cost."""


def storable(value: Any) -> Any:  # noqa: ANN401 - a value of a column
    """
    Return a value of a row as the column takes it.

    Numbers of numpy become those of Python, NaN becomes None, as both say unknown; what no
    text may hold becomes a mark.
    """
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is not float:
        if kind is str:
            return value if value.isascii() and "\0" not in value else value.translate(ODD)
        value = getattr(value, "item", lambda: value)()
    return None if isinstance(value, float) and math.isnan(value) else value


def storable_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a whole row so."""
    return {name: storable(value) for name, value in row.items()}
