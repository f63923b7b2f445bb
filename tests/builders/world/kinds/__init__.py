"""Every kind of run, by its name in the tables: a kind makes a course of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders.world.kinds import breaks, collapse, endings, ground, order, signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.world.course import Course
    from tests.builders.world.draw import Draw

PLAIN = "plain, on plan"

SHIFTS_S = (60, 120, 180)

COLLAPSES: dict[str, Callable[[Draw], Course]] = {
    f"collapse, heart {heart}{', cool-down' if cooled else ''}": collapse.collapse(
        heart, then_cool_down=cooled
    )
    for heart in collapse.HEARTS
    for cooled in (False, True)
}

LEFT_OUT: dict[str, Callable[[Draw], Course]] = {
    f"{which} block left out{', cool-down' if cooled else ''}": endings.left_out(
        which, then_cool_down=cooled
    )
    for which in ("first", "middle", "last")
    for cooled in (False, True)
}

SHIFTED: dict[str, Callable[[Draw], Course]] = {
    f"every change {shift_s} s {side}": order.shifted(sign * shift_s)
    for side, sign in (("early", -1), ("late", 1))
    for shift_s in SHIFTS_S
}

KINDS: dict[str, Callable[[Draw], Course]] = {
    PLAIN: order.plain,
    "plain, cool-down": endings.cooled_down,
    "walk break": breaks.walk,
    "jog break": breaks.jog,
    "traffic lights": breaks.lights,
    "traffic lights, auto-pause": breaks.lights_paused,
    "dropout": signal.dropout,
    "frozen, then a leap": signal.frozen,
    "late first fix": signal.late_fix,
    "tunnel": signal.tunnel,
    "scale drifts by 2 %": signal.drift,
    "treadmill": signal.treadmill,
    "drive home": signal.drive_home,
    **COLLAPSES,
    "collapse, recovery": collapse.recovering,
    "collapse, not forced": collapse.unforced,
    **LEFT_OUT,
    "watch started late": endings.started_late,
    "block 1 begun later": endings.begun_later,
    "stopped early": endings.stopped_early,
    "steps reversed": order.backwards,
    "unrelated easy run": order.unrelated,
    "hills": ground.hills,
    "wind, out and back": ground.wind,
    "fartlek surges": order.surges,
    **SHIFTED,
}
