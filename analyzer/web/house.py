"""What every page of the server has at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct, field

from analyzer.web.body import Bodies
from analyzer.web.desk import Desk
from analyzer.web.hands import Hands

if TYPE_CHECKING:
    from starlette.requests import Request

    from analyzer.web.batches import Batches
    from analyzer.web.settings import Settings


class House(Struct, frozen=True, eq=False):
    """
    What every page of the server has at hand.

    Parameters
    ----------
    settings : Settings
        What the server was started with.
    batches : Batches
        What is judged as a whole, into the store.
    desk : Desk
        What was dropped on it.
    hands : Hands
        Who does its work.
    bodies : Bodies
        Who reads what is sent.
    """

    settings: Settings
    batches: Batches
    desk: Desk = field(default_factory=Desk)
    hands: Hands = field(default_factory=Hands)
    bodies: Bodies = field(default_factory=Bodies)


def house_of(request: Request) -> House:
    """Return the house that a request came to."""
    return cast("House", request.app.state.house)
