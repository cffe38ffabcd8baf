"""Bearer tokens: a file with one a line, kept in memory only as their SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from carmina import BadInput

FEWEST = 20  # characters of a token
MOST_BYTES = 1_000_000


def read(path: Path, data: bytes) -> dict[str, str]:
    """SHA-256 of each token -> the client's name, from ``NAME TOKEN`` or ``TOKEN`` on each line; # begins a remark."""
    _check_private(path)
    found: dict[str, str] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        name, token = (words[0], words[1]) if len(words) == 2 else (f"client-{number}", words[0])
        if len(words) > 2 or not re.fullmatch(rf"[\x21-\x7e]{{{FEWEST},512}}", token):
            raise BadInput(
                f"line {number} of the token file is not a token: {FEWEST} to 512 plain characters, after a client's "
                "name or alone. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'."
            )
        found[digest(token)] = name[:64]
    if not found:
        raise BadInput("the token file holds no token. Put one on each line.")
    return found


def digest(token: str) -> str:
    """SHA-256 of a token, hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def client_of(header: str | None, tokens: Mapping[str, str]) -> str | None:
    """The client whose token an ``Authorization`` header shows, looked up by digest: its timing tells no token."""
    kind, _, token = (header or "").partition(" ")
    return tokens.get(digest(token.strip())) if kind.lower() == "bearer" and token else None


def _check_private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) & ~stat.S_IRGRP:
        raise BadInput(f"the token file {path.name!r} can be read or written by others. Run: chmod 600 {path.name}")
