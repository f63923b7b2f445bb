"""One recording that came as bytes, judged as a person asked for, and kept as a batch keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.judge import Judge, content_key
from analyzer.archive.records import Found, Hint
from analyzer.archive.rules import Rules
from analyzer.archive.said import NOTHING
from analyzer.archive.same_run import SameRuns
from analyzer.archive.sources.labels import shown_part

if TYPE_CHECKING:
    from analyzer.archive.records import Result
    from analyzer.archive.said import Decided
    from analyzer.archive.store.store import Store

BY_ITSELF = Rules()
"""No plan but its own, nobody's paces."""


def keep_run(  # noqa: PLR0913 - what came, and what was asked for
    store: Store,
    content: bytes,
    label: str,
    *,
    decided: Decided = NOTHING,
    athlete: str | None = None,
    rules: Rules = BY_ITSELF,
) -> Result:
    """
    Judge one recording and keep its review: key, columns and packed review are those of a batch.

    Somebody asked for this one run, so the wish wins over the rules of `earlier`: this review
    takes the place of any that the store has of the recording, whatever that was judged by and
    of whatever day, and what was decided takes the place of what had been. A later batch
    obeys it, with any plan or without one, and judges nothing anew where it finds the
    recording again. What does not end in a review changes nothing in the store.

    Parameters
    ----------
    store : Store
        Where to.
    content : bytes
        FIT, GPX or TCX, plain or ``.gz``.
    label : str
        What the file is called. A recording that the store knows keeps its label.
    decided : Decided
        Ruling, and the plan as it was chosen or typed; without a plan the one in the recording,
        else that of ``rules``.
    athlete : str, optional
        Whose run. Left out: whose it is in the store.
    rules : Rules
        The squad's file of paces, and the plans of a batch.

    Returns
    -------
    Result
        What became of it: ``reviewed``, with its run; ``duplicate``, if another file of this
        run that holds more is in the store and goes on to count; else why there is no review.

    Raises
    ------
    StoreError
        If it cannot be kept, or nobody can keep such a ruling or plan.
    """
    store.refuse(decided)  # before anything is judged by what nobody can keep
    key = content_key(content)
    name = shown_part(label)
    found = Found(name, name, hint=Hint(athlete=athlete))
    earlier = store.known([key]).get(key)
    if earlier is not None:
        found = found._replace(label=earlier.label, hint=Hint(athlete=athlete or earlier.athlete))
    result = Judge(rules._replace(since=None)).judge_content(content, found, decided)
    if result.run is None:
        return result
    kept, changed = SameRuns(store.prints()).add(result)
    replaced = [each.content for each in changed if kept.run is not None]
    store.save([kept, *changed], {key: decided}, dict.fromkeys(replaced, key))
    return kept
