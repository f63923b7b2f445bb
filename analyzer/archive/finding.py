"""What a batch begins with: every file below some paths, and the sessions that exports have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.archive.rules import Written, folded
from analyzer.archive.sources.find import find
from analyzer.archive.sources.workouts import is_planned_workouts, planned_workouts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.archive.records import Found
    from analyzer.archive.rules import Key, Rules


def find_all(paths: Iterable[str], rules: Rules) -> tuple[list[Found], Rules]:
    """
    Find every file below some paths, each once.

    Parameters
    ----------
    paths : iterable of str
        Recordings, folders, zips and account exports.
    rules : Rules
        What runs are judged by.

    Returns
    -------
    found : list of Found
        In a fixed order.
    rules : Rules
        With the sessions that exports say were planned.
    """
    found = list(find(paths))
    written: dict[Key, tuple[Written, ...]] = {}
    for table in found:
        if not is_planned_workouts(table):
            continue
        for day, title, text in planned_workouts(table):
            key = (folded(table.hint.athlete or ""), day)
            written[key] = (*written.get(key, ()), Written(title, text))
    return found, rules._replace(written=written)
