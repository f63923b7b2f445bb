"""
A value that is dropped or cannot be is always a warning, and the warning says where it stands.

Every kind of value is broken, one at a time, at a known line or byte of a simulated run.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from analyzer.parsers.read import read_bytes
from analyzer.report.recording_words import english_text
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import write_fit
from tests.builders.write_xml import write_gpx, write_tcx

RUN = simulate(EXAMPLE, Behaviour(cut_s=400.0), Device(laps="auto"), 5)
PLAIN = replace(simulate(EXAMPLE, Behaviour(cut_s=400.0), Device(), 5), laps=())
GPX, TCX, FIT = write_gpx(RUN), write_tcx(RUN), write_fit(PLAIN)

BROKEN = 200
"""Which record is broken, of some 400."""

GPX_VALUES = {
    "latitude a word": (r'lat="[^"]*"', 'lat="north"'),
    "latitude with a comma": (r'lat="[^"]*"', 'lat="52,51234"'),
    "latitude out of range": (r'lat="[^"]*"', 'lat="91"'),
    "longitude out of range": (r'lon="[^"]*"', 'lon="181"'),
    "longitude not a number": (r'lon="[^"]*"', 'lon="NaN"'),
    "time a word": (r"<time>[^<]*", "<time>yesterday"),
    "time of no calendar": (r"<time>[^<]*", "<time>2026-13-06T06:33:20Z"),
    "time in the future": (r"<time>2026", "<time>2096"),
    "time long ago": (r"<time>2026", "<time>1996"),
    "time an hour ahead": (r"T06:", "T07:"),
    "no time": (r"<time>[^<]*</time>", ""),
    "elevation a word": (r"<ele>[^<]*", "<ele>n/a"),
    "elevation with a comma": (r"<ele>[^<]*", "<ele>12,5"),
    "elevation too high": (r"<ele>[^<]*", "<ele>99999"),
    "heart rate a word": (r"<ns3:hr>[^<]*", "<ns3:hr>abc"),
    "heart rate too high": (r"<ns3:hr>[^<]*", "<ns3:hr>999"),
    "heart rate of 1": (r"<ns3:hr>[^<]*", "<ns3:hr>1"),
    "cadence a word": (r"<ns3:cad>[^<]*", "<ns3:cad>x"),
    "cadence too high": (r"<ns3:cad>[^<]*", "<ns3:cad>250"),
    "null island": (r'lat="[^"]*" lon="[^"]*"', 'lat="0" lon="0"'),
}
"""What is broken in a point, which stands on a line of its own: pattern, and what is put there."""

TCX_VALUES = {
    "latitude a word": (r"<LatitudeDegrees>[^<]*", "<LatitudeDegrees>north"),
    "latitude with a comma": (r"<LatitudeDegrees>[^<]*", "<LatitudeDegrees>52,51234"),
    "latitude out of range": (r"<LatitudeDegrees>[^<]*", "<LatitudeDegrees>91"),
    "longitude out of range": (r"<LongitudeDegrees>[^<]*", "<LongitudeDegrees>181"),
    "no longitude": (r"<LongitudeDegrees>[^<]*</LongitudeDegrees>", ""),
    "time a word": (r"<Time>[^<]*", "<Time>yesterday"),
    "time in the future": (r"<Time>2026", "<Time>2096"),
    "time long ago": (r"<Time>2026", "<Time>1996"),
    "no time": (r"<Time>[^<]*</Time>", ""),
    "altitude a word": (r"<AltitudeMeters>[^<]*", "<AltitudeMeters>n/a"),
    "altitude too high": (r"<AltitudeMeters>[^<]*", "<AltitudeMeters>99999"),
    "distance with a comma": (r"<DistanceMeters>[^<]*", "<DistanceMeters>1234,5"),
    "distance that leaps": (r"<DistanceMeters>[^<]*", "<DistanceMeters>99999"),
    "distance that falls": (r"<DistanceMeters>[^<]*", "<DistanceMeters>0"),
    "heart rate a word": (r"<Value>[^<]*", "<Value>abc"),
    "heart rate too high": (r"<Value>[^<]*", "<Value>999"),
    "speed a word": (r"<Speed>[^<]*", "<Speed>fast"),
    "speed too high": (r"<Speed>[^<]*", "<Speed>99"),
    "cadence a word": (r"<RunCadence>[^<]*", "<RunCadence>x"),
    "cadence too high": (r"<RunCadence>[^<]*", "<RunCadence>250"),
}

FIT_VALUES = {
    "latitude out of range": ("latitude_deg", 120.0),
    "time in the future": ("elapsed_s", 6e8),
    "time long ago": ("elapsed_s", -6e8),
    "distance that leaps": ("distance_m", 99_999.0),
    "distance that falls": ("distance_m", 0.0),
    "speed too high": ("speed_mps", 60.0),
    "altitude too high": ("elevation_m", 50_000.0),
    "heart rate too high": ("heart_rate_bpm", 251.0),
    "heart rate of 1": ("heart_rate_bpm", 1.0),
    "cadence too high": ("cadence_spm", 400.0),
}
"""Column of the run, and what is written in its place."""

LONGEST_RECORD = 40
"""Bytes of a record that `write_fit` writes, at most."""


def _broken(content: bytes, mark: bytes, pattern: str, put: str) -> tuple[bytes, int]:
    """Break the value of one point; return the file and the line of the point."""
    lines = content.decode().split("\n")
    points = [i for i, line in enumerate(lines) if mark.decode() in line]
    at = points[BROKEN]
    lines[at], count = re.subn(pattern, put, lines[at], count=1)
    assert count == 1
    return "\n".join(lines).encode(), at + 1


def _says(activity, **place) -> bool:
    """Whether a warning has this place and says it."""
    ((unit, number),) = place.items()
    found = [w for w in activity.warnings if getattr(w, unit) == number]
    return bool(found) and all(f"(at {unit} {number})" in english_text(w) for w in found)


@pytest.mark.parametrize("value", GPX_VALUES)
def test_a_broken_value_of_a_gpx_is_told_with_its_line(value):
    """Of the point, whichever value it is and whatever is wrong with it."""
    content, line = _broken(GPX, b"<trkpt", *GPX_VALUES[value])
    activity = read_bytes(content, "run.gpx")
    assert _says(activity, line=line), activity.warnings


@pytest.mark.parametrize("value", TCX_VALUES)
def test_a_broken_value_of_a_tcx_is_told_with_its_line(value):
    """So too."""
    content, line = _broken(TCX, b"<Trackpoint", *TCX_VALUES[value])
    activity = read_bytes(content, "run.tcx")
    assert _says(activity, line=line), activity.warnings


@pytest.mark.parametrize("name", ["TotalTimeSeconds", "DistanceMeters"])
def test_a_broken_value_of_a_lap_is_told_with_its_line(name):
    """A lap's own figures are values too."""
    lines = TCX.decode().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("<Lap "))
    lines[at] = re.sub(f"<{name}>[^<]*", f"<{name}>1,5", lines[at])
    activity = read_bytes("\n".join(lines).encode(), "run.tcx")
    assert _says(activity, line=at + 1), activity.warnings


