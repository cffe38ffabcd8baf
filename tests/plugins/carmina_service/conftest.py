"""A service over quick work, asked without a network; and one in a process of its own, asked over loopback."""

from __future__ import annotations

import asyncio
import io
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from carmina_service import service as service_room
from carmina_service.app import make_app
from carmina_service.logs import Log
from carmina_service.settings import Settings

JSON = {"content-type": "application/json"}


@pytest.fixture(autouse=True)
def _tiny_work(monkeypatch):
    monkeypatch.setattr(service_room, "PERFORM", "tiny_work:perform")
    monkeypatch.setattr(service_room, "WARM", None)


class Asked:
    """An application and a client that asks it."""

    def __init__(self, app, client, log):
        self.app, self.client, self.log = app, client, log
        self.service = app.state.service

    async def submit(self, do="", options=None, **more):
        body = {"options": {"text": "a", **(options or {})}, **({"files": {"do.txt": do}} if do else {})}
        return await self.client.post("/operations/compose", json=body, **more)

    async def ended(self, name, **more):
        for _ in range(600):
            job = (await self.client.get(f"/jobs/{name}", **more)).json()
            if job["state"] in ("done", "failed", "cancelled"):
                return job
            await asyncio.sleep(0.05)
        raise AssertionError(f"the job does not end: {job}")


@asynccontextmanager
async def asked(folder, **settings):
    log = io.StringIO()
    app = make_app(Settings(Path(folder), **{"workers": 1, "grace_seconds": 5, **settings}), Log(log))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=30) as client,
    ):
        yield Asked(app, client, log)


@pytest.fixture
def serve(tmp_path):
    """Runs a scene with a service: ``serve(scene, **settings)``."""

    def run(scene, **settings):
        async def whole():
            async with asked(tmp_path / "data", **settings) as found:
                return await scene(found)

        return asyncio.run(whole())

    return run
