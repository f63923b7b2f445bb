"""Runs side by side in every form: the same numbers as a review, safe, and fitting."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from functools import partial
from html import escape

import pytest

from analyzer.model.comparison import Compared
from analyzer.report.card import RIGHT
from analyzer.report.compare.axes import shared_axes, stretches
from analyzer.report.compare.figure import MOST_RUNS, render_comparison_figures
from analyzer.report.compare.findings import block_list, findings_text
from analyzer.report.compare.html import render_comparison_html
from analyzer.report.compare.json_result import comparison
from analyzer.report.compare.markdown import render_comparison_markdown
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.terminal import render_comparison
from analyzer.report.compare.view import run_row
from analyzer.report.compare.write import render_side_by_side
from analyzer.report.forms import FORMS as ALL_FORMS
from analyzer.report.json_result import result
from analyzer.report.language import speaking
from analyzer.report.styled import cells
from analyzer.report.view import block_row, score_words
from analyzer.review.compare import lay_side_by_side
from analyzer.structs import replace
from tests.builders.comparisons import FORCED, SIDES, many
from tests.builders.reviews import flag_of, mock_run, review_with, stop_of, unknown_run

FORMS = tuple(form.name for form in ALL_FORMS.values() if form.name != "pdf")
pytestmark = pytest.mark.slow

HOSTILE = "<script>alert(1)</script> $\\frac{1}{0 $ | \x1b[2J \u202eabc"


@pytest.fixture(scope="module", params=SIDES)
def side(request):
    """Return a few kinds of comparisons."""
    return lay_side_by_side(SIDES[request.param])


def share(*reviews, names=None):
    """Return both sentences of a comparison."""
    return sentences(lay_side_by_side(reviews, names))


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(side, width):
    """With few blocks and with many."""
    for line in render_comparison(side, width=width).splitlines():
        assert cells(line) <= width
        assert line == line.rstrip()


def test_without_colour_there_is_no_escape_and_with_it_the_words_are_the_same(side):
    """Words and signs carry everything."""
    plain, coloured = render_comparison(side), render_comparison(side, colour=True)
    assert "\x1b" not in plain
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()
    assert [line.rstrip() for line in stripped] == plain.splitlines()


def test_every_sign_and_deviation_is_the_one_of_the_review(side):
    """The sign of the block table; the number that its words say."""
    for run in side.runs:
        row = run_row(run, "km")
        assert row.score == score_words(run.review)[0]
        for cell, block in zip(row.cells, run.review.blocks, strict=True):
            told = block_row(block, "km")
            assert cell.glyph == told.glyph
            number = re.match(r"\d+", told.off)
            assert cell.off.strip("−+") == (
                number[0] if number else {"on pace": "0", "–": "–"}[told.off]
            )


def test_every_form_has_every_score_and_deviation(side):
    """Of the runs that it shows."""
    text = {
        "text": render_comparison(side),
        "html": re.sub(r"<[^>]+>", " ", render_comparison_html(side)),
        "markdown": render_comparison_markdown(side).replace("\\", ""),
    }
    for run in side.runs:
        row = run_row(run, "km")
        for form, shown in text.items():
            flat = " ".join(shown.split())
            assert row.label in flat, form
            for cell in row.cells:
                assert re.search(rf"{cell.glyph} *{re.escape(cell.off)}", flat), form


def test_the_json_holds_the_results_of_the_reviews_unchanged(side):
    """Strict, in the order of the rows."""
    content = render_side_by_side(side, "json").decode()
    made = json.loads(content, parse_constant=lambda c: pytest.fail(f"not strict: {c}"))
    assert made["schema_version"] == 1
    assert [r["label"] for r in made["runs"]] == [r.label for r in side.runs]
    assert [r["result"] for r in made["runs"]] == [result(r.review) for r in side.runs]
    for block in made["common"]["blocks"]:
        counts = ("held", "too_fast", "too_slow", "unfinished", "not_scored")
        assert sum(block[c] for c in counts) == len(side.runs)


def test_the_csv_is_a_row_a_run_and_block(side):
    """The label first."""
    rows = list(csv.DictReader(io.StringIO(render_side_by_side(side, "csv").decode())))
    assert len(rows) == sum(len(r.review.blocks) for r in side.runs)
    assert next(iter(rows[0])) == "label"
    assert [r["label"] for r in rows][:: len(side.blocks)] == [r.label for r in side.runs]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_runs_give_the_same_bytes(form):
    """On any day."""
    side = lay_side_by_side(SIDES["squad"])
    assert render_side_by_side(side, form) == render_side_by_side(side, form)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_labels_do_nothing(form):
    """Script, mathtext, table cell, escape, bidi, formula."""
    side = lay_side_by_side(SIDES["two"])
    labels = (HOSTILE, "=HYPERLINK(1)")
    runs = tuple(Compared(x, r.review) for x, r in zip(labels, side.runs, strict=True))
    content = render_side_by_side(replace(side, runs=runs), form)
    if form == "png":
        assert content.startswith(b"\x89PNG")
        return
    text = content.decode()
    assert "\x1b" not in text
    assert "\u202e" not in text
    if form in ("html", "svg"):
        assert "<script" not in text
    if form == "html":
        assert re.search(r"https?://|\son[a-z]+=", text) is None
        assert escape("<script>") in text
    if form == "markdown":
        assert re.search(r"(?<!\\)[<]script", text) is None
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
    if form == "csv":
        for row in csv.reader(io.StringIO(text)):
            assert not any(cell.startswith(("=", "@")) for cell in row)


def test_the_page_asks_for_nothing_and_runs_nothing():
    """No script at all, and a policy that allows none."""
    page = render_comparison_html(lay_side_by_side(SIDES["two"]))
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "script-src" not in page
    assert page.count('<svg class="small"') == 2


def test_a_page_of_two_hundred_runs_is_readable_by_a_browser():
    """Under 2 MB."""
    side = lay_side_by_side([review_with(), mock_run()] * 100)
    assert len(render_comparison_html(side)) < 2_000_000


def words_on(card):
    """Return what a drawn card says."""
    return " ".join(re.findall(r">([^<>]+)</text>", card.decode()))


def test_the_pictures_are_cards_that_hold_all_runs_between_them():
    """Twenty on two cards, ten each, and each says which."""
    from PIL import Image

    side = lay_side_by_side(SIDES["twenty"])
    cards = render_comparison_figures(side)
    assert [Image.open(io.BytesIO(card)).size for card in cards] == [(1080, 1350)] * 2
    first, last = map(words_on, render_comparison_figures(side, "svg"))
    assert "Runs 1 to 10 of 20." in first
    assert "Runs 11 to 20 of 20." in last
    for words in (first, last):
        assert words.count(" to 100") + words.count("58 to 70") >= 10
    assert RIGHT < 1080


@pytest.mark.parametrize(("runs", "on_each"), [(2, [2]), (12, [12]), (13, [6, 7]), (25, [8, 8, 9])])
def test_a_card_holds_at_most_twelve_runs_and_every_run_is_on_one(runs, on_each):
    """In the order of the rows, about as many on each; a single card does not count them."""
    side = lay_side_by_side([review_with()] * runs, [f"Ann{place}" for place in range(runs)])
    cards = [words_on(card) for card in render_comparison_figures(side, "svg")]
    labels = [[run.label for run in side.runs if f" {run.label} " in card] for card in cards]
    assert [len(on_card) for on_card in labels] == on_each
    assert [label for on_card in labels for label in on_card] == [run.label for run in side.runs]
    assert max(on_each) <= MOST_RUNS
    assert all(f" of {runs}." in card for card in cards) == (len(cards) > 1)


def test_what_most_runs_did_is_told():
    """More than half, at least two; the words of a squad name runners."""
    common = "Block 2 was forced in 2 of 3 runs."
    assert share(FORCED, FORCED, review_with())[0] == common
    squad = share(FORCED, FORCED, review_with(), names=["A", "B", "C"])[0]
    assert squad == "Two of three forced block 2."
    assert share(FORCED, FORCED)[0] == "Block 2 was forced in both runs."


def test_what_half_of_the_runs_did_is_not_common():
    """One of two, two of four."""
    none = "No fault is shared by most of the runs."
    assert share(FORCED, FORCED, mock_run(), mock_run())[0].endswith("No fault is shared by most.")
    wild = review_with((330.0, 225.0, 245.0, 200.0, 230.0))
    assert share(wild, review_with())[0] == none


def test_a_plan_held_by_all_is_said_to_be_held():
    """Of runs, and of a squad."""
    assert share(review_with(), review_with())[0] == "Every block was held in both runs."
    told = share(review_with(), review_with(), names=["A", "B"])[0]
    assert told == "Both held every block."


def test_a_finding_that_verdicts_do_not_show_is_told_beside():
    """A stop in every run."""
    stopped = review_with(flags=(flag_of("STOPPED", 3),), stops=(stop_of(1800, 1860),))
    told = share(stopped, stopped, stopped)[0]
    assert (
        told
        == "Every block was held in all 3 runs. In all 3 runs the runner stopped along the way."
    )


def test_a_change_is_told_only_where_the_ranges_show_one():
    """Else in those words; a change that shows comes first."""
    first = review_with(start_time=datetime(2026, 3, 6, tzinfo=UTC), score=44.0)
    last = review_with(start_time=datetime(2026, 3, 27, tzinfo=UTC), score=91.0)
    assert share(first, last) == (
        "From 6 Mar 2026 to 27 Mar 2026 the score rose from 44 (39 to 51) to 91 (86 to 98).",
        "Every block was held in both runs.",
    )
    near = replace(first, score=last.score)
    assert "the score did not clearly change" in share(near, last)[1]


def test_findings_are_told_by_block():
    """Clear ones, each block once for several; nothing clear is said as that."""
    flags = (
        flag_of("TOO_FAST", 1), flag_of("FADE", 5), flag_of("TOO_SLOW", 5),
        flag_of("STOPPED", 2, "possible"),
    )  # fmt: skip
    told = findings_text(review_with(flags=flags))
    assert told == "block 1 too fast, block 5 fading and too slow"
    assert findings_text(review_with()) == "no clear finding"
    assert findings_text(review_with(flags=(flag_of("MISSED_BLOCK", None),))) == (
        "one block skipped"
    )


def test_blocks_in_a_row_are_named_by_their_ends():
    """Three and more."""
    assert block_list([2]) == "2"
    assert block_list([3, 2]) == "2 and 3"
    assert block_list([2, 3, 4, 7, 9]) == "2–4, 7 and 9"


def test_the_drawings_share_their_axes_and_break_at_stops():
    """As long as the longest, as fast as the fastest."""
    short = review_with((300.0, 240.0), steps=((900.0, 300.0), (600.0, 240.0)))
    axes = shared_axes([short, review_with()])
    assert axes is not None
    assert axes.length_s == 900 + 4 * 600
    assert axes.high_mps > 1000 / 210
    assert shared_axes([unknown_run()]) is None
    assert len(stretches(review_with(), 10_000)) == 1
    assert len(stretches(review_with(stops=(stop_of(1800, 1860),)), 10_000)) == 2
    assert stretches(unknown_run(), 100) == []


def test_units_are_miles_on_request():
    """−15 s/km are −24 s/mi."""
    side = lay_side_by_side([FORCED, review_with()])
    assert "▲ −15" in render_comparison(side)
    assert "▲ −24" in render_comparison(side, units="mi")
    assert "s/mi off the plan" in render_comparison_markdown(side, "mi")


def test_the_json_tells_the_sentences_of_the_other_forms(side):
    """Word for word."""
    common = comparison(side)["common"]
    assert common["sentences"] == [s for s in sentences(side) if s]  # type: ignore[index]


def test_a_comparison_of_many_blocks_is_printed():
    """Twelve; 25 would cost five seconds."""
    pytest.importorskip("weasyprint", exc_type=ImportError)
    assert render_side_by_side(lay_side_by_side([many(12)] * 2), "pdf").startswith(b"%PDF-")


def test_a_comparison_is_printed_with_the_same_bytes_each_time():
    """The moment of printing is not in it."""
    pytest.importorskip("weasyprint", exc_type=ImportError)
    side = lay_side_by_side(SIDES["squad"])
    content = render_side_by_side(side, "pdf")
    assert content.startswith(b"%PDF-")
    assert content == render_side_by_side(side, "pdf")


ENGLISH = re.compile(
    r"\b(?:runs?|score|held|forced|fell|blocks? was|and|of the|no clear|too|slow|fast|planned)\b"
)
"""Words that would be English left between German ones."""


@pytest.mark.parametrize("kind", SIDES)
def test_a_comparison_in_german_is_german_with_the_same_numbers(kind):
    """Terminal, Markdown and page; names of plans and blocks stay as the coach wrote them."""
    side = lay_side_by_side(SIDES[kind])
    forms = (partial(render_comparison, width=100), render_comparison_markdown)
    english = [form(side) for form in forms]
    with speaking("de"):
        german = [form(side) for form in forms]
        page = render_comparison_html(side)
    for one, other in zip(english, german, strict=True):
        assert ENGLISH.findall(other.replace("run.fit", "")) == []
        assert sorted(re.findall(r"\d+", one)) == sorted(re.findall(r"\d+", other))
    assert '<html lang="de">' in page
    assert "Gehalten, von" in page
