"""Keys of a mapping that we know, and words of which one may be chosen."""

from __future__ import annotations

import difflib
import re

from analyzer.plans.document import Mapping, Node, Problems, Word
from analyzer.safe_text import clean_text


def values_of(node: Mapping, keys: tuple[str, ...], problems: Problems) -> dict[str, Node]:
    """Return the values of known keys; unknown and double ones are problems."""
    values: dict[str, Node] = {}
    for key, value in node.items:
        if key.text in values:
            problems.add(f"'{key.text}' stands here a second time; keep one", key)
        elif key.text in keys:
            values[key.text] = value
        elif re.match(r"[<>=]*\s*\d{1,2}:\d\d", key.text):
            first = next(
                (v.text for k, v in node.items if k.text == "pace" and isinstance(v, Word)), "4:00"
            )
            text = f"'{key.text}' reads as a key; write pace: [{first}, {key.text}]"
            problems.add(text, key)
        else:
            near = difflib.get_close_matches(key.text, keys, n=1, cutoff=0.6)
            hint = f"did you mean '{near[0]}'?" if near else "known are " + ", ".join(keys)
            problems.add(f"unknown key '{clean_text(key.text, 40)}', {hint}", key)
    return values


def check_version(node: Node | None, problems: Problems) -> None:
    """Accept version 1 and nothing else."""
    if node is not None and not (isinstance(node, Word) and node.text == "1"):
        problems.add("this version of the format is not known; write version: 1", node)


def choice_of(node: Node | None, allowed: tuple[str, ...], default: str, problems: Problems) -> str:
    """Return one of a few words."""
    if node is None:
        return default
    if isinstance(node, Word) and node.text in allowed:
        return node.text
    problems.add(f"write one of {', '.join(allowed)}", node)
    return default
