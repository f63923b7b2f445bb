"""Workout files for tests, FIT and TCX, by another hand than the reader and the writer."""

from __future__ import annotations

from tests.builders.write_fit import ENUM, STRING, UINT16, UINT32, Encoder

TIME, DISTANCE, OPEN, REPEAT = 0, 1, 5, 6
SPEED, HEART_RATE, NO_TARGET = 0, 1, 2
WORKOUT_FILE, ACTIVITY_FILE = 5, 4


def step(index, duration, value=0, **more):
    """Fields of a workout_step: ``target``, ``low`` and ``high`` in mm/s, ``name``, ``times``."""
    target = more.get("target", SPEED if "low" in more else NO_TARGET)
    fields = [(1, ENUM, duration), (2, UINT32, value), (3, ENUM, target)]
    if index is not None:
        fields.insert(0, (254, UINT16, index))
    fields.append((4, UINT32, more.get("times", 0)))
    if "low" in more:
        fields += [(5, UINT32, more["low"]), (6, UINT32, more["high"])]
    if "intensity" in more:
        fields.append((7, ENUM, more["intensity"]))
    for number, key in ((0, "name"), (8, "notes")):
        if key in more:
            fields.append((number, STRING, more[key]))
    return fields


def fit_file(*steps, kind=WORKOUT_FILE, name="Test", stated=None, about=True) -> bytes:
    """Write a FIT file that holds these steps; ``stated`` is how many it says it has."""
    out = Encoder()
    out.add(0, (0, ENUM, kind), (1, UINT16, 255), (2, UINT16, 0), (4, UINT32, 1_000_000_000))
    if about:
        count = len(steps) if stated is None else stated
        out.add(26, (4, ENUM, 1), (6, UINT16, count), (8, STRING, name))
    for fields in steps:
        out.add(27, *fields)
    return out.file()


def tcx_step(seconds=300, *, tag="Step", name="", target='<Target xsi:type="None_t"/>') -> str:
    """Write one TCX step."""
    title = f"<Name>{name}</Name>" if name else ""
    duration = f'<Duration xsi:type="Time_t"><Seconds>{seconds}</Seconds></Duration>'
    body = f"<StepId>1</StepId>{title}{duration}<Intensity>Active</Intensity>{target}"
    return f'<{tag} xsi:type="Step_t">{body}</{tag}>'


def tcx_repeat(times, *children, tag="Step") -> str:
    """Write a TCX repeat around its children."""
    body = f"<StepId>1</StepId><Repetitions>{times}</Repetitions>{''.join(children)}"
    return f'<{tag} xsi:type="Repeat_t">{body}</{tag}>'


def tcx_workout(*steps, sport="Running", name="Test") -> str:
    """Write one TCX workout."""
    return f'<Workout Sport="{sport}"><Name>{name}</Name>{"".join(steps)}</Workout>'


def tcx_file(*workouts) -> bytes:
    """Write a TCX file that holds these workouts."""
    schema = "http://www.w3.org/2001/XMLSchema-instance"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase xmlns:xsi="{schema}">'
        f"<Workouts>{''.join(workouts)}</Workouts></TrainingCenterDatabase>"
    ).encode()
