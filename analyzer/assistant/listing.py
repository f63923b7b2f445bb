"""What lies in the folders: recordings and plans, for an assistant that looks for one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.sources.kinds import is_archive, names_a_recording
from analyzer.archive.sources.whose import whose
from analyzer.parsers.workout_file import is_recording, is_workout_file
from analyzer.report.brief.files import FileRow
from analyzer.review.choose_plan import HEAD_BYTES
from analyzer.review.plan_dialects import ENDINGS
from analyzer.review.plan_source import SQUAD_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.assistant.places import Place
    from analyzer.plans.athletes import Squad
    from analyzer.report.brief.files import FileKind

WORKOUTS = (".fit", ".tcx")
"""Endings that recordings and workouts share; the content tells them apart."""


def listed(
    places: Iterable[Place],
    squad: Squad | None = None,
    below: str = "",
    kind: FileKind | None = None,
) -> list[FileRow]:
    """
    Return recordings and plans, by folder and name.

    Parameters
    ----------
    places : iterable of Place
        All files of the folders.
    squad : Squad or None
        The athletes file, which may say whose a recording is.
    below : str
        Only files whose name, folder or athlete has this in it; large and small letters are alike.
    kind : {'recording', 'plan'}, optional
        Only these. Left out: both.
    """
    asked = below.casefold()
    rows = ((place, _kind(place)) for place in places)
    every = (
        FileRow(place.label, what, place.found.hint.day, _owner(place, squad, what))
        for place, what in rows
        if what is not None and kind in (None, what)
    )
    found = [row for row in every if asked in f"{row.label} {row.athlete}".casefold()]
    return sorted(found, key=lambda file: (file.label.rpartition("/")[0], file.kind, file.label))


def _owner(place: Place, squad: Squad | None, kind: FileKind) -> str:
    """Say whose a recording is by its place, if the athletes file has them; else nothing."""
    if squad is None or kind != "recording":
        return ""
    return whose(place.found, None, squad).athlete or ""


def _kind(place: Place) -> FileKind | None:
    """Say what a file is by its name, and where names do not tell, by how it begins."""
    if place.is_closed:
        return None
    path = Path(place.found.member or place.found.path)
    name, ending = path.name, path.suffix.lower()
    may_be_a_run = place.found.skipped is None and (not ending or names_a_recording(name))
    if place.is_in_archive:
        return "recording" if may_be_a_run else None
    if name.startswith(".") or name in SQUAD_NAMES or is_archive(name):
        return None
    if ending in WORKOUTS and _is_workout(place.found.path):
        return "plan"
    if may_be_a_run:
        return "recording"
    is_plan = ending in ENDINGS and place.found.skipped == "other_file"
    return "plan" if is_plan else None


def _is_workout(path: str) -> bool:
    """Whether a small file is a plan for a run and no run."""
    try:
        if Path(path).stat().st_size > HEAD_BYTES:
            return False
        head = Path(path).read_bytes()
    except OSError:
        return False
    return is_workout_file(head) and not is_recording(head)
