"""How far a batch is, as whoever asks is told."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

State = Literal["waiting", "running", "ending", "done", "ended", "failed"]
"""``ended`` is one that somebody ended: what was judged by then is kept."""

OVER: tuple[State, ...] = ("done", "ended", "failed")


class Progress(Struct, frozen=True):
    """
    How far a batch is.

    Parameters
    ----------
    id : str
        By which it is asked for.
    state : str
        As `State` has it.
    ahead : int
        Batches that come before it; 0 once it runs.
    done : int
        Files that are judged and kept, or need not be.
    total : int or None
        Of how many; None until they are counted.
    latest : str
        What the last file that was told of is called.
    problem : str
        Why it failed, in one line.
    account : dict or None
        What became of each file, as ``progcheck batch --json`` says it; None until it is over.
    """

    id: str
    state: State = "waiting"
    ahead: int = 0
    done: int = 0
    total: int | None = None
    latest: str = ""
    problem: str = ""
    account: dict[str, Any] | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in OVER
