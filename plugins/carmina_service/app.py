"""The application. Others add routes of their own to what :func:`make_app` gives: they pass the same guard, and find
the service as ``request.app.state.service`` and the client as ``request.scope["state"]["client"]``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

import carmina

from .guard import Guard
from .logs import Log
from .refusals import Refused
from .routes import add_routes
from .service import Service
from .settings import Settings

ABOUT = "What the command line of Carmina can do. A request starts a job; its files are fetched by their hashes."


def make_app(settings: Settings, log: Log | None = None, title: str = "Carmina") -> FastAPI:
    """The application of a service; it starts and stops with the server (ASGI lifespan)."""
    service = Service(settings, log)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    # its own pages of documentation load scripts from elsewhere: left out
    app = FastAPI(
        title=title,
        version=carmina.__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.service = service
    _say_errors_in_one_line(app, service)
    add_routes(app, service)
    app.add_middleware(Guard, settings=settings, metrics=service.metrics, log=service.log)
    return app


def _say_errors_in_one_line(app: FastAPI, service: Service) -> None:
    async def refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, Refused)
        service.metrics.refused.labels(str(fault.status)).inc()
        return Response(fault.body, fault.status, dict(fault.headers))

    async def usual(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        line = {404: "there is nothing here. GET /openapi.json lists what there is.", 405: "this cannot be done here."}
        return await refused(request, Refused(fault.status_code, line.get(fault.status_code, str(fault.detail))))

    async def invalid(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return await refused(request, Refused(400, f"{where}: {first['msg'].lower()}.", where))

    async def ours(request: Request, fault: Exception) -> Response:
        service.log("fault", kind=type(fault).__name__)
        return await refused(request, Refused(500, "this is a fault in Carmina; please report it."))

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(HTTPException, usual)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, ours)
