"""Documents cannot rot: every command in them is run, every plan in them is read."""

import re

import pytest

from analyzer.cli.group import COMMANDS, SUMMARIES
from analyzer.model.activity import Records
from analyzer.plans.athletes import parse_squad
from analyzer.plans.intervals_text import parse_intervals
from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan
from analyzer.plans.whose import NOBODY, Whose
from tests.docs.console import (
    BLOCK,
    IN_ORDER,
    commands,
    documents,
    output_of,
    output_of_a_process,
    renewed_in_order,
)
from tests.places import ROOT, SAMPLES

SHOWN = [
    (path.relative_to(ROOT).as_posix(), command, output)
    for path in documents()
    if path.relative_to(ROOT).as_posix() not in IN_ORDER
    for block in BLOCK.finditer(path.read_text(encoding="utf-8"))
    for command, output in commands(block[2])
]


@pytest.mark.parametrize(("document", "command", "output"), SHOWN)
def test_what_a_document_shows_is_what_the_command_prints(document, command, output):
    """``make docs`` writes the outputs anew."""
    assert output_of(command) == output, f"{document}: run 'make docs'"


@pytest.mark.parametrize("document", IN_ORDER)
def test_an_evening_goes_as_its_document_shows(document, tmp_path):
    """Its commands build on each other."""
    path = ROOT / document
    assert renewed_in_order(path, tmp_path) == path.read_text(encoding="utf-8"), "run 'make docs'"


def test_the_readme_shows_a_whole_report():
    """Its first screen is what a process of its own prints."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert SHOWN[0][0] == "README.md"
    assert output_of_a_process(SHOWN[0][1]) == SHOWN[0][2]
    assert "Next time" in SHOWN[0][2]
    assert readme.index("```console") < 2500


def test_the_readme_names_the_test_command_that_ci_runs():
    """``make test``, through ``make check``."""
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_in_documents_lead_somewhere():
    """Relative ones, to files of the project."""
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


PLANS = re.findall(
    r"^```(yaml|squad|plan|intervals|athletes)\n(.*?)^```$",
    (ROOT / "docs" / "plans.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("form", "text"), PLANS)
def test_every_plan_in_the_documents_is_read(form, text):
    """YAML and intervals.icu blocks are whole plans, each line of a plan block is one."""
    if form in ("yaml", "squad"):
        squad = Whose(SAMPLES / "squad" / "athletes.yaml") if form == "squad" else NOBODY
        assert parse_plan(text, "example.yaml", squad).blocks
    elif form == "intervals":
        assert parse_intervals(text, "example.txt").blocks
    elif form == "athletes":
        assert parse_squad(text, "athletes.yaml").athletes
    else:
        for line in text.splitlines():
            assert parse_line(line).blocks


def test_every_command_is_documented():
    """In its own chapter of docs/cli.md."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert set(COMMANDS) == set(SUMMARIES)
    for command in COMMANDS:
        assert f"## {command}" in text


def test_every_option_of_a_review_is_documented():
    """As the help names it."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for option in set(re.findall(r"--[a-z][a-z-]+", output_of("progcheck review --help"))):
        assert option in text


def test_the_glossary_has_every_column_flag_and_warning():
    """One word, one meaning."""
    from typing import get_args

    from analyzer.model.activity import WarningCode
    from analyzer.model.findings import FlagCode

    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = [*Records.__struct_fields__, *get_args(FlagCode), *get_args(WarningCode)]
    assert [w for w in words if f"`{w}`" not in text] == []


def test_nothing_committed_names_a_path_of_a_machine():
    """No home, no scratch folder."""
    import subprocess

    command = ["git", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        content = (ROOT / name).read_bytes()
        for path in (b"/" + b"work/", b"/" + b"root/", b"/" + b"tmp/"):
            assert path not in content, name


def test_the_samples_say_what_progcheck_says_of_them():
    """Every sample is in the table, with its real score and sentence."""
    from tests.docs.verdicts import README, SHOWS, renewed
    from tests.places import SAMPLES

    files = {p.name for p in SAMPLES.iterdir() if p.suffix in (".fit", ".gpx", ".tcx")}
    assert files == set(SHOWS)
    assert README.read_text(encoding="utf-8") == renewed()
