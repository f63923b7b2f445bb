"""Whether slopes are scored in a session, and the speed that is then judged (method 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analyzer.prepare.grade import effort_factor
from analyzer.segmenter.boundaries import boundaries
from analyzer.structs import replace

if TYPE_CHECKING:
    from analyzer.model.plan import Plan
    from analyzer.model.prepared import Prepared, Slopes

NET_GRADE = 0.005
"""A block that rises or falls by more than this on the whole is hilly [ratio] ..."""

GRADE_SD = 0.01
"""... and so is one whose slope varies by more than this [ratio]."""


def with_effort(plan: Plan, prepared: Prepared, slopes: Slopes = "strava") -> Prepared:
    """
    Judge by equal effort on the flat where hills matter and altitude can be trusted.

    They matter if one block with a pace rises or falls by 0.5 % on the whole, or
    its slope varies by over 1 %, by the clock from the start of the recording:
    the executed alignment needs the answer first. Then all blocks are adjusted;
    on the flat the noise of altitude would only add error.

    Parameters
    ----------
    plan : Plan
        As it will be judged.
    prepared : Prepared
        With ``effort_mps`` still the plain speed.
    slopes : {'strava', 'minetti', 'off'}
        The model; "off" judges the plain speed whatever the hills.

    Returns
    -------
    Prepared
        Unchanged, or with ``effort_mps`` adjusted and ``is_adjusted`` set.
    """
    prepared = replace(prepared, slopes=slopes)
    if slopes == "off" or not prepared.has_barometer or not _is_hilly(plan, prepared):
        return prepared
    factor = effort_factor(prepared.grade_ratio, slopes)
    effort_mps = prepared.speed_mps * np.where(np.isfinite(factor), factor, 1.0)
    return replace(prepared, effort_mps=effort_mps, is_adjusted=True)


def _is_hilly(plan: Plan, prepared: Prepared) -> bool:
    """Whether slopes matter in any block with a pace."""
    start_s = 0.0
    if plan.start_s is not None:
        start_s = float(prepared.clock.timer_at(np.array([plan.start_s]))[0])
    edges_s = boundaries(plan, start_s, prepared)
    for block, a, b in zip(plan.blocks, edges_s[:-1], edges_s[1:], strict=True):
        cut = slice(int(a), min(int(b), prepared.seconds))
        grades, weights = prepared.grade_ratio[cut], prepared.speed_mps[cut]
        is_known = np.isfinite(grades)
        if block.target is None or is_known.sum() < 60 or weights[is_known].sum() <= 0:
            continue
        net = float(np.average(grades[is_known], weights=weights[is_known]))
        if abs(net) > NET_GRADE or float(grades[is_known].std()) > GRADE_SD:
            return True
    return False
