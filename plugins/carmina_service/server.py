"""Serves an application with uvicorn: bounds on connections and on how long a request's head may take, and a stop that
lets event streams go."""

from __future__ import annotations

import asyncio
import logging
import socket
from types import FrameType
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from carmina import BadInput

from .service import Service
from .settings import Settings

HEAD_BYTES = 64 * 2**10


def bounded_protocol(header_seconds: float) -> type[H11Protocol]:
    """uvicorn's protocol, that closes a connection where a request's head was begun, or awaited first, and does not
    come in time."""

    class Bounded(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.head: asyncio.TimerHandle | None = self.loop.call_later(header_seconds, self.transport.close)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._watch()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._watch()

        def _watch(self) -> None:
            """A head that was begun has its time; one that is whole needs none."""
            begun = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
            if not begun:
                self._whole()
            elif self.head is None:
                self.head = self.loop.call_later(header_seconds, self.transport.close)

        def _whole(self) -> None:
            if self.head is not None:
                self.head.cancel()
                self.head = None

        def connection_lost(self, exc: Exception | None) -> None:
            self._whole()
            super().connection_lost(exc)

    return Bounded


class Server(uvicorn.Server):
    """Tells the service at once when it is asked to stop."""

    def __init__(self, config: uvicorn.Config, service: Service):
        super().__init__(config)
        self._service = service

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._service.stopping.set()
        self._service.topics.wake()
        super().handle_exit(sig, frame)


def bind(settings: Settings) -> socket.socket:
    """The socket of the service; raises ``BadInput`` where the address cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((settings.host, settings.port))
    except (OSError, OverflowError) as fault:
        found.close()
        said = (getattr(fault, "strerror", None) or str(fault)).lower()
        raise BadInput(
            f"cannot serve at {settings.host}, port {settings.port}: {said}. Choose another --port, or stop what is "
            "there."
        ) from None
    return found


def serve(app: FastAPI, settings: Settings, place: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM; returns when everything is put away."""
    options: dict[str, Any] = {
        "log_config": None,
        "log_level": "critical",
        "access_log": False,  # a path may hold a user's words
        "server_header": False,
        "date_header": False,
        "proxy_headers": False,
        "lifespan": "on",
        "loop": "asyncio",
        "ws": "none",
        "http": bounded_protocol(settings.header_seconds),
        "h11_max_incomplete_event_size": HEAD_BYTES,
        "limit_concurrency": 2 * settings.connections,  # beyond what is refused in a line
        "timeout_keep_alive": 30,
        "timeout_graceful_shutdown": round(settings.grace_seconds) + 5,
    }
    logging.disable(logging.CRITICAL)  # what libraries log may hold a request; what is logged is ours
    server = Server(uvicorn.Config(app, **options), app.state.service)
    server.run(sockets=[place])
