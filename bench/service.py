"""Warm latency of the service against the cold command, and what it costs in memory: ``python bench/service.py``.

Each request is made of both in turn, so that whatever else runs on the machine weighs on both alike. CPU seconds are
those of the command's process, and of the service's processes over the job.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

TIMES = 5
WORDS = "The moon is low upon the hill\nAnd all the river road is still\n\nA lamp is lit, a door is wide\n"
WORDS += "And someone waits on the other side\n"
REQUESTS = {
    "rhymes of a word": ("rhymes", {"word": "moon"}, ["rhymes", "moon"]),
    "compose one line": (
        "compose",
        {"text": "The moon is on the water", "seed": 1, "output": ["a.mid"]},
        ["compose", "--text", "The moon is on the water", "--seed", "1", "-o", "a.mid"],
    ),
    "compose four lines": (
        "compose",
        {"text": WORDS, "seed": 1, "output": ["a.mid"]},
        ["compose", "--text", WORDS, "--seed", "1", "-o", "a.mid"],
    ),
    "scan four lines": ("scan", {"poem": "p.txt"}, ["scan", "p.txt"]),
}


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "p.txt").write_text(WORDS, encoding="utf-8")
        server = subprocess.Popen(
            [sys.executable, "-m", "carmina", "serve", "--port", "0", "--workers", "1", "--data", f"{folder}/data"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert server.stderr is not None
        try:
            address = server.stderr.readline().split()[-1]
            while "started" not in server.stderr.readline():
                pass
            print(f"{'':22}cold s   warm s   ratio   cold CPU s   warm CPU s")
            for name, (operation, options, arguments) in REQUESTS.items():
                _row(name, folder, address, server.pid, operation, options, arguments)
            for pid, kind in [(server.pid, "server"), *((pid, "worker") for pid in _children(server.pid))]:
                print(f"{kind}: {_resident_mib(pid):.0f} MiB resident")
        finally:
            server.terminate()
            server.wait()


def _row(name: str, folder: str, address: str, pid: int, operation: str, options: dict, arguments: list[str]) -> None:
    _warm(address, operation, options, pid)  # what only this operation opens is opened
    cold, warm = [], []
    for _ in range(TIMES):
        cold.append(_cold(folder, arguments))
        warm.append(_warm(address, operation, options, pid))
    walls = [statistics.median(wall for wall, _ in found) for found in (cold, warm)]
    cpus = [statistics.median(cpu for _, cpu in found) for found in (cold, warm)]
    print(f"{name:20}{walls[0]:8.2f} {walls[1]:8.2f} {walls[0] / walls[1]:7.1f} {cpus[0]:12.2f} {cpus[1]:12.2f}")


def _cold(folder: str, arguments: list[str]) -> tuple[float, float]:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "carmina", *arguments], cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _warm(address: str, operation: str, options: dict, pid: int) -> tuple[float, float]:
    files = {"p.txt": WORDS} if operation == "scan" else {}
    data = json.dumps({"options": options, "files": files}).encode()
    pids = [pid, *_children(pid)]
    cpu, begun = sum(map(_cpu_seconds, pids)), time.perf_counter()
    asked = urllib.request.Request(f"{address}/operations/{operation}", data, {"content-type": "application/json"})
    with urllib.request.urlopen(asked) as answer:
        job = json.load(answer)["id"]
    with urllib.request.urlopen(f"{address}/jobs/{job}/events") as events:
        assert b'"state": "done"' in events.read()
    return time.perf_counter() - begun, sum(map(_cpu_seconds, pids)) - cpu


def _children(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        parts = path.read_text().rpartition(")")[2].split()
        if int(parts[1]) == pid and b"resource_tracker" not in path.with_name("cmdline").read_bytes():
            found.append(int(path.parent.name))
    return found


def _cpu_seconds(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _resident_mib(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
