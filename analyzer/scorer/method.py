"""
The version of the method, the weights of the score, and the numbers that several rules share.

A rule's own limits stand in its file, beside what they decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from analyzer.model.review import Word

METHOD: Final = "5"
"""Version of the method; a change that moves a score or a finding raises it."""

Z: Final = 1.645
"""Half-width of a 90 % interval [standard errors]."""

Z_CLEAR: Final = 1.8
"""
How far a clear finding about pace lies beyond its limit [SE].

A session has four or five blocks and as many steps: at 1.645 one run in ten that was held
had a clear finding by chance.
"""

Z_COARSE: Final = 2.3
"""How far beyond its limit a clear finding lies in a recording too coarse for the limit [SE]."""

NOISE_PCT_S: Final = ((3.5, 4.0), (1.0, 30.0))
"""Spread [%] and correlation time [s] of the two noises of a smooth watch's speed (method 5)."""

ROUGH_PCT_S: Final = ((8.2, 2.0),)
"""Spread [%] and correlation time [s] of a rough watch's noise: two watches compared on one run."""

WANDER_PCT_S: Final = ((1.5, 40.0), (0.7, 300.0))
"""Spread [%] and correlation time [s] of a pace that is held: even that wanders (method 14.6)."""

POSITION_ERROR_M: Final = 3.0
"""Error of one position under open sky [m]."""

RHO: Final = 0.8
"""Share of the scale error that all blocks of a run have in common (as a correlation)."""

WINDOW_S: Final = 30
"""Windows for the share in band and for steadiness [s]."""

MAX_STILL_S: Final = 10
"""A window with more seconds than this not moving is left out [s]."""

LEAST_CORE_S: Final = 60.0
"""A shorter core is not scored, unless it is far off [s]."""

LEAST_FAR_OFF_S: Final = 20.0
"""A core shorter than this is never scored: it is legs and watch taking up the pace [s]."""

MAX_BAD_SHARE: Final = 0.10
"""More of the core than this replaced or interpolated: the block is not judged."""

MAX_UNSEEN_SHARE: Final = 0.5
"""More of the core than this of unknown speed: what is left is not the block."""

MAX_SE_PCT: Final = 2.5
"""A block whose pace is less sure than this is not scored, unless it is far off [%]."""

LEVEL_WEIGHT: Final = 0.60
IN_BAND_WEIGHT: Final = 0.25
STEADY_WEIGHT: Final = 0.15

AT_TOLERANCE: Final = 90.0
"""Level score at exactly the tolerance."""

ZERO_AT: Final = 3.0
"""Tolerances off at which the level score reaches 0."""

SLOW_EARLY: Final = 2.0
"""Tolerances added to that on the slow side of the first block, falling to 0 in the last."""

STEADY_FREE_PCT: Final = 2.0
STEADY_ZERO_PCT: Final = 6.0
"""Wander that costs nothing, and at which the steady score reaches 0 [%]."""

ROLE_WEIGHT: Final = {"easy": 0.5, "progression": 1.0, "steady": 1.0, "rest": 0.0, "cooldown": 0.0}
"""Weight of a block's score by its role."""

BLOCKS_WEIGHT: Final = 0.75
PROGRESSION_WEIGHT: Final = 0.25

FLAT_CEILING: Final = 74.0
FLAT_SHARE: Final = 0.5
FULL_SHARE: Final = 0.7
"""A run that took half of the planned gain is worth 74 at most; one that took 0.7 all of 100."""

EARLY_POINTS: Final = 100.0
MAX_EARLY_PENALTY: Final = 30.0
"""Points off for changes made early: for a whole session at the next pace, and at the most."""

MAX_STOP_PENALTY: Final = 10.0
STANDING_PER_POINT_S: Final = 10.0

NOISE_ALLOWANCE: Final = 2.5
"""Noise costs a run 2 to 3 points, as windows and steps are clipped on one side (method 8)."""

WORDS: Final[tuple[tuple[int, Word], ...]] = (
    (90, "held"),
    (75, "mostly held"),
    (55, "loose"),
    (0, "not the planned session"),
)
"""The word for a rounded score, from each value on."""
