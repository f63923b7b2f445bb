"""GPX and TCX as Garmin writes them, line by line."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import numpy as np

from tests.builders.simulate import START_TIME


def _time(elapsed_s: float, utc_offset_s: float | None = None) -> str:
    """Return a time in UTC that ends in Z; or in the zone that is so far ahead of UTC."""
    zone = UTC if utc_offset_s is None else timezone(timedelta(seconds=utc_offset_s))
    text = datetime.fromtimestamp(START_TIME + elapsed_s, zone).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z") if utc_offset_s is None else text


def _in_plain_numbers(run) -> SimpleNamespace:
    """Return the columns of a run as lists, which are read one by one in half the time."""
    columns = {n: v.tolist() if isinstance(v, np.ndarray) else v for n, v in vars(run).items()}
    return SimpleNamespace(**columns)


def _resumes(run, i: int) -> bool:
    """Whether a record is the first one behind a pause."""
    return any(
        start < run.elapsed_s[i] and run.elapsed_s[i - 1] <= start for start, *_ in run.pauses
    )


def write_gpx(
    run,
    *,
    creator: str = "Garmin Forerunner 955",
    kind: str = "running",
    is_split: bool = False,
    utc_offset_s: float | None = None,
) -> bytes:
    """
    Write positions, elevation, heart rate and cadence; a GPX has no distance and no laps.

    ``is_split`` begins a new segment behind each pause. Times end in Z, or in the
    zone that is ``utc_offset_s`` ahead of UTC.
    """
    run = _in_plain_numbers(run)
    extension = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gpx version="1.1" creator="{creator}" '
        f'xmlns="http://www.topografix.com/GPX/1/1" xmlns:ns3="{extension}">',
        f"<trk><name>Morning run</name><type>{kind}</type><trkseg>",
    ]
    for i, elapsed in enumerate(run.elapsed_s):
        if math.isnan(run.latitude_deg[i]):  # a track point has a position or is none
            continue
        if is_split and _resumes(run, i):
            rows.append("</trkseg><trkseg>")
        rows.append(
            f'<trkpt lat="{run.latitude_deg[i]:.7f}" lon="{run.longitude_deg[i]:.7f}">'
            f"<ele>{run.elevation_m[i]:.1f}</ele><time>{_time(elapsed, utc_offset_s)}</time>"
            "<extensions><ns3:TrackPointExtension>"
            f"<ns3:hr>{run.heart_rate_bpm[i]:.0f}</ns3:hr>"
            f"<ns3:cad>{run.cadence_spm[i] / 2:.0f}</ns3:cad>"
            "</ns3:TrackPointExtension></extensions></trkpt>"
        )
    rows.append("</trkseg></trk></gpx>\n")
    return "\n".join(rows).encode()


def write_tcx(
    run,
    *,
    creator: str = "Garmin Forerunner 955",
    sport: str = "Running",
    is_split: bool = False,
    lap_time: str = "timer",
    utc_offset_s: float | None = None,
) -> bytes:
    """
    Write laps with their points; the device's distance, speed and one leg's cadence.

    ``is_split`` begins a new track behind each pause; ``lap_time`` is what stands as time
    of a lap: ``timer`` or ``elapsed``. Times end in Z, or in the zone that is
    ``utc_offset_s`` ahead of UTC.
    """
    run = _in_plain_numbers(run)
    activity = "http://www.garmin.com/xmlschemas/ActivityExtension/v2"
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<TrainingCenterDatabase "
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">',
        f'<Activities><Activity Sport="{sport}"><Id>{_time(0, utc_offset_s)}</Id>',
    ]
    first = 0
    for lap in run.laps:
        lap_s = lap.timer_s if lap_time == "timer" else lap.end_s - lap.start_s
        rows.append(
            f'<Lap StartTime="{_time(lap.start_s, utc_offset_s)}">'
            f"<TotalTimeSeconds>{lap_s:.3f}</TotalTimeSeconds>"
            f"<DistanceMeters>{lap.distance_m:.2f}</DistanceMeters><Intensity>Active</Intensity>"
            "<TriggerMethod>Manual</TriggerMethod><Track>"
        )
        is_last = lap is run.laps[-1]
        while first < len(run.elapsed_s) and (is_last or run.elapsed_s[first] < lap.end_s):
            if is_split and first and _resumes(run, first):
                rows.append("</Track><Track>")
            rows.append(_trackpoint(run, first, activity, utc_offset_s))
            first += 1
        rows.append("</Track></Lap>")
    rows.append(
        '<Creator xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Device_t">'
        f"<Name>{creator}</Name></Creator></Activity></Activities>"
        "</TrainingCenterDatabase>\n"
    )
    return "\n".join(rows).encode()


def _trackpoint(run, i: int, activity: str, utc_offset_s: float | None) -> str:
    position = ""
    if run.has_positions and math.isfinite(run.latitude_deg[i]):
        position = (
            f"<Position><LatitudeDegrees>{run.latitude_deg[i]:.7f}</LatitudeDegrees>"
            f"<LongitudeDegrees>{run.longitude_deg[i]:.7f}</LongitudeDegrees></Position>"
            f"<AltitudeMeters>{run.elevation_m[i]:.1f}</AltitudeMeters>"
        )
    distance = f"<DistanceMeters>{run.distance_m[i]:.2f}</DistanceMeters>"
    speed = f"<Speed>{run.speed_mps[i]:.3f}</Speed>"
    return (
        f"<Trackpoint><Time>{_time(run.elapsed_s[i], utc_offset_s)}</Time>{position}"
        f"{distance if math.isfinite(run.distance_m[i]) else ''}"
        f"<HeartRateBpm><Value>{run.heart_rate_bpm[i]:.0f}</Value></HeartRateBpm>"
        f'<Extensions><TPX xmlns="{activity}">'
        f"{speed if math.isfinite(run.speed_mps[i]) else ''}"
        f"<RunCadence>{run.cadence_spm[i] / 2:.0f}</RunCadence></TPX></Extensions></Trackpoint>"
    )
