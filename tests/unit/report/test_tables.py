"""The table for spreadsheets calculates nothing, and its columns are always the same."""

import csv
import io
import re

import pytest

from analyzer.model.remarks import Remarks
from analyzer.report.tables import render_csv, safe_cell
from analyzer.structs import replace
from tests.builders.many import NAMES, reviewed
from tests.builders.reviews import mock_run

LEADS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212"]
FORMULA = re.compile(r"(?:^|;)\s*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]")


@pytest.mark.parametrize("before", ["", " ", "\t", "\r\n", "\n", "\u00a0", "\u200b", "\x00", "a;"])
@pytest.mark.parametrize("lead", LEADS)
def test_text_that_could_be_a_formula_is_text(lead, before):
    """Whatever stands before it, in any width, and behind a semicolon."""
    cell = safe_cell(f'{before}{lead}HYPERLINK("http://x";"y")')
    assert not FORMULA.search(cell)
    assert "HYPERLINK" in cell
    assert cell.isprintable() or "\u00a0" in cell


@pytest.mark.parametrize("text", ["10 min @ 4:00", "Tuesday -10s", 'say "hi", then', "a'b", "5=5"])
def test_harmless_text_stays_as_it_is(text):
    """Only the start of a cell counts."""
    assert safe_cell(text) == text


@pytest.mark.parametrize(("number", "cell"), [(-14.2, "-14.2"), (0, "0"), (-3, "-3"), (None, "NA")])
def test_numbers_stay_numbers(number, cell):
    """Negative ones too: a minus of ours is no formula."""
    assert safe_cell(number) == cell


NASTY = '=cmd|\' /C calc\'!A0", \r\n "x"; =1+1 ,\t@SUM(A1)\x1b[31m'


def test_what_is_read_back_is_what_was_written():
    """Quotes, commas and line ends of names neither move a cell nor start a row."""
    review = mock_run()
    review = replace(
        review,
        activity=replace(review.activity, source=NASTY, device=NASTY),
        plan=replace(review.plan, name=NASTY),
        blocks=tuple(replace(b, name=NASTY) for b in review.blocks),
        remarks=Remarks(NASTY, NASTY, 7),
    )
    rows = list(csv.reader(io.StringIO(render_csv([review]))))
    plain = list(csv.reader(io.StringIO(render_csv([mock_run()]))))
    assert len(rows) == len(plain) == 6
    assert {len(row) for row in rows} == {len(plain[0])}
    for row, before in zip(rows[1:], plain[1:], strict=True):
        for key, cell, other in zip(rows[0], row, before, strict=True):
            if key in ("source", "device", "plan", "name", "athlete", "note"):
                assert not FORMULA.search(cell)
                assert cell.startswith("'=cmd")
            elif key != "rpe":
                assert cell == other


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_the_same_in_every_table_and_none_is_empty(name):
    """An empty cell is easily taken for an oversight."""
    rows = list(csv.reader(io.StringIO(render_csv([reviewed(name)]))))
    assert rows[0] == next(csv.reader(io.StringIO(render_csv([mock_run()]))))
    assert all(all(cell for cell in row) for row in rows)
    for row in csv.DictReader(io.StringIO(render_csv([reviewed(name)]))):
        for key, cell in row.items():
            if key.endswith(("_s", "_km", "_m", "_pct", "_bpm", "_spm", "score")):
                assert cell == "NA" or float(cell) < 1e9
