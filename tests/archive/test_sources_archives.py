"""Archives: members as files, archives in archives, and everything an archive can be up to."""

import io
import multiprocessing
import struct
import tracemalloc
import zipfile

import pytest

from analyzer import ActivityError
from analyzer.archive.records import Found
from analyzer.archive.sources import archives
from analyzer.archive.sources.archives import close_archives
from analyzer.archive.sources.find import find
from analyzer.archive.sources.opening import open_found
from analyzer.safe_text import is_unsafe


@pytest.fixture(autouse=True)
def _closed():
    """Close what a test left open."""
    yield
    close_archives()


def packed(members, method=zipfile.ZIP_DEFLATED):
    """Pack names and contents; a list may hold a name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def found_in(tmp_path, content, name="export.zip"):
    """Write an archive and find what is in it."""
    (tmp_path / name).write_bytes(content)
    return list(find([tmp_path / name]))


def test_members_are_found_by_name_and_read_later(tmp_path):
    """Folders of the archive are folders; what is no recording says so."""
    found = found_in(tmp_path, packed({"b/2.fit": b"two", "a.gpx": b"one", "c.png": b"x"}))
    assert [each.label for each in found] == ["export/a.gpx", "export/b/2.fit", "export/c.png"]
    assert [each.skipped for each in found] == [None, None, "other_file"]
    assert [open_found(each) for each in found[:2]] == [b"one", b"two"]
    assert {each.path for each in found} == {str(tmp_path / "export.zip")}


def test_an_archive_in_an_archive_is_opened_one_deeper_is_not(tmp_path):
    """What is too deep is counted, with the reason."""
    deepest = packed({"3.fit": b"three"})
    inner = packed({"2.fit": b"two", "deep.zip": deepest})
    found = found_in(tmp_path, packed({"1.fit": b"one", "x/inner.zip": inner}))
    assert [(each.label, each.member) for each in found] == [
        ("export/1.fit", "1.fit"),
        ("export/x/inner/2.fit", "x/inner.zip!/2.fit"),
        ("export/x/inner/deep", "x/inner.zip!/deep.zip"),
    ]
    assert [each.skipped for each in found] == [None, None, "unreadable"]
    assert "archives inside archives" in found[2].why
    assert [open_found(each) for each in found[:2]] == [b"one", b"two"]


def test_a_folder_whose_name_ends_in_a_mark_is_no_archive(tmp_path):
    """``Go!/run.fit`` is a file of a folder, in an inner archive too."""
    inner = packed({"Go!/run.fit": b"inner"})
    found = found_in(tmp_path, packed({"Go!/run.fit": b"outer", "Go!/in.zip": inner}))
    assert [each.member for each in found] == ["Go!/in.zip!/Go!/run.fit", "Go!/run.fit"]
    assert [open_found(each) for each in found] == [b"inner", b"outer"]


def test_the_temporary_copy_has_no_name_and_ends_with_the_process(tmp_path, monkeypatch):
    """Nothing is left behind, and reading a second file does not copy again."""
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spool))
    inner = packed({"1.fit": b"one", "2.fit": b"two"})
    found = found_in(tmp_path, packed({"inner.zip": inner}))
    first = archives._open[1]
    assert [open_found(each) for each in found] == [b"one", b"two"]
    assert archives._open[1] is first
    assert not list(spool.iterdir())
    close_archives()
    assert not archives._open


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_another_process_reads_what_was_found(tmp_path, method):
    """Also one that was forked while the archive was open; it shares no place in the file."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("not on this system")
    inner = packed({f"{i}.fit": bytes([i]) * 1000 for i in range(20)})
    found = found_in(tmp_path, packed({"inner.zip": inner}))
    assert open_found(found[0])
    with multiprocessing.get_context(method).Pool(2) as pool:
        contents = pool.map(open_found, found, chunksize=1)
    assert contents == [open_found(each) for each in found]


def test_an_archive_that_changes_is_read_anew(tmp_path):
    """And a member that is gone is one line."""
    (one,) = found_in(tmp_path, packed({"1.fit": b"one"}))
    assert open_found(one) == b"one"
    (tmp_path / "export.zip").write_bytes(packed({"1.fit": b"longer"}))
    assert open_found(one) == b"longer"
    (tmp_path / "export.zip").write_bytes(packed({"2.fit": b"two and more"}))
    with pytest.raises(ActivityError, match=r"export/1\.fit: no longer in the archive"):
        open_found(one)


