"""Several RUNs: whose each is, by whose paces it is judged, and that every report says so."""

import json
import re
import shutil
import zipfile

import pytest

from tests.builders.command import run
from tests.places import SAMPLES

STEADY, GREEDY = SAMPLES / "steady.fit", SAMPLES / "greedy-then-blow-up.fit"
RECORDED_BY = "Garmin Forerunner 955"

SQUAD = """\
athletes:
  anna:
    greeting: Annie
    paces: {easy: 5:00, threshold: 3:30}
  ben:
    name: Ben Stone
    paces: {easy: 6:00, threshold: 4:30}
"""

PLAN = """\
name: anna's progression
athlete: anna
blocks:
  - 15min easy
  - 10min @ threshold + 30s
  - 10min @ threshold + 20s
  - 10min @ threshold + 10s
  - 10min @ threshold
"""

BY_ANNA = [300, 240, 230, 220, 210]
BY_BEN = [360, 300, 290, 280, 270]


@pytest.fixture
def squad(tmp_path):
    """Lay out a plan for anna, the paces of two, and a run in each of three folders."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    for folder, recording in (("anna", STEADY), ("ben", STEADY), ("ana", GREEDY)):
        (tmp_path / "squad" / folder).mkdir(parents=True)
        shutil.copy(recording, tmp_path / "squad" / folder / "tuesday.fit")
    return tmp_path


def runs_of(squad, *folders):
    """Return the run in each of some folders."""
    return [squad / "squad" / folder / "tuesday.fit" for folder in folders]


def compared(squad, *arguments, capsys):
    """Compare by the plan: exit code, the runs in JSON, stderr."""
    code, out, err = run(
        "compare", *arguments, "--plan", squad / "plan.yaml", "--json", capsys=capsys
    )
    return code, json.loads(out)["runs"] if out else [], err


def planned(made):
    """Return the planned paces of a run in JSON."""
    return [block["planned"]["pace_s_per_km"] for block in made["result"]["blocks"]]


def test_each_of_a_squad_is_judged_by_the_paces_of_their_own(squad, capsys):
    """The plan names anna, and ben's folder overrules it; both are called by name."""
    code, made, err = compared(squad, *runs_of(squad, "anna", "ben"), capsys=capsys)
    assert code == 0
    assert {r["label"]: planned(r) for r in made} == {"anna": BY_ANNA, "ben": BY_BEN}
    assert err.splitlines() == ["anna/tuesday.fit: anna's paces", "ben/tuesday.fit: ben's paces"]


def test_the_terminal_says_that_paces_are_each_runners_own(squad, capsys):
    """In the notes below the table."""
    files = runs_of(squad, "anna", "ben")
    _, out, _ = run("compare", *files, "--plan", squad / "plan.yaml", capsys=capsys)
    assert "Each run is judged by its own paces." in " ".join(out.split())


def test_a_run_of_which_nobody_can_tell_whose_it_is_is_asked_about_and_not_judged(squad, capsys):
    """5: 'ana' is no athlete, and the plan's anna is not taken for her; the others are judged."""
    files = runs_of(squad, "anna", "ana", "ben")
    code, made, err = compared(squad, *files, capsys=capsys)
    assert code == 5
    assert [r["label"] for r in made] == ["anna", "ben"]
    question = "'ana' is no athlete of athletes.yaml; did you mean 'anna'?"
    assert f"ana/tuesday.fit: {question}" in err.splitlines()


def test_where_the_plan_needs_nobodys_paces_such_a_run_is_judged_and_asked_about(squad, capsys):
    """It has no name; its file tells it from the others."""
    (squad / "plan.yaml").write_text("blocks:\n  - 15min @ 5:00\n  - 40min @ 3:45\n", "utf-8")
    files = runs_of(squad, "anna", "ana", "ben")
    code, made, err = compared(squad, *files, capsys=capsys)
    assert code == 0
    assert [r["label"] for r in made] == ["anna", "6 Mar 2026", "ben"]
    assert "did you mean 'anna'?" in err


def test_where_nothing_tells_whose_any_run_is_the_plans_own_athlete_counts(squad, capsys):
    """Weeks of one runner beside each other, as before: no name, and no question."""
    files = [shutil.copy(STEADY, squad / name) for name in ("a.fit", "b.fit")]
    code, made, err = compared(squad, *files, capsys=capsys)
    assert code == 0
    assert [planned(r) for r in made] == [BY_ANNA] * 2
    assert [r["label"] for r in made] == ["a.fit", "b.fit"]
    assert "whose" not in err


