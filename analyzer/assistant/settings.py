"""What a server for assistants was started with; the same for all its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.units import Unit


class Settings(Struct, frozen=True):
    """
    What was said at start; an assistant cannot change it.

    Parameters
    ----------
    folders : tuple of str
        Nothing outside of these is read.
    store : str or None
        Where ``batch`` keeps runs; None: nothing is told of trends.
    athletes : str or None
        The coach's file of paces. None: ``athletes.yaml`` at the top of a folder.
    plans : str or None
        The folder of plans that one is picked from, where a run is reviewed without naming one.
    units : {'km', 'mi'} or None
        Of the answers; None: those of the plan.
    language : str
        Of the answers.
    """

    folders: tuple[str, ...]
    store: str | None = None
    athletes: str | None = None
    plans: str | None = None
    units: Unit | None = None
    language: str = "en"
