"""The squad sheet in every form: each athlete's own words, nobody else's, and nothing unescaped."""

import csv
import io
import json
import re
from html import escape, unescape
from html.parser import HTMLParser
from itertools import count
from typing import Any

import pytest

from analyzer.archive.squad import squad_sheet
from analyzer.model.squad import Heard, SquadRun
from analyzer.report.advice import next_time
from analyzer.report.forms import FORMS as ALL_FORMS
from analyzer.report.forms import rendered_files
from analyzer.report.headline import headline
from analyzer.report.json_result import result
from analyzer.report.language import LANGUAGES, speaking
from analyzer.report.measures import DASH
from analyzer.report.squad.caveats import caveats
from analyzer.report.squad.figure import render_squad_figures
from analyzer.report.squad.messages import messages_of
from analyzer.report.squad.sentences import sentences
from analyzer.report.squad.terminal import render_squad_text
from analyzer.report.squad.view import notes, row_words, title_text
from analyzer.report.squad.write import render_squad, write_squad
from analyzer.report.styled import cells
from analyzer.report.view import block_row, score_words
from analyzer.structs import replace
from tests.builders.comparisons import many
from tests.builders.reviews import review_with
from tests.builders.squads import (
    BY_NEED,
    DAYS,
    FORCED,
    TOO_FAST_2,
    on_day,
    one_of_each,
    slow,
    troubled,
)

pytestmark = pytest.mark.slow

FORMS = tuple(form.name for form in ALL_FORMS.values() if form.name != "pdf")
TEXTS = tuple(form for form in FORMS if form != "png")
NAMES = ("Anna Berg", "Ben Okafor", "Carla Díaz", "Dmitri Volkov", "Eva Lindqvist", "Finn Murphy",
         "Grace Tan", "Hugo Meyer", "Ines Rossi", "Jonas Weiß", "Kaito Sato")  # fmt: skip

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "mathtext": "$\\frac{1}{0$",
    "formula": '=HYPERLINK("http://x")',
    "table": "| a | b |",
    "markdown": "[x](http://y) **b** # h `c`",
    "escape": "\x1b[2Jx",
    "right to left": "abc\u202efed",
    "lines": "a\nb\u2028c",
    "placeholder": "{who} {0.__class__} %s",
    "half a character": "a\ud800b",
    "long": "w" * 5000,
    "nothing": "",
}


def whole(sheet, form):
    """Return a sheet in a form; all of its cards one after the other."""
    return b"".join(rendered_files(ALL_FORMS[form], ALL_FORMS[form].squad, sheet))


def named(need):
    """Name the athlete of a need."""
    return NAMES[list(BY_NEED).index(need)]


@pytest.fixture(scope="module")
def sheet():
    """Return a sheet with a row of every kind."""
    return one_of_each(named)


@pytest.fixture(scope="module")
def written(sheet):
    """Return it in every form of text, on one line each."""
    return {form: flat(form, whole(sheet, form).decode()) for form in TEXTS}


def flat(form, text):
    """Return the words of a form without its markup."""
    if form == "html":
        text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL))
    if form == "svg":
        text = unescape(" ".join(re.findall(r">([^<>]+)</text>", text)))
    if form == "markdown":
        text = text.replace("\\", "")
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("form", [form for form in TEXTS if form not in ("json", "svg")])
def test_score_word_and_sentence_of_every_row_are_those_of_its_own_review(sheet, written, form):
    """And so is the next step."""
    text = written[form]
    for row in sheet.rows:
        if row.review is None:
            continue
        score, word, _ = score_words(row.review)
        first, second = headline(row.review)
        advice = next_time(row.review) or ""
        score = "" if score == DASH else score  # its word says it all
        for words in (score, word if form != "csv" else "", first, second, advice[1:]):
            assert words in text, (row.athlete, words)


def test_the_json_holds_the_result_of_each_review_unchanged(sheet):
    """Strict, in the order of the rows, and in English whatever is spoken."""
    with speaking("de"):
        text = whole(sheet, "json").decode()
    made = json.loads(text, parse_constant=lambda c: pytest.fail(f"not strict: {c}"))
    assert [a["athlete"] for a in made["athletes"]] == [r.athlete for r in sheet.rows]
    for told, row in zip(made["athletes"], sheet.rows, strict=True):
        assert told["need"] == row.need
        assert told["result"] == (None if row.review is None else result(row.review))
        if row.review is not None:
            assert told["sentence"] == " ".join(headline(row.review)).strip()
    assert made["first_day"] == "2026-03-04"


