"""One call of a tool, from its arguments to its answer; runs in a process of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from analyzer.assistant.pages import page_of, pages_of
from analyzer.assistant.tools import BY_NAME
from analyzer.errors import MAX_LINE, PlaceError, PlanError, ProgcheckError
from analyzer.report.language import speaking
from analyzer.safe_text import clean_text, escape_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.assistant.settings import Settings

HIDDEN = "…"
"""In place of the machine's own folders, should a message have one."""


class Answer(NamedTuple):
    """What an assistant gets; of an error one line."""

    text: str
    is_error: bool = False


def answer(settings: Settings, name: str, arguments: Mapping[str, Any]) -> Answer:
    """
    Answer one call; whatever goes wrong is an answer too.

    Parameters
    ----------
    settings : Settings
        What the server was started with.
    name : str
        Of the tool.
    arguments : mapping
        As the assistant gave them.
    """
    try:
        return Answer(_answered(settings, name, arguments))
    except msgspec.ValidationError as error:
        line = f"{name}: {str(error).replace('`', chr(39)).replace('$.', '')}"
    except PlanError as error:
        line = _of_plan(error)
    except ProgcheckError as error:
        line = str(error)
    except OSError as error:
        line = f"progcheck: {error.strerror or type(error).__name__}"
    except Exception as error:  # noqa: BLE001 - the one net below everything: the server lives on
        line = f"progcheck: a bug in progcheck ({type(error).__name__}); please report it"
    return Answer(clean_text(_without_folders(line, settings), MAX_LINE), is_error=True)


def _answered(settings: Settings, name: str, arguments: Mapping[str, Any]) -> str:
    """Return the page that is asked for."""
    if name not in BY_NAME or (BY_NAME[name].needs_store and settings.store is None):
        problem = (
            "it needs --store at start" if name in BY_NAME else f"there are {', '.join(BY_NAME)}"
        )
        raise PlaceError(name, f"no such tool; {problem}")
    question = msgspec.convert(dict(arguments), BY_NAME[name].question)
    from analyzer.assistant.answers import ANSWERS  # numpy and all, once something is asked
    from analyzer.assistant.desk import Desk

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with speaking(settings.language):
        lines = ANSWERS[name](Desk(settings), question)
        page = page_of(lines, question.page)
    if page is None:
        count = pages_of(lines)
        has = "1 page" if count == 1 else f"{count} pages"
        problem = f"there is no page {question.page}; the answer has {has}"
        raise PlaceError(name, problem)
    return page


def _of_plan(error: PlanError) -> str:
    """Say in one line what is wrong with a plan, and where the rest is said."""
    first = error.problems[0]
    place = "".join(f":{n}" for n in (first.line, first.column) if n is not None)
    others = len(error.problems) - 1
    more = f" (and {others} more; check_plan names them)" if others > 0 else ""
    return f"{escape_text(error.source)}{place}: {escape_text(first.message, MAX_LINE - 60)}{more}"


def _without_folders(line: str, settings: Settings) -> str:
    """Leave out where on this machine the folders are."""
    for folder in sorted({os.path.realpath(f) for f in settings.folders}, key=len, reverse=True):
        line = line.replace(folder, HIDDEN) if folder != os.sep else line
    return line
