"""Plugins of one file: no package, no entry point, named by their file.

Every ``*.py`` in ``$CARMINA_HOME/plugins``, and every file or folder named by ``$CARMINA_PLUGINS`` (a list as in
``$PATH``), is a plugin. They are loaded after the installed ones. A name that begins with ``_`` or ``.`` is not loaded,
so that such files can be imported by others or set aside.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from .places import plugins_folder

VARIABLE = "CARMINA_PLUGINS"


@dataclass(frozen=True, slots=True)
class Distribution:
    """Stands where an installed plugin names its distribution: the file, as the user would name it."""

    name: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class PluginFile:
    """What the registry needs of an entry point, for a plugin that is one file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def dist(self) -> Distribution:
        return Distribution(str(self.path))

    def load(self) -> ModuleType:
        """The module, imported under a name that no installed package has."""
        if not self.path.is_file():
            raise FileNotFoundError(f"no file {self.path} (named by {VARIABLE})")
        name = f"carmina_plugin_file_{self.path.stem}"
        spec = importlib.util.spec_from_file_location(name, self.path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{self.path} is not a Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up there
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        return module


def plugin_files() -> list[PluginFile]:
    """The user's plugins of one file: those of the plugins' folder by name, then those that the variable names, in its
    order."""
    named = [Path(part).expanduser() for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part.strip()]
    found = [path for place in (plugins_folder(), *named) for path in _in(place, listed=place in named)]
    return [PluginFile(path) for path in dict.fromkeys(found)]


def _in(place: Path, listed: bool) -> Iterator[Path]:
    if place.is_dir():
        files = (path for path in place.glob("*.py") if not path.name.startswith(("_", ".")))
        yield from sorted(files)
    elif listed:
        yield place
