"""What travels between the server and the processes that work for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.plan import Match
    from analyzer.model.track import Shown
    from analyzer.units import Unit

PlanKind = Literal["carried", "text", "file", "folder", "fitting"]
"""Where a plan comes from: the recording itself, what was typed, a file that was opened, a
file of the folder, or whichever of the folder fits."""


class PlanAsked(Struct, frozen=True):
    """
    Which plan a run shall be judged by.

    Parameters
    ----------
    kind : str
        Where it comes from.
    text : str
        What was typed or pasted.
    name : str
        Of the file that was opened, or of the one in the folder.
    content : bytes
        Of the file that was opened.
    athlete : str or None
        By whose paces; None: those of whom the plan names.
    """

    kind: PlanKind = "carried"
    text: str = ""
    name: str = ""
    content: bytes = b""
    athlete: str | None = None

    @property
    def is_long(self) -> bool:
        """Whether it was typed in several lines, which a command line has no room for."""
        return self.kind == "text" and "\n" in self.text.strip()


PLAN_FILE = "plan.txt"
"""What a plan that was typed is called as a file; by this ending any text is read."""


class Asked(Struct, frozen=True):
    """
    All that a review depends on beside its recording.

    Parameters
    ----------
    plan : PlanAsked
        What it is judged by.
    start_s : float or None
        When block 1 began, as somebody decided [elapsed s].
    match : {'auto', 'laps', 'clock'} or None
        What may place the blocks, as somebody decided.
    moved : tuple of (int, float) or None
        A block, and where its start was moved to [elapsed s]; wins over ``start_s``.
    track : {'ends', 'full'} or None
        How much of the route is drawn.
    units : {'km', 'mi'} or None
        Of what is shown; None: the plan's.
    """

    plan: PlanAsked = PlanAsked()
    start_s: float | None = None
    match: Match | None = None
    moved: tuple[int, float] | None = None
    track: Shown | None = None
    units: Unit | None = None

    @property
    def is_overruled(self) -> bool:
        """Whether somebody decided where the blocks are."""
        return self.start_s is not None or self.match not in (None, "auto")


class ReadRun(Struct, frozen=True):
    """
    A recording that was read.

    Parameters
    ----------
    name : str
        What to call it: of a member of an archive, its name there.
    content : bytes
        As it lay in the file.
    activity : bytes
        The `Activity`, pickled: the server only passes it on.
    day : date or None
        Of the run, by the runner's own clock.
    about : str
        One line for a person: day, distance, time.
    has_workout : bool
        Whether it carries the workout that was on the watch.
    """

    name: str
    content: bytes
    activity: bytes
    day: dt.date | None
    about: str
    has_workout: bool


class Unread(Struct, frozen=True):
    """A recording that cannot be used, and why, in one line."""

    name: str
    why: str


class OtherReading(Struct, frozen=True):
    """
    One of two possible starts of block 1, with what it says of the run.

    Parameters
    ----------
    start_s : float
        Where block 1 began in it [elapsed s].
    digest : str
        Sentence, score and a line a block, as finished markup.
    """

    start_s: float
    digest: str


class Reviewed(Struct, frozen=True):
    """
    A review, ready to be shown.

    Parameters
    ----------
    asked : Asked
        What it was asked for; a boundary that was moved has become a start.
    review : bytes
        The `Review`, pickled: the server only passes it on.
    article : str
        The report, as finished markup.
    sentence : str
        What it says first.
    placed_by : {'workout_steps', 'laps', 'clock', 'fitted_start'}
        What placed the blocks.
    start_s : float
        Where block 1 began [elapsed s].
    command : str
        The command line that gives the same review.
    readings : tuple of OtherReading
        Both, where two are possible and nobody has settled it.
    splits : str
        The table of kilometres or miles, as finished markup.
    """

    asked: Asked
    review: bytes
    article: str
    sentence: str
    placed_by: str
    start_s: float
    command: str
    readings: tuple[OtherReading, ...] = ()
    splits: str = ""
