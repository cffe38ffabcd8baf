"""The addresses of the studio, each with what answers there."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from carmina import BadInput, CarminaError
from carmina.workers import TaskFault

from ..operations.catalogue import operation
from ..project.archive import SUFFIX
from ..project.pieces import Piece, piece_of
from . import pages
from .guard import TooLong
from .session import Progress, Session

FIELD = re.compile(r"(?:--)?([a-z_]{1,30}): got ")
SAFE_TYPES = {
    ".mid": "audio/midi",
    ".kar": "audio/midi",
    ".musicxml": "application/vnd.recordare.musicxml+xml",
    ".mxl": "application/vnd.recordare.musicxml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".txt": "text/plain; charset=utf-8",
}
Handler = Callable[[Session, Request], Awaitable[Response]]


def told(value: Any, status: int = 200) -> Response:
    """Plain data, or a piece, as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def refused(fault: Exception, status: int = 400) -> dict[str, Any]:
    """The one line of what went wrong, and the field that it is about where it says so."""
    found = FIELD.match(str(fault))
    ours = " This is a fault in Carmina; please report it." if isinstance(fault, TaskFault) else ""
    return {"error": f"{fault}{ours}", "field": found[1] if found else ""}


async def body(request: Request) -> dict[str, Any]:
    """The request's JSON object."""
    try:
        found = msgspec.json.decode(await request.body() or b"{}")
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise BadInput("the request is no JSON. Open the page again.") from None
    if not isinstance(found, dict):
        raise BadInput("the request is no JSON object. Open the page again.")
    return found


