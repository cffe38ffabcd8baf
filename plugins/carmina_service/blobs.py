"""Bytes by their SHA-256, each a file that is whole or not there."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

HASH = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """A folder of files that are named by what they hold."""

    def __init__(self, folder: Path):
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*/*.tmp"):  # of a process that was killed
            left.unlink(missing_ok=True)

    def put(self, data: bytes) -> str:
        """Keep the bytes; their hash."""
        name = hashlib.sha256(data).hexdigest()
        target = self._path(name)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            beside = target.with_name(f"{name}.{secrets.token_hex(4)}.tmp")
            with open(beside, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, target)
        return name

    def get(self, name: str) -> bytes:
        """The bytes of a hash; raises ``KeyError``."""
        if not HASH.fullmatch(name):
            raise KeyError(name)
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise KeyError(name) from None

    def path(self, name: str) -> Path:
        """The file of a hash; raises ``KeyError``."""
        if not HASH.fullmatch(name) or not self._path(name).is_file():
            raise KeyError(name)
        return self._path(name)

    def keep_only(self, wanted: Collection[str]) -> None:
        """Drop every blob that is not wanted."""
        for name in self._names():
            if name not in wanted:
                with suppress(OSError):
                    self._path(name).unlink()

    def _names(self) -> Iterator[str]:
        return (path.name for path in self._folder.glob("??/*") if HASH.fullmatch(path.name))

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name
