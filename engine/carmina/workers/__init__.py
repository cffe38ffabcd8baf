"""Public: work done in processes of their own, with bounds; here by default, on a Dask cluster where one is named.

Both are a ``concurrent.futures.Executor`` (:class:`Pool`), and what runs on one runs on the other. A *task* is a
function that can be imported, named ``module:function``, with arguments of plain values (numbers, texts, bytes, lists,
tables); so is what it gives back. They travel as MessagePack: nothing is unpickled.

with open_pool(2) as pool:
    pool.submit("math:sqrt", 2.0).result()
"""

from __future__ import annotations

import os

from .limits import Limits
from .local import LocalPool
from .pool import Pool, Task
from .tasks import Stopped, TaskFault, TooLong, WorkerDied, listening, tell

__all__ = [
    "Limits",
    "LocalPool",
    "Pool",
    "Stopped",
    "Task",
    "TaskFault",
    "TooLong",
    "WorkerDied",
    "cores",
    "listening",
    "open_pool",
    "tell",
]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_pool(
    workers: int | None = None, cluster: str | None = None, limits: Limits | None = None, warm: str | None = None
) -> Pool:
    """Local processes (one a processor unless said), or the workers of the Dask cluster at ``cluster``
    (``tcp://HOST:PORT``).

    ``warm``: a function that each process calls before its first task. Raises ``BadInput`` where the cluster does not
    answer or ``distributed`` is not installed.
    """
    if cluster is None:
        return LocalPool(workers or cores(), limits, warm)
    from .cluster import ClusterPool

    return ClusterPool(cluster, limits, warm)
