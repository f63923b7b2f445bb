"""A step of a coach's text as blocks, with what is doubtful about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.plan import Doubt
from analyzer.plans.coach.amounts import clock_s, is_nothing, ratio, shared
from analyzer.plans.coach.step import Quote, Unclear
from analyzer.plans.draft import MAX_BLOCKS, MAX_NAME, Draft, DraftBlock
from analyzer.plans.names import length_text
from analyzer.plans.paces import NEEDS_PACES, Pace, read_pace
from analyzer.plans.quantities import UnreadableError
from analyzer.safe_text import clean_text
from analyzer.structs import replace
from analyzer.units import KM_M, UNIT_M, clock_text

if TYPE_CHECKING:
    from analyzer.plans.coach.step import Step
    from analyzer.plans.draft import Length
    from analyzer.plans.paces import PaceContext
    from analyzer.units import Unit

LONGEST_PACE_S = 720.0
"""A bare "pace" over a distance that is longer is the time of the whole distance [s]."""

PLAUSIBLE_S = (150.0, 600.0)
"""Paces that are likely meant [s per km]."""

FASTEST_S, FASTEST_REP_S = 165.0, 130.0
"""What a time for 1 km and more, or for less, may come to [s per km]; few run faster."""

SLOWEST_REP_S = 330.0
"""A short repeat ``in`` a time that makes a slower pace than this is asked about [s per km]."""


def blocks_of(step: Step, context: PaceContext, doubts: list[Doubt]) -> list[DraftBlock]:
    """Make the blocks of a step."""
    paces = _paces(step, context, doubts)
    if step.is_each and step.count == 1 and len(paces) > 1:
        step.count = len(paces)
    _refuse_half_a_ramp(step)
    if step.every is not None:
        lengths = _every(step, step.every, len(paces))
    elif step.count == 1 and len(paces) == 2:
        one, two = (quote.texts[0] for quote in step.quotes)
        msg = f"one block but two paces; write {one}-{two} for a range, {one} -> {two} for a ramp"
        raise Unclear(msg + f", or 2x{length_text(*shared(step.length, 2))}", step.at)
    elif step.count == 1 and len(paces) > 1 and not step.is_chain:
        lengths = [shared(step.length, len(paces))] * len(paces)
        shown = length_text(*lengths[0])
        doubts.append(
            Doubt("SPLIT", (("whole", _said(step)), ("count", str(len(paces))), ("part", shown)))
        )
    else:
        lengths = [step.length] * step.count
    if step.is_alternating and len(paces) > 1 and len(lengths) % len(paces) == 0:
        paces = paces * (len(lengths) // len(paces))
    if len(paces) == 1:
        paces = _stepped(paces[0], step, len(lengths))
    if len(paces) not in (0, len(lengths)):
        msg = f"{len(lengths)} blocks but {len(paces)} paces; write {len(lengths)} of them, or one"
        raise Unclear(msg, step.at, is_asked=False)
    _doubt(step, paces, doubts)
    made = [_block(step, n, paces[i] if paces else None) for i, n in enumerate(lengths)]
    return _with_recoveries(made, step)


def _refuse_half_a_ramp(step: Step) -> None:
    """Ask where a step is to end at a pace, and none to begin at is said."""
    if step.count > 1 and step.is_progressive and [q.shape for q in step.quotes] == ["ramp"]:
        one, two = step.quotes[0].texts
        msg = f"{one} to {two} in each of {step.count} blocks, or from the first to the last? "
        raise Unclear(msg + "Write a pace for each", step.quotes[0].at)
    is_half = step.is_to or (
        step.is_progressive
        and not (step.is_titled or step.off_s or step.off_kmh)
        and step.every is None
    )
    if is_half and step.count == 1 and [q.shape for q in step.quotes] == ["single"]:
        pace = step.quotes[0].texts[0]
        msg = f"from which pace to {pace}? Write @ 5:00 -> {pace} for a ramp, @ {pace} for one pace"
        raise Unclear(msg, step.quotes[0].at)


def _said(step: Step) -> str:
    """Return the length of a step in words."""
    return length_text(step.length.duration_s, step.length.distance_m)


def _block(step: Step, length: Length, pace: Pace | None) -> DraftBlock:
    """Make one block."""
    said_role = step.role or (pace.role if pace else None)
    is_rest = said_role == "rest"
    said = [*step.notes, *(t.text for t in step.unread), *([step.effort] if step.effort else [])]
    notes = clean_text(" ".join(said), MAX_NAME)
    role = None if is_rest and pace and pace.target else said_role
    draft = Draft(length, replace(pace or Pace(None), role=role))
    tolerance = step.tolerance if pace and pace.target else None
    aim = step.aim if pace is None or pace.target is None else None
    return DraftBlock(draft, role, tolerance, notes, is_rest and role == "rest", aim)


def _with_recoveries(made: list[DraftBlock], step: Step) -> list[DraftBlock]:
    """Put the recovery between the repeats, or behind a single block."""
    if step.recovery is None:
        return made
    if len(made) == 1:
        return [*made, step.recovery]
    joined = [block for each in made for block in (each, step.recovery)]
    return joined[:-1]


def _every(step: Step, every: Length, count: int) -> list[Length]:
    """Return the lengths of ``10 km: 5:00, 4:50 every 2 km``."""
    times = ratio(step.length, every)
    if times is None or abs(times - round(times)) > 1e-6 or not 1 <= times <= MAX_BLOCKS:
        msg = f"{_said(step)} is not made of parts of {length_text(*every)}; check the lengths"
        raise Unclear(msg, step.at, is_asked=False)
    if count not in (1, round(times)) and not (step.is_alternating and round(times) % count == 0):
        msg = f"{_said(step)} has {times:.0f} parts of {length_text(*every)}, but {count} paces"
        raise Unclear(msg + f"; write {times:.0f} of them", step.at, is_asked=False)
    return [every] * round(times)


def _stepped(first: Pace, step: Step, count: int) -> list[Pace]:
    """Return the pace of each block: all alike, or each one faster by some seconds."""
    if first.target is None or count < 2:
        return [first] * count
    if step.off_kmh:
        start_mps, more = first.target.speed_mps, step.off_kmh / 3.6
        faster = [replace(first.target, speed_mps=start_mps + i * more) for i in range(count)]
        return [Pace(target, unit=first.unit) for target in faster]
    if not step.off_s:
        return [first] * count
    unit = first.unit or step.unit_of_paces or "km"
    start = KM_M / first.target.speed_mps
    paces = []
    for i in range(count):
        pace = start + i * step.off_s * KM_M / UNIT_M[unit]
        target = replace(first.target, speed_mps=KM_M / max(pace, 1.0))
        if not 100 <= pace <= 1200:
            msg = f"block {i + 1} of {count} would be outside what can be run; check the seconds"
            raise Unclear(msg, step.at, is_asked=False)
        paces.append(Pace(target, unit=unit))
    return paces


def _paces(step: Step, context: PaceContext, doubts: list[Doubt]) -> list[Pace]:
    """Read the paces of a step."""
    if step.is_easy and "easy" in context.named and not step.quotes and step.aim is None:
        return [context.named["easy"]]
    if step.role is not None and not step.quotes and step.title is None:
        return []
    if step.effort in context.named and not step.quotes:
        return [context.named[step.effort]]
    if step.effort == "tempo" and "threshold" in context.named and not step.quotes:
        return [context.named["threshold"]]
    if step.title is not None and not step.quotes:
        step.quotes.append(Quote("single", (step.title.kind[6:],), step.title))
    return [_pace(quote, step, context, doubts) for quote in step.quotes]


def _pace(quote: Quote, step: Step, context: PaceContext, doubts: list[Doubt]) -> Pace:
    """Read one pace by its own unit, the step's, or the plan's."""
    unit: Unit = step.unit_of_paces or context.unit
    if step.is_in_both_units and any(":" in t and "/" not in t for t in quote.texts):
        msg = f"'{quote.at.text}' per km or per mile? Others here are both; write its unit"
        raise Unclear(msg, quote.at, is_asked=False)
    texts = [_with_unit(t, unit) for t in quote.texts]
    whole = _as_time_of_all(quote, step, unit, doubts)
    if whole:
        texts = [whole]
    marks = {"single": "", "range": "-", "ramp": " -> ", "under": "<=", "over": ">="}
    mark = marks[quote.shape]
    text = mark.join(texts) if quote.shape in ("range", "ramp") else mark + texts[0]
    if quote.shape in ("under", "over"):
        doubts.append(Doubt(quote.shape.upper(), (("pace", texts[0]),)))
    try:
        pace = read_pace(text, context)
    except UnreadableError as error:
        raise _unknown(quote, text, error, context.hint or NEEDS_PACES) from None
    return pace


def _unknown(quote: Quote, text: str, error: UnreadableError, hint: str) -> Unclear:
    """Say where a name of a pace is to be defined, or what is wrong with the pace."""
    name = quote.texts[0]
    said = str(error)
    is_name = "%" in name or not name[0].isdigit() or name.rstrip("0123456789").endswith("k")
    is_name = is_name or name[:-1].isdigit()
    if is_name and not any(c == ":" for c in name):
        return Unclear(f"'{quote.at.text}' has no pace here; {hint}", quote.at)
    return Unclear(said.replace(f"'{text}'", f"'{quote.at.text}'"), quote.at, is_asked=False)


def _with_unit(text: str, unit: Unit) -> str:
    """Put the unit behind a bare pace."""
    is_bare = ":" in text and "/" not in text and text[0].isdigit()
    return f"{text}/{unit}" if is_bare else text


def _as_time_of_all(quote: Quote, step: Step, unit: Unit, doubts: list[Doubt]) -> str:
    """Return the pace of ``3km in 13:30`` and ``5 km @ 25:00``; empty for a pace as it is."""
    metres, text = (step.every or step.length).distance_m, quote.texts[0]
    if metres is None or quote.shape != "single" or ":" not in text or "/" in text:
        return ""
    seconds = clock_s(text)
    as_whole, as_pace = seconds / metres * KM_M, seconds / UNIT_M[unit] * KM_M
    least_s = FASTEST_REP_S if metres < KM_M else FASTEST_S
    can = [least_s <= as_whole <= PLAUSIBLE_S[1], PLAUSIBLE_S[0] <= as_pace <= PLAUSIBLE_S[1]]
    is_same = abs(as_whole - as_pace) < 0.5
    if not (step.is_in or text.count(":") == 2 or seconds >= LONGEST_PACE_S) or is_same:
        return ""
    is_rep = (
        step.is_in
        and (step.count > 1 or step.is_rep)
        and metres < KM_M
        and as_whole <= SLOWEST_REP_S
    )
    if all(can) and not is_rep:
        msg = f"{text} for {_said(step)}, or for each {unit}? Write @ {text}/{unit} for a pace, or "
        raise Unclear(msg + f"@ {_minutes(as_whole)}/km for the time of it all", quote.at)
    if not can[0]:
        return ""
    pace = f"{clock_text(as_whole)}/km" if as_whole % 1 == 0 else f"{_minutes(as_whole)}/km"
    if not step.is_in or all(can):
        doubts.append(Doubt("WHOLE_TIME", (("time", text), ("whole", _said(step)), ("pace", pace))))
    return pace


def _minutes(seconds: float) -> str:
    """Write a pace with the decimals it needs."""
    minutes, rest = divmod(round(seconds, 3), 60)
    text = f"{rest:06.3f}".rstrip("0").rstrip(".")
    return f"{minutes:.0f}:{text if len(text.split('.')[0]) == 2 else text.zfill(2)}"


def _doubt(step: Step, paces: list[Pace], doubts: list[Doubt]) -> None:
    """Note what is unsure about a step that is read."""
    if step.count > 1 and len(step.quotes) == 1 and step.quotes[0].shape == "range":
        pace = "-".join(step.quotes[0].texts)
        doubts.append(Doubt("RANGE_EACH", (("pace", pace), ("count", str(step.count)))))
    if step.unread:
        doubts.append(Doubt("UNREAD", (("words", " ".join(t.text for t in step.unread)),)))
    has_pace = any(p.target for p in paces)
    if step.unread and not (has_pace or step.role or step.aim):
        first = step.unread[0]
        msg = f"'{first.text}' is not understood; write an effort (easy) or a pace (@ 4:00)"
        raise Unclear(msg, first, is_asked=False)
    is_free = step.role in ("easy", "cooldown", "rest")  # the word is the title's, or of the rest
    if not has_pace and not is_free and (step.effort or step.is_progressive):
        word = step.effort or "progressive"
        doubts.append(Doubt("NO_PACE", (("words", f"{_said(step)} {word}"),)))
    if is_nothing(step.length) and step.role in ("easy", "cooldown") and step.at.kind != "open":
        doubts.append(Doubt("OPEN", (("words", step.at.text),)))
