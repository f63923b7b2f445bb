"""One line of a plan: ``15min easy``, ``2x10min @ 4:00, 3:50 /km``, ``3x10min @ 4:00 -10s``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.draft import MAX_BLOCKS, Draft, Length
from analyzer.plans.names import length_text
from analyzer.plans.paces import EFFORTS, FORMS, Pace, read_pace, single, unit_behind
from analyzer.plans.quantities import (
    LONGEST,
    PACE_DIGITS,
    UnreadableError,
    checked_pace,
    distance_m,
    duration_s,
    pace_s_per_km,
    plain,
    seconds_off,
)
from analyzer.structs import replace
from analyzer.units import KM_M, UNIT_M, pace_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.plans.document import Problems, Word
    from analyzer.plans.paces import PaceContext
    from analyzer.units import Unit

LENGTHS = "write 10min, 90s, 1h30, 2km, 400m, 1mi or open"

LONGEST_WORDS = 1000
"""Longest text between length and pace [characters]."""

_TIMES = re.compile(r"([0-9]{1,12})\s*[xX×*]\s*(?=\S)")
_UNIT = (
    r"(?:hours?|hrs?|h|minutes?|mins?|min|seconds?|secs?|s|kilomet(?:re|er)s?|km|k"
    r"|met(?:re|er)s?|mtr|miles?|mi|m)"
)
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,20})?"
_MORE = r"(?:\s{0,9}[0-9]{1,9}(?:\s{0,9}(?:minutes?|mins?|seconds?|secs?|s))?)"
_LENGTH = re.compile(
    rf"{_NUMBER}\s{{0,9}}{_UNIT}{_MORE}{{0,2}}(?![\w/:])"
    r"|[0-9]{1,3}(?::[0-9]{1,2}){1,2}(?![\w/:])"
    r"|(?:half[ -]marathon|half|marathon|open)(?![\w-])",
    re.IGNORECASE,
)
# Patterns that few plans need are compiled when they are first used.
_ANOTHER = (
    rf"(?<![\w.:+-])(?:[0-9]{{1,4}}\s?[xX×*]\s?[0-9]"
    rf"|{_NUMBER}\s{{0,9}}(?i:(?!k\b){_UNIT})(?![\w/]))"
)
_PACE_LIKE = (
    rf"(?:[<>≤≥]=?\s?)?{PACE_DIGITS}\s?(?:(?:[-–—−]|->|→)\s?{PACE_DIGITS}\s?)?(?:/\s?\w+)?"
    r"|(?:[A-Za-z][\w.-]*\s?)?[-+−–]\s?[0-9.]+\s?s\w*(?:\s?/\s?\w+)?"
    r"|[0-9.]+\s?%\s?[\w .:-]+"
    r"|(?:[0-9.]+\s?(?:-|->|→)\s?)?[0-9.]+\s?(?i:km/h|kmh|kph|mph)"
)
_PACE_UNIT = re.compile(r"/ *(?:km|mile|mi|k)(?= *(?:[,;]|$))", re.IGNORECASE)
_TAKES_UNIT = r"(?is:.*(?::[0-9]{2}(?:\.[0-9]+)?|[-+−–]\s*[0-9.]+\s*s(?:ec)?))"


def read_length(text: str) -> Length:
    """Read the length of a block; UnreadableError says what to write instead."""
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    if text.strip().lower() == "open":
        return Length()
    seconds = duration_s(text)
    if seconds is not None:
        return Length(duration_s=seconds)
    metres = distance_m(text)
    if metres is not None:
        return Length(distance_m=metres)
    msg = f"'{shown}' is not a length; {LENGTHS}"
    if not text.strip():
        msg = f"the length is missing; {LENGTHS}"
    elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", text.strip()):
        msg = f"'{shown}' has no unit; {LENGTHS}"
    elif "@" in text:
        msg = f"'{shown}' is more than a length; write {{run: 10min, pace: 4:00}}"
    elif _TIMES.match(text):
        msg = f"'{shown}' is more than a length; write '- 4x10min @ 4:00', or 'repeat: 4'"
    elif re.fullmatch(r"[0-9]+,[0-9]+\s*[a-z]+", text.strip(), re.IGNORECASE):
        msg = f"'{shown}' has a decimal comma; write {text.strip().replace(',', '.')}"
    raise UnreadableError(msg)


def is_length_first(text: str) -> bool:
    """Whether a text begins as a step does."""
    return _LENGTH.match(text) is not None or _TIMES.match(text) is not None


def read_items(line: Word, context: PaceContext, problems: Problems) -> list[Draft]:
    """
    Read a whole plan in one line: steps with commas between them.

    A comma also stands between the paces of one step; what looks like a pace
    behind an ``@`` belongs to the step before it.
    """
    drafts: list[Draft] = []
    for piece in _pieces(line, context):
        made = read_step(piece, context, problems)
        drafts += made
        for draft in made:
            context = context.after(draft.pace)
        if len(drafts) > MAX_BLOCKS or problems.is_full:
            break
    return drafts


def _pieces(line: Word, context: PaceContext) -> Iterator[Word]:
    """Cut a line at the commas (or semicolons) that begin a new step."""
    start = end = 0
    has_pace = False
    for mark in (*re.finditer(r"[,;]", line.text), None):
        if mark is not None and _is_decimal(line.text, end, mark.start()):
            continue
        following = line.text[end : mark.start() if mark else len(line.text)]
        if end and not (has_pace and _is_pace(following, context)):
            yield line.part(start, end - 1)
            start, has_pace = end, False
        has_pace = has_pace or "@" in following
        end = mark.end() if mark else end
    yield line.part(start)


def _is_decimal(text: str, start: int, comma: int) -> bool:
    """Whether a comma is a decimal one, ``1,5km``: no step begins there."""
    return (
        comma - start <= len("1000 x 100")
        and re.fullmatch(r"\s*([0-9]+\s?[xX×*]\s?)?[0-9]+", text[start:comma]) is not None
        and re.match(r"[0-9]{1,3}\s?[A-Za-z]", text[comma + 1 : comma + 6]) is not None
    )


def _is_pace(text: str, context: PaceContext) -> bool:
    """Whether what follows a comma is one more pace of the step before it."""
    text = " ".join(text.split()) if len(text) <= LONGEST else ""
    word = text.lower()
    is_name = re.fullmatch(r"[^\W\d][^\d@]*", word) and not _LENGTH.match(word)
    return bool(is_name) or word in context.named or re.fullmatch(_PACE_LIKE, text) is not None


def read_step(step: Word, context: PaceContext, problems: Problems) -> list[Draft]:
    """
    Read one step, which may be several blocks.

    Problems are collected with their columns; what cannot be read gives no block.
    """
    text = step.text
    if not text.strip():
        problems.add("an empty step; write for example '15min easy'", step, 1)
        return []
    count, at = _count(step, problems)
    if count is None:
        return []
    length_and_end = _length(step, at, problems)
    if length_and_end is None:
        return []
    length, end = length_and_end
    head, separator, _ = text.partition("@")
    words = step.part(end, len(head))
    if words.text.lower() not in context.named and _has_another_step(words, problems):
        return []
    if not separator:
        return _without_pace(words, length, count, context, problems)
    paces = step.part(len(head) + 1)
    targets = _paces(paces, count, context, problems)
    name = words.text
    role = EFFORTS.get(name.lower())
    shown = _with_length(length, name)
    return [Draft(length, replace(p, role=p.role or role), shown) for p in targets]


def _length(step: Word, at: int, problems: Problems) -> tuple[Length, int] | None:
    """Read the length of a step; also where it ends."""
    match = _LENGTH.match(step.text, at)
    if match is None:
        word = step.part(at, len(step.text.split("@", 1)[0]) if "@" in step.text else None)
        _no_length(step.text, word.part(0, len(word.text[:100].split(" ")[0]) or 1), problems)
        return None
    try:
        return read_length(match[0]), match.end()
    except UnreadableError as error:
        problems.add(str(error), step.part(at, match.end()))
        return None


def _no_length(text: str, first: Word, problems: Problems) -> None:
    """Say why no step begins here."""
    comma = re.match(r"(?:[^,@]*[xX×*])?\s*([0-9]+),([0-9]+)\s*([a-z]+)", text, re.IGNORECASE)
    if comma:
        problems.add(f"a decimal comma; write {comma[1]}.{comma[2]}{comma[3]}", first)
        return
    try:
        read_length(first.text)
    except UnreadableError as error:
        problems.add(str(error), first)
    else:
        problems.add(f"'{first.text}' is not a length; {LENGTHS}", first)


def _has_another_step(words: Word, problems: Problems) -> bool:
    """Whether a second step hides after the length of the first: its comma was forgotten."""
    if len(words.text) > LONGEST_WORDS:
        problems.add(f"more than the limit of {LONGEST_WORDS} characters; shorten it", words, 1)
        return True
    has_digit = any("0" <= c <= "9" for c in words.text)
    another = re.search(_ANOTHER, words.text) if has_digit else None
    if another is None:
        return False
    at = words.part(another.start())
    text = "another step begins here; put a comma before it, or give it a line of its own"
    problems.add(text, at, len(another[0]))
    return True


def _count(step: Word, problems: Problems) -> tuple[int | None, int]:
    """Read ``4x`` in front of a step."""
    match = _TIMES.match(step.text)
    if match is None:
        return 1, 0
    count = int(match[1])
    if not 1 <= count <= MAX_BLOCKS:
        amount = "over the limit of blocks" if count else "nothing to run"
        text = f"{match[1]} times is {amount}; write 1 to {MAX_BLOCKS}"
        problems.add(text, step.part(0, match.end(1)))
        return None, match.end()
    return count, match.end()


def _without_pace(
    words: Word, length: Length, count: int, context: PaceContext, problems: Problems
) -> list[Draft]:
    """Read a step that has an effort in words, or nothing, in place of a pace."""
    name = words.text
    if not name:
        return [Draft(length, Pace(None))] * count
    try:
        first = read_pace(name, context)
    except UnreadableError as error:
        text = str(error)
        if pace_s_per_km_like(name):
            text = f"write '@' before the pace: @ {name}"
        problems.add(text, words)
        return []
    is_word = name.lower() in EFFORTS or name.lower() in context.named
    by_word = first.role or EFFORTS.get(name.lower())
    shown = _with_length(length, name) if is_word else ""
    paces = _each_from_the_last(first, words, count, context, problems)
    return [Draft(length, replace(p, role=by_word), shown) for p in paces]


def _with_length(length: Length, words: str) -> str:
    """Name a block as the coach says it: ``15 min easy``."""
    if not words or length == Length():
        return words
    return f"{length_text(length.duration_s, length.distance_m)} {words}"


def pace_s_per_km_like(text: str) -> bool:
    """Whether a text looks like paces that lack their ``@``."""
    return bool(re.match(r"\d{1,2}:\d\d", text))


def _paces(paces: Word, count: int, context: PaceContext, problems: Problems) -> list[Pace]:
    """Read the paces after an ``@``: one for all, one for each, or a start and a step."""
    each = _start_and_step(paces, count, context, problems)
    if each is None:
        each = _each_pace(paces, context, problems)
    if len(each) == 1:
        return _each_from_the_last(each[0], paces, count, context, problems)
    if each and len(each) != count:
        remedy = f"write {count} of them" if count > 1 else f"write {len(each)}x in front"
        blocks = f"{count} blocks" if count > 1 else "one block"
        problems.add(f"{blocks} but {len(each)} paces; {remedy}", paces)
        return []
    return each


def _each_from_the_last(
    first: Pace, words: Word, count: int, context: PaceContext, problems: Problems
) -> list[Pace]:
    """Read one pace for several blocks; ``previous - 10s`` is a step down from each to the next."""
    read = [first]
    try:
        while len(read) < count:
            context = context.after(read[-1])
            pace = read_pace(words.text, context)
            if pace == read[-1]:
                return read + [pace] * (count - len(read))
            read.append(pace)
    except UnreadableError as error:
        problems.add(f"block {len(read) + 1} of {count}: {error}", words)
        return []
    return read


def _each_pace(paces: Word, context: PaceContext, problems: Problems) -> list[Pace]:
    """Read paces with commas between them; none if one of them cannot be read."""
    unit = _shared_unit(paces, problems)
    read: list[Pace] = []
    before = len(problems.collected)
    for match in re.finditer(r"[^,;]+", paces.text):
        word = paces.part(match.start(), match.end())
        takes_unit = unit and len(word.text) <= LONGEST and re.fullmatch(_TAKES_UNIT, word.text)
        text = f"{word.text}/{unit}" if takes_unit else word.text
        try:
            pace = read_pace(text, context)
        except UnreadableError as error:
            problems.add(str(error).replace(f"'{text}'", f"'{word.text}'"), word)
        else:
            context = context.after(pace)
            read.append(pace)
        if len(read) > MAX_BLOCKS:
            problems.add(f"more than the limit of {MAX_BLOCKS} paces; write fewer", word, 1)
        if len(read) > MAX_BLOCKS or problems.is_full:
            break
    if not read and len(problems.collected) == before:
        problems.add(f"no pace after '@'; {FORMS}", paces, 1)
    return read if len(problems.collected) == before else []


def _shared_unit(paces: Word, problems: Problems) -> Unit | None:
    """
    Return the unit that follows one of several paces and is meant for all.

    Where one is per km and another per mile, each has to say which it is.
    """
    units = {unit_behind(pace[0]) for pace in _PACE_UNIT.finditer(paces.text)}
    if len(units) < 2:
        return next(iter(units), None)
    for match in re.finditer(r"[^,;]+", paces.text):
        word = paces.part(match.start(), match.end())
        if re.fullmatch(r"[^/]*:[0-9]{2}", word.text):
            text = f"per km or per mile? Others here are both; write {word.text}/km"
            problems.add(f"'{word.text}' {text}", word)
            break
    return None


def _start_and_step(
    paces: Word, count: int, context: PaceContext, problems: Problems
) -> list[Pace] | None:
    """Read ``4:00 -10s`` for several blocks: each one faster by that much."""
    text = plain(paces.text) if len(paces.text) <= LONGEST else ""
    match = re.fullmatch(r"([0-9][^+,-]*?) *([+-] *[0-9][0-9.]* *s[^,]*)", text, re.IGNORECASE)
    if match is None or count < 2:
        return None
    try:
        off = seconds_off(match[2])
        own = unit_behind(match[1])
        unit = (off[1] if off else None) or own or context.unit
        start = pace_s_per_km(match[1], own or unit)
        if start is None or off is None:
            return None
        step = off[0] * KM_M / UNIT_M[unit]
        last = start + (count - 1) * step
        checked_pace(
            f"{pace_text(last, context.unit)}/{context.unit}" if last > 0 else "0:00", last
        )
    except UnreadableError as error:
        problems.add(f"the last of {count} blocks: {error}", paces)
        return []
    return [Pace(single(start + i * step), unit=unit) for i in range(count)]
