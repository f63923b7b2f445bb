"""Flags in words: a title and the evidence, from the numbers the scorer put down."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.view import number, per_unit, seconds_text
from analyzer.units import UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyzer.model.review import Flag
    from analyzer.units import Unit

STOPPED_BY = {
    "body": "The timer ran on",
    "runner": "The watch was stopped by hand",
    "watch": "The watch paused itself",
    "gap": "The recording has a hole there",
}

TITLES = {
    "TOO_FAST": "too fast",
    "TOO_SLOW": "too slow",
    "FAST_START": "forced at the start",
    "GREEDY": "a gear early",
    "LATE_CHANGE": "changed late",
    "NON_PROGRESSION": "no step up",
    "FADE": "fading",
    "BLOW_UP": "blew up",
    "SURGING": "surging",
    "STOPPED": "stopped",
    "MISSED_BLOCK": "skipped",
    "TRUNCATED": "cut short",
    "LOW_DATA": "too little was measured",
}

HEART = {
    "body": "Heart rate stayed up: the body gave out, unless it was heat or a hill.",
    "choice": "Heart rate fell with it: the pace was let go.",
}
"""What the heart tells of a collapse."""

FADE_HEART = {
    "body": "The heart worked harder for it than before: tired, unless it was heat or a hill.",
}
"""What the heart tells of a fade."""

GLYPHS = {
    "TOO_FAST": "▲",
    "FAST_START": "▲",
    "GREEDY": "▲",
    "TOO_SLOW": "▼",
    "FADE": "▼",
    "BLOW_UP": "▼",
    "LATE_CHANGE": "▼",
    "NON_PROGRESSION": "=",
    "SURGING": "~",
    "STOPPED": "■",
    "MISSED_BLOCK": "■",
    "TRUNCATED": "■",
    "LOW_DATA": "?",
}


NEEDED: dict[str, tuple[str, ...]] = {
    "TOO_FAST": ("pace_s_per_km",),
    "TOO_SLOW": ("pace_s_per_km", "planned_s_per_km"),
    "FAST_START": ("window_s", "pace_s_per_km", "rest_s_per_km", "planned_s_per_km"),
    "BLOW_UP": ("at_s", "before_s_per_km", "after_s_per_km", "duration_s"),
    "NON_PROGRESSION": (
        "pace_s_per_km", "previous_s_per_km", "previous_block", "planned_step_s_per_km",
    ),
    "STOPPED": ("standing_s", "longest_at_s"),
    "LOW_DATA": ("bad_pct",),
    "FADE": ("first_s_per_km", "last_s_per_km"),
    "LATE_CHANGE": ("changed_at_s", "planned_at_s"),
    "TRUNCATED": ("run_s",),
}  # fmt: skip
"""Facts a sentence cannot do without; where one is absent, only the size is told."""


def flag_glyph(flag: Flag) -> str:
    """Return the sign of a flag: an outline where it is only possible."""
    if flag.certainty == "cannot_tell":
        return "?"
    sign = GLYPHS[flag.code]
    return {"▲": "△", "▼": "▽", "■": "□"}.get(sign, sign) if flag.certainty == "possible" else sign


def flag_title(flag: Flag) -> str:
    """Name a flag: ``Block 3: too fast``."""
    if flag.certainty == "cannot_tell":
        return {
            "TOO_FAST": "Small errors too fast",
            "TOO_SLOW": "Small errors too slow",
            "NON_PROGRESSION": "Whether every step up was taken",
            "LATE_CHANGE": "Whether the changes were late",
        }.get(flag.code, TITLES[flag.code].capitalize())
    words = TITLES[flag.code]
    if flag.code == "MISSED_BLOCK" and flag.block is None:
        return "One block: left out"
    return f"Block {flag.block}: {words}" if flag.block is not None else words.capitalize()


def evidence_text(flag: Flag, unit: Unit) -> str:
    """
    Put the evidence of a flag into one or two sentences.

    Parameters
    ----------
    flag : Flag
        With its facts.
    unit : {'km', 'mi'}
        For paces.
    """
    if flag.certainty == "cannot_tell":
        return _hidden(flag, unit)
    known = all(math.isfinite(number(flag.facts.get(name))) for name in NEEDED.get(flag.code, ()))
    told = _TELLERS[flag.code](flag, unit) if known else _plain(flag, unit)
    return f"{told} {_cost(flag)}".strip()


def _pace(flag: Flag, name: str, unit: Unit) -> str:
    """Return a pace among the facts, without its unit."""
    return pace_text(number(flag.facts.get(name)), unit)


def _cost(flag: Flag) -> str:
    """Say what followed: lost afterwards, and gained before."""
    if flag.cost_s is None or flag.code == "STOPPED":
        return ""
    error = number(flag.facts.get("cost_se_s"))
    sure = "" if math.isnan(error) else f", ± {round_half_up(error):.0f}"
    return f"Followed by {round_half_up(flag.cost_s):.0f} s lost{sure}."


def _too_fast(flag: Flag, unit: Unit) -> str:
    following = number(flag.facts.get("next_planned_s_per_km"))
    pace = number(flag.facts.get("pace_s_per_km"))
    if "planned_s_per_km" not in flag.facts:
        if math.isnan(following):
            return f"{pace_text(pace, unit)} /{unit}."
        ceiling = pace_text(following, unit)
        return f"{pace_text(pace, unit)} /{unit}, faster than the {ceiling} of the block after it."
    told = f"{pace_text(pace, unit)} /{unit} against {_pace(flag, 'planned_s_per_km', unit)}"
    if following > pace + 0.5:
        return f"{told}, faster even than the block after it ({pace_text(following, unit)})."
    return f"{told}."


def _too_slow(flag: Flag, unit: Unit) -> str:
    pace, planned = _pace(flag, "pace_s_per_km", unit), _pace(flag, "planned_s_per_km", unit)
    return f"{pace} /{unit} against {planned}."


def _fast_start(flag: Flag, unit: Unit) -> str:
    window = seconds_text(number(flag.facts.get("window_s")))
    pace, rest = _pace(flag, "pace_s_per_km", unit), _pace(flag, "rest_s_per_km", unit)
    planned = _pace(flag, "planned_s_per_km", unit)
    return f"First {window} at {pace} /{unit} against {planned}; the rest at {rest}."


def _blow_up(flag: Flag, unit: Unit) -> str:
    at = clock_text(number(flag.facts.get("at_s")))
    before = _pace(flag, "before_s_per_km", unit)
    after = _pace(flag, "after_s_per_km", unit)
    seconds = number(flag.facts.get("duration_s"))
    length = seconds_text(60 * round_half_up(seconds / 60) if seconds >= 120 else seconds)
    severe = "Severe: " if number(flag.facts.get("is_severe")) == 1 else ""
    told = f"{severe}{before} /{unit} until {at}, then {after} for {length}."
    return f"{told} {HEART.get(str(flag.facts.get('heart')), '')}".strip()


def _non_progression(flag: Flag, unit: Unit) -> str:
    pace = number(flag.facts.get("pace_s_per_km"))
    previous = number(flag.facts.get("previous_s_per_km"))
    step = number(flag.facts.get("planned_step_s_per_km"))
    change = round_half_up(per_unit(abs(pace - previous), unit))
    asked = round_half_up(per_unit(abs(step), unit))
    block = f"{number(flag.facts.get('previous_block')):.0f}"
    done = f"{change:.0f} s/{unit} {'slower' if pace > previous else 'faster'} than"
    told = "The same pace as" if change < 1 else done
    return f"{told} block {block}; the plan asks for {asked:.0f} s/{unit} faster."


def _stopped(flag: Flag, unit: Unit) -> str:
    facts = flag.facts
    stops = number(facts.get("stops"))
    at = clock_text(number(facts.get("longest_at_s")))
    standing = seconds_text(number(facts.get("standing_s")))
    if stops > 1:
        longest = seconds_text(number(facts.get("longest_s")))
        told = f"Stood {standing} in {stops:.0f} stops, the longest {longest} at {at}."
    else:
        told = f"Stood {standing} at {at}."
    by = STOPPED_BY.get(str(facts.get("by")), "")
    return f"{told} {by}; a road or lights may have forced it."


def _early_change(flag: Flag, unit: Unit) -> str:
    return f"{_change(flag)}, {_shift(flag)} early."


def _greedy(flag: Flag, unit: Unit) -> str:
    facts = flag.facts
    by_timing = facts.get("by") == "timing"
    needed = (
        ("changed_at_s", "planned_at_s") if by_timing else ("pace_s_per_km", "planned_s_per_km")
    )
    if not all(math.isfinite(number(facts.get(name))) for name in needed):
        return _plain(flag, unit)
    if by_timing:
        return _early_change(flag, unit)
    told = f"{_pace(flag, 'pace_s_per_km', unit)} /{unit} against"
    told = f"{told} {_pace(flag, 'planned_s_per_km', unit)}"
    following = number(facts.get("next_planned_s_per_km"))
    if math.isnan(following):
        return f"{told}."
    if following > number(facts.get("pace_s_per_km")) + 0.5:
        return f"{told}, faster even than the block after it ({pace_text(following, unit)})."
    return f"{told}, nearer to the {pace_text(following, unit)} of the next block."


def _fade(flag: Flag, unit: Unit) -> str:
    first, last = _pace(flag, "first_s_per_km", unit), _pace(flag, "last_s_per_km", unit)
    lost = "" if flag.value is None else f", {round_half_up(abs(flag.value)):.0f} % over the block"
    told = f"{first} /{unit} in its first third, {last} in its last{lost}."
    return f"{told} {FADE_HEART.get(str(flag.facts.get('heart')), '')}".strip()


def _surging(flag: Flag, unit: Unit) -> str:
    period = number(flag.facts.get("period_s"))
    size = "" if flag.value is None else f" of {round_half_up(flag.value, 1)} %"
    every = "" if math.isnan(period) else f", the largest every {round_half_up(period):.0f} s"
    return f"Faster and slower in waves{size}{every}."


def _late_change(flag: Flag, unit: Unit) -> str:
    return f"{_change(flag)}, {_shift(flag)} late."


def _change(flag: Flag) -> str:
    """Say where a change of pace was, and where the plan had it."""
    at = clock_text(number(flag.facts.get("changed_at_s")))
    planned = clock_text(number(flag.facts.get("planned_at_s")))
    return f"The pace changed at {at} and not at {planned}"


def _shift(flag: Flag) -> str:
    """Say how far off a change was, with its interval: ``85 s (70 to 100)``."""
    if flag.value is None:
        return ""
    told = f"{round_half_up(abs(flag.value)):.0f} s"
    if flag.low is None or flag.high is None:
        return told
    near, far = sorted((abs(flag.low), abs(flag.high)))
    if flag.low < 0 < flag.high:
        near = 0.0
    return f"{told} ({round_half_up(near):.0f} to {round_half_up(far):.0f})"


def _missed(flag: Flag, unit: Unit) -> str:
    if flag.facts.get("by") == "pace":
        return (
            "The pace and the length of the run fit the plan without it."
            if flag.block is not None
            else "Pace and length of the run fit the plan less one block; not which one."
        )
    seconds, metres = number(flag.facts.get("planned_s")), number(flag.facts.get("planned_m"))
    if math.isfinite(metres):
        return (
            f"Its step was skipped on the watch: {metres / UNIT_M[unit]:.1f} {unit} were planned."
        )
    if math.isfinite(seconds):
        return f"Its step was skipped on the watch: {seconds_text(seconds)} were planned."
    return "Its step was skipped on the watch."


def _truncated(flag: Flag, unit: Unit) -> str:
    run, planned = number(flag.facts.get("run_s")), number(flag.facts.get("planned_s"))
    if math.isnan(planned):
        return "The run ended in it."
    if run < 1:
        return f"Not begun; {seconds_text(planned)} were planned."
    return f"The run ended {clock_text(run)} into its {seconds_text(planned)}."


def _low_data(flag: Flag, unit: Unit) -> str:
    bad = round_half_up(number(flag.facts.get("bad_pct")))
    error = number(flag.facts.get("pace_se_pct"))
    if bad > 10 or not math.isfinite(error):
        return f"{bad:.0f} % of it was repaired or interpolated, so it is not scored."
    error = round_half_up(error, 1)
    return f"Its pace is only known to {error} %, so it is not scored."


def _plain(flag: Flag, unit: Unit) -> str:
    """Tell no more than the size of a finding, and of a stop that it may have been forced."""
    forced = "A road or lights may have forced it." if flag.code == "STOPPED" else ""
    if flag.value is None or not math.isfinite(flag.value):
        return forced
    per_pace = flag.unit == "s/km"
    size = round_half_up(per_unit(flag.value, unit) if per_pace else flag.value, 1)
    return f"{size} {f's/{unit}' if per_pace else flag.unit}. {forced}".strip()


def _hidden(flag: Flag, unit: Unit) -> str:
    """Say below which size an error would not show."""
    if flag.value is None:
        return "The recording is too coarse for that."
    if flag.code == "LATE_CHANGE":
        late = round_half_up(flag.value)
        return f"Either they came about {late:.0f} s late, or the recording began early."
    size = round_half_up(per_unit(flag.value, unit))
    if flag.code == "NON_PROGRESSION":
        return f"Steps below {size:.0f} s/{unit} would not show in this recording."
    return f"An error below {size:.0f} s/{unit} would not show in this recording."


_TELLERS: dict[str, Callable[[Flag, Unit], str]] = {
    "TOO_FAST": _too_fast,
    "TOO_SLOW": _too_slow,
    "FAST_START": _fast_start,
    "BLOW_UP": _blow_up,
    "NON_PROGRESSION": _non_progression,
    "STOPPED": _stopped,
    "MISSED_BLOCK": _missed,
    "TRUNCATED": _truncated,
    "LOW_DATA": _low_data,
    "GREEDY": _greedy,
    "LATE_CHANGE": _late_change,
    "FADE": _fade,
    "SURGING": _surging,
}
