"""Messages and comparisons in German: whole, short, and with what the English ones say."""

import csv
import io
import re
from datetime import UTC, datetime
from functools import partial

import pytest

from analyzer.model.remarks import Remarks
from analyzer.report.compare.figure import render_comparison_figures
from analyzer.report.compare.html import render_comparison_html
from analyzer.report.compare.json_result import dumps
from analyzer.report.compare.markdown import render_comparison_markdown
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.terminal import render_comparison
from analyzer.report.compare.view import SHORT_MONTHS
from analyzer.report.compare.write import render_side_by_side
from analyzer.report.language import speaking
from analyzer.report.message import MOST, render_message
from analyzer.report.styled import cells
from analyzer.review.compare import MONTHS, lay_side_by_side
from analyzer.structs import replace
from tests.accuracy.scoring import review_of
from tests.builders.command import run
from tests.builders.comparisons import FORCED, SIDES
from tests.builders.many import NAMES, reviewed
from tests.builders.plans import EXAMPLE
from tests.builders.reviews import flag_of, mock_run, review_with
from tests.builders.simulate import Behaviour, Stop
from tests.builders.telling import IN_GERMAN, IN_THE_MESSAGE
from tests.builders.words import ENGLISH, numbers, shown, small_words
from tests.places import PLAN, SAMPLES

pytestmark = pytest.mark.slow

BEHAVIOURS = {
    "two blocks skipped": Behaviour(skip=frozenset({3, 4})),
    "block 2 left out, block 5 fast": Behaviour(skip=frozenset({2}), faster={5: 0.05}),
    "ends in block 3": Behaviour(cut_s=1900.0),
    "three stops": Behaviour(stops=(Stop(1000, 40), Stop(1700, 70), Stop(2900, 30, "watch"))),
    "a stop in every block": Behaviour(stops=tuple(Stop(400 + 600 * i, 45) for i in range(5))),
    "stops and waves": Behaviour(stops=(Stop(1800, 60),), surging={4: (0.07, 60.0)}),
    "fades twice": Behaviour(fade={3: 0.10, 5: 0.12}),
    "blows up early": Behaviour(paces={2: 215.0}, pace_from=(1500.0, 300.0)),
    "one change late": Behaviour(late_s={3: 150.0}),
    "warms up before": Behaviour(before=(240.0, 330.0), shift_s=-60.0),
    "backwards": Behaviour(paces={2: 210.0, 3: 220.0, 4: 230.0, 5: 240.0}),
    "everything at once": Behaviour(
        faster={2: 0.05, 3: 0.05}, fade={4: 0.1}, stops=(Stop(2600, 50),), cut_s=3000.0
    ),
}
"""Runners beside those of the tables of accuracy."""


def made(name):
    """Review a run by its name."""
    known = BEHAVIOURS.get(name)
    return reviewed(name) if known is None else review_of(EXAMPLE, known, 915)


def in_german(form, *given, **options):
    """Write a form in German."""
    with speaking("de"):
        return form(*given, **options)


def english_words(text, *names):
    """Return the words that only English has, but for names."""
    for name in names:
        text = text.replace(name, "")
    return set(re.findall(r"[a-zäöüß]+", text.lower())) & ENGLISH


def told(message, words):
    """Return the findings that a message tells of."""
    return {code for code, pattern in words.items() if re.search(pattern, message)}


@pytest.mark.parametrize("name", [*NAMES, *BEHAVIOURS])
def test_a_message_in_german_says_what_the_english_one_says(name):
    """Every sample, real run and simulated runner: the clear findings, and no other number."""
    review = made(name)
    english, german = render_message(review), in_german(render_message, review)
    assert len(german) <= MOST
    assert english_words(german, review.plan.name) == set()
    clear = {f.code for f in review.flags if f.certainty == "clear"} - {"FAST_START"}
    assert told(german, IN_GERMAN) & clear == told(english, IN_THE_MESSAGE) & clear
    if not name.startswith("real"):  # where 700 characters are too few German leaves out more
        assert numbers(german) == numbers(english)
        assert german.count("\n\n") == english.count("\n\n")


