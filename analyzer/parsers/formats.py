"""The formats of files from a watch: how each is known, and what reads it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.activity import Activity, FileFormat
    from analyzer.model.workout import Workout


class ActivityReader(Protocol):
    """Reads a recording; a format without sessions pays no heed to the one asked for."""

    def __call__(self, content: bytes, source: str, session: int | None) -> Activity:
        """Return the recording, or raise an ActivityError."""


class WorkoutReader(Protocol):
    """Reads a workout."""

    def __call__(self, content: bytes, source: str) -> Workout:
        """Return the workout, or raise an ActivityError."""


Reader = TypeVar("Reader", ActivityReader, WorkoutReader)


class Format(Struct, Generic[Reader], frozen=True):
    """
    One format of a file.

    Parameters
    ----------
    name : {'fit', 'gpx', 'tcx'}
        Also the usual ending of a file's name.
    reader : str
        ``module:function``; loaded when there is a file to read, so that no other
        format's library is.
    magic : tuple of int and bytes
        Where in the file which bytes stand; no bytes where it is XML.
    roots : tuple of bytes
        Local names the root element may have.
    """

    name: FileFormat
    reader: str
    magic: tuple[int, bytes] = (0, b"")
    roots: tuple[bytes, ...] = ()

    def load(self) -> Reader:
        """Load what reads a file of this format."""
        module, _, function = self.reader.partition(":")
        return cast("Reader", getattr(import_module(module), function))


FIT = (8, b".FIT")

RECORDINGS: tuple[Format[ActivityReader], ...] = (
    Format("fit", "analyzer.parsers.fit.activity:read_fit", FIT),
    Format("gpx", "analyzer.parsers.gpx:read_gpx", roots=(b"gpx",)),
    Format(
        "tcx", "analyzer.parsers.tcx:read_tcx", roots=(b"TrainingCenterDatabase", b"Activities")
    ),
)
"""What a recorded run comes in."""

WORKOUTS: tuple[Format[WorkoutReader], ...] = (
    Format("fit", "analyzer.parsers.fit.workouts:read_fit_workout", FIT),
    Format(
        "tcx",
        "analyzer.parsers.tcx_workout:read_tcx_workout",
        roots=(b"TrainingCenterDatabase", b"Workouts"),
    ),
)
"""What a workout comes in; one file may hold both, and is read as what was asked for."""
