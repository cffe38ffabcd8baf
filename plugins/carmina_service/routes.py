"""The routes: operations, jobs, results, health, figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse

import carmina

from .bodies import request_of
from .events import Event
from .refusals import BUSY, Refused
from .service import Service
from .store import Job

MOST_JOBS = 100  # in a list
BEAT_SECONDS = 15.0  # of an event stream, so that whoever stands between does not close it
JOB_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "operation": {"type": "string"},
        "state": {"type": "string", "enum": ["waiting", "running", "done", "failed", "cancelled"]},
        "status": {"type": ["integer", "null"], "description": "exit status, as of the command line"},
        "said": {"type": ["string", "null"], "description": "what the command prints"},
        "notes": {"type": ["string", "null"], "description": "what it says beside: seed, what was chosen"},
        "error": {"type": ["string", "null"], "description": "one line"},
        "option": {"type": ["string", "null"], "description": "the option that the error is about"},
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "hash": {"type": "string"}, "bytes": {"type": "integer"}},
            },
        },
        "made": {"type": "number"},
        "begun": {"type": ["number", "null"]},
        "ended": {"type": ["number", "null"]},
    },
}
ERROR_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "option": {"type": ["string", "null"]}},
    "required": ["error"],
}


def add_routes(app: FastAPI, service: Service) -> None:
    """Every route of the service."""
    app.include_router(_about(service))
    app.include_router(_operations(service))
    app.include_router(_jobs(service))


def shown(job: Job) -> dict[str, Any]:
    """A job as clients see it."""
    result = {key: job.result.get(key) for key in ("status", "said", "notes", "error", "option")}
    times = {"made": job.made, "begun": job.begun, "ended": job.ended}
    return {"id": job.id, "operation": job.operation, "state": job.state, **result, "files": list(job.files), **times}


def client_of(request: Request) -> str:
    """The client that a request is of, as the guard found."""
    return str(request.scope["state"]["client"])


def _answers(schema: Mapping[str, Any], status: int = 200) -> dict[str, Any]:
    error = {"description": "One line.", "content": {"application/json": {"schema": ERROR_SCHEMA}}}
    done = {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    return {"responses": {str(status): done, "4XX": error}}


def _about(service: Service) -> APIRouter:
    routes = APIRouter(tags=["service"])

    @routes.get("/health", summary="Whether the service takes jobs")
    async def health() -> JSONResponse:
        stopping = service.stopping.is_set()
        facts = {"status": "stopping" if stopping else "ok", "version": carmina.__version__}
        return JSONResponse({**facts, "waiting": service.waiting, "running": service.running}, 503 if stopping else 200)

    @routes.get("/metrics", summary="Figures for Prometheus")
    async def metrics() -> Response:
        service.metrics.waiting.set(service.waiting)
        service.metrics.running.set(service.running)
        service.metrics.replaced.set(getattr(service.jobs, "replaced", 0) + getattr(service.desk, "replaced", 0))
        return Response(service.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return routes


def _operations(service: Service) -> APIRouter:
    routes = APIRouter(prefix="/operations", tags=["operations"])

    @routes.get("", summary="Every operation")
    async def operations() -> JSONResponse:
        found = service.operations.values()
        return JSONResponse([{"name": one.name, "summary": one.summary} for one in found])

    @routes.get("/{name}", summary="An operation: JSON Schema of its request")
    async def operation(name: str) -> JSONResponse:
        found = service.operations.get(name)
        if found is None:
            raise Refused(404, f"no operation called {name[:60]!r}. There are: {', '.join(service.operations)}.")
        return JSONResponse(
            {"name": name, "summary": found.summary, "description": found.description, "schema": found.schema}
        )

    async def start(request: Request) -> JSONResponse:
        name = request.url.path.rpartition("/")[2]
        options, files = request_of(await request.body(), request.headers.get("content-type", ""))
        job = await service.submit(client_of(request), name, options, files)
        return JSONResponse(shown(job), 202, {"location": f"/jobs/{job.id}"})

    for one in service.operations.values():
        body = {"required": True, "content": {"application/json": {"schema": one.schema}}}
        routes.add_api_route(
            f"/{one.name}",
            start,
            methods=["POST"],
            status_code=202,
            summary=one.summary,
            description=one.description,
            operation_id=one.name,
            response_class=Response,
            openapi_extra={"requestBody": body, **_answers(JOB_SCHEMA, 202)},
        )
    routes.add_api_route("/{name}", start, methods=["POST"], include_in_schema=False)  # refuses with a line
    return routes


def _jobs(service: Service) -> APIRouter:
    routes = APIRouter(tags=["jobs"])
    streams: Counter[str] = Counter()

    @routes.get("/jobs", summary="Your latest jobs", openapi_extra=_answers({"type": "array", "items": JOB_SCHEMA}))
    async def jobs(request: Request) -> JSONResponse:
        return JSONResponse([shown(job) for job in await service.jobs_of(client_of(request), MOST_JOBS)])

    @routes.get("/jobs/{name}", summary="A job", openapi_extra=_answers(JOB_SCHEMA))
    async def job(request: Request, name: str) -> JSONResponse:
        return JSONResponse(shown(await service.job(client_of(request), name)))

    @routes.delete("/jobs/{name}", summary="Cancel a job; forget one that is over", openapi_extra=_answers(JOB_SCHEMA))
    async def cancel(request: Request, name: str) -> JSONResponse:
        return JSONResponse(shown(await service.cancel(client_of(request), name)))

    @routes.get("/jobs/{name}/events", summary="What happens to a job, as server-sent events", response_class=Response)
    async def events(request: Request, name: str) -> StreamingResponse:
        client = client_of(request)
        found = await service.job(client, name)
        after = _number(request.headers.get("last-event-id") or request.query_params.get("after") or "0")
        if streams[client] >= service.settings.client_streams:
            raise Refused(
                BUSY, f"you listen to {streams[client]} jobs at once, the most that is allowed.", retry_seconds=5
            )
        told = _stream(service, found, after, streams, client)
        return StreamingResponse(told, media_type="text/event-stream", headers={"cache-control": "no-store"})

    @routes.get("/results/{found}", summary="A file that a job wrote, by its SHA-256", response_class=Response)
    async def result(request: Request, found: str) -> FileResponse:
        name, path = await service.result(client_of(request), found)
        # never shown as a page of this service: a song's title may be anything
        headers = {"etag": f'"{found}"', "cache-control": "private, max-age=31536000, immutable"}
        headers["content-security-policy"] = "default-src 'none'; sandbox"
        return FileResponse(path, media_type="application/octet-stream", filename=name, headers=headers)

    return routes


async def _stream(service: Service, job: Job, after: int, streams: Counter[str], client: str) -> AsyncIterator[bytes]:
    streams[client] += 1
    try:
        topic = service.topics.of(job.id)
        if topic is not None:
            async for event in topic.after(after, BEAT_SECONDS):
                yield _written(event)
                if service.stopping.is_set():
                    return
                if event is not None:
                    after = event.number
            return
        ended = await service.job(client, job.id)  # it is over: its last event, always, so that who asks late hears it
        facts = {key: ended.result.get(key) for key in ("error", "option")} if ended.result.get("error") else {}
        yield _written(Event(max(after, round((ended.ended or 0) * 1e6)), "state", {"state": ended.state, **facts}))
    finally:
        streams[client] -= 1


def _written(event: Event | None) -> bytes:
    if event is None:
        return b": still here\n\n"
    return f"id: {event.number}\nevent: {event.kind}\ndata: {json.dumps(event.data)}\n\n".encode()


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 20:
        raise Refused(400, "Last-Event-ID is not the number of an event. Leave it out to hear from the first.")
    return int(text)
