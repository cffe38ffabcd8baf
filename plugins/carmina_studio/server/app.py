"""The studio as an ASGI application, and the server that carries it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from carmina import BadInput

from .guard import App, Guard
from .routes import routes
from .session import Session

FIRST_PORT, LAST_PORT = 8420, 8440


def make_app(session: Session, token: str, port: int, warm: bool = True) -> App:
    """The application; ``port`` is the one that it will be asked at."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if warm:
            session.warm()
        yield
        await session.close()

    return Guard(Starlette(routes=routes(session), lifespan=lifespan), token, port)


def bound(port: int | None) -> socket.socket:
    """A socket on loopback: at the port, else at the first that is free."""
    for number in (port,) if port is not None else (*range(FIRST_PORT, LAST_PORT), 0):
        held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(("127.0.0.1", number))
        except OSError:
            held.close()
            continue
        held.listen(128)
        return held
    raise BadInput(f"port {port} is taken. Name another, or none: the first that is free is found.")


def serve(app: App, held: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until interrupted."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    settings = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )
    Server(settings).run(sockets=[held])
