"""A coach's ``athletes.yaml``: whose paces apply from which day, and which are estimated."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from msgspec import Struct

from analyzer.model.plan import Race
from analyzer.plans.document import (
    Mapping,
    Node,
    Problems,
    Sequence,
    Word,
    decoded,
    fail,
    read_document,
)
from analyzer.plans.files import content_of
from analyzer.plans.keys import check_version, choice_of, values_of
from analyzer.plans.named_paces import MAX_NAMES, named_paces
from analyzer.plans.paces import Pace, PaceContext, single
from analyzer.plans.quantities import (
    FASTEST_S_PER_KM,
    SLOWEST_S_PER_KM,
    UnreadableError,
    distance_m,
    duration_s,
)
from analyzer.plans.riegel import estimates, race_words
from analyzer.plans.runner_paces import RunnerPaces
from analyzer.safe_text import clean_text
from analyzer.units import KM_M, Unit, pace_text

if TYPE_CHECKING:
    from pathlib import Path

MAX_ATHLETES = 1000
HEART_RATES = range(100, 241)
"""What a heart can do at most [1/min]."""

TOP_KEYS = ("version", "units", "athletes")
ATHLETE_KEYS = (
    "paces", "results", "max_heart_rate", "notes", "name", "greeting", "files", "devices",
)  # fmt: skip
RESULT_KEYS = ("date", "distance", "time")

HINT = "write 'athletes:' and below it 'anna:' with 'paces: {easy: 5:15-5:45, threshold: 3:55}'"

MAX_LISTED = 100
"""Most files or devices of one athlete."""

MAX_NAME = 80
"""Longest full name and greeting [characters]."""

MAX_LISTED_NAME = 300
"""Longest name of a folder, or pattern [characters]."""

LISTED = {
    "files": "[anna, WorkoutFileExport-Berg-Anna-*]",
    "devices": "[Forerunner 955]",
}
"""Lists of an athlete, each with an example."""

RESULT = "{date: 2026-04-12, distance: 10km, time: 38:20}"


class DatedPaces(Struct, frozen=True):
    """Paces by name as they apply from a day on; None: from the beginning."""

    day: dt.date | None
    paces: dict[str, Pace]


Dated = TypeVar("Dated", DatedPaces, Race)
"""What applies from a day on, or was run on one."""


class Athlete(Struct, frozen=True):
    """
    A runner as the coach knows them.

    Parameters
    ----------
    name : str
        As plans call them.
    entries : tuple of DatedPaces
        By day; each holds the paces of the days before it too, where it is silent.
    results : tuple of Race
        Races, by day.
    max_heart_rate : int or None
        In 1/min; nothing is scored by it.
    full_name : str or None
        As exports of platforms call them.
    greeting : str or None
        What messages call them.
    files : tuple of str
        Folders and exports that are theirs: names, ``/`` between the parts, or patterns with
        ``*``, ``?`` and ``[...]``.
    devices : tuple of str
        Watches that nobody else wears.
    """

    name: str
    entries: tuple[DatedPaces, ...]
    results: tuple[Race, ...]
    max_heart_rate: int | None = None
    full_name: str | None = None
    greeting: str | None = None
    files: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()


class Squad(Struct, frozen=True):
    """All athletes of a file."""

    source: str
    athletes: dict[str, Athlete]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day on which somebody's paces change."""
        everybody = self.athletes.values()
        days = {e.day for a in everybody for e in a.entries}
        days |= {r.day for a in everybody for r in a.results}
        return tuple(sorted(d for d in days if d is not None))


def read_squad(path: Path) -> Squad:
    """Read ``athletes.yaml``; PlanError names every problem of it."""
    return _squad_of(content_of(path, "check the name after --athletes"), path.name)


@lru_cache(maxsize=2)
def _squad_of(content: bytes, source: str) -> Squad:
    """Read a squad once for all plans of a folder."""
    return parse_squad(content, source)


def parse_squad(content: bytes | str, source: str) -> Squad:
    """
    Read the paces of a squad.

    Parameters
    ----------
    content : bytes or str
        The whole file.
    source : str
        Base name, for messages.

    Raises
    ------
    PlanError
        With every problem of the file at once.
    """
    text = decoded(content, source) if isinstance(content, bytes) else content
    node, problems = read_document(text, source, f"no athletes; {HINT}")
    if not isinstance(node, Mapping):
        raise fail(source, f"no athletes; {HINT}", node.line, node.column)
    values = values_of(node, TOP_KEYS, problems)
    check_version(values.get("version"), problems)
    units = cast("Unit", choice_of(values.get("units"), get_args(Unit), "km", problems))
    listed = values.get("athletes")
    athletes: dict[str, Athlete] = {}
    if not isinstance(listed, Mapping) or not listed.items:
        problems.add(f"no athletes; {HINT}", listed or node, 1)
    elif len(listed.items) > MAX_ATHLETES:
        problems.add(f"more than the limit of {MAX_ATHLETES} athletes", listed, 1)
    else:
        for key, value in listed.items:
            name = clean_text(key.text)
            if not name:
                problems.add("an athlete needs a name, as plans call them: anna", key)
            if known_as(name) in athletes:
                problems.add(f"'{name}' appears a second time; keep one", key)
            athletes[known_as(name)] = _athlete(name, value, units, problems)
    problems.raise_if_any()
    return Squad(source, athletes)