@pytest.mark.parametrize(
    "athletes",
    [("--athlete", "anna,ben"), ("--athlete", "anna", "--athlete", "Ben")],
    ids=["list", "repeated"],
)
def test_athletes_are_named_in_the_order_of_the_runs(squad, athletes, capsys):
    """Whatever folders say; large and small letters are one."""
    files = runs_of(squad, "ben", "anna")
    code, made, _ = compared(squad, *files, *athletes, "--sort", "given", capsys=capsys)
    assert code == 0
    assert [r["label"] for r in made] == ["anna", "ben"]
    assert [planned(r) for r in made] == [BY_ANNA, BY_BEN]


def test_one_athlete_is_meant_for_all_runs(squad, capsys):
    """Runs of one need no name: they are called as before."""
    files = runs_of(squad, "anna", "ben")
    _, made, _ = compared(squad, *files, "--athlete", "ben", capsys=capsys)
    assert [planned(r) for r in made] == [BY_BEN] * 2
    assert [r["label"] for r in made] == ["anna/tuesday.fit", "ben/tuesday.fit"]


@pytest.mark.parametrize(
    ("athletes", "code", "says"),
    [
        ("anna,ben,ben", 2, "--athlete has 3 names for 2 recordings"),
        ("anna,bem", 4, "'bem' is not in athletes.yaml; did you mean 'ben'?"),
    ],
)
def test_athletes_that_do_not_fit_the_runs_are_refused(squad, athletes, code, says, capsys):
    """2 for the number, 4 for a name."""
    files = runs_of(squad, "anna", "ben")
    got, made, err = compared(squad, *files, "--athlete", athletes, capsys=capsys)
    assert (got, made) == (code, [])
    assert says in err


def test_an_empty_athlete_is_told_by_the_folder(squad, capsys):
    """Of the first run the command says whose, of the second its folder."""
    files = runs_of(squad, "ana", "ben")
    code, made, _ = compared(squad, *files, "--athlete", "anna,", capsys=capsys)
    assert code == 0
    assert {r["label"]: planned(r) for r in made} == {"anna": BY_ANNA, "ben": BY_BEN}


def test_an_empty_athlete_of_whom_nothing_tells_is_asked_about(squad, capsys):
    """The plan's own athlete is not taken for one who was left open among others."""
    files = runs_of(squad, "anna", "ana", "ben")
    code, made, err = compared(squad, *files, "--athlete", "anna,,ben", capsys=capsys)
    assert code == 5
    assert [r["label"] for r in made] == ["anna", "ben"]
    assert "did you mean 'anna'?" in err


def test_an_athlete_without_the_paces_of_the_plan_costs_no_other_run(squad, capsys):
    """Anna has no threshold: her run is named and passed over, ben's and bob's are compared."""
    lacking = (
        SQUAD.replace(", threshold: 3:30", "")
        + "  bob:\n    paces: {easy: 6:00, threshold: 4:30}\n"
    )
    (squad / "athletes.yaml").write_text(lacking, encoding="utf-8")
    (squad / "squad" / "ana").rename(squad / "squad" / "bob")
    code, made, err = compared(squad, *runs_of(squad, "anna", "ben", "bob"), capsys=capsys)
    assert code == 5
    assert [r["label"] for r in made] == ["ben", "bob"]
    assert "threshold" in err


def test_the_athletes_file_tells_by_file_and_by_watch(squad, capsys):
    """As for a batch: ``files`` names one run, and only ben wears such a watch."""
    text = SQUAD.replace("greeting: Annie", "files: [a.fit]") + f"    devices: [{RECORDED_BY}]\n"
    (squad / "athletes.yaml").write_text(text, encoding="utf-8")
    files = [shutil.copy(STEADY, squad / name) for name in ("a.fit", "b.fit")]
    code, made, _ = compared(squad, *files, capsys=capsys)
    assert code == 0
    assert {r["label"]: planned(r) for r in made} == {"anna": BY_ANNA, "ben": BY_BEN}


def test_in_an_archive_folders_and_exports_tell(squad, capsys):
    """One zip of a squad, and one that TrainingPeaks calls after ben's full name."""
    packed, export = (
        squad / "squad.zip", squad / "WorkoutFileExport-Stone-Ben-2026-03-01-2026-03-31.zip",
    )  # fmt: skip
    for path, member in ((packed, "evening/anna/tuesday.fit"), (export, "tp-1.2026.fit")):
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(STEADY, member)
    code, made, _ = compared(squad, packed, export, capsys=capsys)
    assert code == 0
    assert {r["label"]: planned(r) for r in made} == {"anna": BY_ANNA, "ben": BY_BEN}


def test_the_coachs_own_home_is_nobodys_folder(squad, monkeypatch, capsys):
    """The coach is called ben too; runs in the home are not ben's by that."""
    home = squad / "ben"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    files = [shutil.copy(STEADY, home / name) for name in ("a.fit", "b.fit")]
    _, made, _ = compared(squad, *files, capsys=capsys)
    assert [planned(r) for r in made] == [BY_ANNA] * 2


