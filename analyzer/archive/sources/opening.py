"""From a file that was found to its bytes, in whatever process."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.sources.archives import member_bytes
from analyzer.archive.sources.remote import is_url, remote_bytes
from analyzer.errors import ActivityError
from analyzer.parsers.containers import MAX_BYTES, too_large

if TYPE_CHECKING:
    from analyzer.archive.records import Found


def open_found(found: Found) -> bytes:
    """
    Read a file that was found.

    Parameters
    ----------
    found : Found
        As from `find`; in another process too.

    Returns
    -------
    bytes
        As the file has them: a ``.gz`` is still packed.

    Raises
    ------
    ActivityError
        In one line, by its label: it is gone, damaged, or over a limit.
    """
    return content_at(found.path, found.member, found.copy, found.label)


def content_at(path: str, member: str, copy: int, label: str) -> bytes:
    """Read a file on disk or in an archive; see `open_found`."""
    if member:
        return member_bytes(path, member, copy, label)
    return remote_bytes(path, label) if is_url(path) else _on_disk(path, label)


def _on_disk(path: str, label: str) -> bytes:
    """Read a plain file whole, refused by its size alone where it is too large."""
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            raise ActivityError(label, "not a plain file")
        if status.st_size > MAX_BYTES:
            raise too_large(label)
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ActivityError(label, "no longer there", "", "look for it again") from None
    except (OSError, ValueError) as error:
        problem = f"cannot be read ({getattr(error, 'strerror', None) or 'not a name of a file'})"
        raise ActivityError(label, problem) from error
    if len(content) > MAX_BYTES:
        raise too_large(label)
    return content
