"""The list of commands that ``carmina --help`` shows, kept from one run to the next: to list plugins' commands takes no
import of them.

It is kept in the user's folder with what it depends on: the version, the search path of Python and when each folder on
it changed (installing or removing a package changes one), and the files of Carmina and of every plugin that was loaded
for it. Where anything is another, or cannot be read, the plugins are asked. It is kept only where no plugin was left
out, wrong, or of one file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..places import home, plugins_folder

MOST_BYTES = 2**20
FIELDS = ("help", "short_help", "hidden", "deprecated")  # of a command, that its row is made from
VARIABLES = ("CARMINA_PLUGINS", "CARMINA_WITHOUT")  # which make it another list; it is not kept then


class Rows(click.Group):
    """Commands that can be listed and no more, in the order given."""

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]):
        super().__init__(commands={name: click.Command(name, **row) for name, row in rows.items()})

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)


def usable() -> bool:
    """Whether the plugins are those that are installed and none is loaded yet, as in a process of the command line."""
    loaded = f"{__package__.partition('.')[0]}.registry" in sys.modules
    return not (loaded or any(os.environ.get(name) for name in VARIABLES) or plugins_folder().exists())


def kept() -> Mapping[str, Mapping[str, Any]] | None:
    """Rows by command, where they still hold; else ``None``."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        if _file().stat().st_size <= MOST_BYTES:
            noted = json.loads(_file().read_bytes())
            if noted["place"] == _place() and all(_seen(path) == seen for path, seen in noted["files"].items()):
                rows: dict[str, dict[str, Any]] = {
                    str(name): {field: row[field] for field in FIELDS} for name, row in noted["rows"].items()
                }
                Rows(rows)  # what is no row raises
                return rows
    return None


def keep(commands: Sequence[tuple[str, click.Command]]) -> None:
    """Note the rows of these commands and what they depend on; where that cannot be done, nothing is lost."""
    rows = {name: {field: getattr(command, field) for field in FIELDS} for name, command in commands}
    packages = {type(command).__module__.partition(".")[0] for _, command in commands}
    packages |= {getattr(command.callback, "__module__", "").partition(".")[0] for _, command in commands}
    noted = {"place": _place(), "files": dict(_files(packages | _offering())), "rows": rows}
    with suppress(OSError, TypeError, ValueError):
        data = json.dumps(noted).encode()
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_name(f"{file.name}.{os.getpid()}")
        partial.write_bytes(data)
        os.replace(partial, file)


def _file() -> Path:
    return home() / "commands.json"


def _place() -> list[Any]:
    return [__version__, sys.version, [[path, _seen(path)] for path in sys.path]]


def _seen(path: str) -> list[int] | None:
    """When a file or folder changed, and its size."""
    try:
        found = os.stat(path or ".")
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_size]


def _offering() -> set[str]:
    """The packages of all plugins."""
    from importlib.metadata import entry_points

    from ..registry import GROUP

    return {point.module.partition(".")[0] for point in entry_points(group=GROUP)}


def _files(packages: set[str]) -> Iterator[tuple[str, list[int] | None]]:
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if path and name.partition(".")[0] in packages:
            yield path, _seen(path)
