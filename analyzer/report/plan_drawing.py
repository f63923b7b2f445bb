"""A plan as it was understood, as inline SVG: its steps, once for a page and once for a phone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analyzer.plans.names import length_text
from analyzer.report.frame import minute_marks
from analyzer.report.labels import apart, ends_first
from analyzer.report.language import noted, say
from analyzer.report.plan_line import plan_line
from analyzer.report.plan_scene import NARROW, WIDE, known_s, plan_scene, speeds_of
from analyzer.report.plan_text import pace_range_text
from analyzer.report.svg import polygon, rule, text
from analyzer.safe_text import clean_text
from analyzer.units import pace_s_per_km, pace_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analyzer.model.plan import Aim, Block, Plan, Role, Tolerance
    from analyzer.report.plan_scene import Layout, PlanScene, Step
    from analyzer.report.svg import Point
    from analyzer.units import Unit

QUIET_WORDS: Mapping[Role, str] = {
    "easy": noted("easy"),
    "rest": noted("rest"),
    "cooldown": noted("cool-down"),
}
"""Roles drawn in a quieter tone than the work, and the words for them."""

AIM_WORDS: Mapping[Aim, str] = {
    "heart_rate": noted("heart rate"),
    "power": noted("power"),
    "cadence": noted("cadence"),
    "pace_zone": noted("pace zone"),
    "reference_pace": noted("pace unknown"),
    "other": noted("no pace"),
}
"""What stands over a step that aims at something other than a pace."""

TEETH = 6
"""Points of the ragged end of an open step."""

MOST_BANDS = 200
"""With more blocks than this their tolerance is narrower than a line."""

MOST_TOLD = 40
"""Blocks that are named to those who cannot see the drawing."""


def draw_plan(plan: Plan, tolerances: Sequence[Tolerance | None], number: int = 1) -> str:
    """
    Draw the steps of a plan.

    Parameters
    ----------
    plan : Plan
        As it was understood.
    tolerances : sequence of Tolerance or None
        Of its blocks, from `block_tolerances`.
    number : int
        Of the plan on its page, for names that must not meet.

    Returns
    -------
    str
        Two ``svg`` elements coloured by the page, of which it shows one.
    """
    return "\n".join(_svg(plan, tolerances, layout, number) for layout in (WIDE, NARROW))


def plan_told(plan: Plan) -> str:
    """Say a plan for those who cannot see it: its line, then each block by its number and name."""
    blocks = plan.blocks[:MOST_TOLD]
    told = "; ".join(f"{b.index}: {_told(b, plan.units)}" for b in blocks)
    more = "; …" if len(plan.blocks) > len(blocks) else ""
    return f"{plan_line(plan)}. {told}{more}"


def _told(block: Block, units: Unit) -> str:
    """Return a block's name, and its pace where that is not in the name."""
    name = clean_text(block.name)
    if block.target is None or " @ " in name:
        return name
    return f"{name} @ {pace_range_text(block.target, units)}"


def _svg(plan: Plan, tolerances: Sequence[Tolerance | None], layout: Layout, number: int) -> str:
    """Return one drawing as a whole element; with paces on the left if a step has no room."""
    scene = plan_scene(plan, tolerances, layout, has_axis=False)
    has_axis = any(step.band and not _pace_label(scene, step) for step in scene.steps)
    if has_axis:
        scene = plan_scene(plan, tolerances, layout, has_axis=True)
    parts = _paces(scene) if has_axis else []
    for step in scene.steps:
        parts += _step(scene, step)
    parts += [*_names(scene), *_minutes(scene)]
    height = scene.floor + 1.15 * layout.size + 5
    heading = say("The plan, step by step")
    name = f"plan-{layout.name}{number}"
    body = "\n".join(part for part in parts if part)
    return (
        f'<svg class="fig {layout.name} planned" viewBox="0 0 {layout.width:.0f} {height:.0f}" '
        f'role="img" aria-labelledby="{name}-t {name}-d">\n'
        f'<title id="{name}-t">{escape(heading)}</title>\n'
        f'<desc id="{name}-d">{escape(plan_told(plan))}</desc>\n{body}\n</svg>'
    )


def _step(scene: PlanScene, step: Step) -> list[str]:
    """Draw a step: its body, how far off still counts as held, its target, what is over it."""
    kind = "quiet" if step.block.role in QUIET_WORDS or step.block.target is None else "work"
    is_open = step.block.is_open
    parts = [polygon(f"step {kind}", _outline(scene, step) if is_open else _corners(scene, step))]
    if step.band is not None and _has_bands(scene):
        slow, fast = step.band
        left, right = step.left, step.right
        corners = ((left, fast[0]), (right, fast[1]), (right, slow[1]), (left, slow[0]))
        parts.append(polygon("held", corners))
    ends = (step.left, step.top[0], step.right, step.top[1])
    parts.append(rule(*ends, f"goal {kind}"))
    return [*parts, *_over(scene, step)]


def _corners(scene: PlanScene, step: Step) -> list[Point]:
    """Return the shape of a step; a little of the paper stays between it and the next."""
    gap = min(1.0, step.width / 6)
    left, right = step.left + gap / 2, step.right - gap / 2
    return [(left, step.top[0]), (right, step.top[1]), (right, scene.floor), (left, scene.floor)]


def _outline(scene: PlanScene, step: Step) -> list[Point]:
    """Return the shape of an open step: its end is ragged, as nobody knows where it is."""
    rise = (scene.floor - step.top[1]) / TEETH
    depth = min(9.0, step.width / 4)
    teeth = [(step.right - depth * (i % 2), step.top[1] + i * rise) for i in range(1, TEETH)]
    start, _, _, foot = _corners(scene, step)
    return [
        start,
        (step.right - depth, step.top[1]),
        *teeth,
        (step.right - depth, scene.floor),
        foot,
    ]


