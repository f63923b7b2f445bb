"""The account of a batch for a reader: the sums, what failed, and what the coach is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.archive.account import Account, Kind
    from analyzer.archive.records import Reason, Result

WORDS: tuple[tuple[Kind, str], ...] = (
    ("reviewed", "reviewed"),
    ("recovered", "reviewed as far as the damaged file goes"),
    ("unchanged", "unchanged since last time"),
    ("duplicate", "the same run in another file"),
    ("skipped", "passed over"),
    ("failed", "failed"),
)
"""What became of files, in the order in which it is told."""

REASONS: dict[Reason, str] = {
    "other_file": "no recording",
    "other_sport": "another sport",
    "no_plan": "no plan for it",
    "before": "before --since",
    "unfinished": "still being written",
}
"""Why files are passed over, as the account counts them."""

MOST_NAMED = 3
"""Files that a question names; the others are counted."""


def account_text(account: Account) -> str:
    """Return the account as lines of text; what failed and what is asked has its files named."""
    return "\n".join(_lines(account))


def _lines(account: Account) -> Iterator[str]:
    """Yield the lines, from the sum to the questions."""
    yield f"{account.found} files found" if account.found != 1 else "1 file found"
    for kind, words in WORDS:
        count = account.count(kind)
        if count:
            reasons = f" ({_reasons(account.of(kind))})" if kind == "skipped" else ""
            yield f"{count:>7} {words}{reasons}"
    failed = account.of("failed")
    if failed:
        yield ""
        yield from (f"failed: {result.label}: {result.why}" for result in failed)
    questions = list(_questions(account.questions()))
    if questions:
        yield ""
        yield from questions


def _reasons(results: list[Result]) -> str:
    """Count why files were passed over: ``12 another sport, 3 no recording``."""
    counts = Counter(REASONS.get(r.reason, r.why) if r.reason else r.why for r in results)
    return ", ".join(f"{count} {words}" for words, count in counts.most_common())


def _questions(results: list[Result]) -> Iterator[str]:
    """Yield each question once, with the files that it is about."""
    labels: dict[str, list[str]] = {}
    for result in results:
        labels.setdefault(result.asked, []).append(result.label)
    for question, files in labels.items():
        more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
        yield f"asked: {question} ({', '.join(files[:MOST_NAMED])}{more})"
