"""Reviews by name: every sample, simulated runners, real recordings; each made once a process."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from analyzer import read_activity, read_plan, review_activity
from analyzer.report.figure import render_figure
from analyzer.report.html import render_html
from analyzer.report.json_result import dumps
from analyzer.report.markdown import render_markdown
from analyzer.report.message import render_message
from analyzer.report.tables import render_csv
from analyzer.report.terminal import render
from tests.accuracy.scoring import BEHAVIOURS, PLANS, review_of
from tests.builders.plans import EXAMPLE
from tests.builders.reviews import mock_run, unknown_run
from tests.builders.simulate import Behaviour
from tests.places import PLAN, REAL, SAMPLES

if TYPE_CHECKING:
    from analyzer.model.review import Review

RECORDINGS = sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".fit", ".gpx", ".tcx"))

ODD = (
    "gpxpy--korita-zbevnica.gpx", "python-fitparse--nick.fit",
    "python-fitparse--2019-02-17-062644-ELEMNT-297E-195-0.fit",
)  # fmt: skip
ANY = "10min easy @ 6:00, 3x5min @ 5:30, 5:15, 5:00"
"""A plan that none of the real runners had in mind."""


def real_names() -> list[str]:
    """Name the real recordings; none where they do not lie beside the project."""
    if not REAL.is_dir():
        return []
    runs = sorted(p.relative_to(REAL).as_posix() for p in (REAL / "runs").iterdir())
    return [*runs, *(f"odd/{name}" for name in ODD)]


NAMES = [
    *(f"sample {name}" for name in RECORDINGS),
    *(f"runner {name}" for name in BEHAVIOURS),
    *(f"plan {name}" for name in PLANS),
    *(f"real {name}" for name in real_names()),
    "made by hand",
    "nothing known",
]
"""Every review there is."""


@cache
def reviewed(name: str) -> Review:
    """Make one of them."""
    if name in ("made by hand", "nothing known"):
        return mock_run() if name == "made by hand" else unknown_run()
    kind, what = name.split(" ", maxsplit=1)
    if kind == "sample":
        plan = SAMPLES / "kilometres.yaml" if what == "kilometres.fit" else PLAN
        return review_activity(read_activity(SAMPLES / what), read_plan(plan))
    if kind == "runner":
        return review_of(EXAMPLE, BEHAVIOURS[what], 910)
    if kind == "plan":
        return review_of(PLANS[what], Behaviour(), 912)
    return review_activity(read_activity(REAL / what), read_plan(ANY))


@cache
def texts(name: str) -> MappingProxyType[str, str]:
    """Write one of them in every form that is text but the drawing, once a process."""
    return MappingProxyType(written(reviewed(name), is_drawn=False))


def written(review: Review, *, is_drawn: bool = True) -> dict[str, str]:
    """Return every form of a review that is text; the drawing costs four times the others."""
    forms = {
        "terminal": render(review, explained=True),
        "colour": render(review, colour=True),
        "page": render_html([review]).replace("\u00a0", " "),
        "markdown": render_markdown(review),
        "message": render_message(review),
        "json": dumps(review, indent=2),
        "csv": render_csv([review]),
    }
    return {**forms, "svg": drawing(review)} if is_drawn else forms


def drawing(review: Review) -> str:
    """Return the drawing as text."""
    return render_figure(review, "svg").decode()
