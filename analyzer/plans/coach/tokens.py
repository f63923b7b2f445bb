"""A coach's text as tokens: lengths, paces, counts, words by their meaning, marks between them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analyzer.plans.coach.lexicon import LONGEST_PHRASE, lexicon

_MIN = (
    r"(?:minuten|minutes?|minutos?|minuti|minuto|mins?|mn|min)\b\.?"
    r"|['\u2019\u2032](?!['\u2019\u2032\w])"
)
_SEC = (
    r"(?:seconds?|secondes?|sekunden?|segundos?|secondi|secs?|segs?|sek|sec|s)\b\.?"
    r"|''|\u2019\u2019|\u2032\u2032|[\"\u201d\u2033]"
)
_HOUR = r"(?:hours?|hrs?|stunden?|std|heures?|horas?|ore|ora|h)(?![^\W\d_])\.?"
_KM = r"(?:kilomet(?:re|er)s?|kil[oó]metros?|chilometri|bornes?|kms?|k)(?![\w/])"
_M = r"(?:met(?:re|er)s?|m[eè]tres|metros|metri|mtr|mts?|m)(?![\w/])"
_MI = r"(?:(?-i:M)|miles?|meilen?|millas?|miglia|mi)(?![\w/])"
_N = r"\d{1,6}(?:\.\d{1,6})?"
_DASH = r"[-\u2010-\u2014\u2212]"
_PATTERNS = (
    ("bullet", r"(?m:^[ \t]*(?:[-*\u2022\u00b7\u2013\u2023\u25aa](?=\s)|\d{1,2}[.)](?=\s)))"),
    ("newline", r"\n+"),
    ("blank", r"[^\S\n]+"),
    ("other", r"\d{7,}[\d.]*\w*"),
    ("aim", rf"\d{{2,3}}(?:\s?{_DASH}\s?\d{{2,3}})?\s?(?:bpm|spm|bpm max|watts?\b|w\b(?!/)"
            r"|%\s?(?:of\s)?(?:max\s?hr|h[rf]\s?max|hrr|lthr|fcm(?:ax)?|hr|mhr|ftp)\b)"
            rf"|\b(?:zone|zona|z)\s?\d(?:\s?[-/\u2013]\s?z?\d)?\b"
            rf"|\brpe\s?\d{{1,2}}(?:\s?{_DASH}\s?\d{{1,2}})?"
            rf"|\b(?:heart\srate|hr|puls|fc|hf|bpm)\s?(?:cap|max|under|unter)?\s?[<>\u2264]?\s?\d{{2,3}}"
            rf"(?:\s?(?:{_DASH}|to|bis)\s?\d{{2,3}})?\b"
            r"|\b(?:ga[2-4]|dl[2-4]|r[0-5])(?!['\u2019\u2032\d:])\b"),
    ("speed", rf"{_N}(?:\s?{_DASH}\s?{_N})?\s?(?:km/h|kmh|kph|mph)\b"),
    ("span", rf"\b(?:kms?|k|kilomet(?:er|re)s?|miles?|minuten?|minutes?|minutos?|min)\s?"
             rf"\d{{1,3}}\s?(?:{_DASH}|to|bis|au|a|\u00e0|al)\s?(?:(?:km|mile|min)\s?)?"
             rf"\d{{1,3}}(?![\w.'\u2019]|:\d)(?!\s?(?:x|\u00d7|min|km)\b)"
             rf"|\d{{1,3}}\s?{_DASH}\s?\d{{1,3}}\s?"
             r"(?:(?:km|min|mi|miles?|minutes?|k|m)\b|['\u2019\u2032])"),
    ("count", r"\d{1,5}\s?(?:[x\u00d7*](?=\s?(?:[\d(\[]|(?:mile|km|k)\b))"
              r"|(?:times|mal|fois|veces|volte)\b)"),
    ("clock", r"\d{1,2}\s?(?:min|mn|minutes?)\s?\d\d\s?s?\s?"
              r"(?=(?:/|per\s|au\s|pro\s|al\s|le\s)\s?(?:km|mi|k\b))"
              r"|(?<![\d.:])\d{1,2}(?=\s?min\s?/\s?(?:km|mi))"
              r"|(?<![\d.:])\d{1,2}(?=\s?mins?\s(?:per|pro|au|al)\s(?:km|k|mi|kilo))"
              r"|\d{1,3}:\d{1,2}(?::\d\d)?(?:\.\d{1,3})?(?![\d:])"
              r"|\d{1,2}['\u2019\u2032]\s?\d\d(?!\d|[.,]\d|\s?k?m\b)(?:''|\u2019\u2019|\u2032\u2032|[\"\u201d\u2033]|s\b)?"
              r"|\d{1,2}\.\d\d(?![\d.])(?!\s?(?:km|k\b|mi(?!n\s?/)|h\b|m\b|%))"),
    ("time", rf"{_N}\s?(?:{_HOUR})(?:\s?\d{{1,2}}(?:\s?(?:{_MIN})|(?!\w|[:.]\d|\u00d7)))?"
             rf"|{_N}\s?(?:{_MIN})(?:\s?\d{{1,2}}\s?(?:{_SEC}))?|{_N}\s?(?:{_SEC})|{_N}-min(?:ute)?\b"),
    ("distance", rf"{_N}\s?(?:{_KM}|{_MI}|{_M})|{_N}-(?:mile|km|kilomet(?:re|er))\b"),
    ("clock", r"\d(?=er\s(?:schnitt|pace|tempo))|\d:\d\d(?=er\b)"),
    ("word", r"\d(?:st|nd|rd|th|er|[e\u00e8]re|[e\u00e8]me|\u00aa)\b"
             r"|[1-4]\.(?=\s(?:h\u00e4lfte|drittel|viertel|block))"),
    ("percent", rf"{_N}\s?%"),
    ("per", r"(?!/\s?km\s?\d)(?:p/|min\s?/\s?|mins?\s(?:per|pro)\s|/\s?"
            r"|\b(?:per|pro|por|al|au|a|je|le|el|par)\s)"
            r"(?:km|kilomet(?:re|er)|k|miles?|mi|meile|milla|miglio)\b"),
    ("other", r"\d[\d.]{0,12}[^\W\d_]\w*|x(?=\d)"),
    ("number", _N),
    ("word", r"w/u|c/d|w/|(?:ga|dl|as|ef)\d{1,2}\b|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*"),
    ("arrow", r"->|-->|\u2192|=>|\u21d2|\u27f6|\u279c"),
    ("within", r"\u00b1|\+\s?/\s?-|\+-"),
    ("bound", r"<=|>=|\u2264|\u2265|<"),
    ("greater", r">"),
    ("at", r"@"),
    ("open_bracket", r"[(\[]"),
    ("close_bracket", r"[)\]]"),
    ("comma", r"[,;|&]"),
    ("plus", r"\+"),
    ("slash", r"/"),
    ("dash", _DASH),
    ("colon", r"[:=]"),
    ("tilde", r"[~\u2248\u223c]"),
    ("full_stop", r"\.(?=\s|$|[^\W\d_])"),
    ("skip", r"[!*_#\u201c\u2026\ufe0f\u00b0\u00a1]"),
    ("mark", r"."),
)  # fmt: skip


MOST_TOKENS = 20_000
"""Words and marks that are read: twenty for each of as many blocks as a plan may have."""

LETTERS = {"E": "named:easy", "M": "named:marathon", "T": "named:threshold"}
"""Paces of one letter, behind a length or ``@``."""


class Token(NamedTuple):
    """A piece of text with a meaning: its kind, the text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the tokens; few plans need them."""
    parts = (f"(?P<{name}_{i}>{_ascii(p)})" for i, (name, p) in enumerate(_PATTERNS))
    return re.compile("|".join(parts), re.IGNORECASE | re.DOTALL)


def _ascii(pattern: str) -> str:
    """Let only 0 to 9 be digits; letters may be of any alphabet."""
    kept = pattern.replace(r"\W\d", "\0").replace(r"[\d", "[0-9")
    return kept.replace(r"\d", "[0-9]").replace("\0", r"\W\d")


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens; blanks are left out, phrases are one token of what they mean."""
    found: list[Token] = []
    for match in _pattern().finditer(text):
        if len(found) >= MOST_TOKENS:
            found.append(Token("too_many", match[0], match.start(), match.end()))
            break
        kind = (match.lastgroup or "mark_").rpartition("_")[0]
        if kind not in ("blank", "skip"):
            found.append(Token(kind, match[0], match.start(), match.end()))
    return _with_meanings(found)


