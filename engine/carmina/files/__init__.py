"""Files, read with a bound and written whole or not at all; a kill leaves sets that the next start makes whole
(``journal``)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import BadInput
from .journal import carry_out, recover, sweep
from .owners import SUFFIX, new_name
from .steps import Contents, remove

__all__ = [
    "MAX_BYTES",
    "MAX_NAME_BYTES",
    "bounded",
    "check_folder",
    "check_output",
    "check_target",
    "growing",
    "ends",
    "read",
    "recover",
    "sweep",
    "write_all",
    "write_folder",
]

MAX_BYTES = 1_000_000  # of a lyrics file
MAX_NAME_BYTES = 255  # of a file's name: what file systems allow


def read(path: Path, limit: int = MAX_BYTES, what: str = "") -> bytes:
    """The file's bytes, at most ``limit`` of them; ``what`` it is, for messages."""
    named = f"{what} {path}" if what else repr(str(path))
    if os.path.isdir(path):
        raise BadInput(f"cannot read {named}: it is a folder. Name a file.")
    try:
        with path.open("rb") as file:
            return bounded(file.read(limit + 1), str(path), limit)
    except (OSError, ValueError) as fault:
        raise BadInput(f"cannot read {named}: {_reason(fault)}. Check the name and the permissions.") from fault


def ends(path: Path, head: int, tail: int) -> bytes:
    """The first ``head`` and the last ``tail`` bytes of a file, which may be of any size; all of a shorter one."""
    if os.path.isdir(path):
        raise BadInput(f"cannot read {str(path)!r}: it is a folder. Name a file.")
    try:
        with path.open("rb") as file:
            first = file.read(head)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(head, size - tail))
            return first + file.read(tail)
    except (OSError, ValueError) as fault:
        raise BadInput(f"cannot read {str(path)!r}: {_reason(fault)}. Check the name and the permissions.") from fault


def bounded(data: bytes, name: str, limit: int = MAX_BYTES) -> bytes:
    """``data`` itself, or :class:`BadInput` when it is longer than ``limit``."""
    if len(data) > limit:
        raise BadInput(f"too long: {name!r} holds more than {limit:,} bytes, the most that is read. Set it in parts.")
    return data


def named(path: Path) -> str:
    """The name by which a format is told: the file's own, or that of a text where it has no suffix."""
    return path.name if path.suffix else f"{path.name}.txt"


def numbered(path: Path, number: int) -> Path:
    """``NAME-2.mid`` beside ``NAME.mid``; a double suffix (``NAME.sung.wav``) stays whole."""
    double = len(path.suffixes) > 1 and re.fullmatch(r"\.[a-z]{2,8}", path.suffixes[-2])
    suffix = "".join(path.suffixes[-2:]) if double else path.suffix
    return path.with_name(f"{path.name.removesuffix(suffix)}-{number}{suffix}")


def check_target(path: Path, *sources: Path) -> None:
    """Refuse a target that cannot be written, or that is one of the ``sources`` which are read, before any work is done
    for it."""
    folder = path.parent
    if os.path.isdir(path):
        raise BadInput(f"cannot write {str(path)!r}: it is a folder. Name a file in it.")
    if not os.path.isdir(folder):
        raise BadInput(f"cannot write {str(path)!r}: there is no folder {str(folder)!r}. Make it first.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise BadInput(f"cannot write {str(path)!r}: it is not a plain file. Choose another name.")
    if len(os.fsencode(path.name)) > MAX_NAME_BYTES:
        raise BadInput(
            f"cannot write {str(path)[:60]!r}...: file name too long, over {MAX_NAME_BYTES} bytes. Choose a "
            "shorter one."
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(f"cannot write {str(path)!r}: the folder {str(folder)!r} is not writable. Choose another.")
    if any(path.exists() and source.exists() and path.samefile(source) for source in sources):
        raise BadInput(f"{str(path)!r} is what is read; writing there would lose it. Name another file.")


def check_output(path: Path) -> None:
    """As :func:`check_target`, for a file whose folder is made where it is missing."""
    check_folder(path.parent)
    if os.path.isdir(path.parent):
        check_target(path)


def check_folder(folder: Path) -> None:
    """Refuse a folder that is not there and cannot be made, or in which nothing can be written."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    if not os.path.isdir(there):
        raise BadInput(f"cannot write in {str(folder)!r}: {str(there)!r} is no folder. Choose another place.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise BadInput(f"cannot write in {str(folder)!r}: the folder {str(there)!r} is not writable. Choose another.")


def write_all(outputs: Mapping[Path, bytes]) -> None:
    """Write every file, or none: on any failure what stood there before still stands.

    Each goes to a temporary file beside its target, is flushed to the disk, and is then renamed over the target. After
    a kill the next start (:func:`recover`) finds either all of the old files or all of the new.
    """
    targets = {path: Path(os.path.realpath(path)) for path in outputs}
    for target in targets.values():
        check_target(target)
    _carry_out(targets, {targets[path]: data for path, data in outputs.items()})


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """A folder with these files and no others, whole or not at all; one that stood there goes when this one stands."""
    target = Path(os.path.abspath(folder))
    if not os.path.isdir(target.parent):
        raise BadInput(f"cannot write {str(folder)!r}: there is no folder {str(target.parent)!r}. Make it first.")
    _carry_out({folder: target}, {target: contents})


@contextmanager
def growing(folder: Path) -> Iterator[Path]:
    """A new folder that is filled while the block lasts: hidden until the block ends well, gone where it does not.

    For what is too large for memory; what a kill leaves is swept as other unfinished files are.
    """
    target = Path(os.path.abspath(folder))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        staged = target.parent / f"{new_name()}{SUFFIX}"
        staged.mkdir()
        try:
            yield staged
            os.rename(staged, target)
        finally:
            remove(staged)
    except OSError as fault:
        raise BadInput(
            f"cannot write {str(folder)!r}: {_reason(fault)}. Nothing was written; choose another place."
        ) from fault


def _carry_out(targets: Mapping[Path, Path], outputs: Mapping[Path, Contents]) -> None:
    try:
        carry_out(outputs)
    except OSError as fault:
        name = os.path.basename(str(fault.filename2 or fault.filename or ""))
        number = name.split(".")[2] if name.startswith(".carmina-") and name.count(".") > 2 else ""
        by_number = list(targets)[int(number)] if number.isdecimal() else next(iter(targets))
        named = next((path for path, target in targets.items() if name and name in (path.name, target.name)), by_number)
        raise BadInput(
            f"cannot write {str(named)!r}: {_reason(fault)}. Nothing was written; choose another place."
        ) from fault


def _reason(fault: Exception) -> str:
    return (getattr(fault, "strerror", None) or str(fault)).strip().lower() or type(fault).__name__
