"""Every form in the table tells the whole story: a new row is held to it without a new test."""

import html
import re

import pytest

from analyzer.report.advice import next_time
from analyzer.report.compare.sentences import sentences
from analyzer.report.compare.view import run_row
from analyzer.report.findings import evidence_text, flag_title
from analyzer.report.findings.finding import Subject
from analyzer.report.forms import FORMS, rendered
from analyzer.report.headline import headline
from analyzer.report.language import speaking
from analyzer.report.view import block_row, ordered_flags, title
from analyzer.review.compare import lay_side_by_side
from analyzer.structs import replace
from tests.builders.comparisons import SIDES
from tests.builders.many import RECORDINGS, reviewed
from tests.builders.reviews import mock_run, review_with

FOR_PROGRAMS = ("csv", "json")
"""Forms that hold keys and numbers, which tests of their own hold to the review."""

PROSE = [f for f in FORMS.values() if not f.is_binary and f.name not in FOR_PROGRAMS]
"""Forms that are read by people, as text; pictures and paper are drawn from the same words."""

HOSTILE = "<b>*bold*</b> [x](y) _z_ #1 $2 | =3 \x1b[2J\u202e"


def plain(text):
    """Return what a reader reads: no tags, no backslashes, no stars, every blank a single one."""
    text = re.sub(r"<(?:style|script).*?</(?:style|script)>", " ", text, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")
    text = re.sub(r"[\\*_|]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"\s+([.,:;)])", r"\1", text))


def same(words):
    """Return words as `plain` leaves them."""
    return re.sub(r"\s+", " ", re.sub(r"[\\*_|]", "", words))


NAMES = [*(f"sample {name}" for name in RECORDINGS), "made by hand"]


@pytest.mark.parametrize("form", PROSE, ids=lambda form: form.name)
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", NAMES)
def test_a_form_tells_the_whole_story(form, language, name):
    """Title, sentence, score, every row of the table, every finding with its evidence, advice."""
    review = reviewed(name)
    subject = Subject(review, review.plan.units)
    with speaking(language):
        text = plain(rendered(form, form.review, [review], None).decode())
        parts = [title(review, subject.unit), *headline(review)]
        for flag in ordered_flags(review):
            parts += [flag_title(flag), evidence_text(flag, subject)]
        parts.append(next_time(review) or "")
        rows = [block_row(block, subject.unit) for block in review.blocks]
    for part in filter(None, parts):
        assert same(part) in text, part
    for row in rows:
        for cell in (row.planned, row.run, row.off, row.verdict):
            assert same(cell) in text, cell
    assert f"{review.score.overall:.0f}" in text


@pytest.mark.parametrize("form", PROSE, ids=lambda form: form.name)
@pytest.mark.parametrize("kind", SIDES)
def test_a_form_shows_every_run_of_a_comparison(form, kind):
    """What the runs have in common, and each one's label, score, word and findings."""
    side = lay_side_by_side(SIDES[kind])
    text = plain(rendered(form, form.comparison, side, None).decode())
    for sentence in filter(None, sentences(side)):
        assert same(sentence) in text
    for run in side.runs:
        row = run_row(run, "km")
        for part in (row.label, row.score, row.word, *row.findings.split(", ")[:1]):
            assert same(part) in text, part


@pytest.mark.parametrize("form", PROSE, ids=lambda form: form.name)
def test_no_name_becomes_markup_or_moves_the_terminal(form):
    """A plan called like that: its letters, no element of its own, no escape code."""
    review = review_with()
    review = replace(review, plan=replace(review.plan, name=HOSTILE))
    raw = rendered(form, form.review, [review], None).decode()
    assert "\x1b" not in raw
    assert "\u202e" not in raw
    assert HOSTILE[:12] not in raw or form.name == "text"


@pytest.mark.parametrize("form", [f for f in FORMS.values() if not f.is_binary],
                         ids=lambda form: form.name)  # fmt: skip
def test_a_file_of_several_runs_has_each_of_them(form):
    """As many sentences as runs, in their order."""
    reviews = [mock_run(), review_with()]
    text = plain(rendered(form, form.review, reviews, None).decode())
    if form.name not in FOR_PROGRAMS:
        first, second = (same(headline(review)[0]) for review in reviews)
        assert 0 <= text.index(first) < text.index(second)
