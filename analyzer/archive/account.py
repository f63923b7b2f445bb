"""The exact account of a batch: what became of every file that was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from analyzer.archive.records import Outcome, Result

Kind = Literal["reviewed", "unchanged", "recovered", "duplicate", "skipped", "failed"]


@dataclass(slots=True)
class Account:
    """
    What became of each file, by its place in the order in which files were found.

    Parameters
    ----------
    kinds : dict of int to Kind
        A file each: every one has exactly one.
    told : dict of int to Result
        Those of which more has to be told, without their runs.
    """

    kinds: dict[int, Kind] = field(default_factory=dict)
    told: dict[int, Result] = field(default_factory=dict)

    def add(self, place: int, result: Result, *, is_new: bool) -> None:
        """Enter a file, or change its entry."""
        kind = _kind(result, is_new=is_new)
        self.kinds[place] = kind
        self.told.pop(place, None)
        if kind in ("duplicate", "skipped", "failed") or result.asked:
            self.told[place] = result._replace(run=None)

    def count(self, kind: Kind) -> int:
        """Return how many files it became of."""
        return sum(k == kind for k in self.kinds.values())

    @property
    def found(self) -> int:
        """How many files were found: the sum of all kinds."""
        return len(self.kinds)

    def of(self, kind: Kind) -> list[Result]:
        """Return the files of a kind, in the order in which they were found."""
        return [self.told[i] for i in sorted(self.told) if self.kinds[i] == kind]

    def questions(self) -> list[Result]:
        """Return the files about which the coach is asked something."""
        return [self.told[i] for i in sorted(self.told) if self.told[i].asked]

    def as_json(self) -> dict[str, Any]:
        """Return the account as the JSON of ``--json`` has it."""
        return {
            "found": self.found,
            "reviewed": self.count("reviewed"),
            "unchanged": self.count("unchanged"),
            "recovered": self.count("recovered"),
            "duplicates": [{"source": r.label, "same_as": r.why} for r in self.of("duplicate")],
            "skipped": [_told(r) for r in self.of("skipped")],
            "failed": [_told(r) for r in self.of("failed")],
            "asked": [{"source": r.label, "question": r.asked} for r in self.questions()],
        }


def _kind(result: Result, *, is_new: bool) -> Kind:
    """Say what became of a file."""
    outcome: Outcome = result.outcome
    if outcome != "reviewed":
        return outcome
    if not is_new:
        return "unchanged"
    return "recovered" if result.is_recovered else "reviewed"


def _told(result: Result) -> dict[str, str | None]:
    """Say why a file was not reviewed."""
    return {"source": result.label, "reason": result.why, "code": result.reason}
