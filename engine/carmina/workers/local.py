"""Processes of this machine: a thread for each gives it tasks and puts a fresh one in its place when it is killed."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from functools import partial
from typing import Any

from ..errors import BadInput
from .limits import Limits
from .pool import Pool, Task
from .process import Process

MOST = 256


class LocalPool(Pool):
    """So many processes, begun when first needed, or at once where they are to be warm."""

    def __init__(self, workers: int, limits: Limits | None = None, warm: str | None = None):
        if not 1 <= workers <= MOST:
            raise BadInput(f"workers: got {workers}; allowed: 1 to {MOST}.")
        self.limits = limits or Limits()
        self._warm = warm
        self._waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._running: set[Task] = set()
        self._lock = threading.Lock()
        self._closed = False
        self.replaced = 0  # processes that were killed, died or grew too large
        self._threads = [
            threading.Thread(target=self._serve, name=f"carmina-worker-{n}", daemon=True) for n in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def enter(self, task: Task) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._waiting.put(task)

    def _serve(self) -> None:
        process = Process(self.limits, self._warm) if self._warm else None
        while (task := self._waiting.get()) is not None:
            if not task.set_running_or_notify_cancel():
                continue
            process = process or Process(self.limits, self._warm)
            self._run(process, task)
            if not process.usable:
                process.end()
                self.replaced += 1
                process = Process(self.limits, self._warm) if self._warm and not self._closed else None
        if process is not None:
            process.end()

    def _run(self, process: Process, task: Task) -> None:
        with self._lock:
            self._running.add(task)
        task.on_stop = partial(process.stop, task)
        done: tuple[Any, BaseException | None]
        try:
            done = process.run(task), None
        except BaseException as fault:  # whatever it is belongs to who asked
            done = None, fault
        with self._lock:
            self._running.discard(task)
        if done[1] is None:
            task.set_result(done[0])
        else:
            task.set_exception(done[1])

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As of every executor; with ``cancel_futures`` what runs is stopped too."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for _ in self._threads:
                    self._waiting.put(None)
            running = list(self._running)
        if cancel_futures:
            self._drop_waiting()
            for task in running:
                task.stop()
        if wait:
            for thread in self._threads:
                thread.join()

    def _drop_waiting(self) -> None:
        with suppress(queue.Empty):
            while True:
                task = self._waiting.get_nowait()
                if task is not None:
                    task.cancel()
        for _ in self._threads:
            self._waiting.put(None)