def test_names_that_lead_out_of_the_archive_stay_in_it(tmp_path):
    """Nothing is extracted, and their labels are below the archive's."""
    names = [
        "../../etc/1.fit",
        "/abs/2.fit",
        "..\\..\\3.fit",
        "C:\\x\\4.fit",
        "./5.fit",
        "../6.fit",
    ]
    found = found_in(tmp_path, packed({name: name.encode() for name in names}))
    assert len(found) == len({each.label for each in found}) == len(names)
    for each in found:
        assert each.label.startswith("export/")
        assert not {"", ".", ".."} & set(each.label.split("/"))
        assert open_found(each).decode() == each.member
    assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_found(tmp_path):
    """Each with its own bytes and its own label."""
    found = found_in(tmp_path, packed([("1.fit", b"first"), ("1.fit", b"second")]))
    assert [each.label for each in found] == ["export/1.fit", "export/1 (2).fit"]
    assert [open_found(each) for each in found] == [b"first", b"second"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_inner_archives_of_one_name_are_not_mixed_up(tmp_path):
    """The second is counted with the reason."""
    inner = [("in.zip", packed({"1.fit": b"a"})), ("in.zip", packed({"1.fit": b"b"}))]
    first, second = found_in(tmp_path, packed(inner))
    assert open_found(first) == b"a"
    assert second.skipped == "unreadable"
    assert "same name" in second.why


def encrypted(content):
    """Say of every member that it is encrypted."""
    out = bytearray(content)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(magic)
        while place >= 0:
            out[place + at] |= 1
            place = out.find(magic, place + 4)
    return bytes(out)


def test_encrypted_members_are_said(tmp_path):
    """Nobody is asked for a password."""
    found = found_in(tmp_path, encrypted(packed({"1.fit": b"one", "2.zip": packed({})})))
    assert [each.skipped for each in found] == ["unreadable", "unreadable"]
    assert all("encrypted" in each.why for each in found)


def test_links_in_an_archive_are_not_followed(tmp_path):
    """They are counted."""
    info = zipfile.ZipInfo("1.fit")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (found,) = found_in(tmp_path, out.getvalue())
    assert found.skipped == "unreadable"
    assert "link" in found.why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a zip archive"),
        (b"<html>log in</html>", "not a zip archive"),
        (packed({"1.fit": b"one" * 999})[:-30], "no list of its members"),
        (b"PK\x05\x06" + b"\xff" * 18, "it is damaged"),
    ],
)
def test_an_archive_that_cannot_be_read_is_one_line(tmp_path, content, why):
    """Empty, something else, cut off, or nonsense."""
    (found,) = found_in(tmp_path, content)
    assert (found.label, found.skipped) == ("export", "unreadable")
    assert why in found.why
    assert str(tmp_path) not in found.why


def test_damaged_members_fail_when_they_are_opened(tmp_path):
    """In one line, and the others are read."""
    content = bytearray(packed({"1.fit": b"a" * 5000, "2.fit": b"b" * 5000}))
    at = content.find(b"PK\x03\x04") + 30 + len("1.fit") + 3
    content[at : at + 4] = b"\xff\xff\xff\xff"
    bad, good = found_in(tmp_path, bytes(content))
    with pytest.raises(ActivityError, match=r"^export/1\.fit: it cannot be unpacked"):
        open_found(bad)
    assert open_found(good) == b"b" * 5000


@pytest.mark.parametrize("seed", range(40))
def test_any_damage_ends_in_files_or_lines(tmp_path, seed):
    """Never in a traceback: bytes changed at random, in an archive inside an archive."""
    import random

    rng = random.Random(seed)
    inner = packed({"1.fit": b"one" * 100, "2.fit.gz": b"two" * 50})
    content = bytearray(packed({"a/in.zip": inner, "b.fit": b"three" * 60}, zipfile.ZIP_STORED))
    for _ in range(rng.choice((1, 3, 30))):
        content[rng.randrange(len(content))] = rng.randrange(256)
    for each in found_in(tmp_path, bytes(content)):
        assert each.label
        if not each.skipped:
            try:
                open_found(each)
            except ActivityError as error:
                assert "\n" not in str(error)


