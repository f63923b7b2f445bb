"""Names for paces: they may refer to one another, in any order."""

from __future__ import annotations

import re

from analyzer.plans.document import Mapping, Node, Problems, Word
from analyzer.plans.paces import EFFORTS, PREVIOUS, Pace, PaceContext, read_pace
from analyzer.plans.quantities import LONGEST, UnreadableError
from analyzer.safe_text import clean_text
from analyzer.structs import replace

MAX_NAMES = 200
"""Most names of a plan or a day of an athlete; each may refer to any other."""


NO_NAMES = (*PREVIOUS, "open")
"""Words that mean something else."""


def named_paces(node: Node | None, context: PaceContext, problems: Problems) -> dict[str, Pace]:
    """
    Return the coach's own names for paces.

    Parameters
    ----------
    node : Node or None
        A mapping of names to paces, which may refer to one another in any order, and to the
        names that other paces already have.
    context : PaceContext
        Unit of bare paces, and earlier names; a name that refers to itself means the earlier.
    problems : Problems
        Takes every problem.
    """
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        problems.add("'paces:' maps names to paces; write one per line: 'threshold: 3:55'", node)
        return {}
    if len(node.items) > MAX_NAMES:
        problems.add(f"more than the limit of {MAX_NAMES} names; write fewer", node, 1)
        return {}
    waiting: dict[str, Node] = {}
    for key, value in node.items:
        name = key.text.strip().lower()
        if name in waiting:
            problems.add(f"'{key.text}' appears a second time; keep one", key)
        elif not re.fullmatch(r"[0-9]*[^\W\d][\w .-]{0,39}", name) or name in NO_NAMES:
            problems.add(f"'{clean_text(key.text, 40)}' cannot name a pace; use a word", key)
        else:
            waiting[name] = value
    return _resolved(waiting, context, problems)


def _resolved(
    waiting: dict[str, Node], context: PaceContext, problems: Problems
) -> dict[str, Pace]:
    """Read named paces in an order in which each knows those it refers to."""
    named: dict[str, Pace] = {}
    others = {name: pace for name, pace in context.named.items() if name not in waiting}
    needs = {name: _refers_to(value, waiting) for name, value in waiting.items()}
    for name in needs.keys() & context.named.keys():
        needs[name].discard(name)  # itself, as it was before
    while ready := [name for name, of in needs.items() if of <= named.keys()]:
        for name in ready:
            before = {name: context.named[name]} if name in context.named else {}
            knows = replace(context, named={**others, **before, **named})
            pace = pace_of(waiting[name], knows, problems)
            named[name] = Pace(pace.target, EFFORTS.get(name)) if pace else Pace(None)
            del needs[name]
    for name in needs:
        text = f"'{name}' refers to itself in a circle; give one of them a pace"
        problems.add(text, waiting[name])
    return named


def _refers_to(value: Node, names: dict[str, Node]) -> set[str]:
    """Return the names a pace refers to."""
    if not isinstance(value, Word) or len(value.text) > LONGEST:
        return set()
    text = value.text.lower()
    return {
        n for n in names if n in text and re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)
    }


def pace_of(node: Node, context: PaceContext, problems: Problems) -> Pace | None:
    """Read one pace; a list or mapping is none."""
    if not isinstance(node, Word):
        problems.add("write a pace such as 4:00/km", node)
        return None
    try:
        return read_pace(node.text, context)
    except UnreadableError as error:
        problems.add(str(error), node)
        return None
