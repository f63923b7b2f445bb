"""
Exports of platforms with a known truth: who ran what, and which files lie where.

`squad_exports` is the way in: it writes the exports of a whole squad into a folder, an athletes
file beside them, and returns what must be found. A single platform is written by
`trainingpeaks`, `garmin`, `strava`, `healthfit` and `plain`. The same arguments write the
same bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import zipfile
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tests.builders.simulate import START_TIME, UTC_OFFSET_S, Behaviour, PlannedBlock, simulate
from tests.builders.write_fit import write_fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NAMES = (
    ("Jane", "Doe"), ("Ben", "Müller"), ("Anna", "Berg"), ("Zoë", "O'Hara"), ("Łukasz", "Nowak"),
    ("Anna-Lena", "Voß"), ("José", "García"), ("Mia", "Lind"), ("Tom", "Fox"), ("Ida", "Kron"),
    ("Noa", "Levi"), ("Omar", "Haddad"), ("Pia", "Roth"), ("Ravi", "Nair"), ("Sol", "Vega"),
)  # fmt: skip

PLAN = (
    PlannedBlock(330, seconds=300),
    PlannedBlock(280, seconds=240),
    PlannedBlock(270, seconds=240),
    PlannedBlock(260, seconds=240),
)
"""Short, as a squad runs hundreds of them."""

PLAN_LINE = "5min easy @ 5:30, 4min @ 4:40, 4:30, 4:20"
"""The same in one line."""

KINDS = (Behaviour(), Behaviour(faster={1: 0.06}), Behaviour(paces={2: 270.0, 3: 270.0, 4: 270.0}))
"""As planned, too fast at first, and no progression; activities take them in turn."""

STAMP = (2026, 4, 1, 12, 0, 0)
"""When every member was packed."""

RUNNING, CYCLING = 1, 2
"""Sports as FIT numbers them."""


class StravaWords(NamedTuple):
    """How Strava writes its table in a language."""

    header: tuple[str, str, str, str, str]
    date: str
    running: str
    cycling: str


STRAVA_WORDS = {
    "en": StravaWords(
        ("Activity ID", "Activity Date", "Activity Name", "Activity Type", "Filename"),
        "Mar {day}, {year}, {hour}:00:00 PM",
        "Run",
        "Ride",
    ),
    "de": StravaWords(
        ("Aktivitäts-ID", "Datum", "Name", "Aktivitätsart", "Dateiname"),
        "{day:02}.03.{year}, {hour}:00:00",
        "Lauf",
        "Radfahrt",
    ),
    "fr": StravaWords(
        ("Numéro", "Date", "Nom", "Type", "Nom du fichier"),
        "{day} mars {year}, {hour}:00:00",
        "Course à pied",
        "Sortie à vélo",
    ),
}
"""How Strava writes its table in some languages."""


class Person(NamedTuple):
    """An athlete; ``key`` is what the athletes file calls them."""

    key: str
    first: str
    last: str
    email: str
    number: int


class Activity(NamedTuple):
    """A recording: its number, what the export says of it, and its bytes as FIT."""

    number: int
    sport: str
    title: str
    start: dt.datetime
    content: bytes


class Expected(NamedTuple):
    """
    A file that must be found.

    Parameters
    ----------
    place : str
        Below the folder of the export, or in it if it is an archive.
    athlete : str or None
        Key of whose it is.
    activity : Activity or None
        None for what is no recording.
    """

    place: str
    athlete: str | None
    activity: Activity | None = None


class Export(NamedTuple):
    """One export: its folder or archive, and every file in it."""

    path: Path
    platform: str
    files: tuple[Expected, ...]


class SquadExports(NamedTuple):
    """All exports of a squad, the athletes file, and who is in it."""

    folder: Path
    athletes_file: Path
    people: tuple[Person, ...]
    exports: tuple[Export, ...]

    @property
    def files(self) -> tuple[Expected, ...]:
        """Every file that must be found; the athletes file lies elsewhere."""
        return tuple(each for export in self.exports for each in export.files)


def people(count: int) -> tuple[Person, ...]:
    """Invent athletes with different names."""
    made = []
    for i in range(count):
        first, last = NAMES[i % len(NAMES)]
        last += "" if i < len(NAMES) else str(i // len(NAMES))
        email = f"runner.{i}@example{i}.org"
        made.append(Person(f"{first.lower()}{i}", first, last, email, 7000 + i))
    return tuple(made)


def activities(
    count: int, seed: int = 0, *, every_other_sport: int = 5, plan: Sequence[PlannedBlock] = PLAN
) -> tuple[Activity, ...]:
    """
    Record activities, one a day from 2026-03-02 on, each with bytes of its own.

    Parameters
    ----------
    count : int
        How many; more than 28 begin at other hours of the same days.
    seed : int
        Also sets their numbers apart from those of other seeds.
    every_other_sport : int
        Every so many is a bike ride; 0: none.
    plan : sequence of PlannedBlock
        What was planned.
    """
    made = []
    for i in range(count):
        is_ride = bool(every_other_sport) and i % every_other_sport == every_other_sport - 1
        day, hour = divmod(i, 28)[::-1]
        start = dt.datetime(2026, 3, 2 + day, 6 + hour % 12, seed % 60, hour, tzinfo=dt.UTC)
        content = _recording(tuple(plan), i % len(KINDS), seed % 4, start, is_ride=is_ride)
        sport = "cycling" if is_ride else "running"
        made.append(Activity(100_000 * (seed + 1) + i, sport, f"Morning {i}", start, content))
    return tuple(made)


def _recording(
    plan: tuple[PlannedBlock, ...], kind: int, seed: int, start: dt.datetime, *, is_ride: bool
) -> bytes:
    """Write a run that began at a time, in FIT."""
    later_s = start.timestamp() - START_TIME
    sport = CYCLING if is_ride else RUNNING
    return write_fit(_run(plan, kind, seed), clock_set=(-1.0, later_s), sport=sport)


@cache
def _run(plan: tuple[PlannedBlock, ...], kind: int, seed: int):
    """Run it once for all that differ by their start alone."""
    return simulate(plan, KINDS[kind], seed=seed)


def squad_exports(
    folder: Path, *, count: int = 300, athletes: int = 12, seed: int = 0
) -> SquadExports:
    """
    Write exports of a whole squad: TrainingPeaks, Garmin, Strava, HealthFit, a folder, in turn.

    Parameters
    ----------
    folder : Path
        Gets a folder ``squad`` with everything to be found, and ``athletes.yaml`` beside it.
    count, athletes : int
        How many activities of how many athletes.
    seed : int
        Another seed makes other runs.

    Returns
    -------
    SquadExports
        The truth: each activity with its athlete, and everything else that lies around.
    """
    squad = folder / "squad"
    squad.mkdir(parents=True)
    everybody = people(athletes)
    exports = []
    for i, person in enumerate(everybody):
        own = activities(count // athletes + (i < count % athletes), seed + i)
        exports.append(_WRITERS[i % len(_WRITERS)](squad, person, own))
    athletes_file = folder / "athletes.yaml"
    athletes_file.write_text(athletes_yaml(everybody), encoding="utf-8")
    return SquadExports(squad, athletes_file, everybody, tuple(exports))


def athletes_yaml(everybody: Iterable[Person]) -> str:
    """Write the athletes file that tells every export of `squad_exports` apart."""
    lines = ["athletes:"]
    for person in everybody:
        lines += [
            f"  {person.key}:",
            f'    name: "{person.first} {person.last}"',
            f"    greeting: {person.first}",
            f"    files: [export_{person.number}, {garmin_name(person)}]",
            "    paces: {easy: 5:30, threshold: 4:20}",
        ]
    return "\n".join(lines) + "\n"


def trainingpeaks(
    folder: Path,
    person: Person,
    own: Sequence[Activity],
    planned: Sequence[tuple[str, str, str]] = (),
    *,
    unpacked: bool = False,
) -> Export:
    """Write ``WorkoutFileExport-...``; ``planned`` has day, title and description of workouts."""
    name = f"WorkoutFileExport-{person.last}-{person.first}-2026-03-01-2026-03-31"
    members = {}
    expected = []
    for each in own:
        time = each.start.strftime("%Y-%m-%d-%H-%M-%S-000Z")
        member = f"tp-{each.number}.{time}.GarminPing.AAAA{person.last}token.FIT.gz"
        members[member] = gzip.compress(each.content, mtime=0)
        expected.append(Expected(member, person.key, each))
    if planned:
        members["workouts.csv"] = workouts_csv(planned)
        expected.append(Expected("workouts.csv", person.key))
    return Export(
        _written(folder, name, members, unpacked=unpacked), "trainingpeaks", tuple(expected)
    )


def workouts_csv(planned: Sequence[tuple[str, str, str]]) -> bytes:
    """Write the table of planned workouts, with a mark, quotes and line breaks."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Title", "WorkoutType", "WorkoutDescription", "PlannedDuration", "WorkoutDay"])
    writer.writerows([title, "Run", text, "1", day] for day, title, text in planned)
    return out.getvalue().encode("utf-8-sig")


