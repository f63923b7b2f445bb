"""The root of an XML text, from its first bytes alone; loads nothing."""

from __future__ import annotations

import re

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def root_element(content: bytes) -> bytes:
    """Return the local name of the first element of an XML text; empty if there is none."""
    head = content[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        return b""
    at = 0
    while at >= 0:
        behind = _behind_skipped(head, at)
        match = None if behind else _ROOT.match(head, at)
        if match:
            return match.group(1)
        at = head.find(b"<", behind or at + 1)
    return b""


def _behind_skipped(head: bytes, at: int) -> int:
    """Return where a comment or instruction that begins here ends; 0 if none does."""
    for opening, closing in ((b"<!--", b"-->"), (b"<?", b"?>")):
        if head.startswith(opening, at):
            end = head.find(closing, at + len(opening))
            return len(head) if end < 0 else end + len(closing)
    return 0
