"""Warnings in words: every kind has them, in every language, and no fact is lost."""

import re
import string
from typing import get_args

import pytest

from analyzer.model.activity import RecordingWarning, WarningCode, WarningKind
from analyzer.parsers.fit.damage import DAMAGE, damage_text
from analyzer.report.language import LANGUAGES, speaking
from analyzer.report.recording_words import WORDS, english_text, warning_text
from tests.places import ROOT

PLACES = {"byte": 512, "line": 40, "kept": 2, "dropped": 3}
FACTS = {
    "computed": 0xA1, "stated": 0xB2C3, "count": 4, "number": 21, "source": "run.fit",
    "sport": "cycling", "ending": "gpx", "format": "FIT", "text": "north", "percent": 4.0,
    "reason": "mismatched tag", "replaced_s": 12, "strays": 5, "set": 6, "overlapping": 7,
    "seconds": 5.0, "unknown_s": 61, "guessed_s": 94, "metres": 46, "spread_s": 25, "said_m": 8400,
    "records_m": 8000,
    "name": "DistanceMeters",
    "unordered": 8, "said": "1:02:30", "recorded": "1:11:50", "length": "10:05", "later": "8:20",
    "start": "31:07", "km": 9.0, "speed_kmh": 52,
}  # fmt: skip


def warning(code, kind, **changed):
    """Make a warning with every fact there is."""
    places = {name: changed.get(name, value) for name, value in PLACES.items()}
    facts = {name: changed.get(name, value) for name, value in FACTS.items()}
    return RecordingWarning(code, kind, facts, **places)


def texts(words):
    """Every English form of some words."""
    return [words] if isinstance(words, str) else [t for c in words for t in (c.one, c.many)]


def test_every_code_and_kind_has_words():
    """And no words are for a kind that is none; ``hidden`` may be any code's."""
    assert {code for code, _ in WORDS} == set(get_args(WarningCode))
    assert {kind for _, kind in WORDS} == set(get_args(WarningKind)) - {"hidden"}


def test_every_warning_that_is_made_has_words():
    """Code and kind stand together where a warning is made."""
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "analyzer").rglob("*.py"))
    made = set(re.findall(r'RecordingWarning\(\s*"([A-Z_]+)"(?:, "([a-z_]+)")?', source))
    assert len(made) > 20
    chosen_elsewhere = {
        "FILE_CUT", "POINTS_DROPPED", "DISTANCE_REPAIRED", "DISTANCE_DISAGREES", "NOT_THE_RUN",
    }  # fmt: skip
    assert {(c, k) for c, k in made if k or c not in chosen_elsewhere} <= set(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "kind"), WORDS)
def test_every_fact_its_words_ask_for_is_said(language, code, kind):
    """With the decimal mark of the language, and a number in hex where it is a checksum."""
    with speaking(language):
        said = warning_text(warning(code, kind))
    asked = {n for t in texts(WORDS[code, kind]) for _, n, _, _ in string.Formatter().parse(t) if n}
    for name in asked & {
        "byte",
        "line",
        "number",
        "source",
        "sport",
        "format",
        "text",
        "said",
        "recorded",
        "length",
        "later",
        "start",
        "speed_kmh",
    }:
        assert str({**PLACES, **FACTS}[name]) in said
    if "percent" in asked:
        assert f"4{LANGUAGES[language]}0 %" in said
    if "computed" in asked:
        assert "0x00a1" in said
        assert "0xb2c3" in said
    assert "{" not in said
    assert (said == english_text(warning(code, kind))) is (language == "en")


def test_one_is_singular_and_two_are_plural():
    """The number that is counted chooses the words."""
    one, two = (warning("FILE_CUT", "file_ends", kept=n) for n in (1, 2))
    assert english_text(one) == "1 record kept, the file ends inside a record (at byte 512)"
    assert english_text(two) == "2 records kept, the file ends inside a record (at byte 512)"


def test_repairs_of_a_clock_are_said_one_after_the_other():
    """Those that were not needed are not mentioned."""
    both = RecordingWarning("CLOCK_REPAIRED", facts={"strays": 1, "overlapping": 2}, dropped=3)
    assert english_text(both) == (
        "1 record with a stray time left out; 2 records left out where time ran backwards"
    )


def test_programs_are_told_in_english_whatever_is_spoken():
    """So JSON and stderr stay the same with ``--lang de``."""
    zone = RecordingWarning("ZONE_MISSING")
    with speaking("de"):
        assert english_text(zone) == "times name no zone; taken as UTC"
        assert warning_text(zone) != english_text(zone)


def test_foreign_text_is_made_safe():
    """A sport or a name may hold anything."""
    said = english_text(
        RecordingWarning("SPORT_NOT_RUNNING", facts={"sport": "ro\x1b[2Jw\u202eing"})
    )
    assert said == "the sport is ro[2Jwing, not running; reviewed all the same"


@pytest.mark.parametrize("kind", DAMAGE)
def test_an_error_about_a_fit_file_says_what_the_warning_says(kind):
    """The sentence of the error stands in that of the warning, which adds place and count."""
    code = next(code for code, its_kind in WORDS if its_kind == kind)
    damaged = warning(code, kind)
    assert damage_text(damaged) in english_text(damaged)
