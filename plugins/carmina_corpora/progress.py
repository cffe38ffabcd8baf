"""A progress bar on stderr, where a person is looking."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 30
EVERY_SECONDS = 0.1


@contextmanager
def bar() -> Iterator[Callable[[float, str], None]]:
    """Something to tell how much (0..1) of what is done; it shows the time that is left."""
    if not sys.stderr.isatty():
        yield lambda done, what: None
        return
    began, shown = time.monotonic(), 0.0

    def draw(done: float, what: str) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown < EVERY_SECONDS and done < 1:
            return
        shown, full = now, round(done * WIDTH)
        left = (now - began) * (1 - done) / max(done, 1e-9)
        sys.stderr.write(f"\r\x1b[K[{'#' * full}{'.' * (WIDTH - full)}] {done:4.0%} {what}, {left:.0f} s left")
        sys.stderr.flush()

    try:
        yield draw
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
