"""A Zwift workout for a run is a plan by the paces of an athlete; without them it has none."""

from __future__ import annotations

import pytest

from analyzer import read_plan
from analyzer.errors import PlanError

SQUAD = """athletes:
  anna:
    paces: {threshold: 4:00, 5k: 3:45}
"""


def _zwo(*steps: str, sport: str = "run", more: str = "") -> str:
    return (
        "<workout_file><author>Erika Mustermann</author><name>Build</name>"
        f"<description>stay tall</description><sportType>{sport}</sportType>{more}\n<workout>\n"
        + "\n".join(steps)
        + "\n</workout></workout_file>"
    )


STEPS = (
    '<Warmup Duration="600" PowerLow="0.6" PowerHigh="0.75"><textevent message="hi"/></Warmup>',
    '<SteadyState Duration="900" Power="0.9" pace="1"/>',
    '<IntervalsT Repeat="2" OnDuration="120" OffDuration="60" OnPower="1" OffPower="0.6"/>',
    '<FreeRide Duration="60"/>',
    '<Cooldown Duration="300" PowerLow="0.5" PowerHigh="0.7"/>',
)


def _read(tmp_path, text, **whose):
    (tmp_path / "athletes.yaml").write_text(SQUAD)
    path = tmp_path / "build.zwo"
    path.write_text(text)
    return read_plan(path, **whose)


def test_steps_are_shares_of_the_athletes_speeds(tmp_path):
    """
    90 % of the speed of a 3:45 /km is 4:10 /km, 60 % of a 4:00 /km is 6:40 /km.

    3:45 / 0.9 = 225 s / 0.9 = 250 s; 240 s / 0.6 = 400 s; a cool-down goes down however
    its ends are written: 240 s / 0.7 = 342.9 s to 240 s / 0.5 = 480 s.
    """
    plan = _read(tmp_path, _zwo(*STEPS), athlete="anna")
    assert plan.name == "Build"
    assert [b.duration_s for b in plan.blocks] == [600, 900, 120, 60, 120, 60, 60, 300]
    assert [b.role for b in plan.blocks[3::2]] == ["rest", "rest", "cooldown"]
    paces = [b.target and round(1000 / b.target.speed_mps, 1) for b in plan.blocks]
    assert paces[1:7] == [250.0, 240.0, 400.0, 240.0, 400.0, None]
    ramps = [b.target.ramp_mps for b in (plan.blocks[0], plan.blocks[-1])]
    assert [tuple(round(1000 / v, 1) for v in ramp) for ramp in ramps] == [
        (400.0, 320.0),
        (342.9, 480.0),
    ]
    assert plan.aims == ()


def test_without_the_paces_the_blocks_have_none_and_say_so(tmp_path):
    """A free ride has none by itself and is not among them; nothing is guessed."""
    plan = _read(tmp_path, _zwo(*STEPS))
    assert not any(b.target for b in plan.blocks)
    assert plan.aims == (("reference_pace", (1, 2, 3, 4, 5, 6, 8)),)


def test_a_workout_by_distance_has_metres(tmp_path):
    """``durationType`` says so for all of its steps."""
    text = _zwo(
        '<SteadyState Duration="1600" Power="1"/>', more="<durationType>distance</durationType>"
    )
    (block,) = _read(tmp_path, text, athlete="anna").blocks
    assert (block.duration_s, block.distance_m) == (None, 1600)


def test_the_author_is_nowhere(tmp_path):
    """A workout is somebody's; whose is not ours to show."""
    assert "Erika" not in repr(_read(tmp_path, _zwo(*STEPS)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_zwo(*STEPS, sport="bike"), "a Zwift workout for 'bike', not for a run"),
        (_zwo(), "without steps"),
        (_zwo('<SteadyState Power="1"/>'), "at line 3"),
        (_zwo('<IntervalsT Repeat="x" OnDuration="1" OffDuration="1"/>'), "at line 3"),
        (_zwo('<IntervalsT Repeat="999" OnDuration="1" OffDuration="1"/>'), "limit of 1000 steps"),
        (_zwo('<SteadyState Duration="90000" Power="1"/>'), "limit of 24 h"),
        (_zwo(*STEPS)[:-40], "the file breaks off"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + _zwo(*STEPS), "a document type"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(tmp_path, text, says):
    """With its line where it has one; half a plan is worse than none."""
    with pytest.raises(PlanError) as caught:
        _read(tmp_path, text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
