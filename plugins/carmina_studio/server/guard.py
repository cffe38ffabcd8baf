"""Who may speak to the studio: the browser that was given its token, from the studio's own page, on this machine."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import msgspec

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES = 48_000_000
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",  # the engraved score brings its letters with it
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
WRONG_HOST = "this studio answers to 127.0.0.1 and localhost alone. Open the address that `carmina studio` printed."
NO_TOKEN = "the studio does not know this browser. Open the address that `carmina studio` printed, token included."
WRONG_ORIGIN = "this was asked from another page than the studio's own. Open the address that `carmina studio` printed."
TOO_LONG = f"the request is over {MAX_BODY_BYTES:,} bytes. Send less at once."


class Guard:
    """Host, token, origin and length are looked at before anything else; every answer gets the headers."""

    def __init__(self, app: App, token: str, port: int):
        self.app, self.token, self.port = app, token, port
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self.cookie = f"carmina-studio-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        guarded = _with_headers(send, scope["path"])
        fault = self.fault(scope, headers)
        if self._brings_token(scope) and headers.get("host") in self.hosts:
            await self._let_in(guarded)
        elif fault:
            await _say(guarded, *fault)
        else:
            await self.app(scope, _counted(receive), guarded)

    def fault(self, scope: Scope, headers: MutableMapping[str, str]) -> tuple[int, str] | None:
        """The status and the line that refuse a request; None lets it in."""
        if headers.get("host") not in self.hosts:
            return 421, WRONG_HOST
        if not self._knows(headers.get("cookie", "")):
            return 403, NO_TOKEN
        own = f"http://{headers['host']}"
        if scope["method"] not in ("GET", "HEAD") and headers.get("origin") != own:
            return 403, WRONG_ORIGIN
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, WRONG_ORIGIN
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return 413, TOO_LONG
        return None

    def _knows(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.token.encode())

    def _brings_token(self, scope: Scope) -> bool:
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        return scope["path"] == "/" and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    async def _let_in(self, send: Send) -> None:
        """The token goes into a cookie and out of the address."""
        cookie = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


class TooLong(Exception):
    """A body went on for longer than may be."""


def _counted(receive: Receive) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY_BYTES:
            raise TooLong
        return message

    return counted


def _with_headers(send: Send, path: str) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() != b"server"]
            cache = () if any(name == b"cache-control" for name, _ in kept) else ((b"cache-control", b"no-store"),)
            message = {**message, "headers": [*kept, *HEADERS, *cache]}
        await send(message)

    return dressed


async def _say(send: Send, status: int, line: str) -> None:
    body = msgspec.json.encode({"error": line})
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
