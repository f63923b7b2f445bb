"""Terminal, JSON, picture and files: one review, safe in every form."""

import csv
import io
import json
import math
import re
from html import escape

import jsonschema
import pytest

from analyzer.errors import OutputError
from analyzer.report.figure import render_figure
from analyzer.report.forms import FORMS, endings, form_of, rendered_files
from analyzer.report.headline import headline
from analyzer.report.html import render_html
from analyzer.report.json_result import dumps, result, schema_text
from analyzer.report.markdown import render_markdown
from analyzer.report.tables import render_csv
from analyzer.report.terminal import render
from analyzer.report.write import render_report, write_report, write_whole
from analyzer.structs import replace
from tests.builders.exact import EXAMPLE, STOP, plan_of, review_of

pytestmark = pytest.mark.slow

BLOWN = [(900, 300), (600, 230), (600, 220), (400, 222), (800, 285)]
HOSTILE = "<script>alert(1)</script> $\\frac{1}{0 $ =HYPERLINK(1) \x1b[2J \u202eabc"


@pytest.fixture(scope="module", params=["steady", "blown", "stopped", "unpaced", "many"])
def review(request):
    """Return a few kinds of reviews."""
    if request.param == "blown":
        return review_of(BLOWN)
    if request.param == "stopped":
        return review_of(STOP, stops=[(1800, 1860, "body")])
    if request.param == "unpaced":
        return review_of([(900, 300), (600, 240)], plan_of(((900, None), (600, None))))
    if request.param == "many":
        blocks = tuple((120, 300 - 3 * i) for i in range(25))
        return review_of(blocks, plan_of(blocks))
    return review_of(EXAMPLE)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(review, width):
    """And none ends in blanks."""
    for line in render(review, width=width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_without_colour_there_is_no_escape_and_with_it_the_words_are_the_same(review):
    """Words and signs carry everything."""
    plain = render(review)
    coloured = render(review, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    stripped = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()]
    assert stripped == plain.splitlines()


def test_the_json_follows_its_schema(review):
    """Strict, with every promised key."""
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(dumps(review)))


def test_the_keys_of_the_contract_are_there_in_their_order():
    """As product.md lists them."""
    made = result(review_of(BLOWN))
    assert list(made)[:-1] == [
        "schema_version", "generator", "activity", "plan", "alignment", "blocks", "score", "flags",
        "comparison", "remarks",
    ]  # fmt: skip
    assert list(made)[-1] == "most_alike"  # beyond them
    block = made["blocks"][0]  # type: ignore[index]
    promised = (
        "index", "name", "role", "status", "planned", "start_s", "end_s", "elapsed_s", "timer_s",
        "distance_m", "pace_s_per_km", "pace_se_s_per_km", "gap_s_per_km", "deviation_s_per_km",
        "speed_deviation_pct", "scored_pace_s_per_km", "scored_speed_deviation_pct", "verdict",
        "score", "in_band_pct", "steadiness_pct", "heart_rate_bpm", "cadence_spm", "executed",
        "splits",
    )  # fmt: skip
    assert set(promised) <= set(block)
    flag = made["flags"][0]  # type: ignore[index]
    told = {"code", "block", "certainty", "value", "low", "high", "unit", "evidence", "cost_s"}
    assert told <= set(flag)


def test_unknown_is_null_and_never_nan():
    """An infinite pace, a NaN: both null."""
    review = review_of(EXAMPLE)
    odd = replace(review.blocks[0], pace_s_per_km=math.inf, heart_rate_bpm=math.nan)
    block = json.loads(dumps(replace(review, blocks=(odd, *review.blocks[1:]))))["blocks"][0]
    assert block["pace_s_per_km"] is None
    assert block["heart_rate_bpm"] is None


def test_every_form_has_the_same_sentence_and_score(review):
    """The picture as SVG keeps its text."""
    sentence = headline(review)[0]
    svg = render_figure(review, "svg").decode()
    drawn = " ".join(re.findall(r">([^<>]+)</text>", svg)).replace("\u00a0", " ")
    for word in sentence.split():
        assert word in drawn
    flat = " ".join(render(review, width=100).split())
    assert sentence in flat
    assert sentence in render_markdown(review).replace("\\", "")
    assert escape(sentence) in render_html([review])
    overall = result(review)["score"]["overall"]  # type: ignore[index]
    if overall is not None:
        assert f"{overall} of 100" in flat
        assert str(overall) in drawn


