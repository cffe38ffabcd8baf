"""What happens to a job, told to whoever listens, from any number on."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

MOST_KEPT = 256  # events of a job
EVERY_SECONDS = 0.1  # progress is told at most so often


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    number: int  # grows over the life of a job, restarts of the service included
    kind: str  # state or progress
    data: dict[str, Any]


class Topic:
    """The events of one job that runs or waits."""

    def __init__(self) -> None:
        self._kept: deque[Event] = deque(maxlen=MOST_KEPT)
        self._news = asyncio.Event()
        self._told = 0.0
        self.over = False

    def tell(self, kind: str, data: dict[str, Any], over: bool = False) -> None:
        """Tell everyone. Numbers are microseconds since 1970, so they go on growing after a restart."""
        now = time.monotonic()
        if kind == "progress":
            if now - self._told < EVERY_SECONDS:
                return
            self._told = now
        last = self._kept[-1].number if self._kept else 0
        self._kept.append(Event(max(last + 1, time.time_ns() // 1000), kind, data))
        self.over = self.over or over
        self.wake()

    def wake(self) -> None:
        """Let everyone who listens look for news."""
        self._news.set()
        self._news = asyncio.Event()

    async def after(self, number: int, every: float) -> AsyncIterator[Event | None]:
        """Events after that number as they come, until the job is over; None after so many quiet seconds."""
        while True:
            news = self._news
            for event in [event for event in self._kept if event.number > number]:
                number = event.number
                yield event
            if self.over:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), every)
            if self._news is news or not self._kept or self._kept[-1].number <= number:
                yield None  # nothing new: it is quiet, or everyone was woken


class Topics:
    """One topic for each job that is not over."""

    def __init__(self) -> None:
        self._open: dict[str, Topic] = {}

    def wake(self) -> None:
        """Let everyone who listens look up: the service stops."""
        for topic in self._open.values():
            topic.wake()

    def of(self, job: str) -> Topic | None:
        """The topic of a job, while it is not over."""
        return self._open.get(job)

    def open(self, job: str) -> Topic:
        """The topic of a job that waits or runs."""
        return self._open.setdefault(job, Topic())

    def close(self, job: str, data: dict[str, Any]) -> None:
        """The last event of a job."""
        topic = self._open.pop(job, None)
        if topic is not None:
            topic.tell("state", data, over=True)

    def teller(self, job: str, loop: asyncio.AbstractEventLoop) -> Callable[[float, str], None]:
        """Something that a worker's thread can tell of progress."""
        topic = self.open(job)

        def told(done: float, what: str) -> None:
            loop.call_soon_threadsafe(topic.tell, "progress", {"done": round(done, 4), "what": what[:200]})

        return told
