"""The project and its pieces: begun, changed, taken back, accepted."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from carmina import BadInput

from ..project.archive import SUFFIX
from ..project.pieces import piece_of
from .answers import attachment, body, number, streamed, told
from .session import Progress, Session

MOST_OVER = 8


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


async def accept(session: Session, request: Request) -> Response:
    asked, work = await body(request), request.path_params["work"]
    over = asked.get("over", [])
    if not isinstance(over, list) or len(over) > MOST_OVER:
        raise BadInput(f"over: got {str(over)[:40]!r}; allowed: at most {MOST_OVER} steps.")
    step, others = number(asked.get("step"), "step"), [number(one, "over") for one in over]
    task = asyncio.get_running_loop().create_task(session.accept(work, step, others))
    session.background(task)
    await asyncio.sleep(0)  # the step is taken; the taste may take its time
    if task.done():
        task.result()
    return told(session.state(work))


async def lesson_song(session: Session, request: Request) -> Response:
    asked, work = await body(request), request.path_params["work"]
    name, step = str(asked.get("name", "")), number(asked.get("step"), "step")
    session.project.work(work)

    async def call(progress: Progress) -> bytes:
        return await session.answer_with_song(work, name, step, progress)

    return streamed(call)


async def take(session: Session, request: Request) -> Response:
    return told(session.project.piece(request.path_params["work"], request.path_params["step"]))


async def hide(session: Session, request: Request) -> Response:
    session.project.hide(request.path_params["work"])
    return told(session.listed())
