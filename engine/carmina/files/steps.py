"""One file or folder on its way into place: staged beside its target, put there, or taken back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .owners import is_ours

Contents = bytes | Mapping[str, bytes]


@dataclass(slots=True)
class Step:
    """What is known of one target while its set is being written; all of it can be noted in a journal."""

    target: Path
    staged: Path  # beside it: what is to stand there
    kept: Path  # beside it: what stood there before
    stood: tuple[int, int] | None  # size and time of what stood there, None where nothing did
    folder: bool

    @classmethod
    def of(cls, target: Path, name: str, number: int, contents: Contents) -> Step:
        place = target.parent
        return cls(
            target,
            place / f"{name}.{number}.tmp",
            place / f"{name}.{number}.old.tmp",
            _seen(target),
            not isinstance(contents, bytes),
        )

    # ---- forward ------------------------------------------------------------------------------------------------

    def stage(self, contents: Contents) -> None:
        """Write what is to stand there under its hidden name, and keep hold of what stands there now."""
        if isinstance(contents, bytes):
            write(self.staged, contents)
            if self.stood is not None:
                _keep(self.target, self.kept)
        else:
            os.mkdir(self.staged)
            for name, data in contents.items():
                os.makedirs((self.staged / name).parent, exist_ok=True)
                write(self.staged / name, data)

    def place(self) -> None:
        """Rename it over its target; of a folder what stands there is renamed away first."""
        if self.folder and os.path.lexists(self.target):
            os.rename(self.target, self.kept)
        os.replace(self.staged, self.target)

    # ---- back, and again ----------------------------------------------------------------------------------------

    def undo(self) -> None:
        """What stood there stands there again, once all was staged. May be done twice."""
        placed = not os.path.lexists(self.staged)  # since to place it is to rename it
        if placed and (self.folder or self.stood is None) and os.path.lexists(self.target):
            os.rename(self.target, self.staged)
        if os.path.lexists(self.kept) and (placed or self.folder):
            os.replace(self.kept, self.target)

    def finish(self) -> bool:
        """Place it if that is still to be done, unless somebody has written there since. Whether it was placed."""
        if not os.path.lexists(self.staged) or _seen(self.target) not in (self.stood, None):
            return False
        self.place()
        return True

    def discard(self) -> None:
        """Remove what is left under hidden names."""
        for path in (self.staged, self.kept):
            remove(path)

    # ---- as a journal has it --------------------------------------------------------------------------------------

    def noted(self) -> list[Any]:
        """Plain values: :meth:`read` undoes it."""
        return [str(self.target), self.staged.name, self.kept.name, self.stood, self.folder]

    @classmethod
    def read(cls, noted: Any) -> Step:
        """Raises ``ValueError`` where a name is not one of ours."""
        target, staged, kept, stood, folder = noted
        place = Path(target)
        if not (place.is_absolute() and all(is_ours(name) and name.endswith(".tmp") for name in (staged, kept))):
            raise ValueError("no step of ours")
        return cls(place, place.parent / staged, place.parent / kept, tuple(stood) if stood else None, folder is True)


def write(path: Path, data: bytes) -> None:
    """A new file, flushed to the disk; the umask decides its permissions, as for any new file."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        fault.filename = str(path)
        raise


def remove(path: Path) -> None:
    """Remove a file or a folder of ours, if it is there and lets itself be removed."""
    with suppress(OSError):
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def _keep(target: Path, copy: Path) -> None:
    try:
        os.link(target, copy)
    except OSError:  # a file system without hard links
        write(copy, target.read_bytes())


def _seen(path: Path) -> tuple[int, int] | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
