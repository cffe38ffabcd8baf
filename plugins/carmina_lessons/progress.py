"""Which steps a learner has done: one small file in their own folder."""

from __future__ import annotations

from pathlib import Path

import msgspec

from carmina import Workshop

MOST_BYTES = 1_000_000


class Done(msgspec.Struct):
    """Steps by lesson."""

    steps: dict[str, list[int]] = {}


class Progress:
    """What was done on this machine."""

    def __init__(self, workshop: Workshop):
        self._workshop = workshop
        self._path = workshop.own_folder("lessons") / "done.json"

    def done(self, lesson: str) -> set[int]:
        """Numbers of the steps of a lesson that were answered rightly."""
        return set(self._read().steps.get(lesson, ()))

    def mark(self, lesson: str, number: int) -> None:
        """A step was answered rightly."""
        known = self._read()
        known.steps[lesson] = sorted({*known.steps.get(lesson, ()), number})
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._workshop.save({self._path: msgspec.json.encode(known)})

    def forget(self) -> None:
        """Begin again."""
        Path(self._path).unlink(missing_ok=True)

    def _read(self) -> Done:
        try:
            if self._path.stat().st_size > MOST_BYTES:
                return Done()
            return msgspec.json.decode(self._path.read_bytes(), type=Done)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return Done()  # not there yet, or damaged: nothing of worth is lost
