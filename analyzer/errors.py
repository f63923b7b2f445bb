"""
Every deliberate error, as a tree: a class says when, keeps its facts, builds its own sentence.

``cli.main`` alone catches them; each carries the exit code of its kind.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from analyzer.safe_text import clean_text, escape_text

MAX_LINE = 300
"""Longest error line [characters]."""

MAX_PROBLEMS = 20
"""Most problems of one plan that are shown."""


class ProgcheckError(Exception):
    """Something a user can mend. ``str()`` is the one line that is shown."""

    exit_code: ClassVar[int] = 70

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with all facts, whatever the class takes to be made."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(
    kind: type[ProgcheckError], args: tuple[object, ...], facts: dict[str, object]
) -> object:
    """Make an error again on the other side of a process boundary."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(facts)
    return error


class MissingExtraError(ProgcheckError):
    """A feature needs a library that was not installed with progcheck."""

    exit_code: ClassVar[int] = 2

    def __init__(self, extra: str, needed_for: str) -> None:
        self.extra = extra
        self.needed_for = needed_for
        super().__init__(f"{needed_for} needs an extra: pip install 'progcheck[{extra}]'")


class ActivityError(ProgcheckError):
    """
    The activity cannot be used.

    Parameters
    ----------
    source : str
        Base name of the file.
    problem : str
        What is wrong, without a full stop.
    where : str
        ``byte 512`` or ``line 40``; empty where there is no place to point at.
    hint : str
        What to do about it.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, source: str, problem: str, where: str = "", hint: str = "") -> None:
        self.source = source
        self.problem = problem
        self.where = where
        self.hint = hint
        line = f"{escape_text(source)}: {escape_text(problem, MAX_LINE)}"
        line += f" (at {where})" if where else ""
        line += f": {hint}" if hint else ""
        super().__init__(clean_text(line, MAX_LINE))


def no_session(wanted: int, sessions: int, source: str) -> ActivityError:
    """Build the error for a session that a file does not have; both count from 1."""
    count = "1 session" if sessions == 1 else f"{sessions} sessions"
    return ActivityError(source, f"there is no session {wanted}; the file has {count}")


class UnknownFormatError(ActivityError):
    """Neither FIT, GPX nor TCX, whatever its name says."""


class DamagedFileError(ActivityError):
    """Broken before the first usable record."""


class EmptyActivityError(ActivityError):
    """Well-formed, but no record with time and distance or position."""


class OtherFileError(EmptyActivityError):
    """A file of settings, a workout or a course, as exports have them beside recordings."""


class LimitError(ActivityError):
    """Larger, deeper or longer than what is read; the problem names limit and value."""


class PlaceError(ProgcheckError):
    """
    What an assistant asked for is not there, or is none of its business.

    Parameters
    ----------
    name : str
        As it was asked for.
    problem : str
        What is wrong and what to do, without a full stop.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        self.problem = problem
        super().__init__(clean_text(f"{escape_text(name)}: {problem}", MAX_LINE))


class PlanProblem(NamedTuple):
    """
    One thing wrong in a plan.

    Parameters
    ----------
    message : str
        What is wrong and what to write instead.
    line, column : int or None
        Place in the plan's text, both counted from 1; None where there is none.
    source_line : str
        The line of text, for the caret; empty where there is none.
    width : int
        How many characters the caret underlines.
    """

    message: str
    line: int | None = None
    column: int | None = None
    source_line: str = ""
    width: int = 1


class PlanError(ProgcheckError):
    """The plan cannot be used. Carries *all* its problems; ``str()`` shows up to 20 with carets."""

    exit_code: ClassVar[int] = 4

    def __init__(self, source: str, problems: tuple[PlanProblem, ...]) -> None:
        self.source = source
        self.problems = problems
        name = escape_text(source)
        lines: list[str] = []
        for problem in problems[:MAX_PROBLEMS]:
            place = "".join(f":{n}" for n in (problem.line, problem.column) if n is not None)
            lines.append(f"{name}{place}: {escape_text(problem.message, MAX_LINE)}")
            if problem.source_line and problem.column is not None:
                lines += _with_caret(problem.source_line, problem.column, problem.width)
        if len(problems) > MAX_PROBLEMS:
            lines.append(f"{name}: and {len(problems) - MAX_PROBLEMS} more problems")
        super().__init__("\n".join(lines))


