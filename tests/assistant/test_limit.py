"""No answer has more than 1,000 tokens, whatever is in it, and nothing of it is lost."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import read_activity, review_activity
from analyzer.assistant.answers import check_plan, list_files, review
from analyzer.assistant.desk import Desk
from analyzer.assistant.pages import page_of, pages_of
from analyzer.assistant.questions import FilesQuestion, PlanQuestion, ReviewQuestion
from analyzer.assistant.settings import Settings
from analyzer.assistant.tokens import MOST, price
from analyzer.plans.read import parse_plan
from analyzer.report.brief.compare import brief_comparison
from analyzer.report.brief.lines import Line
from analyzer.report.language import speaking
from analyzer.review.compare import lay_side_by_side
from analyzer.structs import replace
from tests.places import PLAN, SAMPLES

MEASURED = [
    ("1 15 min easy | 5:00 | 4:45 ± 3.1 | 15 s/km too fast | 11 % | 136 | too fast", 46),
    ("Block 4: blew up (clear). Severe: 3:35 /km until 42:00, then 4:42 for 13 min.", 39),
    ("Den ersten Block gehalten, den zweiten 15 s/km zu schnell gelaufen.", 26),
    ("Wo die Blöcke liegen: Blöcke nach der Zeit, ab dem Start der Aufzeichnung", 30),
    ("steady.fit | 98 (94 to 100) | ● +4 | ▲ \u221215 | ▼ +9 | · –", 35),
    ("tp-1000.2026-03-31-16-00-00-000Z.fit.gz", 35),
    ("3141592653589793238462643383279502884197", 41),
    ("qxzjqxzj vvkqz xzqjw jxqzk qyxuz wjizq", 30),
    ("TAGESLICHT XQZ", 8),
    ("漢字走行記録🏃\u200d♀️🏃", 27),
    ("ääöüß éèàç", 9),
    ("{}[]()<>|#!&~$%^*", 15),
    ("Ёлки-палки", 12),
    ("zzzzzzzzzzzzzzzzzzzz", 11),
    ("aAbBcCdDeEfF", 10),
    ("a b c d e f g h", 8),
]
"""Texts, and the most tokens that any of five tokenizers makes of them: decision 0024."""


@pytest.mark.parametrize(("text", "most"), MEASURED)
def test_no_tokenizer_makes_more_of_a_text_than_its_price(text, most):
    """Of those that were measured; and the price is not beyond twice that."""
    assert most <= price(text) <= 2.3 * most


def test_what_a_price_is_made_of():
    """A token to begin with; then words, letters, marks, digits and bytes."""
    assert price("") == 1
    assert price("too fast") - 1 == 1 + 1  # words of reports: 3 // 3, 4 // 3
    assert price("gehalten") - 1 == 4  # a German one: 8 / 2.5, rounded up
    assert price("4:45") - 1 == 4  # digit by digit
    assert price("wobbel") - 1 == 3  # a foreign word: 6 / 2
    assert price("Wobbel") - 1 == 1 + 3  # its capital, and 5 / 2 rounded up
    assert price("漢") - 1 == 3  # bytes
    assert price("± 1") - 1 == 2 + 1 + 1  # a sign, a blank in front of a digit, a digit


LINES = st.lists(
    st.builds(
        Line,
        text=st.text(
            alphabet=st.sampled_from(string.printable + "äöü▲▼–漢\u202e\x1b"), max_size=400
        ),
        kind=st.sampled_from(["block", "finding", "run", "file", "note"]),
        rank=st.integers(0, 6),
    ),
    max_size=60,
)


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_every_page_holds_the_limit_and_no_line_is_lost(lines):
    """The title is on each; every other line is on one page, as whole as it is shown at all."""
    every = [Line("THE TITLE", "title", 0), *lines]
    count = pages_of(every)
    pages = [page_of(every, page) for page in range(1, count + 1)]
    assert page_of(every, count + 1) is None
    shown = []
    for page in pages:
        assert page is not None
        assert price(page) <= MOST
        first, *others = page.split("\n")
        assert first == "THE TITLE"
        shown += others if count == 1 else others[:-1]
    assert len(shown) == len(lines)


def test_the_most_telling_lines_come_first_in_the_order_of_the_report():
    """What is left out is counted by its kind, and the next page is named."""
    lines = [Line("Title", "title", 0)]
    lines += [Line(f"block {i} {'x' * 60}", "block", i % 2) for i in range(40)]
    first, second = page_of(lines, 1), page_of(lines, 2)
    assert first is not None
    assert second is not None
    numbers = [int(line.split()[1]) for line in first.split("\n")[1:-1]]
    assert numbers == sorted(numbers)
    assert all(number % 2 == 0 for number in numbers)
    left = 40 - len(numbers)
    assert first.endswith(f"Page 1 of 2. Left out: {left} blocks; page=2 goes on.") or (
        first.split("\n")[-1].startswith("Page 1 of ")
    )


def test_a_line_that_is_too_long_is_cut_between_words():
    """With an ellipsis: names from files may be of any length."""
    page = page_of([Line("wobbel " * 400)])
    assert page is not None
    assert page.endswith("wobbel…")
    assert price(page) <= 300


NASTY = ("9" * 120, "漢" * 120, "🏃" * 60, "qxzj" * 30, "▲−" * 60, "aB" * 60, "Z" * 120)


def plan_of_sixty(name):
    """Return a plan of 60 blocks, each called so."""
    blocks = [
        f'  - {{run: 55s, pace: "{4 + i % 2}:{i % 60:02d}", name: "{name}"}}' for i in range(60)
    ]
    return "\n".join([f'name: "{name}"', "blocks:", *blocks])


def every_page(lines):
    """Return all pages of an answer; each holds the limit."""
    pages = [page_of(lines, page) for page in range(1, pages_of(lines) + 1)]
    assert all(page is not None and price(page) <= MOST for page in pages)
    return [page or "" for page in pages]


def rows_of(pages):
    """Return the rows of tables on some pages."""
    return [line for page in pages for line in page.split("\n") if " | " in line]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["easy", *NASTY], ids=range(1 + len(NASTY)))
def test_sixty_blocks_with_any_names_hold_the_limit(name, language):
    """As a review and as a plan; every block is on one of the pages, with all its numbers."""
    desk = Desk(Settings((str(SAMPLES),)))
    plan = plan_of_sixty(name)
    with speaking(language):
        reviewed = every_page(review(desk, ReviewQuestion(file="steady.fit", plan=plan)))
        checked = every_page(check_plan(desk, PlanQuestion(plan=plan)))
    for pages, cells in ((reviewed, 7), (checked, 6)):
        rows = [row for row in rows_of(pages) if row[0].isdigit()]
        assert {row.split(" ")[0] for row in rows} == {str(i) for i in range(1, 61)}
        assert {row.count(" | ") for row in rows} == {cells - 1}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("blocks", ["five", "sixty"])
def test_thirty_runs_hold_the_limit(language, blocks):
    """Of sixty blocks each too; every run is on one of the pages."""
    plan = parse_plan(PLAN.read_text(encoding="utf-8"), "plan")
    if blocks == "sixty":
        plan = parse_plan(plan_of_sixty(NASTY[1]), "plan")
    made = review_activity(read_activity(SAMPLES / "greedy-then-blow-up.fit"), plan)
    names = [f"{'漢' * 20}{i}.fit" for i in range(30)]
    runs = [replace(made, activity=replace(made.activity, source=name)) for name in names]
    with speaking(language):
        pages = every_page(brief_comparison(lay_side_by_side(runs)))
    text = "\n".join(pages)
    assert all(f"{i}.fit | " in text for i in range(30))


def test_all_that_is_wrong_with_a_long_plan_holds_the_limit():
    """Each problem is on one of the pages."""
    plan = "blocks:\n" + "\n".join(f"  - {{run: 1min, pase{i}: 4:00}}" for i in range(100))
    pages = every_page(check_plan(Desk(Settings((str(SAMPLES),))), PlanQuestion(plan=plan)))
    problems = [line for page in pages for line in page.split("\n") if "unknown key" in line]
    assert len(pages) > 1
    assert len(problems) == len(set(problems)) > 50


def test_a_folder_of_many_files_holds_the_limit(tmp_path):
    """Every name is on one of the pages, whole."""
    names = [f"{i:03d} {'ü' * (i % 50)}.fit" for i in range(200)]
    for name in names:
        (tmp_path / name).touch()
    pages = every_page(list_files(Desk(Settings((str(tmp_path),))), FilesQuestion()))
    listed = [
        name
        for page in pages
        for line in page.split("\n")
        if line.startswith("Recordings in")
        for name in line.partition(": ")[2].split(" | ")
    ]
    assert sorted(listed) == sorted(names)
