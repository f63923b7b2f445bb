"""Keys of a mapping that we know, and words of which one may be chosen."""

from __future__ import annotations

import re

from analyzer.plans.document import Mapping, Node, Problems, Word
from analyzer.plans.near import near_word
from analyzer.safe_text import clean_text

INSTEAD: dict[str, tuple[str, ...]] = {
    "run": ("duration", "time", "length", "distance", "dist", "km", "minutes", "min", "for"),
    "rest": ("recovery", "recover", "pause", "jog", "walk"),
    "pace": ("target", "pace_target", "target_pace", "targetpace", "speed", "at", "tempo"),
    "role": ("type", "kind", "intensity", "zone", "effort"),
    "notes": ("note", "comment", "comments", "description", "desc", "text"),
    "name": ("title", "label", "workout"),
    "blocks": ("steps", "step", "intervals", "segments", "workout_steps", "plan"),
    "repeat": ("repeats", "times", "reps", "count", "sets", "repetitions"),
    "units": ("unit", "unit_system"),
    "start": ("begin", "offset", "start_time"),
    "athlete": ("runner", "who"),
    "tolerance": ("within", "margin", "tol", "range"),
}
"""Keys that other forms of plans have, by what they are called here."""

MOST_LINES = 8
"""Most lines named for one unknown key."""

MOST_KINDS = 20
"""Most different problems among which the same key is looked for; nobody has more at once."""

_PACE = re.compile(r"[<>=]*\s?[0-9]{1,2}:[0-9][0-9]")


def values_of(node: Mapping, keys: tuple[str, ...], problems: Problems) -> dict[str, Node]:
    """Return the values of the keys a plan may have; unknown and double ones are problems."""
    values: dict[str, Node] = {}
    loose = [k for k, _ in node.items if _PACE.match(k.text)] if "pace" in keys else []
    for key, value in node.items:
        if problems.is_full:
            break
        if key.text in values:
            problems.add(f"'{key.text}' appears a second time; keep one", key)
        elif key.text in keys:
            values[key.text] = value
        elif key in loose[:1]:
            _add_loose_paces(node, loose, problems)
        elif key not in loose:
            _add_unknown(key, keys, problems)
    return values


def _add_unknown(key: Word, keys: tuple[str, ...], problems: Problems) -> None:
    """Say what to write for a key that a plan has not: once, with the lines of the others."""
    instead = next((k for k in keys if key.text.lower() in INSTEAD.get(k, ())), None)
    near = near_word(key.text, keys) if instead is None else None
    hint = f"did you mean '{near}'?" if near else "the keys are " + ", ".join(keys)
    hint = f"write '{instead}:'" if instead else hint
    said = f"unknown key '{clean_text(key.text, 40)}', {hint}"
    first = max(0, len(problems.collected) - MOST_KINDS)
    for i, problem in enumerate(problems.collected[first:], first):
        if problem.message.partition(" (also in line")[0] == said:
            lines = problem.message.count(",", problem.message.find(" (also in line")) + 1
            if problem.line == key.line or lines > MOST_LINES:
                return
            before = problem.message.removesuffix(")")
            more = (
                f"{before}, {key.line})"
                if before != problem.message
                else (f"{said} (also in line {key.line})")
            )
            problems.collected[i] = problem._replace(message=more)
            return
    problems.add(said, key)


def _add_loose_paces(node: Mapping, loose: list[Word], problems: Problems) -> None:
    """Say how several paces are written, where commas made keys of all but the first."""
    first = next((v for k, v in node.items if k.text == "pace" and isinstance(v, Word)), None)
    paces = [*([first] if first else []), *loose[:5]]
    shown = ", ".join(clean_text(p.text, 20) for p in paces)
    shown = f"[{shown}]" if len(paces) > 1 else shown
    problems.add(f"'{clean_text(loose[0].text, 20)}' reads as a key; write pace: {shown}", loose[0])


def check_version(node: Node | None, problems: Problems) -> None:
    """Accept version 1 and nothing else."""
    if node is not None and not (isinstance(node, Word) and node.text == "1"):
        problems.add("this version of the format is unknown; write version: 1", node)


def choice_of(node: Node | None, allowed: tuple[str, ...], default: str, problems: Problems) -> str:
    """Return one of a few words."""
    if node is None:
        return default
    if isinstance(node, Word) and node.text in allowed:
        return node.text
    near = near_word(node.text, allowed) if isinstance(node, Word) else None
    hint = f"; did you mean '{near}'?" if near else ""
    problems.add(f"write one of {', '.join(allowed)}{hint}", node)
    return default
