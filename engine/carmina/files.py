"""Files, read with a bound and written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from .errors import BadInput

MAX_BYTES = 1_000_000  # of a lyrics file


def read(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes, at most ``limit`` of them."""
    if os.path.isdir(path):
        raise BadInput(f"cannot read {str(path)!r}: it is a folder. Name a file.")
    try:
        with path.open("rb") as file:
            return bounded(file.read(limit + 1), str(path), limit)
    except (OSError, ValueError) as fault:
        raise BadInput(f"cannot read {str(path)!r}: {_reason(fault)}. Check the name and the permissions.") from fault


def bounded(data: bytes, name: str, limit: int = MAX_BYTES) -> bytes:
    """``data`` itself, or :class:`BadInput` when it is longer than ``limit``."""
    if len(data) > limit:
        raise BadInput(f"too long: {name!r} holds more than {limit:,} bytes, the most that is read. Set it in parts.")
    return data


def check_target(path: Path) -> None:
    """Refuse a target that cannot be written, before any work is done for it."""
    folder = path.parent
    if os.path.isdir(path):
        raise BadInput(f"cannot write {str(path)!r}: it is a folder. Name a file in it.")
    if not os.path.isdir(folder):
        raise BadInput(f"cannot write {str(path)!r}: there is no folder {str(folder)!r}. Make it first.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise BadInput(f"cannot write {str(path)!r}: it is not a plain file. Choose another name.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(f"cannot write {str(path)!r}: the folder {str(folder)!r} is not writable. Choose another.")


def write_all(outputs: Mapping[Path, bytes]) -> None:
    """Write every file, or none: on any failure what stood there before still stands.

    Each goes to a temporary file beside its target, is flushed to the disk, and is then renamed over the target.
    """
    targets = {path: Path(os.path.realpath(path)) for path in outputs}
    for target in targets.values():
        check_target(target)
    staged: dict[Path, Path] = {}
    try:
        for path, data in outputs.items():
            staged[targets[path]] = _beside(targets[path])
            _stage(staged[targets[path]], data)
        _put_in_place(staged)
    except OSError as fault:
        name = str(fault.filename2 or fault.filename or next(iter(outputs)))
        named = next((str(p) for p, t in targets.items() if name in (str(t), str(staged.get(t)))), name)
        raise BadInput(f"cannot write {named!r}: {_reason(fault)}. Nothing was written; choose another place.") from fault
    finally:
        _discard(staged.values())


def _beside(target: Path) -> Path:
    return target.parent / f".carmina-{secrets.token_hex(6)}.tmp"


def _stage(temporary: Path, data: bytes) -> None:
    # opened by hand so that the umask decides the permissions, as for any new file
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        fault.filename = str(temporary)
        raise


def _put_in_place(staged: Mapping[Path, Path]) -> None:
    kept: dict[Path, Path] = {}  # what stood at each target before
    placed: list[Path] = []
    try:
        for target in staged:
            if os.path.exists(target):
                kept[target] = _beside(target)
                _keep(target, kept[target])
        for target, temporary in staged.items():
            placed.append(target)
            os.replace(temporary, target)
    except BaseException:
        for target in placed:
            if target in kept:
                os.replace(kept[target], target)
            elif not staged[target].exists():
                target.unlink(missing_ok=True)
        raise
    finally:
        _discard(kept.values())


def _keep(target: Path, copy: Path) -> None:
    try:
        os.link(target, copy)
    except OSError:  # a file system without hard links
        _stage(copy, target.read_bytes())


def _discard(paths: object) -> None:
    for path in tuple(paths):  # type: ignore[arg-type]
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _reason(fault: Exception) -> str:
    return (getattr(fault, "strerror", None) or str(fault)).strip().lower() or type(fault).__name__
