"""The addresses of the studio, each with what answers there."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from carmina import BadInput, CarminaError
from carmina.workers import TaskFault

from ..operations.catalogue import operation
from ..project.archive import SUFFIX
from ..project.pieces import Piece
from . import pages, piece_routes
from .answers import SAFE_TYPES, attachment, body, refused, streamed, told
from .guard import TooLong
from .session import Progress, Session

Handler = Callable[[Session, Request], Awaitable[Response]]


async def studio(session: Session, request: Request) -> Response:
    return told(await asyncio.to_thread(pages.choices))


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
        ("GET", "/api/project", piece_routes.project),
        ("POST", "/api/project/open", piece_routes.open_project),
        ("GET", "/api/project/file/{name}", piece_routes.project_file),
        ("POST", "/api/dropped", dropped),
        ("POST", "/api/works", piece_routes.begin),
        ("GET", "/api/works/{work}", piece_routes.piece),
        ("POST", "/api/works/{work}/change", piece_routes.change),
        ("POST", "/api/works/{work}/undo", piece_routes.undo),
        ("POST", "/api/works/{work}/redo", piece_routes.redo),
        ("POST", "/api/works/{work}/go", piece_routes.go),
        ("POST", "/api/works/{work}/accept", piece_routes.accept),
        ("POST", "/api/works/{work}/lesson", piece_routes.lesson_song),
        ("POST", "/api/works/{work}/hide", piece_routes.hide),
        ("POST", "/api/works/{work}/make/{operation}", make),
        ("GET", "/api/works/{work}/steps/{step:int}/file/{name}", file),
        ("POST", "/api/do/{operation}", do),
        ("GET", "/api/works/{work}/steps/{step:int}", piece_routes.take),
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
