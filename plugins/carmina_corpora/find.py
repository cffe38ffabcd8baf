"""The files of a folder, in a fixed order: folders that are links are not entered, so that no loop holds us."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from carmina import BadInput

MOST_FILES = 1_000_000
OURS = {"corpus.toml", "left_out.tsv"}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, or a reason why this path is none to be read."""

    path: Path
    inside: str  # below the folder, with forward slashes
    reason: str = ""


def files_of(folder: Path) -> list[FoundFile]:
    """Every path below ``folder`` that is no folder, sorted; raises ``BadInput`` where there is no such folder."""
    if not os.path.isdir(folder):
        raise BadInput(f"there is no folder {str(folder)!r}. Name the one that holds the songs or poems.")
    found = []
    for item in _walk(folder):
        found.append(item)
        if len(found) > MOST_FILES:
            raise BadInput(f"{str(folder)!r} holds more than {MOST_FILES:,} files. Import it in parts.")
    return sorted(found, key=lambda item: item.inside)


def _walk(folder: Path) -> Iterator[FoundFile]:
    failed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=failed.append, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if os.path.islink(os.path.join(root, name)):
                yield _found_file(folder, root, name, "a link to a folder; links are not followed")
        for name in names:
            if not name.startswith(".") and name not in OURS:
                yield _found_file(folder, root, name, _why_not(os.path.join(root, name)))
        for fault in failed:
            yield FoundFile(Path(fault.filename), os.path.relpath(fault.filename, folder), "the folder cannot be read")
        failed.clear()


def _found_file(folder: Path, root: str, name: str, reason: str) -> FoundFile:
    path = Path(root, name)
    inside = path.relative_to(folder).as_posix()
    return FoundFile(path, inside.encode("utf-8", "replace").decode(), reason)  # a name need not be UTF-8


def _why_not(path: str) -> str:
    try:
        kind = os.stat(path).st_mode
    except OSError as fault:
        return f"cannot be read: {(fault.strerror or 'unknown').lower()}"
    return "" if stat.S_ISREG(kind) else "not a plain file"
