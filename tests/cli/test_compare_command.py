"""The compare command keeps its contract: streams, exit codes, and a review's own numbers."""

import json
import re
import zipfile

import pytest

from tests.builders.command import loaded, run
from tests.places import PLAN, SAMPLES

STEADY, GREEDY = SAMPLES / "steady.fit", SAMPLES / "greedy-then-blow-up.fit"
ALL = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".fit", ".gpx", ".tcx"))


def compare(*arguments, capsys, plan=PLAN):
    """Compare runs of a plan."""
    return run("compare", *arguments, "--plan", plan, capsys=capsys)


def test_a_comparison_is_on_stdout_and_nothing_else(capsys):
    """Badly paced runs exit 0 as well."""
    code, out, err = compare(STEADY, GREEDY, capsys=capsys)
    assert (code, err) == (0, "")
    assert "greedy-then-blow-up.fit" in out
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.slow
def test_every_sample_gets_the_same_result_as_in_its_review(capsys, tmp_path):
    """Score, verdicts and flags; and each form that is written shows that score."""
    code, reviewed, _ = run(*ALL, "--plan", PLAN, "--json", capsys=capsys)
    assert code == 0
    target = [f"{tmp_path / 'all'}{ending}" for ending in (".md", ".html", ".txt", ".csv", ".svg")]
    files = [word for path in target for word in ("-o", path)]
    code, out, _ = compare(*ALL, "--json", "-q", *files, capsys=capsys)
    assert code == 0
    results = [json.loads(line) for line in reviewed.splitlines()]
    made = json.loads(out)
    assert [r["result"] for r in made["runs"]] == results
    text = (tmp_path / "all.txt").read_text(encoding="utf-8")
    page = (tmp_path / "all.html").read_text(encoding="utf-8")
    table = (tmp_path / "all.md").read_text(encoding="utf-8")
    rows = (tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()
    svg = "".join(p.read_text(encoding="utf-8") for p in tmp_path.glob("all-*.svg"))
    signs = {"held": "●", "too_fast": "▲", "too_slow": "▼", "not_scored": "·"}
    for place, r in enumerate(made["runs"]):
        score, blocks = r["result"]["score"], r["result"]["blocks"]
        shown = f"{score['low']} to {score['high']}"
        glyphs = [signs[b["verdict"]] if b["status"] == "run" else "■" for b in blocks]
        line = next(x for x in table.splitlines() if x.startswith(f"| {r['label']} "))
        assert f"| {score['overall']} ({shown}) |" in line.replace("\\", "")
        assert re.findall("[●▲▼·■]", line) == glyphs
        line = next(x for x in text.splitlines() if x.startswith(r["label"][:11]))
        assert re.search(rf" {score['overall']}  {shown} ", line)
        assert re.findall("[●▲▼·■]", line) == glyphs
        row = next(x for x in page.splitlines() if f"<b>{r['label']}</b>" in x)
        assert f"<b>{score['overall']}</b><small>{shown}</small>" in row
        assert re.findall('<i aria-hidden="true">(.)</i>', row) == glyphs
        assert f"{r['label']},{r['label']}," in rows[1 + 5 * place]
        assert f">{shown}<" in svg


def test_names_and_order_are_as_asked(capsys):
    """Names stay with their runs when sorted."""
    names = ("--names", "Ben, Anna")
    code, out, _ = compare(STEADY, GREEDY, *names, "--sort", "name", "--json", capsys=capsys)
    made = json.loads(out)
    assert code == 0
    assert [r["label"] for r in made["runs"]] == ["Anna", "Ben"]
    assert made["runs"][0]["result"]["activity"]["source"] == "greedy-then-blow-up.fit"
    _, out, _ = compare(GREEDY, STEADY, "--sort", "score", "--json", capsys=capsys)
    assert [r["label"] for r in json.loads(out)["runs"]] == ["steady.fit", GREEDY.name]


def test_an_unreadable_run_is_passed_over_with_its_name(tmp_path, capsys):
    """5; the others keep theirs."""
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"")
    code, out, err = compare(STEADY, bad, GREEDY, "--names", "A,B,C", "--json", capsys=capsys)
    assert code == 5
    assert [r["label"] for r in json.loads(out)["runs"]] == ["A", "C"]
    assert err.splitlines() == [
        "bad.fit: the file is empty: copy or download it again",
        "1 of 3 files could not be reviewed",
    ]


def test_one_run_that_is_left_cannot_be_compared(tmp_path, capsys):
    """5, and nothing on stdout."""
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"")
    code, out, err = compare(STEADY, bad, capsys=capsys)
    assert (code, out) == (5, "")
    assert "fewer than two runs are left" in err


