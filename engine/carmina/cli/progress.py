"""A progress bar on stderr, where a person is looking; where a program listens, it is told instead."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

WIDTH = 30
Report = Callable[[float, str], None]
_LISTENER: ContextVar[Report | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Report) -> Iterator[None]:
    """What commands report within goes to ``listener``, whether or not they are to be quiet."""
    before = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(before)


@contextmanager
def progress_bar(wanted: bool = True) -> Iterator[Report | None]:
    """Something to tell of progress, or None where stderr is no terminal or nobody wants it."""
    listener = _LISTENER.get()
    if listener is not None:
        yield listener
        return
    if not (wanted and sys.stderr.isatty()):
        yield None
        return
    try:
        yield _draw
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _draw(done: float, what: str) -> None:
    full = round(done * WIDTH)
    sys.stderr.write(f"\r\x1b[K[{'#' * full}{'.' * (WIDTH - full)}] {done:4.0%} {what}")
    sys.stderr.flush()
