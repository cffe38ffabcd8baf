"""Speed of a run, and the time that is left."""

from __future__ import annotations

import time


class Clock:
    """Started when a run begins or goes on; ``ids`` is counted up by the run."""

    def __init__(self, step: int):
        self._first, self._began, self.ids = step, time.monotonic(), 0

    @property
    def speed(self) -> float:
        """Ids a second, padding and validations included."""
        return self.ids / max(1e-9, time.monotonic() - self._began)

    def left(self, step: int, steps: int) -> float:
        """Seconds to the last step, if all go as those so far."""
        return (time.monotonic() - self._began) / max(1, step - self._first) * (steps - step)
