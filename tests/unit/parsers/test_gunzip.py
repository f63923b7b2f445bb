"""Gzip is inflated in place: what came out before any damage is kept, and the damage told."""

import gzip
import zlib

import pytest

from analyzer.errors import DamagedFileError, LimitError, UnknownFormatError
from analyzer.parsers import containers
from analyzer.parsers.containers import gunzip
from analyzer.report.recording_words import english_text

TEXT = bytes(range(256)) * 1200
"""300 KiB: several chunks."""


def packed(content=TEXT):
    """Compress, the same on any day."""
    return gzip.compress(content, mtime=0)


def codes(inflated):
    """Name what was wrong."""
    return [w.code for w in inflated.warnings]


def test_what_was_packed_comes_out():
    """One member or several in a row; zeros behind it are padding."""
    for content, whole in (
        (packed(), TEXT),
        (packed(b"one ") + packed(b"two"), b"one two"),
        (packed() + bytes(512), TEXT),
    ):
        assert gunzip(content, "x").content == whole
        assert codes(gunzip(content, "x")) == []


def test_bytes_behind_the_end_are_ignored_and_counted():
    """Five of them, from where the data ended."""
    inflated = gunzip(packed(b"run") + b"extra", "x")
    assert inflated.content == b"run"
    (warning,) = inflated.warnings
    assert (warning.code, warning.byte) == ("BYTES_AFTER_END", len(packed(b"run")))
    assert english_text(warning).startswith("5 bytes")


def test_a_cut_file_gives_what_came_out():
    """Its beginning, without what was lost."""
    inflated = gunzip(packed()[:-100], "x")
    assert codes(inflated) == ["FILE_CUT"]
    assert TEXT.startswith(inflated.content)
    assert inflated.content


def test_a_wrong_checksum_loses_nothing():
    """All of it was out by then."""
    wrong = bytearray(packed())
    wrong[-8] ^= 1
    inflated = gunzip(bytes(wrong), "x")
    assert (inflated.content, codes(inflated)) == (TEXT, ["FILE_CUT"])


def test_damage_in_the_middle_gives_the_beginning():
    """Stored without compression: everything before the second block, whose length is broken."""
    deflater = zlib.compressobj(0, zlib.DEFLATED, 31)
    content = bytearray(deflater.compress(TEXT) + deflater.flush())
    second = 10 + 5 + int.from_bytes(content[11:13], "little")  # header, block header, its length
    content[second + 1] ^= 0xFF
    inflated = gunzip(bytes(content), "x")
    assert inflated.content == TEXT[: second - 15]
    assert codes(inflated) == ["FILE_CUT"]


def test_nothing_inside_is_an_error():
    """Packed emptiness, and data that are broken from the first byte on."""
    with pytest.raises(UnknownFormatError, match="the gzip file is empty"):
        gunzip(packed(b""), "x")
    with pytest.raises(DamagedFileError, match="cannot be inflated"):
        gunzip(packed()[:10] + b"\xff" * 40, "x")


def test_a_bomb_ends_at_the_limit(monkeypatch):
    """Exactly the limit is read, a byte more is refused."""
    monkeypatch.setattr(containers, "MAX_BYTES", 1_000_000)
    assert len(gunzip(packed(bytes(1_000_000)), "x").content) == 1_000_000
    with pytest.raises(LimitError, match="larger than the limit"):
        gunzip(packed(bytes(1_000_001)), "x")
