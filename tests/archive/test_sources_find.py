"""Folders: every file once, none dropped, in an order that stays, under a safe name."""

import datetime as dt
import os
import random
import shutil
import sys

import pytest

from analyzer import ActivityError
from analyzer.archive.records import Found
from analyzer.archive.sources.archives import close_archives
from analyzer.archive.sources.find import find
from analyzer.archive.sources.kinds import kind_of, names_a_recording
from analyzer.archive.sources.opening import open_found
from analyzer.archive.sources.time_words import day_in, names_a_time
from analyzer.archive.sources.tree import MAX_DEPTH
from analyzer.safe_text import is_unsafe
from tests.builders.exports import squad_exports

needs_posix = pytest.mark.skipif(os.name != "posix", reason="links and rights of Unix")


@pytest.fixture(autouse=True)
def _closed():
    """Close what a test left open."""
    yield
    close_archives()


def put(folder, *names):
    """Write files that hold their own name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode("utf-8", "surrogateescape"))


def labels(*paths, **options):
    """Return the labels of what is found."""
    return [each.label for each in find(paths, **options)]


def test_every_file_is_found_once_and_sorted(tmp_path):
    """By name, folders and files alike, whatever order the disk has them in."""
    names = ["b.fit", "a/2.gpx", "a/1.fit.gz", "c/d/e.tcx", "a.txt"]
    random.Random(1).shuffle(names)
    put(tmp_path, *names)
    assert labels(tmp_path) == ["a/1.fit.gz", "a/2.gpx", "a.txt", "b.fit", "c/d/e.tcx"]
    assert labels(tmp_path) == labels(str(tmp_path))


def test_a_single_file_and_an_empty_folder(tmp_path):
    """The file has its own name; the folder gives nothing."""
    put(tmp_path, "run.fit")
    (tmp_path / "empty").mkdir()
    assert labels(tmp_path / "run.fit") == ["run.fit"]
    assert labels(tmp_path / "empty") == []


def test_paths_that_overlap_find_nothing_twice(tmp_path):
    """In any order, files named twice too."""
    put(tmp_path, "anna/1.fit", "ben/2.fit")
    file, anna = tmp_path / "anna" / "1.fit", tmp_path / "anna"
    for paths in ([file, file, anna, tmp_path], [tmp_path, anna, file], [anna, tmp_path, file]):
        found = list(find(paths))
        assert sorted(os.path.realpath(each.path) for each in found) == [
            os.path.realpath(file),
            os.path.realpath(tmp_path / "ben" / "2.fit"),
        ]


def test_what_is_not_there_is_said(tmp_path):
    """A name that leads nowhere is counted, with the reason."""
    (found,) = find([tmp_path / "nobody.fit"])
    assert (found.label, found.skipped) == ("nobody.fit", "unreadable")
    assert found.why == "no such file or folder"
    (found,) = find(["a\0b"])
    assert found.skipped == "unreadable"
    assert "\0" not in found.label


@needs_posix
def test_links_are_followed_once_and_loops_are_not_walked(tmp_path):
    """To a folder within, above, or to itself; a file by two names is one file."""
    put(tmp_path, "squad/anna/1.fit", "elsewhere/2.fit")
    squad = tmp_path / "squad"
    (squad / "anna" / "again").symlink_to(squad / "anna")
    (squad / "anna" / "up").symlink_to(squad)
    (squad / "anna" / "top").symlink_to(tmp_path)
    (squad / "anna" / "self").symlink_to("self")
    (squad / "anna" / "same.fit").symlink_to("1.fit")
    (squad / "ben").symlink_to(tmp_path / "elsewhere")
    (squad / "cleo.fit").symlink_to(tmp_path / "elsewhere" / "2.fit")
    (squad / "gone.fit").symlink_to("nothing")
    found = {each.label: each for each in find([squad])}
    assert sorted(found) == ["anna/1.fit", "anna/self", "cleo.fit", "gone.fit"]
    assert found["gone.fit"].why == found["anna/self"].why == "a link that leads nowhere"


@needs_posix
def test_a_pipe_is_never_opened(tmp_path):
    """It would wait for ever."""
    os.mkfifo(tmp_path / "run.fit")
    (found,) = find([tmp_path])
    assert (found.skipped, found.why) == ("other_file", "not a plain file")
    with pytest.raises(ActivityError, match="not a plain file"):
        open_found(found)


@needs_posix
def test_a_folder_that_cannot_be_read_is_said(tmp_path, monkeypatch):
    """It is one line of the account, and the others are found."""
    put(tmp_path, "anna/1.fit", "ben/2.fit")
    scandir = os.scandir

    def refused(path):
        if str(path).endswith("anna"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    first, second = find([tmp_path])
    assert (first.label, first.skipped) == ("anna", "unreadable")
    assert first.why == "the folder cannot be read (Permission denied)"
    assert (second.label, second.skipped) == ("ben/2.fit", None)


def test_folders_in_folders_end_at_a_limit(tmp_path):
    """No stack is filled; what lies deeper is said to be there."""
    deep = tmp_path
    for _ in range(MAX_DEPTH + 3):
        deep /= "d"
    deep.mkdir(parents=True)
    put(tmp_path, "a.fit")
    put(deep, "b.fit")
    first, second = find([tmp_path])
    assert first.label == "a.fit"
    assert second.skipped == "unreadable"
    assert "limit of 64" in second.why


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("run.fit", None), ("RUN.FIT", None), ("run.fit.gz", None), ("run.gpx", None),
        ("run.TCX.GZ", None), ("ACTIVITY", None), ("run.fit.bak2", None), ("v1.2 long run", None),
        ("a.jpg", "other_file"), ("b.csv", "other_file"), ("c.json", "other_file"),
        ("notes.txt.gz", "other_file"), (".DS_Store", "other_file"), ("._run.fit", "other_file"),
        ("Thumbs.db", "other_file"), ("plan.yaml", "other_file"), ("x.pwx", "other_file"),
        ("run.fit.part", "unfinished"), ("run.fit.crdownload", "unfinished"),
        ("~$plan.xlsx", "unfinished"), (".~lock.plan.ods#", "unfinished"),
        (".run.fit.icloud", "unfinished"), (".run.fit.aB3xYz", "unfinished"),
        ("export.zip.download", "unfinished"), ("run.tmp", "unfinished"),
        ("~syncthing~run.fit.tmp", "unfinished"), ("squad.rar", "unreadable"),
        ("squad.tar.gz", "unreadable"), ("squad.7z", "unreadable"),
    ],
)  # fmt: skip
def test_what_a_name_says(name, skipped):
    """A recording, another file, half a file, or an archive that nobody opens."""
    assert kind_of(name).skipped == skipped
    assert bool(kind_of(name).why) == (skipped is not None)


def test_a_name_promises_a_recording_or_not():
    """What promises none may be one all the same, and is not skipped."""
    assert names_a_recording("a.fit.gz")
    assert not names_a_recording("ACTIVITY")


def test_nothing_in_a_hidden_or_unfinished_folder_is_opened(tmp_path):
    """It is counted: the account is exact."""
    put(tmp_path, ".stversions/old.fit", "run.fit.download/run.fit", "anna/.git/x/y.fit")
    kinds = {each.label: each.skipped for each in find([tmp_path])}
    assert kinds == {
        ".stversions/old.fit": "other_file",
        "anna/.git/x/y.fit": "other_file",
        "run.fit.download/run.fit": "unfinished",
    }


HOSTILE = [
    "a\nb.fit", "a\rb.fit", "a\x1b[31mb.fit", "a\u202ebtif.fit", "x" * 240 + ".fit.gz",
    "a\u200bb.fit", "ab.fit", "e\u0301.fit", "\u00e9.fit",
    "\udcff.fit", "-rf.fit", " .fit", "'.fit",
]  # fmt: skip


@needs_posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its disk refuses such names")
def test_hostile_names_are_shown_in_one_safe_line_and_differ(tmp_path):
    """Line breaks, escapes, turned writing, bytes that are no text, and very long ones."""
    put(tmp_path, *HOSTILE)
    found = list(find([tmp_path]))
    shown = [each.label for each in found]
    assert len(shown) == len(HOSTILE) == len(set(shown))
    for each in found:
        assert not any(is_unsafe(character) for character in each.label)
        assert len(each.label) <= 90
        assert each.label.endswith((".fit", ".fit.gz"))
        each.label.encode("utf-8")
        assert open_found(each)


def test_addresses_are_in_no_label_and_no_hint(tmp_path):
    """In the name of a folder or a file, of any platform; what is left differs."""
    put(
        tmp_path,
        "anna.berg@example.org/anna.berg@example.org.fit",
        "a/anna@example.org_1.fit",
        "a/ben%40example.org_1.fit",
        "a/run of anna@example.co.uk.fit",
    )
    found = list(find([tmp_path]))
    assert [each.label for each in found] == [
        "a/1.fit", "a/1 (2).fit", "a/run of.fit", "folder/file.fit",
    ]  # fmt: skip
    assert [each.hint.athlete for each in found] == ["a", "a", "a", None]


def test_labels_begin_with_the_folder_where_several_were_given(tmp_path):
    """And still differ where the folders are called the same."""
    put(tmp_path, "x/week/1.fit", "y/week/1.fit")
    both = [tmp_path / "x" / "week", tmp_path / "y" / "week"]
    assert labels(*both) == ["week/1.fit", "week (2)/1.fit"]
    assert labels(both[0]) == ["1.fit"]


def athletes(*paths):
    """Return whose each file may be, by its label."""
    return {each.label: each.hint.athlete for each in find(paths)}


def test_the_first_folder_is_the_athlete_s_unless_it_is_a_time(tmp_path):
    """Above or below the folder of a month; files beside the folders are nobody's."""
    put(tmp_path, "anna/2026-03/1.fit", "2026/KW 12/ben/long/2.fit", "3.fit", "March/4.fit")
    assert athletes(tmp_path) == {
        "anna/2026-03/1.fit": "anna",
        "2026/KW 12/ben/long/2.fit": "ben",
        "3.fit": None,
        "March/4.fit": None,
    }


