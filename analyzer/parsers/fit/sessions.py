"""The sessions of a FIT file, and which of them is the run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct, field

from analyzer.errors import EmptyActivityError, no_session
from analyzer.model.activity import DeviceTotals
from analyzer.parsers.fit.values import optional, seconds, to_float

if TYPE_CHECKING:
    from analyzer.parsers.device_clock import DeviceClock
    from analyzer.parsers.fit.part import Part
    from analyzer.parsers.samples import Samples

SESSION = 18
"""Global message number."""


class Session(Struct, frozen=True):
    """One session message: its span [s since 1970], sport, totals, and the runner's own rating."""

    start_s: float = math.nan
    end_s: float = math.nan
    sport: str | None = None
    sub_sport: str | None = None
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    rpe: float | None = None
    feel: float | None = None


def read_sessions(part: Part, clock: DeviceClock) -> list[Session]:
    """Return the sessions in order of their start, on the clock of the repaired records."""
    sessions = []
    for message in part.of(SESSION):
        f = message.fields
        start_s, elapsed_s = clock.put_right(seconds(f.get(2))), to_float(f.get(7))
        end_s = start_s + elapsed_s
        if clock.pieces or not math.isfinite(end_s):
            end_s = clock.put_right(seconds(f.get(253)), start_s)
        rpe = optional(f.get(193))
        sessions.append(
            Session(
                start_s,
                end_s,
                str(f[5]) if 5 in f else None,
                str(f[6]) if 6 in f else None,
                DeviceTotals(optional(f.get(7)), optional(f.get(8)), optional(f.get(9))),
                rpe / 10 if rpe is not None else None,
                optional(f.get(192)),
            )
        )
    return sorted(sessions, key=lambda s: s.start_s if math.isfinite(s.start_s) else math.inf)


def choose_session(
    sessions: list[Session], wanted: int | None, source: str
) -> tuple[int, Session | None]:
    """
    Choose the session asked for, else the running one, else the longest.

    Raises
    ------
    ActivityError
        If the one asked for is not there.
    """
    if not sessions:
        return 1, None
    if wanted is not None:
        if not 1 <= wanted <= len(sessions):
            raise no_session(wanted, len(sessions), source)
        return wanted, sessions[wanted - 1]
    running = [s for s in sessions if s.sport == "running"] or sessions
    best = max(running, key=lambda s: s.totals.distance_m or 0.0)
    return sessions.index(best) + 1, best


def cut_to_session(samples: Samples, session: Session, source: str) -> Samples:
    """Keep the records of one session."""
    inside = (samples.time_s >= session.start_s - 0.5) & (samples.time_s <= session.end_s + 0.5)
    if inside.sum() < 2:
        raise EmptyActivityError(source, "the session has no records", "", "try another --session")
    return samples.take(inside)
