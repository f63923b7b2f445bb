"""A coach's text as blocks: steps, repeats, parts of a whole, and the doubts about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from analyzer.model.plan import Doubt
from analyzer.plans.coach.aims import take_aim
from analyzer.plans.coach.amounts import length_of, of_unit
from analyzer.plans.coach.blocks import blocks_of
from analyzer.plans.coach.cursor import ROLES, SEPARATORS, Cursor
from analyzer.plans.coach.ends import BEHIND_NUMBER
from analyzer.plans.coach.fractions import drop_head, share
from analyzer.plans.coach.parts import (
    Reps,
    Whole,
    check_steps,
    check_whole,
    refuse_hollow,
    remainder,
    take_part,
)
from analyzer.plans.coach.phrases import OUT_OF_ORDER, ROLE_OF, known_or_unread, read_behind
from analyzer.plans.coach.quotes import read_quotes
from analyzer.plans.coach.recoveries import settle_ends
from analyzer.plans.coach.repeats import repeat
from analyzer.plans.coach.step import Step, Unclear
from analyzer.plans.draft import MAX_BLOCKS, Draft, DraftBlock, Length
from analyzer.plans.names import length_text
from analyzer.plans.paces import Pace
from analyzer.structs import replace
from analyzer.units import KM_M, MILE_M

if TYPE_CHECKING:
    from analyzer.plans.coach.tokens import Token
    from analyzer.plans.paces import PaceContext
    from analyzer.units import Unit

SKIPPED = (*SEPARATORS, "colon", "filler", "paceword", "rep", "about", "remark", "lasting")
WORDS = frozenset(
    {
        "word",
        "note",
        "effort:tempo",
        "prog",
        "filler",
        "rep",
        "paceword",
        "with",
        "from",
        "to",
        "in",
    }
    | {"at", "apiece", "total", "about", "colon", "each_after", "until", "every", *ROLES}
)
"""What may stand before a length."""
PARTS = ("last", "first", "remainder", "part")


class Reader(Struct):
    """Reads tokens into blocks; goes on behind what is unclear."""

    text: str
    cursor: Cursor
    context: PaceContext
    doubts: list[Doubt] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    prefix: list[Token] = field(default_factory=list)
    whole: Whole | None = None
    unit: Unit | None = None
    span_end: float | None = None
    halved: Length | None = None
    """What halves and thirds are of."""
    reps: Reps | None = None
    """The repeats before, of which the last ones may be run otherwise."""
    is_listing: bool = False
    """First, next, last: each of its own, with no whole before them."""

    def sequence(self, depth: int = 0) -> list[DraftBlock]:
        """Read steps up to the end, or to the bracket that closes."""
        blocks: list[DraftBlock] = []
        while True:
            token = self.cursor.peek()
            if token.kind == "end" or (depth and token.kind == "close_bracket"):
                break
            if len(blocks) > MAX_BLOCKS or len(self.unclear) >= MAX_BLOCKS:
                break
            try:
                self._item(blocks, depth)
            except Unclear as unclear:
                self.unclear.append(unclear)
                self._skip()
        try:
            self._loose(blocks)
            if not depth:
                check_whole(self, blocks)
                head = drop_head(blocks, self.cursor.tokens)
                self.doubts += [head] if head else []
                check_steps(self, blocks)
                settle_ends(blocks)
        except Unclear as unclear:
            self.unclear.append(unclear)
        return blocks

    def _item(self, blocks: list[DraftBlock], depth: int) -> None:
        """Read what stands at the cursor."""
        cursor, token = self.cursor, self.cursor.peek()
        if token.kind == "count":
            self._repeated(blocks, depth)
        elif token.kind in ("last", "first") or self._is_numbered_last():
            take_part(self, blocks)
        elif token.kind == "part":
            blocks += share(self, blocks)
        elif self.whole and self._is_rest_of(self.whole, blocks):
            remainder(self, blocks, self.whole)
        elif token.kind == "number" and self._is_part_of_whole(blocks):
            blocks += self._numbered(blocks)
        elif cursor.is_pace_first():
            blocks += self._pace_first()
        elif cursor.starts_step():
            blocks += self._step(blocks)
        elif token.kind in SKIPPED:
            self._between(blocks)
        elif token.kind == "open_bracket":
            self._comment()
        else:
            self._prefix(token)

    def _repeated(self, blocks: list[DraftBlock], depth: int) -> None:
        """Read repeats, and note where their blocks are."""
        first = len(blocks)
        blocks += repeat(self, depth)
        if self.reps is not None and self.reps.first < 0:
            self.reps = self.reps._replace(first=first, end=len(blocks))

    def _is_rest_of(self, whole: Whole, blocks: list[DraftBlock]) -> bool:
        """Whether what is left of a whole is said next, by a word or by paces alone."""
        is_begun = len(blocks) > whole.first
        return self.cursor.peek().kind == "remainder" or (is_begun and self.cursor.is_list())

    def _between(self, blocks: list[DraftBlock]) -> None:
        """Take what separates two steps; some marks must lead to one."""
        token = self.cursor.take()
        if token.kind in ("comma", "newline", "full_stop", "sep", "plus", "arrow", "bullet"):
            self._loose(blocks)
        if token.kind not in ("plus", "arrow", "greater", "slash", "dash"):
            return
        ahead = 0
        while self.cursor.peek(ahead).kind in (*WORDS, "newline") or self.cursor.is_titled(ahead):
            ahead += 1
        is_minus = token.kind == "dash" and token.end == self.cursor.peek().start
        is_step = self.cursor.starts_step(ahead) or self.cursor.peek(ahead).kind in PARTS
        is_step = is_step and not is_minus
        is_listed = token.kind != "dash" and self._is_listed(ahead)
        if not (is_step or is_listed) and not (
            token.kind == "dash" and self.cursor.peek().kind in WORDS
        ):
            msg = f"'{token.text}' cannot stand here; a step begins with its length, 10min @ 4:00"
            raise Unclear(msg, token, is_asked=False)

    def _prefix(self, token: Token) -> None:
        """Keep words that stand before a length; refuse what cannot."""
        if token.kind == "number":
            msg = f"'{token.text}' has no unit; write {token.text}min or {token.text}km"
            raise Unclear(msg, token, is_asked=False)
        if token.kind in ("until", "to") and self.cursor.peek(1).kind in ("distance", "time"):
            msg = f"'{token.text}' counts from the start? Write each length by itself, "
            raise Unclear(msg + "or 0-5km, 5-9km", token)
        if token.kind == "order":
            raise Unclear(OUT_OF_ORDER.format(word=token.text), token)
        if token.kind == "choice":
            msg = f"'{token.text}' leaves a choice open, or takes something back; "
            raise Unclear(msg + "write what is to be run, and only that", token)
        if self.cursor.is_titled():
            self.prefix.append(self.cursor.take())
            return
        if self.cursor.is_pace() or token.kind not in WORDS or token.text == "@":
            msg = f"'{token.text}' has no length before it; write for example 10min @ 4:00"
            raise Unclear(msg, token, is_asked=False)
        self.prefix.append(self.cursor.take())

    def _loose(self, blocks: list[DraftBlock]) -> None:
        """Take words that no length followed: an open block, or a comment."""
        words, self.prefix = self.prefix, []
        kinds = {t.kind for t in words}
        role = next((ROLE_OF[t.kind] for t in words if t.kind in ("warmup", "cooldown")), None)
        if role is None and kinds & {*ROLES, "effort:tempo"}:
            msg = f"'{words[0].text}' has no length; write for example 15min {words[0].text}"
            raise Unclear(msg, words[0], is_asked=False)
        if role is not None and ("word" not in kinds or words[0].kind in ("warmup", "cooldown")):
            said = " ".join(t.text for t in words)
            self.doubts.append(Doubt("OPEN", (("words", said),)))
            blocks.append(DraftBlock(Draft(Length(), Pace(None, role)), role))
        elif "word" in kinds:
            for word in words:
                known_or_unread(word)
            said = self.text[words[0].start : words[-1].end]
            self.doubts.append(Doubt("UNREAD", (("words", said),)))

    def _comment(self) -> None:
        """Pass over a bracket that belongs to no step."""
        opening = self.cursor.take()
        start = end = opening.end
        while self.cursor.peek().kind not in ("end", "close_bracket"):
            end = self.cursor.take().end
        if self.cursor.take().kind == "end":
            msg = "a bracket that is never closed; close it with )"
            raise Unclear(msg, opening, is_asked=False)
        if end > start:
            self.doubts.append(Doubt("UNREAD", (("words", self.text[start:end].strip()),)))

    def _skip(self) -> None:
        """Go on behind what is unclear."""
        self.prefix = []
        self.cursor.take()
        while self.cursor.peek().kind not in ("end", "comma", "newline", "full_stop", "sep"):
            self.cursor.take()

    def begin(self, token: Token, length: Length, unit: Unit | None, count: int = 1) -> Step:
        """Begin a step with the words that stood before it."""
        words, self.prefix = self.prefix, []
        step = Step(token, length, unit, count)
        for word in words:
            if word.kind in ROLE_OF:
                step.role = step.role or ROLE_OF[word.kind]
                step.is_warmup = word.text if word.kind == "warmup" else step.is_warmup
                step.is_easy = step.is_easy or word.kind == "easy"
            elif word.kind == "prog":
                step.is_progressive = step.is_titled = True
            elif word.kind == "apiece":
                step.is_each = True
            elif word.kind == "word":
                step.unread.append(known_or_unread(word))
            elif word.kind == "note":
                step.notes.append(word.text)
            elif word.kind == "aim":
                take_aim(step, word)
            elif word.kind.startswith("named:"):
                step.title = word
            elif word.kind.startswith("effort:"):
                step.effort = word.kind[7:]
        return step

    def _step(self, blocks: list[DraftBlock]) -> list[DraftBlock]:
        """Read a length and what is said of it."""
        token = self.cursor.take()
        if token.kind == "span":
            length, unit = self._span(token)
        else:
            length, unit = length_of(token)
        is_sum = bool(blocks) and any(t.kind == "total" for t in self.prefix)
        step = self.begin(token, length, unit)
        read_behind(self.cursor, step, self.text)
        self.unit = unit or self.unit
        if is_sum and not (step.quotes or step.role or self.whole):
            self.whole = Whole(length, unit, 0, token)
            return []
        is_head = self.cursor.peek().kind == "colon" and not step.quotes and token.kind != "span"
        is_parts = is_head and self.cursor.peek(1).kind != "first"
        is_open = step.is_alternating or (step.is_progressive and not step.is_titled)
        is_parts = is_parts or (is_open and self.cursor.starts_step())
        if (step.is_total or is_parts) and not step.quotes:
            refuse_hollow(self, blocks)
            self.whole = Whole(length, unit, len(blocks), token, is_alternating=step.is_alternating)
            return []
        made = self._shared_paces(step, blocks) or self.made(step)
        if step.is_warmup and any(b.draft.pace.target or b.aim for b in blocks):
            return self._put_first(step, made, blocks)
        return made

    def _put_first(
        self, step: Step, made: list[DraftBlock], blocks: list[DraftBlock]
    ) -> list[DraftBlock]:
        """Put a warm-up that is written behind what is run before it, and say so."""
        blocks[:0] = made
        self.whole = self.whole and replace(self.whole, first=self.whole.first + len(made))
        said = f"{length_text(*step.length)} {step.is_warmup}"
        self.doubts.append(Doubt("FIRST", (("words", said),)))
        return []

    def _shared_paces(self, step: Step, blocks: list[DraftBlock]) -> list[DraftBlock]:
        """Give each of several bare lengths its pace: ``3 km + 2 km + 1 km @ 4:30, 4:20, 4:10``."""
        count = len(step.quotes)
        bare = blocks[-count + 1 :] if count > 1 else []
        is_bare = all(b.role is None and not b.draft.pace.target and not b.aim for b in bare)
        if step.count > 1 or step.every or len(bare) != count - 1 or not bare or not is_bare:
            return []
        del blocks[-count + 1 :]
        lengths = [*(b.draft.length for b in bare), step.length]
        each = [
            replace(step, length=n, quotes=[q], recovery=None)
            for n, q in zip(lengths, step.quotes, strict=True)
        ]
        made = [self.made(one)[0] for one in each]
        between = [step.recovery] if step.recovery else []
        return [b for one in made[:-1] for b in (one, *between)] + made[-1:]

    def _is_listed(self, ahead: int) -> bool:
        """Whether a number stands some tokens ahead that takes its unit from the whole."""
        return self.cursor.peek(ahead).kind == "number" and self.whole is not None

    def _is_part_of_whole(self, blocks: list[DraftBlock]) -> bool:
        """Whether a number without a unit is a part of the whole before it, or of a list."""
        behind = self.cursor.peek(1).kind
        is_step = behind in BEHIND_NUMBER or self.cursor.is_pace(1)
        is_step = is_step or any(t.kind == "aim" for t in self.prefix)
        return is_step and (self.whole is not None or (self.is_listing and bool(blocks)))

    def _numbered(self, blocks: list[DraftBlock]) -> list[DraftBlock]:
        """Read ``20 easy`` behind ``60 min:`` in the unit of the whole."""
        token = self.cursor.take()
        like = self.whole.length if self.whole else blocks[-1].draft.length
        unit = self.whole.unit if self.whole else self.unit
        length = of_unit(float(token.text), like, unit)
        if self.whole is None:
            values = (("words", token.text), ("part", length_text(*length)))
            self.doubts.append(Doubt("PART_UNIT", values))
        step = self.begin(token, length, unit)
        read_behind(self.cursor, step, self.text)
        return self.made(step)

    def _pace_first(self) -> list[DraftBlock]:
        """Read ``4:30/km for 20 min``, ``from 5:00 to 4:20 over 40 min``."""
        ahead = Step(self.cursor.peek(), Length(), None)
        while not self.cursor.is_pace():
            ahead.is_from = self.cursor.take().kind == "from" or ahead.is_from
        read_quotes(self.cursor, ahead)
        self.cursor.take()
        token = self.cursor.take()
        length, unit = length_of(token)
        step = self.begin(token, length, unit)
        step.quotes, step.unit_of_paces = ahead.quotes, ahead.unit_of_paces
        self.unit = unit or self.unit
        read_behind(self.cursor, step, self.text)
        return self.made(step)

    def made(self, step: Step) -> list[DraftBlock]:
        """Make the blocks of a step; a rest that stands once behind repeats is told."""
        return blocks_of(step, self.context, self.doubts)

    def _span(self, token: Token) -> tuple[Length, Unit | None]:
        """Read ``km 1-5`` and ``0-15min`` as a length; they must follow one another."""
        first, last = (float(n) for n in re.findall(r"\d+", token.text)[:2])
        before, self.span_end = self.span_end, last
        is_from_one = first == (1 if before is None else before + 1)
        if last < first or not (is_from_one or first == (before or 0)):
            msg = f"'{token.text}' does not go on where the one before ends, or leaves a choice; "
            raise Unclear(msg + "write one length, 10min or 2km, or spans from 0 on", token)
        number = last - first + is_from_one
        words = re.sub(r"[\d\s]", "", token.text.lower()).strip("-\u2013")
        if words.startswith(("min", "'", "\u2019", "\u2032")):
            return Length(duration_s=60 * number), None
        unit: Unit = "mi" if words.startswith("mi") else "km"
        return Length(distance_m=number * (MILE_M if unit == "mi" else KM_M)), unit

    def _is_numbered_last(self) -> bool:
        """Whether ``4 derniers km`` stands next."""
        return self.cursor.peek().kind == "number" and self.cursor.peek(1).kind in ("last", "first")