def number(value: object, what: str) -> int:
    """A whole number from a request."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(f"{what}: got {str(value)[:40]!r}; allowed: a whole number.")
    return value


# ---- the project


async def studio(session: Session, request: Request) -> Response:
    return told(await asyncio.to_thread(pages.choices))


async def project(session: Session, request: Request) -> Response:
    return told({**session.listed(), "projects": session.projects()})


async def open_project(session: Session, request: Request) -> Response:
    session.open(str((await body(request)).get("name", "")))
    return told(session.listed())


async def project_file(session: Session, request: Request) -> Response:
    name = session.project.path.name if session.project.path else f"project{SUFFIX}"
    return attachment(session.project.data, name, "application/zip")


async def begin(session: Session, request: Request) -> Response:
    work = session.project.begin(piece_of((await body(request)).get("piece", {})))
    return told(session.state(work))


async def piece(session: Session, request: Request) -> Response:
    return told(session.state(request.path_params["work"]))


async def change(session: Session, request: Request) -> Response:
    asked, work = await body(request), request.path_params["work"]
    if "piece" not in asked:
        raise BadInput("no piece came with the change. Open the page again.")
    new = piece_of(asked["piece"])
    if new.score:
        session.project.score_data(new.score)
    if new != session.project.piece(work):
        session.project.change(work, new, str(asked.get("said", "typed")))
    return told(session.state(work))


async def undo(session: Session, request: Request) -> Response:
    session.project.undo(request.path_params["work"])
    return told(session.state(request.path_params["work"]))


async def redo(session: Session, request: Request) -> Response:
    session.project.redo(request.path_params["work"])
    return told(session.state(request.path_params["work"]))


async def go(session: Session, request: Request) -> Response:
    session.project.go(request.path_params["work"], number((await body(request)).get("step"), "step"))
    return told(session.state(request.path_params["work"]))


async def take(session: Session, request: Request) -> Response:
    return told(session.project.piece(request.path_params["work"], request.path_params["step"]))


async def hide(session: Session, request: Request) -> Response:
    session.project.hide(request.path_params["work"])
    return told(session.listed())


# ---- work


async def do(session: Session, request: Request) -> Response:
    name, data = request.path_params["operation"], await request.body()
    operation(name)

    async def call(progress: Progress) -> bytes:
        return await session.do(name, data or b"{}", progress)

    return streamed(call)


async def make(session: Session, request: Request) -> Response:
    work, name, asked = request.path_params["work"], request.path_params["operation"], await body(request)
    session.project.work(work)

    async def call(progress: Progress) -> bytes:
        return msgspec.json.encode(await session.make(work, name, asked, progress))

    return streamed(call)


def streamed(call: Callable[[Progress], Awaitable[bytes]]) -> Response:
    """Lines of JSON: progress, then the result or what went wrong. A browser that goes away cancels the work."""

    async def lines() -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()

        def progress(share: float, what: str) -> None:
            queue.put_nowait(msgspec.json.encode({"progress": share, "what": what}))

        async def answered() -> None:
            try:
                queue.put_nowait(b'{"result":' + await call(progress) + b"}")
            except (CarminaError, TaskFault) as fault:
                queue.put_nowait(msgspec.json.encode(refused(fault)))
            finally:
                queue.put_nowait(None)

        task = asyncio.get_running_loop().create_task(answered())
        try:
            while (line := await queue.get()) is not None:
                yield line + b"\n"
        finally:
            task.cancel()

    return StreamingResponse(lines(), media_type="application/x-ndjson")


async def dropped(session: Session, request: Request) -> Response:
    """A dropped file: a project is opened, anything else becomes a piece."""
    name, data = request.query_params.get("name", "file"), await request.body()
    if name.lower().endswith(SUFFIX):
        session.bring(name, data)
        return told({**session.listed(), "opened": True})
    asked = {"name": name[-255:], "data": base64.b64encode(data).decode("ascii")}
    answer = await session.do("dropped", msgspec.json.encode(asked), lambda _share, _what: None)
    found = msgspec.json.decode(answer)
    score = session.project.keep_score_data(found.pop("score").encode()) if "score" in found else ""
    fields = {key: value for key, value in found.items() if value}
    fields["title"] = str(fields.get("title", ""))[:200]
    return told(session.state(session.project.begin(Piece(**fields, score=score), "opened")))


async def score(session: Session, request: Request, kind: str) -> Response:
    """A score engraved (``view``), or in numbers (``facts``)."""
    held = session.project.score_data(request.path_params["score"])
    data = await session.remembered(kind, b'{"score":' + held + b"}")
    return Response(data, media_type="application/json", headers={"cache-control": "private, max-age=86400"})


async def sound(session: Session, request: Request) -> Response:
    """Samples of one program; ``pitches`` are numbers with commas between them."""
    pitches = request.query_params.get("pitches", "").split(",")
    if not all(part.isdecimal() and len(part) < 4 for part in pitches):
        raise BadInput(f"pitches: got {','.join(pitches)[:60]!r}; allowed: numbers from 0 to 127 with commas.")
    asked = {"program": request.path_params["program"], "pitches": [int(part) for part in pitches]}
    answer = msgspec.json.decode(await session.remembered("sprite", msgspec.json.encode(asked)))
    data = base64.b64decode(answer["data"])
    return Response(data, media_type="audio/flac", headers={"cache-control": "private, max-age=86400"})


async def file(session: Session, request: Request) -> Response:
    """A step of a piece as a file; the end of the name says the format."""
    path = request.path_params
    held = session.project.piece(path["work"], path["step"])
    suffix = re.search(r"(\.[a-z0-9]{1,12}){1,2}\Z", path["name"].lower())
    if suffix is None:
        raise BadInput(f"{path['name'][:60]!r} has no ending that says its format. Name one, e.g. song.mid.")
    ending = _ending(suffix[0])
    asked: dict[str, Any] = {
        "suffix": ending,
        "title": held.title,
        "text": held.text,
        "form": held.form,
        "language": held.language,
    }
    if held.score:
        asked["score"] = msgspec.Raw(session.project.score_data(held.score))
    answer = await session.do("file", msgspec.json.encode(asked), lambda _share, _what: None)
    data = base64.b64decode(msgspec.json.decode(answer)["data"])
    return attachment(data, path["name"], SAFE_TYPES.get(ending, "application/octet-stream"))


def _ending(found: str) -> str:
    """The suffix alone: of ``my.song.mid`` the last part, of ``song.sung.wav`` both."""
    return found if found in (".sung.wav",) else "." + found.rpartition(".")[2]


def attachment(data: bytes, name: str, kind: str) -> Response:
    """A file to be kept, never shown as a page of the studio."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._- ") else "_" for sign in name)
    headers = {"content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind, headers=headers)


def answering(session: Session, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The handler; what a user can put right becomes one line of JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(session, request)
        except CarminaError as fault:
            return told(refused(fault), 400)
        except TaskFault as fault:
            return told(refused(fault), 500)
        except TooLong:
            return told({"error": "the request is too long. Send less at once."}, 413)

    return answer


def routes(session: Session) -> list[Route]:
    """Every address."""
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/api/studio", studio),
        ("GET", "/api/project", project),
        ("POST", "/api/project/open", open_project),
        ("GET", "/api/project/file/{name}", project_file),
        ("POST", "/api/dropped", dropped),
        ("POST", "/api/works", begin),
        ("GET", "/api/works/{work}", piece),
        ("POST", "/api/works/{work}/change", change),
        ("POST", "/api/works/{work}/undo", undo),
        ("POST", "/api/works/{work}/redo", redo),
        ("POST", "/api/works/{work}/go", go),
        ("POST", "/api/works/{work}/hide", hide),
        ("POST", "/api/works/{work}/make/{operation}", make),
        ("GET", "/api/works/{work}/steps/{step:int}/file/{name}", file),
        ("POST", "/api/do/{operation}", do),
        ("GET", "/api/works/{work}/steps/{step:int}", take),
        ("GET", "/api/sound/{program:int}", sound),
        ("GET", "/", pages.index),
        ("GET", "/page/{name}", pages.asset),
        ("GET", "/texts/{name}", pages.texts),
    ]
    seen = [
        Route(f"/api/scores/{{score}}/{kind}", answering(session, partial(score, kind=kind)))
        for kind in ("view", "facts")
    ]
    return seen + [Route(path, answering(session, handler), methods=[method]) for method, path, handler in table]
