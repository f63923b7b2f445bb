"""Plans that nobody writes by hand: found by asking where a reader could be slow or greedy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

LARGEST = 256 * 1024
"""Largest plan that is read [bytes]."""

STEP = "blocks:\n  - 10min @ "
NAMES = "paces: {" + ", ".join(f"pace number {i}: 4:00" for i in range(200)) + "}\n"


@dataclass(frozen=True)
class Size:
    """How large the plans are, as a share of the largest that is read."""

    share: float

    def filled(self, start: str, part: str, end: str = "") -> bytes:
        """Repeat a part until the file is as large as it may be."""
        room = round(self.share * LARGEST) - len((start + end).encode())
        count = room // len(part.encode())
        return (start + part * count + end).encode()

    def many(self, start: str, line: str, count: int, end: str = "") -> bytes:
        """Return a plan of numbered lines; ``#`` stands for the number, ``^`` for the next."""
        numbers = range(round(self.share * count))
        lines = (line.replace("#", str(i)).replace("^", str(i + 1)) for i in numbers)
        return (start + "".join(lines) + end).encode()


WHOLE = Size(1.0)
CHAIN = WHOLE.many("paces:\n", "  p#: p^\n", 199)


def nested(count: int, depth: int) -> bytes:
    """Put repeats into repeats."""
    lines = ["blocks:"]
    for i in range(depth):
        lines += [f"{'  ' * (2 * i + 1)}- repeat: {count}", f"{'  ' * (2 * i + 2)}blocks:"]
    return "\n".join([*lines, f"{'  ' * (2 * depth + 1)}- 1s easy"]).encode()


@cache
def hostile_plans(size: Size = WHOLE) -> dict[str, bytes]:
    """Return name and content; the name's ending says what kind of file it is."""
    filled, many, length = size.filled, size.many, round(size.share * LARGEST)
    yaml = {
        "brackets": filled("", "["),
        "braces": filled("", "x: {"),
        "dashes": filled("", "- "),
        "colons": filled("", "a: "),
        "questions": filled("", "? "),
        "nul": bytes(length),
        "carriage returns": filled("", "a: b\r"),
        "line separators": filled("", "\u2028"),
        "anchors": filled("", "- &a b\n"),
        "directives": many("", "%TAG !#! t\n", 15_000),
        "comments": filled("", "# x\n"),
        "blank lines": filled("", "\n"),
        "long name": filled("blocks: [1min]\nname: ", "e\u0301"),
        "long key": filled("", "\u0301", ": x\n"),
        "long step": filled("blocks:\n  - ", "x"),
        "step of digits": filled("blocks:\n  - ", "1"),
        "step of colons": filled("blocks:\n  - ", "1:"),
        "step of blanks": filled('blocks:\n  - "10min', " ", 'x"\n'),
        "step of words": filled("blocks:\n  - 10min ", "a 1 ", "@ 4:00\n"),
        "step of steps": filled("blocks:\n  - ", "10min easy, "),
        "pace of digits": filled("blocks: [1min]\npaces: {a: ", "1", "}\n"),
        "pace of blanks": filled('blocks:\n  - {run: 1min, pace: "4:00', " ", 'x"}\n'),
        "pace of dashes": filled(STEP, "4:00-"),
        "pace of arrows": filled(STEP, "4:00 -> "),
        "pace of percent": filled(STEP, "95% "),
        "length of blanks": filled('blocks:\n  - {run: "1h', " ", 'x"}\n'),
        "many paces": filled(STEP, "4:00,"),
        "many slips": filled("blocks:\n  - 1000x10min @ ", "eazy,"),
        "many keys": many("", "k#: x\n", 19_000),
        "near keys": many("blocks: [1min]\n", "versoin#: x\n", 9_900),
        "double keys": many("blocks: [1min]\n", "name: x\n", 9_000),
        "near names": many(NAMES + "blocks:\n", "  - 10min pase numbr #\n", 9_000),
        "near paces": many(NAMES + "blocks:\n  - {run: 1s, pace: [", "pase numbr #, ", 9_000, "]}"),
        "wrong sides": many("blocks:\n", "  - {run: 1s, tolerance: {fast: -1s, slow: 0s}}\n", 999),
        "chain of names": CHAIN + b"  p199: 4:00\nblocks: [1min @ p0]",
        "ring of names": CHAIN + b"  p199: p0\nblocks: [1min @ p0]",
        "large repeat": filled("blocks:\n  - repeat: ", "9", "\n    blocks: [1s]\n"),
        "large count": filled("blocks:\n  - ", "9", "x1s easy\n"),
        "many counts": many("blocks:\n", "  - 1000x1s @ 4:00\n", 9_000),
        "nested repeats": nested(1000, 9),
        "nested once": nested(1, 9),
    }  # fmt: skip
    text = {
        "line of commas": filled("10min @ ", ","),
        "line of paces": filled("10min @ ", "4:00,"),
        "line of slips": filled("1000x10min @ ", "eazy,"),
        "line of steps": filled("", "10min easy, "),
        "line of blanks": filled("10min", " ", "x"),
        "line of ats": filled("10min ", "@ "),
        "steps": filled("", "- 10m 4:00/km Pace\n"),
        "steps of digits": filled("- 10m ", "1", "\n- 5m\n"),
        "steps of blanks": filled("- 10m", " ", "x\n- 5m\n"),
        "steps of dashes": filled("- 10m ", "4:00-", "\n- 5m\n"),
        "steps repeated": filled("", "999x\n- 10s 4:00/km Pace\n\n"),
        "slips of steps": filled("", "- eazy eazy\n"),
    }
    head = b"\x0e\x10\x00\x00" + (length - 16).to_bytes(4, "little") + b".FIT\0\0"
    workouts = {
        "zeros.fit": head + bytes(length - 16),
        "definitions.fit": head + b"\x40\0\0\x1b\0\1\0\2\x84" * ((length - 16) // 9),
        "deep.tcx": filled("<TrainingCenterDatabase>", "<a>"),
        "attributes.tcx": many("<TrainingCenterDatabase><a ", "b#='x' ", 20_000),
    }
    return {
        **{f"{name}.yaml": content for name, content in yaml.items()},
        **{f"{name}.txt": content for name, content in text.items()},
        **workouts,
    }