def test_a_bomb_is_refused_by_what_comes_out(tmp_path):
    """Whatever the archive states about itself, and before memory is filled."""
    content = packed({"1.fit": b"\0" * (70 * 1024 * 1024)})
    (found,) = found_in(tmp_path, content)
    with pytest.raises(ActivityError, match=r"limit of 200 : 1"):
        open_found(found)
    tracemalloc.start()
    with pytest.raises(ActivityError):
        open_found(found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * 1024 * 1024


def test_a_bomb_for_an_inner_archive_is_refused(tmp_path):
    """No disk is filled."""
    inner = b"PK" + b"\0" * (40 * 1024 * 1024)
    (found,) = found_in(tmp_path, packed({"in.zip": inner}))
    assert found.skipped == "unreadable"
    assert "limit of 200 : 1" in found.why


def test_a_list_of_members_that_fills_the_memory_is_refused(tmp_path, monkeypatch):
    """By its length, by their number, and where only the large form of an archive says so."""
    content = packed({f"{i}.fit": b"" for i in range(50)})
    monkeypatch.setattr(archives, "MAX_MEMBERS", 49)
    (found,) = found_in(tmp_path, content)
    assert "limit of 49" in found.why
    monkeypatch.setattr(archives, "MAX_DIRECTORY", 1000)
    (found,) = found_in(tmp_path, content, "other.zip")
    assert "list of members is longer" in found.why
    at = content.rfind(b"PK\x05\x06")
    length, begins = struct.unpack("<II", content[at + 12 : at + 20])
    large = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 50, 50, length, begins)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    end = bytearray(content[at:])
    end[8:20] = b"\xff" * 12
    (found,) = found_in(tmp_path, content[:at] + large + locator + bytes(end), "large.zip")
    assert "list of members is longer" in found.why


def test_hostile_names_in_an_archive_are_shown_safely(tmp_path):
    """And they differ."""
    names = ["a\nb.fit", "\x1b[2Jx.fit", "a\u202eb.fit", "y" * 300 + ".fit", "/".join("z" * 200)]
    found = found_in(tmp_path, packed(dict.fromkeys(names, b"x")))
    assert len({each.label for each in found}) == len(names)
    for each in found:
        assert not any(is_unsafe(character) for character in each.label)
        assert open_found(each) == b"x"


def test_an_empty_archive_is_one_file(tmp_path):
    """Nothing is dropped, not even nothing."""
    (found,) = found_in(tmp_path, packed({}))
    assert (found.skipped, found.why) == ("other_file", "an archive with nothing in it")
    (found,) = found_in(tmp_path, packed({"folder/": b""}))
    assert found.skipped == "other_file"


def test_a_packed_folder_is_not_taken_for_an_athlete(tmp_path):
    """``squad.zip`` holds ``squad/anna``: Anna is the athlete; systems' leftovers are counted."""
    members = {"squad/anna/1.fit": b"1", "squad/3.fit": b"3", "__MACOSX/squad/._1.fit": b"x"}
    found = found_in(tmp_path, packed(members), "squad.zip")
    assert {each.label: (each.hint.athlete, each.skipped) for each in found} == {
        "squad/__MACOSX/squad/._1.fit": (None, "other_file"),
        "squad/squad/3.fit": (None, None),
        "squad/squad/anna/1.fit": ("anna", None),
    }


def test_finding_does_not_hold_the_contents(tmp_path):
    """30 MB of recordings in an archive in an archive cost no more than their list."""
    import random

    big = random.Random(0).randbytes(1024 * 1024)
    inner = packed({f"{i}.fit": big for i in range(30)}, zipfile.ZIP_STORED)
    (tmp_path / "export.zip").write_bytes(packed({"in.zip": inner}, zipfile.ZIP_STORED))
    del inner
    tracemalloc.start()
    count = sum(1 for _ in find([tmp_path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30
    assert peak < 6 * 1024 * 1024


def test_a_record_with_a_member_that_never_was(tmp_path):
    """A line, not a KeyError."""
    (tmp_path / "export.zip").write_bytes(packed({"1.fit": b"1", "in.zip": packed({})}))
    for member in ("2.fit", "in.zip!/1.fit", "no.zip!/1.fit", "!/x", "in.zip!/a!/b"):
        with pytest.raises(ActivityError, match="no longer in the archive"):
            open_found(Found("x", str(tmp_path / "export.zip"), member))
