"""The page where a run is dropped and reviewed."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePath
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from analyzer.archive.said_text import began
from analyzer.report.forms import FORMS
from analyzer.web.answers import filled
from analyzer.web.body import MAX_RECORDING
from analyzer.web.desk import OnDesk
from analyzer.web.house import house_of
from analyzer.web.pages.asked import asked_of, read_form
from analyzer.web.refusals import RefusedError
from analyzer.web.work.planned import athlete_names, plan_names
from analyzer.web.work.reading import read_runs
from analyzer.web.work.records import ReadRun, Unread
from analyzer.web.work.reviewing import review_run, start_text, unpacked

if TYPE_CHECKING:
    from starlette.requests import Request

    from analyzer.web.work.records import Reviewed


async def home(request: Request) -> Response:
    """Show the page with nothing on it yet."""
    house = house_of(request)
    plans, athletes = plan_names(house.settings), athlete_names(house.settings)
    return filled("review.html", here="review", plans=plans, athletes=athletes)


async def drop(request: Request) -> Response:
    """Take a file that was dropped: its runs, to be reviewed or chosen from."""
    house = house_of(request)
    name = request.query_params.get("name", "").rpartition("/")[2][:200] or "recording"
    async with house.bodies.whole(request, MAX_RECORDING) as content:
        if not content:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{name}: the file is empty")
        found = await house.hands.do(read_runs, content, name, house.settings.units)
    runs = [(house.desk.runs.put(run), run) for run in found if isinstance(run, ReadRun)]
    unread = [each for each in found if isinstance(each, Unread)]
    return filled("_runs.html", runs=runs, unread=unread)


async def on_desk(request: Request) -> Response:
    """Show the runs that a page had before it was loaded anew, as far as they are still here."""
    house = house_of(request)
    named = [(key, house.desk.runs.find(key)) for key in request.query_params.getlist("run")]
    runs = [(key, run) for key, run in named if run is not None]
    return filled("_runs.html", runs=runs, unread=()) if runs else Response(status_code=204)


async def review(request: Request) -> Response:
    """Review a run as the form asks for."""
    house = house_of(request)
    form = await read_form(request, house)
    asked = asked_of(form)
    key = form.get("run", "")
    run = house.desk.runs.get(key)
    made = await house.hands.do(review_run, run.activity, run.name, asked, house.settings)
    name = house.desk.reviews.put(OnDesk(key, made))
    return filled(
        "_review.html",
        made=made,
        name=name,
        run=run,
        start=start_text(made.start_s),
        readings=[(start_text(r.start_s), r) for r in made.readings],
        forms=list(FORMS.values()),
        began=began,
        best=_best(made),
        athletes=athlete_names(house.settings),
        store=_store_name(house.settings.store),
        unpacked=unpacked(run.name),
        lang=house.settings.lang,
    )


PLACED_BY = {
    "workout_steps": "the workout's steps",
    "laps": "the lap button",
    "clock": "the clock",
    "fitted_start": "the clock, from where the pace shows block 1",
}


def _best(made: Reviewed) -> str:
    """Say what fits best, where that is what placed the blocks."""
    is_free = made.asked.match in (None, "auto") and made.asked.start_s is None
    return f"what fits best: {PLACED_BY[made.placed_by]}" if is_free else "what fits best"


def _store_name(store: str) -> str:
    """Return what a store is called on the page; an address may hold a password."""
    return "the team's store" if "://" in store else PurePath(store).name


ROUTES = (
    Route("/", home),
    Route("/runs", drop, methods=["POST"]),
    Route("/desk", on_desk),
    Route("/review", review, methods=["POST"]),
)
