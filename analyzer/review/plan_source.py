"""One way in for plans: a file of any kind that coaches and watches keep them in, or a line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.plans.document import MAX_BYTES, Problems, decoded, fail
from analyzer.plans.files import content_of, plan_path
from analyzer.plans.paces import Known
from analyzer.plans.read import parse_line, parse_plan
from analyzer.plans.whose import Whose

if TYPE_CHECKING:
    import datetime as dt

    from analyzer.model.plan import Plan

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
        A YAML file, a FIT or TCX workout, intervals.icu text, or the plan itself in one line:
        ``15min easy, 4x10min @ 4:00, 3:50, 3:40, 3:30 /km``.
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
        return parse_line(str(source), whose=whose)
    name = path.name or str(source)
    content = content_of(path)
    start = content[:64].translate(None, b"\0").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if content[8:12] == b".FIT" or start[:1] == b"<":
        return _workout(content, name)
    if path.suffix.lower() == ".txt":
        return _text(content, name, whose)
    return parse_plan(content, name, whose)


def find_squad(folder: Path, named: str | Path | None) -> Path | None:
    """Return the file of paces: the one named, or the one that lies there; None if none does."""
    if named is not None:
        return Path(named)
    return next((p for n in SQUAD_NAMES if (p := folder / n).is_file()), None)


def _workout(content: bytes, name: str) -> Plan:
    """Read a workout file of a watch."""
    if len(content) > MAX_BYTES:
        raise fail(name, f"larger than the limit of {MAX_BYTES // 1024} KiB; is it a plan?")
    from analyzer.parsers.workout_file import read_workout_file  # only these need the decoders
    from analyzer.plans.workout_steps import plan_from_workout

    return plan_from_workout(read_workout_file(content, name), name)


def _text(content: bytes, name: str, whose: Whose) -> Plan:
    """Read a text file: intervals.icu's steps, else a plan in one line or YAML."""
    from analyzer.plans.intervals_text import looks_like_intervals, parse_intervals

    text = decoded(content, name)
    is_line = len(text.strip().splitlines()) < 2 and not looks_like_intervals(text)
    if text.strip() and not is_line and re.search(r"^blocks\s*:", text, re.MULTILINE) is None:
        problems = Problems(name, text.splitlines())
        athlete = whose.athlete()
        mine = whose.paces(athlete, None, problems)
        problems.raise_if_any()
        read = parse_intervals(text, name, Known("km", mine.paces, hint=mine.hint))
        return replace(read, athlete=athlete or read.athlete, paces_from=mine.told, race=mine.race)
    if is_line and text.strip():
        return parse_line(text.strip(), name, whose)
    return parse_plan(text, name, whose)