def known_as(name: str) -> str:
    """Return the key of an athlete's name: case, and how a letter is stored, may differ."""
    return clean_text(name).casefold()


def paces_of(squad: Squad, name: str, day: dt.date | None) -> RunnerPaces | None:
    """
    Return a runner's paces as they stood on a day.

    Parameters
    ----------
    squad : Squad
        As from `read_squad`.
    name : str
        As the plan calls the runner; upper and lower case are the same.
    day : date or None
        Of the run; None: today's paces, the last ones.

    Returns
    -------
    RunnerPaces or None
        None if the squad has nobody of that name.
    """
    athlete = squad.athletes.get(known_as(name))
    if athlete is None:
        return None
    entry = _latest(athlete.entries, day)
    race = _latest(athlete.results, day)
    if entry is None and race is None:
        return RunnerPaces({}, "", _before_the_first(athlete, day))
    paces: dict[str, Pace] = {}
    origins: list[str] = []
    if entry is not None:
        paces.update(entry.paces)
        since = f" from {entry.day.isoformat()}" if entry.day else ""
        origins.append(f"{athlete.name}'s paces{since}")
    estimated = {} if race is None else estimates(race)
    by_result = {n: Pace(single(p)) for n, p in estimated.items() if n not in paces}
    paces.update(by_result)
    if race is not None and by_result:
        origins.append(f"{', '.join(by_result)} estimated from {race_words(race)}")
    return RunnerPaces(paces, "; ".join(origins), "", race)


def _latest(dated: tuple[Dated, ...], day: dt.date | None) -> Dated | None:
    """Return the last of what held on a day, of entries in order; None: there was nothing yet."""
    held = [each for each in dated if day is None or each.day is None or each.day <= day]
    return held[-1] if held else None


def _before_the_first(athlete: Athlete, day: dt.date | None) -> str:
    """Say that a run is older than every pace of an athlete; empty if none has a day."""
    days = [entry.day for entry in athlete.entries if entry.day]
    days += [race.day for race in athlete.results if race.day]
    if day is None or not days:
        return ""
    return f"{athlete.name}'s paces begin on {min(days)}, but the run was on {day}"


def unknown_athlete(squad: Squad, name: str) -> str:
    """Say that nobody has that name, and who is near."""
    names = [a.name for a in squad.athletes.values()]
    near = difflib.get_close_matches(known_as(name), list(squad.athletes), n=1, cutoff=0.5)
    hint = f"did you mean '{squad.athletes[near[0]].name}'?" if near else _some(names)
    return f"'{clean_text(name, 40)}' is not in {squad.source}; {hint}"


def _some(names: list[str]) -> str:
    """Name a few athletes."""
    more = ", ..." if len(names) > 5 else ""
    return f"it has {', '.join(names[:5])}{more}"


def _athlete(name: str, node: Node, units: Unit, problems: Problems) -> Athlete:
    """Read one athlete."""
    if not isinstance(node, Mapping):
        text = f"'{name}' needs paces or results below it: paces: {{threshold: 3:55}}"
        problems.add(text, node, 1)
        return Athlete(name, (), ())
    values = values_of(node, ATHLETE_KEYS, problems)
    return Athlete(
        name,
        _entries(values.get("paces"), units, problems),
        _results(values.get("results"), problems),
        _heart_rate(values.get("max_heart_rate"), problems),
        _called(values.get("name"), "name: Anna Berg", problems),
        _called(values.get("greeting"), "greeting: Anna", problems),
        _listed(values.get("files"), "files", problems),
        _listed(values.get("devices"), "devices", problems),
    )


def _called(node: Node | None, example: str, problems: Problems) -> str | None:
    """Read what an athlete is called."""
    if node is None:
        return None
    text = clean_text(node.text, MAX_NAME + 1) if isinstance(node, Word) else ""
    if not text:
        problems.add(f"a name belongs here; write {example}", node)
    elif len(text) > MAX_NAME:
        problems.add(f"longer than the limit of {MAX_NAME} characters", node)
    return text or None


