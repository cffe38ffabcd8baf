"""Reads files in processes of their own, here or on a cluster, so that a file that hangs or eats memory costs only
itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from carmina import CarminaError
from carmina.workers import Limits, TaskFault, WorkerDied, open_pool, tell

from .find import FoundFile
from .reading import MOST_BYTES, FileReader, Item, Outcome

READ = f"{__name__}:read_one"
WARM = f"{__name__}:warm"
LONGEST = 30 * 86400.0  # seconds of one file; what bounds it is how long each of its works takes
AHEAD = 3  # files a worker that are on their way


def read_all(
    files: Sequence[FoundFile], jobs: int, seconds: float, conductor: Any, cluster: str | None = None
) -> Iterator[tuple[int, Outcome]]:
    """(index, outcome) of every file, as they are done. ``jobs`` processes; with 0 here, without bounds on time.

    Each work of a file may take ``seconds``. With a ``cluster`` its workers read: the files' bytes go to them.
    """
    if not jobs and cluster is None:
        reader = FileReader(conductor)
        yield from ((at, reader.read(found.path, found.inside)) for at, found in enumerate(files))
        return
    limits = Limits(seconds=LONGEST, quiet_seconds=seconds)
    pool = open_pool(min(max(jobs, 1), len(files)), cluster, limits, WARM)
    try:
        ahead = AHEAD * int(getattr(pool, "workers", jobs))
        tasks = _tasks(files, conductor if cluster else None)
        for at, task in pool.as_done(READ, tasks, ahead):
            yield at, _outcome(task.exception(), task)
    finally:
        pool.shutdown(cancel_futures=True)


def _tasks(files: Sequence[FoundFile], conductor: Any) -> Iterator[tuple[Any, ...]]:
    """What :func:`read_one` takes for each file; with a conductor the bytes too, or why they cannot be read."""
    for found in files:
        data = reason = None
        if conductor is not None:
            try:
                data = conductor.file_bytes(found.path, MOST_BYTES)
            except CarminaError as fault:
                reason = str(fault)
        yield os.fsencode(found.path), found.inside, data, reason


def _outcome(fault: BaseException | None, task: Any) -> Outcome:
    if fault is None:
        raw = task.result()
        return Outcome([Item(**item) for item in raw["items"]], raw["reasons"])
    if isinstance(fault, WorkerDied):
        return Outcome(reasons=["its reader was stopped by the system (too much memory?)"])
    if isinstance(fault, (CarminaError, TaskFault)):
        return Outcome(reasons=[str(fault)])
    raise fault


def read_one(path: bytes, inside: str, data: bytes | None, reason: str | None) -> dict[str, Any]:
    """In a worker: what came of one file, as plain values; ``data``: its bytes where it is not here."""
    if reason is not None:
        return asdict(Outcome(reasons=[reason]))
    return asdict(_reader().read(Path(os.fsdecode(path)), inside, lambda: tell(0.0), data))


def warm() -> None:
    """In a worker: load the readers."""
    _reader()


@lru_cache(maxsize=1)
def _reader() -> FileReader:
    from carmina.conductor import Conductor

    return FileReader(Conductor())
