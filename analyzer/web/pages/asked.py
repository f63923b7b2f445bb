"""What a form asks for, as records; whatever a form may not say is refused."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar, get_args
from urllib.parse import parse_qsl

from analyzer.model.plan import Match
from analyzer.plans.document import MAX_BYTES as MAX_PLAN
from analyzer.units import UNIT_M
from analyzer.web.body import MAX_FORM
from analyzer.web.refusals import RefusedError
from analyzer.web.work.records import Asked, PlanAsked, PlanKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from analyzer.web.house import House

Name = TypeVar("Name", bound=str)

MOST_FIELDS = 100

LONGEST_S = 7 * 86_400.0
"""No start lies further from that of its recording [s]."""


async def read_form(request: Request, house: House) -> dict[str, str]:
    """Return the fields of a form; RefusedError where it is none, or too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a form is expected here")
    content = await house.bodies.read(request, MAX_FORM)
    try:
        return dict(parse_qsl(content.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the form cannot be read") from None


def asked_of(form: Mapping[str, str]) -> Asked:
    """
    Return what a form asks for.

    Raises
    ------
    RefusedError
        For what no form of ours says, with the name of the field.
    """
    return Asked(
        plan=plan_asked(form),
        start_s=seconds_or_none(form, "start"),
        match=_one_of(form, "match", get_args(Match)),
        moved=_moved(form),
        track=_one_of(form, "track", ("ends", "full")),
        units=_one_of(form, "units", tuple(UNIT_M)),
    )


def plan_asked(form: Mapping[str, str]) -> PlanAsked:
    """Return which plan a form asks for; else as `asked_of`."""
    kinds: tuple[PlanKind, ...] = get_args(PlanKind)
    kind: PlanKind = _one_of(form, "plan", kinds) or "carried"
    text = short(form, "plan_text", MAX_PLAN)
    athlete = short(form, "athlete", 100) or None
    return PlanAsked(kind, text, short(form, "plan_name", 300), b"", athlete)


def _moved(form: Mapping[str, str]) -> tuple[int, float] | None:
    """Return which block was moved, and where to."""
    at_s = seconds_or_none(form, "moved_to")
    block = form.get("moved", "")
    if at_s is None or not block:
        return None
    if not (block.isascii() and block.isdigit() and len(block) < 6):
        field = "moved"
        raise _not_understood(field)
    return int(block), at_s


def seconds_or_none(form: Mapping[str, str], name: str) -> float | None:
    """Return ``12:30``, ``-2:00`` or plain seconds as seconds; None where nothing is said."""
    text = form.get(name, "").strip()
    if not text:
        return None
    sign = -1.0 if text[0] in "-−" else 1.0
    parts = text.lstrip("-−").split(":")
    try:
        values = [float(part) for part in parts]
    except ValueError:
        raise _not_understood(name) from None
    is_time = len(values) <= 3 and all(math.isfinite(v) and v >= 0 for v in values)
    if not is_time or any(v >= 60 for v in values[1:]):
        raise _not_understood(name)
    seconds = 0.0
    for value in values:
        seconds = 60 * seconds + value
    if seconds > LONGEST_S:
        raise _not_understood(name)
    return sign * seconds + 0.0


def _one_of(form: Mapping[str, str], name: str, known: tuple[Name, ...]) -> Name | None:
    """Return a field that has one of some values; None where it is empty."""
    value = form.get(name, "")
    if not value:
        return None
    found = next((each for each in known if each == value), None)
    if found is None:
        raise _not_understood(name)
    return found


def short(form: Mapping[str, str], name: str, most: int) -> str:
    """Return a text that is no longer than it may be."""
    text = form.get(name, "")
    if len(text) > most:
        problem = f"'{name}' is longer than the limit of {most} characters"
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem)
    return text


def _not_understood(name: str) -> RefusedError:
    """Build the error for a field that says what it cannot."""
    words = {"start": "write the start as 12:30 or 1:02:30"}
    problem = words.get(name, f"the field '{name}' is not understood")
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
