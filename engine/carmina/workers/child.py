"""The life of a worker process: tasks in, outcomes out, until the other end closes."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import threading
import warnings
from contextlib import suppress
from multiprocessing.connection import Connection

from .limits import Limits, bound_memory
from .tasks import function_of, outcome, packed, unpacked

READY, TOLD, DONE = b"r", b"t", b"d"  # the first byte of what a worker says


def serve(pipe: Connection, limits: Limits, warm: str | None, scratch: str) -> None:
    """Run tasks one after the other. When the process that started this one is gone, so is this one, at once."""
    with suppress(OSError, AttributeError):  # a group of its own, so that what it starts ends with it; not on Windows
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started it decides
    _use_scratch(scratch)
    _leave_stdio()
    bound_memory(limits.memory_bytes)
    warnings.simplefilter("ignore")  # a broken plugin is named by whoever started this
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, waiting, scratch), daemon=True).start()
    if warm:
        with suppress(Exception):  # its first task will say what is wrong
            function_of(warm)()
    _say_no_more()
    pipe.send_bytes(READY)
    while True:
        name, arguments, most_bytes = unpacked(waiting.get())

        def told(done: float, what: str) -> None:
            with suppress(OSError):
                pipe.send_bytes(TOLD + packed([done, what], 2**20, "a word on progress"))

        pipe.send_bytes(DONE + outcome(name, arguments, told, most_bytes))


def _listen(pipe: Connection, waiting: queue.SimpleQueue[bytes], scratch: str) -> None:
    try:
        while True:
            waiting.put(pipe.recv_bytes())
    except (EOFError, OSError):
        shutil.rmtree(scratch, ignore_errors=True)
        with suppress(OSError, AttributeError):  # what it started goes too
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(0)


def _leave_stdio() -> None:
    """What is printed in here goes to stderr: the parent's stdout may carry a protocol, its stdin is not ours."""
    with suppress(OSError, ValueError):
        os.dup2(2, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def _say_no_more() -> None:
    """What libraries print of their own, under Python or over it, is for nobody: it may name a client's files."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)


def _use_scratch(scratch: str) -> None:
    """Temporary files go where the process that started this one sweeps them."""
    import tempfile

    os.environ["TMPDIR"] = tempfile.tempdir = scratch
