"""The tables of findings are whole."""

from analyzer.model.findings import FLAG_CODES, IMPATIENT, MOST_TELLING, PAYING, UNFINISHED
from analyzer.report.findings import finding_of
from analyzer.report.story.relations import FIRST_IN_A_BLOCK, FIRST_TO_MEND


def test_every_order_has_every_code_once():
    """Stops are told apart from what happened in a block."""
    assert sorted(MOST_TELLING) == sorted(FLAG_CODES)
    assert sorted(FIRST_TO_MEND) == sorted(FLAG_CODES)
    assert sorted((*FIRST_IN_A_BLOCK, "STOPPED")) == sorted(FLAG_CODES)


def test_no_finding_is_of_two_sorts():
    """A fault of impatience is not one that pays for it."""
    assert not set(IMPATIENT) & set(PAYING)
    assert not set(UNFINISHED) & {*IMPATIENT, *PAYING}


def test_every_code_has_its_words():
    """Title, sign and how it is told."""
    for code in FLAG_CODES:
        finding = finding_of(code)
        assert finding.title
        assert finding.sign
        assert finding.telling.brief
