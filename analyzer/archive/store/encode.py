"""A review as plain values that JSON can say, its records as objects by the names of fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

import numpy as np

from analyzer.archive.store.arrays import text_of
from analyzer.archive.store.fields import fields_of, is_record
from analyzer.model.findings import Facts

NAMED = frozenset(get_args(Facts))
"""Records of which a field may hold any: each says which it is."""

WHICH = "is"
"""Under which name it does."""

PLAIN = frozenset({str, int, float, bool, type(None)})
"""What is written as it is; JSON of Python has NaN and infinity too."""


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    """
    Return a value as JSON has it.

    Raises
    ------
    TypeError
        For a value that no record of the model holds.
    """
    kind: Any = type(value)
    if kind in PLAIN:
        return value
    if kind is tuple:
        return [plain(part) for part in value]
    if is_record(kind):
        told = {name: plain(getattr(value, name)) for name in _field_names(kind)}
        return {WHICH: kind.__name__, **told} if kind in NAMED else told
    return _other(value)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the names of what is written of a record."""
    return tuple(field.name for field in fields_of(kind))


def _other(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    """Return a column, a time, a mapping or a number of numpy's as JSON has it."""
    if isinstance(value, np.ndarray):
        return text_of(value)
    if isinstance(value, dt.date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, np.generic):
        return value.item()
    for kind in (bool, int, float, str):  # np.float64 is a float
        if isinstance(value, kind):
            return kind(value)
    msg = f"a review holds no {type(value).__name__}"
    raise TypeError(msg)
