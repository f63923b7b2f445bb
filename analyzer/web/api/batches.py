"""``/api/v1/batches``: an export goes in, is judged into the store, and can be followed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from msgspec.structs import asdict
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Route

from analyzer.plans.document import MAX_BYTES as MAX_PLAN
from analyzer.web.answers import as_json
from analyzer.web.api.multipart import FRAMING, Part, Sent, pieces_of, refuse_longer, refuse_others
from analyzer.web.api.query import day_of, query_of
from analyzer.web.house import house_of
from analyzer.web.refusals import RefusedError
from analyzer.web.upload import MAX_UPLOAD, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from starlette.requests import Request
    from starlette.responses import Response

    from analyzer.web.progress import Progress

MOST_FILES = 20_000
"""Files of one upload; more of them come in an archive."""

AT_ONCE = 1024 * 1024
"""So much is written at once [bytes]."""

FIELDS = {"files": MAX_UPLOAD, "plan": MAX_PLAN, "since": 40}
"""Of the form, and how long each may be [bytes]; ``files`` may come many times."""


async def start(request: Request) -> Response:
    """Begin a batch."""
    house = house_of(request)
    query_of(request)
    await run_sync(house.batches.check)
    upload = await run_sync(Upload)
    try:
        sent = await received(request, upload, FIELDS)
        since = day_of(sent["since"].text, "since") if "since" in sent else None
        plan = await _plan(upload, sent.get("plan"))
        begun = await run_sync(house.batches.start, upload, plan, since)
    except BaseException:
        upload.drop()
        raise
    answer = as_json(_told(begun), HTTPStatus.ACCEPTED)
    answer.headers["Location"] = f"/api/v1/batches/{begun.id}"
    return answer


async def received(request: Request, upload: Upload, fields: Mapping[str, int]) -> dict[str, Sent]:
    """
    Put the files of a form where they are judged; returns its other fields.

    Parameters
    ----------
    request : Request
        The form.
    upload : Upload
        Takes the files.
    fields : mapping of str to int
        As `FIELDS`.

    Raises
    ------
    RefusedError
        As `pieces_of`, and for any other field.
    """
    sent: dict[str, Sent] = {}
    writing: _Writing | None = None
    last: Part | None = None
    try:
        async for part, data in pieces_of(request, MAX_UPLOAD + FRAMING, MOST_FILES):
            if part is not last:
                refuse_others(part.name, fields)
                if writing is not None:
                    await writing.close()
                is_file = part.name == "files"
                if is_file and part.filename is None:
                    problem = "'files' are files, with their names"
                    raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
                writing = _Writing(upload, part) if is_file else None
                sent |= {} if is_file else {part.name: Sent(b"", part.filename)}
                last = part
            if writing is not None:
                await writing.write(data)
                continue
            content = sent[part.name].content + data
            refuse_longer(part.name, len(content), fields[part.name])
            sent[part.name] = Sent(content, part.filename)
    finally:
        if writing is not None:
            await writing.close()
    return sent


class _Writing:
    """A file of an upload, written in large pieces by a thread."""

    def __init__(self, upload: Upload, part: Part) -> None:
        self._upload, self._name = upload, part.filename or ""
        self._file: BinaryIO | None = None
        self._waiting = bytearray()

    async def write(self, data: bytes) -> None:
        """Take some more."""
        self._waiting += data
        if len(self._waiting) >= AT_ONCE:
            await run_sync(self._put)

    async def close(self) -> None:
        """Write what waits."""
        await run_sync(self._end)

    def _put(self) -> None:
        if self._file is None:
            self._file = self._upload.open(self._name)
        waiting, self._waiting = self._waiting, bytearray()
        self._file.write(waiting)

    def _end(self) -> None:
        if self._file is None and not self._waiting and not self._name:
            return  # so a form says that no file was chosen
        try:
            self._put()
        finally:
            if self._file is not None:
                self._file.close()


async def _plan(upload: Upload, sent: Sent | None) -> str | None:
    """Keep the plan of a form beside its files; returns where."""
    if sent is None or not sent.content:
        return None
    return await run_sync(upload.plan, sent.content, sent.filename or "plan.txt")


async def follow(request: Request) -> Response:
    """Say how far a batch is."""
    query_of(request)
    progress = house_of(request).batches.get(request.path_params["id"])
    return as_json(_told(progress))


async def listed(request: Request) -> Response:
    """List the batches that are known."""
    query_of(request)
    return as_json({"batches": [_told(each) for each in house_of(request).batches.all()]})


async def end(request: Request) -> Response:
    """End a batch; what is judged is kept."""
    query_of(request)
    return as_json(_told(house_of(request).batches.end(request.path_params["id"])))


def _told(progress: Progress) -> dict[str, Any]:
    """Return how far a batch is, for programs; unknown is null."""
    told = asdict(progress)
    return told | {"latest": progress.latest or None, "problem": progress.problem or None}


class All(HTTPEndpoint):
    """All batches."""

    get = staticmethod(listed)
    post = staticmethod(start)


class One(HTTPEndpoint):
    """One batch."""

    get = staticmethod(follow)
    delete = staticmethod(end)


ROUTES = (Route("/api/v1/batches", All), Route("/api/v1/batches/{id}", One))
"""Of batches."""
