"""What stands behind the ``?`` of an address: read strictly, as a slip must not be passed over."""

from __future__ import annotations

import datetime as dt
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from analyzer.archive.days import Days
from analyzer.web.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def query_of(request: Request, *known: str, several: str = "") -> dict[str, str]:
    """
    Return the parameters of an address.

    Parameters
    ----------
    request : Request
        Its address.
    *known : str
        What they may be called.
    several : str
        One that may come more than once, and is not returned.

    Raises
    ------
    RefusedError
        For any other, one that comes twice, or is empty.
    """
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name == several and value:
            continue
        if name not in known:
            names = ", ".join(each for each in (*known, several) if each) or "none"
            raise RefusedError(WRONG, f"there is no parameter '{name}': there is {names}")
        if name in found or not value:
            raise RefusedError(WRONG, f"the parameter '{name}' is given once, with a value")
        found[name] = value
    return found


def days_of(query: Mapping[str, str]) -> Days:
    """Return first and last day, as far as they are asked for."""
    days = Days(_day(query, "since"), _day(query, "until"))
    if days.first is not None and days.last is not None and days.first > days.last:
        raise RefusedError(WRONG, "'since' is after 'until'")
    return days


def whole(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    text = query.get(name)
    if text is None:
        return default
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    if not is_number or not least <= int(text) <= most:
        raise RefusedError(WRONG, f"'{name}' is a whole number from {least} to {most}")
    return int(text)


def truth(query: Mapping[str, str], name: str) -> bool:
    """Return whether something is asked for: ``true``, or left out."""
    text = query.get(name, "false")
    if text not in ("true", "false"):
        raise RefusedError(WRONG, f"'{name}' is true or false")
    return text == "true"


def day_of(text: str, name: str) -> dt.date:
    """Return a day as it is written: ``2026-03-31``."""
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise RefusedError(WRONG, f"write the day of '{name}' as 2026-03-31")


def _day(query: Mapping[str, str], name: str) -> dt.date | None:
    """Return a day; None if it is not asked for."""
    text = query.get(name)
    return None if text is None else day_of(text, name)
