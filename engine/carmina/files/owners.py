"""Whose temporary files are whose. A name tells the machine, the process and when it started, so that what a dead
process left is known from what a living one is about to use."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

PREFIX, SUFFIX = ".carmina-", ".tmp"
ABANDONED_SECONDS = (
    24 * 3600
)  # after which what another machine (or this one, before it was started again) left is dead
_NAME = re.compile(
    r"\.carmina-(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,10})-(?P<start>\d{1,20})-[0-9a-f]{12}(\.[a-z0-9]{1,12})*"
)
_OLDER = re.compile(r"\.carmina-[0-9a-f]{12}\.tmp")  # as version 0.1 named them


def new_name() -> str:
    """A hidden name that no other file has, without a suffix, of this process."""
    process = os.getpid()
    return f"{PREFIX}{_machine()}-{process}-{_start(process) or 0}-{secrets.token_hex(6)}"


def is_ours(name: str) -> bool:
    """Whether a file's name is one that Carmina gives to what it has not finished."""
    return bool(_NAME.fullmatch(name) or _OLDER.fullmatch(name))


def is_dead(path: Path) -> bool:
    """Whether a file of ours was left by a process that runs no more; where that cannot be known, whether it is a day
    old."""
    named = _NAME.fullmatch(path.name)
    if named is None and not _OLDER.fullmatch(path.name):
        return False
    if named and named["machine"] == _machine() and os.name == "posix":
        return not _runs(int(named["process"]), int(named["start"]))
    with suppress(OSError):
        return time.time() - path.lstat().st_mtime > ABANDONED_SECONDS
    return False


def _runs(process: int, start: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        pass
    return start in (0, _start(process) or start)


def _start(process: int) -> int | None:
    """When a process was started, in clock ticks since the machine was; None where the system does not say."""
    try:
        return int(Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[19])
    except (OSError, IndexError, ValueError):
        return None


@lru_cache(maxsize=1)
def _machine() -> str:
    """This machine since it was last started, and this container of it, in eight hexadecimal digits."""
    told = [socket.gethostname()]
    with suppress(OSError):
        told.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip())
    with suppress(OSError):
        told.append(os.readlink("/proc/self/ns/pid"))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]
