"""Flags in words: a title and the evidence, from the numbers the scorer put down."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analyzer.report.language import capital, decimal, noted, say
from analyzer.report.view import number, per_unit, seconds_text
from analyzer.units import UNIT_M, clock_text, pace_text, round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from analyzer.model.findings import Flag
    from analyzer.units import Unit

STOPPED_BY = {
    "body": noted("The timer ran on"),
    "runner": noted("The watch was stopped by hand"),
    "watch": noted("The watch paused itself"),
    "gap": noted("The recording has a hole there"),
}

TITLES = {
    "TOO_FAST": noted("too fast"),
    "TOO_SLOW": noted("too slow"),
    "FAST_START": noted("forced at the start"),
    "GREEDY": noted("a gear early"),
    "LATE_CHANGE": noted("changed late"),
    "NON_PROGRESSION": noted("no step up"),
    "FADE": noted("fading"),
    "BLOW_UP": noted("blew up"),
    "SURGING": noted("surging"),
    "STOPPED": noted("stopped"),
    "MISSED_BLOCK": noted("skipped"),
    "TRUNCATED": noted("cut short"),
    "LOW_DATA": noted("too little was measured"),
}

HIDDEN_TITLES = {
    "TOO_FAST": noted("Whether the pace was slightly too fast"),
    "TOO_SLOW": noted("Whether the pace was slightly too slow"),
    "NON_PROGRESSION": noted("Whether every step up was taken"),
    "LATE_CHANGE": noted("Whether the changes were late"),
}
"""What cannot be told, where it is not the finding itself."""

HEART = {
    "body": noted("Heart rate stayed up: the body gave out, unless it was heat or a hill."),
    "choice": noted("Heart rate fell with it: the pace was let go."),
}
"""What the heart tells of a collapse."""

FADE_HEART = {
    "body": noted(
        "The heart worked harder for it than before: tired, unless it was heat or a hill."
    ),
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
    if flag.certainty == "cannot_tell" and flag.code in HIDDEN_TITLES:
        return say(HIDDEN_TITLES[flag.code])
    words = say(TITLES[flag.code])
    if flag.certainty == "cannot_tell":
        return capital(words)
    if flag.code == "MISSED_BLOCK" and flag.block is None:
        return say("One block: left out")
    if flag.block is None:
        return capital(words)
    return say("Block {block}: {words}", block=flag.block, words=words)


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


def _full_pace(flag: Flag, name: str, unit: Unit) -> str:
    """Return a pace among the facts, with its unit."""
    return f"{_pace(flag, name, unit)} /{unit}"


def _cost(flag: Flag) -> str:
    """Say what followed: lost afterwards, and gained before."""
    if flag.cost_s is None or flag.code == "STOPPED":
        return ""
    lost = f"{round_half_up(flag.cost_s):.0f} s"
    error = number(flag.facts.get("cost_se_s"))
    if math.isnan(error):
        return say("Followed by {lost} lost.", lost=lost)
    return say(
        "Followed by {lost} lost, ± {error}.", lost=lost, error=f"{round_half_up(error):.0f}"
    )


def _too_fast(flag: Flag, unit: Unit) -> str:
    if "planned_s_per_km" in flag.facts:
        return _against(flag, unit)
    pace = _full_pace(flag, "pace_s_per_km", unit)
    if math.isnan(number(flag.facts.get("next_planned_s_per_km"))):
        return f"{pace}."
    ceiling = _pace(flag, "next_planned_s_per_km", unit)
    return say(
        "{pace}, faster than the {ceiling} of the block after it.", pace=pace, ceiling=ceiling
    )


def _against(flag: Flag, unit: Unit) -> str:
    """Lay the pace beside the planned one, and beside the next block's where it was beyond that."""
    facts = {
        "pace": _full_pace(flag, "pace_s_per_km", unit),
        "planned": _pace(flag, "planned_s_per_km", unit),
    }
    following = number(flag.facts.get("next_planned_s_per_km"))
    if following > number(flag.facts.get("pace_s_per_km")) + 0.5:
        return say(
            "{pace} against {planned}, faster even than the block after it ({next}).",
            **facts,
            next=pace_text(following, unit),
        )
    return say("{pace} against {planned}.", **facts)


def _too_slow(flag: Flag, unit: Unit) -> str:
    pace, planned = _full_pace(flag, "pace_s_per_km", unit), _pace(flag, "planned_s_per_km", unit)
    return say("{pace} against {planned}.", pace=pace, planned=planned)


