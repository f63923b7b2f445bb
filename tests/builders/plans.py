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
}
