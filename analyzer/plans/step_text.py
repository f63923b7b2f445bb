"""One line of a plan: ``15min easy``, ``2x10min @ 4:00, 3:50 /km``, ``3x10min @ 4:00 -10s``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analyzer.plans.names import length_text
from analyzer.plans.paces import EFFORTS, FORMS, Pace, read_pace, single
from analyzer.plans.quantities import (
    PACE_DIGITS,
    UnreadableError,
    distance_m,
    duration_s,
    pace_s_per_km,
    seconds_off,
)
from analyzer.units import KM_M, UNIT_M

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.model.plan import Role
    from analyzer.plans.document import Problems, Word
    from analyzer.plans.paces import Known

MAX_BLOCKS = 1000
"""Most blocks of a plan, repeats unrolled."""

LENGTHS = "write 10min, 90s, 1h30, 2km, 400m, 1mi or open"

_TIMES = re.compile(r"(\d{1,12})\s*[x×*]\s*(?=\S)")
_WORDS = r"(?:h|hr|hrs|hours?|min|mins|minutes?|s|sec|secs|seconds?|km|m|mtr|mi|miles?|k)"
_LENGTH = re.compile(
    rf"\d+(?:\.\d+)?\s*{_WORDS}(?:\s*\d+(?:\s*(?:min|s|sec|mins|minutes?))?)?(?![\w/:])"
    r"|\d{1,3}(?::\d{1,2}){1,2}(?![\w/:])|half marathon|half|marathon|open",
    re.IGNORECASE | re.ASCII,
)
_PACE_LIKE = re.compile(
    rf"\s*(?:[<>≤≥]=?\s*)?{PACE_DIGITS}\s*(?:(?:-|->|→)\s*{PACE_DIGITS}\s*)?(?:/\s*\w+)?\s*"
)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a block is: time, distance, or open (neither)."""

    duration_s: float | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has a number: as far as its own line tells."""

    length: Length
    pace: Pace
    name: str = ""


def read_length(text: str) -> Length:
    """Read the length of a block; UnreadableError says what to write instead."""
    if text.strip().lower() == "open":
        return Length()
    seconds = duration_s(text)
    if seconds is not None:
        return Length(duration_s=seconds)
    metres = distance_m(text)
    if metres is not None:
        return Length(distance_m=metres)
    bare = re.fullmatch(r"\d+(\.\d+)?", text.strip(), re.ASCII)
    problem = f"'{text}' has no unit" if bare else f"'{text}' is not a length"
    msg = f"{problem}; {LENGTHS}"
    raise UnreadableError(msg)


def read_items(line: Word, known: Known, problems: Problems) -> list[Draft]:
    """
    Read a whole plan in one line: steps with commas between them.

    A comma also stands between the paces of one step; what looks like a pace
    behind an ``@`` belongs to the step before it.
    """
    drafts: list[Draft] = []
    for piece in _pieces(line):
        made = read_step(piece, known, problems)
        drafts += made
        with_pace = [d.pace.target for d in made if d.pace.target is not None]
        if with_pace:
            known = replace(known, previous=with_pace[-1])
        if len(drafts) > MAX_BLOCKS:
            break
    return drafts


def _pieces(line: Word) -> Iterator[Word]:
    """Cut a line at the commas (or semicolons) that begin a new step."""
    start = 0
    commas = list(re.finditer(r"[,;]", line.text))
    ends = [*(c.start() for c in commas[1:]), len(line.text)]
    for match, end in zip(commas, ends, strict=False):
        following = line.text[match.end() : end]
        open_paces = line.text.find("@", start, match.start()) >= 0
        if match[0] == "," and open_paces and _PACE_LIKE.fullmatch(following):
            continue
        yield line.part(start, match.start())
        start = match.end()
    yield line.part(start, len(line.text))


def read_step(step: Word, known: Known, problems: Problems) -> list[Draft]:
    """
    Read one step, which may stand for several blocks.

    Problems are collected with their columns; what cannot be read gives no block.
    """
    text = step.text
    if not text.strip():
        problems.add("an empty step; write for example '15min easy'", step, 1)
        return []
    count, at = _count(step, problems)
    if count is None:
        return []
    match = _LENGTH.match(text, at)
    if match is None:
        word = step.part(at, len(text.split("@", 1)[0]) if "@" in text else None)
        first = word.part(0, len(word.text.split(" ")[0]) or 1)
        problems.add(f"'{first.text}' is not a length; {LENGTHS}", first)
        return []
    try:
        length = read_length(match[0])
    except UnreadableError as error:
        problems.add(str(error), step.part(at, match.end()))
        return []
    head, separator, _ = text.partition("@")
    words = step.part(match.end(), len(head))
    if not separator:
        return _without_pace(words, length, count, known, problems)
    paces = step.part(len(head) + 1)
    targets = _paces(paces, count, known, problems)
    name = words.text
    role = EFFORTS.get(name.lower())
    shown = _with_length(length, name)
    return [Draft(length, Pace(p.target, p.role or role), shown) for p in targets]


def _count(step: Word, problems: Problems) -> tuple[int | None, int]:
    """Read ``4x`` in front of a step."""
    match = _TIMES.match(step.text)
    if match is None:
        return 1, 0
    count = int(match[1])
    if not 1 <= count <= MAX_BLOCKS:
        text = f"{match[1]} times is outside 1 to {MAX_BLOCKS}, the limit of blocks"
        problems.add(text, step.part(0, match.end(1)))
        return None, match.end()
    return count, match.end()


def _without_pace(
    words: Word, length: Length, count: int, known: Known, problems: Problems
) -> list[Draft]:
    """Read a step that has an effort in words, or nothing, in place of a pace."""
    name = words.text
    if not name:
        role: Role | None = "cooldown" if length == Length() else None
        return [Draft(length, Pace(None, role))] * count
    try:
        pace = read_pace(name, known)
    except UnreadableError as error:
        text = str(error)
        if pace_s_per_km_like(name):
            text = f"write '@' before the pace: @ {name}"
        problems.add(text, words)
        return []
    is_word = name.lower() in EFFORTS or name.lower() in known.named
    by_word = pace.role or EFFORTS.get(name.lower())
    shown = _with_length(length, name) if is_word else ""
    return [Draft(length, Pace(pace.target, by_word), shown)] * count


def _with_length(length: Length, words: str) -> str:
    """Name a block as the coach says it: ``15 min easy``."""
    if not words or length == Length():
        return words
    return f"{length_text(length.duration_s, length.distance_m)} {words}"


def pace_s_per_km_like(text: str) -> bool:
    """Whether a text looks like paces that lack their ``@``."""
    return bool(re.match(r"\d{1,2}:\d\d", text))


def _paces(paces: Word, count: int, known: Known, problems: Problems) -> list[Pace]:
    """Read the paces behind an ``@``: one for all, one for each, or a start and a step."""
    stepped = _start_and_step(paces.text, count, known)
    if stepped is not None:
        return stepped
    unit = re.search(r"/\s*(km|mi|mile)\s*$", paces.text, re.IGNORECASE)
    found: list[Pace] = []
    failed = False
    previous = known.previous
    for match in re.finditer(r"[^,]+", paces.text):
        word = paces.part(match.start(), match.end())
        is_bare = re.fullmatch(PACE_DIGITS, word.text) is not None
        text = word.text + (unit[0].strip() if unit and is_bare else "")
        try:
            pace = read_pace(text, replace(known, previous=previous))
        except UnreadableError as error:
            problems.add(str(error).replace(f"'{text}'", f"'{word.text}'"), word)
            failed = True
            continue
        previous = pace.target or previous
        found.append(pace)
    if failed:
        return []
    if not found:
        problems.add(f"no pace behind '@'; {FORMS}", paces, 1)
        return []
    if len(found) == 1:
        return found * count
    if len(found) != count:
        remedy = f"write {count} of them" if count > 1 else f"write {len(found)}x in front"
        blocks = f"{count} blocks" if count > 1 else "one block"
        problems.add(f"{blocks} but {len(found)} paces; {remedy}", paces)
        return []
    return found


def _start_and_step(text: str, count: int, known: Known) -> list[Pace] | None:
    """Read ``4:00 -10s`` for several blocks: each one faster by that much."""
    match = re.fullmatch(
        rf"({PACE_DIGITS}(?:\s*/\s*\w+)?)\s*([+-]\s*\d[\d.]*\s*s\S*)", text.strip()
    )
    if match is None or count < 2:
        return None
    try:
        start = pace_s_per_km(match[1], known.unit)
    except UnreadableError:
        return None
    off = seconds_off(match[2])
    if start is None or off is None:
        return None
    in_miles = "mi" in match[1] or ("/" not in match[1] and known.unit == "mi")
    step = off * KM_M / UNIT_M["mi" if in_miles else "km"]
    paces = [start + i * step for i in range(count)]
    if not all(100 <= p <= 1200 for p in paces):
        return None
    return [Pace(single(p)) for p in paces]