def garmin_name(person: Person) -> str:
    """Return what the outer archive is called."""
    return f"0f8fad5b-d9cb-469f-a165-{person.number:012d}"


def garmin(
    folder: Path, person: Person, own: Sequence[Activity], *, parts: int = 2, unpacked: bool = False
) -> Export:
    """Write an account export: archives of recordings in an archive, and tables about them."""
    top, uploads = "DI_CONNECT", "DI_CONNECT/DI-Connect-Uploaded-Files"
    members = {}
    expected = []
    for part in range(parts):
        name = f"{uploads}/UploadedFiles_0-_Part{part + 1}.zip"
        inner = {f"{person.email}_{each.number}.fit": each for each in own[part::parts]}
        members[name] = _zipped({key: each.content for key, each in inner.items()})
        expected += [Expected(f"{name}!/{key}", person.key, each) for key, each in inner.items()]
    summaries = [
        {
            "activityId": each.number,
            "name": each.title,
            "activityType": each.sport,
            "startTimeLocal": 1000.0 * (each.start.timestamp() + UTC_OFFSET_S),
        }
        for each in own
    ]
    others = {
        f"{top}/DI-Connect-Fitness/{person.email}_0_summarizedActivities.json": json.dumps(
            [{"summarizedActivitiesExport": summaries}]
        ).encode(),
        f"{top}/DI-Connect-User/user_profile.json": json.dumps({"mail": person.email}).encode(),
        f"{top}/DI-Connect-User/{person.email}.jpg": b"\xff\xd8\xff",
    }
    expected += [Expected(name, person.key) for name in others]
    path = _written(folder, garmin_name(person), {**members, **others}, unpacked=unpacked)
    return Export(path, "garmin", tuple(expected))


