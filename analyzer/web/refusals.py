"""What the server answers where something is wrong: a status, and one line."""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import TYPE_CHECKING

from analyzer.errors import (
    ActivityError,
    LimitError,
    MissingExtraError,
    OutputError,
    PlanError,
    ProgcheckError,
    StoreError,
)
from analyzer.safe_text import clean_text, escape_text

if TYPE_CHECKING:
    from collections.abc import Sequence


class RefusedError(ProgcheckError):
    """
    A request is not answered.

    Parameters
    ----------
    status : int
        Of HTTP.
    problem : str
        What is wrong and what to do, in one line.
    """

    def __init__(self, status: int, problem: str) -> None:
        self.status = status
        self.problem = problem
        super().__init__(clean_text(escape_text(problem, 300), 300))


class NoTokenError(RefusedError):
    """Who asks does not know the token; a person is told where it is, and may give it."""


STATUSES: Sequence[tuple[type[Exception], HTTPStatus]] = (
    (LimitError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (ActivityError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (PlanError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (MissingExtraError, HTTPStatus.NOT_IMPLEMENTED),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (OutputError, HTTPStatus.INSUFFICIENT_STORAGE),
)
"""The first that fits counts; what fits none is a bug of ours."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def status_of(error: Exception) -> int:
    """Return the HTTP status of an error."""
    if isinstance(error, RefusedError):
        return error.status
    if isinstance(error, OSError) and error.errno in FULL:
        return HTTPStatus.INSUFFICIENT_STORAGE
    found = (status for kind, status in STATUSES if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def line_of(error: Exception) -> str:
    """Return what is shown of an error: its own words, or that it is a bug of ours."""
    if isinstance(error, ProgcheckError):
        return str(error)
    if isinstance(error, OSError) and error.errno in FULL:
        return "the disk is full: make room and try again"
    if isinstance(error, OSError) and error.strerror:
        return f"this machine refuses it ({error.strerror})"
    return f"a bug in progcheck ({type(error).__name__}); please report it"
