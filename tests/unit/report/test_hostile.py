"""Names are foreign text: whatever they hold, they do nothing in any form."""

import csv
import io
import json
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from analyzer.model.activity import RecordingWarning
from analyzer.model.remarks import Remarks
from analyzer.report.figure import render_figure
from analyzer.structs import replace
from tests.builders.many import written
from tests.builders.reviews import mock_run

pytestmark = pytest.mark.slow

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "mathtext": "$x_y$ $\\frac{1}{0$",
    "formula": '=HYPERLINK("http://x")',
    "wide formula": '\uff1dHYPERLINK("http://x")',
    "right to left": "abc\u202efed\u2066ihg",
    "controls": "a\x00b\x07c\x08d\x7fe\x9bf",
    "lines": "a\nb\rc\u2028d\u2029e\x85f\vg\fh",
    "zero width": "a\u200bb\ufeffc\u2060d\u00ade",
    "invisible alphabet": "a\U000e0041\U000e0042b",
    "nothing of unicode": "a\ufffeb\uffffc\ufdd0d\U0001fffee",
    "half a character": "a\ud800b\udfffc",
    "cdata": "]]><script>alert(1)</script><![CDATA[",
    "entity": "&amp;lt;script&amp;gt; &#x3c;script&#62;",
    "comment": "--><script>alert(1)</script><!--",
    "address": "javascript:alert(1)",
    "link": "[x](http://y) ![x](http://y/i.png) <http://y> [r]: http://y",
    "markdown": "# x\n- y\n> z\n```\n| a | b |\n***\n1. x ~~a~~ `b`",
    "escape": "\x1b[31mred\x1b]8;;http://y\x07x\x1b]8;;\x07\x1b[2J",
    "style": "</style></title><svg onload=alert(1)>",
    "template": "{{7*7}} ${7*7} %s %n {0.__class__}",
    "very long": "long " * 5000,
    "one long word": "w" * 20_000,
    "stacked": "z" + "\u0301" * 500,
    "wide": "\u6f22\u5b57 \U0001f3c3\u200d\u2640\ufe0f " * 40,
    "nothing": "",
    "blank": " \t ",
}

ODD_LETTERS = (
    "mathtext", "controls", "nothing of unicode", "half a character", "one long word", "stacked",
    "wide",
)  # fmt: skip
"""What a picture could stumble over; the others are plain letters to it, as to the drawing."""


def poisoned(text):
    """Put a text into every place that holds foreign words."""
    review = mock_run()
    activity = replace(
        review.activity,
        source=text,
        device=text,
        sport=text,
        warnings=(RecordingWarning("NAME_MISLEADS", facts={"ending": text, "format": text}),),
    )
    return replace(
        review,
        activity=activity,
        plan=replace(review.plan, name=text, source=text, notes=text),
        blocks=tuple(replace(b, name=text) for b in review.blocks),
        remarks=Remarks(text, text, 7),
    )


@cache
def honest():
    """Return every form of the same review with its own names."""
    return written(replace(mock_run(), remarks=Remarks("Anna", "as it came", 7)))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_name_does_nothing_in_any_form(kind):
    """Wherever foreign words stand: no markup, formula, escape, address, or broken picture."""
    review = poisoned(HOSTILE[kind])
    forms = written(review)
    check_characters(forms)
    check_page(forms["page"])
    check_drawing(forms["svg"])
    check_markdown(forms["markdown"])
    check_table(forms["csv"])
    check_json(forms["json"])
    check_size(forms)


@pytest.mark.parametrize("kind", ODD_LETTERS)
def test_a_picture_is_drawn_whatever_the_letters(kind):
    """Letters no font has, marks that turn or stack, texts that fit nowhere; no TeX is read."""
    assert render_figure(poisoned(HOSTILE[kind])).startswith(b"\x89PNG")


ALLOWED_MARKS = {"\u200c", "\u200d"}


def check_characters(forms):
    """Find nothing that moves a cursor, turns the writing, hides, or breaks an encoder."""
    for form, text in forms.items():
        text.encode("utf-8")
        lines = re.sub(r"\x1b\[(?:\d+;?)*m", "", text) if form == "colour" else text
        for character in set(lines) - {"\n"} - ALLOWED_MARKS:
            kind = unicodedata.category(character)
            assert kind not in ("Cc", "Cs", "Cf", "Zl", "Zp"), (form, character)
            assert ord(character) & 0xFFFE != 0xFFFE, (form, character)
        if form != "colour":
            assert "\x1b" not in text


class Page(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        """Keep what a browser would make of it."""
        self.seen.append((tag, tuple(attrs)))


def elements(page):
    """Return every element of a page with its attributes."""
    reader = Page()
    reader.feed(page)
    return reader.seen


def check_page(page):
    """Find the same elements as without: no script, no address, no attribute more."""
    allowed = {tag for tag, _ in elements(honest()["page"])}
    for tag, attributes in elements(page):
        assert tag in allowed
        for name, value in attributes:
            assert not name.startswith("on")
            assert name not in ("href", "src", "action", "formaction", "xlink:href")
            assert "javascript" not in (value or "")


def parsed(drawing):
    """Read a drawing of ours as XML."""
    return ElementTree.fromstring(drawing)  # noqa: S314 - it is no foreign document


def check_drawing(svg):
    """Read it as XML with the same elements as without."""
    root = parsed(svg)
    tags = {element.tag.split("}")[-1] for element in root.iter()}
    plain = parsed(honest()["svg"])
    assert tags <= {element.tag.split("}")[-1] for element in plain.iter()}
    for element in root.iter():
        for name in element.attrib:
            assert not name.split("}")[-1].startswith("on")


def check_markdown(markdown):
    """Find a backslash before all that could be markup; lines begin as ours do."""
    for line in markdown.splitlines():
        assert re.match(r"^(#|\*\*|\||-|$|[\w\\'\"(=+\[<&•\u0080-\U0010ffff])", line), line
        bare = re.sub(r"\\[\\`*_{}\[\]<>|#!&~$]", "", line)
        assert not re.search(r"[\[\]<>`&~$!_]", bare), line


def check_table(table):
    """Find one head, five blocks, and no formula."""
    rows = list(csv.reader(io.StringIO(table)))
    assert len(rows) == 6
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        assert not any(re.match(r"\s*[=@\uff1d\uff20]", cell) for cell in row)


def check_json(text):
    """Read one strict document; what is long is cut."""
    told = json.loads(text, parse_constant=lambda c: pytest.fail(c))
    assert len(told["blocks"]) == 5
    assert len(told["activity"]["device"]) <= 120
    assert len(told["remarks"]["name"] or "") <= 60


def check_size(forms):
    """Measure what must not grow with a name."""
    assert len(forms["message"]) <= 700
    assert len(forms["terminal"].splitlines()) < 120
    assert len(forms["page"]) < 60_000
