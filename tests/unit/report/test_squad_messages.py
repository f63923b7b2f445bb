"""Messages to a squad: each athlete's own, into files that nobody else's are lost for."""

import re

import pytest

from analyzer.archive.squad import squad_sheet
from analyzer.errors import OutputError
from analyzer.model.squad import Heard, SquadRun
from analyzer.report.message import render_message
from analyzer.report.squad.caveats import caveats
from analyzer.report.squad.folder import RECORD, write_messages
from analyzer.report.squad.messages import file_names, messages_of
from analyzer.report.write import write_whole
from tests.builders.reviews import review_with
from tests.builders.squads import BY_NEED, DAYS, one_of_each, troubled

NAMES = ("Anna Berg", "Ben Okafor", "Carla Díaz", "Dmitri Volkov", "Eva Lindqvist", "Finn Murphy",
         "Grace Tan", "Hugo Meyer", "Ines Rossi", "Jonas Weiß", "Kaito Sato")  # fmt: skip

ODD = (
    "", " ", ".", "..", "../../etc/passwd", "a/b", "a:b", "a\\b", "a_b", "CON", "nul.txt", "com1",
    "x\x00y", "-rf", "~", "$(id)", "`id`", "a\nb", "a\u202eb", "漢字", "मीरा", "👟", "😀",
    "w" * 5000, "w" * 4999, ".hidden", "trailing.", "O\u2019Neill", "a\ud800b", "Anna",
    "anna\u200b",
)  # fmt: skip


def named(need):
    """Name the athlete of a need."""
    return NAMES[list(BY_NEED).index(need)]


def of(*athletes):
    """Return a sheet of athletes who all ran."""
    return squad_sheet([(name, review_with()) for name in athletes])


def files_in(folder):
    """Return the messages in a folder."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}


def test_a_message_that_was_approved_is_sent_as_it_is():
    """In place of the one that would be written, whoever it greets; of an earlier reading not."""
    runs = [
        SquadRun("Anna", review_with(), Heard("tired", "Annie, well done.\n\nUli")),
        SquadRun("Ben", review_with(), Heard("tired", is_outdated=True)),
    ]
    sent = {message.athlete: message.text for message in messages_of(squad_sheet(runs))}
    assert sent["Anna"] == "Annie, well done.\n\nUli\n"
    assert sent["Ben"] == messages_of(of("Ben"))[0].text


def test_each_message_is_that_of_the_athletes_own_review_and_names_nobody_else():
    """Greeted by name; no file, no message."""
    sheet = one_of_each(named)
    made = {message.athlete: message.text for message in messages_of(sheet)}
    assert set(made) == {row.athlete for row in sheet.rows if row.review is not None}
    for row in sheet.rows:
        if row.review is None:
            continue
        own = made[row.athlete]
        assert own == f"Hi {row.athlete},\n\n{render_message(row.review)}\n"
        assert not [name for name in NAMES if name != row.athlete and name in own]


def test_an_athlete_is_greeted_as_the_coach_says():
    """By the name of the sheet where the coach says nothing."""
    made = messages_of(of("Anna Berg", "Ben"), {"Anna Berg": "Annie"})
    assert [m.text.split("\n")[0] for m in made] == ["Hi Annie,", "Hi Ben,"]


def test_who_has_no_file_is_asked_for_it_only_if_that_is_wanted():
    """With the days that are meant."""
    sheet = squad_sheet([], ["Anna"], DAYS)
    assert messages_of(sheet) == ()
    (asked,) = messages_of(sheet, asks_for_files=True)
    assert asked.text == (
        "Hi Anna,\n\nI have no run of yours (4 to 10 March 2026). Did you run? "
        "If so, send me the file.\n"
    )


def test_what_is_technical_is_not_in_the_message():
    """Neither the distance nor the damage nor an option of the command."""
    review = troubled()
    (message,) = messages_of(squad_sheet([("Anna", review)]))
    assert caveats(review, "km")
    assert not [line for line in caveats(review, "km") if line in message.text]
    assert "--start" not in message.text
    assert "%" not in message.text


def test_a_file_is_called_after_its_athlete():
    """In any script, as long as the name is one that a system takes."""
    named_files = file_names(["Anna Berg", "Jonas Weiß", "漢字", "मीरा", "Tara O\u2019Neill"])
    assert named_files == {name: f"{name}.txt" for name in named_files}


def test_no_name_leads_out_of_the_folder_or_stumbles_a_system():
    """No separator, no device, no hidden file, nothing that a shell takes for an option."""
    for file in file_names(ODD).values():
        stem = file.removesuffix(".txt")
        assert re.search(r"[\\/:*?\"<>|\x00-\x1f$`~]", stem) is None
        assert not stem.startswith((".", "-", " "))
        assert not stem.endswith((".", " "))
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", stem)
        assert 0 < len(file.encode()) <= 200


def test_no_two_athletes_share_a_file():
    """Nor where letters are alike, the odd ones are taken out, or one imitates another's file."""
    imitating = [file.removesuffix(".txt") for file in file_names(ODD).values()]
    files = file_names([*ODD, *imitating])
    assert len({file.casefold() for file in files.values()}) == len({*ODD, *imitating})


