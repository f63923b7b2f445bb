"""
What the fields of the records of a review hold, as the annotations in `analyzer.model` say.

Most of their names are imported for the type checker alone, so they are looked up here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, get_type_hints

import numpy as np
from msgspec import NODEFAULT, Struct
from numpy.typing import NDArray

MODULES = (
    "activity", "alignment", "alike", "block_result", "explanation", "findings", "local_time",
    "plan", "prepared", "remarks", "review", "track",
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
        "dt": dt,
    }


def is_record(kind: object) -> bool:
    """Whether it is a class whose values have named fields."""
    return isinstance(kind, type) and (issubclass(kind, Struct) or hasattr(kind, "_fields"))


@cache
def fields_of(kind: Any) -> tuple[Field, ...]:  # noqa: ANN401 - mypy hashes no type[Any]
    """Return the fields of a record in order."""
    own = vars(import_module(kind.__module__))
    hints = get_type_hints(kind, localns={**_names(), **own})
    defaults = _defaults_of(kind)
    names = kind.__struct_fields__ if issubclass(kind, Struct) else kind._fields
    return tuple(Field(name, hints[name], defaults.get(name, REQUIRED)) for name in names)


def _defaults_of(kind: Any) -> dict[str, object]:  # noqa: ANN401
    """Return what fields hold where nothing is said; a struct has it by place, from behind."""
    if not issubclass(kind, Struct):
        return dict(kind._field_defaults)
    given = kind.__struct_defaults__
    names = kind.__struct_fields__[len(kind.__struct_fields__) - len(given) :]
    pairs = zip(names, given, strict=True)
    return {n: d.factory() if hasattr(d, "factory") else d for n, d in pairs if d is not NODEFAULT}
