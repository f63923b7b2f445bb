"""The paces of one runner on one day, by the names plans use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from analyzer.model.plan import Race
    from analyzer.plans.paces import Pace


class RunnerPaces(Struct, frozen=True):
    """
    The paces of one runner on one day.

    ``origin`` says where they come from; ``hint`` what to tell somebody who asks for a name
    that is not among them; ``race`` is the latest.
    """

    paces: dict[str, Pace]
    origin: str
    hint: str = ""
    race: Race | None = None
