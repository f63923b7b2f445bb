"""Which file a plan is in, if it is in one, and what is in it."""

from __future__ import annotations

import re
from pathlib import Path

from analyzer.plans.document import MAX_BYTES, fail

_FILE_LIKE = r"(?i)\.(ya?ml|txt|fit|zwo|json|tcx)$"


def plan_path(source: str | Path) -> Path | None:
    """Return the file that is named; None for a plan in one line."""
    if isinstance(source, str) and not source.strip():
        return None  # and not this folder
    path = Path(source)
    try:
        is_file = len(str(source)) < 4096 and path.exists()
    except (OSError, ValueError):
        is_file = False
    if is_file or isinstance(source, Path) or looks_like_file(source):
        return path
    return None


def looks_like_file(text: str) -> bool:
    """Whether a text was meant as the name of a file; the disk is not asked."""
    return bool(re.search(_FILE_LIKE, text)) or not re.search(r"[\s@,]|\d", text)


OR_A_LINE = "check the name, or write the plan in one line: '15min easy, 3x10min @ 4:00 -10s'"


def content_of(path: Path, hint: str = OR_A_LINE) -> bytes:
    """Read a file whole, up to a byte over the limit; PlanError says why it cannot be read."""
    name = path.name or str(path)
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise fail(name, f"no such file; {hint}") from None
    except IsADirectoryError:
        raise fail(name, "a folder, not a file; name the file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        raise fail(name, f"cannot be read ({reason})") from error
