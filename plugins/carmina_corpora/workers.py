"""Reads files in processes of their own, so that a file that hangs or eats memory costs only itself.

The processes are spawned, not forked, and speak JSON over pipes: nothing is unpickled.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .find import FoundFile
from .reading import FileReader, Item, Outcome

MEMORY_BYTES = 4 * 2**30  # address space of a process
BEAT = b"."  # says that a file's next work has begun
START_SECONDS = 60.0  # more for the first file, in which the plugins are loaded


def read_all(files: Sequence[FoundFile], jobs: int, seconds: float, conductor: Any) -> Iterator[tuple[int, Outcome]]:
    """(index, outcome) of every file, as they are done. ``jobs`` processes; with 0 here, without bounds on time.

    Each work of a file may take ``seconds``.
    """
    if not jobs:
        reader = FileReader(conductor)
        yield from ((at, reader.read(found.path, found.inside)) for at, found in enumerate(files))
        return
    pool = [_Worker() for _ in range(min(jobs, len(files)))]
    try:
        yield from _served(pool, files, seconds)
    finally:
        for worker in pool:
            worker.stop()


def _served(pool: list[_Worker], files: Sequence[FoundFile], seconds: float) -> Iterator[tuple[int, Outcome]]:
    waiting = iter(enumerate(files))
    for worker in pool:
        worker.give(next(waiting, None), seconds)
    while any(worker.busy is not None for worker in pool):
        ready = wait([worker.pipe for worker in pool if worker.busy is not None], timeout=0.5)
        for number, worker in enumerate(pool):
            if (busy := worker.busy) is None:
                continue
            done = worker.take(seconds) if worker.pipe in ready else worker.overdue(seconds)
            if done is None:
                continue
            yield busy, done
            if worker.dead:
                worker.stop()
                pool[number] = worker = _Worker()
            worker.give(next(waiting, None), seconds)


class _Worker:
    """One process and the file that it reads."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.busy: int | None = None
        self.dead = False
        self._until, self._fresh = 0.0, True

    def give(self, task: tuple[int, FoundFile] | None, seconds: float) -> None:
        self.busy = None
        if task is None:
            return
        self.busy = task[0]
        self._until = time.monotonic() + seconds + START_SECONDS * self._fresh
        self._fresh = False
        with suppress(OSError):  # it has died; take() will say so
            self.pipe.send_bytes(json.dumps([os.fspath(task[1].path), task[1].inside]).encode())

    def take(self, seconds: float) -> Outcome | None:
        """What came: the outcome, or nothing yet where another work of the file has begun."""
        try:
            data = self.pipe.recv_bytes()
            if data == BEAT:
                self._until = max(self._until, time.monotonic() + seconds)
                return None
            raw = json.loads(data)
            return Outcome([Item(**item) for item in raw["items"]], raw["reasons"])
        except (EOFError, OSError):
            self.dead = True
            return Outcome(reasons=["its reader was stopped by the system (too much memory?)"])

    def overdue(self, seconds: float) -> Outcome | None:
        if time.monotonic() < self._until:
            return None
        self.dead = True
        return Outcome(reasons=[f"took more than {seconds:g} seconds"])

    def stop(self) -> None:
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    """A process's life: paths in, outcomes out, until the other end closes."""
    import signal
    import warnings

    from carmina.conductor import Conductor

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _bound_memory()
    warnings.simplefilter("ignore")  # a broken plugin has been named by the parent
    reader = FileReader(Conductor())
    with suppress(EOFError, OSError):
        while True:
            path, inside = json.loads(pipe.recv_bytes())
            found = reader.read(Path(path), inside, lambda: pipe.send_bytes(BEAT))
            pipe.send_bytes(json.dumps(asdict(found)).encode())


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
