"""The tables of findings are whole."""

import json

from analyzer.model.findings import FLAG_CODES, IMPATIENT, MOST_TELLING, PAYING, UNFINISHED
from analyzer.report.findings import finding_of
from analyzer.report.json_result import schema_text
from analyzer.report.story.relations import FIRST_IN_A_BLOCK, FIRST_TO_MEND
from tests.builders.reviews import RECORDS
from tests.builders.telling import IN_GERMAN, IN_THE_MESSAGE, IN_THE_SENTENCE
from tests.places import ROOT


def test_every_order_has_every_code_once():
    """Stops are told apart from what happened in a block."""
    assert sorted(MOST_TELLING) == sorted(FLAG_CODES)
    assert sorted(FIRST_TO_MEND) == sorted(FLAG_CODES)
    assert sorted((*FIRST_IN_A_BLOCK, "STOPPED")) == sorted(FLAG_CODES)


def test_no_finding_is_of_two_sorts():
    """A fault of impatience is not one that pays for it."""
    assert not set(IMPATIENT) & set(PAYING)
    assert not set(UNFINISHED) & {*IMPATIENT, *PAYING}


def test_nothing_that_goes_with_a_code_is_forgotten():
    """A record for tests, how each form tells it, the schema, and its limits in the documents."""
    told_as = {"EARLY" if code == "GREEDY" else code for code in FLAG_CODES}
    assert set(RECORDS) == set(FLAG_CODES)
    for patterns in (IN_THE_SENTENCE, IN_THE_MESSAGE, IN_GERMAN):
        assert set(patterns) == told_as
    schema = json.loads(schema_text())
    assert sorted(schema["properties"]["flags"]["items"]["properties"]["code"]["enum"]) == sorted(
        FLAG_CODES
    )
    for page in ("docs/methods/scoring.md", "docs/glossary.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert [code for code in FLAG_CODES if code not in text] == [], page


def test_every_code_has_its_words():
    """Title, sign and how it is told."""
    for code in FLAG_CODES:
        finding = finding_of(code)
        assert finding.title
        assert finding.sign
        assert finding.telling.brief