def test_several_given_folders_are_the_athletes_themselves(tmp_path):
    """As a shell makes them of ``squad/*``; a folder that holds folders is a squad."""
    put(tmp_path, "squad/anna/1.fit", "squad/ben/2.fit", "others/cleo/3.fit")
    squad = tmp_path / "squad"
    assert athletes(squad / "anna", squad / "ben") == {"anna/1.fit": "anna", "ben/2.fit": "ben"}
    assert athletes(squad, tmp_path / "others") == {
        "squad/anna/1.fit": "anna",
        "squad/ben/2.fit": "ben",
        "others/cleo/3.fit": "cleo",
    }
    assert athletes(squad / "anna") == {"1.fit": None}


@pytest.mark.parametrize(
    "name",
    ["2026", "2026-03", "2026_03_01", "20260301", "03 March", "März", "août 2026", "KW12",
     "2026-W12", "Week 3", "Tuesday", "12"],
)  # fmt: skip
def test_names_of_times(name):
    """Years, months, weeks and days in several languages."""
    assert names_a_time(name)


@pytest.mark.parametrize("name", ["anna", "Anna 2", "u18", "2nd group", "", "Marco", "Team W"])
def test_names_of_people_are_no_times(name):
    """Even with a number in them."""
    assert not names_a_time(name)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar 3, 2026, 6:00:00 PM", "2026-03-03"), ("3 mars 2026, 18:00:00", "2026-03-03"),
        ("03.03.2026, 18:00:00", "2026-03-03"), ("3 août 2026", "2026-08-03"),
        ("2026-03-03 18:00:00", "2026-03-03"), ("2026/03/03", "2026-03-03"),
        ("13/04/2026", "2026-04-13"), ("04/13/2026", "2026-04-13"), ("4. Dez. 2026", "2026-12-04"),
        ("3/4/2026", None), ("31.02.2026", None), ("", None), ("March", None), ("9" * 99, None),
    ],
)  # fmt: skip
def test_days_as_tables_write_them(text, day):
    """What could be two days is none."""
    assert day_in(text) == (dt.date.fromisoformat(day) if day else None)


