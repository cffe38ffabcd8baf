"""Where a passphrase comes from: the environment, a file that it names, or whoever sits at the terminal; never from
the command line, where other processes and the shell's history see it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from .. import files
from ..errors import BadInput
from ..sealing import check_passphrase

VARIABLE, FILE_VARIABLE = "CARMINA_PASSPHRASE", "CARMINA_PASSPHRASE_FILE"
MOST_BYTES = 8192  # of the file


def passphrase_of(style: str) -> str:
    """The passphrase of a locked style."""
    given = _given()
    return _asked(f"passphrase of the style {style}") if given is None else given


def new_passphrase(style: str) -> str:
    """A passphrase to lock a style with; at a terminal it is asked for twice. Raises ``BadInput``."""
    given = _given()
    if given is not None:
        return check_passphrase(given)
    first = check_passphrase(_asked(f"new passphrase for the style {style} (nobody can find it again for you)"))
    if _asked("the same once more") != first:
        raise BadInput("the two passphrases differ, so nothing was locked. Try again.")
    return first


def _given() -> str | None:
    """What the environment says; an empty passphrase is none."""
    if os.environ.get(VARIABLE):
        return os.environ[VARIABLE]
    named = os.environ.get(FILE_VARIABLE)
    if not named:
        return None
    data = files.read(Path(named), MOST_BYTES, f"{FILE_VARIABLE},")
    try:
        text = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise BadInput(f"the file {named} of {FILE_VARIABLE} is not UTF-8 text.") from fault
    if not text or not text[0]:
        raise BadInput(f"the file {named} of {FILE_VARIABLE} has no passphrase in its first line.")
    return text[0]


def _asked(what: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            f"{what}: there is no terminal to ask at. Set {FILE_VARIABLE} to a file whose first line it is, or "
            f"{VARIABLE} to itself."
        )
    answer: str = click.prompt(what, hide_input=True, err=True, default="", show_default=False)
    return answer
