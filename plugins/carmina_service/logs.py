"""A line of JSON for each event, with nothing in it that a user wrote: names of operations, states, sizes and times."""

from __future__ import annotations

import json
import sys
import time
from typing import TextIO


class Log:
    """Writes lines to a stream, stderr unless given."""

    def __init__(self, stream: TextIO | None = None, on: bool = True):
        self._stream, self._on = stream, on

    def __call__(self, event: str, **facts: str | int | float | None) -> None:
        """One event. Facts are chosen by the caller from what is ours: never a path, an option's value or a text."""
        if self._on:
            line = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "event": event, **facts}
            print(json.dumps(line), file=self._stream or sys.stderr, flush=True)
