"""What a file is: its first bytes say it, its name is only compared."""

import pytest

from analyzer.errors import UnknownFormatError
from analyzer.parsers.sniff import name_warning, recording_format
from analyzer.parsers.xml_root import root_element

FIT = b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (FIT, "fit"),
        (b"<gpx version='1.1'>", "gpx"),
        (b"<?xml version='1.0'?>\n<!-- of <tcx> -->\n<gpx>", "gpx"),
        (b"\xef\xbb\xbf  \n<x:TrainingCenterDatabase xmlns:x='y'>", "tcx"),
        ("<gpx>".encode("utf-16"), "gpx"),
        (b"<Activities>", "tcx"),
    ],
)
def test_the_first_bytes_say_what_a_file_is(content, found):
    """Behind marks, instructions, comments and prefixes; in any Unicode."""
    assert recording_format(content, "x").name == found


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "the file is blank"),
        (b"<!DOCTYPE html><html>", "a web page, not a recording"),
        (b"<HTML><body>", "a web page, not a recording"),
        (b"<kml>", "a map file"),
        (b"time,pace\n", "text, not a recording"),
        (FIT[:11], "unknown data"),
    ],
)
def test_anything_else_is_named(content, says):
    """With its name in front."""
    with pytest.raises(UnknownFormatError, match=says) as caught:
        recording_format(content, "run.fit")
    assert str(caught.value).startswith("run.fit: ")


def test_only_the_first_element_is_the_root():
    """Not one inside a comment, and none behind text."""
    assert root_element(b"<!-- <gpx> --><kml><gpx>") == b"kml"
    assert root_element(b"<!--> <gpx> --><kml>") == b"kml"
    assert root_element(b"words <gpx>") == b""
    assert root_element(b"<!-- never closed <gpx>") == b""


@pytest.mark.parametrize(
    ("name", "found", "warns"),
    [
        ("run.fit", "gpx", True),
        ("run.FIT", "fit", False),
        ("run.gpx.gz", "gpx", False),
        ("run.fit.gpx", "fit", True),
        ("run.dat", "fit", False),
        ("run", "fit", False),
    ],
)
def test_a_name_that_promises_another_format_is_told(name, found, warns):
    """The last ending that is one of ours counts, large or small."""
    assert [w.code for w in name_warning(name, found)] == (["NAME_MISLEADS"] if warns else [])
