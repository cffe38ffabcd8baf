"""Lanes of work: each a warm process that does one thing after another. What is cancelled is killed at once, and a new
process takes its place."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress

import msgspec

from carmina import BadInput, CarminaError

MOST_LINE_BYTES = 96_000_000
MOST_WAITING = 16  # requests of one lane
Progress = Callable[[float, str], None]


class Refused(CarminaError):
    """What the process said in one line."""


class Answer(msgspec.Struct):
    """One line of what the process says."""

    result: msgspec.Raw = msgspec.Raw(b"")
    error: str = ""
    progress: float | None = None
    what: str = ""


class Lane:
    """One process, started when it is first needed."""

    def __init__(self, name: str):
        self.name = name
        self.waiting = 0
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._read = msgspec.json.Decoder(Answer)

    async def call(self, operation: str, request: bytes, progress: Progress = lambda _share, _what: None) -> bytes:
        """The answer as JSON; raises :class:`Refused` with the one line of what went wrong. A cancelled call kills the
        process."""
        return await self._ask(b'{"do":%b,"with":%b}\n' % (msgspec.json.encode(operation), request), progress)

    async def warm(self) -> None:
        """Start the process and let it open its models; afterwards the lane answers without delay."""
        with suppress(CarminaError):
            await self._ask(b'{"warm":%b}\n' % msgspec.json.encode(self.name), lambda _share, _what: None)

    async def _ask(self, line: bytes, progress: Progress) -> bytes:
        if self.waiting >= MOST_WAITING:
            raise BadInput(f"{self.waiting} things are waiting to be done already. Wait for one, or cancel it.")
        self.waiting += 1
        try:
            async with self._turn:
                return await self._answered(line, progress)
        finally:
            self.waiting -= 1

    async def _answered(self, line: bytes, progress: Progress) -> bytes:
        process = await self._started()
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(line)
            await process.stdin.drain()
            while said := await process.stdout.readline():
                answer = self._read.decode(said)
                if answer.progress is not None:
                    progress(answer.progress, answer.what)
                elif answer.error:
                    raise Refused(answer.error)
                else:
                    return bytes(answer.result)
            raise Refused("the work ended before it was done: the process was stopped. Ask again, or for less at once.")
        except Refused:
            raise
        except BaseException:
            await self.stop()
            raise

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            own = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                f"{__package__}.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=MOST_LINE_BYTES,
                env=own,
                start_new_session=True,
            )
        return self._process

    async def stop(self) -> None:
        """Kill the process, if it runs."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class Lanes:
    """The lanes by name: quick words are not kept waiting by a song."""

    NAMES = ("words", "music")

    def __init__(self) -> None:
        self.by_name = {name: Lane(name) for name in self.NAMES}

    def __getitem__(self, name: str) -> Lane:
        return self.by_name[name]

    async def warm(self) -> None:
        """Warm every lane, one after the other: on two cores together they would only wait for each other."""
        for lane in self.by_name.values():
            await lane.warm()

    async def stop(self) -> None:
        """Kill every process."""
        for lane in self.by_name.values():
            await lane.stop()
