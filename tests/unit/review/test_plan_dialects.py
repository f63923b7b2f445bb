"""The table of plan dialects: every row leads somewhere, and a file is in one of them."""

import pytest

from analyzer.plans.line import parse_line
from analyzer.plans.read import parse_plan
from analyzer.plans.write_yaml import same_blocks
from analyzer.review.plan_dialects import DIALECTS, ENDINGS, WRITTEN, PlanFile, dialect_of
from analyzer.review.plan_source import read_plan

ROWS = {dialect.name: dialect for dialect in DIALECTS}
XML = b'<?xml version="1.0"?><TrainingCenterDatabase/>'
YAML = b"version: 1\nblocks:\n  - 10m\n"
STEPS = b"- 10m 4:00/km Pace\n- 5m\n"


@pytest.mark.parametrize("name", ROWS)
def test_every_row_loads(name):
    """Reader and writer are where the row says."""
    assert callable(ROWS[name].load_reader())
    if ROWS[name].writer:
        assert callable(ROWS[name].load_writer())


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (PlanFile("plan.yaml", YAML), "YAML"),
        (PlanFile("plan.txt", YAML), "YAML"),
        (PlanFile("plan.txt", b"  \n"), "YAML"),
        (PlanFile("plan", b"15min easy"), "YAML"),
        (PlanFile("plan.txt", b"\n 15min easy, 10min @ 4:00 \n"), "a coach's text"),
        (PlanFile("plan.txt", STEPS), "intervals.icu text"),
        (PlanFile("plan.txt", STEPS.splitlines()[0]), "intervals.icu text"),
        (PlanFile("plan.yaml", STEPS), "YAML"),
        (PlanFile("plan.yaml", XML), "a TCX workout"),
        (PlanFile("plan.xml", b"<workout_file/>"), "a Zwift workout"),
        (PlanFile("plan.txt", XML.decode().encode("utf-16")), "a TCX workout"),
        (PlanFile("plan.txt", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"), "a FIT workout"),
    ],
)
def test_a_file_is_told_by_its_content_before_its_name(file, name):
    """Only text files have more than one dialect."""
    assert dialect_of(file) is ROWS[name]


def test_endings_are_those_of_the_rows():
    """The usual ones first; what is written has the first of its row."""
    assert ENDINGS == (".yaml", ".yml", ".txt", ".fit", ".tcx", ".zwo")
    assert list(WRITTEN) == [".fit", ".txt", ".yaml"]


@pytest.mark.parametrize("ending", WRITTEN)
def test_what_a_writer_writes_the_reader_of_its_row_reads(tmp_path, ending):
    """The same blocks, by the ending and by the content."""
    plan = parse_plan("version: 1\nname: A\nblocks:\n  - 10min @ 4:00\n  - 5min @ 3:50\n", "x")
    path = tmp_path / f"plan{ending}"
    path.write_bytes(WRITTEN[ending].load_writer()(plan, drop=False).content)
    assert dialect_of(PlanFile(path.name, path.read_bytes())) is WRITTEN[ending]
    assert [b.duration_s for b in read_plan(path).blocks] == [600.0, 300.0]
    assert ending == ".fit" or same_blocks(read_plan(path).blocks, plan.blocks)


def test_a_file_of_one_line_is_the_plan_of_that_line(tmp_path):
    """As if it had been given on the command line."""
    path = tmp_path / "plan.txt"
    path.write_text("15min easy, 10min @ 4:00\n", encoding="utf-8")
    assert read_plan(path).blocks == parse_line("15min easy, 10min @ 4:00").blocks