def _fast_start(flag: Flag, unit: Unit) -> str:
    return say(
        "First {window} at {pace} against {planned}; the rest at {rest}.",
        window=seconds_text(number(flag.facts.get("window_s"))),
        pace=_full_pace(flag, "pace_s_per_km", unit),
        planned=_pace(flag, "planned_s_per_km", unit),
        rest=_pace(flag, "rest_s_per_km", unit),
    )


def _blow_up(flag: Flag, unit: Unit) -> str:
    seconds = number(flag.facts.get("duration_s"))
    facts = {
        "before": _full_pace(flag, "before_s_per_km", unit),
        "at": clock_text(number(flag.facts.get("at_s"))),
        "after": _pace(flag, "after_s_per_km", unit),
        "time": seconds_text(60 * round_half_up(seconds / 60) if seconds >= 120 else seconds),
    }
    told = (
        say("Severe: {before} until {at}, then {after} for {time}.", **facts)
        if number(flag.facts.get("is_severe")) == 1
        else say("{before} until {at}, then {after} for {time}.", **facts)
    )
    return _with_heart(told, HEART, flag)


def _with_heart(told: str, by_cause: Mapping[str, str], flag: Flag) -> str:
    """Add what the heart tells of it, where it does."""
    cause = by_cause.get(str(flag.facts.get("heart")))
    if cause is None:
        return told
    heart = say(cause)
    return f"{told} {heart}"


def _non_progression(flag: Flag, unit: Unit) -> str:
    pace = number(flag.facts.get("pace_s_per_km"))
    previous = number(flag.facts.get("previous_s_per_km"))
    step = number(flag.facts.get("planned_step_s_per_km"))
    change = round_half_up(per_unit(abs(pace - previous), unit))
    facts = {
        "change": f"{change:.0f} s/{unit}",
        "block": f"{number(flag.facts.get('previous_block')):.0f}",
        "asked": f"{round_half_up(per_unit(abs(step), unit)):.0f} s/{unit}",
    }
    if change < 1:
        return say("The same pace as block {block}; the plan asks for {asked} faster.", **facts)
    if pace > previous:
        return say("{change} slower than block {block}; the plan asks for {asked} faster.", **facts)
    return say("{change} faster than block {block}; the plan asks for {asked} faster.", **facts)


def _stopped(flag: Flag, unit: Unit) -> str:
    facts = flag.facts
    stops = number(facts.get("stops"))
    at = clock_text(number(facts.get("longest_at_s")))
    standing = seconds_text(number(facts.get("standing_s")))
    if stops > 1:
        told = say(
            "Stood {standing} in {stops} stops, the longest {longest} at {at}.",
            standing=standing,
            stops=f"{stops:.0f}",
            longest=seconds_text(number(facts.get("longest_s"))),
            at=at,
        )
    else:
        told = say("Stood {standing} at {at}.", standing=standing, at=at)
    by = STOPPED_BY.get(str(facts.get("by")))
    why = "" if by is None else say(by)
    perhaps = say("{why}; a road or lights may have forced it.", why=why)
    return f"{told} {perhaps}"


def _greedy(flag: Flag, unit: Unit) -> str:
    facts = flag.facts
    by_timing = facts.get("by") == "timing"
    needed = (
        ("changed_at_s", "planned_at_s") if by_timing else ("pace_s_per_km", "planned_s_per_km")
    )
    if not all(math.isfinite(number(facts.get(name))) for name in needed):
        return _plain(flag, unit)
    if by_timing:
        return say("The pace changed at {at} and not at {planned}, {shift} early.", **_change(flag))
    following = number(facts.get("next_planned_s_per_km"))
    if math.isnan(following) or following > number(facts.get("pace_s_per_km")) + 0.5:
        return _against(flag, unit)
    return say(
        "{pace} against {planned}, nearer to the {next} of the next block.",
        pace=_full_pace(flag, "pace_s_per_km", unit),
        planned=_pace(flag, "planned_s_per_km", unit),
        next=pace_text(following, unit),
    )


