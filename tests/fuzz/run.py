"""
``make fuzz``: mutants of the samples and of real recordings, seeded.

Each mutant must be reviewed or refused by a typed error, within 5 s, and no
worker may die or pass 400 MB. ``python -m tests.fuzz.run 20000`` is the long
run; CI runs 2,000.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer import read_plan, review_activity
from analyzer.errors import ProgcheckError
from analyzer.parsers.read import read_bytes
from tests.places import PLAN, REAL, SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 300_000
"""Larger files take longer and find nothing more [bytes]."""

SLOW_S, LARGE_MB = 5.0, 400.0
CHUNK = 100


@dataclass
class Tally:
    """What became of some mutants."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    peak_mb: float = 0.0

    def add(self, other: Tally) -> None:
        """Add another tally."""
        self.outcomes += other.outcomes
        self.faults += other.faults
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        self.peak_mb = max(self.peak_mb, other.peak_mb)


def sources() -> list[Path]:
    """Return the good files, small ones first to be found again by their number."""
    real = sorted(REAL.rglob("*")) if REAL.is_dir() else []
    files = [p for p in (*sorted(SAMPLES.iterdir()), *real) if p.suffix in (".fit", ".gpx", ".tcx")]
    return [p for p in files if 200 < p.stat().st_size < LARGEST]


def mutant(content: bytes, rng: random.Random) -> bytes:
    """Damage a file as disks, cables and people do."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data))
        kind = rng.randrange(8)
        if kind < 3:
            data[at] = rng.randrange(256)
        elif kind == 3:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 4:
            del data[at : at + rng.randint(1, 200)]
        elif kind == 5:
            data[at:at] = data[at : at + rng.randint(1, 200)]
        elif kind == 6:
            length = rng.randint(1, 600)
            data[at : at + length] = bytes([rng.choice((0, 255))]) * length
        else:
            data[at] = rng.choice((0, 1, 0x40, 0x60, 0x7F, 0x80, 0xFF))
        if len(data) < 2:
            return bytes(data)
    if rng.random() < 0.1:
        return bytes(data[: rng.randrange(len(data))])
    return bytes(data)


def work(job: tuple[int, int]) -> Tally:
    """Review the mutants of some seeds."""
    files = sources()
    plan = read_plan(PLAN)
    tally = Tally()
    for seed in range(*job):
        rng = random.Random(seed)
        path = files[seed % len(files)]
        content = mutant(path.read_bytes(), rng)
        started = time.perf_counter()
        try:
            review_activity(read_bytes(content, path.name), plan)
            outcome = "reviewed"
        except ProgcheckError as error:
            outcome = type(error).__name__
            if "\n" in str(error) or len(str(error)) > 300:
                tally.faults.append(f"seed {seed}, {path.name}: a message of more than a line")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            outcome = "untyped"
            tally.faults.append(f"seed {seed}, {path.name}: {type(error).__name__}: {error}"[:200])
        took = time.perf_counter() - started
        tally.outcomes[outcome] += 1
        tally.slowest_s = max(tally.slowest_s, took)
        if took > SLOW_S:
            tally.faults.append(f"seed {seed}, {path.name}: {took:.1f} s")
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if tally.peak_mb > LARGE_MB:
        tally.faults.append(f"seeds {job}: {tally.peak_mb:.0f} MB")
    return tally


def main(arguments: list[str]) -> int:
    """Run so many mutants and say what became of them."""
    count = int(arguments[0]) if arguments else 20_000
    jobs = [(a, min(a + CHUNK, count)) for a in range(0, count, CHUNK)]
    total = Tally()
    with ProcessPoolExecutor(2) as pool:
        for tally in pool.map(work, jobs):
            total.add(tally)
    shares = ", ".join(f"{n} {name}" for name, n in total.outcomes.most_common())
    sys.stdout.write(
        f"{count} mutants of {len(sources())} files: {shares}; {len(total.faults)} faults; "
        f"slowest {total.slowest_s:.2f} s, most memory {total.peak_mb:.0f} MB\n"
    )
    for fault in total.faults[:40]:
        sys.stdout.write(f"  {fault}\n")
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
