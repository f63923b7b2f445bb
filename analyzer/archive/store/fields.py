"""
What the fields of the records of a review hold, as the annotations in `analyzer.model` say.

Most of their names are imported for the type checker alone, so they are looked up here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

MODULES = (
    "activity", "alignment", "block_result", "explanation", "findings", "local_time", "plan",
    "prepared", "remarks", "review", "track",
)  # fmt: skip
"""Where the records of a review are defined: no others are made from a store."""

REQUIRED = object()
"""The default of a field that has none."""


class Field(NamedTuple):
    """
    One field of a record.

    Parameters
    ----------
    name : str
        What it is called.
    kind : type or form
        What it holds.
    default : object
        What it holds where nothing is said; `REQUIRED` where something must be.
    """

    name: str
    kind: Any
    default: object


@cache
def _names() -> dict[str, Any]:
    """Return all names that annotations use."""
    found: dict[str, Any] = {}
    for module in ("analyzer.units", *(f"analyzer.model.{name}" for name in MODULES)):
        found |= {k: v for k, v in vars(import_module(module)).items() if not k.startswith("_")}
    return found | {
        "Bools": NDArray[np.bool_],
        "Floats": NDArray[np.float64],
        "Mapping": Mapping,
        "datetime": dt.datetime,
    }


def is_record(kind: object) -> bool:
    """Whether it is a class whose values have named fields."""
    return isinstance(kind, type) and (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"))


@cache
def fields_of(kind: Any) -> tuple[Field, ...]:  # noqa: ANN401 - mypy hashes no type[Any]
    """Return the fields of a record in order; what a class works out itself is none."""
    own = vars(import_module(kind.__module__))
    hints = get_type_hints(kind, localns={**_names(), **own})
    if not dataclasses.is_dataclass(kind):
        defaults = kind._field_defaults
        return tuple(Field(n, hints[n], defaults.get(n, REQUIRED)) for n in kind._fields)
    return tuple(
        Field(f.name, hints[f.name], _default(f)) for f in dataclasses.fields(kind) if f.init
    )


def _default(field: dataclasses.Field[Any]) -> object:
    """Return the default of a dataclass's field."""
    if field.default is not dataclasses.MISSING:
        return field.default
    made = field.default_factory
    return REQUIRED if made is dataclasses.MISSING else made()
