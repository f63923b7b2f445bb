"""A plan as far as its text tells, from whatever dialect: before numbers, roles and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.plan import Aim, Doubt, Match, Race, Role
    from analyzer.plans.paces import Pace
    from analyzer.units import Unit

MAX_BLOCKS = 1000
"""Most blocks of a plan, repeats unrolled."""

MAX_NAME = 1000
"""Longest name or note that is read [characters]; reports show 120."""

ToleranceUnit = Literal["s", "s/km", "s/mi", "%"]
"""Seconds per unit of the plan, per km, per mile; percent of speed."""


class Length(NamedTuple):
    """How long a block is: time, distance, or open (neither)."""

    duration_s: float | None = None
    distance_m: float | None = None


class Draft(Struct, frozen=True):
    """A block before it has a number: as far as its own line tells."""

    length: Length
    pace: Pace
    name: str = ""


class DraftTolerance(Struct, frozen=True):
    """A tolerance as written: each side in seconds per unit or in percent of speed."""

    fast: float
    slow: float
    fast_unit: ToleranceUnit
    slow_unit: ToleranceUnit


class DraftBlock(Struct, frozen=True):
    """A block before numbers and defaults."""

    draft: Draft
    role: Role | None = None
    tolerance: DraftTolerance | None = None
    notes: str = ""
    is_rest: bool = False
    aim: Aim | None = None


class DraftPlan(Struct, frozen=True):
    """A plan before numbers and defaults."""

    name: str
    units: Unit
    blocks: tuple[DraftBlock, ...]
    tolerance: DraftTolerance | None
    match: Match
    start_s: float | None
    athlete: str | None
    notes: str
    paces_from: str = ""
    race: Race | None = None
    doubts: tuple[Doubt, ...] = ()
