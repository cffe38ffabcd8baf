"""The command line's own commands, run where the models are warm: the studio does what they do and says what they
say."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from carmina import BadInput, UnknownEntry


@dataclass
class Run:
    """What a plugin's command finds as its context's object."""

    opened: Any  # the conductor that is warm
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def registry(self) -> Any:
        return self.opened.registry

    def conductor(self, progress: Any = None) -> Any:
        return self.opened

    @contextmanager
    def at_work(self, wanted: bool = True) -> Iterator[Any]:
        yield self.opened


def has_command(conductor: Any, name: str) -> bool:
    """Whether a plugin offers the command."""
    return name in conductor.all("command")


def told(conductor: Any, name: str, arguments: Sequence[str]) -> str:
    """What a plugin's command prints. Its errors are raised as they are; of a wrong option, in its own words."""
    if not has_command(conductor, name):
        raise UnknownEntry("command", name, conductor.all("command"))
    said = io.StringIO()
    command: click.Command = conductor.get("command", name)
    try:
        with redirect_stdout(said), redirect_stderr(io.StringIO()):
            command.main(list(arguments), f"carmina {name}", standalone_mode=False, obj=Run(conductor))
    except click.ClickException as fault:
        raise BadInput(fault.format_message()) from None
    return said.getvalue()


@contextmanager
def file_of(data: bytes, name: str) -> Iterator[Path]:
    """A file in a folder of its own while a command reads or writes beside it."""
    with tempfile.TemporaryDirectory(prefix="carmina-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path
