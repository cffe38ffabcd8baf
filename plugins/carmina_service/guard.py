"""What every request passes before any route sees it: host, origin, token, size and time of its body; and what every
answer carries."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from .logs import Log
from .metrics import Metrics
from .refusals import Refused
from .settings import LOOPBACK, Settings, is_loopback
from .tokens import client_of

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

OPEN = ("/health",)  # asked by what watches the service, without a token
LOCAL = "local"  # the client where no tokens are asked for
CHANGES = ("POST", "PUT", "PATCH", "DELETE")
# nothing inline, nothing from elsewhere; a page may play and show what it made itself
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


class Guard:
    """Wraps an application."""

    def __init__(self, app: App, settings: Settings, metrics: Metrics, log: Log):
        self._app, self._settings, self._metrics, self._log = app, settings, metrics, log
        self._active = 0
        local = LOOPBACK if is_loopback(settings.host) else ()
        self._hosts = {*local, settings.host.lower(), *(name.lower() for name in settings.names)}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # websockets are not served; lifespan passes
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        answer = _Answer(send, self._settings.body_seconds)
        self._active += 1
        try:
            if self._active > self._settings.connections:
                raise Refused(503, "too many requests at once. Try again shortly.", retry_seconds=1)
            scope.setdefault("state", {})["client"] = self._client(scope)
            body = await self._body(scope, receive)
            await self._app(scope, _replayed(body, receive), answer.send)
        except Refused as refused:
            self._metrics.refused.labels(str(refused.status)).inc()
            if answer.status is None:
                await answer.refuse(refused)
        except TimeoutError:  # the client takes nothing
            self._log("slow", seconds=self._settings.body_seconds)
            raise ConnectionError("the client takes its answer too slowly") from None
        finally:
            self._active -= 1
            self._metrics.requests.labels(str(answer.status or 0)).inc()

    def _client(self, scope: MutableMapping[str, Any]) -> str:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        if not _named(host, self._hosts):
            raise Refused(
                421, "this service is not known by that name. Ask for it by its own, or start it with --name."
            )
        origin = headers.get(b"origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            raise Refused(403, "the request comes from a page of another site, which may not use this service.")
        if origin is None and headers.get(b"sec-fetch-site", "none") not in ("none", "same-origin"):
            raise Refused(403, "the request comes from a page of another site, which may not use this service.")
        if not self._settings.tokens or scope["path"] in OPEN:
            return LOCAL
        client = client_of(headers.get(b"authorization"), self._settings.tokens)
        if client is None:
            raise Refused(401, "no valid token: send the header 'Authorization: Bearer TOKEN'.")
        return client

    async def _body(self, scope: MutableMapping[str, Any], receive: Receive) -> bytes:
        most = self._settings.body_bytes
        if scope["method"] not in CHANGES:
            most = 0
        for name, value in scope["headers"]:
            if name.lower() == b"content-length" and (not value.isdigit() or int(value) > most):
                raise self._too_large(most)
        body = bytearray()
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Refused(400, "the client went before its request was whole.")
                    body += message.get("body", b"")
                    if len(body) > most:
                        raise self._too_large(most)
                    if not message.get("more_body"):
                        return bytes(body)
        except TimeoutError:
            raise Refused(408, f"the body did not come within {self._settings.body_seconds:g} seconds.") from None

    def _too_large(self, most: int) -> Refused:
        return Refused(413, f"the body is over {most:,} bytes, the most that is taken here. Send less.")


class _Answer:
    """Adds the headers, and gives up on a client that takes nothing."""

    def __init__(self, send: Send, seconds: float):
        self._send, self._seconds = send, seconds
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = {name.lower() for name, _ in message["headers"]}
            extra = [(name, value) for name, value in HEADERS.items() if name not in given]
            message = {**message, "headers": [*message["headers"], *extra]}
        async with asyncio.timeout(self._seconds):
            await self._send(message)

    async def refuse(self, refused: Refused) -> None:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in refused.headers.items()]
        headers += [(b"content-length", str(len(refused.body)).encode()), (b"connection", b"close")]
        await self.send({"type": "http.response.start", "status": refused.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": refused.body})


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once, then whatever comes: the client's leaving."""
    left = [body]

    async def again() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return again


def _named(host: str, known: set[str]) -> bool:
    """Whether a Host header names this service; a page that points its own name here (DNS rebinding) does not."""
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?", host)
    return found is not None and found[1].strip("[]").lower() in known
