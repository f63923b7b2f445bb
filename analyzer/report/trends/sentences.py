"""What an athlete's runs show, in sentences; no trend is never called a stable one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import capital, noted_n, say, say_n
from analyzer.report.measures import joined
from analyzer.report.naming import number_word
from analyzer.report.trends.words import (
    CAVEATS,
    WORDS,
    name_of,
    runs_text,
    signed_text,
    size_text,
    span_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.model.trends import AthleteTrends, MeasureTrend, Shown, SquadTrends

LEAST = 5
"""Runs of one session that a trend of the score takes; a test compares it with the statistics."""


MOST_NAMES = 3
"""More athletes are counted, not named."""

OF_SQUAD: dict[Shown, tuple[str, str]] = {
    "better": noted_n("{who} is learning patience.", "{who} are learning patience."),
    "worse": noted_n("{who} holds the plan less and less.", "{who} hold the plan less and less."),
    "cannot_tell": noted_n("{who}: too few runs to tell.", "{who}: too few runs to tell."),
}
"""What is said of some athletes of a squad."""


def sentences(athlete: AthleteTrends) -> tuple[str, str]:
    """
    Say what the score of an athlete shows, and what the other measures do.

    Returns
    -------
    first, second : str
        "Anna is learning patience: +4 points a month over 9 equal sessions (2 to 6)."; "In a
        month: 9 s less gained early." The second is empty where no other trend is shown.
    """
    clauses = [_clause(t) for t in athlete.trends[1:] if t.line is not None]
    second = say("In a month: {changes}.", changes=", ".join(clauses)) if clauses else ""
    return _first(athlete), second


def _first(athlete: AthleteTrends) -> str:
    """Say what the score shows."""
    trend, who = athlete.score, name_of(athlete)
    if trend.shown == "cannot_tell":
        return _too_few(athlete)
    if trend.shown == "not_shown":
        return say(
            "{who}: no trend shows over {runs}; more than {high} and less than {low} points a "
            "month can be ruled out.",
            who=who,
            runs=runs_text(trend),
            low=signed_text(trend, trend.low),
            high=signed_text(trend, trend.high),
        )
    facts = {
        "who": who,
        "change": signed_text(trend, trend.per_month),
        "runs": runs_text(trend),
        "low": size_text(trend, trend.low),
        "high": size_text(trend, trend.high),
    }
    if trend.shown == "better":
        return say(
            "{who} is learning patience: {change} points a month over {runs} ({low} to {high}).",
            **facts,
        )
    return say(
        "{who} holds the plan less and less: {change} points a month over {runs} "
        "({low} to {high}).",
        **facts,
    )


def _too_few(athlete: AthleteTrends) -> str:
    """Say why nothing can be told."""
    who, scored = name_of(athlete), athlete.scored
    if not athlete.runs:
        return say("{who}: there is no run of these days.", who=who)
    if not scored:
        return say_n(
            "{who}: the one run could not be scored.",
            "{who}: none of {n} runs could be scored.",
            athlete.runs,
            who=who,
        )
    if scored < LEAST:
        return say_n(
            "{who}: no trend can be told from {n} run; it takes at least {least} of one session.",
            "{who}: no trend can be told from {n} runs; it takes at least {least} of one session.",
            scored,
            who=who,
            least=LEAST,
        )
    of = [p.session for p in athlete.score.points]
    if max(of.count(session) for session in of) < LEAST:
        return say(
            "{who}: no trend can be told from {n} runs of {sessions} sessions; it takes at least "
            "{least} of one.",
            who=who,
            n=scored,
            sessions=len(set(of)),
            least=LEAST,
        )
    return say(
        "{who}: no trend can be told from {n} runs yet; they lie too close together.",
        who=who,
        n=scored,
    )


def _clause(trend: MeasureTrend) -> str:
    """Say what another measure does."""
    words = WORDS[trend.measure]
    size = size_text(trend, abs(trend.per_month or 0.0))
    return say(words.better if trend.shown == "better" else words.worse, size=size)


def squad_sentence(squad: SquadTrends) -> str:
    """
    Say which trend is told of whom, by name where there are few.

    One athlete's own sentence where there is only one.
    """
    if len(squad.athletes) == 1:
        return sentences(squad.athletes[0])[0]
    said = [_of_some(squad, shown, *words) for shown, words in OF_SQUAD.items()]
    told = [s for s in said if s]
    if any(a.score.line is not None for a in squad.athletes):
        return " ".join(told)
    total = number_word(len(squad.athletes))
    return " ".join([say("No trend shows in any of {total} athletes.", total=total), *told])


def _of_some(squad: SquadTrends, shown: Shown, one: str, many: str) -> str:
    """Say one thing of those whom it holds for; nothing where there is nobody."""
    who = [name_of(a) for a in squad.athletes if a.score.shown == shown]
    if not who:
        return ""
    names = joined(who)
    if len(who) > MOST_NAMES:
        count, total = capital(number_word(len(who))), number_word(len(squad.athletes))
        names = say("{count} of {total}", count=count, total=total)
    return say_n(one, many, len(who), who=names)


def title_text(squad: SquadTrends) -> str:
    """Return whose trends, of how many runs and which days."""
    firsts = [a.first_day for a in squad.athletes if a.first_day is not None]
    lasts = [a.last_day for a in squad.athletes if a.last_day is not None]
    span = span_text(min(firsts), max(lasts)) if firsts and lasts else ""
    runs = sum(a.runs for a in squad.athletes)
    who = say("{n} athletes", n=len(squad.athletes))
    if len(squad.athletes) == 1:
        who = name_of(squad.athletes[0]) if squad.athletes[0].athlete else ""
    counted = say_n("{n} run", "{n} runs", runs)
    return " · ".join(p for p in (say("Trends"), who, counted, span) if p)


def athlete_title(athlete: AthleteTrends) -> str:
    """Return an athlete, runs and days: ``Anna · 12 runs · 5 January to 23 March 2026``."""
    counted = say_n("{n} run", "{n} runs", athlete.runs)
    span = span_text(athlete.first_day, athlete.last_day)
    return " · ".join(p for p in (name_of(athlete), counted, span) if p)


def notes(squad: SquadTrends) -> list[str]:
    """Say how to read trends: what is compared, how sure they are, and what may mislead."""
    lines = [
        say("Only equal sessions are compared: the same blocks, at whatever planned paces."),
        say(
            "Of athletes who stay as they are, about one in 20 is told a trend of the score by "
            "chance."
        ),
        say("Ranges: 95 % sure for the score, 99 % for the other measures."),
        say("Now: the middle of the last three runs of the most frequent session."),
    ]
    return [*lines, *caveats(squad.athletes)]


def caveats(athletes: Iterable[AthleteTrends]) -> list[str]:
    """Say what may look like a trend and be none, each once, and of whom."""
    every = list(athletes)
    lines = []
    for caveat, words in CAVEATS.items():
        who = [name_of(a) for a in every if caveat in a.caveats]
        if not who:
            continue
        text = say(words)
        lines.append(text if len(every) == 1 else f"{', '.join(who)}: {text}")
    return lines
