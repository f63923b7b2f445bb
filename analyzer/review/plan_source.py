"""One way in for plans: a file of any kind that coaches and watches keep them in, or a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.parsers.other_files import TABLE, other_file
from analyzer.plans.document import fail
from analyzer.plans.files import content_of, plan_path
from analyzer.plans.whose import Whose
from analyzer.review.plan_dialects import PlanFile, dialect_of

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.plan import Plan

TABLES = (".csv", ".tsv")
"""What spreadsheets are saved as; their content may look like a plan in one line."""

SQUAD_NAMES = ("athletes.yaml", "athletes.yml")
"""What a coach's file of paces is called, where it lies beside the plan."""


def read_plan(
    source: str | Path,
    *,
    athletes: str | Path | None = None,
    athlete: str | None = None,
    day: dt.date | None = None,
    default_athlete: str | None = None,
) -> Plan:
    """
    Read a plan.

    Parameters
    ----------
    source : str or Path
        A YAML file, a FIT, TCX or Zwift workout, intervals.icu text, or the plan itself in one
        line: ``15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km``.
    athletes : str or Path, optional
        The coach's file of paces. Left out: ``athletes.yaml`` beside the plan, for a plan in
        one line the one in this folder.
    athlete : str, optional
        Whose paces, in place of the athlete the plan names.
    day : date, optional
        Of the run: an old run is judged by the paces of its day. Left out: the latest paces.
    default_athlete : str, optional
        Whose paces, where the plan names nobody.

    Returns
    -------
    Plan
        Its blocks numbered, repeats unrolled.

    Raises
    ------
    PlanError
        With every problem of the plan at once: line, column and what to write.
    """
    path = plan_path(source)
    folder = Path() if path is None else path.parent
    whose = Whose(find_squad(folder, athletes), athlete, day, default_athlete)
    if athlete is not None and whose.squad is None:
        where = "beside the plan" if path is not None else "in this folder"
        raise fail(athlete, f"no athletes.yaml {where}; name it with --athletes")
    if path is None:
        from analyzer.plans.line import parse_line  # a plan in a file needs no words of coaches

        return parse_line(str(source), whose=whose)
    if path.is_dir():
        hint = "name a file in it, or let --plans choose one"
        raise fail(path.name or str(source), f"a folder, not a plan; {hint}")
    return plan_in(PlanFile(path.name or str(source), content_of(path)), whose)


def plan_in(file: PlanFile, whose: Whose) -> Plan:
    """
    Read a plan that is in memory, in whatever dialect; see `read_plan`.

    Parameters
    ----------
    file : PlanFile
        Its name tells a coach's text (``.txt``) and tables from YAML.
    whose : Whose
        Whose paces it may name.
    """
    other = TABLE if file.ending in TABLES else other_file(file.content)
    if other is not None and other.as_plan:
        raise fail(file.name, f"{other.what}, not a plan; {other.as_plan}")
    return dialect_of(file).load_reader()(file.content, file.name, whose)


def find_squad(folder: Path, named: str | Path | None) -> Path | None:
    """Return the file of paces: the one named, or the one that lies there; None if none does."""
    if named is not None:
        return Path(named)
    return next((p for n in SQUAD_NAMES if (p := folder / n).is_file()), None)