def test_the_csv_is_a_row_an_athlete_in_the_order_of_the_sheet(sheet):
    """With the numbers of the review; unknown is NA."""
    rows = list(csv.DictReader(io.StringIO(whole(sheet, "csv").decode())))
    assert [r["athlete"] for r in rows] == [r.athlete for r in sheet.rows]
    for told, row in zip(rows, sheet.rows, strict=True):
        score = DASH if row.review is None else score_words(row.review)[0]
        assert told["score"] == ("NA" if score == DASH else score)
        assert told["need"] == (row.need or "none")


def test_the_cards_show_the_whole_first_sentence_of_whoever_it_shows(sheet):
    """Those who need the coach on the first card, everybody on one, and each says who is on it."""
    cards = render_squad_figures(sheet, "svg")
    place = 0
    for text in (card.decode() for card in cards):
        lines = [unescape(t).replace("\u00a0", " ") for t in re.findall(r">([^<>]+)</text>", text)]
        flat_text = " ".join(lines)
        shown = [row for row in sheet.rows if row.athlete in lines]
        assert shown == list(sheet.rows[place : place + len(shown)])
        assert len(shown) >= 7 or text == cards[-1].decode()
        for row in shown:
            assert row_words(row).first in flat_text
        ends = f"Athletes {place + 1} to {place + len(shown)} of {len(sheet.rows)}."
        assert ends in flat_text
        place += len(shown)
    assert place == len(sheet.rows)


def test_no_name_or_sentence_of_one_athlete_stands_in_the_row_of_another(sheet):
    """Whatever a row says is made of its own athlete alone."""
    for row in sheet.rows:
        alone = row_words(squad_sheet(
            [] if row.review is None else [(row.athlete, row.review)], [row.athlete], DAYS
        ).rows[0])  # fmt: skip
        assert row_words(row) == alone
        others = [other for other in NAMES if other != row.athlete]
        assert not [other for other in others if other in str(alone)]


def test_signs_and_deviations_are_those_of_the_block_table(sheet):
    """A sign a block, whatever plan it is of."""
    for row in sheet.rows:
        blocks = () if row.review is None else row.review.blocks
        signs = [cell.glyph for cell in row_words(row).cells]
        assert signs == [block_row(block, "km").glyph for block in blocks]


def test_athletes_with_other_plans_and_units_stand_on_one_sheet():
    """Each in the units of their own plan, unless one is asked for."""
    in_miles = review_with(FORCED, [TOO_FAST_2], score=80.0)
    in_miles = replace(in_miles, plan=replace(in_miles.plan, units="mi", name="Long run"))
    mixed = squad_sheet([("Anna", in_miles), ("Ben", many(25)), ("Carl", slow(50.0))])
    told = {row.athlete: row_words(row) for row in mixed.rows}
    assert "s/mi" in told["Anna"].first
    assert "s/km" in told["Carl"].first
    assert len(told["Ben"].signs) == 1
    assert "s/km or s/mi" in " ".join(notes(mixed))
    assert "s/mi" not in row_words(mixed.rows[0], "km").first
    for form in FORMS:
        assert whole(mixed, form)


def test_what_is_technical_stands_in_a_line_for_the_coach(written):
    """Start, distance, damage: each a sentence of its own."""
    review = troubled()
    made = caveats(review, "km")
    assert len(made) == 3
    (row,) = squad_sheet([("Anna", review)]).rows
    text = render_squad_text(squad_sheet([("Anna", review)]))
    assert row_words(row).coach_line in " ".join(text.split())
    assert "good to 1.5 %" in text
    assert "For the coach" not in written["text"].split("Kept to the plan")[1]


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "json"])
def test_the_coachs_note_stands_for_the_coach_and_in_no_message(form):
    """After what is technical; the card, which goes into a chat, shows neither."""
    heard = Heard(note="Ask about the heel,\nand <the> shoes.")
    sheet = squad_sheet([SquadRun("Anna", troubled(), heard), ("Ben", BY_NEED["paid"])])
    line = "Ask about the heel, and <the> shoes."
    anna, ben = (row_words(row) for row in sheet.rows[::-1])
    assert anna.coach_line.endswith(f". {line}")
    assert (anna.note, ben.note) == (line, "")
    content = whole(sheet, form).decode()
    shown = {"html": escape(line), "markdown": line.replace("<", "\\<").replace(">", "\\>"),
             "json": json.dumps(heard.note)[1:-1]}.get(form, line)  # fmt: skip
    assert shown in " ".join(content.replace("\u00a0", " ").split())
    assert not any("heel" in message.text for message in messages_of(sheet))
    assert "heel" not in whole(sheet, "svg").decode()


