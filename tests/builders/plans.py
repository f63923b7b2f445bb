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
