"""One verdict feeds every report: sentence, table, findings and score say the same of a run."""

import json
import re
from html import unescape

import pytest

from analyzer.model.findings import GreedyByPace
from analyzer.report.headline import headline
from analyzer.report.html import render_html
from analyzer.report.json_result import dumps
from analyzer.report.markdown import escaped, render_markdown
from analyzer.report.measures import deviation_s_per_km
from analyzer.report.terminal import render
from analyzer.report.view import WORDS, block_row
from analyzer.units import round_half_up
from tests.accuracy.scoring import BEHAVIOURS, review_of
from tests.builders.many import NAMES, reviewed
from tests.builders.plans import EXAMPLE

pytestmark = pytest.mark.slow

RUNS = [name for name in NAMES if name.startswith(("runner", "plan"))]
AGAIN = [f"again {name}" for name in BEHAVIOURS]


@pytest.fixture(scope="module", params=[*RUNS, *AGAIN])
def review(request):
    """Review one runner, or the same behaviour with another seed."""
    if request.param in RUNS:
        return reviewed(request.param)
    return review_of(EXAMPLE, BEHAVIOURS[request.param.removeprefix("again ")], 911)


def clear_codes(review, index):
    """Codes of the clear findings about a block."""
    return {f.code for f in review.flags if f.block == index and f.certainty == "clear"}


def collapsed_from(review):
    """Return the block of a clear collapse; what follows is part of it."""
    found = [f.block for f in review.flags if f.code == "BLOW_UP" and f.certainty == "clear"]
    return min(found, default=len(review.blocks) + 1)


def test_the_verdict_is_the_clear_finding_of_its_block(review):
    """Too fast with TOO_FAST, too slow with TOO_SLOW unless a collapse explains it, else held."""
    for block in review.blocks:
        codes = clear_codes(review, block.index)
        if "TOO_FAST" in codes:
            assert block.verdict == "too_fast"
        if "TOO_SLOW" in codes:
            assert block.verdict == "too_slow"
        if block.verdict == "too_fast":
            assert "TOO_FAST" in codes
        if block.verdict == "too_slow" and block.index < collapsed_from(review):
            assert "TOO_SLOW" in codes


def test_a_block_that_was_a_gear_early_is_never_held(review):
    """GREEDY by its pace means TOO_FAST."""
    for flag in review.flags:
        if flag.certainty == "clear" and isinstance(flag.facts, GreedyByPace):
            assert review.blocks[flag.block - 1].verdict == "too_fast"


def test_the_table_has_the_verdict_and_the_side_of_the_deviation(review):
    """▲ is too fast, and so is the number beside it."""
    for block in review.blocks:
        row = block_row(block, "km")
        if block.status == "run":
            assert row.verdict == WORDS[block.verdict]
        off = deviation_s_per_km(block)
        if block.verdict == "too_fast" and off is not None and abs(off) >= 1:
            assert off < 0
            assert "too fast" in row.off
        if block.verdict == "too_slow" and off is not None and abs(off) >= 1:
            assert off > 0
            assert "too slow" in row.off


def test_the_sentence_says_held_all_only_of_a_run_without_a_clear_fault(review):
    """And names every kind of fault that is clear."""
    sentence = headline(review)[0]
    verdicts = {b.verdict for b in review.blocks}
    faults = {f.code for f in review.flags if f.certainty == "clear"}
    if sentence.startswith("Held all"):
        assert verdicts <= {"held", "not_scored"}
        assert not faults
    if "too_fast" in verdicts:
        assert any(w in sentence for w in ("forced", "Forced", "early"))
    if "BLOW_UP" in faults:
        assert "blew up" in sentence.lower()
    if "STOPPED" in faults:
        assert "stopped for" in sentence
    if "TRUNCATED" in faults:
        assert "ended" in sentence.lower() or "stopped before" in sentence.lower()


def test_the_word_is_that_of_the_number_and_no_fault_of_the_session_is_called_held(review):
    """From 90 held; a collapse, a flat run or two blocks forced never are."""
    score = review.score
    shown = round_half_up(score.overall)
    words = [(90, "held"), (75, "mostly held"), (55, "loose"), (0, "not the planned session")]
    assert score.word == next(word for least, word in words if shown >= least)
    faults = [f.code for f in review.flags if f.certainty == "clear"]
    if "BLOW_UP" in faults or faults.count("NON_PROGRESSION") > 1 or faults.count("TOO_FAST") > 2:
        assert score.word != "held"


def test_every_form_says_the_same(review):
    """Sentence, score and findings of terminal, Markdown, page and JSON."""
    sentence = headline(review)[0]
    shown = f"{round_half_up(review.score.overall):.0f}"
    terminal = " ".join(render(review).split())
    markdown = render_markdown(review)
    joined = re.sub(r'<span class="nb">(.*?)</span>', r"\1", render_html([review]))
    page = unescape(joined).replace("\u00a0", " ")
    data = json.loads(dumps(review))
    assert sentence in terminal
    assert escaped(sentence) in markdown
    assert f"<h1>{sentence}</h1>" in page
    assert f"{shown} of 100" in terminal
    assert f"{shown} of 100" in markdown
    assert f"<b>{shown}<span> of 100</span></b>" in page
    assert data["score"]["overall"] == int(shown)
    for block, told in zip(review.blocks, data["blocks"], strict=True):
        assert told["verdict"] == block.verdict
        assert WORDS[block.verdict] in terminal