def test_folders_count_from_wherever_the_command_is_called(squad, monkeypatch, capsys):
    """In anna's folder, with ben's beside it; and in ben's alone."""
    monkeypatch.chdir(squad / "squad" / "anna")
    _, made, _ = compared(squad, "tuesday.fit", "../ben/tuesday.fit", capsys=capsys)
    assert {r["label"]: planned(r) for r in made} == {"anna": BY_ANNA, "ben": BY_BEN}
    monkeypatch.chdir(squad / "squad" / "ben")
    shutil.copy("tuesday.fit", "friday.fit")
    _, made, _ = compared(squad, "tuesday.fit", "friday.fit", capsys=capsys)
    assert [planned(r) for r in made] == [BY_BEN] * 2


def test_of_a_folder_of_plans_each_gets_the_one_that_is_theirs(squad, capsys):
    """Two plans that fit alike, for anna and for ben: whose a run is decides."""
    plans = squad / "plans"
    plans.mkdir()
    shutil.copy(squad / "athletes.yaml", plans)
    for name in ("anna", "ben"):
        text = PLAN.replace("athlete: anna", f"athlete: {name}")
        (plans / f"{name}.yaml").write_text(text, encoding="utf-8")
    files = runs_of(squad, "anna", "ben", "ana")
    code, out, err = run(*files, "--plans", plans, "--json", capsys=capsys)
    assert code == 5
    assert [planned({"result": json.loads(line)}) for line in out.splitlines()] == [BY_ANNA, BY_BEN]
    assert "by ben.yaml" in err


def test_names_win_over_athletes_and_paces_stay(squad, capsys):
    """An empty name is the athlete's."""
    files = runs_of(squad, "anna", "ben")
    _, made, _ = compared(squad, *files, "--names", "Number One,", capsys=capsys)
    assert {r["label"]: planned(r) for r in made} == {"Number One": BY_ANNA, "ben": BY_BEN}


def test_a_review_of_several_judges_each_as_the_comparison_does(squad, capsys):
    """Score for score."""
    files = runs_of(squad, "anna", "ben")
    _, made, _ = compared(squad, *files, capsys=capsys)
    _, out, _ = run(*files, "--plan", squad / "plan.yaml", "--json", capsys=capsys)
    assert [json.loads(line) for line in out.splitlines()] == [r["result"] for r in made]


def test_a_lone_run_is_reviewed_by_whom_the_plan_names(squad, capsys):
    """Unchanged, in whatever folder it lies; no line above the report."""
    arguments = (*runs_of(squad, "ben"), "--plan", squad / "plan.yaml")
    _, out, _ = run(*arguments, capsys=capsys)
    assert out.startswith("anna's progression · 6 March 2026")
    _, out, _ = run(*arguments, "--json", capsys=capsys)
    assert planned({"result": json.loads(out)}) == BY_ANNA


def test_several_reports_say_whose_each_is(squad, capsys):
    """A line above each; where nobody knows, the file, with its folder if another is called so."""
    files = [*runs_of(squad, "anna", "ben"), shutil.copy(STEADY, squad / "ben.fit")]
    (squad / "plan.yaml").write_text("blocks:\n  - 15min @ 5:00\n  - 40min @ 3:45\n", "utf-8")
    _, out, _ = run(*files, "--plan", squad / "plan.yaml", capsys=capsys)
    headings = [line.strip("─ ") for line in out.splitlines() if line.startswith("── ")]
    assert headings == ["anna · squad/anna/tuesday.fit", "ben · squad/ben/tuesday.fit", "ben.fit"]
    assert all(len(line) <= 80 for line in out.splitlines())


def test_a_text_file_of_several_reports_heads_them_too(squad, capsys):
    """As on the terminal; no two alike."""
    target = squad / "all.txt"
    files = runs_of(squad, "anna", "anna", "ben")
    run(*files, "--plan", squad / "plan.yaml", "-o", target, capsys=capsys)
    lines = target.read_text(encoding="utf-8").splitlines()
    headings = [line.strip("─ ") for line in lines if line.startswith("── ")]
    assert headings == ["anna · tuesday.fit", "anna · tuesday.fit (2)", "ben · tuesday.fit"]


@pytest.mark.parametrize("command", [(), ("compare",)], ids=["review", "compare"])
def test_several_messages_greet_each_runner_as_the_coach_does(squad, command, capsys):
    """By the greeting of the athletes file, else by name; a blank line apart."""
    files = runs_of(squad, "anna", "ben")
    code, out, _ = run(*command, *files, "--plan", squad / "plan.yaml", "--message", capsys=capsys)
    assert code == 0
    assert re.findall(r"^Hi (.*),$", out, re.MULTILINE) == ["Annie", "ben"]
    assert out.startswith("Hi Annie,\n")
    assert "\n\nHi ben,\n" in out


