"""What every pool is: an executor whose tasks have bounds, tell of their progress and can be stopped while they run."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from typing import Any

from .limits import Limits
from .tasks import Told, name_of


class Task(Future[Any]):
    """A task that was given to a pool."""

    def __init__(self, name: str, arguments: tuple[tuple[Any, ...], dict[str, Any]], limits: Limits, told: Told):
        super().__init__()
        self.name, self.arguments, self.limits, self.told = name, arguments, limits, told
        self.on_stop: Callable[[], None] = lambda: None  # set by the pool while the task runs
        self.stopped = False

    def stop(self) -> None:
        """Whether it waits or runs, it ends: as cancelled, or with :class:`~carmina.workers.Stopped`."""
        self.stopped = True
        if not self.cancel():
            self.on_stop()


class Pool(Executor):
    """An executor of tasks named ``module:function``."""

    limits: Limits

    @abstractmethod
    def enter(self, task: Task) -> None:
        """Take a task in; it runs when a worker is free."""

    def start(
        self,
        function: str | Callable[..., Any],
        *arguments: Any,
        limits: Limits | None = None,
        told: Told | None = None,
    ) -> Task:
        """Run a function with bounds of its own, and hear of its progress (in a thread of the pool)."""
        task = Task(name_of(function), (arguments, {}), limits or self.limits, told or _unheard)
        self.enter(task)
        return task

    def submit(self, fn: str | Callable[..., Any], /, *args: Any, **kwargs: Any) -> Task:
        """As of every executor; ``fn`` may be a name."""
        task = Task(name_of(fn), (args, kwargs), self.limits, _unheard)
        self.enter(task)
        return task

    def call(self, function: str | Callable[..., Any], *arguments: Any, timeout: float = 10.0) -> Any:
        """What a quick function gives, waited for; raises ``TooLong`` after so many seconds of work."""
        return self.start(function, *arguments, limits=replace(self.limits, seconds=timeout)).result()

    def as_done(
        self, function: str, many: Iterable[tuple[Any, ...]], ahead: int, limits: Limits | None = None
    ) -> Iterator[tuple[int, Task]]:
        """Each tuple of arguments by its number with its finished task, as they are done.

        At most ``ahead`` are in the pool at once, so that ``many`` may be long and made as it is read. Left early, what
        runs is stopped.
        """
        open_tasks: dict[Future[Any], int] = {}
        left = enumerate(many)
        try:
            while True:
                for number, arguments in itertools.islice(left, ahead - len(open_tasks)):
                    open_tasks[self.start(function, *arguments, limits=limits)] = number
                if not open_tasks:
                    return
                for task in wait(open_tasks, return_when=FIRST_COMPLETED).done:
                    assert isinstance(task, Task)
                    yield open_tasks.pop(task), task
        finally:
            for task in open_tasks:
                assert isinstance(task, Task)
                task.stop()


def _unheard(done: float, what: str) -> None:
    """Nobody listens."""