def test_a_note_alone_is_a_line_for_the_coach():
    """Of a run of which nothing technical has to be said; in German too."""
    sheet = squad_sheet([SquadRun("Anna", BY_NEED["paid"], Heard("Müde?"))])
    assert row_words(sheet.rows[0]).coach_line == "For the coach: Müde?"
    with speaking("de"):
        assert row_words(sheet.rows[0]).coach_line.endswith(": Müde?")


def test_a_program_reads_what_was_said(sheet):
    """Null where nothing was."""
    heard = Heard("Müde?", "Hi Anna,\n\ngo on.")
    runs = [SquadRun("Anna", BY_NEED["paid"], heard),
            SquadRun("Ben", BY_NEED["far"], Heard(is_outdated=True))]  # fmt: skip
    names = ("note", "approved_message", "approval_is_outdated")
    told = [
        {row["athlete"]: tuple(row[n] for n in names) for row in json.loads(text)["athletes"]}
        for text in (whole(squad_sheet(runs), "json"), whole(sheet, "json"))
    ]
    assert told[0] == {"Anna": ("Müde?", heard.message, False), "Ben": (None, None, True)}
    assert set(told[1].values()) == {(None, None, False)}


def test_other_runs_of_an_athlete_are_named_and_many_are_counted():
    """Three by plan, day and score; the rest by their number."""
    runs = [("Anna", on_day(review_with(score=90.0 + i), 4 + i)) for i in range(6)]
    (row,) = squad_sheet(runs).rows
    words = row_words(row)
    assert words.run.endswith("9 March 2026")
    assert words.others.startswith("Also: Tuesday progression · 8 March 2026 · 94; ")
    assert words.others.endswith("; 2 more")


@pytest.mark.parametrize(("trend", "arrow"), [("better", "↗"), ("worse", "↘"), ("not_shown", "")])
def test_an_arrow_stands_only_where_there_is_a_trend(trend, arrow):
    """One that does not show has none."""
    sheet = squad_sheet([("Anna", review_with())], trends={"Anna": trend})
    assert row_words(sheet.rows[0]).arrow == arrow
    text = render_squad_text(sheet)
    assert ("↗" in text, "↘" in text) == (arrow == "↗", arrow == "↘")


def test_the_sheet_opens_with_how_many_need_the_coach_and_why(sheet):
    """Needs in their order; athletes by name; then of whom nothing is known."""
    first, second = sentences(sheet)
    assert first == (
        "Eight of 11 need you: Anna Berg forced early and paid for it, Ben Okafor blew up, "
        "Carla Díaz stopped, Dmitri Volkov took a break, Eva Lindqvist skipped a block, "
        "Finn Murphy cut the session short, Grace Tan forced the pace, and Hugo Meyer missed "
        "the planned pace."
    )
    assert second == (
        "No file from Ines Rossi. How Jonas Weiß ran cannot be told for certain. "
        "One kept to the plan."
    )


HELD, OFF = review_with(), review_with(FORCED, [TOO_FAST_2], score=80.0)

OPENINGS: dict[str, tuple[dict[str, Any], str, str]] = {
    "nobody": ({}, "No athletes and no runs in these days.", ""),
    "all silent": (dict.fromkeys("AB"), "No file from anybody.", ""),
    "one silent": ({"A": None}, "No file from A.", ""),
    "one held": ({"A": HELD}, "Nobody needs you: the plan was kept.", ""),
    "three held": (dict.fromkeys("ABC", HELD), "Nobody needs you: all three kept to the plan.", ""),
    "some held": (
        {"A": HELD, "B": HELD, "C": None},
        "Nobody needs you: two of three kept to the plan.", "No file from C.",
    ),
    "one alone": ({"A": OFF}, "A forced the pace.", ""),
    "one of two": ({"A": OFF, "B": HELD}, "One of two needs you: A forced the pace.",
                   "The other one kept to the plan."),
    "both": (dict.fromkeys("AB", OFF), "Both need you: A and B forced the pace.", ""),
    "many": (dict.fromkeys("ABCDE", OFF), "All five need you: five forced the pace.", ""),
    "most": ({**dict.fromkeys("ABCD", OFF), **dict.fromkeys("EFG", HELD)},
             "Four of seven need you: four forced the pace.", "The other three kept to the plan."),
}  # fmt: skip


