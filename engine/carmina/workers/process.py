"""One worker process, as the pool sees it. Spawned, not forked, so that no thread's lock is copied."""

from __future__ import annotations

import atexit
import multiprocessing
import multiprocessing.util
import os
import shutil
import signal
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

from .child import DONE, READY, TOLD, serve
from .limits import Limits, resident_bytes
from .pool import Task
from .tasks import Stopped, TooLong, WorkerDied, opened, packed, unpacked

DIED = "its worker was stopped by the system (too much memory?). Ask for less at once."


class Process:
    """A process with a pipe to it; used by one thread, killed by any."""

    def __init__(self, limits: Limits, warm: str | None):
        self._limits = limits
        self._scratch = tempfile.mkdtemp(prefix="carmina-worker-")
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, limits, warm, self._scratch), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = self._dead = False
        self._task: Task | None = None
        self._ending = threading.Lock()
        # before multiprocessing's own farewell, which asks children to end and waits for those that do not
        atexit.register(self.end)

    @property
    def usable(self) -> bool:
        """Whether it can take another task: it lives and has not grown too large."""
        pid = self._process.pid
        return not self._dead and pid is not None and resident_bytes(pid) <= self._limits.retire_bytes

    def run(self, task: Task) -> Any:
        """A task's result, or its fault raised; after ``TooLong``, ``Stopped`` or ``WorkerDied`` the process
        is dead."""
        with self._ending:
            self._task = task
        data = packed(
            [task.name, task.arguments, task.limits.message_bytes], task.limits.message_bytes, "its arguments"
        )
        try:
            if task.stopped:  # after it was taken and before it began
                raise Stopped("stopped.")
            self._come_up()
            self._send(data)
            return opened(self._answer(task))
        except (EOFError, OSError):
            self._kill()
            raise (Stopped("stopped.") if task.stopped else WorkerDied(DIED)) from None
        finally:
            self._leave()

    def _come_up(self) -> None:
        if self._ready:
            return
        if not wait([self._pipe], self._limits.start_seconds):
            raise EOFError
        assert self._pipe.recv_bytes() == READY
        self._ready = True

    def _send(self, data: bytes) -> None:
        """Send; a process that reads nothing for too long is killed, which ends the sending."""
        watch = threading.Timer(self._limits.start_seconds, self._kill)
        watch.daemon = True
        watch.start()
        try:
            self._pipe.send_bytes(data)
        finally:
            watch.cancel()

    def _answer(self, task: Task) -> bytes:
        quiet = task.limits.quiet_seconds
        until = time.monotonic() + task.limits.seconds
        quiet_until = until if quiet is None else time.monotonic() + quiet
        while True:
            if not wait([self._pipe], max(0.0, min(until, quiet_until) - time.monotonic())):
                self._kill()
                allowed = task.limits.seconds if until <= quiet_until else quiet
                raise TooLong(f"took more than {allowed:g} seconds")
            said = self._pipe.recv_bytes()
            if said[:1] == DONE:
                return said[1:]
            assert said[:1] == TOLD
            if quiet is not None:
                quiet_until = time.monotonic() + quiet
            task.told(*unpacked(said[1:]))

    def _kill(self) -> None:
        """Kill the process and all that it started."""
        self._dead = True
        pid = self._process.pid
        with suppress(OSError, AttributeError):
            if pid is not None and os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)
        with suppress(OSError, ValueError):
            self._process.kill()

    def stop(self, task: Task) -> None:
        """Kill it, from any thread, if it is this task that it works on; who waits for the answer gets ``Stopped``."""
        with self._ending:
            if self._task is task and not self._dead:
                self._kill()

    def _leave(self) -> None:
        """What would stop this task does not stop the next."""
        with self._ending:
            self._task = None

    def end(self) -> None:
        """Kill it and put its things away."""
        atexit.unregister(self.end)
        self._kill()
        self._process.join()
        self._pipe.close()
        shutil.rmtree(self._scratch, ignore_errors=True)
