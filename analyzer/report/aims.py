"""What blocks aim at in place of a pace, and why they are not scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.report.language import noted_n, say_n

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analyzer.model.plan import Aim

AIMS: Mapping[Aim, tuple[str, str]] = {
    "heart_rate": noted_n(
        "Block {blocks} aims at a heart rate or a zone of it: run, but not scored for pace.",
        "Blocks {blocks} aim at a heart rate or a zone of it: run, but not scored for pace.",
    ),
    "power": noted_n(
        "Block {blocks} aims at a power or a zone of it: run, but not scored for pace.",
        "Blocks {blocks} aim at a power or a zone of it: run, but not scored for pace.",
    ),
    "cadence": noted_n(
        "Block {blocks} aims at a cadence: run, but not scored for pace.",
        "Blocks {blocks} aim at a cadence: run, but not scored for pace.",
    ),
    "pace_zone": noted_n(
        "Block {blocks} aims at a pace zone of the watch, whose paces the file does not hold: "
        "run, but not scored. Give the pace in the plan to have it scored.",
        "Blocks {blocks} aim at pace zones of the watch, whose paces the file does not hold: "
        "run, but not scored. Give the paces in the plan to have them scored.",
    ),
    "reference_pace": noted_n(
        "Block {blocks} is planned as a share of a race or threshold pace that is not known: run, "
        "but not scored. Give that pace in athletes.yaml, and the athlete with --athlete.",
        "Blocks {blocks} are planned as shares of a race or threshold pace that is not known: run, "
        "but not scored. Give that pace in athletes.yaml, and the athlete with --athlete.",
    ),
    "other": noted_n(
        "Block {blocks} aims at something other than a pace: run, but not scored for pace.",
        "Blocks {blocks} aim at something other than a pace: run, but not scored for pace.",
    ),
}
"""What is said of the blocks of each aim; a test holds it to the aims there are."""


def aims_text(aims: Sequence[tuple[Aim, tuple[int, ...]]]) -> list[str]:
    """
    Say what blocks aim at in place of a pace: one sentence an aim, in the language spoken.

    Parameters
    ----------
    aims : sequence of (str, tuple of int)
        Each aim with the numbers of its blocks, as from `Plan.aims`.
    """
    sentences = []
    for aim, blocks in aims:
        words = AIMS[aim]
        sentences.append(say_n(words[0], words[1], len(blocks), blocks=_ranges(blocks)))
    return sentences


def _ranges(blocks: tuple[int, ...]) -> str:
    """Write numbers with runs of three or more drawn together: ``1-5, 7, 8``."""
    runs: list[list[int]] = []
    for block in blocks:
        if runs and block == runs[-1][-1] + 1:
            runs[-1].append(block)
        else:
            runs.append([block])
    return ", ".join(
        f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )
