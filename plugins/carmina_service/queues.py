"""Jobs that wait: each client's in their order, the clients in turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque


class FairQueue:
    """A client with a hundred jobs keeps another's first job waiting for one of them, not for all."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[str]] = OrderedDict()
        self._news = asyncio.Event()
        self._reserved = 0

    def __len__(self) -> int:
        return sum(map(len, self._lines.values())) + self._reserved

    def reserve(self) -> None:
        """Hold a place for a job that is being written down."""
        self._reserved += 1

    def release(self) -> None:
        """Give the place back."""
        self._reserved -= 1

    def put(self, client: str, job: str) -> None:
        """Put a job at the end of its client's line."""
        self._lines.setdefault(client, deque()).append(job)
        self._news.set()

    def drop(self, client: str, job: str) -> bool:
        """Take a job out of its line; whether it stood there."""
        line = self._lines.get(client)
        if line is None or job not in line:
            return False
        line.remove(job)
        if not line:
            del self._lines[client]
        return True

    async def get(self) -> tuple[str, str]:
        """The next client and job, when there is one."""
        while not self._lines:
            self._news.clear()
            await self._news.wait()
        client, line = self._lines.popitem(last=False)
        job = line.popleft()
        if line:
            self._lines[client] = line
        return client, job