def test_a_file_is_called_the_same_whoever_else_is_in_the_squad_unless_names_are_alike():
    """So that the next week's message takes the place of the last one's."""
    assert file_names(["a/b"])["a/b"] == file_names(["a/b", "Ben", "a_b"])["a/b"]


def test_messages_are_written_again_and_old_ones_taken_away(tmp_path):
    """What lies there is what is to be sent."""
    write_messages(messages_of(of("Anna", "Ben")), str(tmp_path / "out"))
    done = write_messages(messages_of(of("Anna", "Carl")), str(tmp_path / "out"))
    assert set(files_in(tmp_path / "out")) == {"Anna.txt", "Carl.txt"}
    assert done == (("Anna.txt", "Carl.txt"), ("Ben.txt",), ())


def test_a_file_that_is_not_ours_is_left_as_it_is(tmp_path):
    """Whatever it is called, and a link is never followed."""
    (tmp_path / "Anna.txt").write_text("shopping list")
    (tmp_path / "elsewhere").write_text("untouched")
    (tmp_path / "Ben.txt").symlink_to(tmp_path / "elsewhere")
    done = write_messages(messages_of(of("Anna", "Ben", "Carl")), str(tmp_path))
    assert done.kept == ("Anna.txt", "Ben.txt")
    assert (tmp_path / "Anna.txt").read_text() == "shopping list"
    assert (tmp_path / "elsewhere").read_text() == "untouched"
    assert (tmp_path / "Carl.txt").exists()


def test_a_message_that_the_coach_changed_is_left_until_it_is_taken_away(tmp_path):
    """It may be the better one."""
    messages = messages_of(of("Anna", "Ben"))
    write_messages(messages, str(tmp_path))
    (tmp_path / "Anna.txt").write_text("Hi Anna, well done. Come and see me.")
    for sheet in (of("Anna", "Ben"), of("Ben")):
        done = write_messages(messages_of(sheet), str(tmp_path))
        assert done.kept == ("Anna.txt",)
        assert "Come and see me." in files_in(tmp_path)["Anna.txt"]
    (tmp_path / "Anna.txt").unlink()
    assert write_messages(messages, str(tmp_path)).kept == ()


@pytest.mark.parametrize("record", ["", "[]", "{", '{"../x.txt": ["y"]}', '{"Anna.txt": "z"}'])
def test_a_record_that_is_no_record_makes_nothing_ours(tmp_path, record):
    """And leads nowhere else."""
    (tmp_path / RECORD).write_text(record)
    (tmp_path / "Anna.txt").write_text("mine")
    assert write_messages(messages_of(of("Anna")), str(tmp_path)).kept == ("Anna.txt",)


def test_a_call_that_was_killed_leaves_nothing_that_the_next_one_does_not_know(
    tmp_path, monkeypatch
):
    """Killed between two files: both the old and the new message are ours."""
    write_messages(messages_of(of("Anna", "Ben")), str(tmp_path))
    calls: list[str] = []

    def dying(path, content):
        calls.append(path)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write_whole(path, content)

    monkeypatch.setattr("analyzer.report.squad.folder.write_whole", dying)
    changed = messages_of(of("Anna", "Ben"), {"Anna": "A.", "Ben": "B."})
    with pytest.raises(KeyboardInterrupt):
        write_messages(changed, str(tmp_path))
    monkeypatch.undo()
    assert write_messages(changed, str(tmp_path)).kept == ()
    assert {text.split("\n")[0] for text in files_in(tmp_path).values()} == {"Hi A.,", "Hi B.,"}


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path):
    """A file of that name is there."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="out: "):
        write_messages(messages_of(of("Anna")), str(tmp_path / "out"))
