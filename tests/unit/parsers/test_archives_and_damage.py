"""Archives are read in place, streamed, within limits; no name becomes a path."""

import io
import json
import stat
import zipfile

import pytest

from analyzer.cli import main
from analyzer.errors import ActivityError
from analyzer.parsers.fit.checksum import crc16
from analyzer.parsers.read import read_all, read_bytes
from tests.builders.plans import EXAMPLE
from tests.builders.simulate import Behaviour, Device, simulate
from tests.builders.write_fit import ENUM, UINT16, Encoder, write_fit
from tests.builders.write_fit import crc16 as crc16_by_hand
from tests.builders.write_xml import write_gpx
from tests.places import BAD, PLAN, REAL, SAMPLES, needs_bad


@pytest.fixture(scope="module")
def run():
    """Return five minutes."""
    return simulate(EXAMPLE, Behaviour(cut_s=300.0), Device(), 1)


def archive(members) -> bytes:
    """Zip names and contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def settings_file() -> bytes:
    """Write a FIT settings file (type 2)."""
    out = Encoder()
    out.add(0, (0, ENUM, 2), (1, UINT16, 1))
    return out.file()


def test_an_account_export_is_read_in_place(run):
    """Activities in a zip in the zip; settings, tables and pictures are passed over."""
    inner = archive([("1.fit", write_fit(run)), ("2_settings.fit", settings_file())])
    outer = archive(
        [
            ("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0_Part1.zip", inner),
            ("DI_CONNECT/user.json", b"{}"),
            ("__MACOSX/._1.fit", b"\0" * 40),
            ("picture.png", b"\x89PNG\r\n"),
            ("activities/2.gpx", write_gpx(run)),
        ]
    )
    found = list(read_all(io.BytesIO(outer), name="export.zip"))
    assert [type(a).__name__ for _, a in found] == ["Activity", "Activity"]
    assert [label.rpartition(": ")[2] for label, _ in found] == ["1.fit", "2.gpx"]


def test_one_bad_member_of_several_is_named_and_the_others_read(run, tmp_path, capsys):
    """Exit 5, one JSON document a line."""
    path = tmp_path / "a.zip"
    good = write_fit(run)
    path.write_bytes(archive([("1.fit", good), ("bad.fit", good[:40]), ("3.fit", good)]))
    assert main([str(path), "--plan", str(PLAN), "--json"]) == 5
    out, err = capsys.readouterr()
    assert len([json.loads(line) for line in out.splitlines()]) == 2
    assert "a.zip: bad.fit: no" in err


def test_an_archive_of_one_recording_is_as_if_given_alone(run, tmp_path, capsys):
    """One indented document, exit 0."""
    path = tmp_path / "a.zip"
    path.write_bytes(archive([("../../evil.fit", write_fit(run))]))
    assert main([str(path), "--plan", str(PLAN), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["activity"]["source"] == "a.zip: evil.fit"
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_several_recordings_of_an_archive_get_a_picture_each(run, tmp_path, capsys):
    """Numbered, in the order of the archive; the one that was named is not written."""
    path = tmp_path / "a.zip"
    path.write_bytes(archive([("1.fit", write_fit(run)), ("2.gpx", write_gpx(run))]))
    target = tmp_path / "r.png"
    assert main([str(path), "--plan", str(PLAN), "-o", str(target)]) == 0
    assert capsys.readouterr().err == "r-1.png, r-2.png written\n"
    assert sorted(p.name for p in tmp_path.glob("*.png")) == ["r-1.png", "r-2.png"]


def test_a_link_is_not_followed(run):
    """A member that is a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("run.fit")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    ((_, error),) = read_all(io.BytesIO(out.getvalue()), name="a.zip")
    assert isinstance(error, ActivityError)
    assert "a link" in str(error)


@pytest.mark.slow
def test_a_bomb_costs_a_block():
    """100 MB of zeros called .fit: refused by its first bytes and the size it states."""
    ((_, error),) = read_all(io.BytesIO(archive([("a.fit", b"\0" * 100_000_000)])), name="a.zip")
    assert "limit of 64 MiB" in str(error)


def test_an_archive_without_a_recording_says_so():
    """Tables and pictures alone."""
    with pytest.raises(ActivityError, match="holds no recording"):
        list(read_all(io.BytesIO(archive([("a.csv", b"a,b")])), name="a.zip"))


