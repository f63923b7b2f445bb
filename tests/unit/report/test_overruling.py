"""How a reader overrules the placing is said in what they have at hand: options, fields, a page."""

from typing import get_args

import pytest

from analyzer.model.alignment import AlignmentNote, NoteCode, Reading
from analyzer.report.language import LANGUAGES, speaking
from analyzer.report.overruling import WAYS, Hand, at_hand, doubt_of_the_start, placed_by
from analyzer.report.placing import note_of_placing

READINGS = (Reading(0.0, 57.0), Reading(-180.0, 90.0))
NOTES = [
    AlignmentNote(code, -180.0 if code == "STARTED_LATE" else 150.0, "pace", READINGS)
    for code in get_args(NoteCode)
]


def said():
    """Say everything that may name a way out."""
    return [*map(note_of_placing, NOTES), placed_by("By the clock", "0.90"), doubt_of_the_start()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hand", ["fields", "another page"])
def test_a_page_names_no_option_of_the_command_line(hand, language):
    with speaking(language), at_hand(hand):
        assert [text for text in said() if "--" in text or "{" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_line_names_its_options_wherever_something_can_be_done(language):
    """Five notes, what placed the blocks, and the doubt about the start."""
    with speaking(language):
        assert sum("--start" in text or "--match" in text for text in said()) == 5 + 2
    assert {len(WAYS[hand]) for hand in get_args(Hand)} == {5}


def test_which_of_two_is_late_is_said_with_its_sign():
    """Three minutes late is a start three minutes before the recording."""
    late = next(note for note in NOTES if note.code == "STARTED_LATE")
    assert note_of_placing(late).endswith("Yes is --start -3:00, no is --start 0:00")
