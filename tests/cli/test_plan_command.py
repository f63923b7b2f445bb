"""``progcheck plan check``, ``show`` and ``export``: exit codes, streams, whole files."""

import json

import pytest

from analyzer.cli import main
from analyzer.plans.write_yaml import same_blocks
from analyzer.review.plan_source import read_plan
from tests.places import PLAN

LINE = "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30"
ODD = "15min easy, 2x10min @ 4:00, 3:59"
BOUND = "15min easy, 10min @ >=4:30"
SQUAD = "athletes: {anna: {paces: {easy: 5:30, threshold: 4:00}}}\n"


def run(*arguments, capsys):
    """Run one command line in this process: exit code, stdout, stderr."""
    code = main(["plan", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_every_plan_is_checked_whatever_the_first_one_is(tmp_path, capsys):
    """Good ones on stdout, what is wrong on stderr, exit 4."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("blocks:\n  - 10min eazy\n  - 5 k @ 4:00\n", encoding="utf-8")
    code, out, err = run("check", bad, PLAN, "no-such.yaml", LINE, capsys=capsys)
    assert code == 4
    assert [line.split(":")[0] for line in out.splitlines()] == ["progression.yaml", "command line"]
    for said in ("bad.yaml:2:11: ", "bad.yaml:3:5: ", "no-such.yaml: no such file"):
        assert said in err


def test_advice_is_no_failure(capsys):
    """Exit 0; the plan on stdout, the advice on stderr."""
    code, out, err = run("check", ODD, capsys=capsys)
    assert code == 0
    assert out == "command line: 3 blocks, 35 min, 4:00 to 3:59 /km\n"
    assert err.startswith("command line: a step of 0.4 % is less than a watch can see")
    assert run("check", LINE, capsys=capsys)[2] == ""


def test_a_file_of_paces_is_checked_as_such(tmp_path, capsys):
    """One line for a good one; all problems of a bad one, exit 4."""
    path = tmp_path / "athletes.yaml"
    path.write_text(SQUAD, encoding="utf-8")
    assert run("check", path, capsys=capsys) == (0, "athletes.yaml: 1 athlete\n", "")
    path.write_text(SQUAD.replace("4:00", "4:60"), encoding="utf-8")
    code, out, err = run("check", path, PLAN, capsys=capsys)
    assert code == 4
    assert err.startswith("athletes.yaml:1:50: '4:60' is not a pace")
    assert out.startswith("progression.yaml: ")


@pytest.mark.parametrize("command", ["check", "show", "export"])
def test_a_plan_that_is_wrong_is_4_and_none_is_2(command, capsys):
    """Nothing on stdout."""
    assert run(command, "10min eazy", capsys=capsys)[:2] == (4, "")
    assert run(command, "no-such.yaml", capsys=capsys)[:2] == (4, "")
    assert run(command, capsys=capsys)[:2] == (2, "")


def strict(text):
    """Read JSON; NaN and Infinity are no JSON."""
    return json.loads(text, parse_constant=lambda c: pytest.fail(f"not strict: {c}"))


def test_show_for_programs_has_totals_starts_and_advice(capsys):
    """
    15 + 4 x 10 min are 3300 s.

    The metres are 900 / 0.300 + 600 / 0.240 + 600 / 0.230 + 600 / 0.220 + 600 / 0.210.
    """
    code, out, err = run("show", LINE, "--json", capsys=capsys)
    assert (code, err) == (0, "")
    shown = strict(out)
    metres = 900 / 0.300 + sum(600 / p for p in (0.240, 0.230, 0.220, 0.210))
    assert shown["total"] == {"duration_s": 3300.0, "distance_m": pytest.approx(metres)}
    assert [b["starts_s"] for b in shown["blocks"]] == [0, 900, 1500, 2100, 2700]
    assert (shown["athlete"], shown["paces_from"], shown["advice"]) == (None, None, [])
    assert "a step of 0.4 %" in strict(run("show", ODD, "--json", capsys=capsys)[1])["advice"][0]


def test_show_for_programs_says_null_where_nothing_is_known(capsys):
    """An open block has no end; the free side of a bound no tolerance; never NaN."""
    line = "15min easy, 10min @ >=4:30, open easy, 10min @ 4:00"
    shown = strict(run("show", line, "--json", capsys=capsys)[1])
    assert shown["total"] == {"duration_s": None, "distance_m": None}
    assert [b["starts_s"] for b in shown["blocks"]] == [0, 900, 1500, None]
    assert shown["blocks"][1]["tolerance"]["slow_pct"] is None


def test_show_names_athlete_and_paces(tmp_path, capsys):
    """For people and for programs."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    text = "athlete: anna\nblocks:\n  - 15min easy\n  - 10min @ threshold\n"
    plan.write_text(text, encoding="utf-8")
    shown = strict(run("show", plan, "--json", capsys=capsys)[1])
    assert (shown["athlete"], shown["paces_from"]) == ("anna", "anna's paces")
    assert "Paces: anna's paces." in run("show", plan, capsys=capsys)[1]


def test_export_without_a_file_is_yaml_on_stdout(capsys):
    """It reads back as the same plan."""
    from analyzer.plans.read import parse_plan

    code, out, err = run("export", LINE, capsys=capsys)
    assert (code, err) == (0, "")
    assert same_blocks(parse_plan(out, "p").blocks, read_plan(LINE).blocks)


def test_export_writes_every_form_that_is_asked_for(tmp_path, capsys):
    """Each reads back as the same blocks; each is said on stderr."""
    names = ("a.fit", "a.txt", "a.yaml")
    outputs = [x for name in names for x in ("-o", tmp_path / name)]
    code, out, err = run("export", PLAN, *outputs, capsys=capsys)
    assert (code, out) == (0, "")
    assert [line for line in err.splitlines() if line.endswith(" written")] == [
        f"{name} written" for name in names
    ]
    for name in names:
        back = read_plan(tmp_path / name)
        assert len(back.blocks) == 5
        assert [b.role for b in back.blocks] == [b.role for b in read_plan(PLAN).blocks]


@pytest.mark.parametrize("name", ["plan.zwo", "plan", "-", "plan.yaml.bak"])
def test_an_unknown_ending_is_2_before_anything_is_read(name, tmp_path, monkeypatch, capsys):
    """Even where the plan is not there; the known endings are named."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("export", "no-such.yaml", "-o", "a.fit", "-o", name, capsys=capsys)
    assert (code, out) == (2, "")
    assert ".fit (a FIT workout)" in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


def test_what_a_form_cannot_say_is_refused_and_nothing_is_written(tmp_path, capsys):
    """4:30 or slower: exit 4, and not the YAML before it either; --drop writes both."""
    outputs = ("-o", tmp_path / "a.yaml", "-o", tmp_path / "a.txt")
    code, out, err = run("export", BOUND, *outputs, capsys=capsys)
    assert (code, out) == (4, "")
    assert "a.txt: not written; --drop leaves that out and says so" in err
    assert list(tmp_path.iterdir()) == []
    code, _, err = run("export", BOUND, *outputs, "--drop", capsys=capsys)
    assert code == 0
    assert "a.txt: left out: " in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "a.yaml"]


def test_a_folder_that_is_not_there_is_74(tmp_path, capsys):
    """One line."""
    code, out, err = run("export", LINE, "-o", tmp_path / "no" / "a.fit", capsys=capsys)
    assert (code, out) == (74, "")
    assert "cannot be written" in err
    assert "Traceback" not in err


def test_a_squad_plan_is_exported_in_the_paces_of_one(tmp_path, capsys):
    """4:00 in numbers; the file is right wherever it lies."""
    (tmp_path / "athletes.yaml").write_text(SQUAD, encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text("blocks:\n  - 15min easy\n  - 10min @ threshold\n", encoding="utf-8")
    _, out, _ = run("export", plan, "--athlete", "anna", capsys=capsys)
    assert "10min @ 4:00/km" in out
    assert "15min easy @ 5:30/km" in out
    assert "athlete: anna" in out
