"""Several cards of one report: their names, and all of them or none."""

import os

import pytest

from analyzer.errors import OutputError
from analyzer.report.write import LEFT, numbered, write_set


@pytest.mark.parametrize(
    ("count", "names"),
    [
        (1, ["card.png"]),
        (3, ["card-1.png", "card-2.png", "card-3.png"]),
        (10, [f"card-{i:02}.png" for i in range(1, 11)]),
    ],
)
def test_cards_are_numbered_so_that_they_sort_and_a_single_one_is_not(tmp_path, count, names):
    """In the folder that was named."""
    assert numbered(str(tmp_path / "card.png"), count) == [str(tmp_path / name) for name in names]


def test_a_set_is_written_whole_and_its_names_are_told(tmp_path):
    """Nothing else is left in the folder."""
    names = write_set(str(tmp_path / "a.b.png"), [b"one", b"two"])
    assert names == ("a.b-1.png", "a.b-2.png")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "a.b-1.png": b"one", "a.b-2.png": b"two",
    }  # fmt: skip


def test_where_one_card_cannot_be_written_none_is(tmp_path):
    """A folder has the name of the third: the old ones stay as they were, and no part is left."""
    for number in (1, 2):
        (tmp_path / f"card-{number}.png").write_bytes(b"old")
    (tmp_path / "card-3.png").mkdir()
    with pytest.raises(OutputError, match=r"card-3\.png: cannot be written"):
        write_set(str(tmp_path / "card.png"), [b"1", b"2", b"3"])
    assert [(tmp_path / f"card-{n}.png").read_bytes() for n in (1, 2)] == [b"old"] * 2
    assert not [p for p in tmp_path.iterdir() if LEFT.fullmatch(p.name)]


def test_a_full_disk_in_the_middle_of_a_set_leaves_the_old_one(tmp_path, monkeypatch):
    """The second card does not fit: the first keeps what it was."""
    (tmp_path / "card-1.png").write_bytes(b"old")
    synced = []

    def full(handle):
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"card-2\.png: cannot be written \(No space"):
        write_set(str(tmp_path / "card.png"), [b"1", b"2"])
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"card-1.png": b"old"}


def test_cards_of_a_longer_set_stay(tmp_path):
    """They may be somebody's."""
    write_set(str(tmp_path / "card.png"), [b"1", b"2", b"3"])
    write_set(str(tmp_path / "card.png"), [b"4", b"5"])
    assert [(tmp_path / f"card-{n}.png").read_bytes() for n in (1, 2, 3)] == [b"4", b"5", b"3"]
