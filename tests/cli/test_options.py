"""Options travel in records, and stand in every command alike."""

from typing import NamedTuple

import click
import pytest

from analyzer.cli.compare import compare
from analyzer.cli.options import gathered, refuse
from analyzer.cli.review import review


class Words(NamedTuple):
    """Two options; the second one is not offered by every command."""

    text: str | None
    size: int = 3


def test_a_command_gets_its_options_in_records():
    """What no record takes comes as it is; an option that is not offered keeps its default."""

    @gathered(words=Words)
    def command(**values):
        return values

    assert command(text="a", other=1) == {"words": Words("a", 3), "other": 1}
    assert command(text="a", size=5)["words"].size == 5


def test_the_first_check_that_holds_is_the_one_that_is_said():
    """None holds: nothing happens."""
    refuse([(False, "a"), (None, "b")])
    with pytest.raises(click.UsageError, match=r"^b$"):
        refuse([(False, "a"), ("yes", "b"), (True, "c")])


def test_options_of_the_same_name_are_the_same_in_review_and_comparison():
    """But for plan, athlete and JSON, whose words depend on how many runs there are."""
    options = [
        {p.name: p for p in command.params if isinstance(p, click.Option)}
        for command in (review, compare)
    ]
    shared = (options[0].keys() & options[1].keys()) - {"plan", "as_json"}
    assert {"athletes", "outputs", "units", "lang", "quiet", "start", "match", "gap"} | {
        "anonymous"
    } <= shared
    for name in shared:
        first, second = (option[name] for option in options)
        assert (first.help, first.opts, first.default) == (second.help, second.opts, second.default)
