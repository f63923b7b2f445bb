"""
Check a recorded progression run against its plan.

Public names are loaded when first used, so that ``progcheck --help`` stays quick.

>>> from analyzer import read_activity, read_plan, review_activity
>>> review = review_activity(read_activity("run.fit"), read_plan("plan.yaml"))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analyzer.version import __version__

if TYPE_CHECKING:
    from analyzer.errors import ActivityError, PlanError, ProgcheckError
    from analyzer.model.activity import Activity, Records
    from analyzer.model.plan import Block, Plan
    from analyzer.model.review import Review
    from analyzer.parsers.read import read_activity
    from analyzer.review.pipeline import review_activity, review_file
    from analyzer.review.plan_source import read_plan

__all__ = [
    "Activity",
    "ActivityError",
    "Block",
    "Plan",
    "PlanError",
    "ProgcheckError",
    "Records",
    "Review",
    "__version__",
    "read_activity",
    "read_plan",
    "review_activity",
    "review_file",
]

_HOMES = {
    "Activity": "analyzer.model.activity",
    "ActivityError": "analyzer.errors",
    "Block": "analyzer.model.plan",
    "Plan": "analyzer.model.plan",
    "PlanError": "analyzer.errors",
    "ProgcheckError": "analyzer.errors",
    "Records": "analyzer.model.activity",
    "Review": "analyzer.model.review",
    "read_activity": "analyzer.parsers.read",
    "read_plan": "analyzer.review.plan_source",
    "review_activity": "analyzer.review.pipeline",
    "review_file": "analyzer.review.pipeline",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        msg = f"module 'analyzer' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
