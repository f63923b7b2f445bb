"""
Records made again from plain values, each held against what its field may hold.

A store may come from somebody else: what comes out is a record of the model in every part,
or nothing does.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import numpy as np

from analyzer.archive.store.arrays import column_of
from analyzer.archive.store.encode import NAMED, WHICH
from analyzer.archive.store.fields import REQUIRED, fields_of, is_record

Reader = Callable[[Any], Any]

BY_NAME = {kind.__name__: kind for kind in NAMED}
"""The records that say which they are."""


class NotThisError(ValueError):
    """A value is not what its place may hold."""


@cache
def reader_of(kind: Any) -> Reader:  # noqa: ANN401 - a type, or a form of typing
    """
    Return what makes a value of a kind from a plain one.

    Raises
    ------
    NotThisError
        By the reader, for a plain value that is none of that kind.
    TypeError
        For a kind that no field of the model has.
    """
    if kind in SINGLE:
        return SINGLE[kind]
    if is_record(kind):
        return _record(kind)
    make = BY_ORIGIN.get(get_origin(kind))
    if make is None:
        msg = f"no field of the model holds {kind}"
        raise TypeError(msg)
    return make(get_args(kind))


def _refuse(value: object, wanted: str) -> NotThisError:
    """Say what is not what it should be, without repeating it: nobody knows what it holds."""
    return NotThisError(f"{wanted} is wanted, not {type(value).__name__}")


def _exactly(kind: type[Any]) -> Reader:
    """Take values of one plain type."""

    def read(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not kind:
            raise _refuse(value, kind.__name__)
        return value

    return read


def _float(value: Any) -> Any:  # noqa: ANN401 - an integer stays one, as it was
    """Take numbers."""
    if type(value) is not float and type(value) is not int:
        raise _refuse(value, "a number")
    return value


def _moment(value: Any) -> dt.datetime:  # noqa: ANN401
    """Take a date with its time."""
    if not isinstance(value, str):
        raise _refuse(value, "a time")
    return dt.datetime.fromisoformat(value)


def _day(value: Any) -> dt.date:  # noqa: ANN401
    """Take a day as ISO 8601 has it."""
    if not isinstance(value, str):
        raise _refuse(value, "a day")
    return dt.date.fromisoformat(value)


def _column(value: Any) -> Any:  # noqa: ANN401
    """Take a column of numbers."""
    if not isinstance(value, str):
        raise _refuse(value, "a column")
    return column_of(value)


SINGLE: dict[Any, Reader] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    float: _float,
    types.NoneType: _exactly(types.NoneType),
    dt.datetime: _moment,
    dt.date: _day,
}
"""What is read by itself."""


def _one_of(words: tuple[Any, ...]) -> Reader:
    """Take one of some words."""

    def read(value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, str) or value not in words:
            raise _refuse(value, "a known word")
        return value

    return read


def _any_of(kinds: tuple[Any, ...]) -> Reader:
    """Take what one of some kinds takes; records say themselves which they are."""
    if any(kind in NAMED for kind in kinds):
        return _named
    if types.NoneType in kinds:
        rest = tuple(kind for kind in kinds if kind is not types.NoneType)
        return _unless_none(reader_of(rest[0]) if len(rest) == 1 else _any_of(rest))
    readers = tuple(reader_of(kind) for kind in kinds)

    def read(value: Any) -> Any:  # noqa: ANN401
        for reader in readers:
            try:
                return reader(value)
            except NotThisError:
                continue
        raise _refuse(value, "one of several kinds")

    return read


def _unless_none(reader: Reader) -> Reader:
    """Take None as it is."""
    return lambda value: None if value is None else reader(value)


def _named(value: Any) -> Any:  # noqa: ANN401
    """Take a record that says which it is, or None."""
    if value is None:
        return None
    kind = BY_NAME.get(value.get(WHICH)) if isinstance(value, dict) else None
    if kind is None:
        raise _refuse(value, "the evidence of a finding")
    return reader_of(kind)(value)


def _tuple(kinds: tuple[Any, ...]) -> Reader:
    """Take a list, of any length or of a certain one."""
    return _many(reader_of(kinds[0])) if kinds[-1] is Ellipsis else _fixed(kinds)


def _many(reader: Reader) -> Reader:
    """Take a list of one kind."""

    def read(value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, list):
            raise _refuse(value, "a list")
        return tuple([reader(part) for part in value])

    return read


def _fixed(kinds: tuple[Any, ...]) -> Reader:
    """Take a list of some length."""
    readers = tuple(reader_of(kind) for kind in kinds)

    def read(value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, list) or len(value) != len(readers):
            raise _refuse(value, f"a list of {len(readers)}")
        return tuple([reader(part) for reader, part in zip(readers, value, strict=True)])

    return read


def _mapping(kinds: tuple[Any, ...]) -> Reader:
    """Take a mapping of names."""
    reader = reader_of(kinds[-1])

    def read(value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, dict):
            raise _refuse(value, "a mapping")
        return {key: reader(part) for key, part in value.items()}

    return read


def _record(kind: Any) -> Reader:  # noqa: ANN401
    """Take an object: fields nobody knows are left, those that lack take their default."""
    fields = tuple((f.name, reader_of(f.kind), f.default) for f in fields_of(kind))

    def read(value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, dict):
            raise _refuse(value, kind.__name__)
        told = {}
        for name, reader, default in fields:
            if name in value:
                told[name] = reader(value[name])
            elif default is REQUIRED:
                msg = f"{kind.__name__} lacks {name}"
                raise NotThisError(msg)
        return kind(**told)

    return read


BY_ORIGIN: dict[Any, Callable[[tuple[Any, ...]], Reader]] = {
    Literal: _one_of,
    Mapping: _mapping,
    Union: _any_of,
    np.ndarray: lambda _: _column,
    tuple: _tuple,
    types.UnionType: _any_of,
}
"""What is read by its parts."""
