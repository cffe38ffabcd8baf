"""``carmina style``: styles of one's own under a passphrase."""

from __future__ import annotations

from pathlib import Path

import click

from ..home import styles_folder
from ..home.locking import check_locked, check_unlocked
from ..home.locking import lock as lock_folder
from ..home.locking import unlock as unlock_folder
from ..home.styles import check_name
from .passphrase import new_passphrase, passphrase_of


@click.group(short_help="Lock a style of your own by a passphrase, or unlock it.")
def style() -> None:
    """Styles of your own (`carmina finetune`, `carmina learn`), encrypted on the disk by a passphrase.

    Composing and verse with a locked style ask for it and decrypt in memory only. For scripts CARMINA_PASSPHRASE_FILE
    names a file whose first line is the passphrase, or CARMINA_PASSPHRASE is itself.
    """


@style.command()
@click.argument("name")
def lock(name: str) -> None:
    """Encrypt the style NAME; its readable files are removed once the encrypted one was read back.

    Without the passphrase nobody can open it again. What was learnt from (corpora, kept works) is not part of it, and
    backups and the disk itself may hold older copies.
    """
    folder = _folder(name)
    check_unlocked(folder)  # before anybody thinks of a passphrase
    many = lock_folder(folder, new_passphrase(name))
    click.echo(f"locked {name}: only the passphrase opens {', '.join(many)} now", err=True)


@style.command()
@click.argument("name")
def unlock(name: str) -> None:
    """Bring back the readable files of the style NAME."""
    folder = _folder(name)
    check_locked(folder)
    many = unlock_folder(folder, passphrase_of(name))
    click.echo(f"unlocked {name}: {', '.join(many)}", err=True)


def _folder(name: str) -> Path:
    check_name(name, "NAME")
    return styles_folder() / name
