"""What comes from outside: every refusal is one line of JSON, and nothing of a user's words is logged."""

import asyncio
import hashlib
import json
import os

import pytest
from carmina_service import bodies, tokens
from carmina_service.refusals import Refused
from carmina_service.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st

from carmina import BadInput

TOKEN = "a-token-that-is-long-enough"
TOKENS = {hashlib.sha256(TOKEN.encode()).hexdigest(): "ann"}


def one_line(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.text.count("\n") == 1 and set(answer.json()) == {"error", "option"} and answer.json()["error"]
    assert "traceback" not in answer.text.lower() and "default-src" in answer.headers["content-security-policy"]
    return answer.json()


BODIES = [
    (b"", 415, {}),
    (b"{}", 415, {"content-type": "text/plain"}),
    (b"{", 400, None),
    (b"\xff\xfe", 400, None),
    (b"[" * 100_000, 400, None),
    (b'{"options":' + b'{"a":' * 20 + b"1" + b"}" * 21, 400, None),
    (b'{"options":[]}', 400, None),
    (b'{"files":{"a":7}}', 400, None),
    (b'{"files":{"a":{"base64":"*"}}}', 400, None),
    (b'{"files":{"../a":"x"}}', 400, None),
    (b'{"more":1}', 400, None),
    (b'{"options":{"text":"a","style":"no such style"}}', 400, None),
    (b'{"options":{"text":"a","output":["../a.mid"]}}', 400, None),
    (b'{"options":{"text":"a","model":"/etc/passwd"}}', 400, None),
    (b'{"options":{"text":"a","soundfont":"/etc/passwd"}}', 400, None),
    (b'{"options":{"text":"a","tempo":1e999}}', 400, None),
    (b"x" * 200_001, 413, None),
]


def test_every_bad_request_is_one_line_and_the_service_goes_on(serve):
    async def scene(asked):
        for body, status, headers in BODIES:
            sent = {"content-type": "application/json"} if headers is None else headers
            one_line(await asked.client.post("/operations/compose", content=body, headers=sent), status)
        one_line(await asked.client.post("/operations/nope", json={}), 404)
        one_line(await asked.client.post("/operations/train", json={}), 404)
        one_line(await asked.client.get("/nope"), 404)
        one_line(await asked.client.put("/jobs"), 405)
        one_line(await asked.client.get("/jobs/..%2f..%2fetc"), 404)
        one_line(await asked.client.get("/results/..%2f..%2fjobs.sqlite"), 404)
        one_line(await asked.client.get("/results/" + "0" * 64), 404)
        one_line(await asked.client.request("GET", "/jobs", content=b"x"), 413)
        error = one_line(await asked.submit(options={"style": "waltzz"}), 400)
        assert error["option"] == "--style" and "Did you mean 'waltz'" in error["error"]
        assert (await asked.submit()).status_code == 202

    serve(scene, body_bytes=200_000)


def test_only_this_services_names_and_pages_are_served(serve):
    async def scene(asked):
        ask = asked.client.get
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost@evil", "", "[::1"):
            one_line(await ask("/health", headers={"host": host}), 421)
        for host in ("localhost:8765", "127.0.0.1", "[::1]:80", "LOCALHOST"):
            assert (await ask("/health", headers={"host": host})).status_code == 200
        for origin in ("http://evil.example", "null", "http://localhost:81", "https://localhost.evil.example"):
            one_line(await ask("/health", headers={"origin": origin}), 403)
        assert (await ask("/health", headers={"origin": "http://localhost"})).status_code == 200
        one_line(await ask("/health", headers={"sec-fetch-site": "cross-site"}), 403)

    serve(scene)


def test_a_token_is_asked_for_and_only_the_right_one_serves(serve):
    async def scene(asked):
        for shown in (None, "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer " + TOKEN.upper()):
            answer = await asked.client.get("/jobs", headers={"authorization": shown} if shown else {})
            one_line(answer, 401)
            assert answer.headers["www-authenticate"] == "Bearer"
        assert (await asked.client.get("/jobs", headers={"authorization": f"Bearer {TOKEN}"})).status_code == 200
        assert (await asked.client.get("/health")).status_code == 200
        one_line(await asked.client.get("/metrics"), 401)

    serve(scene, tokens=TOKENS)


def test_a_service_for_others_asks_for_tokens(tmp_path):
    with pytest.raises(BadInput, match="--token-file"):
        Settings(tmp_path, host="0.0.0.0")
    assert Settings(tmp_path, host="0.0.0.0", tokens=TOKENS) and Settings(tmp_path, host="::1")


def test_a_token_file_is_read_or_refused_in_one_line(tmp_path):
    path = tmp_path / "tokens"
    path.write_bytes(b"")
    path.chmod(0o600)
    found = tokens.read(path, f"# ours\n\nann {TOKEN}\n{TOKEN}-2\n".encode())
    assert sorted(found.values()) == ["ann", "client-4"] and TOKEN not in str(found)
    assert tokens.client_of(f"bearer {TOKEN}", found) == "ann"
    for text in ("", "# nothing\n", "short\n", "a b c\n", f"{TOKEN}\x00\n"):
        with pytest.raises(BadInput, match="token"):
            tokens.read(path, text.encode())
    if os.name == "posix":
        path.chmod(0o644)
        with pytest.raises(BadInput, match="chmod 600"):
            tokens.read(path, TOKEN.encode())


SECRET = "xyzzyplugh"


def test_no_word_of_a_users_is_logged(serve):
    async def scene(asked):
        markup = f"<script>alert('{SECRET}')</script>"
        await asked.client.get(f"/{SECRET}?q={SECRET}", headers={"user-agent": SECRET})
        await asked.client.post(f"/operations/{SECRET}", json={})
        await asked.submit(options={"style": SECRET, SECRET: SECRET})
        await asked.client.post("/operations/compose", content=SECRET, headers={"content-type": "application/json"})
        for do in (f"copy {SECRET}", f"raise {SECRET}", f"fail {SECRET}"):
            job = await asked.ended(
                (await asked.submit(do, {"text": markup, "output": [f"{SECRET}.mid"]})).json()["id"]
            )
            assert SECRET in json.dumps(job) or job["state"] == "failed"
        assert SECRET not in (await asked.client.get("/metrics")).text
        assert SECRET not in (await asked.client.get("/health")).text
        return asked.log

    log = serve(scene).getvalue()
    assert SECRET not in log and log.count("accepted") == 3
    for line in log.splitlines():
        assert {"time", "event"} <= set(json.loads(line))


def test_openapi_is_made_of_the_operations(serve):
    async def scene(asked):
        page = (await asked.client.get("/openapi.json")).json()
        for name, operation in asked.service.operations.items():
            post = page["paths"][f"/operations/{name}"]["post"]
            assert post["requestBody"]["content"]["application/json"]["schema"] == operation.schema
            assert post["summary"] == operation.summary
            shown = (await asked.client.get(f"/operations/{name}")).json()
            assert shown["schema"] == operation.schema
        assert (await asked.client.get("/docs")).status_code == 404, "its scripts would come from elsewhere"

    serve(scene)


def test_figures_count_what_happened(serve):
    async def scene(asked):
        await asked.ended((await asked.submit()).json()["id"])
        await asked.client.get("/nope")
        text = (await asked.client.get("/metrics")).text
        assert 'carmina_jobs_total{operation="compose",state="done"} 1.0' in text
        assert 'carmina_refused_total{status="404"} 1.0' in text and "carmina_jobs_waiting 0.0" in text

    serve(scene)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
def test_any_body_is_a_request_or_one_line(body):
    try:
        options, files = bodies.request_of(body, "application/json; charset=utf-8")
    except Refused as refused:
        assert refused.body.count(b"\n") == 1 and refused.status in (400, 415)
    else:
        assert isinstance(options, dict) and all(isinstance(data, bytes) for data in files.values())


def test_a_client_that_leaves_in_the_middle_leaves_no_job(serve):
    async def scene(asked):
        scope = {"type": "http", "method": "POST", "path": "/operations/compose", "headers": [(b"host", b"localhost")]}
        scope |= {"query_string": b"", "raw_path": b"", "http_version": "1.1", "scheme": "http", "root_path": ""}
        came = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])
        sent = []

        async def receive():
            return next(came)

        async def send(message):
            sent.append(message)

        await asked.app(scope, receive, send)
        assert sent[0]["status"] == 400 and asked.service.waiting == 0

    serve(scene)


