"""The workers of a Dask cluster. On each of them tasks run in processes of its own, as they do locally, with the same
bounds; the cluster carries bytes to and fro."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import Any

from ..errors import BadInput
from .limits import Limits
from .local import LocalPool
from .pool import Pool, Task
from .tasks import Stopped, WorkerDied, opened, packed, unpacked

ANSWER_SECONDS = 10.0
GONE = "the cluster lost the worker that had it. Ask again."


class ClusterPool(Pool):
    """Every worker of the scheduler at an address, and those that join it later."""

    def __init__(self, address: str, limits: Limits | None = None, warm: str | None = None):
        try:
            import distributed
        except ImportError:
            raise BadInput("--cluster needs distributed. Install: pip install 'carmina[cluster]'.") from None
        self.limits = limits or Limits()
        self._plugin = f"carmina-{secrets.token_hex(8)}"  # two programs on one cluster keep their processes apart
        try:
            connect: Any = distributed.Client  # typed in part
            self._client: Any = connect(address, timeout=ANSWER_SECONDS, set_as_default=False)
            self._client.register_plugin(_plugin(asdict(self.limits), warm), name=self._plugin)
        except (OSError, ValueError, TypeError, TimeoutError) as fault:
            raise BadInput(
                f"no Dask cluster answers at {address!r} ({type(fault).__name__}). Start one with 'dask scheduler' and "
                "'dask worker', and give its address: tcp://HOST:PORT."
            ) from None
        self._open: set[Task] = set()
        self._lock = threading.Lock()

    @property
    def workers(self) -> int:
        """How many tasks the cluster does at once now, at least 1."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def enter(self, task: Task) -> None:
        data = packed([task.name, task.arguments], task.limits.message_bytes, "its arguments")
        key = f"carmina-{secrets.token_hex(16)}"  # never that of another task, whose result the cluster may still hold
        heard = f"{key}-told"
        self._client.subscribe_topic(heard, partial(_heard, task))
        with self._lock:
            self._open.add(task)
        future = self._client.submit(_run, data, asdict(task.limits), self._plugin, heard, key=key, pure=False)
        task.set_running_or_notify_cancel()
        task.on_stop = partial(self._stop, task, future, heard)
        future.add_done_callback(partial(self._done, task, heard))

    def _stop(self, task: Task, future: Any, heard: str) -> None:
        """Stop it wherever it is: one that waits is taken back, one that runs loses its process."""
        self._finish(task, lambda: task.set_exception(Stopped("stopped.")))
        self._client.run(_stop_here, self._plugin, heard)
        if not future.done():
            future.cancel()

    def _done(self, task: Task, heard: str, future: Any) -> None:
        self._client.unsubscribe_topic(heard)
        if future.status == "finished":
            try:
                result = opened(future.result())
            except Exception as fault:
                self._finish(task, partial(task.set_exception, fault))
            else:
                self._finish(task, partial(task.set_result, result))
        else:
            self._finish(task, lambda: task.set_exception(Stopped("stopped.") if task.stopped else WorkerDied(GONE)))

    def _finish(self, task: Task, how: Callable[[], None]) -> None:
        with self._lock:
            if task not in self._open:
                return
            self._open.discard(task)
        how()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As of every executor; the cluster itself goes on."""
        with self._lock:
            left = list(self._open)
        for task in left:
            if cancel_futures:
                task.stop()
            elif wait:
                task.exception()
        with suppress(OSError, TimeoutError, ValueError):
            self._client.unregister_worker_plugin(self._plugin)  # its processes on the workers end
            self._client.close()


def _heard(task: Task, event: Any) -> None:
    _when, (done, what) = event
    task.told(done, what)


def _plugin(limits: dict[str, Any], warm: str | None) -> Any:
    from distributed import WorkerPlugin

    class Processes(WorkerPlugin):
        """The processes of one Dask worker."""

        def setup(self, worker: Any) -> None:
            self.pool = LocalPool(worker.state.nthreads, Limits(**limits), warm)
            self.running: dict[str, Task] = {}
            self.unwanted: set[str] = set()  # stopped before they began, or while they did

        def teardown(self, worker: Any) -> None:
            self.pool.shutdown(False, cancel_futures=True)

    return Processes()


def _run(data: bytes, limits: dict[str, Any], plugin: str, heard: str) -> bytes:
    """On a worker: run a task in a process of its own; its packed outcome."""
    from distributed import get_worker

    from .tasks import faulty

    worker = get_worker()
    here: Any = worker.plugins[plugin]
    name, (positional, named) = unpacked(data)

    def told(done: float, what: str) -> None:
        worker.log_event(heard, (done, what))

    task = Task(name, (tuple(positional), named), Limits(**limits), told)
    here.running[heard] = task
    try:
        if heard in here.unwanted:
            raise Stopped("stopped.")
        here.pool.enter(task)
        return packed([True, task.result()], task.limits.message_bytes, "what comes of it")
    except Exception as fault:
        return faulty(fault)
    finally:
        del here.running[heard]
        here.unwanted.discard(heard)


def _stop_here(plugin: str, heard: str, dask_worker: Any = None) -> None:
    """On a worker: stop a task, where it is here."""
    here = dask_worker.plugins.get(plugin)
    if here is None:
        return
    here.unwanted.add(heard)
    task = here.running.get(heard)
    if task is not None:
        task.stop()
