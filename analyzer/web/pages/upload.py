"""A whole export is uploaded, judged into the store, and accounted for."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from analyzer.archive.account_text import REASONS, WORDS
from analyzer.plans.document import MAX_BYTES as MAX_PLAN
from analyzer.web.answers import filled
from analyzer.web.api.batches import received
from analyzer.web.house import house_of
from analyzer.web.pages.days import day_of
from analyzer.web.refusals import RefusedError
from analyzer.web.upload import MAX_UPLOAD, Upload
from analyzer.web.work.planned import plan_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from starlette.requests import Request

    from analyzer.web.api.multipart import Sent
    from analyzer.web.progress import Progress
    from analyzer.web.settings import Settings

FIELDS = {"files": MAX_UPLOAD, "since": 40, "plan": 20, "plan_name": 300, "plan_text": MAX_PLAN}
"""Of the form, and how long each may be [bytes]."""

MOST_NAMED = 200
"""More files of a kind are counted and not named."""


async def upload(request: Request) -> Response:
    """Show what can be uploaded, and what was since the server began."""
    house = house_of(request)
    return filled(
        "upload.html",
        here="upload",
        plans=plan_names(house.settings),
        store=_store_name(house.settings),
        batches=house.batches.all(),
    )


async def take(request: Request) -> Response:
    """Take files, and have them judged."""
    house = house_of(request)
    await run_sync(house.batches.check)
    files = await run_sync(Upload)
    try:
        sent = await received(request, files, FIELDS)
        since = day_of({name: each.text for name, each in sent.items()}, "since")
        plan = await run_sync(_plan, house.settings, files, sent)
        begun = await run_sync(house.batches.start, files, plan, since)
    except BaseException:
        files.drop()
        raise
    address = f"/uploads/{begun.id}"
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _plan(settings: Settings, files: Upload, sent: Mapping[str, Sent]) -> str | None:
    """Return the file of the plan that a form asks for; None: each run's own."""
    said = {name: each.text for name, each in sent.items()}
    kind = said.get("plan", "")
    if kind == "text" and said.get("plan_text", "").strip():
        return files.plan(said["plan_text"].encode())
    if kind == "folder":
        name = said.get("plan_name", "")
        if name not in plan_names(settings):  # and no path leads out of the folder
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "no such plan in the folder")
        return str(Path(settings.plans or "") / name)
    return None


async def follow(request: Request) -> Response:
    """Show how far a batch is; once it is over, what became of each file."""
    house = house_of(request)
    progress = house.batches.get(request.path_params["id"])
    if "hx-request" in request.headers:
        answer = filled("_progress.html", progress=progress)
        if progress.is_over:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return filled(
        "uploaded.html",
        here="upload",
        progress=progress,
        store=_store_name(house.settings),
        **_accounted(progress),
    )


async def end(request: Request) -> Response:
    """End a batch; what is judged is kept."""
    house = house_of(request)
    name = request.path_params["id"]
    house.batches.end(name)
    return RedirectResponse(f"/uploads/{name}", HTTPStatus.SEE_OTHER)


def _accounted(progress: Progress) -> dict[str, Any]:
    """Return the account in the words of the command line, ready to be shown."""
    account = progress.account or {}
    counts = []
    for kind, words in WORDS:
        found = account.get("duplicates" if kind == "duplicate" else kind, 0)
        count = found if isinstance(found, int) else len(found)
        if count:
            why = f" ({_reasons(found)})" if kind == "skipped" else ""
            counts.append((count, f"{words}{why}"))
    return {"account": account, "counts": counts, "most": MOST_NAMED}


def _reasons(skipped: list[dict[str, Any]]) -> str:
    """Count why files were passed over, as the command line does."""
    counts = Counter(REASONS.get(each["code"], each["reason"]) for each in skipped)
    return ", ".join(f"{count} {words}" for words, count in counts.most_common())


def _store_name(settings: Settings) -> str:
    """Return what the store is called: without folders, user and password."""
    from analyzer.archive.store.target import target_of

    return target_of(settings.store).name


ROUTES = (
    Route("/upload", upload),
    Route("/uploads", take, methods=["POST"]),
    Route("/uploads/{id}", follow),
    Route("/uploads/{id}/end", end, methods=["POST"]),
)
"""Of uploads."""