@pytest.mark.parametrize("name", OPENINGS)
def test_the_sentence_fits_any_squad(name):
    """From nobody to many; four and more alike are counted, not listed."""
    athletes, first, second = OPENINGS[name]
    runs = [(athlete, review) for athlete, review in athletes.items() if review is not None]
    assert sentences(squad_sheet(runs, list(athletes))) == (first, second)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_period_makes_a_whole_report(form):
    """It says that there was nothing."""
    content = whole(squad_sheet([], [], DAYS), form)
    if form not in ("png", "csv"):
        assert "No athletes and no runs" in flat(form, content.decode())


@pytest.mark.parametrize("form", FORMS)
def test_the_same_sheet_gives_the_same_bytes(form):
    """In whatever order the runs were found."""
    runs = [(named(need), review) for need, review in BY_NEED.items() if review is not None]
    once, again = (squad_sheet(order, NAMES, DAYS) for order in (runs, runs[::-1]))
    assert whole(once, form) == whole(again, form)


@pytest.mark.parametrize("form", FORMS)
def test_a_hundred_athletes_fit(form):
    """In every form, and none is lost."""
    numbers = count(1)
    names = [f"Athlete {next(numbers):03}" for _ in range(100)]
    kinds = [review for review in BY_NEED.values() if review is not None]
    runs = [(name, kinds[i % len(kinds)]) for i, name in enumerate(names[:90])]
    content = whole(squad_sheet(runs, names, DAYS), form)
    if form != "png":
        assert [name for name in names if name not in content.decode()] == []


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(sheet, width):
    """And none ends in a blank."""
    for line in render_squad_text(sheet, width=width).splitlines():
        assert cells(line) <= width
        assert line == line.rstrip()


def test_without_colour_there_is_no_escape_and_with_it_the_words_are_the_same(sheet):
    """Words and signs carry everything."""
    plain, coloured = render_squad_text(sheet), render_squad_text(sheet, colour=True)
    assert "\x1b" not in plain
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()
    assert [line.rstrip() for line in stripped] == plain.splitlines()


class Tags(HTMLParser):
    """The tags of a page, and their attributes."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.seen.append((tag, tuple(name for name, _ in attrs)))


def tags_of(page):
    """Return every tag of a page with the names of its attributes."""
    parser = Tags()
    parser.feed(page)
    return parser.seen


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", FORMS)
def test_hostile_names_do_nothing(form, name):
    """Script, formula, markup, escape, bidi: the same markup as with an honest name."""
    text = HOSTILE[name]
    runs = [(text, BY_NEED["paid"]), ("Ben", BY_NEED["stopped"])]
    content = whole(squad_sheet(runs), form)
    if form == "png":
        assert content.startswith(b"\x89PNG")
        return
    shown = content.decode()
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    if form == "html":
        honest = whole(squad_sheet([("Anna", runs[0][1]), runs[1]]), form).decode()
        assert tags_of(shown) == tags_of(honest)
    if form in ("html", "svg"):
        assert "<script" not in shown
        assert "<img" not in shown
    if form == "markdown":
        assert re.search(r"(?<!\\)(<script|<img|\]\(|`|\|)", shown) is None
    if form == "csv":
        for row in csv.reader(io.StringIO(shown)):
            assert len(row) == 14
            assert not any(cell.startswith(("=", "@")) for cell in row)


def test_every_form_speaks_the_language_of_the_report(loud):
    """No English between the words."""
    with speaking("loud"):
        for name in ("html", "markdown", "text"):
            text = flat(name, whole(squad_sheet([], ["x"], DAYS), name).decode())
            assert not re.search(r"[a-z]{3}", text.replace("progcheck", "")), text


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_same_rows_are_told_in_every_language(sheet, language):
    """Numbers and order are the same; no sentence is."""
    english = [row_words(row) for row in sheet.rows]
    with speaking(language):
        told = [row_words(row) for row in sheet.rows]
        heading = title_text(sheet)
    for there, here in zip(english, told, strict=True):
        assert (there.athlete, there.score, there.signs) == (here.athlete, here.score, here.signs)
        assert there.first != here.first
    assert heading != title_text(sheet)


def test_a_sheet_is_written_in_the_form_of_its_ending(sheet, tmp_path):
    """As every report is."""
    path = tmp_path / "sheet.md"
    write_squad(sheet, str(path))
    assert path.read_bytes() == render_squad(sheet, "markdown")
    assert escape(NAMES[0]) in path.read_text(encoding="utf-8")
