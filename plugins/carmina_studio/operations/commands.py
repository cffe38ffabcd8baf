"""The command line's own commands, run where the models are warm: the studio does what they do and says what they
say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carmina import BadInput
from carmina.operations import perform


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, and the files that it wrote by name."""

    said: str
    files: Mapping[str, bytes]


def has_command(conductor: Any, name: str) -> bool:
    """Whether a plugin offers the command."""
    return name in conductor.all("command")


def told(name: str, arguments: Sequence[str], files: Mapping[str, bytes] | None = None) -> Done:
    """Run ``carmina NAME ARGUMENTS`` in a folder with these files; raises ``BadInput`` with its one line."""
    found = perform([name, *arguments], files or {})
    if found["error"] is not None:
        raise BadInput(found["error"])
    return Done(found["said"], found["files"])
