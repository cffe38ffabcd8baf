"""Jobs: taken in within bounds, kept on disk, run on warm workers, told of, ended."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, TypeVar

from carmina import CarminaError
from carmina.operations import Operation, operations
from carmina.workers import LocalPool, Pool, Stopped, Task, TaskFault, cores, open_pool

from .events import Topics
from .logs import Log
from .metrics import Metrics
from .queues import FairQueue
from .refusals import BUSY, GONE, UNKNOWN, Refused
from .settings import Settings
from .store import CANCELLED, DONE, FAILED, WAITING, Job, Store

WARM = "carmina.operations:warm"
PERFORM = "carmina.operations:perform"
MOST_TRIES = 3  # of a job that the service stopped under
MOST_CALLS = 64  # quick calls that wait
OUR_FAULT = "this is a fault in Carmina; please report it with the number of the job."
Value = TypeVar("Value")


@lru_cache(maxsize=4)
def _installed(also: tuple[str, ...]) -> Mapping[str, Operation]:
    """The operations: what is installed does not change while a process lives."""
    return operations(also=also)


class Service:
    """Everything behind the routes. Made in any thread; started and used in one event loop."""

    def __init__(self, settings: Settings, log: Log | None = None):
        self.settings, self.log, self.metrics = settings, log or Log(on=False), Metrics()
        self.operations: Mapping[str, Operation] = _installed(settings.also)
        self.topics, self.stopping = Topics(), asyncio.Event()
        self._queue = FairQueue()
        self._running: dict[str, Task] = {}
        self._unwanted: set[str] = set()  # cancelled while they ran
        self._of: dict[str, int] = {}  # client -> jobs that are not over
        self._recent: deque[float] = deque(maxlen=32)  # seconds that jobs took
        self._loops: list[asyncio.Task[None]] = []
        self._calls = 0

    async def start(self) -> None:
        """Open the store, begin the workers, take up what was not done when the service ended."""
        settings = self.settings
        self._disk = ThreadPoolExecutor(1, "carmina-store")
        self._store = await self._on_disk(lambda: Store(settings.data))
        self.jobs: Pool = open_pool(settings.workers, settings.cluster, settings.limits, WARM)
        self.desk: Pool = LocalPool(settings.desk_workers, settings.limits, WARM)
        for name in await self._on_disk(self._store.wait_again):
            self._wait(await self._on_disk(partial(self._store.get, name)))
        self.workers = getattr(self.jobs, "workers", None) or settings.workers or cores()
        self._loops = [asyncio.create_task(self._work()) for _ in range(self.workers)]
        self._loops.append(asyncio.create_task(self._sweep()))
        self.log("started", workers=self.workers, waiting=len(self._queue))

    async def stop(self) -> None:
        """Take no more, let what runs end within the grace, put the rest back for the next start."""
        self.stopping.set()
        until = time.monotonic() + self.settings.grace_seconds
        while self._running and time.monotonic() < until:
            await asyncio.sleep(0.05)
        for name, task in list(self._running.items()):
            await self._on_disk(partial(self._store.put_back, name))
            task.stop()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        for pool in (self.jobs, self.desk):
            await asyncio.to_thread(pool.shutdown, True, cancel_futures=True)
        await self._on_disk(self._store.close)
        self._disk.shutdown()
        self.log("stopped", waiting=len(self._queue))

    # ---- what requests ask for --------------------------------------------------------------------------------------

    async def submit(self, client: str, name: str, options: Mapping[str, Any], files: Mapping[str, bytes]) -> Job:
        """Take a job in; when this returns, it will be done, whatever happens to this process."""
        operation = self.operations.get(name)
        if operation is None:
            raise Refused(UNKNOWN, f"no operation called {name[:60]!r}. There are: {', '.join(self.operations)}.")
        try:
            arguments = operation.arguments(options, files)
        except CarminaError as fault:
            raise Refused.of(fault) from None
        self._check_room(client)
        job = Job(secrets.token_hex(16), client, name, WAITING, time.time(), arguments=tuple(arguments))
        self._of[client] = self._of.get(client, 0) + 1  # at once: others ask while this one is written
        self._queue.reserve()
        try:
            await self._on_disk(lambda: self._store.add(job, files))
        except (OSError, sqlite3.Error) as fault:
            self._gone(client)
            self.log("fault", kind=type(fault).__name__)
            raise Refused(
                507, "the job could not be kept: the service's disk is full or gone.", retry_seconds=60
            ) from None
        except BaseException:
            self._gone(client)
            raise
        finally:
            self._queue.release()
        self._wait(job, counted=True)
        self.log("accepted", job=job.id, operation=name, bytes=sum(map(len, files.values())))
        return job

    def _check_room(self, client: str) -> None:
        if self.stopping.is_set():
            raise Refused(GONE, "the service is stopping. Try again shortly.", retry_seconds=5)
        if len(self._queue) >= self.settings.queue:
            raise Refused(
                BUSY, f"{len(self._queue)} jobs wait already. Try again later.", retry_seconds=self._patience()
            )
        if self._of.get(client, 0) >= self.settings.client_jobs:
            raise Refused(
                BUSY,
                f"you have {self._of[client]} jobs that are not done; at most {self.settings.client_jobs} are taken. "
                "Wait for some, or cancel them.",
                retry_seconds=self._patience(),
            )

    def _patience(self) -> float:
        """Seconds until there should be room: when about one job for each worker is done."""
        mean = sum(self._recent) / len(self._recent) if self._recent else 2.0
        return min(600.0, max(1.0, mean * (1 + len(self._queue) / (4 * self.workers))))

    async def job(self, client: str, name: str) -> Job:
        """A job of this client's; others' are as unknown as those that never were."""
        try:
            found = await self._on_disk(lambda: self._store.get(name))
        except KeyError:
            found = None
        if found is None or found.client != client:
            raise Refused(UNKNOWN, "no such job. It was forgotten, or is another client's.")
        return found

    async def jobs_of(self, client: str, most: int) -> list[Job]:
        """The client's latest jobs."""
        return await self._on_disk(lambda: self._store.of_client(client, most))

    async def result(self, client: str, found: str) -> tuple[str, Any]:
        """The name of a result of this client's with this hash, and the file that holds it."""

        def look() -> tuple[str, Any] | None:
            known = self._store.owns(client, found)
            return (known[0], self._store.blobs.path(found)) if known else None

        try:
            known = await self._on_disk(look)
        except KeyError:
            known = None
        if known is None:
            raise Refused(UNKNOWN, "no such result. It was forgotten, or is another client's.")
        return known

    async def cancel(self, client: str, name: str) -> Job:
        """End a job, or forget one that is over with its results."""
        job = await self.job(client, name)
        if job.over:
            await self._on_disk(lambda: self._store.forget(name))
            return job
        task = self._running.get(name)
        self._unwanted.add(name)
        if task is not None:
            task.stop()
        elif self._queue.drop(client, name):
            await self._end(job, CANCELLED, {"error": "cancelled.", "option": None})
        topic = self.topics.of(name)
        if topic is not None:
            async for _event in topic.after(0, 1.0):
                pass
        return await self.job(client, name)

    async def call(self, function: str | Callable[..., Any], *arguments: Any, timeout: float = 10.0) -> Any:
        """What a quick function gives, run on a warm worker that does no jobs: plain values in and out. Raises what
        the function raises, ``TooLong`` after ``timeout`` seconds, or :class:`Refused` where too many calls wait."""
        if self._calls >= MOST_CALLS:
            raise Refused(BUSY, f"{self._calls} calls wait already. Try again shortly.", retry_seconds=1)
        self._calls += 1
        try:
            limits = replace(self.settings.limits, seconds=timeout)
            return await asyncio.wrap_future(self.desk.start(function, *arguments, limits=limits))
        finally:
            self._calls -= 1

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._queue)

    @property
    def running(self) -> int:
        """How many jobs run."""
        return len(self._running)

    # ---- the work ---------------------------------------------------------------------------------------------------

    def _wait(self, job: Job, counted: bool = False) -> None:
        if not counted:
            self._of[job.client] = self._of.get(job.client, 0) + 1
        self.topics.open(job.id).tell("state", {"state": WAITING})
        self._queue.put(job.client, job.id)

    async def _work(self) -> None:
        while not self.stopping.is_set():
            client, name = await self._queue.get()
            if self.stopping.is_set():
                return  # the job is on the disk, for the next start
            try:
                await self._run(client, name)
            except Exception as fault:  # a full disk, say: the job waits for the next start, the others go on
                self.log("fault", job=name, kind=type(fault).__name__)
                self._gone(client)

    async def _run(self, client: str, name: str) -> None:
        job = await self._on_disk(lambda: self._store.get(name))
        if job.tries >= MOST_TRIES:
            line = f"the service stopped {job.tries} times while it worked on this; it is not tried again."
            await self._end(job, FAILED, {"error": line, "option": None})
            return
        given = await self._on_disk(lambda: self._store.begin(name))
        if given is None:
            self._gone(client)
            return
        loop, topic = asyncio.get_running_loop(), self.topics.open(name)
        topic.tell("state", {"state": "running"})
        begun = time.monotonic()
        task = self.jobs.start(PERFORM, list(job.arguments), given, told=self.topics.teller(name, loop))
        self._running[name] = task
        if name in self._unwanted:  # while it was begun
            task.stop()
        try:
            state, result, made = await self._outcome(task, name)
        finally:
            del self._running[name]
        seconds = time.monotonic() - begun
        self._recent.append(seconds)
        self.metrics.seconds.labels(job.operation).observe(seconds)
        if state is not None:
            await self._end(job, state, result, made, seconds)

    async def _outcome(self, task: Task, name: str) -> tuple[str | None, dict[str, Any], dict[str, bytes]]:
        """State, result and files; no state where it was put back."""
        try:
            done = await asyncio.wrap_future(task)
        except (Stopped, asyncio.CancelledError):
            if not task.stopped:
                raise  # it is this loop that ends, not the task
            if name in self._unwanted:
                return CANCELLED, {"error": "cancelled.", "option": None}, {}
            return None, {}, {}
        except TaskFault:
            return FAILED, {"error": OUR_FAULT, "option": None}, {}
        except CarminaError as fault:
            return FAILED, {"error": str(fault), "option": fault.option}, {}
        made = done.pop("files")
        return (DONE if done["error"] is None else FAILED), done, made

    async def _end(
        self,
        job: Job,
        state: str,
        result: dict[str, Any],
        made: Mapping[str, bytes] | None = None,
        seconds: float = 0.0,
    ) -> None:
        await self._on_disk(lambda: self._store.end(job.id, state, result, made or {}))
        self._gone(job.client)
        self._unwanted.discard(job.id)
        self.metrics.jobs.labels(job.operation, state).inc()
        told = {
            "state": state,
            **({"error": result["error"], "option": result["option"]} if result.get("error") else {}),
        }
        self.topics.close(job.id, told)
        self.log("ended", job=job.id, operation=job.operation, state=state, seconds=round(seconds, 3))

    def _gone(self, client: str) -> None:
        self._of[client] -= 1
        if not self._of[client]:
            del self._of[client]

    async def _sweep(self) -> None:
        while True:
            gone = await self._on_disk(lambda: self._store.sweep(self.settings.keep_seconds, self.settings.keep_bytes))
            if gone:
                self.log("swept", jobs=gone)
            await asyncio.sleep(600)

    async def _on_disk(self, work: Callable[[], Value]) -> Value:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)
