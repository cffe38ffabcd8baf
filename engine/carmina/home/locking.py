"""A style's folder under a passphrase: ``style.locked`` in the place of its files (``carmina.sealing``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from .. import files, schema, sealing
from ..contracts import Style
from ..errors import BadInput
from .styles import CARD, MAX_BYTES, read_style, style_of

LOCKED = "style.locked"
MANY_BYTES = 512 * 2**20  # of one file of a style


def locked_style(folder: Path) -> Style:
    """What is known of a locked style without its passphrase: its folder's name."""
    return Style(folder.name, "your own, locked by a passphrase", locked=folder / LOCKED)


def lock(folder: Path, passphrase: str, cost: int = sealing.COST) -> list[str]:
    """Seal the files of a style, which are removed once the sealed ones were read back; their names.

    A folder in which both stand, as after a kill, is locked anew: what is readable is what was used last.
    """
    check_unlocked(folder)
    read_style(folder)  # one that cannot be used is not hidden
    sealing.check_passphrase(passphrase)
    contents = _plain(folder)
    files.write_all({folder / LOCKED: sealing.sealed(contents, passphrase, cost)})
    if _opened(folder, passphrase) != contents or _plain(folder) != contents:
        raise BadInput(f"the style {folder.name!r} was changed while it was locked. Its files stand as they did.")
    _remove(folder, contents)
    return list(contents)


def unlock(folder: Path, passphrase: str) -> list[str]:
    """The files of a locked style as they were; the sealed one is removed once they were read back. Their names."""
    check_locked(folder)
    contents = _opened(folder, passphrase)
    standing = {name: data for name, data in _plain(folder).items() if contents.get(name, data) != data}
    if standing:
        raise BadInput(
            f"the folder {str(folder)!r} holds another {next(iter(standing))} beside the locked one. Lock the style "
            "again to keep what is readable, or move that file away."
        )
    files.write_all({folder / name: data for name, data in contents.items()})
    if any((folder / name).read_bytes() != data for name, data in contents.items()):
        raise BadInput(f"the style {folder.name!r} did not come back as it was. It stays locked.")
    _remove(folder, [LOCKED])
    return list(contents)


def check_unlocked(folder: Path) -> None:
    """Raise ``BadInput`` unless a style that can be locked is there."""
    if not (folder / CARD).is_file():
        known = (folder / LOCKED).is_file()
        raise BadInput(f"the style {folder.name!r} is locked already." if known else _unknown(folder))


def check_locked(folder: Path) -> None:
    """Raise ``BadInput`` unless a locked style is there."""
    if not (folder / LOCKED).is_file():
        known = (folder / CARD).is_file()
        raise BadInput(f"the style {folder.name!r} is not locked." if known else _unknown(folder))


def opened_style(style: Style, passphrase: str) -> tuple[Style, Mapping[Path, bytes]]:
    """A locked style as its card has it, and its model files by the paths that it names: they stand nowhere else."""
    assert style.locked is not None
    contents = _opened(style.locked.parent, passphrase)
    what = f"the style {style.name!r}"
    if CARD not in contents:
        raise BadInput(f"{what} holds no {CARD}. Unlock it and look.")
    found = style_of(schema.toml(contents[CARD], what, MAX_BYTES), style.locked)
    if found.name != style.name:
        raise BadInput(f"{what} calls itself {found.name!r}. Name its folder so.")
    return found, {style.locked / name: data for name, data in contents.items()}


def _opened(folder: Path, passphrase: str) -> dict[str, bytes]:
    data = files.read(folder / LOCKED, sealing.MOST_BYTES, "the locked style")
    contents = sealing.opened(data, passphrase, f"the locked style {folder.name!r}")
    strange = next((name for name in contents if not _plain_name(name)), None)
    if strange is not None:
        raise BadInput(f"the locked style {folder.name!r} holds {strange!r}, which is no file of a style.")
    return contents


def _plain(folder: Path) -> dict[str, bytes]:
    """The readable files of a style's folder by name; raises ``BadInput`` where something else is in it."""
    found = [path for path in sorted(folder.iterdir()) if path.name != LOCKED and not path.name.startswith(".")]
    if strange := next((path for path in found if path.is_symlink() or not path.is_file()), None):
        raise BadInput(f"the style's folder holds {str(strange)!r}, which is no plain file. Move it away first.")
    return {path.name: files.read(path, MANY_BYTES, "the file") for path in found}


def _plain_name(name: str) -> bool:
    return bool(name) and Path(name).name == name and not name.startswith(".") and "\0" not in name and name != LOCKED


def _remove(folder: Path, names: Mapping[str, bytes] | list[str]) -> None:
    """Remove files of a style, the card first: without it the others are nobody's."""
    for name in sorted(names, key=lambda name: name != CARD):
        try:
            os.unlink(folder / name)
        except OSError as fault:
            raise BadInput(f"cannot remove {str(folder / name)!r}: {fault.strerror}. Remove it yourself.") from fault


def _unknown(folder: Path) -> str:
    known = sorted({path.parent.name for name in (CARD, LOCKED) for path in folder.parent.glob(f"*/{name}")})
    return f"there is no style of your own called {folder.name!r}. There are: {', '.join(known) or 'none'}."
