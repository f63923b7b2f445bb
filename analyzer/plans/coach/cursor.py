"""A place among the tokens of a coach's text."""

from __future__ import annotations

from analyzer.plans.coach.amounts import LENGTHS
from analyzer.plans.coach.tokens import Token

END = Token("end", "", 0, 0)

SEPARATORS = frozenset(
    {"comma", "newline", "full_stop", "plus", "slash", "arrow", "greater", "dash", "sep", "bullet"}
)
"""What may stand between two steps."""

PACES = ("clock", "speed", "percent")
ROLES = ("easy", "warmup", "cooldown", "rest", "steady")


class Cursor:
    """Tokens, and which one is next."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self, ahead: int = 0) -> Token:
        """Return a token without taking it; `END` behind the last."""
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else END

    def take(self) -> Token:
        """Return the next token and go on."""
        token = self.peek()
        self.at += 1
        return token

    def past_separators(self) -> int:
        """Return how many tokens ahead the first one is that separates nothing."""
        ahead = 0
        while self.peek(ahead).kind in SEPARATORS:
            ahead += 1
        return ahead

    def is_pace(self, ahead: int = 0) -> bool:
        """Whether a pace begins some tokens ahead."""
        kind = self.peek(ahead).kind
        return kind in PACES or kind.startswith("named:") or self.is_distance_name(ahead)

    def is_distance_name(self, ahead: int = 0) -> bool:
        """Whether a distance names a pace: ``10k pace``, ``@ 5k``."""
        token = self.peek(ahead)
        if token.kind not in ("distance", "length:half", "length:marathon"):
            return False
        if self.peek(ahead + 1).kind == "slash" and self.peek(ahead + 2).text == "h":
            return False
        before, behind = self.peek(ahead - 1).kind, self.peek(ahead + 1).kind
        is_race = token.kind.startswith("length:") and before in ("time", "distance")
        return behind == "paceword" or is_race or (before in ("at", "paceword") and behind != "at")

    def starts_step(self, ahead: int = 0) -> bool:
        """Whether a step begins some tokens ahead, with its length or its count."""
        token = self.peek(ahead)
        if token.kind in (*LENGTHS, "count", "span"):
            return not self.is_distance_name(ahead)
        behind = self.peek(ahead + 1).kind
        return token.kind == "clock" and (behind == "at" or behind in ROLES)
