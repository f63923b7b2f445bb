"""
``make bench``, fourth part: the largest text costs at most about twice the time of its half.

CPU time in turn, the best of several rounds, for every kind of text and file there is; a
ratio that is too large is measured again before it counts. What grows with the square would
show 4; the program then ends with 1. A quarter of a megabyte that costs less than 20 ms is
left out. ``--short`` is what CI runs: it prints and always ends with 0, since a busy machine
can move any ratio of times. What holds CI to account is the same texts with calls counted
instead (``tests/property/test_growth.py``).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.bench.aligning import cpu_ms
from tests.builders.large_inputs import large_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, SHORT_ROUNDS = 5, 2
AGAIN = 5
"""How often the rounds are repeated before a ratio is called too large."""

LEAST_MS = 20.0
MOST = 3.2
"""Between twice and the square of it."""

EXCEPT = ("plan: directives.yaml",)
"""PyYAML compares each %TAG with those before it: a third of a second for the largest file."""


def best_ms(
    whole: Callable[[], object], half: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """CPU milliseconds of both, each the best of its rounds; of more rounds if they look bad."""
    whole_ms, half_ms = float("inf"), float("inf")
    for _ in range(AGAIN):
        for _ in range(rounds):
            whole_ms, half_ms = min(whole_ms, cpu_ms(whole)), min(half_ms, cpu_ms(half))
        if whole_ms < MOST * half_ms:
            break
    return whole_ms, half_ms


def main(arguments: list[str]) -> int:
    """Print the ratios; 1 if one is too large and the run is not the short one."""
    short = "--short" in arguments
    whole, half = large_inputs(1.0), large_inputs(0.5)
    rows = ["", "| text | whole, CPU ms | whole / half |", "|---|--:|--:|"]
    too_large = []
    for name, read in whole.items():
        if cpu_ms(read) < LEAST_MS:
            continue
        whole_ms, half_ms = best_ms(read, half[name], SHORT_ROUNDS if short else ROUNDS)
        rows.append(f"| {name} | {whole_ms:.0f} | {whole_ms / half_ms:.1f} |")
        if name not in EXCEPT and whole_ms >= MOST * half_ms:
            too_large.append(name)
    if too_large:
        rows.append(f"\nToo large: {', '.join(too_large)}.")
    sys.stdout.write("\n".join(rows) + "\n")
    return 1 if too_large and not short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