def test_what_is_clearly_older_is_skipped(tmp_path):
    """With a day of grace, as tables count in UTC; what has no day is read."""
    put(
        tmp_path,
        "2026-03-01-070000-Running-HealthFit.fit",
        "2026-03-04-070000-Running-HealthFit.fit",
        "2026-03-05-070000-Running-HealthFit.fit",
        "run.fit",
    )
    found = list(find([tmp_path], since=dt.date(2026, 3, 5)))
    assert [each.skipped for each in found] == ["before", None, None, None]
    assert found[0].why == "of 2026-03-01, before 2026-03-05"


def test_what_vanishes_or_is_too_large_is_one_line(tmp_path):
    """By its label, without the path."""
    gone = Found("anna/1.fit", str(tmp_path / "secret" / "1.fit"))
    with pytest.raises(ActivityError) as caught:
        open_found(gone)
    assert str(caught.value) == "anna/1.fit: no longer there: look for it again"
    with (tmp_path / "big.fit").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(ActivityError, match="larger than the limit of 64 MiB"):
        open_found(Found("big.fit", str(tmp_path / "big.fit")))


@pytest.fixture(scope="module")
def squad(tmp_path_factory):
    """Write the exports of a squad once."""
    return squad_exports(tmp_path_factory.mktemp("exports"), count=50, athletes=10)


