"""A YAML plan to a draft, key by key: all problems at once, near words suggested."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast, get_args

from analyzer.model.plan import Match, Role
from analyzer.plans.document import Mapping, Node, Problems, Sequence, Word
from analyzer.plans.draft import (
    MAX_BLOCKS,
    MAX_NAME,
    Draft,
    DraftBlock,
    DraftPlan,
    DraftTolerance,
    Length,
)
from analyzer.plans.keys import check_version, choice_of, values_of
from analyzer.plans.named_paces import named_paces, pace_of
from analyzer.plans.paces import Pace, PaceContext
from analyzer.plans.quantities import UnreadableError, duration_s, percent, seconds_off
from analyzer.plans.step_text import is_length_first, read_length, read_step
from analyzer.plans.whose import NOBODY, Whose
from analyzer.safe_text import clean_text
from analyzer.structs import replace
from analyzer.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.plans.draft import ToleranceUnit

_NOUGHT = r"0{1,3}(:0{1,2}){0,2}|0+\s*(h|min|s)"

MAX_TOLERANCE_PCT = 20.0
MAX_TOLERANCE_S = 60.0
"""With wider tolerances everything would count as held."""

PLAN_KEYS = (
    "version", "name", "units", "paces", "tolerance", "blocks", "match", "start", "athlete",
    "notes",
)  # fmt: skip
BLOCK_KEYS = ("run", "rest", "pace", "tolerance", "name", "role", "notes")
REPEAT_KEYS = ("repeat", "blocks")


def draft_plan(node: Node, problems: Problems, whose: Whose = NOBODY) -> DraftPlan:
    """
    Read the top of a plan.

    Parameters
    ----------
    node : Node
        From `read_document`.
    problems : Problems
        Takes every problem; the caller raises them.
    whose : Whose
        Whose paces the plan may name.

    Returns
    -------
    DraftPlan
        Whatever could be read.
    """
    if isinstance(node, Sequence):
        problems.add("a plan is a mapping; put the list below 'blocks:'", node)
        problems.raise_if_any()
    if not isinstance(node, Mapping):
        problems.add("a plan starts with 'blocks:'; or give it in one line with --plan", node)
        problems.raise_if_any()
    values = values_of(cast("Mapping", node), PLAN_KEYS, problems)
    check_version(values.get("version"), problems)
    units = choice_of(values.get("units"), get_args(Unit), "km", problems)
    athlete = whose.athlete(_text(values.get("athlete"), problems))
    mine = whose.paces(athlete, values.get("athlete"), problems)
    context = PaceContext(cast("Unit", units), mine.paces, hint=mine.hint)
    context = replace(
        context, named={**mine.paces, **named_paces(values.get("paces"), context, problems)}
    )
    blocks = values.get("blocks")
    if blocks is None:
        problems.add("'blocks:' is missing; it lists what is to be run", node, 1)
    reader = _Blocks(context, problems)
    drafts = reader.read(blocks) if blocks is not None else []
    return DraftPlan(
        name=_text(values.get("name"), problems),
        units=cast("Unit", units),
        blocks=tuple(drafts),
        tolerance=_tolerance(values.get("tolerance"), problems),
        match=cast("Match", choice_of(values.get("match"), get_args(Match), "auto", problems)),
        start_s=_start(values.get("start"), problems),
        athlete=athlete or None,
        notes=_text(values.get("notes"), problems),
        paces_from=mine.origin,
        race=mine.race,
    )


def draft_blocks(node: Node, context: PaceContext, problems: Problems) -> tuple[DraftBlock, ...]:
    """
    Read a list of blocks on its own.

    Parameters
    ----------
    node : Node
        What stands below ``blocks:``.
    context : PaceContext
        Unit of bare paces, and names.
    problems : Problems
        Takes every problem.
    """
    return tuple(_Blocks(context, problems).read(node))


def _text(node: Node | None, problems: Problems) -> str:
    """Return a name or note, cleaned."""
    if node is None:
        return ""
    if not isinstance(node, Word):
        problems.add("this is text; put it in quotes if it has a colon", node)
        return ""
    if len(node.text) > MAX_NAME:
        problems.add(f"longer than the limit of {MAX_NAME} characters; shorten it", node, 1)
        return ""
    return clean_text(node.text)


def _start(node: Node | None, problems: Problems) -> float | None:
    """Return the elapsed second at which block 1 begins."""
    if node is None:
        return None
    try:
        zero = isinstance(node, Word) and re.fullmatch(_NOUGHT, node.text.strip()) is not None
        seconds = duration_s(node.text) if isinstance(node, Word) and not zero else None
        if zero:
            return 0.0
    except UnreadableError as error:
        problems.add(str(error), node)
        return None
    if seconds is None:
        problems.add("not a time with a unit; write start: 00:03:10", node)
    return seconds


def _tolerance(node: Node | None, problems: Problems) -> DraftTolerance | None:
    """Read ``5s``, ``2%`` or ``{fast: 3s, slow: 8s}``."""
    if node is None:
        return None
    if isinstance(node, Mapping):
        before = len(problems.collected)
        values = values_of(node, ("fast", "slow"), problems)
        if len(problems.collected) > before:
            return None  # a misspelt side is not missing as well
        sides = [_side(values.get(name), node, problems) for name in ("fast", "slow")]
        fast, slow = sides
        if fast is None or slow is None:
            return None
        return DraftTolerance(fast[0], slow[0], fast[1], slow[1])
    side = _side(node, node, problems)
    return None if side is None else DraftTolerance(side[0], side[0], side[1], side[1])


def _side(node: Node | None, at: Node, problems: Problems) -> tuple[float, ToleranceUnit] | None:
    """Read one side of a tolerance."""
    if node is None:
        problems.add("a tolerance with sides needs both: {fast: 3s, slow: 8s}", at, 1)
        return None
    text = node.text if isinstance(node, Word) else ""
    share, seconds = percent(text), seconds_off(text)
    value = share if share is not None else seconds[0] if seconds else 0.0
    if value <= 0:
        problems.add("not a tolerance; write 5s, 2% or {fast: 3s, slow: 8s}", node)
        return None
    limit = MAX_TOLERANCE_PCT if share is not None else MAX_TOLERANCE_S
    if value > limit:
        shown = "20 %" if share is not None else "60 s"
        problems.add(
            f"wider than the limit of {shown}: everything would count as held; write 5s", node
        )
        return None
    unit: ToleranceUnit = "%"
    if seconds:
        unit = "s" if seconds[1] is None else "s/km" if seconds[1] == "km" else "s/mi"
    return value, unit


class _Blocks:
    """Reads lists of blocks; remembers the last pace for 'previous'."""

    def __init__(self, context: PaceContext, problems: Problems) -> None:
        self.context = context
        self.problems = problems
        self.is_too_many = False

    def read(self, node: Node) -> list[DraftBlock]:
        """Read a list of blocks."""
        if not isinstance(node, Sequence):
            self.problems.add("'blocks:' is a list; start each block with '- '", node, 1)
            return []
        if not node.items:
            self.problems.add("no blocks; write for example '- 15min easy'", node, 1)
        drafts: list[DraftBlock] = []
        for item in node.items:
            drafts += self._item(item)
            if len(drafts) > MAX_BLOCKS:
                self._too_many(item)
            if self.is_too_many or self.problems.is_full:
                return []
        return drafts

    def _too_many(self, item: Node) -> None:
        """Say once that there are too many blocks."""
        if not self.is_too_many:
            self.problems.add(f"more than the limit of {MAX_BLOCKS} blocks; write fewer", item, 1)
        self.is_too_many = True

    def _item(self, item: Node) -> list[DraftBlock]:
        """Read one entry of a list: a line, a block, or a repeat."""
        if isinstance(item, Word):
            drafts = read_step(item, self.context, self.problems)
            return [self._remembered(DraftBlock(d)) for d in drafts]
        if isinstance(item, Sequence):
            self.problems.add(
                "a list inside the list of blocks; use 'repeat:' with 'blocks:'", item, 1
            )
            return []
        if any(key.text in REPEAT_KEYS for key, _ in item.items):
            return self._repeat(item)
        return [self._remembered(b) for b in self._block(item)]

    def _remembered(self, block: DraftBlock) -> DraftBlock:
        """Let 'previous' mean this block from now on."""
        self.context = self.context.after(block.draft.pace)
        return block

    def _repeat(self, item: Mapping) -> list[DraftBlock]:
        """Unroll a repeat; it is counted before anything is made."""
        before = len(self.problems.collected)
        values = values_of(item, REPEAT_KEYS, self.problems)
        is_clean = len(self.problems.collected) == before and all(
            key.text in REPEAT_KEYS for key, _ in item.items
        )  # a misspelt key is not missing as well
        missing = [key for key in REPEAT_KEYS if key not in values]
        if missing:
            if is_clean:
                text = f"'{missing[0]}:' is missing; write 'repeat: 3' and 'blocks:' below it"
                self.problems.add(text, item, 1)
            return []
        count = self._count(values["repeat"])
        return self._rounds(values["blocks"], count, item)

    def _rounds(self, node: Node, count: int, item: Node) -> list[DraftBlock]:
        """
        Read a list as often as it is run: 'previous' is the block run before, in any round.

        Once a round is the same as the one before it, so are all that follow.
        """
        once = self.read(node)
        if len(once) * count > MAX_BLOCKS:
            self._too_many(item)
        drafts = once if count else []
        problems = self.problems.collected
        for done in range(1, count):
            if problems:
                return once * count
            again = self.read(node)
            problems[:] = [
                p._replace(message=f"in round {done + 1}: {p.message}") for p in problems
            ]
            drafts = drafts + again
            if again == once:
                return drafts + again * (count - done - 1)
            once = again
        return drafts

    def _count(self, node: Node) -> int:
        """Read how often a list is run; 0 if that cannot be read."""
        text = node.text.strip() if isinstance(node, Word) else ""
        count = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0
        if not 1 <= count <= MAX_BLOCKS:
            self.problems.add(f"not a count; write a whole number from 1 to {MAX_BLOCKS}", node)
            return 0
        return count

    def _block(self, item: Mapping) -> list[DraftBlock]:
        """Read the long form of a block, which several paces make several blocks."""
        problems = self.problems
        before = len(problems.collected)
        if len(item.items) == 1 and is_length_first(item.items[0][0].text):
            text = "a step has no ':' in it; leave it out, or write {run: 10min, pace: 4:00}"
            problems.add(text, item.items[0][0])
            return []
        values = values_of(item, BLOCK_KEYS, problems)
        is_unknown = any(key.text not in BLOCK_KEYS for key, _ in item.items)
        if (
            (is_unknown or len(problems.collected) > before)
            and "run" not in values
            and "rest" not in values
        ):
            return []  # the misspelt key is the problem, not the missing one
        lengths = [name for name in ("run", "rest") if name in values]
        if len(lengths) != 1:
            problems.add(
                "a block needs a length; write {run: 10min, pace: 4:00} or {rest: 2min}", item, 1
            )
            return []
        length = self._length(values[lengths[0]])
        paces = list(self._paces(values.get("pace")))
        name = _text(values.get("name"), problems)
        role = values.get("role")
        own_role = (
            cast("Role", choice_of(role, get_args(Role), "steady", problems)) if role else None
        )
        tolerance = _tolerance(values.get("tolerance"), problems)
        notes = _text(values.get("notes"), problems)
        is_rest = lengths[0] == "rest"
        if length is None:
            return []
        return [
            DraftBlock(Draft(length, pace, name), own_role, tolerance, notes, is_rest)
            for pace in paces
        ]

    def _length(self, node: Node) -> Length | None:
        """Read the length of a block."""
        if not isinstance(node, Word):
            self.problems.add("write a length such as 10min or 2km", node)
            return None
        try:
            return read_length(node.text)
        except UnreadableError as error:
            self.problems.add(str(error), node)
            return None

    def _paces(self, node: Node | None) -> Iterator[Pace]:
        """Read the pace of a block, or a list of them."""
        if node is None:
            yield Pace(None)
            return
        nodes = node.items if isinstance(node, Sequence) else (node,)
        if not nodes:
            self.problems.add("an empty list of paces; write pace: [4:00, 3:50]", node)
        for each in nodes:
            if self.problems.is_full:
                return
            pace = pace_of(each, self.context, self.problems)
            if pace is not None:
                self.context = self.context.after(pace)
                yield pace