@pytest.mark.slow
def test_hostile_names_do_nothing_in_any_form():
    """Script, mathtext, formula, escape, bidi."""
    review = review_of(EXAMPLE, name=HOSTILE)
    review = replace(review, activity=replace(review.activity, device=HOSTILE, source=HOSTILE))
    for text in (render(review), dumps(review)):
        assert "\x1b" not in text
        assert "\\u001b" not in text
        assert "\u202e" not in text
    svg = render_figure(review, "svg").decode()
    assert "<script" not in svg
    assert render_figure(review).startswith(b"\x89PNG")
    page = render_html([review])
    assert page.count("<script") == 1  # the readout, whose hash the policy names
    assert "default-src 'none'" in page
    assert re.search(r"https?://|\son[a-z]+=", page) is None
    assert re.search(r"(?<!\\)<script", render_markdown(review)) is None
    formula = replace(review, plan=replace(review.plan, name="=HYPERLINK(1)"))
    for row in csv.reader(io.StringIO(render_csv([formula]))):
        assert not any(cell.startswith(("=", "@")) for cell in row)


def test_several_runs_make_one_page_one_table_one_list():
    """A picture holds one."""
    both = [review_of(EXAMPLE), review_of(BLOWN)]
    assert render_html(both).count("<article>") == 2
    assert len(list(csv.reader(io.StringIO(render_csv(both))))) == 1 + 5 + 5
    assert len(json.loads(render_report(both, "json"))) == 2
    assert render_report(both, "markdown").count(b"\n# ") == 1
    with pytest.raises(ValueError, match=r"one \.png file has no room for this; it takes 2"):
        render_report(both, "png")


def test_the_table_says_unknown_and_never_nothing():
    """NA, as R and pandas read it; numbers stay numbers."""
    rows = list(csv.DictReader(io.StringIO(render_csv([review_of(EXAMPLE)]))))
    assert rows[0]["start_time"] == "NA"
    assert float(rows[1]["pace_s_per_km"]) == 240.0


def test_the_page_of_two_hours_is_small():
    """Under 250 kB, with its drawing."""
    blocks = ((3600, 300), (1800, 270), (1800, 260))
    assert len(render_html([review_of(blocks, plan_of(blocks))])) < 250_000


@pytest.mark.slow
def test_the_picture_is_a_card_of_1080_by_1350():
    """And the same bytes twice."""
    from PIL import Image

    review = review_of(BLOWN)
    content = render_figure(review)
    assert Image.open(io.BytesIO(content)).size == (1080, 1350)
    assert content == render_figure(review)
    assert render_figure(review, "svg") == render_figure(review, "svg")


@pytest.mark.parametrize(("name", "form"), [("a.PNG", "png"), ("b.svg", "svg"), ("c.json", "json")])
def test_the_ending_chooses_the_form(name, form):
    """In any case."""
    assert form_of(name).name == form


def test_an_unknown_ending_is_refused_with_those_there_are():
    """All of them."""
    with pytest.raises(ValueError, match=r"'review\.doc' has no known ending") as caught:
        form_of("folder/review.doc")
    assert str(caught.value).endswith(f"use {endings()}")
    assert [form.ending for form in FORMS.values() if form.ending not in str(caught.value)] == []


@pytest.mark.parametrize("form", [f for f in FORMS.values() if f.name != "pdf"])
def test_every_form_of_the_table_can_be_written_and_is_what_it_says(form):
    """Pictures are bytes of their own, all others text; one run, and several where it may."""
    one = [review_of(EXAMPLE)]
    content = render_report(one, form.name)
    assert form.is_binary or content.decode().endswith("\n")
    files = rendered_files(form, form.review, one * 2)
    assert files == (content,) * 2 if len(files) > 1 else len(files[0]) > len(content)


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path):
    """74, and no temporary file."""
    with pytest.raises(OutputError) as caught:
        write_report(review_of(EXAMPLE), str(tmp_path / "no" / "r.json"))
    assert caught.value.exit_code == 74
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    """As on a full disk: the old report is intact, nothing lies beside it."""
    target = tmp_path / "r.json"
    target.write_text("old", encoding="utf-8")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_whole(str(target), b"new")
    assert target.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]


def test_a_folder_in_place_of_a_file_is_said(tmp_path):
    """One line."""
    (tmp_path / "r.json").mkdir()
    with pytest.raises(OutputError, match=r"r\.json: cannot be written"):
        write_whole(str(tmp_path / "r.json"), b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]


def test_cadence_effort_and_feeling_are_shown_in_every_form():
    """As far as they are known; a watch gives feeling as 0 to 100."""
    review = review_of(EXAMPLE)
    blocks = tuple(replace(b, cadence_spm=170.4 + b.index) for b in review.blocks)
    review = replace(review, blocks=blocks, activity=replace(review.activity, rpe=7.0, feel=75.0))
    words = (
        "Cadence 171, 172, 173, 174, 175 steps a minute. "
        "Effort, as the runner rated it: 7 of 10. Felt strong."
    )
    assert words in " ".join(render(review).split())
    assert words in render_markdown(review)
    assert escape(words) in render_html([review])
    unknown = replace(review, activity=replace(review.activity, rpe=None, feel=None))
    assert "Felt" not in render(unknown)
