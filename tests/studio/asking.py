"""A studio without a socket or processes: its application asked in this process."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
from carmina_studio.operations.catalogue import done
from carmina_studio.server.app import make_app
from carmina_studio.server.session import Session

from carmina.conductor import Conductor

TOKEN, PORT = "secret-token", 8420
OWN = f"http://127.0.0.1:{PORT}"
HEADERS = {"origin": OWN, "cookie": f"carmina-studio-{PORT}={TOKEN}"}


class DirectLane:
    """Answers at once, in this process."""

    def __init__(self, conductor: Conductor):
        self.conductor = conductor

    async def call(self, name, request, progress=lambda _share, _what: None):
        progress(0.5, "half")
        return done(self.conductor, name, request)


class DirectLanes(dict):
    """Every lane the same."""

    def __init__(self, conductor: Conductor):
        super().__init__({name: DirectLane(conductor) for name in ("words", "music")})

    def warm(self) -> None: ...

    def stop(self) -> None: ...


class Studio:
    """A session and how a browser speaks to it."""

    def __init__(self, path, conductor: Conductor):
        self.session = Session(path, DirectLanes(conductor))
        self.app = make_app(self.session, TOKEN, PORT, warm=False)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """One request, with the headers of the studio's own page unless others are given."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url=OWN) as client:
                return await client.request(method, path, headers=HEADERS if headers is None else headers, **more)

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> Any:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.ask("POST", path, json={} if body is None else body, **more)

    def work(self, path: str, body: Any) -> Any:
        """What streamed work comes to: its result, or its refusal."""
        last = json.loads(self.post(path, body).text.strip().split("\n")[-1])
        return last.get("result", last)
