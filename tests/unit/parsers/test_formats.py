"""The table of formats: every row leads somewhere, and content decides before the name."""

import pytest

from analyzer.errors import UnknownFormatError
from analyzer.parsers.formats import RECORDINGS, WORKOUTS
from analyzer.parsers.sniff import SUPPORTED, format_of, name_warning, recording_format

FIT = b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"


@pytest.mark.parametrize("row", [*RECORDINGS, *WORKOUTS], ids=lambda row: row.reader)
def test_every_row_loads(row):
    """The reader is where the row says."""
    assert callable(row.load())


@pytest.mark.parametrize(
    ("content", "recording", "workout"),
    [
        (FIT, "fit", "fit"),
        (b"<gpx/>", "gpx", None),
        (b"<a:gpx >", "gpx", None),
        (b"\xef\xbb\xbf <!-- x --><TrainingCenterDatabase>", "tcx", "tcx"),
        (b"<Activities>", "tcx", None),
        (b"<Workouts>", None, "tcx"),
        ("<gpx/>".encode("utf-16"), "gpx", None),
        (b"<kml/>", None, None),
        (b"blocks:", None, None),
        (b"", None, None),
    ],
)
def test_content_tells_the_format(content, recording, workout):
    """Magic bytes, else the root element."""
    of_recording, of_workout = format_of(content, RECORDINGS), format_of(content, WORKOUTS)
    assert getattr(of_recording, "name", None) == recording
    assert getattr(of_workout, "name", None) == workout


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is blank"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"<kml/>", "a map file .KML., which has no times, not a recording"),
        (b"<sheet/>", "neither FIT, GPX nor TCX but XML with the root 'sheet'"),
        (b"\0\1\2", "neither FIT, GPX nor TCX but unknown data"),
    ],
)
def test_what_is_no_recording_is_named(content, problem):
    """And the formats that can be read are those of the table."""
    with pytest.raises(UnknownFormatError, match=problem):
        recording_format(content, "run")
    assert SUPPORTED == "FIT, GPX and TCX files, plain or .gz, can be read"


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("a.fit", "fit", None), ("a.FIT", "fit", None), ("a", "gpx", None), ("a.xml", "gpx", None),
        ("a.gpx", "fit", "gpx"), ("a.gpx.gz", "fit", "gpx"), ("a.fit.gpx", "gpx", None),
    ],
)  # fmt: skip
def test_a_name_that_promises_another_format_is_a_warning(name, content, ending):
    """Only endings of the table promise anything."""
    warnings = name_warning(name, content)
    assert [w.facts["ending"] for w in warnings] == ([] if ending is None else [ending])
