"""Days as names and tables write them, and folders that are called after a time."""

from __future__ import annotations

import datetime as dt
import re

from analyzer.archive.sources.names import words_of

_MONTHS = (
    "jan january januar janvier janv enero ene gennaio gen janeiro januari",
    "feb february februar fevrier fev fevr febrero febbraio fevereiro februari",
    "mar march marz mars marzo maart mrt mrz maerz",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre settembre set setembro",
    "oct okt october oktober octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec dez dic december dezember decembre diciembre dicembre dezembro",
)
"""
Months in English, German, French, Spanish, Italian, Portuguese and Dutch, without accents.

Without its accent the Portuguese March is Marco, who may be an athlete: it is left out.
"""

MONTHS = {word: i for i, words in enumerate(_MONTHS, 1) for word in words.split()}

_WEEKS = (
    "week woche kw semaine semana settimana w wk year jahr annee ano anno monat month mois mes mese"
    " season saison"
)

_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag"
    " freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes"
    " miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato"
    " domenica"
)

TIMES = frozenset((*MONTHS, *_WEEKS.split(), *_DAYS.split()))
"""Words that say when, of which a folder of a week or month is called after some."""


def names_a_time(name: str) -> bool:
    """
    Whether a folder is called after a day, week, month or year, and so after no athlete.

    ``2026``, ``2026-03``, ``03 March``, ``KW 12``, ``2026-W12`` and ``Tuesday`` are.
    """
    words = words_of(name)
    return bool(words) and all(
        word.isdigit() or re.fullmatch(r"(?:w|kw|wk)\d+", word) is not None or word in TIMES
        for word in words
    )


def day_in(text: str) -> dt.date | None:
    """
    Return the day that a cell of a table names.

    Parameters
    ----------
    text : str
        ``Mar 3, 2026, 6:00:00 PM``, ``3 mars 2026``, ``03.03.2026, 18:00``, ``2026-03-03``
        or ``2026/03/03``.

    Returns
    -------
    date or None
        None too for ``3/4/2026``, which is two days.
    """
    text = text[:60]
    found = re.search(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text)
    if found:
        return _date(*(int(part) for part in found.groups()))
    found = re.search(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)", text)
    if found:
        return _day_first(int(found[1]), found[2], int(found[3]), int(found[4]))
    return _day_with_month(words_of(text))


def _day_first(first: int, mark: str, second: int, year: int) -> dt.date | None:
    """Read ``3.4.2026``, which begins with the day, and ``13/4/2026``, which says so itself."""
    if mark == "." or first > 12 or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else None


def _day_with_month(words: tuple[str, ...]) -> dt.date | None:
    """Read a month in letters beside a day and a year."""
    at = next((i for i, word in enumerate(words) if word in MONTHS), None)
    if at is None:
        return None
    near = [int(w) for w in words[max(0, at - 2) : at + 4] if re.fullmatch(r"[0-9]{1,4}", w)]
    years = [n for n in near if 1900 <= n <= 2200]
    days = [n for n in near if 1 <= n <= 31]
    return _date(years[0], MONTHS[words[at]], days[0]) if years and days else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    """Return a date; None for one that no calendar has."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