def _fade(flag: Flag, unit: Unit) -> str:
    facts = {
        "first": _full_pace(flag, "first_s_per_km", unit),
        "last": _pace(flag, "last_s_per_km", unit),
    }
    if flag.value is None:
        told = say("{first} in its first third, {last} in its last.", **facts)
    else:
        told = say(
            "{first} in its first third, {last} in its last, {percent} % over the block.",
            **facts,
            percent=f"{round_half_up(abs(flag.value)):.0f}",
        )
    return _with_heart(told, FADE_HEART, flag)


def _surging(flag: Flag, unit: Unit) -> str:
    period = number(flag.facts.get("period_s"))
    facts = {
        "size": "" if flag.value is None else decimal(round_half_up(flag.value, 1), 1),
        "time": "" if math.isnan(period) else f"{round_half_up(period):.0f} s",
    }
    if not facts["time"]:
        if not facts["size"]:
            return say("Faster and slower in waves.")
        return say("Faster and slower in waves of {size} %.", **facts)
    if not facts["size"]:
        return say("Faster and slower in waves, the largest every {time}.", **facts)
    return say("Faster and slower in waves of {size} %, the largest every {time}.", **facts)


def _late_change(flag: Flag, unit: Unit) -> str:
    return say("The pace changed at {at} and not at {planned}, {shift} late.", **_change(flag))


def _change(flag: Flag) -> dict[str, str]:
    """Return where a change of pace was, where the plan had it, and how far off that is."""
    return {
        "at": clock_text(number(flag.facts.get("changed_at_s"))),
        "planned": clock_text(number(flag.facts.get("planned_at_s"))),
        "shift": _shift(flag),
    }


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
    low, high = (f"{round_half_up(size):.0f}" for size in (near, far))
    return say("{time} ({low} to {high})", time=told, low=low, high=high)


def _missed(flag: Flag, unit: Unit) -> str:
    if flag.facts.get("by") == "pace":
        return (
            say("The pace and the length of the run fit the plan without it.")
            if flag.block is not None
            else say("Pace and length of the run fit the plan less one block; not which one.")
        )
    seconds, metres = number(flag.facts.get("planned_s")), number(flag.facts.get("planned_m"))
    if math.isfinite(metres):
        size = f"{decimal(metres / UNIT_M[unit], 1)} {unit}"
    elif math.isfinite(seconds):
        size = seconds_text(seconds)
    else:
        return say("Its step was skipped on the watch.")
    return say("Its step was skipped on the watch: {size} were planned.", size=size)


def _truncated(flag: Flag, unit: Unit) -> str:
    run, planned = number(flag.facts.get("run_s")), number(flag.facts.get("planned_s"))
    if math.isnan(planned):
        return say("The run ended in it.")
    size = seconds_text(planned)
    if run < 1:
        return say("Not begun; {size} were planned.", size=size)
    return say("The run ended {time} into its {size}.", time=clock_text(run), size=size)


def _low_data(flag: Flag, unit: Unit) -> str:
    bad = round_half_up(number(flag.facts.get("bad_pct")))
    error = number(flag.facts.get("pace_se_pct"))
    if bad > 10 or not math.isfinite(error):
        return say(
            "{percent} % of it was repaired or interpolated, so it is not scored.",
            percent=f"{bad:.0f}",
        )
    return say(
        "Its pace is only known to {percent} %, so it is not scored.",
        percent=decimal(round_half_up(error, 1), 1),
    )


def _plain(flag: Flag, unit: Unit) -> str:
    """Tell no more than the size of a finding, and of a stop that it may have been forced."""
    forced = say("A road or lights may have forced it.") if flag.code == "STOPPED" else ""
    if flag.value is None or not math.isfinite(flag.value):
        return forced
    per_pace = flag.unit == "s/km"
    size = round_half_up(per_unit(flag.value, unit) if per_pace else flag.value, 1)
    return f"{decimal(size, 1)} {f's/{unit}' if per_pace else flag.unit}. {forced}".strip()


def _hidden(flag: Flag, unit: Unit) -> str:
    """Say below which size an error would not show."""
    if flag.value is None:
        return say("The recording is too coarse for that.")
    if flag.code == "LATE_CHANGE":
        late = f"{round_half_up(flag.value):.0f} s"
        return say("Either they came about {time} late, or the recording began early.", time=late)
    size = f"{round_half_up(per_unit(flag.value, unit)):.0f} s/{unit}"
    if flag.code == "NON_PROGRESSION":
        return say("Steps below {size} would not show in this recording.", size=size)
    return say("An error below {size} would not show in this recording.", size=size)


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