def _with_caret(source_line: str, column: int, width: int) -> list[str]:
    """Return the source line, cut around the column, and a caret below it."""
    first = max(0, column - 1 - 50)
    shown = escape_text(source_line[first : first + 90].replace("\t", " "), 90)
    end = max(column - first, min(column - 1 - first + width, len(shown)))
    return [
        "    " + shown,
        "    " + " " * (column - 1 - first) + "^" * (end - (column - 1 - first)),
    ]


class NoPlanError(PlanError):
    """No ``--plan`` was given, and the file carries no workout."""

    def __init__(self, source: str) -> None:
        message = (
            "no plan: the file carries no workout; "
            "give one with --plan plan.yaml or --plan '15min easy, 3x10min @ 4:00 -10s'"
        )
        super().__init__(source, (PlanProblem(message),))


class NoFittingPlanError(PlanError):
    """
    No plan of a folder fits a run, or several fit alike.

    Parameters
    ----------
    source : str
        The recording.
    problem : str
        What to show.
    alike : int
        How many fit alike; 0 if none fits.
    unread : tuple of str
        The plans that could not be read, a line each: one of them may be the one.
    """

    def __init__(self, source: str, problem: str, alike: int, unread: tuple[str, ...]) -> None:
        self.alike = alike
        self.unread = unread
        super().__init__(source, (PlanProblem(problem),))


class SomeFailedError(ProgcheckError):
    """Some files of several failed; raised once, at the end."""

    exit_code: ClassVar[int] = 5

    def __init__(self, failed: int, total: int) -> None:
        self.failed = failed
        self.total = total
        super().__init__(f"{failed} of {total} files could not be reviewed")


class WorkersError(ProgcheckError):
    """The processes that do the work end one after the other before they have begun."""

    exit_code: ClassVar[int] = 71

    def __init__(self, problem: str) -> None:
        self.problem = problem
        line = f"the workers end before they begin: {escape_text(problem, MAX_LINE)}"
        super().__init__(clean_text(line, MAX_LINE))


class ClusterError(ProgcheckError):
    """
    The cluster cannot be used.

    Parameters
    ----------
    address : str
        Of its scheduler.
    problem : str
        What is wrong, and what to do about it, without a full stop.
    """

    exit_code: ClassVar[int] = 71

    def __init__(self, address: str, problem: str) -> None:
        self.address = address
        self.problem = problem
        super().__init__(clean_text(f"{escape_text(address)}: {problem}", MAX_LINE))


class OutputError(ProgcheckError):
    """The report cannot be written."""

    exit_code: ClassVar[int] = 74

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(clean_text(f"{escape_text(path)}: {problem}", MAX_LINE))


class StoreError(ProgcheckError):
    """
    The store cannot be used, or something in it.

    Parameters
    ----------
    store : str
        What it is called: name of the file, or address without user and password.
    problem : str
        What is wrong, and what to do about it, without a full stop.
    """

    exit_code: ClassVar[int] = 74

    def __init__(self, store: str, problem: str) -> None:
        self.store = store
        self.problem = problem
        super().__init__(clean_text(f"{escape_text(store)}: {problem}", MAX_LINE))


class ChangedError(StoreError):
    """
    A text would have taken the place of one that whoever wrote it has not seen.

    Parameters
    ----------
    store : str
        As of any `StoreError`.
    kept : str
        The text that is kept, and stays; empty: there is none any more.
    """

    def __init__(self, store: str, kept: str) -> None:
        self.kept = kept
        problem = "this was changed in another window meanwhile, and stays so: read it there first"
        super().__init__(store, problem)


class NoStoreError(StoreError):
    """There is no store in that place, and one may be made there."""
