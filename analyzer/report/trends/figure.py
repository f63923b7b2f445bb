"""Trends on a card for a wall or a chat: one athlete large, several a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyzer.report.card import (
    HEIGHT,
    INK,
    LEFT,
    LINE,
    NOTE,
    PAPER,
    RIGHT,
    WIDTH,
    Page,
    kept_together,
    render_card,
)
from analyzer.report.language import capital, say, say_n
from analyzer.report.styled import cut
from analyzer.report.trends.plot import days_of, month_marks, scale_of, score_marks
from analyzer.report.trends.sentences import caveats, sentences, squad_sentence, title_text
from analyzer.report.trends.words import (
    WORDS,
    change_text,
    change_with_unit,
    name_of,
    range_text,
    shown_text,
    usual_text,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from analyzer.model.trends import AthleteTrends, MeasureTrend, SquadTrends
    from analyzer.report.trends.plot import Scale
    from analyzer.units import Unit

    Days = tuple[dt.date, dt.date]
    Place = tuple[float, float, float, float]

SIZES = ((44, 3), (38, 3), (32, 4), (28, 7))
"""Sizes of the sentence [px], and how many lines each may take."""

MOST_ATHLETES = 12
"""More rows could not be read on a phone."""

HIGHEST_ROW = 180.0

GREY = "#a5a199"
"""Of runs of other sessions: grey enough to stand back."""

DRAWN_FROM, NUMBERS_AT = 600, 560
"""Where the small drawings begin, and where the numbers end [px]."""


def png_file(squad: SquadTrends, units: Unit | None = None) -> bytes:
    """Draw the card as a picture."""
    return render_trends_figure(squad, "png")


def svg_file(squad: SquadTrends, units: Unit | None = None) -> bytes:
    """Draw the card as a drawing."""
    return render_trends_figure(squad, "svg")


def render_trends_figure(squad: SquadTrends, form: str = "png") -> bytes:
    """
    Draw the card; of more than 12 athletes those of whom a trend is told come first.

    Parameters
    ----------
    squad : SquadTrends
        What to show.
    form : {'png', 'svg'}
        As a picture or as a drawing.
    """

    def draw(page: Page) -> None:
        days = days_of(squad)
        if len(squad.athletes) == 1:
            _one(page, squad, days)
        else:
            _several(page, squad, days)

    return render_card(form, draw)


def _head(page: Page, squad: SquadTrends, first: str, second: str = "") -> float:
    """Write title and sentences; return where they end."""
    page.text(LEFT, 76, cut(title_text(squad), 60), 25, color=NOTE)
    page.text(RIGHT, 76, "progcheck", 25, color=NOTE, ha="right")
    y = page.sentence(kept_together(first), SIZES, 96.0)
    if second:
        y = page.lines(page.wrapped(kept_together(second), 26)[:3], y + 4, 26, 38, color=NOTE)
    page.rule(y + 32)
    return y + 32


def _foot(page: Page, squad: SquadTrends, more: str = "") -> float:
    """Say how to read the card; return where what is above may end."""
    words = [
        say("Each point a run, with its 90 % range; only equal sessions are compared."),
        say("The line is the trend.") if any(a.score.line for a in squad.athletes) else "",
        more,
        *caveats(squad.athletes),
    ]
    lines = page.wrapped(" ".join(w for w in words if w), 22)[:5]
    above = 1318.0 - 30 * len(lines)
    page.lines(lines, above, 22, 30, color=NOTE)
    return above - 10


def _one(page: Page, squad: SquadTrends, days: Days | None) -> None:
    """Draw one athlete: the scores large, the other measures a row each."""
    athlete = squad.athletes[0]
    first, second = sentences(athlete)
    top = _head(page, squad, first, second)
    others = [t for t in athlete.trends[1:] if t.points]
    has_others = bool(others) and athlete.score.shown != "cannot_tell"
    is_mixed = len({p.session for p in athlete.score.points}) > 1
    grey = say("Grey: other sessions than the most frequent one.") if is_mixed else ""
    bottom = _foot(page, squad, grey)
    if days is None:
        return
    height = min(88.0, (bottom - top) * 0.5 / max(1, len(others)))
    split = bottom - height * len(others) - 56 if has_others else bottom
    _axes(page, athlete.score, days, (LEFT + 44, top + 24, RIGHT, split - 44))
    if has_others:
        _column_heads(page, split + 34)
        for i, trend in enumerate(others):
            name = say(WORDS[trend.measure].name)
            _row(page, trend, name, scale_of([trend], days), (split + 56 + i * height, height))


def _several(page: Page, squad: SquadTrends, days: Days | None) -> None:
    """Draw a row an athlete, on the same days."""
    top = _head(page, squad, squad_sentence(squad))
    shown = _chosen(squad.athletes)
    left_out = len(squad.athletes) - len(shown)
    more = (
        say_n("{n} more athlete is not shown.", "{n} more athletes are not shown.", left_out)
        if left_out
        else ""
    )
    bottom = _foot(page, squad, more)
    _column_heads(page, top + 34)
    top += 50
    height = min(HIGHEST_ROW, (bottom - top) / max(1, len(shown)))
    scale = None if days is None else scale_of([a.score for a in shown], days)
    for i, athlete in enumerate(shown):
        _row(page, athlete.score, name_of(athlete), scale, (top + i * height, height))


def _chosen(athletes: Sequence[AthleteTrends]) -> list[AthleteTrends]:
    """Return the athletes that there is room for, in their order; those with a trend go first."""
    ranked = sorted(athletes, key=lambda a: (a.score.line is None, a.score.shown == "cannot_tell"))
    kept = {id(a) for a in ranked[:MOST_ATHLETES]}
    return [a for a in athletes if id(a) in kept]


def _column_heads(page: Page, y: float) -> None:
    """Write what the two numbers of a row are."""
    page.text(NUMBERS_AT - 150, y, capital(say("now")), 21, color=NOTE, ha="right")
    page.text(NUMBERS_AT, y, capital(say("a month")), 21, color=NOTE, ha="right")
    page.rule(y + 14, 1.2)


def _row(
    page: Page, trend: MeasureTrend, name: str, scale: Scale | None, place: tuple[float, float]
) -> None:
    """Write and draw one measure or athlete; top and height of its place in pixels."""
    top, height = place
    y = top + height / 2 + (0 if height >= 64 else 9)
    is_told = trend.line is not None
    page.text(LEFT, y, cut(name, 17), 25, weight="bold")
    page.text(NUMBERS_AT - 150, y, usual_text(trend), 25, ha="right")
    change = change_text(trend) if trend.measure == "score" else change_with_unit(trend)
    weight = "bold" if is_told else "normal"
    page.text(NUMBERS_AT, y, change, 25, ha="right", weight=weight)
    if height >= 64:
        page.text(
            LEFT, y + 28, shown_text(trend), 21, color=INK if is_told else NOTE, weight=weight
        )
        page.text(NUMBERS_AT, y + 28, range_text(trend), 21, color=NOTE, ha="right")
    if scale is not None:
        _plain(page, trend, scale, (DRAWN_FROM, top + 10, RIGHT, top + height - 10))
    page.rule(top + height, 0.6)


def _panel(page: Page, place: Place) -> Any:  # noqa: ANN401 - matplotlib loads later
    """Return an empty drawing; x and y of its corners in pixels."""
    left, top, right, bottom = place
    panel = page.figure.add_axes(
        (left / WIDTH, 1 - bottom / HEIGHT, (right - left) / WIDTH, (bottom - top) / HEIGHT),
        facecolor=PAPER,
    )
    panel.set_axis_off()
    panel.set_xlim(-0.02, 1.02)
    panel.set_ylim(-0.04, 1.06)
    return panel


def _plain(page: Page, trend: MeasureTrend, scale: Scale, place: Place) -> None:
    """Draw a measure without axes."""
    panel = _panel(page, place)
    panel.plot([0, 1], [-0.04, -0.04], color=LINE, linewidth=1)
    _draw(panel, trend, scale, 4.2)


def _axes(page: Page, trend: MeasureTrend, days: Days, place: Place) -> None:
    """Draw the scores with their axes."""
    scale = scale_of([trend], days)
    if scale is None:
        return
    panel = _panel(page, place)
    left, top, right, bottom = place
    for score in score_marks(scale):
        panel.plot([-0.02, 1.02], [scale.up(score)] * 2, color=LINE, linewidth=1)
        y = bottom - (scale.up(score) + 0.04) / 1.1 * (bottom - top)
        page.text(left - 12, y + 7, f"{score:.0f}", 21, color=NOTE, ha="right")
    for day, words in month_marks(*days):
        x = left + (scale.across(day) + 0.02) / 1.04 * (right - left)
        page.text(x, bottom + 30, words, 21, color=NOTE, ha="center")
    _draw(panel, trend, scale, 9.0)


def _draw(panel: Any, trend: MeasureTrend, scale: Scale, dot: float) -> None:  # noqa: ANN401
    """Draw runs with their ranges, other sessions in grey, and the trend if there is one."""
    main = min((p.session for p in trend.points), default=0)
    for point in sorted(trend.points, key=lambda p: p.session == main):
        colour = INK if point.session == main else GREY
        x = scale.across(point.day)
        if point.low is not None and point.high is not None:
            ends = [scale.up(point.low), scale.up(point.high)]
            panel.plot([x, x], ends, color=colour, linewidth=dot / 4.5, alpha=0.45)
        panel.plot(
            [x], [scale.up(point.value)], "o", color=colour, markersize=dot, markeredgewidth=0
        )
    if trend.line is not None:
        across = [scale.across(d) for d in (trend.line.first_day, trend.line.last_day)]
        up = [scale.up(v) for v in (trend.line.first, trend.line.last)]
        panel.plot(across, up, color=INK, linewidth=2.2)
