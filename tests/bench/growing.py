"""
``make bench``, fourth part: the largest text costs at most about twice the time of its half.

CPU time in turn, the best of several rounds, for every kind of text and file there is.
What grows with the square would show 4; the program then ends with 1. A quarter of a
megabyte that costs less than 20 ms is left out. ``--short`` is what CI runs.
"""

from __future__ import annotations

import sys

from tests.bench.aligning import cpu_ms
from tests.builders.large_inputs import large_inputs

ROUNDS, SHORT_ROUNDS = 5, 2
LEAST_MS = 20.0
MOST = 3.2
"""Between twice and the square of it."""

EXCEPT = ("plan: directives.yaml",)
"""PyYAML compares each %TAG with those before it: a third of a second for the largest file."""


def main(arguments: list[str]) -> int:
    """Print the ratios; 1 if one is too large."""
    rounds = SHORT_ROUNDS if "--short" in arguments else ROUNDS
    whole, half = large_inputs(1.0), large_inputs(0.5)
    rows = ["", "| text | whole, CPU ms | whole / half |", "|---|--:|--:|"]
    is_good = True
    for name, read in whole.items():
        first_ms = cpu_ms(read)
        if first_ms < LEAST_MS:
            continue
        pairs = [(cpu_ms(read), cpu_ms(half[name])) for _ in range(rounds)]
        whole_ms, half_ms = (min(times) for times in zip(*pairs, strict=True))
        rows.append(f"| {name} | {whole_ms:.0f} | {whole_ms / half_ms:.1f} |")
        is_good = is_good and (name in EXCEPT or whole_ms < MOST * half_ms)
    sys.stdout.write("\n".join(rows) + "\n")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