def _listed(node: Node | None, key: str, problems: Problems) -> tuple[str, ...]:
    """Read a list of names; one alone needs no brackets."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    if len(items) > MAX_LISTED:
        problems.add(f"more than the limit of {MAX_LISTED} {key} for one athlete", node, 1)
        return ()
    names = []
    for item in items:
        name = clean_text(item.text, MAX_LISTED_NAME) if isinstance(item, Word) else ""
        if name:
            names.append(name)
        else:
            problems.add(f"{key} are a list of names; write {key}: {LISTED[key]}", item)
    return tuple(names)


def _entries(node: Node | None, units: Unit, problems: Problems) -> tuple[DatedPaces, ...]:
    """Read paces: one mapping, or a list of them with the day from which each applies."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    needs_days = isinstance(node, Sequence) and len(items) > 1
    dated: list[tuple[dt.date | None, Mapping]] = []
    for item in items:
        if not isinstance(item, Mapping):
            text = "paces are names with paces: {from: 2026-03-01, threshold: 3:55}"
            problems.add(text, item)
            continue
        since, paces = _since(item, problems, needs_days=needs_days)
        if since is not None and since in (day for day, _ in dated):
            at = next(v for k, v in item.items if k.text == "from")
            problems.add(f"{since} appears a second time; put these together", at)
        dated.append((since, paces))
    dated.sort(key=lambda entry: entry[0] or dt.date.min)
    return _merged(dated, units, problems)


def _since(
    item: Mapping, problems: Problems, *, needs_days: bool
) -> tuple[dt.date | None, Mapping]:
    """Return the day from which paces apply, and the paces without it."""
    days = [(k, v) for k, v in item.items if k.text == "from"]
    paces = tuple((k, v) for k, v in item.items if k.text != "from")
    if needs_days and not days:
        problems.add("say from when these paces apply: from: 2026-03-01", item, 1)
    if not paces:
        problems.add("no paces here; write for example threshold: 3:55", item, 1)
    for key, _ in days[1:]:
        problems.add("'from' appears a second time; keep one", key)
    since = _day(days[0][1], problems) if days else None
    return since, Mapping(paces, item.line, item.column)


def _merged(
    dated: list[tuple[dt.date | None, Mapping]], units: Unit, problems: Problems
) -> tuple[DatedPaces, ...]:
    """Let each day change the paces it names, and keep the others."""
    entries: list[DatedPaces] = []
    for since, mapping in dated:
        before = entries[-1].paces if entries else {}
        paces = {**before, **named_paces(mapping, PaceContext(units, before), problems)}
        if len(paces) > MAX_NAMES:
            text = f"more than the limit of {MAX_NAMES} names for one athlete"
            problems.add(text, mapping, 1)
            break
        entries.append(DatedPaces(since, paces))
    return tuple(entries)


def _results(node: Node | None, problems: Problems) -> tuple[Race, ...]:
    """Read races: ``{date: 2026-04-12, distance: 10km, time: 38:20}``."""
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        problems.add(f"results are a list of races; write - {RESULT}", node, 1)
        return ()
    results = []
    for item in node.items:
        if not isinstance(item, Mapping):
            problems.add(f"not a result; write {RESULT}", item)
            continue
        values = values_of(item, RESULT_KEYS, problems)
        day = _day(values["date"], problems) if "date" in values else None
        metres = _quantity(values.get("distance"), item, problems, "distance")
        seconds = _quantity(values.get("time"), item, problems, "time")
        if metres is None or seconds is None:
            continue
        pace = seconds / metres * KM_M
        if FASTEST_S_PER_KM <= pace <= SLOWEST_S_PER_KM:
            results.append(Race(metres, seconds, day))
        else:
            text = f"this would be {pace_text(pace)}/km; check the digits of distance and time"
            problems.add(text, values["time"])
    return tuple(sorted(results, key=lambda r: r.day or dt.date.min))


def _quantity(node: Node | None, item: Node, problems: Problems, key: str) -> float | None:
    """Read a distance or a time of a race."""
    example = {"distance": "10km", "time": "38:20"}[key]
    reader = {"distance": distance_m, "time": duration_s}[key]
    if not isinstance(node, Word):
        problems.add(f"a result needs {key}; write {key}: {example}", node or item, 1)
        return None
    try:
        value = reader(node.text)
    except UnreadableError as error:
        problems.add(str(error), node)
        return None
    if value is None:
        problems.add(f"not a {key}; write {key}: {example}", node)
    return value


def _day(node: Node, problems: Problems) -> dt.date | None:
    """Read ``2026-03-01``."""
    text = node.text.strip() if isinstance(node, Word) else ""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    problems.add("not a date; write 2026-03-01", node)
    return None


def _heart_rate(node: Node | None, problems: Problems) -> int | None:
    """Read the highest heart rate."""
    if node is None:
        return None
    text = node.text if isinstance(node, Word) else ""
    if re.fullmatch(r"\d{2,3}", text, re.ASCII) and int(text) in HEART_RATES:
        return int(text)
    problems.add("a maximum heart rate is between 100 and 240; write max_heart_rate: 188", node)
    return None
