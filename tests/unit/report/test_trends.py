"""Trends in every form: the same sentences, numbers only where a test tells them, no markup."""

from __future__ import annotations

import csv
import io
import json

import pytest

from analyzer.archive.trend_test import LEAST_RUNS
from analyzer.archive.trends import squad_trends
from analyzer.report.forms import FORMS, rendered
from analyzer.report.language import speaking
from analyzer.report.trends.html import render_trends_html
from analyzer.report.trends.plot import month_marks
from analyzer.report.trends.sentences import LEAST, notes, sentences, squad_sentence
from analyzer.report.trends.terminal import render_trends
from tests.builders.run_rows import MONDAY, run_row_of
from tests.unit.report.test_forms_of_the_table import HOSTILE, PROSE, plain, same


def weeks(scores, **changes):
    """One run a week."""
    return [run_row_of(7 * i, None if s is None else float(s), **changes) for i, s in
            enumerate(scores)]  # fmt: skip


UP, DOWN = range(60, 78, 2), range(78, 60, -2)
LEVEL = (70, 74, 69, 73, 71, 75, 70, 72, 71)
ROWS = {
    "Anna": weeks(UP),
    "Ben": weeks((40, 60, 80)),
    "Cleo": weeks(LEVEL),
    "Dan": weeks(DOWN),
    "Eva": weeks((None, None)),
    "Finn": [],
    "Gus": [run_row_of(7 * i, 70.0, stimulus=f"session {i % 3}") for i in range(6)],
}
SQUAD = squad_trends(ROWS)


def of(*names, rows=ROWS):
    """Return the trends of some of them."""
    return squad_trends({name: rows[name] for name in names})


def test_what_is_said_of_each():
    """A direction only where the test tells it; else what can be ruled out, or why nothing can."""
    said = {a.athlete: sentences(a)[0] for a in SQUAD.athletes}
    assert said["Anna"] == (
        "Anna is learning patience: +9 points a month over 9 equal sessions (9 to 9)."
    )
    assert said["Dan"] == (
        "Dan holds the plan less and less: −9 points a month over 9 equal sessions (−9 to −9)."
    )
    assert said["Ben"] == (
        "Ben: no trend can be told from 3 runs; it takes at least 5 of one session."
    )
    assert said["Cleo"].startswith("Cleo: no trend shows over 9 equal sessions; more than +")
    assert said["Eva"] == "Eva: none of 2 runs could be scored."
    assert said["Finn"] == "Finn: there is no run of these days."
    assert said["Gus"] == (
        "Gus: no trend can be told from 6 runs of 3 sessions; it takes at least 5 of one."
    )


def test_no_trend_is_never_called_stable():
    """Nobody knows that nothing changed."""
    for language in ("en", "de"):
        with speaking(language):
            text = render_trends(SQUAD).lower()
        assert not any(word in text for word in ("stable", "stabil", "unchanged", "constant"))


def test_the_least_is_that_of_the_statistics():
    """The report may not ask the statistics, so it has the number of its own."""
    assert LEAST == LEAST_RUNS


def test_other_measures_are_told_where_they_have_a_trend():
    """Ten seconds less a week are 43 in a month."""
    rows = [r._replace(gained_s=100.0 - 10 * i) for i, r in enumerate(weeks(LEVEL))]
    athlete = squad_trends({"Anna": rows}).athletes[0]
    assert sentences(athlete)[1] == "In a month: 43 s less gained early."


def test_a_squad_is_named_where_it_is_small_and_counted_where_not():
    """Up to three names can be read at a glance."""
    assert squad_sentence(of("Anna", "Dan", "Ben", "Cleo")) == (
        "Anna is learning patience. Dan holds the plan less and less. Ben: too few runs to tell."
    )
    assert squad_sentence(of("Cleo", "Ben")) == (
        "No trend shows in any of two athletes. Ben: too few runs to tell."
    )
    many = {f"A{i}": ROWS["Anna"] for i in range(4)} | {"Cleo": ROWS["Cleo"]}
    assert squad_sentence(squad_trends(many)) == "Four of five are learning patience."


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", PROSE, ids=lambda form: form.name)
def test_a_form_says_all_sentences(form, language):
    """Those of everybody of whom something can be told, and how to read them."""
    with speaking(language):
        text = plain(rendered(form, form.trends, SQUAD, None).decode())
        parts = [squad_sentence(SQUAD), *notes(SQUAD)]
        parts += [p for a in of("Anna", "Cleo", "Dan").athletes for p in sentences(a) if p]
    for part in parts:
        assert same(part) in text, part
    for name in ROWS:
        assert name in text


