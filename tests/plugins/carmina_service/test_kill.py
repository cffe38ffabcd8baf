"""A real server on loopback: killed, started again, asked slowly, stopped."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

HERE = Path(__file__).parent


@contextmanager
def server(folder):
    """A server in a process of its own, and what asks it."""
    environment = {**os.environ, "PYTHONPATH": str(HERE), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, str(HERE / "serve_tiny.py"), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    try:
        port = int(process.stdout.readline())
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            until(lambda: answers(client))
            yield process, client
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def answers(client):
    try:
        return client.get("/health").status_code == 200
    except httpx.TransportError:
        return False


def until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.1)


def children(pid):
    """The processes that a process has begun and that live."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.add(int(path.parent.name))
    return found


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_every_accepted_job_is_done_over_a_kill_and_no_work_is_left_running(tmp_path):
    names = []
    with server(tmp_path / "data") as (process, client):
        for number in range(30):
            body = {"options": {"text": "a", "seed": number}, "files": {"do.txt": "sleep 0.05"}}
            names.append(client.post("/operations/compose", json=body).json()["id"])
        until(lambda: sum(client.get(f"/jobs/{name}").json()["state"] == "done" for name in names[:8]) >= 4)
        workers = children(process.pid)
        assert workers
        process.send_signal(signal.SIGKILL)
        process.wait()
        until(lambda: not any(lives(pid) for pid in workers))
    with server(tmp_path / "data") as (process, client):
        until(lambda: all(client.get(f"/jobs/{name}").json()["state"] == "done" for name in names))
        for number, name in enumerate(names):
            job = client.get(f"/jobs/{name}").json()
            said = f"compose --text=a --seed={number} --\n"
            out = next(file for file in job["files"] if file["name"] == "out.txt")
            assert out["hash"] == hashlib.sha256(said.encode()).hexdigest()
            assert client.get(f"/results/{out['hash']}").text == said
        _slow_clients_are_let_go(client)
        _a_second_service_on_the_same_jobs_is_refused(tmp_path / "data")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
        assert not children(process.pid)


def _slow_clients_are_let_go(client):
    place = client.base_url.host, client.base_url.port
    for begun in (
        b"",
        b"GET /hea",
        b"POST /operations/compose HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n{",
    ):
        with socket.create_connection(place, timeout=10) as slow:
            slow.sendall(begun)
            heard = b""
            while data := slow.recv(4096):
                heard += data
        assert heard == b"" or b"408" in heard.splitlines()[0]
    with socket.create_connection(place, timeout=10) as slow:  # a second request of one connection
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /hea")
        heard = b""
        while data := slow.recv(4096):
            heard += data
        assert heard.startswith(b"HTTP/1.1 200") and heard.count(b"HTTP/1.1") == 1
    assert client.get("/health").status_code == 200


def _a_second_service_on_the_same_jobs_is_refused(folder):
    from carmina_service.store import Store

    from carmina import BadInput

    with pytest.raises(BadInput, match="cannot be opened .*Name another folder"):
        Store(folder, patience_seconds=0.05)
