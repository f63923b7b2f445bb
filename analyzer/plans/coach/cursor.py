"""A place among the tokens of a coach's text."""

from __future__ import annotations

from analyzer.plans.coach.amounts import LENGTHS
from analyzer.plans.coach.tokens import Token

END = Token("end", "", 0, 0)

SEPARATORS = frozenset(
    {"comma", "newline", "full_stop", "plus", "slash", "arrow", "greater", "dash", "sep", "bullet"}
)
"""What may stand between two steps."""

MOST_WORDS = 8
"""Most tokens of the paces before a length."""

PACED = ("clock", "speed", "count", "at", "rest")
"""What says that more than running home follows."""

PACES = ("clock", "speed", "percent")
ROLES = ("easy", "warmup", "cooldown", "rest", "steady")


class Cursor:
    """Tokens, and which one is next."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self._last_paced = -1

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
        return self.past_separators_from(0)

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

    def past_separators_from(self, ahead: int) -> int:
        """Return how many tokens ahead, from one on, the first is that separates nothing."""
        while self.peek(ahead).kind in SEPARATORS:
            ahead += 1
        return ahead

    def has_behind(self, ahead: int) -> bool:
        """Whether a pace, repeats or a rest stand anywhere behind the token some ahead."""
        if self._last_paced < 0:
            paced = (i for i, t in enumerate(self.tokens) if t.kind in PACED)
            self._last_paced = max(paced, default=0)
        return self._last_paced > self.at + ahead

    def is_titled(self, ahead: int = 0) -> bool:
        """Whether an aim or the name of a pace leads to a length: ``Z2 15min``, ``T 3x8min``."""
        kind = self.peek(ahead).kind
        if kind != "aim" and not kind.startswith("named:"):
            return False
        behind = ahead + 1
        while self.peek(behind).kind in ("filler", "colon") and behind < ahead + MOST_WORDS:
            behind += 1
        token = self.peek(behind)
        if token.kind == "number" and kind == "aim":
            return True
        return token.kind in ("time", "distance", "count") and not self.is_distance_name(behind)

    def is_list(self) -> bool:
        """Whether paces stand next with no length of their own: ``then 4:45, 4:40``."""
        return self.is_pace() and not self.starts_step() and not self.is_pace_first()

    def change(self, ahead: int = 0) -> str:
        """Return ``faster`` or ``-slower-faster`` where a time changes a pace."""
        kinds = [self.peek(ahead + i).kind for i in (1, 2)]
        found = kinds[0] if kinds[0] in ("faster", "slower") else ""
        if kinds[0] == "per" and kinds[1] in ("faster", "slower"):
            found = kinds[1]
        return found + "-faster" if found == "slower" else found

    def is_pace_first(self, ahead: int = 0) -> bool:
        """Whether paces begin some tokens ahead that lead to a length: ``4:30/km for 20 min``."""
        start = ahead
        while (
            self.peek(ahead).kind in ("at", "from", "in", "about", "tilde")
            and ahead - start < MOST_WORDS
        ):
            ahead += 1
        if not self.is_pace(ahead):
            return False
        while ahead - start < MOST_WORDS and (
            self.is_pace(ahead)
            or self.peek(ahead).kind in ("per", "dash", "to", "arrow", "paceword")
        ):
            ahead += 1
        lasts = self.peek(ahead).kind in ("lasting", "over", "in")
        return lasts and self.peek(ahead + 1).kind in ("time", "distance")

    def starts_step(self, ahead: int = 0) -> bool:
        """Whether a step begins some tokens ahead, with its length or its count."""
        token = self.peek(ahead)
        if token.kind == "time" and "faster" in self.change(ahead):
            return False
        if token.kind in (*LENGTHS, "count", "span"):
            return not self.is_distance_name(ahead)
        behind = self.peek(ahead + 1).kind
        length = ahead + 2
        while self.peek(length).kind in ("full_stop", "colon", "filler") and length < ahead + 6:
            length += 1
        if behind == "rest" and self.peek(length).kind in ("clock", "time", "distance"):
            return False
        return token.kind == "clock" and (behind == "at" or behind in ROLES)
