"""XML behind a guard: hostile documents end in one line, broken ones give what was whole."""

import pytest

from analyzer.errors import DamagedFileError, LimitError
from analyzer.parsers.guarded_xml import MAX_DEPTH, MAX_TEXT, decoded, read_elements


class Heard:
    """Writes down what it is told."""

    def __init__(self):
        self.opened = []
        self.closed = []

    def start(self, name, attributes, at):
        """Keep name, attributes and line."""
        self.opened.append((name, dict(attributes), at.CurrentLineNumber))

    def end(self, name, text, _at):
        """Keep name and text."""
        self.closed.append((name, text))


def read(text):
    """Read elements below ``a``; return what was heard and the warning."""
    heard = Heard()
    return heard, read_elements(text.encode(), ("a", "b"), heard, "x.gpx")


def test_elements_come_without_prefix_with_text_and_line():
    """The text is what stood directly in an element, without blanks around it."""
    heard, warning = read("<p:a xmlns:p='u'>\n <b c='1'> two </b>\n <d/></p:a>")
    assert heard.opened == [("a", {"xmlns:p": "u"}, 1), ("b", {"c": "1"}, 2), ("d", {}, 3)]
    assert heard.closed == [("b", "two"), ("d", ""), ("a", "")]
    assert warning is None


def test_a_file_that_breaks_off_gives_what_was_whole_and_the_line():
    """The second element never ends."""
    heard, warning = read("<a>\n<b>1</b>\n<b>2")
    assert heard.closed == [("b", "1")]
    assert warning is not None
    assert warning.line == 3


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", DamagedFileError, "DOCTYPE"),
        ("<!DOCTYPE a SYSTEM 'http://127.0.0.1/x'><a/>", DamagedFileError, "DOCTYPE"),
        ("<html/>", DamagedFileError, "the root is 'html', not 'a'"),
        ("<a>" * (MAX_DEPTH + 1), LimitError, "nested deeper than the limit of 64"),
        ("<a>" + "x" * (MAX_TEXT + 1), LimitError, "a text is longer than the limit"),
        (f"<a b='{'x' * (MAX_TEXT + 1)}'/>", LimitError, "an attribute is longer than the limit"),
    ],
    ids=["entity", "address", "root", "depth", "text", "attribute"],
)
def test_what_no_watch_writes_is_refused(text, error, says):
    """With the name of the file and the line."""
    with pytest.raises(error, match=says) as caught:
        read(text)
    assert str(caught.value).startswith("x.gpx: ")
    assert "(at line 1)" in str(caught.value)


def test_the_limits_themselves_are_read():
    """64 elements deep, 65,536 characters."""
    heard, _ = read("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH)
    assert len(heard.closed) == MAX_DEPTH
    heard, _ = read("<a>" + "x" * MAX_TEXT + "</a>")
    assert len(heard.closed[0][1]) == MAX_TEXT


@pytest.mark.parametrize(
    "content",
    [
        "<a>é</a>".encode(),
        "\ufeff<a>é</a>".encode(),
        "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1"),
        "<?xml version='1.0' encoding='utf-16'?><a>é</a>".encode("utf-16"),
        "<?xml version='1.0' encoding='utf-16'?><a>é</a>".encode(),  # it says so, and is not
        "<?xml version='1.0' encoding='klingon'?><a>é</a>".encode(),
    ],
)
def test_any_encoding_becomes_utf_8_without_mark_and_declaration(content):
    """What is declared, unless it is unknown or cannot be."""
    assert decoded(content) == ("<a>é</a>".encode(), ())


def test_bytes_that_are_no_text_are_replaced_and_told():
    """One byte of Latin-1 in a file that says nothing."""
    content, warnings = decoded(b"<a>\xe9</a>")
    assert content == "<a>\ufffd</a>".encode()
    assert [w.code for w in warnings] == ["TEXT_REPAIRED"]


def test_lines_are_counted_as_in_the_file():
    """A declaration of two lines is taken out, its line break stays."""
    content, _ = decoded(b"<?xml version='1.0'\n encoding='utf-8'?>\n<a/>")
    assert content == b"\n\n<a/>"
