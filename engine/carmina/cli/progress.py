"""A progress bar on stderr, where a person is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 30


@contextmanager
def progress_bar(wanted: bool = True) -> Iterator[Callable[[float, str], None] | None]:
    """Something to tell of progress, or None where stderr is no terminal or nobody wants it."""
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