def test_messages_of_a_comparison_greet_by_the_names_that_were_given(squad, capsys):
    """And take no document beside them."""
    files = (*runs_of(squad, "anna", "ben"), "--plan", squad / "plan.yaml", "--message")
    _, out, _ = run("compare", *files, "--names", "A. Berg,", capsys=capsys)
    assert re.findall(r"^Hi (.*),$", out, re.MULTILINE) == ["A. Berg", "ben"]
    code, out, err = run("compare", *files, "--json", capsys=capsys)
    assert (code, out) == (2, "")
    assert "--message replaces the terminal report" in err


TELLING = r"\b(anna|annie|ben|stone|tuesday|garmin|forerunner)\b"
FORMS = ("txt", "md", "html", "svg", "csv", "json")


@pytest.mark.slow
@pytest.mark.parametrize("command", [(), ("compare",)], ids=["review", "compare"])
def test_anonymous_names_nobody_in_any_form(squad, command, capsys):
    """No athlete, not even in the name of the plan, no date, no file, no device."""
    files = (*runs_of(squad, "anna", "ben"), "--plan", squad / "plan.yaml", "--anonymous", "-q")
    targets = [word for form in FORMS for word in ("-o", squad / f"out.{form}")]
    shown = [
        run(*command, *files, *how, capsys=capsys)[1] for how in ((), ("--json",), ("--message",))
    ]
    assert run(*command, *files, *targets, capsys=capsys)[0] == 0
    shown += [path.read_text(encoding="utf-8") for path in squad.glob("out*")]
    for text in shown:
        words = re.sub(r"<style>.*?</style>|<script.*?</script>", "", text, flags=re.DOTALL)
        assert not re.search(TELLING, words, re.IGNORECASE)
        assert not re.search(r"2026|\bMarch\b", words)


def test_an_anonymous_comparison_calls_runners_by_letters(squad, capsys):
    """In the order of the rows; messages greet them so."""
    files = (*runs_of(squad, "ben", "anna"), "--sort", "name", "--anonymous")
    _, made, _ = compared(squad, *files, capsys=capsys)
    assert [r["label"] for r in made] == ["Runner A", "Runner B"]
    assert [planned(r) for r in made] == [BY_ANNA, BY_BEN]
    arguments = (*files, "--plan", squad / "plan.yaml", "--message")
    _, out, _ = run("compare", *arguments, capsys=capsys)
    assert re.findall(r"^Hi (.*),$", out, re.MULTILINE) == ["Runner A", "Runner B"]
    _, out, _ = run("compare", *arguments, "--lang", "de", capsys=capsys)
    assert "Läufer A" in out


def test_anonymous_reports_of_several_runs_are_told_apart_by_letters(squad, capsys):
    """Nothing else is left above them."""
    files = (*runs_of(squad, "anna", "ben"), "--plan", squad / "plan.yaml", "--anonymous")
    _, out, _ = run(*files, capsys=capsys)
    assert re.findall(r"^── (.*?) ─", out, re.MULTILINE) == ["Run A", "Run B"]


def test_start_match_and_gap_mean_in_a_comparison_what_they_mean_in_a_review(squad, capsys):
    """Result for result; one start is taken for every run, and that is said."""
    files = runs_of(squad, "anna", "ben")
    options = ("--start", "0:30", "--match", "clock", "--gap", "off")
    code, made, err = compared(squad, *files, *options, capsys=capsys)
    assert code == 0
    assert err.startswith("--start is taken for every RUN")
    assert [r["result"]["blocks"][0]["start_s"] for r in made] == [30, 30]
    arguments = (*files, "--plan", squad / "plan.yaml", "--json", *options)
    _, out, _ = run(*arguments, capsys=capsys)
    assert [json.loads(line) for line in out.splitlines()] == [r["result"] for r in made]


@pytest.mark.slow
def test_several_runs_get_a_card_each(squad, capsys):
    """Numbered in the order of the runs, and named on stderr; a single one keeps its name."""
    files = runs_of(squad, "anna", "ben")
    target = ("--plan", squad / "plan.yaml", "-o", squad / "card.svg")
    code, out, err = run(*files, *target, capsys=capsys)
    assert (code, out) == (0, "")
    assert err.splitlines()[-1] == "card-1.svg, card-2.svg written"
    assert not (squad / "card.svg").exists()
    first, second = ((squad / f"card-{i}.svg").read_text(encoding="utf-8") for i in (1, 2))
    assert ">anna · " in first
    assert ">ben · " in second
    _, _, err = run(files[0], *target, capsys=capsys)
    assert err.splitlines()[-1] == "card.svg written"