@pytest.mark.parametrize("value", FIT_VALUES)
def test_a_broken_value_of_a_fit_is_told_with_its_byte(value):
    """Of the record: the first byte that differs from the sound file lies in it."""
    column, put = FIT_VALUES[value]
    values = getattr(PLAIN, column).copy()
    values[BROKEN] = put
    content = write_fit(replace(PLAIN, **{column: values}))
    differs = int(
        np.argmax(np.frombuffer(content, "u1")[: len(FIT) - 2] != np.frombuffer(FIT, "u1")[:-2])
    )
    activity = read_bytes(content, "run.fit")
    places = [w.byte for w in activity.warnings if w.byte is not None]
    assert any(0 <= differs - byte < LONGEST_RECORD for byte in places), activity.warnings
    assert all(_says(activity, byte=byte) for byte in places)


@pytest.mark.parametrize(
    ("content", "name"), [(GPX, "run.gpx"), (TCX, "run.tcx"), (FIT, "run.fit")]
)
def test_a_sound_file_warns_of_nothing(content, name):
    """The other side of the promise."""
    assert read_bytes(content, name).warnings == ()


@pytest.mark.parametrize(
    ("content", "name"), [(GPX, "run.gpx"), (TCX, "run.tcx")], ids=["gpx", "tcx"]
)
def test_a_recording_from_the_future_is_doubted(content, name):
    """Its watch had the wrong year; the first point is where it shows."""
    later = content.replace(b"2026-", b"2096-")
    activity = read_bytes(later, name)
    mark = b"<trkpt" if name == "run.gpx" else b"<Trackpoint"
    line = next(i for i, text in enumerate(later.split(b"\n"), start=1) if mark in text)
    assert [w.code for w in activity.warnings] == ["DATE_DOUBTFUL"]
    assert _says(activity, line=line)


def test_several_points_on_a_line_are_told_apart():
    """A file in one line has one line to point at, and no value is taken for another."""
    content, _ = _broken(GPX, b"<trkpt", *GPX_VALUES["heart rate too high"])
    activity = read_bytes(content.replace(b"\n", b""), "run.gpx")
    assert [(w.code, w.line, w.dropped) for w in activity.warnings] == [("VALUES_DROPPED", 1, 1)]


def test_lines_are_those_of_the_file_with_what_stands_above_it():
    """Blank lines before the declaration count."""
    content, line = _broken(GPX, b"<trkpt", *GPX_VALUES["heart rate too high"])
    assert _says(read_bytes(b"\n\n\n" + content, "run.gpx"), line=line + 3)


def test_a_coordinate_that_cannot_be_read_is_not_shown():
    """Its shape alone: with its digits it would say where somebody was."""
    for content, mark, values, name in (
        (GPX, b"<trkpt", GPX_VALUES, "run.gpx"),
        (TCX, b"<Trackpoint", TCX_VALUES, "run.tcx"),
    ):
        broken, _ = _broken(content, mark, *values["latitude with a comma"])
        text = " ".join(english_text(w) for w in read_bytes(broken, name).warnings)
        assert "##,#####" in text
        assert "51234" not in text
