"""A step of a coach's text while it is read, and what is unclear about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct, field

if TYPE_CHECKING:
    from analyzer.model.plan import Aim, Role
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.draft import DraftBlock, DraftTolerance, Length
    from analyzer.units import Unit

MAX_DEPTH = 5
"""Brackets in brackets."""

Shape = Literal["single", "range", "ramp", "under", "over"]


class Unclear(Exception):  # noqa: N818  (it is asked, and no fault of the reader)
    """
    What cannot be read, and what to write instead.

    ``is_asked``: the text means two things, or lacks something only the coach knows.
    """

    def __init__(self, message: str, at: Token, *, is_asked: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.is_asked = is_asked


class Quote(NamedTuple):
    """A pace as it stands in the text, in words that the exact form reads."""

    shape: Shape
    texts: tuple[str, ...]
    at: Token


class Step(Struct):
    """One length and all that is said of it."""

    at: Token
    length: Length
    unit: Unit | None
    count: int = 1
    is_rep: bool = False
    """It is one of several, or of the last ones of them."""
    role: Role | None = None
    quotes: list[Quote] = field(default_factory=list)
    unit_of_paces: Unit | None = None
    is_in_both_units: bool = False
    is_chain: bool = False
    """Three paces and more with arrows between them: one for each block."""
    aim: Aim | None = None
    notes: list[str] = field(default_factory=list)
    unread: list[Token] = field(default_factory=list)
    """What is not known."""
    effort: str = ""
    title: Token | None = None
    """The name of a pace before the length, which holds if no pace stands behind it."""
    is_warmup: str = ""
    """The word that says it is a warm-up."""
    off_kmh: float = 0.0
    is_easy: bool = False
    """The word is easy, which may be a pace of the runner's."""
    tolerance: DraftTolerance | None = None
    recovery: DraftBlock | None = None
    every: Length | None = None
    off_s: float = 0.0
    is_progressive: bool = False
    is_from: bool = False
    is_total: bool = False
    is_awaited: bool = False
    """A pace must follow: ``@``, or a colon before it."""
    is_in: bool = False
    is_to: bool = False
    is_titled: bool = False
    """Progressive is said before the length, as a title may be."""
    is_alternating: bool = False
    """Several paces take turns over more blocks than there are of them."""
    is_each: bool = False
    """Several paces are for as many blocks of this length each."""
    bound: Shape | None = None
    depth: int = 0
    """Brackets that are open."""
