"""The language of a report: every text it shows is looked up here, by its English words."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

LANGUAGES = {"en": ".", "de": ","}
"""Languages there are, by their code, with their decimal mark; a catalogue for all but English."""

DOMAIN = "progcheck"
"""Name of the catalogues: ``locale/de/LC_MESSAGES/progcheck.mo``."""


class _Speech(Struct, frozen=True):
    """What is being spoken; English needs no catalogue, as messages are written in it."""

    language: str
    mark: str
    catalogue: NullTranslations | None


_ENGLISH = _Speech("en", ".", None)
_SPOKEN: ContextVar[_Speech] = ContextVar("spoken", default=_ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """
    Make reports in a language.

    Only what is said here counts, never the environment: the same review gives
    the same report on every machine.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.

    Raises
    ------
    ValueError
        For a language without a catalogue, with those that have one.

    Examples
    --------
    >>> with speaking("de"):
    ...     say("on pace")
    'im Tempo'
    """
    token = _SPOKEN.set(_speech(language))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _speech(language: str) -> _Speech:
    """Load what it takes to speak a language: for English nothing."""
    if language not in LANGUAGES:
        msg = f"no catalogue for '{language}'; there are {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    if language == "en":
        return _ENGLISH
    import gettext  # a report in English need not load it
    from pathlib import Path

    folder = Path(__file__).with_name("locale")
    return _Speech(
        language, LANGUAGES[language], gettext.translation(DOMAIN, folder, languages=[language])
    )


def spoken() -> str:
    """Return the code of the language that is being spoken."""
    return _SPOKEN.get().language


def say(message: str, /, **facts: object) -> str:
    """
    Return a message in the language that is being spoken, with its facts in place.

    Parameters
    ----------
    message : str
        The English words; ``{name}`` stands for a fact. Written out in the call,
        or taken from a table of `noted` texts: else no catalogue has it.
    **facts : object
        By name, so that a translation may put them in another order, and leave
        one out that its grammar does not need.
    """
    catalogue = _SPOKEN.get().catalogue
    words = message if catalogue is None else catalogue.gettext(message)
    return words.format(**facts) if facts else words


def say_n(one: str, many: str, n: int, /, **facts: object) -> str:
    """
    Return a message in the form that a number asks for.

    Parameters
    ----------
    one, many : str
        The English words for one and for any other number; ``{n}`` stands for it.
    n : int
        The number.
    **facts : object
        As for `say`.
    """
    catalogue = _SPOKEN.get().catalogue
    english = one if n == 1 else many
    words = english if catalogue is None else catalogue.ngettext(one, many, n)
    return words.format(n=n, **facts)


def noted(text: str) -> str:
    """Mark a text in a table for the catalogue; it is said where it is used."""
    return text


def noted_n(one: str, many: str) -> tuple[str, str]:
    """Mark a text in a table that counts something, in its words for one and for more."""
    return one, many


def decimal(value: float, digits: int | None = None) -> str:
    """
    Return a number as text with the decimal mark of the language.

    Parameters
    ----------
    value : float
        Rounded already.
    digits : int, optional
        Behind the mark; left out, as few as it takes.
    """
    text = f"{value:g}" if digits is None else f"{value:.{digits}f}"
    mark = _SPOKEN.get().mark
    return text if mark == "." else text.replace(".", mark)


def capital(text: str) -> str:
    """Begin a text with a capital, and leave the rest as it is: German has nouns."""
    return text[:1].upper() + text[1:]


def after_colon(text: str) -> str:
    """Go on with a sentence after a colon: small in English, with its capital in German."""
    return text[:1].lower() + text[1:] if spoken() == "en" else text
