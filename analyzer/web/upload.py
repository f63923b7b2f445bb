"""What is uploaded to be judged as a whole: in a temporary folder, until it is judged."""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path, PurePath
from tempfile import mkdtemp
from typing import BinaryIO

MAX_UPLOAD = 8 * 1024 * 1024 * 1024
"""Largest export, all its files together [bytes]; an account of ten years has a quarter of it."""

MOST_FOLDERS = 6
"""Folders inside folders that a name keeps: ``squad/ANNA/2026/run.fit``."""

MOST_BYTES = 120
"""Longest part of a name, as UTF-8; what is longer loses its middle."""

_NOT_IN_NAMES = '<>:"|?*\x7f'
"""What some system has no room for in names of files."""


class Upload:
    """
    Files of one upload; gone with `drop`, or when the server stops.

    A name is never a way out of the folder: what it may not hold is left out.
    """

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="progcheck-"))
        self._dropped = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._files = self._folder / "files"
        self._files.mkdir()
        self._count = 0

    def open(self, name: str) -> BinaryIO:
        """
        Begin a file; its content is written to what is returned.

        Parameters
        ----------
        name : str
            What it is called, with the folders it is in.
        """
        parts = _safe_parts(name) or ["recording"]
        path = self._free(self._files.joinpath(*parts))
        path.parent.mkdir(parents=True, exist_ok=True)
        self._count += 1
        return path.open("xb")

    def plan(self, content: bytes, name: str = "plan.txt") -> str:
        """
        Keep a plan beside the files, where no file is looked for; returns its path.

        What was typed is never taken for the name of a file of this machine.
        """
        parts = _safe_parts(name) or ["plan.txt"]
        path = self._folder / parts[-1]
        path.write_bytes(content)
        return str(path)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came yet."""
        return self._count == 0

    @property
    def top(self) -> str:
        """What is judged: the one file by itself, else the folder with all of them."""
        inside = list(self._files.iterdir())
        is_one = len(inside) == 1 and inside[0].is_file()
        return str(inside[0] if is_one else self._files)

    def drop(self) -> None:
        """Take all of it away."""
        self._dropped()

    def _free(self, path: Path) -> Path:
        """Return a path that is not taken: two watches call their files alike."""
        number = 1
        free = path
        while free.exists():
            number += 1
            free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        return free


def _safe_parts(name: str) -> list[str]:
    """Return folders and name of a file, as far as any system can call them so."""
    parts = [_safe(part) for part in name.replace("\\", "/").split("/")]
    named = [part for part in parts if part]
    return [*named[:-1][-MOST_FOLDERS:], *named[-1:]]


def _safe(part: str) -> str:
    """Return one part of a name; empty where nothing of it is left, as of ``..``."""
    kept = "".join("_" if c in _NOT_IN_NAMES else c for c in part if c.isprintable())
    kept = kept.encode(errors="replace").decode().lstrip(" ").rstrip(" .")
    if len(kept.encode()) <= MOST_BYTES:
        return kept
    ending = PurePath(kept).suffix
    ending = ending if len(ending) < 8 else ""
    return kept.encode()[: MOST_BYTES - 8].decode(errors="ignore") + ending
