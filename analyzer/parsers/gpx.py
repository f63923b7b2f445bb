"""GPX: gpxpy reads, behind a guard that first takes out what would make it refuse a whole file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import gpxpy

from analyzer.errors import DamagedFileError, EmptyActivityError, OtherFileError
from analyzer.model.activity import Activity, RecordingWarning
from analyzer.parsers.cadence import with_steps_counted
from analyzer.parsers.collecting import without_collecting
from analyzer.parsers.device_name import device_of_creator
from analyzer.parsers.gpx_points import Point, Points, quick_points
from analyzer.parsers.guarded_xml import decoded, read_elements
from analyzer.parsers.not_the_run import run_only
from analyzer.parsers.pauses import at_breaks, stood_through, together
from analyzer.parsers.places import placed, told_apart
from analyzer.parsers.records import in_order, require_distance, to_records
from analyzer.parsers.samples import PLACE, joined, samples_of
from analyzer.parsers.sports import is_run, sport_of
from analyzer.parsers.start_time import utc_start
from analyzer.parsers.tracks import choose_tracks
from analyzer.parsers.xml_values import seconds
from analyzer.safe_text import clean_text

if TYPE_CHECKING:
    from analyzer.model.activity import Fact
    from analyzer.parsers.samples import Samples

PIECE = 2000
"""Points that gpxpy reads at a time; it holds some 3 kB for each."""

SPORTS = {"9": "running", "run": "running", "running": "running", "1": "cycling"}
"""What makers write into <type>, where it is not plain."""


@without_collecting()
def read_gpx(content: bytes, source: str, session: int | None = None) -> Activity:
    """
    Read a GPX track.

    Distance comes from positions, later; there is only the elapsed clock. A hole
    at which a segment ends is a pause by the runner, one that was crossed slower
    than 0.5 m/s a pause ``by: gap``.

    Parameters
    ----------
    content : bytes
        In any encoding.
    source : str
        Base name, for errors and the result.
    session : int, optional
        GPX knows one session; the caller refuses another.

    Raises
    ------
    ActivityError
        If no track with times is left.
    """
    del session
    text, warnings = decoded(content)
    damage = None
    points = quick_points(text, source)
    if points is None:
        points = Points(source)
        damage = read_elements(text, ("gpx",), points, source)
    if damage is not None and not any(points.tracks):
        raise DamagedFileError(source, damage.problem, damage.where, "export it again")
    _require_times(points, source)
    typed, other_sports = _runs(points)
    tracks = [_samples(track, source) for track, _ in typed]
    chosen, left_out = choose_tracks(tracks, source)
    named = [kind for _, kind in typed if kind]
    sport = named[0] if named else _sport(next((t for t in points.types if t), None))
    in_file = told_apart(with_steps_counted(chosen, sport))
    ordered = in_order(in_file, source)
    samples = ordered.samples
    repaired = placed(ordered.warnings, in_file, samples, "line")
    require_distance(samples, source)
    cut = () if damage is None else (damage.warning(len(samples)),)
    run = run_only(samples, sport)
    samples = run.samples
    resumed_at_s = [seconds(text)[0] for text in points.resumed]
    pauses = together(run.pauses, at_breaks(samples, resumed_at_s), stood_through(samples))
    return Activity(
        source=source,
        format="gpx",
        records=to_records(samples, pauses),
        start_time=utc_start(samples),
        zone=points.zones.at(float(samples.time_s[0])),
        sport=sport,
        device=device_of_creator(points.creator),
        pauses=pauses,
        warnings=(
            *warnings,
            *_warnings(points),
            *other_sports,
            *left_out,
            *cut,
            *repaired,
            *run.warnings,
        ),
    )


def _runs(
    points: Points,
) -> tuple[list[tuple[list[Point], str | None]], tuple[RecordingWarning, ...]]:
    """Return the tracks with their sports; of several, those of another sport are left out."""
    typed = [(t, _sport(kind)) for t, kind in zip(points.tracks, points.types, strict=True) if t]
    runs = [(track, sport) for track, sport in typed if is_run(sport)]
    others = [sport for _, sport in typed if not is_run(sport)]
    if not runs or not others:
        return typed, ()
    facts: dict[str, Fact] = {"count": len(others), "sport": others[0] or ""}
    return runs, (RecordingWarning("SEVERAL_ACTIVITIES", "other_tracks", facts),)


def _sport(text: str | None) -> str | None:
    """Return the sport a track type names; None if the file is silent."""
    if not text:
        return None
    word = clean_text(text, 30).lower()
    if word in SPORTS or "run" in word:
        return SPORTS.get(word, "running")
    return sport_of(word)


def _require_times(points: Points, source: str) -> None:
    """Refuse files without a track that has times."""
    timed = sum(len(track) for track in points.tracks)
    if points.count == 0:
        problem = _without_track(points)
        raise OtherFileError(source, problem, "", "export the activity, not the course")
    if 0 < timed >= points.untimed:
        return
    problem = f"{points.untimed} of {points.count} points have no time"
    if points.unsound and timed == 0 and not points.untimed:
        problem = f"no usable point: {points.unsound[0].problem}"
    raise EmptyActivityError(source, problem, "", "pace needs times; export the activity")


def _without_track(points: Points) -> str:
    """Say what a file without a track point holds instead."""
    if points.routes:
        return "no track (a route without times)"
    return "no track (waypoints only)" if points.waypoints else "no track"


def _warnings(points: Points) -> tuple[RecordingWarning, ...]:
    """Tell what was left out, and the first place."""
    warnings = []
    if points.unsound:
        warnings.append(points.unsound[0].warning(len(points.unsound)))
    without_time = points.untimed - sum(u.value == "time" for u in points.unsound)
    if without_time > 0:
        warnings.append(
            RecordingWarning(
                "POINTS_DROPPED",
                "points_untimed",
                dropped=without_time,
                line=points.untimed_line or None,
            )
        )
    if points.zoneless:
        warnings.append(RecordingWarning("ZONE_MISSING"))
    return (*warnings, *points.unread.warnings())


def _samples(track: list[Point], source: str) -> Samples:
    """Let gpxpy read a plain GPX of the sound points, piece by piece: its objects are large."""
    pieces = [_piece(track[first : first + PIECE], source) for first in range(0, len(track), PIECE)]
    return pieces[0] if len(pieces) == 1 else joined(pieces)


def _piece(points: list[Point], source: str) -> Samples:
    """Let gpxpy read some points."""
    rows = "".join(
        f'<trkpt lat="{p.latitude}" lon="{p.longitude}">'
        + (f"<ele>{p.elevation}</ele>" if p.elevation else "")
        + f"<time>{p.time}</time></trkpt>"
        for p in points
    )
    # 1.0 has the same points as 1.1, and fewer fields for gpxpy to look for in each.
    plain = f'<gpx version="1.0" creator="guard"><trk><trkseg>{rows}</trkseg></trk></gpx>'
    try:
        read = gpxpy.parse(plain).tracks[0].segments[0].points
    except Exception as error:
        problem = f"the points cannot be read ({type(error).__name__})"
        raise DamagedFileError(source, problem, "", "export it again") from error
    columns = ("heart_rate_bpm", "cadence_spm", "power_w", "speed_mps")
    nan = math.nan
    return samples_of(
        [nan if r.time is None else r.time.timestamp() for r in read],
        {
            "latitude_deg": [r.latitude for r in read],
            "longitude_deg": [r.longitude for r in read],
            "elevation_m": [nan if r.elevation is None else r.elevation for r in read],
            **{name: [p.values.get(name, nan) for p in points] for name in columns},
            PLACE: [p.line for p in points],
        },
    )
