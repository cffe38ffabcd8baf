"""The journal of a set of files: what is to be done is noted before it is done, so that a kill at any moment leaves a
set that the next start makes whole.

A note is one small file in ``$CARMINA_HOME/journal`` (beside the first target where that cannot be written). Its name
ends in what is being done: ``staging``, of which nothing is to be kept; ``placing``, which is carried to its end;
``undoing``, which is taken back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ..places import journals
from .owners import PREFIX, is_dead, is_ours, new_name
from .steps import Contents, Step, remove, write

STAGING, PLACING, UNDOING = "staging", "placing", "undoing"
MOST_BYTES = 4 * 2**20  # of one note


def carry_out(outputs: Mapping[Path, Contents]) -> None:
    """Put every file or folder in place, or none; raises ``OSError``. Targets are absolute, and their folders are
    there."""
    for folder in {target.parent for target in outputs}:
        sweep(folder)
    name = new_name()
    steps = [Step.of(target, name, number, contents) for number, (target, contents) in enumerate(outputs.items())]
    note = _Note(name, steps)
    try:
        note.write()
        for step, contents in zip(steps, outputs.values(), strict=True):
            step.stage(contents)
        note.turn(PLACING)
        try:
            for step in steps:
                step.place()
        except BaseException:
            with suppress(OSError):
                note.turn(UNDOING)
            note.stays = sum(map(_undone, reversed(steps))) < len(steps)
            raise
    finally:
        if not note.stays:
            for step in steps:
                step.discard()
            note.remove()


def _undone(step: Step) -> bool:
    try:
        step.undo()
    except OSError:  # the next start tries again: what stood there is kept until then
        return False
    return True


def recover() -> list[str]:
    """Carry to its end, or take back, what processes that were killed left half done. Says what was put in place, a
    line a set."""
    said = []
    for file in (*_notes(journals()), *_notes(Path.cwd())):
        with suppress(OSError, ValueError, TypeError, RecursionError):
            if placed := _finished(file):
                said.append(
                    f"{', '.join(placed)}: an earlier run was killed while it wrote; what it had made is now in place."
                )
    return said


def sweep(folder: Path) -> None:
    """Remove what dead processes left in a folder under our hidden names; what a note still speaks of is finished
    first."""
    left = [Path(entry.path) for entry in _scanned(folder) if is_ours(entry.name)]
    if any(map(is_dead, left)):
        recover()
    for path in left:
        if is_dead(path):
            remove(path)


def _finished(file: Path) -> list[str]:
    """The targets that were put in place now."""
    ours = file.with_name(f"{new_name()}{file.suffix}")
    os.rename(file, ours)  # one of several that start together does it
    try:
        if ours.stat().st_size > MOST_BYTES:
            return []
        steps = [Step.read(noted) for noted in json.loads(ours.read_bytes())]
        placed = []
        for step in steps if file.suffix != f".{UNDOING}" else reversed(steps):
            if file.suffix == f".{UNDOING}":
                step.undo()
            elif file.suffix == f".{PLACING}" and step.finish():
                placed.append(str(step.target))
        for step in steps:
            step.discard()
        return placed
    finally:
        remove(ours)


def _notes(folder: Path) -> Iterator[Path]:
    """Notes that dead processes left in a folder."""
    ends = tuple(f".{what}" for what in (STAGING, PLACING, UNDOING))
    found = [Path(entry.path) for entry in _scanned(folder) if is_ours(entry.name)]
    for path in sorted(found):
        if is_dead(path):
            if path.suffix in ends:
                yield path
            elif folder == journals():
                remove(path)  # half a note


def _scanned(folder: Path) -> Iterable[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry for entry in entries if entry.name.startswith(PREFIX)]
    return []


class _Note:
    """The note of one set."""

    def __init__(self, name: str, steps: list[Step]):
        self._name, self._steps = name, steps
        self._path: Path | None = None
        self.stays = False  # something is still to be undone

    def write(self) -> None:
        """Note what is about to be staged."""
        try:
            os.makedirs(journals(), exist_ok=True)
            self._put(journals())
        except (PermissionError, FileNotFoundError, NotADirectoryError, FileExistsError):
            self._put(self._steps[0].target.parent)

    def _put(self, folder: Path) -> None:
        half, path = folder / f"{self._name}.note.tmp", folder / f"{self._name}.{STAGING}"
        try:
            write(half, json.dumps([step.noted() for step in self._steps]).encode())
            os.replace(half, path)
        finally:
            remove(half)
        self._path = path

    def turn(self, doing: str) -> None:
        """Note what is done from now on: one rename, which needs no room on a full disk."""
        assert self._path is not None
        turned = self._path.with_suffix(f".{doing}")
        os.rename(self._path, turned)
        self._path = turned

    def remove(self) -> None:
        if self._path is not None:
            remove(self._path)
