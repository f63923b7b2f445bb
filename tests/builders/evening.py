"""An evening of a coach: exports of four athletes whose weeks are known, without a plan file."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.builders.exports import Activity, Person, trainingpeaks
from tests.builders.simulate import START_TIME, Behaviour, Device, PlannedBlock, Stop, simulate
from tests.builders.write_fit import write_fit

LAST = dt.date(2026, 3, 31)
"""The Tuesday of the evening."""

SMART_S = 4
"""As smart recording does, to keep the samples small."""


class Member(NamedTuple):
    """
    An athlete of the squad.

    Parameters
    ----------
    person : Person
        As the platform has them.
    greeting : str
        What the coach calls them.
    paces : tuple of int
        Of the five blocks [s/km].
    weeks : dict of int to Behaviour
        Weeks before the evening: how they ran then.
    """

    person: Person
    greeting: str
    paces: tuple[int, ...]
    weeks: dict[int, Behaviour]


ANNA, BEN = (300, 240, 230, 220, 210), (330, 270, 260, 250, 240)
CLEO, DAN = (345, 285, 275, 265, 255), (360, 300, 290, 280, 270)


def _impatient(paces: tuple[int, ...], share: float) -> Behaviour:
    """Go early in the first two steps, and pay for it in the last two."""
    return Behaviour(
        faster={1: share, 2: share, 3: share / 2, 4: -share, 5: -2 * share},
    )


SQUAD = (
    Member(
        Person("Anna", "Anna", "Berg", "anna@example.org", 1),
        "Anna",
        ANNA,
        {w: _impatient(ANNA, 0.006 * w) for w in range(9)},
    ),
    Member(
        Person("Ben", "Ben", "Roth", "ben@example.org", 2),
        "Benny",
        BEN,
        {w: _impatient(BEN, 0.05) for w in range(4)},
    ),
    Member(Person("Cleo", "Cleo", "Lind", "cleo@example.org", 3), "Cleo", CLEO, {1: Behaviour()}),
    Member(
        Person("Dan", "Dan", "Fox", "dan@example.org", 4),
        "Dan",
        DAN,
        {0: Behaviour(stops=(Stop(1790, 75),)), 1: Behaviour(), 2: Behaviour(cut_s=2600.0)},
    ),
)
"""Anna learns patience, Ben does not, Cleo was away, Dan stood at a crossing."""


def athletes_yaml() -> str:
    """Write the coach's file: full names as the platform has them, and greetings."""
    lines = ["athletes:"]
    for member in SQUAD:
        name = f"{member.person.first} {member.person.last}"
        lines.append(f"  {member.person.key}: {{name: {name}, greeting: {member.greeting}}}")
    return "\n".join(lines) + "\n"


def evening_files() -> dict[str, bytes]:
    """Return ``athletes.yaml`` and the export of each athlete, by name."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder))
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def _write(folder: Path) -> None:
    """Write them into a folder."""
    (folder / "athletes.yaml").write_text(athletes_yaml(), encoding="utf-8")
    for member in SQUAD:
        runs = [_recorded(member, weeks) for weeks in sorted(member.weeks, reverse=True)]
        days = [LAST - dt.timedelta(weeks=weeks) for weeks in range(8, -1, -1)]
        trainingpeaks(folder, member.person, runs, [_planned(member, day) for day in days])


def _planned(member: Member, day: dt.date) -> tuple[str, str, str]:
    """Write a session as the coach wrote it on the platform."""
    easy, *steps = (f"{pace // 60}:{pace % 60:02d}" for pace in member.paces)
    return day.isoformat(), "Progression", f"15 min easy @ {easy}, 4 x 10 min @ {', '.join(steps)}"


def _recorded(member: Member, weeks: int) -> Activity:
    """Run a session at six in the evening."""
    start = dt.datetime.combine(LAST - dt.timedelta(weeks=weeks), dt.time(16), tzinfo=dt.UTC)
    blocks = [PlannedBlock(p, seconds=900 if i == 0 else 600) for i, p in enumerate(member.paces)]
    seed = 100 * member.person.number + weeks
    run = simulate(blocks, member.weeks[weeks], Device(), seed).smart(SMART_S)
    later_s = start.timestamp() - START_TIME
    content = write_fit(run, clock_set=(-1.0, later_s), utc_offset_s=7200.0)
    return Activity(1000 * member.person.number + weeks, "running", "Progression", start, content)
