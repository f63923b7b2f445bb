"""The clear findings of one run in short words, for its row of a comparison."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.report.findings import finding_of, short_title
from analyzer.report.language import noted, say
from analyzer.report.measures import joined
from analyzer.report.story.relations import UNMEASURED
from analyzer.report.story.story import OF_CAUSE, START_DOUBTS, story_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analyzer.model.review import Review
    from analyzer.report.story.story import Story

NOTHING_CLEAR = noted("no clear finding")

NOT_A_RUN = noted("not a run, so not judged")

DOUBTFUL = noted("it is not certain where block 1 began")


def findings_text(review: Review) -> str:
    """Say the clear findings in short words: ``block 1 too fast, blocks 2–4 a gear early``."""
    if review.activity.other_sport is not None:
        return say(NOT_A_RUN)
    return clear_findings(review) or say(NOTHING_CLEAR)


def clear_findings(review: Review) -> str:
    """Say the story of a run in short words; empty where nothing is clear."""
    story = story_of(review, review.plan.units)
    if story.unscored in OF_CAUSE.values() and not story.events:
        return say(finding_of(UNMEASURED).title)
    alike = groupby(_blocks_by_title(story).items(), key=lambda pair: sorted(set(pair[1])))
    findings = ", ".join(
        _placed(blocks, joined([title for title, _ in group])) for blocks, group in alike
    )
    doubt = say(DOUBTFUL) if set(START_DOUBTS) & set(story.doubts) else ""
    return "; ".join(part for part in (findings, doubt) if part)


def _blocks_by_title(story: Story) -> dict[str, list[int]]:
    """Return the blocks of each kind of finding; none for one of the whole run."""
    flags = [*(flag for event in story.events for flag in event.flags), *story.stops]
    blocks: dict[str, list[int]] = {}
    for flag in flags:
        places = blocks.setdefault(short_title(flag), [])
        places += [] if flag.block is None else [flag.block]
    return blocks


def _placed(places: Sequence[int], findings: str) -> str:
    """Name the blocks of a finding in front of it; nothing for the whole run."""
    if not places:
        return findings
    if len(places) == 1:
        return say("block {block} {findings}", block=places[0], findings=findings)
    return say("blocks {blocks} {findings}", blocks=block_list(places), findings=findings)


def block_list(places: Iterable[int]) -> str:
    """Name blocks by their numbers: ``2–4, 7``, runs of three and more with a dash."""
    ordered = sorted(set(places))
    parts = []
    for _, group in groupby(enumerate(ordered), key=lambda p: p[1] - p[0]):
        run = [place for _, place in group]
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(p) for p in run]
    return joined(parts)
