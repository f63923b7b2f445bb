"""Whose run it is: found where somebody wrote it, asked where not, and never guessed."""

from collections import Counter

import pytest

from analyzer.archive.records import Found, Hint
from analyzer.archive.sources.archives import close_archives
from analyzer.archive.sources.find import find
from analyzer.archive.sources.names import person_key
from analyzer.archive.sources.whose import Owner, whose
from analyzer.plans.athletes import parse_squad
from tests.builders.exports import squad_exports

SQUAD = parse_squad(
    """\
athletes:
  anna:
    name: Anna Berg
    greeting: Anna
    files: [export_77, "intervals/anna*", garmin-anna]
    devices: [Forerunner 955, Garmin fenix 7]
  Ben Müller:
    devices: Forerunner 255
  jane:
    name: Jane Doe
  twin:
    name: Jane Doe
    devices: [Forerunner 255]
  Jan:
    name: Jan Novák
""",
    "athletes.yaml",
)


def at(place, athlete=None, member=""):
    """Make a file that was found below /home/anna/runs."""
    path = f"/home/anna/runs/{place}"
    label = place.removesuffix(".zip") + (f"/{member}" if member else "")
    return Found(label, path, member, hint=Hint(athlete=athlete))


@pytest.mark.parametrize(
    ("called", "athlete"),
    [
        ("anna", "anna"), ("ANNA", "anna"), ("Anna Berg", "anna"), ("Berg Anna", "anna"),
        ("berg_anna", "anna"), ("Berg, Anna", "anna"), ("ben müller", "Ben Müller"),
        ("Muller-Ben", "Ben Müller"), ("BEN_MU\u0308LLER", "Ben Müller"), ("Novak Jan", "Jan"),
    ],
)  # fmt: skip
def test_a_folder_or_an_export_names_its_athlete(called, athlete):
    """Case, accents, order, underscores and hyphens aside."""
    assert whose(at("x/1.fit", called), None, SQUAD) == Owner(athlete)


def test_a_name_of_two_athletes_is_asked_about():
    """Both are named, and neither is taken."""
    owner = whose(at("x.zip", "Jane Doe", "1.fit"), None, SQUAD)
    assert owner == Owner(None, "whose is x/1.fit: 'jane' or 'twin'?")


@pytest.mark.parametrize(
    ("called", "near"),
    [("Anna Bergh", "anna"), ("anna b", "anna"), ("Ben", "Ben Müller"), ("novak", "Jan"),
     ("Ben Mueller", "Ben Müller")],
)  # fmt: skip
def test_a_folder_that_is_nearly_an_athlete_is_asked_about(called, near):
    """A first name alone is no proof."""
    owner = whose(at("x/1.fit", called), None, SQUAD)
    assert owner.athlete is None
    assert owner.asked == f"'{called}' is no athlete of athletes.yaml; did you mean '{near}'?"


def test_a_folder_of_nobody_says_where_to_write_it():
    """And a file without any folder too."""
    owner = whose(at("x/1.fit", "Zacharias"), None, SQUAD)
    assert owner.asked == (
        "'Zacharias' is no athlete of athletes.yaml; add it to athletes.yaml, "
        "under 'name' or 'files'"
    )
    owner = whose(at("1.fit"), None, SQUAD)
    assert owner.asked == (
        "whose is 1.fit? Nothing says so: list it under 'files' in athletes.yaml"
    )


@pytest.mark.parametrize(
    ("found", "athlete"),
    [
        (at("export_77.zip", None, "activities/1.fit.gz"), "anna"),
        (at("export_77/activities/1.fit"), "anna"),
        (at("intervals/Anna-1.fit"), "anna"),
        (at("intervals/anna/1.fit", "intervals"), "anna"),
        (at("Garmin_Anna.zip", None, "in.zip!/1.fit"), "anna"),
        (at("export_778.zip", None, "1.fit"), None),
        (at("anna-1.fit"), None),
        (at("tempo/anna-1.fit"), None),
    ],
)
def test_the_list_of_files_names_folders_exports_and_patterns(found, athlete):
    """Parts of a place that follow each other, with or without an ending."""
    assert whose(found, None, SQUAD).athlete == athlete


def test_the_coach_s_home_names_nobody():
    """Only what lies below the folder that was asked for, and that folder, are looked at."""
    squad = parse_squad("athletes: {anna: {files: [anna, runs]}, ben: {files: home}}", "a.yaml")
    assert whose(Found("x/1.fit", "/home/anna/y/x/1.fit"), None, squad).athlete is None
    assert whose(Found("1.fit", "/home/ben/runs/1.fit"), None, squad).athlete == "anna"


def test_a_list_of_files_is_the_coach_s_word():
    """It wins over the folder, and the folder over the watch."""
    assert whose(at("export_77/x/1.fit", "jane doe"), None, SQUAD).athlete == "anna"
    found = at("x/1.fit", "Ben Müller")
    assert whose(found, "Garmin Forerunner 955", SQUAD).athlete == "Ben Müller"


@pytest.mark.parametrize(
    ("device", "athlete"),
    [
        ("Garmin Forerunner 955", "anna"), ("Forerunner 955", "anna"), ("Garmin fenix 7", "anna"),
        ("Garmin Forerunner 955 Solar", None), ("Garmin Forerunner 95", None),
        ("fenix 7", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_watch_that_one_athlete_wears_names_them(device, athlete):
    """With or without its maker; another model is another watch."""
    assert whose(at("1.fit"), device, SQUAD).athlete == athlete


def test_a_watch_of_two_athletes_is_asked_about():
    """Both are named."""
    owner = whose(at("1.fit"), "Garmin Forerunner 255", SQUAD)
    assert owner == Owner(None, "whose is 1.fit: 'Ben Müller' or 'twin'?")


def test_a_folder_that_looks_like_a_month_may_be_an_athlete():
    """The athletes file has a Jan."""
    assert whose(at("Jan/1.fit"), None, SQUAD).athlete == "Jan"
    assert whose(at("2026/1.fit"), None, SQUAD).athlete is None


def test_without_an_athletes_file_folder_or_export_are_the_athlete():
    """As they are called, in one safe line; nothing is asked."""
    assert whose(at("x/1.fit", "anna"), None, None) == Owner("anna")
    assert whose(at("x/1.fit", "an\x1bna"), "x", None) == Owner("anna")
    assert whose(at("1.fit"), "Garmin Forerunner 955", None) == Owner(None)


def test_no_question_has_an_address():
    """Not even where a folder is called so."""
    owner = whose(at("x/1.fit", "anna.berg@example.org"), None, SQUAD)
    assert "@" not in owner.asked
    assert whose(at("x/1.fit", "a@b.c"), None, None).athlete is None


def test_names_in_any_script_are_compared():
    """And letters that Unicode does not take apart."""
    assert person_key("Łukasz Øre") == person_key("ore LUKASZ")
    assert person_key("王 小明") != person_key("王 大明")
    assert person_key("🏃") != person_key("🚴")


def test_a_whole_squad_is_told_apart(tmp_path):
    """Exports of five kinds, one athletes file, nothing typed, and not one mistake."""
    from analyzer.plans.athletes import read_squad

    truth = squad_exports(tmp_path, count=36, athletes=12)
    squad = read_squad(truth.athletes_file)
    counts: Counter[str | None] = Counter()
    for found in find([truth.folder]):
        owner = whose(found, None, squad)
        assert owner.athlete is not None, owner.asked
        counts[owner.athlete] += 1
    close_archives()
    wanted = Counter(each.athlete for each in truth.files)
    assert counts == wanted
