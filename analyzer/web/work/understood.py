"""A plan before any run is judged by it: what is understood of it, as it is being written."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.errors import MAX_PROBLEMS, NoPlanError, PlanError
from analyzer.parsers.other_files import HEAD_BYTES
from analyzer.parsers.workout_file import is_recording
from analyzer.parsers.xml_root import root_element
from analyzer.plans.files import content_of
from analyzer.plans.tolerance import block_tolerances
from analyzer.plans.whose import Whose
from analyzer.report.language import speaking
from analyzer.report.plan_drawing import draw_plan
from analyzer.report.plan_json import places_of
from analyzer.report.plan_words import plan_words
from analyzer.review.choose_plan import PlanFolder
from analyzer.review.pipeline import carried_plan
from analyzer.review.plan_source import read_plan
from analyzer.review.typed_plan import read_typed
from analyzer.safe_text import escape_text
from analyzer.web.work.plan_texts import text_of_file, text_of_plan
from analyzer.web.work.planned import plan_names, squad_of

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.errors import PlanProblem
    from analyzer.model.activity import Activity
    from analyzer.model.plan import Plan
    from analyzer.report.plan_json import Place
    from analyzer.web.settings import Settings
    from analyzer.web.work.records import PlanAsked

LONGEST_LINE = 300
"""Most of a problem that is shown [characters]."""


class Problem(Struct, frozen=True):
    """
    One thing wrong in a plan, as the page shows it.

    Parameters
    ----------
    message : str
        What is wrong and what to write instead.
    line : int or None
        Where, counted from 1.
    place : Place or None
        What to mark in the text that is being written; None where it is not there.
    """

    message: str
    line: int | None = None
    place: Place | None = None


class Understood(Struct, frozen=True):
    """
    A plan as the page shows it while it is being written or chosen.

    Parameters
    ----------
    state : {'understood', 'wrong', 'empty'}
        ``empty``: nothing was written yet, or it is not known yet which plan it will be.
    line : str
        The plan in one line.
    exact : str
        Free text as it was understood; empty where the text is exact.
    remarks : tuple of str
        What may mean another thing, is not scored, or is odd.
    drawing : str
        Its steps, as finished markup.
    text : str
        A plan that was chosen, as text to go on writing.
    why : str
        Which plan it is, and why this one, where it was chosen for somebody.
    problems : tuple of Problem
        What is wrong.
    more : int
        How many more problems there are than are shown.
    """

    state: str
    line: str = ""
    exact: str = ""
    remarks: tuple[str, ...] = ()
    drawing: str = ""
    text: str = ""
    why: str = ""
    problems: tuple[Problem, ...] = ()
    more: int = 0


EMPTY = Understood("empty")


def understand(
    asked: PlanAsked, day: dt.date | None, activity: bytes | None, settings: Settings
) -> Understood:
    """
    Return what is understood of a plan that is being written or was chosen.

    Parameters
    ----------
    asked : PlanAsked
        The plan.
    day : date or None
        Of the run: whose paces of which day.
    activity : bytes or None
        The run, as `read_runs` packed it; only a plan that the run decides on asks for it.
    settings : Settings
        Of the server.
    """
    with speaking(settings.lang):
        if asked.kind == "text":
            whose = Whose(squad_of(settings), asked.athlete, day)
            typed = read_typed(asked.text, whose)
            if typed.plan is not None:
                return _shown(typed.plan)
            return _wrong(typed.problems, settings, asked.text) if typed.problems else EMPTY
        text = _text_of(asked, settings)
        try:
            plan, why = _chosen(asked, day, activity, settings)
        except NoPlanError:
            return EMPTY
        except PlanError as error:
            return _wrong(error.problems, settings, None, text)
        return EMPTY if plan is None else _shown(plan, text or text_of_plan(plan), why)


def _text_of(asked: PlanAsked, settings: Settings) -> str:
    """Return the text of a plan of the folder; empty where it is not text, or chosen later."""
    if asked.kind != "folder" or asked.name not in plan_names(settings):
        return ""
    try:
        return text_of_file(content_of(Path(settings.plans or "") / asked.name), asked.name)
    except PlanError:
        return ""


def open_plan(content: bytes, name: str) -> str | None:
    """Return a plan file as text to go on writing; None if it is a run; PlanError if neither."""
    is_run = is_recording(content[:HEAD_BYTES]) or root_element(content[:HEAD_BYTES]) == b"gpx"
    return None if is_run else text_of_file(content, name)


def _chosen(
    asked: PlanAsked, day: dt.date | None, activity: bytes | None, settings: Settings
) -> tuple[Plan | None, str]:
    """Return a plan that was chosen, and why it is this one; None as long as no run is there."""
    if asked.kind == "folder":
        if asked.name not in plan_names(settings):
            return None, ""
        path = Path(settings.plans or "") / asked.name
        plan = read_plan(path, athletes=settings.athletes, athlete=asked.athlete, day=day)
        return plan, plan.paces_from
    if activity is None or asked.kind == "file":
        return None, ""
    run: Activity = pickle.loads(activity)  # noqa: S301 - packed by `read_runs`
    try:
        return carried_plan(run), "" if asked.kind == "carried" else "The workout in the file."
    except NoPlanError:
        if asked.kind == "carried" or settings.plans is None:
            raise
    choice = PlanFolder(Path(settings.plans), settings.athletes, asked.athlete).choose(run)
    return choice.plan, f"{choice.plan.source}: {choice.why}"


def _shown(plan: Plan, text: str = "", why: str = "") -> Understood:
    """Lay out a plan that can be used."""
    words = plan_words(plan)
    return Understood(
        "understood",
        words.line,
        words.understood,
        words.remarks,
        draw_plan(plan, block_tolerances(plan)),
        text,
        why,
    )


def _wrong(
    problems: tuple[PlanProblem, ...], settings: Settings, written: str | None, text: str = ""
) -> Understood:
    """Lay out what is wrong; with places if it is in the text that is being written."""
    shown = problems[:MAX_PROBLEMS]
    places = [None] * len(shown) if written is None else places_of(shown, written)
    told = tuple(
        Problem(_on_the_page(problem.message, settings), problem.line, place)
        for problem, place in zip(shown, places, strict=True)
    )
    return Understood("wrong", text=text, problems=told, more=len(problems) - len(shown))


def _on_the_page(message: str, settings: Settings) -> str:
    """Say what to do by the page's own means, where the words are those of the command line."""
    instead = " under 'Paces of'" if squad_of(settings) else "; start the server with --athletes"
    return escape_text(message, LONGEST_LINE).replace(" with --athlete", instead)
