"""One catalogue: everything a report says is looked up, and only when it is not English."""

import os
import subprocess
import sys
from contextlib import suppress
from threading import Thread

import pytest

from analyzer.plans.line import parse_line
from analyzer.plans.tolerance import block_tolerances
from analyzer.report.language import (
    LANGUAGES,
    after_colon,
    capital,
    decimal,
    say,
    say_n,
    speaking,
    spoken,
)
from analyzer.report.plan_text import plan_text
from tests.builders.words import small_words


def test_every_word_of_a_plan_is_looked_up(loud):
    """But for the names of its blocks."""
    plan = parse_line("10min easy, 20min, 5min @ 4:00/km, 5min @ 3:50-3:40/km, 3min rest")
    with speaking("loud"):
        text = plan_text(plan, block_tolerances(plan))
    assert small_words(text.replace(plan.name, "")) - {"rest"} == set()


def test_english_is_spoken_unless_another_language_is_asked_for():
    """And again behind it, though something failed."""
    assert (spoken(), say("on pace")) == ("en", "on pace")
    with speaking("de"):
        assert (spoken(), say("on pace")) == ("de", "im Tempo")
        with speaking("en"):
            assert say("on pace") == "on pace"
        assert say("on pace") == "im Tempo"
    with suppress(ValueError), speaking("de"):
        int("failed")
    assert spoken() == "en"


def test_another_thread_speaks_for_itself():
    """Two reports may be written at a time, each in its own language."""
    heard = []
    with speaking("de"):
        thread = Thread(target=lambda: heard.append(say("on pace")))
        thread.start()
        thread.join()
    assert heard == ["on pace"]


def test_an_unknown_language_is_refused_with_those_there_are():
    """By name."""
    with pytest.raises(ValueError, match="no catalogue for 'fr'; there are en, de"), speaking("fr"):
        pass


def test_numbers_and_plurals_follow_the_language():
    """2.5 is 2,5 in German; one block, two blocks."""
    assert (decimal(2.5), decimal(2, 1), decimal(1234.5, 2)) == ("2.5", "2.0", "1234.50")
    assert say_n("{n} block", "{n} blocks", 1) == "1 block"
    assert say_n("{n} block", "{n} blocks", 2) == "2 blocks"
    with speaking("de"):
        assert (decimal(2.5), decimal(2, 1), decimal(1234.5, 2)) == ("2,5", "2,0", "1234,50")
        assert say_n("{n} block", "{n} blocks", 1) == "1 Block"
        assert say_n("{n} block", "{n} blocks", 2) == "2 Blöcke"


def test_sentences_keep_their_nouns():
    """A capital in front leaves the rest; behind a colon English goes on small."""
    assert capital("den Block") == "Den Block"
    assert after_colon("Run it slower.") == "run it slower."
    with speaking("de"):
        assert after_colon("Lauf langsamer.") == "Lauf langsamer."


def test_a_fact_is_never_read_as_a_message():
    """A name with braces stays one."""
    assert say("Coach: {words}", words="{block} {0} {") == "Coach: {block} {0} {"


def test_a_report_in_english_loads_no_catalogue():
    """Neither gettext nor a file."""
    program = "import sys, analyzer.report.terminal as t; print('gettext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


@pytest.mark.parametrize("name", ["LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"])
def test_the_machine_has_no_say(name, monkeypatch):
    """Its language changes no report."""
    monkeypatch.setitem(os.environ, name, "de_DE.UTF-8")
    assert say("on pace") == "on pace"
    monkeypatch.setitem(os.environ, name, "en_GB.UTF-8")
    with speaking("de"):
        assert say("on pace") == "im Tempo"


def test_english_comes_first():
    """It is what a report is written in where nothing is said."""
    assert next(iter(LANGUAGES)) == "en"