def _over(scene: PlanScene, step: Step) -> list[str]:
    """Write the pace over a step, or the word for it where it has none, if there is room."""
    layout = scene.layout
    if step.band is not None:
        words, kind, letter = _pace_label(scene, step), "val", layout.label_letter
    else:
        words, kind, letter = _fitting(_word(step.block), step, layout.letter), "", layout.letter
    if not words:
        return []
    half = len(words) * letter / 2
    slope = (step.top[1] - step.top[0]) / step.width
    highest = min(step.top[0] + slope * (step.middle + d - step.left) for d in (-half, half))
    if step.band is not None and _has_bands(scene):
        highest += step.band[1][0] - step.top[0]
    return [text(step.middle, highest - 0.4 * layout.size, words, kind)]


def _has_bands(scene: PlanScene) -> bool:
    """Whether what still counts as held is drawn: among very many steps nobody would see it."""
    return len(scene.steps) <= MOST_BANDS


def _pace_label(scene: PlanScene, step: Step) -> str:
    """Return the pace over a step: of a range its middle if that alone has room; else nothing."""
    target, units, letter = step.block.target, scene.plan.units, scene.layout.label_letter
    if target is None:
        return ""
    words = _fitting(pace_range_text(target, units), step, letter)
    if words or target.slow_mps is None:
        return words
    return _fitting(pace_text(pace_s_per_km(target.speed_mps), units), step, letter)


def _fitting(words: str, step: Step, letter: float) -> str:
    """Return words if they are no wider than a step."""
    return words if len(words) * letter <= step.width - 2 else ""


def _word(block: Block) -> str:
    """Say what a block without a pace is."""
    if block.aim is not None:
        return say(AIM_WORDS[block.aim])
    return _role(block) or say("no pace")


def _role(block: Block) -> str:
    """Say what a block is for, if it is not the work."""
    return say(QUIET_WORDS[block.role]) if block.role in QUIET_WORDS else ""


def _names(scene: PlanScene) -> list[str]:
    """Write number, length and role into the steps as far as they fit, at least numbers apart."""
    layout = scene.layout
    parts, narrow, taken = [], [], []
    base = scene.floor - 0.6 * layout.size
    for step in scene.steps:
        words = f"{step.block.index} {_length(step.block)}"
        room = (step.width - 10) / layout.letter
        if room < len(words):
            narrow.append(step)
            continue
        x = step.left + 7
        taken.append((x, x + len(words) * layout.letter))
        role = _role(step.block) if step.band is not None else ""
        y = base - layout.size if role and len(role) <= room else base
        number, _, length = words.partition(" ")
        parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}"><tspan class="hn">{number}</tspan> '
            f"{escape(length)}</text>"
        )
        if y != base:
            parts.append(text(x, base, role, "", "start"))
    return parts + _numbers(scene, narrow, taken)


def _length(block: Block) -> str:
    """Say how long a block is; an open one in the language of the page."""
    if block.is_open:
        return say("open")
    return length_text(block.duration_s, block.distance_m)


def _numbers(scene: PlanScene, narrow: list[Step], taken: list[tuple[float, float]]) -> list[str]:
    """Write the numbers of narrow steps where none touches another, with lengths where they fit."""
    layout = scene.layout
    base = scene.floor - 0.6 * layout.size
    parts = []
    for step in sorted(narrow, key=lambda s: (s.block.role in QUIET_WORDS, s.block.index)):
        number, length = str(step.block.index), _length(step.block)
        is_told = len(length) * layout.letter <= step.width - 4
        half = (len(number) + 0.4) * (layout.letter + 0.6) / 2
        left, right = step.middle - half, step.middle + half
        if right > layout.width or any(left < u and v < right for v, u in taken):
            continue
        taken.append((left, right))
        if is_told:
            parts.append(text(step.middle, base, length))
        parts.append(text(step.middle, base - layout.size * is_told, number, "hn"))
    return parts


def _paces(scene: PlanScene) -> list[str]:
    """Write paces on the left, the fastest and the slowest first, and a faint line at each."""
    frame, layout = scene.frame, scene.layout
    paced = [step for step in scene.steps if step.band is not None]
    wanted = ends_first(v for step in paced for v in speeds_of(step.block) or ())
    places = [frame.y(speed) for speed in wanted]
    parts = []
    for i in sorted(apart(places, layout.size), key=lambda i: wanted[i]):
        words = pace_text(pace_s_per_km(wanted[i]), scene.plan.units)
        parts.append(rule(frame.left, places[i], frame.right, places[i], "level"))
        parts.append(text(frame.left - 6, places[i] + 4, words, anchor="end"))
    return parts


def _minutes(scene: PlanScene) -> list[str]:
    """Label the time at the bottom, as far as it is known."""
    layout, frame = scene.layout, scene.frame
    y = scene.floor + 1.15 * layout.size
    parts = [rule(frame.left, scene.floor, frame.right, scene.floor, "base")]
    marks = [m for m in minute_marks(frame, layout.minutes) if m * 60 <= known_s(scene.plan)]
    for i, minute in enumerate(marks if len(marks) > 1 else ()):
        x = frame.x(minute * 60)
        words = f"{minute} min" if i == len(marks) - 1 and i else f"{minute}"
        is_at_edge = x + 3 * layout.letter > layout.width
        anchor = "end" if is_at_edge else "start" if x < layout.letter else "middle"
        parts.append(text(min(x, layout.width), y, words, "", anchor))
    return parts