def strava(
    folder: Path,
    person: Person,
    own: Sequence[Activity],
    *,
    language: str = "en",
    unpacked: bool = False,
) -> Export:
    """Write an account export, its table in a language of `STRAVA_WORDS`."""
    words = STRAVA_WORDS[language]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*words.header[:4], "x", words.header[4]])
    for each in own:
        start = each.start
        date = words.date.format(day=start.day, year=start.year, hour=start.hour)
        sport = words.running if each.sport == "running" else words.cycling
        file = f"activities/{each.number}.fit.gz"
        writer.writerow([each.number, date, each.title, sport, 'said "so",\nand more', file])
    others = {
        "activities.csv": out.getvalue().encode(),
        "profile.csv": f"{person.email},{person.first},{person.last}".encode(),
        "media/1.jpg": b"\xff\xd8\xff",
        "routes/1.gpx": b"<gpx/>",
    }
    packed = {
        f"activities/{each.number}.fit.gz": gzip.compress(each.content, mtime=0) for each in own
    }
    path = _written(folder, f"export_{person.number}", {**packed, **others}, unpacked=unpacked)
    expected = [Expected(f"activities/{e.number}.fit.gz", person.key, e) for e in own]
    expected += [Expected(name, person.key) for name in others]
    return Export(path, "strava", tuple(expected))


def healthfit(folder: Path, person: Person, own: Sequence[Activity]) -> Export:
    """Write a folder as HealthFit keeps it in a cloud, called after the athlete."""
    kinds = {"running": "Outdoor Running", "cycling": "Outdoor Cycling"}
    named = {
        f"{each.start:%Y-%m-%d-%H%M%S}-{kinds[each.sport]}-HealthFit.fit": each for each in own
    }
    path = _written(folder, person.key, {k: e.content for k, e in named.items()}, unpacked=True)
    files = tuple(Expected(name, person.key, each) for name, each in named.items())
    return Export(path, "healthfit", files)


def plain(folder: Path, person: Person, own: Sequence[Activity]) -> Export:
    """Write a folder called after the athlete, as a coach keeps it."""
    members = {f"2026-03/{each.number}.fit": each.content for each in own}
    others = {"notes.txt": b"left calf", ".DS_Store": b"\0", "2026-03/next.fit.part": b"\x0e"}
    path = _written(folder, person.key, {**members, **others}, unpacked=True)
    files = [Expected(f"2026-03/{e.number}.fit", person.key, e) for e in own]
    files += [Expected(name, person.key) for name in others]
    return Export(path, "folder", tuple(files))


_WRITERS = (trainingpeaks, garmin, strava, healthfit, plain)


def _written(folder: Path, name: str, members: dict[str, bytes], *, unpacked: bool) -> Path:
    """Write an archive, or the folder that comes out of it."""
    if not unpacked:
        path = folder / f"{name}.zip"
        path.write_bytes(_zipped(members))
        return path
    for member, content in members.items():
        path = folder / name / member
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / name


def _zipped(members: dict[str, bytes]) -> bytes:
    """Pack files, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