def test_nothing_of_a_squad_is_dropped(squad):
    """As many files as the truth has, each recording with its own bytes, labels that differ."""
    found = list(find([squad.folder]))
    runs = [each for each in found if not each.skipped]
    truth = [each for each in squad.files if each.activity]
    assert len(found) == len(squad.files)
    assert len(runs) == len(truth)
    assert len({each.label for each in found}) == len(found)
    import gzip

    contents = [open_found(each) for each in runs]
    plain = {gzip.decompress(c) if c[:2] == b"\x1f\x8b" else c for c in contents}
    assert plain == {each.activity.content for each in truth}


def test_a_second_look_finds_the_same_in_the_same_order(squad):
    """To the last field."""
    assert list(find([squad.folder])) == list(find([squad.folder]))


def test_no_person_of_an_export_is_in_a_label(squad):
    """Neither e-mail nor names; folders of the coach are the coach's."""
    text = "\n".join(f"{each.label} {each.why}" for each in find([squad.folder])).lower()
    assert "@" not in text
    for person in squad.people:
        assert person.email.split("@", maxsplit=1)[0] not in text
        assert person.last.lower() not in text


def test_no_recording_is_read_while_finding(squad, monkeypatch):
    """Only tables and lists of members are: memory does not grow with what is found."""
    from analyzer.archive.sources import garmin, strava
    from analyzer.archive.sources.opening import content_at

    read = []

    def noted(path, member, copy, label):
        read.append(member or path)
        return content_at(path, member, copy, label)

    for module in (garmin, strava):
        monkeypatch.setattr(module, "content_at", noted)
    assert list(find([squad.folder]))
    assert read
    assert all(name.endswith(("activities.csv", ".json")) for name in read)


PARTS = (
    "a", "anna", "2026", ".git", "__MACOSX", "x.download", "a@b.org", "A", "a\n", "\u00e9",
    "e\u0301", "WorkoutFileExport-Doe-Jane-2026-03-01-2026-03-31", "DI_CONNECT", "activities",
)  # fmt: skip
FILES = (
    "1.fit", "1.FIT", "a@b.org_1.fit", "c@d.org_1.fit", ".DS_Store", "x.part", "activities.csv",
    "tp-1.2026-03-02-06-00-00-000Z.GarminPing.X.FIT.gz", "tp-1.2026-03-02-06-00-00-000Z.Y.fit.gz",
    "2026-03-02-060000-Running-HealthFit.fit", "workouts.csv", "y" * 200 + "1.fit",
    "y" * 200 + "2.fit", "bad.zip",
)  # fmt: skip


def random_tree(folder, rng, depth):
    """Fill a folder, and return how many files must be found in it."""
    count = 0
    for name in rng.sample(FILES, rng.randint(0, 5)):
        (folder / name).write_bytes(name.encode())
        count += 1
    for name in rng.sample(PARTS, rng.randint(0, 3)) if depth else ():
        (folder / name).mkdir(exist_ok=True)
        count += random_tree(folder / name, rng, depth - 1)
    return count


@needs_posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its disk takes some of these names for one")
@pytest.mark.parametrize("seed", range(20))
def test_in_any_tree_nothing_is_dropped_and_labels_differ(tmp_path, seed):
    """On disk, and the same tree packed, alone and in another archive."""
    rng = random.Random(seed)
    tree = tmp_path / "tree"
    for folder in (tree, tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
    count = random_tree(tree, rng, 3)
    packed = shutil.make_archive(str(tmp_path / "one" / "tree"), "zip", tree)
    shutil.make_archive(str(tmp_path / "two" / "outer"), "zip", tmp_path / "one")
    for path in (tree, packed, tmp_path / "two"):
        found = list(find([path]))
        wanted = max(count, 0 if path == tree else 1)  # an archive of nothing is a file
        assert len(found) == wanted
        assert len({each.label for each in found}) == wanted
        assert not any("@" in each.label or "\n" in each.label for each in found)
        assert all(each.skipped or open_found(each) for each in found)
