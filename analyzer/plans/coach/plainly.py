"""Numbers in words, decimal commas, quotes, dates and titles: the same text in plain form."""

from __future__ import annotations

import re
from functools import cache

NUMBERS = {
    1: "one an a ein eine einen un une uno una",
    2: "two zwei deux dos due",
    3: "three drei trois tres tre",
    4: "four vier quatre cuatro quattro",
    5: "five fünf cinq cinco cinque",
    6: "six sechs seis sei",
    7: "seven sieben sept siete sette",
    8: "eight acht huit ocho otto",
    9: "nine neun neuf nueve nove",
    10: "ten zehn dix diez dieci",
    12: "twelve zwölf douze doce dodici",
    15: "fifteen fünfzehn quinze quince quindici",
    20: "twenty zwanzig vingt veinte venti",
    25: "twenty-five fünfundzwanzig vingt-cinq veinticinco venticinque",
    30: "thirty dreißig dreissig trente treinta trenta",
    40: "forty vierzig quarante cuarenta quaranta",
    45: "forty-five fünfundvierzig quarante-cinq quarantacinque",
    50: "fifty fünfzig cinquante cincuenta cinquanta",
    60: "sixty sechzig soixante sesenta sessanta",
    90: "ninety neunzig noventa novanta quatre-vingt-dix",
}
"""Numbers in words, before a unit or before how often; each is at least as long as its digits."""

HALF_HOURS = (
    r"half\s(?:an\s)?hour|(?:eine\s)?halbe\sstunde|(?:une\s)?demi[- ]heure|media\shora"
    r"|mezz['\u2019]\s?ora|(?:una\s)?mezza\sora"
)
_UNITS = (
    r"(?:km|kilomet\w*|kil\u00f3metros?|chilometr\w*|miles?|meilen?|millas?|miglia|m|k|mi|min\w*|mn|h|std"
    r"|stunden?|hours?|heures?|horas?|or[ae]|sec\w*|sek\w*|times|mal|fois|veces|volte|minutes?)\b"
)
_WEEKDAY = (
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:\.|\b)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mo|di|mi|do|fr|sa|so)(?:\.|(?=[:,]|\s\d))"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|mi[e\u00e9]rcoles|jueves|viernes"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim|mi[e\u00e9]|jue|vie|s[a\u00e1]b|dom|mart|gio)(?:\.|(?=[:,]))"
    r"|s[a\u00e1]bado|domingo|(?:luned|marted|mercoled|gioved|venerd)[i\u00ec]|sabato|domenica"
)
_DATE = (
    r"\d{4}-\d\d-\d\d|\d{1,2}\.\s?\d{1,2}\.(?:\d{2,4})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?=\s*[:,\n-])"
    r"|\d{1,2}\.?\s(?:jan|feb|m[a\u00e4]r|apr|ma[yi]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?"
)
_PLACE = (
    r"(?:session|week|day|workout|woche|tag|einheit|semaine|s\u00e9ance|semana|sesi\u00f3n"
    r"|settimana)\s\d{1,3}"
)
_TITLE = rf"(?:{_WEEKDAY}|{_DATE}|{_PLACE})"
_DECIMAL = (
    r"(?<![\d.,:])(\d{1,3}),(\d{1,2})(?=\s?(?:km|k|kilomet\w*|mi|miles?|h|std|km/h|kmh|kph|mph"
    r"|(?:min\s?)?/\s?(?:km|mi|mile))\b)"
)
_EMOJI = "[\u2600-\u26ff\u2700-\u27bf\U0001f000-\U0001faff]"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compile what is looked for; few plans need it."""
    words = sorted((w for row in NUMBERS.values() for w in row.split()), key=len, reverse=True)
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b(?:{HALF_HOURS})\b",
            rf"\bun['\u2019]ora\b|\b(?:{'|'.join(words)})(?=(?:\s|-){_UNITS})",
            _DECIMAL,
            r"(?<![\d.,:])(\d{1,3})[.,](\d{3})(?=\s?m(?:et\w*)?\b)",
            rf"(?:^|(?<=\. ))\s*(?:{_TITLE}[\s,.]*)+\s*(?:[:\u2013\u2014-](?=\s)|(?=\n|\s))",
        )
    )


@cache
def _digits() -> dict[str, str]:
    """Return the digits of each number in words."""
    return {word: str(n) for n, row in NUMBERS.items() for word in row.split()}


def plainly(text: str) -> str:
    """
    Write a text in plain form, each character where it was, so that places stay.

    Numbers become digits, decimal commas points, quotes around the whole and pictures blanks; a
    weekday, a date or the number of a session before the steps says when, and is left out.
    """
    half, words, decimal, thousands, title = _patterns()
    text = text.translate(_MARKS)
    text = re.sub(_EMOJI, " ", text)
    text = re.sub(r"(?<=\s)[:;]-?[)(D](?=\s|$)", lambda m: " " * len(m[0]), text)
    text = re.sub(
        r"^(\s*)[\"\u201c\u201e\u00ab](.*)[\"\u201d\u201c\u00bb](\s*)$",
        r"\1 \2 \3",
        text,
        flags=re.DOTALL,
    )
    text = title.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    text = re.sub(r"(?<![\d/])(?:(\d) )?1/2(?=\s?(?:mi|mile|miles|km|k|h)\b)", _halved, text)
    text = re.sub(r"(?i)\bhalf(?: a)? (?=(?:mile|mi|km|kilometre|kilometer)\b)", _half, text)
    text = half.sub(lambda m: "30min".ljust(len(m[0])), text)
    text = words.sub(lambda m: _digits().get(m[0].lower(), "1 h").rjust(len(m[0])), text)
    text = decimal.sub(r"\1.\2", text)
    return thousands.sub(r" \1\2", text)


def _halved(match: re.Match[str]) -> str:
    """Write ``1 1/2`` as ``1.5``, as long as it was."""
    return f"{match[1] or 0}.5".rjust(len(match[0]))


def _half(match: re.Match[str]) -> str:
    """Write ``half a`` before a unit as ``0.5``, as long as it was."""
    return "0.5 ".rjust(len(match[0]))


_MARKS = str.maketrans({"\u00b4": "'", "`": "'", "\u2018": "'", "\u00ba": "."})
"""What stands for a minute on keyboards that have no prime."""


def days_of(text: str) -> int:
    """Return how many lines begin with a weekday: with two, it is more than one session."""
    return len(
        re.findall(
            rf"^\s*(?:{_WEEKDAY})\s*(?:[:,\d\u2013\u2014-]|$)", text, re.IGNORECASE | re.MULTILINE
        )
    )