@pytest.mark.parametrize("size", [0, 1, 2, 15, 16, 255, 256, 257, 5000])
def test_the_checksum_over_rows_is_the_checksum_byte_by_byte(size):
    """For any length; the other one is the table of a writer that is not ours."""
    content = bytes((i * 7 + i // 251) & 0xFF for i in range(size))
    assert crc16(content) == crc16_by_hand(content)


@pytest.mark.slow
def test_a_fit_cut_at_every_byte_gives_a_prefix_or_a_clear_error():
    """Every byte of a file of half a minute: records that were there, and the cut is told."""
    content = write_fit(simulate(EXAMPLE, Behaviour(cut_s=30.0), Device(), 1))
    whole = read_bytes(content, "run.fit").records
    for size in range(len(content)):
        try:
            part = read_bytes(content[:size], "run.fit")
        except ActivityError:
            continue
        n = len(part.records)
        assert list(part.records.distance_m) == list(whole.distance_m[:n]), size
        codes = {w.code for w in part.warnings}
        assert codes & {"FILE_CUT", "MESSAGE_UNREADABLE"}, size


@pytest.mark.slow
def test_a_gpx_cut_at_every_byte_gives_a_prefix_or_a_clear_error():
    """Every byte of a file of seven points."""
    content = write_gpx(simulate(EXAMPLE, Behaviour(cut_s=6.0), Device(), 1))
    whole = read_bytes(content, "run.gpx").records
    for size in range(len(content.rstrip())):
        try:
            part = read_bytes(content[:size], "run.gpx")
        except ActivityError:
            continue
        n = len(part.records)
        assert list(part.records.latitude_deg) == list(whole.latitude_deg[:n]), size
        assert "FILE_CUT" in {w.code for w in part.warnings}, size


def gpx_files():
    """Every GPX there is."""
    real = sorted(REAL.rglob("*.gpx")) if REAL.is_dir() else []
    return [*sorted(SAMPLES.glob("*.gpx")), *real]


@pytest.mark.parametrize("path", gpx_files(), ids=lambda p: p.name)
def test_points_taken_at_once_are_those_taken_one_by_one(path):
    """Same positions, times, heights and extensions; or the file is not taken at once."""
    from analyzer.parsers.gpx_points import Points, quick_points
    from analyzer.parsers.guarded_xml import decoded, read_elements

    content, _ = decoded(path.read_bytes())
    quick = quick_points(content, path.name)
    if quick is None:
        return
    slow = Points(path.name)
    assert read_elements(content, ("gpx",), slow, path.name) is None
    slow.tracks = [t for t in slow.tracks if t]
    assert len(quick.tracks) == len(slow.tracks)
    for a, b in zip(quick.tracks[0], slow.tracks[0], strict=True):
        assert (a.latitude, a.longitude, a.elevation, a.time) == (
            b.latitude,
            b.longitude,
            b.elevation,
            b.time,
        )
        assert a.values == b.values
    assert (quick.types, quick.creator) == (slow.types, slow.creator)


def _cases():
    """Cases of the bad inputs that are recordings."""
    if not BAD.is_dir():
        return []
    manifest = json.loads((BAD / "manifest.json").read_text(encoding="utf-8"))
    return [m for m in manifest if m["kind"] != "plan"]


DAMAGE = {
    "FILE_CUT", "CRC_MISMATCH", "HEADER_REPAIRED", "MESSAGE_UNREADABLE", "BYTES_AFTER_END",
    "POINTS_DROPPED", "TEXT_REPAIRED", "PART_SKIPPED",
}  # fmt: skip


@pytest.mark.slow
@needs_bad
@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["id"])
def test_bad_inputs_hold_their_manifest(case):
    """Outcome and number of records; each refusal is one line without control characters."""
    allowed = {case["outcome"], *case.get("also", [])}
    try:
        found = list(read_all(BAD / case["path"]))
    except ActivityError as error:
        found = [("", error)]
    good = [a for _, a in found if not isinstance(a, ActivityError)]
    for refused in (a for _, a in found if isinstance(a, ActivityError)):
        assert len(str(refused)) <= 300
        assert str(refused).isprintable()
    if not good:
        assert "error" in allowed
        return
    assert allowed - {"error"} or len(found) > 1
    records = sum(len(a.records) for a in good)
    assert case["records"] <= records <= case.get("records_max", case["records"])
    codes = {w.code for a in good for w in a.warnings}
    if allowed == {"recover"} and len(found) == 1:
        assert codes & DAMAGE
    if allowed == {"ok"}:
        assert not codes
