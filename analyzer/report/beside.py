"""A run beside the athlete's earlier one that is most like it, where that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.model.review import Review


def alike_text(review: Review) -> str:
    """Say what differs from the session most like this one; empty where none is known."""
    if review.alike is None:
        return ""
    from analyzer.report.trends.alike import alike_sentence  # only where a store was asked

    return alike_sentence(review.alike)
