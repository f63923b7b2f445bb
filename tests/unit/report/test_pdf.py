"""The page on paper: one sheet, the same bytes, or one line that says what to install."""

import re
import sys

import pytest

from analyzer import review_file
from analyzer.cli import main
from analyzer.report import pdf
from analyzer.report.html import render_html
from tests.places import PLAN, SAMPLES

pytestmark = pytest.mark.slow

PAGES = re.compile(rb"/Type\s*/Page\b")
DATES = re.compile(rb"Date \(D:[^)]*\)")
NUMBERS = re.compile(rb"\d+")


def page():
    """Render a page."""
    return render_html([review_file(SAMPLES / "stopped.fit", PLAN)])


def without_weasyprint(monkeypatch):
    """Make weasyprint look as if it were not installed."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)


@pytest.mark.skipif(pdf.find_browser() is None, reason="no Chromium on this machine")
def test_a_browser_prints_one_sheet_with_the_same_bytes_each_time(monkeypatch):
    """The moment of printing is not in it; a browser may number what it draws otherwise."""
    without_weasyprint(monkeypatch)
    first, second = pdf.render_pdf(page()), pdf.render_pdf(page())
    assert first.startswith(b"%PDF-")
    assert len(PAGES.findall(first)) == 1
    assert DATES.findall(first) == DATES.findall(second)
    assert NUMBERS.sub(b"", first) == NUMBERS.sub(b"", second)


def test_weasyprint_prints_one_sheet_with_the_same_bytes_each_time():
    """Where it is installed it is taken before any browser."""
    pytest.importorskip("weasyprint", exc_type=ImportError)
    first, second = pdf.render_pdf(page()), pdf.render_pdf(page())
    assert first.startswith(b"%PDF-")
    assert first == second


def test_weasyprint_gets_drawings_that_carry_their_own_colours():
    """It lends inline drawings none of the page's style, and knows no variables in them."""
    styled = pdf._with_drawn_styles(page())
    inside = re.search(r'<svg class="fig wide"[^>]*><style>(.*?)</style>', styled, re.DOTALL)
    assert inside is not None
    assert "var(" not in inside[1]
    assert "#e3e0d8" in inside[1]


def test_without_a_printer_one_line_says_what_to_install(monkeypatch, tmp_path, capsys):
    """Exit code 2, and no file."""
    without_weasyprint(monkeypatch)
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    target = tmp_path / "review.pdf"
    code = main([str(SAMPLES / "steady.fit"), "--plan", str(PLAN), "-o", str(target)])
    err = capsys.readouterr().err
    assert code == 2
    assert err.count("\n") == 1
    assert "progcheck[pdf]" in err
    assert "Chromium" in err
    assert not target.exists()


def test_a_browser_that_fails_is_one_line_and_exit_74(monkeypatch, tmp_path, capsys):
    """And no half of a file."""
    without_weasyprint(monkeypatch)
    monkeypatch.setattr(pdf, "find_browser", lambda: "/bin/false")
    target = tmp_path / "review.pdf"
    code = main([str(SAMPLES / "steady.fit"), "--plan", str(PLAN), "-o", str(target)])
    err = capsys.readouterr().err
    assert code == 74
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_date_keeps_its_length():
    """Places in a PDF are counted in bytes."""
    dated = b"<</CreationDate (D:20261125211000+00'00')/ModDate (D:20261125211000+00'00')>>"
    assert len(pdf.undated(dated)) == len(dated)
    assert b"2026" not in pdf.undated(dated)
