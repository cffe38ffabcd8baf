"""How the server answers: JSON, files, and work that tells how far it is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from carmina import BadInput, CarminaError
from carmina.workers import TaskFault

from .session import Progress

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


def attachment(data: bytes, name: str, kind: str) -> Response:
    """A file to be kept, never shown as a page of the studio."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._- ") else "_" for sign in name)
    headers = {"content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind, headers=headers)
