"""The words of plans in all languages, by what they mean; a language is a row here and a file."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from analyzer.plans.coach import words_de, words_en, words_es, words_fr, words_it

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = (words_en, words_de, words_fr, words_es, words_it)
"""Where a word stands in several, the first one has it: their meanings agree or are asked about."""

LONGEST_PHRASE = 5
"""Most words of one phrase."""


@cache
def lexicon() -> Mapping[str, str]:
    """Return what each phrase in small letters means."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for concept, phrases in language.WORDS.items():
            for phrase in phrases.split("|"):
                found.setdefault(phrase, concept)
    return MappingProxyType(found)
