"""
Every kind of text and file that is read, in any size: who reads what, to ask how work grows.

A test counts calls at a thirty-second of the largest size; ``make bench`` compares times
at the largest.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer import read_plan
from analyzer.errors import PlanError
from analyzer.plans.athletes import MAX_ATHLETES, parse_squad
from analyzer.plans.folded import folded
from analyzer.plans.intervals_text import looks_like_intervals, parse_intervals
from analyzer.plans.line import parse_line
from tests.builders.hostile_plans import LARGEST, Size, hostile_plans

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[], str]
    """Read an input; give the error it ends in, or nothing."""

DAYS = [dt.date(2020, 1, 1) + dt.timedelta(days=i) for i in range(64)]
NAMES_A_DAY = 145
"""So that all days together stay under the 20,000 values of a file."""
LONG = 250_000
"""Characters of the longest texts, a little under what is read."""


def refused(read: Callable[[], object]) -> str:
    """Read something; return the error, if it is a plan error."""
    try:
        read()
    except PlanError as error:
        return str(error)
    return ""


def plan_files(share: float) -> dict[str, Work]:
    """Return the hostile plans, each read from a file."""

    def read(name: str, content: bytes) -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return refused(partial(read_plan, path))

    return {
        f"plan: {name}": partial(read, name, content)
        for name, content in hostile_plans(Size(share)).items()
    }


def on_many_days(days: int, entry: Callable[[int], str]) -> str:
    """Write one athlete with an entry for each of the first days."""
    lines = [f"      - {{from: {on}, {entry(i)}}}\n" for i, on in enumerate(DAYS[:days])]
    return "athletes:\n  a:\n    paces:\n" + "".join(lines)


def of_many(count: int, entry: str) -> str:
    """Write athletes with an entry each."""
    return "athletes:\n" + "".join(f"  a{i}: {{{entry}}}\n" for i in range(count))


def of_one_race(distance: str, time_text: str) -> str:
    """Write one athlete with one result."""
    return f"athletes: {{a: {{results: [{{distance: '{distance}', time: '{time_text}'}}]}}}}"


def of_one_pace(text: str) -> str:
    """Write one athlete with one pace."""
    return f"athletes:\n  a: {{paces: {{x: '{text}'}}}}\n"


def numbered(count: int, text: str) -> str:
    """Write a text so many times, # standing for the number."""
    return ", ".join(text.replace("#", str(i)) for i in range(count))


def squads(share: float) -> dict[str, Work]:
    """Return files of athletes."""
    days, long, names = round(len(DAYS) * share), round(LONG * share), NAMES_A_DAY
    chain = ", ".join(f"n{j}: n{j + 1}" for j in range(names)) + f", n{names}: 4:00"
    texts = {
        "other names every day": on_many_days(days, lambda i: numbered(names, f"n{i}x#: 4:00")),
        "a chain of names every day": on_many_days(days, lambda _: chain),
        "paces that are none": of_many(days, f"paces: {{{numbered(names, 'n#: zzn#q')}}}"),
        "relative to none": of_many(days, f"paces: {{{numbered(names, 'n#: zn# + 5s')}}}"),
        "unknown keys": of_many(days, numbered(names, "pacs#: x")),
        "a long pace": of_many(
            1, f"paces: {{{numbered(names, 'p#: 5:00')}, x: {'n1 ' * (long // 3)}}}"
        ),
        "blanks in a pace": of_one_pace("a" + " " * long + "b"),
        "signs in a pace": of_one_pace("- " * (long // 2)),
        "digits in a pace": of_one_pace("1" * long + "%"),
        "blanks in a time": of_one_race("5km", "1" + " " * long),
        "digits in a distance": of_one_race("1" * long, "1h"),
        "a long name": f"athletes:\n  {'a ' * round(400 * share)}: {{paces: {{easy: 5:00}}}}\n",
        "many athletes": of_many(round(MAX_ATHLETES * share), "paces: {easy: 5:00}"),
    }  # fmt: skip
    return {
        f"athletes: {name}": partial(refused, partial(parse_squad, text, "a.yaml"))
        for name, text in texts.items()
    }


def lines(share: float) -> dict[str, Work]:
    """Return plans in one line."""
    long = round(LONG * share)
    texts = {
        "blanks": "10min @ a" + " " * long + "b",
        "blanks behind a pace": "10min @ 4:00" + " " * long + "x",
        "commas": "," * long,
        "paces": "10min @ " + "4:00, " * (long // 6),
        "signs": "10min @ " + "- " * (long // 2),
        "length": "1" + " " * long + "min",
        "words": "10min " + "easy " * (long // 5),
        "digits": "1h" + "1" * long,
        "free steps": "10' easy + " * (long // 11),
        "free repeats": "10min easy, " + "2x(" * (long // 3),
        "free comments": "10min easy" + " (a)" * (long // 4),
        "free words": "10min easy @ 5:00 " + "then last with " * (long // 15),
        "free chains": "10min easy, " + "100-200-" * (long // 8),
        "free places": "until km 5 4:30, " * (long // 17),
        "free weak words": "10min easy @ 5:00 " + "at from " * (long // 8),
        "free recoveries": "3x10min @ 4:00, rec 2' " * (long // 23),
        "free prose": "20 min easy then 10 min at 4:30. " * (long // 33),
        "free brackets": "10min Z2 (" * (long // 10),
        "free numbers": "10min easy, " + "1" * long,
    }
    return {
        f"line: {name}": partial(refused, partial(parse_line, text)) for name, text in texts.items()
    }


PIECES = (
    "1 ", "- x\n", "10m 80% x" + "a" * 42 + "\n", "4x\n", "- 10m 4:60/km" + " a" * 20 + "\n",
    "- 10m 4:00/km Pace\n", "easy ", "4:00 - ", "press lap ",
)  # fmt: skip
"""What texts of intervals.icu are made of here."""


def interval_texts(share: float) -> dict[str, Work]:
    """Return texts as large as files may be, and of as many words or lines as are read."""
    made: dict[str, Work] = {}
    for piece in PIECES:
        largest = LARGEST // len(piece)
        most = min(largest, 19_990 // len(piece.split()))
        most = min(most, 4_990) if piece.endswith("\n") else most
        for name, start, count in (
            ("largest", "", largest), ("most", "", most), ("behind a step", "- 10m ", most),
        ):  # fmt: skip
            text = start + piece * round(share * count)
            made[f"intervals: {piece.strip()[:20]}, {name}"] = partial(read_intervals, text)
    return made


def read_intervals(text: str) -> str:
    """Ask what a text is and read it."""
    looks_like_intervals(text)
    return refused(lambda: parse_intervals(text, "plan.txt"))


def blocks_to_fold(share: float) -> dict[str, Work]:
    """Return rows of blocks that repeat in one way or another."""
    count = round(1000 * share)

    def fold(items: list[int]) -> str:
        folded(items)
        return ""

    rows = {
        "one": [1] * count,
        "two": [1, 2] * (count // 2),
        "forty-nine": (list(range(49)) * 21)[:count],
        "none": list(range(count)),
    }
    return {f"folded: {name}": partial(fold, row) for name, row in rows.items()}


KINDS = (plan_files, squads, lines, interval_texts, blocks_to_fold)


def large_inputs(share: float) -> dict[str, Work]:
    """Return all of them by name, at a share of the largest size."""
    return {name: work for kind in KINDS for name, work in kind(share).items()}
