"""What a task may take."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of each task; one that is over them is stopped with its process, which is replaced."""

    seconds: float = 600.0  # in all
    quiet_seconds: float | None = None  # since it told last of its progress; None: as long as it likes
    memory_bytes: int = 4 * 2**30  # address space of its process; where the system has no such bound, none
    message_bytes: int = 256 * 2**20  # of its arguments, and of what it gives back
    start_seconds: float = 120.0  # for a process to come up and be warm
    retire_bytes: int = 2 * 2**30  # a process that holds more when a task is done is replaced by a fresh one


def bound_memory(most_bytes: int) -> None:
    """Bound this process's address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def resident_bytes(pid: int) -> int:
    """Memory that a process holds; 0 where the system does not say."""
    try:
        import resource

        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except (ImportError, OSError, ValueError, IndexError):
        return 0
