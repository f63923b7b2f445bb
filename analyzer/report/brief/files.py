"""Recordings and plans that lie in folders, for an assistant that looks for one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from analyzer.report.brief.lines import BETWEEN, Line
from analyzer.report.language import noted, say, say_n
from analyzer.report.trends.words import day_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

FileKind = Literal["recording", "plan"]

IN_FOLDER: Mapping[FileKind, str] = {
    "recording": noted("Recordings in {folder}:"),
    "plan": noted("Plans in {folder}:"),
}

OF_ATHLETE = noted("Recordings of {athlete} in {folder}:")

MOST_BYTES = 280
"""A line names as many files of a folder as fit into this."""


class FileRow(Struct, frozen=True):
    """
    A file.

    Parameters
    ----------
    label : str
        What it is called, with its folders.
    kind : {'recording', 'plan'}
        What it is.
    day : date or None
        As its export has it.
    athlete : str
        Whose it is, as far as its place says so; empty for nobody in particular.
    """

    label: str
    kind: FileKind
    day: dt.date | None = None
    athlete: str = ""


def brief_files(files: Sequence[FileRow]) -> list[Line]:
    """Return files as lines, in the order that they have, those of a folder on one line."""
    recordings = sum(file.kind == "recording" for file in files)
    title = ", ".join(
        (
            say_n("{n} recording", "{n} recordings", recordings),
            say_n("{n} plan", "{n} plans", len(files) - recordings),
        )
    )
    rows = [
        line
        for where, group in groupby(files, _where)
        for line in _lines(_heading(*where), [_name(file) for file in group])
    ]
    return [Line(title, "title", 0), *rows]


def _where(file: FileRow) -> tuple[str, FileKind, str]:
    """Return the folder of a file, its kind, and whose it is."""
    return file.label.rpartition("/")[0], file.kind, file.athlete


def _heading(folder: str, kind: FileKind, athlete: str) -> str:
    """Say what files of a folder are named."""
    if athlete:
        return say(OF_ATHLETE, athlete=athlete, folder=folder)
    return say(IN_FOLDER[kind], folder=folder)


def _name(file: FileRow) -> str:
    """Return what a file is called in its folder."""
    name = file.label.rpartition("/")[2]
    return name if file.day is None else f"{name} ({day_text(file.day)})"


def _lines(folder: str, names: Sequence[str]) -> Iterator[Line]:
    """Return the files of a folder, as many on a line as fit."""
    shown: list[str] = []
    for name in names:
        text = f"{folder} {BETWEEN.join([*shown, name])}"
        if shown and len(text.encode("utf-8", "replace")) > MOST_BYTES:
            yield Line(f"{folder} {BETWEEN.join(shown)}", "file", 1, len(shown))
            shown = []
        shown.append(name)
    if shown:
        yield Line(f"{folder} {BETWEEN.join(shown)}", "file", 1, len(shown))
