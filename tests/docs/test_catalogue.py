"""The catalogues are what the source says, whole in every language, and compiled."""

import ast
import string
from collections import Counter

import pytest

from analyzer.report.language import LANGUAGES
from tests.docs.catalogue import (
    KEYWORDS,
    LOCALE,
    SOURCE,
    TEMPLATE,
    TRANSLATED,
    catalogue_of,
    extracted,
    kept,
    mo_bytes,
    po_text,
    renewed,
)

EITHER = {"blocks", "where"}
"""Facts of which a translation takes the one its grammar needs."""

TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in SOURCE.rglob("*.py")
}


def calls(tree):
    """Find what marks a message, each call with its name."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in KEYWORDS
        ):
            yield node.func.id, node


def places(text):
    """Facts that a message has a place for."""
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def words_of(language):
    """Every message of a language with its words, one pair for each form."""
    for message in kept(language):
        if isinstance(message.id, tuple):
            forms = message.string if isinstance(message.string, tuple) else ("", "")
            yield from zip(message.id, forms, strict=True)
        elif message.id:
            yield message.id, message.string


def test_the_template_is_what_the_source_says():
    """``make docs`` renews it."""
    assert TEMPLATE.read_text(encoding="utf-8") == po_text(extracted()), "run 'make docs'"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_the_messages_of_the_source_and_no_others(language):
    """``make docs`` takes new ones over, and lets old ones go."""
    text = catalogue_of(language).read_text(encoding="utf-8")
    assert text == po_text(renewed(language)), "run 'make docs'"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_missing_or_guessed(language):
    """Every form of every one has words."""
    assert [m.id for m in kept(language) if m.id and m.fuzzy] == []
    assert [message for message, words in words_of(language) if not words.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_fact_of_a_message_is_told_in_every_language(language):
    """None is lost and none invented; of a block's two names each language takes its own."""
    for message, words in words_of(language):
        asked, given = places(message), places(words)
        for name in EITHER:
            asked["block"] += asked.pop(name, 0)
            given["block"] += given.pop(name, 0)
        assert +asked == +given, f"{message!r}: {words!r}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_read_at_run_time_is_what_the_catalogue_says(language):
    """The compiled file is that of the text beside it."""
    compiled = catalogue_of(language).with_suffix(".mo").read_bytes()
    assert compiled == mo_bytes(renewed(language)), "run 'make docs'"


def test_the_languages_that_can_be_asked_for_are_those_with_a_catalogue():
    """And English, which needs none."""
    folders = {path.name for path in LOCALE.iterdir() if path.is_dir()}
    assert set(LANGUAGES) == folders | {"en"}


@pytest.mark.parametrize("name", TREES)
def test_no_message_hides_where_it_would_not_be_extracted(name):
    """Neither inside an f-string, nor made of one, nor from a variable that no table notes."""
    strings = [n for n in ast.walk(TREES[name]) if isinstance(n, ast.JoinedStr)]
    assert [ast.unparse(call) for text in strings for _, call in calls(text)] == []
    for function, call in calls(TREES[name]):
        texts = call.args[:2] if function == "say_n" else call.args
        table = (
            ast.Name | ast.Attribute | ast.Subscript | ast.IfExp
            if function in ("say", "say_n")
            else ast.Constant
        )
        assert all(isinstance(t, ast.Constant | table) for t in texts), ast.unparse(call)