def test_the_message_of_the_mock_run_in_german():
    """A coach who says "du", in the order of German."""
    assert in_german(render_message, mock_run()) == (
        "Tuesday progression: 63 von 100 (58 bis 70), nur grob gehalten.\n\n"
        "Du hast Block 1 und 2 mit 4:56 und 3:59 /km gehalten. Block 3 war mit 3:50 geplant und "
        "ist 3:36 geworden: 14 s/km zu schnell, schneller sogar, als Block 4 geplant war. Du hast "
        "Block 4 mit 3:40 /km gehalten. In Block 5 bist du bei 49:19 "
        "eingebrochen: bis dahin 3:36, danach 6 min lang 4:04. Das frühe Tempo brachte 38 s; "
        "die späteren Blöcke kosteten 57 s.\n\n"
        "3:50 soll sich zu leicht anfühlen; genau dann wirkt die Einheit.\n\n"
        "Nächstes Mal: Lauf im Block mit 3:50 keinen Kilometer schneller als 3:45.\n\n"
        "Der Stopp von 19 s bei 37:12 kostet keine Punkte."
    )


def off(pct):
    """Make a run that is far from its plan in every block, and whose faults are not clear."""
    changes = {i: {"scored_speed_deviation_pct": pct, "verdict": "held"} for i in range(1, 6)}
    review = review_with(changes=changes, score=50.0)
    return replace(review, score=replace(review.score, word="loose"))


@pytest.mark.parametrize(
    ("review", "english", "german"),
    [
        (
            off(3.0),
            "You probably ran all five blocks too fast.",
            "Du bist alle fünf Blöcke wahrscheinlich zu schnell gelaufen.",
        ),
        (
            off(-3.0),
            "You probably ran all five blocks too slow.",
            "Du bist alle fünf Blöcke wahrscheinlich zu langsam gelaufen.",
        ),
        (
            off(0.0),
            "You strayed from the plan in both directions.",
            "Du bist vom Plan abgewichen, mal zu schnell, mal zu langsam.",
        ),
        (
            replace(off(0.0), flags=(flag_of("NON_PROGRESSION", None, "cannot_tell"),)),
            "You probably missed most of the steps up.",
            "Die meisten Stufen bist du wahrscheinlich nicht mitgegangen.",
        ),
    ],
)
def test_what_was_probably_wrong_is_said_to_the_runner(review, english, german):
    """In a whole sentence of each language, not in the headline's words."""
    assert english in render_message(review)
    assert german in in_german(render_message, review)


def test_words_of_the_runner_are_quoted_as_german_does():
    """And effort follows."""
    review = replace(mock_run(), remarks=Remarks("Anna", "lief bis zur Brücke", 8))
    message = in_german(render_message, review)
    assert message.startswith("Hallo Anna,\n\n")
    assert "Du schreibst: „lief bis zur Brücke“. Die Anstrengung gibst du mit 8 von 10" in message


SQUADS = {
    **{kind: lay_side_by_side(reviews) for kind, reviews in SIDES.items()},
    "named": lay_side_by_side([FORCED, FORCED, mock_run()], ["Anna", "Ben", "Cleo"]),
    "stopped": lay_side_by_side([review_with(flags=(flag_of("STOPPED", 3),))] * 3),
    "a month": lay_side_by_side(
        [review_with(start_time=datetime(2026, m, 6, tzinfo=UTC), score=44.0) for m in (3, 10)]
    ),
}
"""Comparisons by hand."""

RUNNERS = [name for name in NAMES if name.startswith("runner")]


def written(side, *, is_drawn=True):
    """Return every form of a comparison that is text, as it is shown."""
    texts = {
        "terminal": render_comparison(side, width=100),
        "markdown": render_comparison_markdown(side),
        "page": shown(render_comparison_html(side)),
    }
    if is_drawn:
        svg = b"".join(render_comparison_figures(side, "svg")).decode()
        words = re.findall(r">([^<>]+)</text>", svg)
        texts["picture"] = "\n".join(words).replace("\u00a0", " ")
    return texts


def own_words(side):
    """Return what a comparison is not to translate: names of plan, blocks and files."""
    plan = side.runs[0].review.plan
    return [plan.name, "run.fit", *(b.name.split(" @ ")[0] for b in side.runs[0].review.blocks)]


