"""Lanes of work: each a warm process that does one thing after another. What is cancelled is killed at once, and a new
process is warmed in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from carmina import BadInput
from carmina.workers import Limits, LocalPool

from . import work

MOST_WAITING = 16  # requests of one lane
LIMITS = Limits(seconds=3600.0, memory_bytes=16 * 2**30)  # a person waits, and may cancel
Progress = Callable[[float, str], None]


class Lane:
    """One process, started when it is first needed."""

    def __init__(self, warm: Callable[[], None]):
        self.waiting = 0
        self._warm = f"{warm.__module__}:{warm.__qualname__}"
        self._pool: LocalPool | None = None

    def warm(self) -> None:
        """Start the process, which opens its models; afterwards the lane answers without delay."""
        if self._pool is None:
            self._pool = LocalPool(1, LIMITS, self._warm)

    async def call(self, operation: str, request: bytes, progress: Progress = lambda _share, _what: None) -> bytes:
        """The answer as JSON; raises what the operation raises. A cancelled call kills the process."""
        if self.waiting >= MOST_WAITING:
            raise BadInput(f"{self.waiting} things are waiting to be done already. Wait for one, or cancel it.")
        self.warm()
        assert self._pool is not None
        loop = asyncio.get_running_loop()

        def told(share: float, what: str) -> None:  # in a thread of the pool
            loop.call_soon_threadsafe(progress, share, what)

        task = self._pool.start(work.perform, operation, request, told=told)
        self.waiting += 1
        try:
            return bytes(await asyncio.wrap_future(task))
        finally:
            self.waiting -= 1
            if not task.done():
                task.stop()

    def stop(self) -> None:
        """Kill the process, if it runs."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


class Lanes:
    """The lanes by name: quick words are not kept waiting by a song."""

    def __init__(self) -> None:
        self.by_name = {"words": Lane(work.warm_words), "music": Lane(work.warm_music)}

    def __getitem__(self, name: str) -> Lane:
        return self.by_name[name]

    def warm(self) -> None:
        """Warm every lane."""
        for lane in self.by_name.values():
            lane.warm()

    def stop(self) -> None:
        """Kill every process."""
        for lane in self.by_name.values():
            lane.stop()
