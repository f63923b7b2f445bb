"""Words that stand where the exact form has them not: ``drop 10 s``, ``wu & cd``, ``first one``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.plans.coach.listed import kind_at

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token

LENGTHS = ("time", "distance")
WEAK = ("filler", "from", "at", "about", "rep")
PACES = ("clock", "speed")


MOST_WEAK = 6
"""Most words between what belongs together."""


def _behind(tokens: list[Token], at: int, weak: tuple[str, ...]) -> int:
    """Return where the first token stands behind a word and the weak words after it."""
    ahead = at + 1
    while kind_at(tokens, ahead) in weak and ahead - at <= MOST_WEAK:
        ahead += 1
    return ahead


def quickened(tokens: list[Token]) -> list[Token]:
    """Read ``drop 10 s`` as ``10 s faster``, and ``+1 km/h`` as what each part is faster by."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        ahead = _behind(tokens, at, WEAK) if token.kind in ("quicken", "plus") else at + 1
        amount = kind_at(tokens, ahead)
        is_plus = token.kind == "plus" and ahead == at + 1 and amount == "speed"
        if (token.kind == "quicken" and amount in ("time", "speed")) or is_plus:
            said = tokens[ahead]
            if amount == "speed":
                out.append(said._replace(kind="speedup"))
            else:
                out += [said, token._replace(kind="faster")]
            at = ahead + 1
        elif token.kind == "speed" and kind_at(tokens, at + 1) == "faster":
            out.append(token._replace(kind="speedup"))
            at += 2
        else:
            out.append(token)
            at += 1
    return _with_speeds(out) if any(t.kind == "speedup" for t in out) else out


def _with_speeds(tokens: list[Token]) -> list[Token]:
    """Read the bare number to start from as a speed, where parts change by speeds."""
    unit = next(re.sub(r"[\d.\s]+", "", t.text) for t in tokens if t.kind == "speedup")
    return [
        t._replace(kind="speed", text=f"{t.text}{unit}")
        if t.kind == "number" and kind_at(tokens, i - 1) in ("from", "in", "at")
        else t
        for i, t in enumerate(tokens)
    ]


def counted_off(tokens: list[Token]) -> list[Token]:
    """Read ``first one 7:10, second one 6:55`` as a list; a first one alone is the start."""
    out: list[Token] = []
    at, ordinals = 0, sum(t.kind == "ordinal" for t in tokens)
    while at < len(tokens):
        token = tokens[at]
        is_said = token.kind in ("first", "ordinal")
        ahead = _behind(tokens, at, (*WEAK, "colon")) if is_said else at + 1
        is_pace = kind_at(tokens, ahead) in PACES
        is_one = kind_at(tokens, at + 1) == "rep" or ordinals or kind_at(tokens, at + 1) in PACES
        if token.kind == "ordinal" and is_pace and kind_at(out, len(out) - 1) in JOINED:
            at = ahead
        elif token.kind == "ordinal" and is_pace:
            out.append(token._replace(kind="comma", text=","))
            at = ahead
        elif token.kind == "first" and is_pace and is_one:
            out.append(token._replace(kind="colon" if ordinals else "from"))
            at = ahead
        else:
            out.append(token)
            at += 1
    return out


JOINED = ("comma", "slash", "sep")


def both(tokens: list[Token]) -> list[Token]:
    """Read ``2 km wu & cd`` and ``EL/AL 10 min`` as both, each that long, around all the rest."""
    at = next((i for i in range(len(tokens)) if _is_pair(tokens, i)), None)
    if at is None:
        return tokens
    warm, cool, end = tokens[at], tokens[at + 2], at + 3
    while kind_at(tokens, end) in ("apiece", "colon", "every"):
        end += 1
    start = at
    if kind_at(tokens, at - 1) in LENGTHS:
        start, end = at - 1, at + 3
        length = tokens[at - 1]
    elif kind_at(tokens, end) in LENGTHS:
        length = tokens[end]
        end += 1
    else:
        return tokens
    comma = warm._replace(kind="comma", text=",")
    head, tail = tokens[:start], tokens[end:]
    return [length, warm, comma, *head, *tail, comma, length, cool]


def _is_pair(tokens: list[Token], at: int) -> bool:
    """Whether a warm-up and a cool-down stand together, with one length for both."""
    kinds = [kind_at(tokens, at + i) for i in range(3)]
    is_pair = kinds[0] == "warmup" and kinds[1] in (*JOINED, "plus") and kinds[2] == "cooldown"
    return is_pair and not (
        kind_at(tokens, at - 1) in LENGTHS and kind_at(tokens, at + 3) in LENGTHS
    )


ROLE_WORDS = ("easy", "rest")


def plain_words(tokens: list[Token]) -> list[Token]:
    """Take single words for what their neighbours make of them."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token, before = tokens[at], kind_at(out, len(out) - 1)
        kinds = [kind_at(tokens, at + i) for i in range(3)]
        if token.kind == "time" and before == "at" and _is_seconds(tokens, at + 1):
            minutes = re.match(r"\d+", token.text)
            text = f"{minutes[0] if minutes else 0}:{tokens[at + 1].text}"
            out.append(token._replace(kind="clock", text=text))
            at += 2
        elif kinds[0] in ROLE_WORDS and kinds[1] == "slash" and kinds[2] in ROLE_WORDS:
            out.append(token)
            at += 3
        elif token.kind == "faster" and before not in CHANGED and kinds[1] in ("colon", "clock"):
            out.append(token._replace(kind="note"))
            at += 1
        elif token.text.lower() in ENDS and token.kind == "note" and kinds[1] == "clock":
            out.append(token._replace(kind="to"))
            at += 1
        elif before == "count" and token.kind == "filler" and token.text.lower() in ONE_EACH:
            unit = "mi" if token.text.lower() == "mile" else "km"
            out.append(token._replace(kind="distance", text=f"1{unit}"))
            at += 1
        elif kinds == ["aim", "open_bracket", "time"] and before not in LENGTHS:
            is_alone = kind_at(tokens, at + 3) == "close_bracket"
            out += [token, tokens[at + 2]] if is_alone else tokens[at : at + 3]
            at += 4 if is_alone else 3
        elif "rest_between" in kinds[:2] and any(k in LENGTHS for k in kinds[:2]):
            length = token if token.kind in LENGTHS else tokens[at + 1]
            out += [token._replace(kind="with", text="with"), length, token._replace(kind="rest")]
            at += 2
        else:
            out.append(token)
            at += 1
    return out


ENDS = ("finish", "end")
"""Before a pace, where a step is to end."""

ONE_EACH = ("mile", "km", "k")
"""What one of several is, without a number."""

CHANGED = ("time", "per", "speed", "speedup", "number", "rep")
"""What may be faster by some amount, or is."""


def _is_seconds(tokens: list[Token], at: int) -> bool:
    """Whether a number is the seconds of a pace: ``à 4 min 40``."""
    is_number = kind_at(tokens, at) == "number" and re.fullmatch(r"[0-5]\d", tokens[at].text)
    return bool(is_number) and kind_at(tokens, at + 1) not in ("at", "in")