def _with_meanings(tokens: list[Token]) -> list[Token]:
    """Turn words into what they mean, the longest phrase first."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind != "word":
            out.append(tokens[at])
            at += 1
            continue
        phrase, size = _phrase(tokens, at)
        if phrase.text in LETTERS and _is_lettered(out):
            phrase = phrase._replace(kind=LETTERS[phrase.text])
        last = tokens[at + size - 1]
        out.append(phrase._replace(end=last.end))
        at += size
    return out


def _is_lettered(before: list[Token]) -> bool:
    """Whether one letter is a pace here: behind a length or ``@``, or in a list of such."""
    if not before:
        return False
    kind = before[-1].kind
    listed = ("slash", "comma", "arrow", "dash")
    if kind in listed and len(before) > 1 and before[-2].kind in LETTERS.values():
        return True
    return kind in ("time", "distance", "at", "number", "colon")


def _phrase(tokens: list[Token], at: int) -> tuple[Token, int]:
    """Return the longest phrase that begins at a word, and how many words it takes."""
    meanings = lexicon()
    end = at
    while end < len(tokens) and end - at < LONGEST_PHRASE and tokens[end].kind == "word":
        end += 1
    for stop in range(end, at, -1):
        text = " ".join(t.text for t in tokens[at:stop])
        said = text.lower().replace("\u2019", "'") if len(text) < 60 else ""
        meaning = meanings.get(said)
        if meaning is not None:
            return Token(meaning, text, tokens[at].start, tokens[stop - 1].end), stop - at
    return tokens[at], 1