@pytest.mark.parametrize("kind", SQUADS)
def test_every_word_of_a_comparison_is_looked_up(kind, loud):
    """Nothing small is left in any form but names and units."""
    side = SQUADS[kind]
    with speaking("loud"):
        texts = written(side)
    for form, text in texts.items():
        for name in own_words(side):
            text = text.replace(name, "")
        assert small_words(re.sub("Anna|Ben|Cleo|progcheck|15 min easy", "", text)) == set(), form


@pytest.mark.parametrize("first", range(0, len(RUNNERS), 3))
@pytest.mark.parametrize("names", [None, "Anna,Ben,Cleo"])
def test_comparisons_of_simulated_runners_in_german_say_the_same(first, names):
    """Numbers, signs and rows of the English ones, and no English between them."""
    reviews = [reviewed(name) for name in RUNNERS[first : first + 3]]
    side = lay_side_by_side(reviews, names.split(",")[: len(reviews)] if names else None)
    form_of = partial(written, is_drawn=names is None)  # a picture costs most of a test
    english, german = form_of(side), in_german(form_of, side)
    for form, text in german.items():
        assert english_words(text, *own_words(side)) == set(), form
        assert re.findall("[●▲▼■·] *[−+]?[0-9–]+", text) == re.findall(
            "[●▲▼■·] *[−+]?[0-9–]+", english[form]
        )
        if form != "picture":  # a card has room for fewer of the longer words
            assert numbers(text) == numbers(english[form]), form


@pytest.mark.parametrize("kind", SQUADS)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_of_a_german_comparison_is_wider_than_the_terminal(kind, width):
    """Longer words or not."""
    text = in_german(render_comparison, SQUADS[kind], width=width)
    assert max(cells(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("kind", SQUADS)
def test_programs_read_the_same_comparison_in_every_language(kind):
    """Labels, sentences and rows."""
    side = SQUADS[kind]
    rows = render_side_by_side(side, "csv")
    assert in_german(dumps, side) == dumps(side)
    assert in_german(render_side_by_side, side, "csv") == rows
    assert len(list(csv.reader(io.StringIO(rows.decode())))) > len(side.runs)


def test_days_that_stand_for_names_are_said_in_german():
    """In labels and in the sentence of a change; a name stays a name."""
    assert SHORT_MONTHS == MONTHS
    days = [datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 10, 27, tzinfo=UTC)]
    first, last = (
        review_with(start_time=day, score=score) for day, score in zip(days, (44, 91), strict=True)
    )
    assert in_german(sentences, lay_side_by_side([first, last]))[0] == (
        "6. März 2026 bis 27. Okt 2026: Die Wertung stieg von 44 (39 bis 51) auf 91 (86 bis 98)."
    )
    text = in_german(render_comparison, lay_side_by_side([first, last]))
    assert "\n27. Okt 2026 " in text
    assert "Okt" not in render_comparison(lay_side_by_side([first, last]))
    named = lay_side_by_side([first, last], ["May", "June"])
    assert "\nMay " in in_german(render_comparison, named)


def test_a_squad_and_a_month_are_told_in_german_order():
    """Cases and verbs of their own."""
    say = partial(in_german, sentences)
    held = review_with()
    assert say(lay_side_by_side([FORCED, FORCED, held]))[0] == (
        "Block 2 wurde in 2 von 3 Läufen zu schnell gelaufen."
    )
    assert say(lay_side_by_side([FORCED, FORCED, held], ["A", "B", "C"]))[0] == (
        "Zwei von drei liefen Block 2 zu schnell."
    )
    assert say(SQUADS["stopped"])[0] == (
        "Jeder Block wurde in allen 3 Läufen gehalten. In allen 3 Läufen gab es einen Stopp."
    )


def test_the_command_line_compares_in_german(tmp_path, capsys):
    """Terminal and files; JSON is the same, and none of it lasts."""
    given = ("compare", SAMPLES / "steady.fit", SAMPLES / "flat.fit", "--plan", PLAN)
    english, page = run(*given, "--json", capsys=capsys)[1], tmp_path / "c.html"
    assert run(*given, "--lang", "de", "--json", capsys=capsys)[1] == english
    assert "Gehalten, von 2 Läufen" in run(*given, "--lang", "de", capsys=capsys)[1]
    assert run(*given, "--lang", "de", "-q", "-o", page, capsys=capsys)[0] == 0
    assert '<html lang="de">' in page.read_text(encoding="utf-8")
    assert "Held, of 2 runs" in run(*given, capsys=capsys)[1]
