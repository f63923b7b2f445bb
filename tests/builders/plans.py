"""The plans the tests run: in numbers for the simulator, and as the text a coach writes."""

from __future__ import annotations

from tests.builders.simulate import PlannedBlock


def _timed(*blocks: tuple[float, float]) -> tuple[PlannedBlock, ...]:
    return tuple(PlannedBlock(pace, seconds=seconds) for seconds, pace in blocks)


EXAMPLE = _timed((900, 300), (600, 240), (600, 230), (600, 220), (600, 210))
THIRDS = _timed((1200, 320), (1200, 300), (1200, 280))
FINE = _timed((600, 300), *((300, 270 - 5 * i) for i in range(6)))
MARATHON = _timed((900, 330), (900, 285), (900, 278), (900, 271))
KILOMETRES = (
    PlannedBlock(330, seconds=600),
    PlannedBlock(270, metres=2000),
    PlannedBlock(260, metres=2000),
    PlannedBlock(250, metres=2000),
)

MILES = (
    PlannedBlock(330, seconds=600),
    PlannedBlock(450 / 1.609344, metres=1609.344),
    PlannedBlock(435 / 1.609344, metres=1609.344),
    PlannedBlock(420 / 1.609344, metres=1609.344),
)
"""7:30, 7:15 and 7:00 a mile."""

EXAMPLE_YAML = """\
version: 1
name: Tuesday progression
notes: relax the shoulders
blocks:
  - 15min easy @ 5:00
  - 4x10min @ 4:00, 3:50, 3:40, 3:30 /km
"""

KILOMETRES_YAML = """\
version: 1
name: Two-kilometre steps
blocks:
  - 10min easy @ 5:30
  - 3x2km @ 4:30, 4:20, 4:10 /km
"""

ATHLETES_YAML = """\
athletes:
  anna:
    paces:                                  # from the day they hold; older ones stay for older runs
      - {from: 2026-01-05, easy: 4:50-5:15, threshold: 3:40}
      - {from: 2026-06-01, threshold: 3:35}
    max_heart_rate: 188
  ben:
    results:                                # paces of other races by Riegel's law: an estimate
      - {date: 2026-02-22, distance: half, time: 1:35:00}
    paces: {easy: 5:40-6:10}
"""

SQUAD_YAML = """\
version: 1
name: Squad progression
athlete: anna                               # or progcheck --athlete ben
blocks:
  - 15min easy
  - 4x10min @ threshold + 20s, threshold + 10s, threshold, threshold - 10s
"""

LONGER_YAML = """\
version: 1
name: Long progression
blocks:
  - 20min easy @ 5:00
  - 4x15min @ 4:10, 4:00, 3:50, 3:40 /km
"""

INTERVALS_TXT = """\
Tuesday progression

Warmup
- 15m 5:00/km Pace

Main set
- 10m 4:00/km Pace
- 10m 3:50/km Pace
- 10m 3:40/km Pace
- 10m 3:30/km Pace
"""

ONE_LINE = {
    "example": "15min easy @ 5:00, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km",
    "thirds": "3x20min @ 5:20, 5:00, 4:40 /km",
    "fine": "10min easy @ 5:00, 6x5min @ 4:30, 4:25, 4:20, 4:15, 4:10, 4:05 /km",
    "marathon": "15min easy @ 5:30, 3x15min @ 4:45, 4:38, 4:31 /km",
    "kilometres": "10min easy @ 5:30, 3x2km @ 4:30, 4:20, 4:10 /km",
    "miles": "10min easy @ 5:30/km, 3x1mi @ 7:30, 7:15, 7:00 /mi",
}
"""What a coach types for each of them."""

IN_NUMBERS = {
    "example": EXAMPLE,
    "thirds": THIRDS,
    "fine": FINE,
    "marathon": MARATHON,
    "kilometres": KILOMETRES,
    "miles": MILES,
}
"""The same plans for the simulator; a test holds the two together."""


def typed(plan: tuple[PlannedBlock, ...]) -> str:
    """Return one of the plans as a coach types it."""
    return next(ONE_LINE[name] for name, numbers in IN_NUMBERS.items() if numbers is plan)
