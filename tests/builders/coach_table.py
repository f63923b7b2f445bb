"""The table of coaches' texts, read line by line."""

import re
from typing import Any, NamedTuple

from tests.places import ROOT

MILE_M = 1609.344
ROLES = {"easy": "easy", "rest": "rest", "cool": "cooldown"}
SIZES = {"min": 60.0, "s": 1.0, "km": 1000.0, "m": 1.0, "mi": MILE_M}


class Row(NamedTuple):
    """A text, its blocks (none: it is asked about), what is asked, and the doubts."""

    text: str
    blocks: list[Any]
    asked: str | None
    doubts: set[str]


def rows():
    """Return all rows of the table."""
    found = []
    lines = (ROOT / "tests/cases/coach_texts.txt").read_text("utf-8").split("\n\n", 1)[1]
    for line in lines.splitlines():
        if not line or line.startswith("# "):
            continue
        said = line.strip()
        if not line.startswith("    "):
            found.append(Row(line.replace("\\n", "\n"), [], None, set()))
        elif said[0] == "?":
            found[-1] = found[-1]._replace(asked=said[1:].strip())
        elif said[0] == "!":
            found[-1] = found[-1]._replace(doubts=set(said[1:].split()))
        else:
            found[-1] = found[-1]._replace(blocks=_blocks(said))
    return found


def _blocks(said):
    """Return (seconds, metres, paces in s/km, role) of each block."""
    said = re.sub(r"(\d+) x \((.*?)\)", lambda m: " | ".join([m[2]] * int(m[1])), said)
    found = []
    for part in said.split(" | "):
        count, _, one = part.partition(" x ") if " x " in part else ("1", "", part)
        length, *words = one.split()
        role = next((ROLES[w] for w in words if w in ROLES), None)
        paces = next((_paces(w) for w in words if w not in ROLES), None)
        found += [(*_length(length), paces, role)] * int(count)
    return found


def _length(text):
    """Return seconds and metres, one of them None; both where it is open."""
    hours = re.fullmatch(r"(\d+)h(\d*)", text)
    if hours:
        return 3600.0 * int(hours[1]) + 60.0 * int(hours[2] or 0), None
    if text == "open":
        return None, None
    number, unit = re.findall(r"([\d.]+)(\D+)", text)[0]
    size = float(number) * SIZES[unit]
    return (size, None) if unit in ("min", "s") else (None, size)


def _paces(text):
    """Return one pace, or both ends of a ramp or range with its mark."""
    per = MILE_M / 1000 if text.endswith("/mi") else 1.0
    numbers = [60 * int(m) + float(s) for m, s in re.findall(r"(\d+):(\d\d(?:\.\d+)?)", text)]
    mark = ">" if ">" in text else ".." if ".." in text else ""
    return (mark, *(round(n / per, 1) for n in numbers))