def test_in_german():
    """The same findings and numbers."""
    with speaking("de"):
        said = [sentences(a)[0] for a in of("Anna", "Ben", "Gus").athletes]
    assert said == [
        "Anna lernt Geduld: +9 Punkte im Monat über 9 gleiche Einheiten (9 bis 9).",
        "Ben: Aus 3 Läufen lässt sich kein Trend ablesen; es braucht mindestens 5 derselben "
        "Einheit.",
        "Gus: Aus 6 Läufen von 3 Einheiten lässt sich kein Trend ablesen; es braucht mindestens 5 "
        "von einer.",
    ]


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_hostile_names_become_nothing_else(form):
    """No markup, no formula, no escape code; and no form fails on them."""
    rows = weeks(UP, plan_name=HOSTILE)
    made = rendered(form, form.trends, squad_trends({HOSTILE: rows, "=1+1": rows}), None)
    if not form.is_binary:
        text = made.decode()
        assert "<b>*bold*" not in text or form.name in ("text", "csv", "json")
        assert "\x1b" not in text
        assert "\u202e" not in text
    if form.name == "csv":
        athletes = {row[0] for row in csv.reader(io.StringIO(made.decode()))}
        assert "'=1+1" in athletes


@pytest.mark.parametrize(
    "form", [f for f in FORMS.values() if f.name != "pdf"], ids=lambda f: f.name
)
@pytest.mark.parametrize("names", [("Anna",), ("Finn",), ("Eva", "Finn"), tuple(ROWS)])
def test_every_form_of_any_squad_is_the_same_twice(form, names):
    """Also where there is nothing to show."""
    first, again = (rendered(form, form.trends, of(*names), None) for _ in range(2))
    assert first == again
    assert first


def test_a_line_is_drawn_only_where_there_is_a_trend():
    """Anna's trend in two figures and two small drawings, nobody else's."""
    assert render_trends_html(of("Anna")).count('class="tr"') == 3
    assert 'class="tr"' not in render_trends_html(of("Cleo"))


def test_runs_of_other_sessions_are_grey():
    """They are in the drawing, and stand back."""
    rows = [*ROWS["Anna"], run_row_of(3, 50.0, stimulus="other")]
    page = render_trends_html(squad_trends({"Anna": rows}))
    assert page.count('<circle class="pt o"') >= 3
    assert "Grey: other sessions than the most frequent one." in page


def test_a_terminal_is_no_wider_than_it_is():
    """Long names are wrapped with their sentence."""
    text = render_trends(squad_trends({"Maximiliane Longname-Longername " * 2: ROWS["Anna"]}))
    assert max(len(line) for line in text.splitlines()) <= 80


def test_numbers_for_programs_are_those_of_the_test():
    """JSON and CSV have the same slope, unrounded by words; unknown is null and NA."""
    document = json.loads(rendered(FORMS["json"], FORMS["json"].trends, SQUAD, None))
    rows = list(csv.DictReader(io.StringIO(
        rendered(FORMS["csv"], FORMS["csv"].trends, SQUAD, None).decode())))  # fmt: skip
    anna = document["athletes"][0]["measures"]["score"]
    assert anna["per_month"] == float(rows[0]["per_month"]) == 8.7
    ben = next(r for r in rows if r["athlete"] == "Ben")
    assert (ben["low"], ben["shown"]) == ("NA", "cannot_tell")
    assert document["athletes"][1]["measures"]["score"]["low"] is None
    assert len(anna["points"]) == 9


def test_caveats_say_whose_they_are():
    """In a squad by name; of one athlete nothing else could be meant."""
    rows = [r._replace(device=f"watch {i % 2}") for i, r in enumerate(weeks(UP))]
    two = squad_trends({"Anna": rows, "Ben": ROWS["Ben"]})
    assert notes(two)[-1].startswith("Anna: More than one watch was worn")
    assert notes(squad_trends({"Anna": rows}))[-1].startswith("More than one watch was worn")


def test_an_axis_names_months_and_a_bare_first_day():
    """From 5 January on the first of February is far to the right, so the first day is named."""
    last = run_row_of(77).day
    assert last is not None
    assert [words for _, words in month_marks(MONDAY, last)] == ["5 Jan", "Feb", "Mar"]


def test_an_axis_without_a_month_names_both_ends():
    """Three runs from the 5th to the 19th of January."""
    last = run_row_of(14).day
    assert last is not None
    assert [words for _, words in month_marks(MONDAY, last)] == ["5 Jan", "19 Jan"]
    assert len(month_marks(MONDAY, MONDAY)) == 1
