"""GPX and TCX as Garmin writes them, line by line."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.builders.simulate import START_TIME


def _time(elapsed_s: float) -> str:
    moment = datetime.fromtimestamp(START_TIME + elapsed_s, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _resumes(run, i: int) -> bool:
    """Whether a record is the first one behind a pause."""
    return any(
        start < run.elapsed_s[i] and run.elapsed_s[i - 1] <= start for start, *_ in run.pauses
    )


def write_gpx(run, *, is_split: bool = False, kind: str = "running") -> bytes:
    """
    Write positions, elevation, heart rate and cadence; a GPX has no distance and no laps.

    ``is_split`` begins a new segment behind each pause.
    """
    extension = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gpx version="1.1" creator="Garmin Forerunner 955" '
        f'xmlns="http://www.topografix.com/GPX/1/1" xmlns:ns3="{extension}">',
        f"<trk><name>Morning run</name><type>{kind}</type><trkseg>",
    ]
    for i, elapsed in enumerate(run.elapsed_s):
        if is_split and _resumes(run, i):
            rows.append("</trkseg><trkseg>")
        rows.append(
            f'<trkpt lat="{run.latitude_deg[i]:.7f}" lon="{run.longitude_deg[i]:.7f}">'
            f"<ele>{run.elevation_m[i]:.1f}</ele><time>{_time(elapsed)}</time>"
            "<extensions><ns3:TrackPointExtension>"
            f"<ns3:hr>{run.heart_rate_bpm[i]:.0f}</ns3:hr>"
            f"<ns3:cad>{run.cadence_spm[i] / 2:.0f}</ns3:cad>"
            "</ns3:TrackPointExtension></extensions></trkpt>"
        )
    rows.append("</trkseg></trk></gpx>\n")
    return "\n".join(rows).encode()


def write_tcx(run, *, is_split: bool = False, lap_time: str = "timer") -> bytes:
    """
    Write laps with their points; the device's distance, speed and one leg's cadence.

    ``is_split`` begins a new track behind each pause; ``lap_time`` is what stands as time
    of a lap: ``timer`` or ``elapsed``.
    """
    activity = "http://www.garmin.com/xmlschemas/ActivityExtension/v2"
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<TrainingCenterDatabase "
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">',
        f'<Activities><Activity Sport="Running"><Id>{_time(0)}</Id>',
    ]
    first = 0
    for lap in run.laps:
        lap_s = lap.timer_s if lap_time == "timer" else lap.end_s - lap.start_s
        rows.append(
            f'<Lap StartTime="{_time(lap.start_s)}">'
            f"<TotalTimeSeconds>{lap_s:.3f}</TotalTimeSeconds>"
            f"<DistanceMeters>{lap.distance_m:.2f}</DistanceMeters><Intensity>Active</Intensity>"
            "<TriggerMethod>Manual</TriggerMethod><Track>"
        )
        is_last = lap is run.laps[-1]
        while first < run.elapsed_s.size and (is_last or run.elapsed_s[first] < lap.end_s):
            if is_split and first and _resumes(run, first):
                rows.append("</Track><Track>")
            rows.append(_trackpoint(run, first, activity))
            first += 1
        rows.append("</Track></Lap>")
    rows.append(
        '<Creator xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Device_t">'
        "<Name>Garmin Forerunner 955</Name></Creator></Activity></Activities>"
        "</TrainingCenterDatabase>\n"
    )
    return "\n".join(rows).encode()


def _trackpoint(run, i: int, activity: str) -> str:
    position = (
        f"<Position><LatitudeDegrees>{run.latitude_deg[i]:.7f}</LatitudeDegrees>"
        f"<LongitudeDegrees>{run.longitude_deg[i]:.7f}</LongitudeDegrees></Position>"
        f"<AltitudeMeters>{run.elevation_m[i]:.1f}</AltitudeMeters>"
    )
    return (
        f"<Trackpoint><Time>{_time(run.elapsed_s[i])}</Time>"
        f"{position if run.has_positions else ''}"
        f"<DistanceMeters>{run.distance_m[i]:.2f}</DistanceMeters>"
        f"<HeartRateBpm><Value>{run.heart_rate_bpm[i]:.0f}</Value></HeartRateBpm>"
        f'<Extensions><TPX xmlns="{activity}"><Speed>{run.speed_mps[i]:.3f}</Speed>'
        f"<RunCadence>{run.cadence_spm[i] / 2:.0f}</RunCadence></TPX></Extensions></Trackpoint>"
    )
