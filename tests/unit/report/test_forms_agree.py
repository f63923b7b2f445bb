"""Every form of every review: the same score, verdicts and clear findings, by one schema."""

import csv
import io
import json
import re
from itertools import pairwise

import jsonschema
import pytest

from analyzer.report.findings import flag_title
from analyzer.report.headline import headline
from analyzer.report.json_result import schema_text
from analyzer.report.markdown import escaped
from analyzer.report.view import WORDS, block_row, ordered_flags
from analyzer.units import round_half_up
from tests.builders.many import NAMES, reviewed, written


def closed(schema):
    """Return a schema that allows no key it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema["properties"]:
        made["additionalProperties"] = False
    return made


VALIDATOR = jsonschema.Draft202012Validator(closed(json.loads(schema_text())))


@pytest.mark.parametrize("name", NAMES)
def test_every_form_says_the_same(name):
    """Score, sentence, verdicts and clear findings are one in all forms, and the JSON is valid."""
    review = reviewed(name)
    forms = written(review)
    check_schema(forms)
    check_score(review, forms)
    check_sentence(review, forms)
    check_verdicts(review, forms)
    check_findings(review, forms)


def clear(review):
    """Return the clear findings."""
    return [f for f in review.flags if f.certainty == "clear"]


def check_schema(forms):
    """Hold the JSON to the schema, closed: for programs it is open, as more keys may come."""
    told = json.loads(forms["json"], parse_constant=lambda c: pytest.fail(f"not strict: {c}"))
    VALIDATOR.validate(told)


def test_the_schema_requires_every_key_it_describes():
    """Only the places of warnings may be absent, and the tolerance of a block without pace."""
    optional = set()

    def walk(part):
        if isinstance(part, dict):
            if isinstance(part.get("properties"), dict):
                optional.update(set(part["properties"]) - set(part.get("required", ())))
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(json.loads(schema_text()))
    assert optional == {"byte", "line", "kept", "dropped"}


def check_score(review, forms):
    """Find the score in every form, or that there is none."""
    table = list(csv.DictReader(io.StringIO(forms["csv"])))
    overall = json.loads(forms["json"])["score"]["overall"]
    drawn = " ".join(re.findall(r">([^<>]+)</text>", forms["svg"]))
    if review.score.overall is None:
        assert overall is None
        assert {row["overall_score"] for row in table} == {"NA"}
        for form in ("terminal", "page", "markdown"):
            assert "not scored" in forms[form].lower()
        assert "no score" in forms["message"]
        return
    shown = int(round_half_up(review.score.overall))
    assert overall == shown
    assert {(row["overall_score"], row["score_word"]) for row in table} == {
        (str(shown), review.score.word)
    }
    page = re.sub(r"</?(?:b|span)>", "", forms["page"])
    for text in (forms["terminal"], forms["markdown"], page, forms["message"]):
        assert f"{shown} of 100" in text
        assert review.score.word in text
    assert f"{shown} of 100, {review.score.word}" in drawn


def check_sentence(review, forms):
    """Find the sentence in every form but the message, which is told to the runner."""
    sentence = headline(review)[0]
    drawn = " ".join(re.findall(r">([^<>]+)</text>", forms["svg"])).replace("\u00a0", " ")
    assert sentence in " ".join(forms["terminal"].split())
    assert escaped(sentence) in forms["markdown"]
    assert f">{sentence}<" in forms["page"].replace("&#x27;", "'")
    for before, after in pairwise(sentence.split()):
        assert f"{before} {after}" in drawn or before in drawn


def check_verdicts(review, forms):
    """Find the verdict of every block; a picture folds long tables."""
    table = list(csv.DictReader(io.StringIO(forms["csv"])))
    told = json.loads(forms["json"])["blocks"]
    for block, row, entry in zip(review.blocks, table, told, strict=True):
        shown = block_row(block, review.plan.units).verdict
        assert entry["verdict"] == row["verdict"] == block.verdict
        assert shown == WORDS[block.verdict] or block.status != "run"
        for form in ("terminal", "page", "markdown"):
            assert shown in forms[form]
    ends = [f.block for f in clear(review) if f.code in ("BLOW_UP", "TRUNCATED")]
    before = [b for b in review.blocks if b.index < min(ends, default=len(review.blocks) + 1)]
    for verdict in ("too_fast", "too_slow"):
        if any(b.verdict == verdict for b in before) and review.score.overall is not None:
            assert WORDS[verdict] in forms["message"].lower()


def check_findings(review, forms):
    """Find the clear findings; how sentence and message tell them `test_one_story` looks at."""
    table = list(csv.DictReader(io.StringIO(forms["csv"])))
    flags = json.loads(forms["json"])["flags"]
    told = [(f["code"], f["block"]) for f in flags if f["certainty"] == "clear"]
    assert told == [(f.code, f.block) for f in clear(review)]
    listed = {
        (code, int(row["index"]))
        for row in table
        for code in row["clear_flags"].replace("none", "").split()
    }
    assert listed == {(c, b) for c, b in told if b is not None}
    flat = " ".join(forms["terminal"].split())
    for flag in (f for f in ordered_flags(review) if f.certainty == "clear"):
        assert flag_title(flag) in flat
        assert flag_title(flag) in forms["markdown"]
        assert f"{flag_title(flag)}</h3>" in forms["page"]
