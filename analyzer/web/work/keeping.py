"""A run of the desk, into the store: judged there as it was on the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.archive.keep import keep_run
from analyzer.archive.rules import Rules
from analyzer.archive.said import Decided, GivenPlan, Ruling
from analyzer.errors import ActivityError
from analyzer.plans.document import fail
from analyzer.plans.files import content_of
from analyzer.review.plan_source import find_squad
from analyzer.web.work.kept import opened
from analyzer.web.work.planned import plan_names

if TYPE_CHECKING:
    from analyzer.web.settings import Settings
    from analyzer.web.work.records import Asked, PlanAsked


def keep_in_store(
    content: bytes, name: str, asked: Asked, athlete: str | None, settings: Settings
) -> tuple[str, str]:
    """
    Keep a run with its plan, and with where its blocks are if somebody decided.

    Parameters
    ----------
    content : bytes
        Of the recording.
    name : str
        What it is called.
    asked : Asked
        What its review was asked for.
    athlete : str or None
        Whose run it is.
    settings : Settings
        Of the server; its store is made here if there is none yet.

    Returns
    -------
    line, content : str
        What became of it, in one line; and what the run is known by there; empty for one
        that was there already.

    Raises
    ------
    ActivityError
        If there is no review to be kept.
    StoreError
        If the store cannot be used.
    """
    squad = find_squad(Path(settings.plans or "."), settings.athletes)
    is_chosen_there = asked.plan.kind == "fitting"
    rules = Rules(
        plans=settings.plans if is_chosen_there else None,
        athletes=None if squad is None else str(squad),
    )
    ruling = Ruling(asked.start_s, asked.match) if asked.is_overruled else None
    decided = Decided(ruling, _given(asked.plan, settings))
    with opened(settings, create=True) as store:
        kept = keep_run(store, content, name, decided=decided, athlete=athlete, rules=rules)
        where = store.name
    if kept.outcome == "duplicate":
        line = f"{where} has this run already, as {kept.why}, which holds more and goes on to count"
        return line, ""
    if kept.run is None:
        raise ActivityError(name, f"not kept: {kept.why or kept.reason}")
    whose = f" as {kept.athlete}'s" if kept.athlete else ""
    return f"kept in {where}{whose}", kept.content


def _given(asked: PlanAsked, settings: Settings) -> GivenPlan | None:
    """Return the plan that goes into the store; None where the run or the folder has it."""
    if asked.kind == "text":
        return GivenPlan("", asked.text.encode())
    if asked.kind == "file":
        return GivenPlan(asked.name, asked.content)
    if asked.kind != "folder":
        return None
    if asked.name not in plan_names(settings):
        raise fail(asked.name, "no such plan in the folder")
    return GivenPlan(asked.name, content_of(Path(settings.plans or "") / asked.name))
