"""The samples in German: the same findings and numbers, and no English between them."""

import csv
import io
import json
import re

import pytest

from analyzer import read_activity, read_plan, review_activity
from analyzer.report.findings import flag_sign
from analyzer.report.headline import headline
from analyzer.report.html import render_html
from analyzer.report.json_result import dumps
from analyzer.report.language import speaking
from analyzer.report.markdown import render_markdown
from analyzer.report.message import MOST, render_message
from analyzer.report.tables import render_csv
from analyzer.report.terminal import render
from analyzer.report.view import ordered_flags
from tests.builders.command import run
from tests.builders.reviews import mock_run
from tests.builders.samples import WITH_WORKOUT
from tests.builders.words import ENGLISH, numbers, shown
from tests.docs.verdicts import SHOWS
from tests.places import PLAN, SAMPLES


@pytest.fixture(scope="module", params=SHOWS)
def review(request):
    """Review one sample."""
    stem = request.param.split(".")[0]
    plan = "kilometres.yaml" if stem == "kilometres" else "progression.yaml"
    chosen = None if stem in WITH_WORKOUT else read_plan(SAMPLES / plan)
    return review_activity(read_activity(SAMPLES / request.param), chosen)


def forms(review):
    """Return every form that is text, as it is shown."""
    return {
        "terminal": render(review, width=100, explained=True),
        "markdown": render_markdown(review),
        "page": shown(render_html([review])),
    }


def test_no_english_is_left(review):
    """But for what the plan calls itself and its blocks."""
    with speaking("de"):
        told = {**forms(review), "message": render_message(review)}
    assert len(told["message"]) <= MOST
    for form, text in told.items():
        words = set(re.findall(r"[a-z]+", text.replace(review.plan.name, "").lower()))
        assert words & ENGLISH == set(), form


def test_the_numbers_are_those_of_the_english_report(review):
    """All of them; only their mark is another."""
    english = forms(review)
    with speaking("de"):
        german = forms(review)
    for form, text in german.items():
        assert numbers(text) == numbers(english[form]), form


def test_the_findings_are_those_of_the_english_report(review):
    """Signs in the same order; programs read the same in every language."""
    signs = [flag_sign(f) for f in ordered_flags(review)]
    as_json, as_csv = dumps(review), render_csv([review])
    with speaking("de"):
        lines = render(review).splitlines()
        assert (dumps(review), render_csv([review])) == (as_json, as_csv)
    told = [line[0] for line in lines if re.match(r"[▲△▼▽■□=~?] (eindeutig|möglich|unklar)", line)]
    assert told == signs
    assert len(list(csv.reader(io.StringIO(as_csv)))) == 1 + len(review.blocks)


def test_a_coach_would_say_it_so():
    """Whole phrases, in the order and with the cases of German."""
    with speaking("de"):
        assert headline(mock_run()) == (
            "Die ersten beiden Blöcke gehalten, den dritten 14 s/km zu schnell gelaufen, den "
            "vierten gehalten und im letzten eingebrochen.",
            "Das frühe Tempo brachte 38 s; die späteren Blöcke kosteten 57 s.",
        )


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(review, width):
    """Longer words or not."""
    with speaking("de"):
        text = render(review, width=width, explained=True)
    assert max(len(line) for line in text.splitlines()) <= width


def test_the_command_line_takes_a_language_for_every_form(tmp_path, capsys):
    """The terminal and files, and none of it lasts."""
    given = (SAMPLES / "steady.fit", "--plan", PLAN)
    files = [tmp_path / f"r.{ending}" for ending in ("md", "html", "txt", "svg")]
    options = [word for path in files for word in ("-o", path)]
    assert run(*given, "--lang", "de", "-q", *options, capsys=capsys)[0] == 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "Alle fünf Blöcke gehalten." in " ".join(re.sub("<[^>]*>", " ", text).split())
    assert '<html lang="de">' in files[1].read_text(encoding="utf-8")
    assert "Alle fünf Blöcke gehalten." in run(*given, "--lang", "de", capsys=capsys)[1]
    assert "Held all five blocks." in run(*given, capsys=capsys)[1]
    message = run(*given, "--lang", "de", "--message", capsys=capsys)[1]
    assert "Du hast alle fünf Blöcke mit 5:04, 4:00, 3:50, 3:43 und 3:32 /km gehalten" in message
    assert "Blöcke" in run("plan", "show", PLAN, "--lang", "de", capsys=capsys)[1]


def test_json_is_the_same_in_every_language(capsys):
    """Its evidence too."""
    given = (SAMPLES / "greedy-then-blow-up.fit", "--plan", PLAN, "--json")
    english = run(*given, capsys=capsys)[1]
    assert run(*given, "--lang", "de", capsys=capsys)[1] == english
    assert json.loads(english)["flags"]


def test_an_unknown_language_is_a_usage_error_that_names_those_there_are(capsys):
    """Exit 2, before anything is read."""
    code, out, err = run("no-such.fit", "--lang", "fr", capsys=capsys)
    assert (code, out) == (2, "")
    assert "Invalid value for '--lang': 'fr' is not one of 'en', 'de'." in err