def test_a_full_disk_is_one_line_and_no_job(serve, monkeypatch):
    async def scene(asked):
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(asked.service._store.blobs, "put", full)
        assert "disk is full" in one_line(await asked.submit("copy"), 507)["error"]
        monkeypatch.undo()
        assert asked.service.waiting == 0 and asked.service._of == {}

    serve(scene)


def test_more_at_once_than_is_served_is_one_line(serve):
    async def scene(asked):
        name = (await asked.submit("sleep 0.5")).json()["id"]
        async with asked.client.stream("GET", "/health"):
            listening = [asyncio.create_task(asked.client.get(f"/jobs/{name}/events")) for _ in range(2)]
            await asyncio.sleep(0.1)
            one_line(await asked.client.get("/health"), 503)
            await asyncio.gather(*listening)
        assert (await asked.client.get("/health")).status_code == 200

    serve(scene, connections=2)


def test_a_body_that_does_not_come_is_not_waited_for(serve):
    async def scene(asked):
        async def drop_by_drop():
            for _ in range(100):
                yield b" "
                await asyncio.sleep(0.05)

        answer = await asked.client.post("/operations/compose", content=drop_by_drop())
        assert "did not come within 0.2 seconds" in one_line(answer, 408)["error"]

    serve(scene, body_seconds=0.2)
