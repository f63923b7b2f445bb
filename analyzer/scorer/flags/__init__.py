"""Findings about the runner, one file per code; `find_flags` runs them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.scorer.flags.blow_up import blow_up
from analyzer.scorer.flags.cannot_tell import cannot_tell
from analyzer.scorer.flags.cost import with_cost
from analyzer.scorer.flags.fade import fade
from analyzer.scorer.flags.fast_start import fast_start
from analyzer.scorer.flags.greedy import greedy
from analyzer.scorer.flags.late_change import late_change
from analyzer.scorer.flags.low_data import low_data
from analyzer.scorer.flags.missed_block import missed_block
from analyzer.scorer.flags.non_progression import non_progression
from analyzer.scorer.flags.precedence import after_precedence
from analyzer.scorer.flags.stopped import stopped
from analyzer.scorer.flags.surging import surging
from analyzer.scorer.flags.too_fast import too_fast
from analyzer.scorer.flags.too_slow import too_slow
from analyzer.scorer.flags.truncated import truncated
from analyzer.scorer.flags.walk_break import walk_break
from analyzer.scorer.flags.which_block import doubted

if TYPE_CHECKING:
    from analyzer.model.findings import Flag
    from analyzer.scorer.flags.rule import Session

RULES = (
    stopped,
    walk_break,
    missed_block,
    truncated,
    low_data,
    greedy,
    too_fast,
    fast_start,
    blow_up,
    non_progression,
    fade,
    too_slow,
    late_change,
    surging,
)
"""Every rule, in the order in which flags of one block are reported."""


def find_flags(session: Session) -> tuple[list[Flag], list[Flag]]:
    """
    Run every rule.

    Parameters
    ----------
    session : Session
        Plan, recording, alignment and measured blocks.

    Returns
    -------
    all_flags : list of Flag
        Before precedence; verdicts rest on these.
    reported_flags : list of Flag
        Without what another finding explains; with what the recording cannot tell.
    """
    found = [flag for rule in RULES for flag in rule(session)]
    all_flags = with_cost(session, doubted(session, found))
    hidden = cannot_tell(session, all_flags)
    return all_flags, after_precedence(session, [*all_flags, *hidden])
