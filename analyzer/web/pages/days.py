"""Days that an address asks for, and what an address of ours may say."""

from __future__ import annotations

import datetime as dt
import re
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.days import Days
from analyzer.web.addresses import days_address
from analyzer.web.answers import filled
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.web.settings import Settings

WEEK = dt.timedelta(days=7)

CONTENT = re.compile(r"[0-9a-f]{64}")
"""What a recording is known by: the SHA-256 of its bytes."""


def day_of(query: Mapping[str, str], name: str) -> dt.date | None:
    """Return a day that an address has, as 2026-03-31; None where it has none."""
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = f"write the day of '{name}' as 2026-03-31"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem) from None


def days_of(query: Mapping[str, str]) -> Days | None:
    """Return the days that an address asks for; None where it says nothing of days."""
    if "since" not in query and "until" not in query:
        return None
    first, last = day_of(query, "since"), day_of(query, "until")
    if first is not None and last is not None and first > last:
        first, last = last, first
    return Days(first, last)


def weeks_beside(path: str, first: dt.date | None, last: dt.date | None) -> tuple[str, str]:
    """Return the addresses of the same page a week before and after; empty for open days."""
    if first is None or last is None:
        return "", ""
    try:
        return tuple(days_address(path, first + d, last + d) for d in (-WEEK, WEEK))  # type: ignore[return-value]
    except OverflowError:
        return "", ""


def content_of(request: Request) -> str:
    """Return which recording an address is about; RefusedError where it can be none."""
    content: str = request.path_params["content"]
    if CONTENT.fullmatch(content) is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "there is no such run")
    return content


def is_kept(settings: Settings) -> bool:
    """Whether there may be a store; a file is looked for, one of a server is asked in time."""
    return "://" in settings.store or Path(settings.store).exists()


def nothing_kept(here: str) -> Response:
    """Say that there is nothing yet, and what to do."""
    return filled("nothing_kept.html", here=here)