def test_a_zip_gives_all_its_runs(tmp_path, capsys):
    """One RUN, two rows."""
    archive = tmp_path / "squad.zip"
    with zipfile.ZipFile(archive, "w") as pack:
        pack.write(STEADY, "a.fit")
        pack.write(GREEDY, "b.fit")
    code, out, _ = compare(archive, "--names", "Anna,Ben", "--json", capsys=capsys)
    assert code == 0
    assert [r["label"] for r in json.loads(out)["runs"]] == ["Anna", "Ben"]


def test_weeks_of_one_runner_are_sorted_by_date_and_told(tmp_path, capsys):
    """A later copy of a steady run, given first."""
    later = tmp_path / "later.tcx"
    text = (SAMPLES / "steady.tcx").read_text(encoding="utf-8")
    later.write_text(text.replace("2026-03-06T", "2026-03-27T"), encoding="utf-8")
    code, out, _ = compare(later, GREEDY, "--json", capsys=capsys)
    assert code == 0
    made = json.loads(out)
    assert [r["label"] for r in made["runs"]] == ["6 Mar 2026", "27 Mar 2026"]
    assert made["common"]["change"]["direction"] == "rose"


def test_without_a_plan_each_run_is_judged_by_the_workout_it_carries(capsys):
    """Two recordings of one workout."""
    runs = (SAMPLES / "workout-steps.fit", SAMPLES / "missed-block.fit")
    code, out, _ = run("compare", *runs, "--json", capsys=capsys)
    assert code == 0
    assert len(json.loads(out)["runs"]) == 2


def test_an_athlete_is_judged_by_the_paces_of_each_day(tmp_path, capsys):
    """Anna's threshold moved in June: the two runs have other planned paces."""
    later = tmp_path / "later.tcx"
    text = (SAMPLES / "steady.tcx").read_text(encoding="utf-8")
    later.write_text(text.replace("2026-03-06T", "2026-06-05T"), encoding="utf-8")
    plan = SAMPLES / "squad" / "progression.yaml"
    code, out, err = compare(STEADY, later, plan=plan, capsys=capsys)
    assert code == 0
    assert "Each run is judged by its own paces." in " ".join(out.split())
    assert err.count("anna") == 2


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([STEADY, "--plan", PLAN], 2, "give two RUNs or more"),
        ([STEADY, GREEDY, "--plan", PLAN, "--names", "Anna"], 2, "1 name for 2 recordings"),
        ([STEADY, GREEDY, "--plan", PLAN, "--names", "A,B,C"], 2, "3 names for 2 recordings"),
        ([STEADY, GREEDY, "--plan", PLAN, "-o", "x.doc"], 2, "has no known ending"),
        ([STEADY, GREEDY, "--plan", "no-such.yaml"], 4, "no-such.yaml: no such file"),
        ([STEADY, GREEDY, "--plan", PLAN, "-o", "no/such/x.html"], 74, "cannot be written"),
        (["-", "-", "--plan", PLAN], 2, "only once"),
        (["--plan", PLAN], 2, "Missing argument"),
    ],
)
def test_what_is_wrong_is_one_line_and_a_code(arguments, code, says, capsys):
    """2 usage, 4 plan, 74 output; nothing on stdout."""
    got, out, err = run("compare", *arguments, capsys=capsys)
    assert (got, out) == (code, "")
    assert says in err


def test_runs_of_other_plans_exit_4(tmp_path, capsys, monkeypatch):
    """Workouts of five blocks and of two: one clear line."""
    from analyzer.cli import plan_choice
    from analyzer.plans.line import parse_line

    plans = iter([parse_line("10min @ 4:00, 10min @ 3:50"), parse_line("10min @ 4:00")])
    monkeypatch.setattr(plan_choice.PlanChoice, "plan_for", lambda *_: (next(plans), ""))
    code, out, err = run("compare", STEADY, GREEDY, capsys=capsys)
    assert (code, out) == (4, "")
    assert err == (
        "greedy-then-blow-up.fit: its plan has 1 block, but that of steady.fit has 2 blocks: "
        "only runs of one plan can be compared; give it with --plan\n"
    )


@pytest.mark.slow
def test_a_picture_is_written_and_said_on_stderr(tmp_path, capsys):
    """Nothing on stdout; quiet says nothing at all."""
    target = tmp_path / "squad.png"
    written = compare(STEADY, GREEDY, "-o", target, capsys=capsys)
    assert written == (0, "", "squad.png written\n")
    assert target.read_bytes().startswith(b"\x89PNG")
    assert compare(STEADY, GREEDY, "-q", "-o", target, capsys=capsys) == (0, "", "")


@pytest.mark.slow
def test_words_load_neither_pandas_nor_matplotlib(tmp_path, monkeypatch):
    """The text of the terminal, JSON and Markdown, all from one process."""
    monkeypatch.chdir(tmp_path)
    options = ("--json", "-o", "side.txt", "-o", "side.md")
    names = loaded("compare", STEADY, GREEDY, "--plan", PLAN, *options)
    assert not names & {"pandas", "matplotlib", "scipy", "gpxpy", "fit_tool"}
