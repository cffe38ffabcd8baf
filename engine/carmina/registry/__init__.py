"""Finds the plugins and answers for their entries by kind and name.

pluggy's own entry-point loader drops a second plugin of one name in silence and lets one failing import abort all, so
loading is done here: each entry point of the group ``carmina``, and each plugin of one file, is imported alone, and a
failure is kept with its reason. Nothing that one plugin does stops another: what two of them call alike is told, and
refused only when it is asked for.
"""

from __future__ import annotations

import os
import re
import time
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

import pluggy

from .. import hookspecs
from ..errors import BrokenPlugin, BrokenPluginWarning, CarminaError, DuplicateEntry, UnknownEntry
from ..plugin_files import plugin_files
from .checks import CONTRACTS, HOOKS, KINDS, check_api, check_entry, check_task, hook_faults
from .owners import owner, package_of, reason

__all__ = ["CONTRACTS", "HOOKS", "KINDS", "BrokenPluginWarning", "Listed", "Loaded", "Registry"]

GROUP = "carmina"
WITHOUT = "CARMINA_WITHOUT"  # names of plugins to leave out, with commas or spaces between them


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as ``carmina plugins`` shows it."""

    kind: str
    name: str
    summary: str
    licence: str
    distribution: str
    plugin: str


@dataclass(slots=True)
class Loaded:
    """One plugin, whether or not it works."""

    name: str
    distribution: str
    version: str
    seconds: float = 0.0  # that importing it and calling its hooks took, on the clock


class Registry:
    """Every entry of every plugin that loads."""

    def __init__(self, points: Iterable[Any] | None = None, strict: bool = False, without: Iterable[str] = ()):
        """``points``: entry points; unless given, those that are installed and then the user's plugins of one file.
        ``without``: names of plugins, or of their distributions, that are left out; raises ``UnknownEntry`` for one
        that is none."""
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self._entries: dict[str, dict[str, Any]] = {}
        self._listed: dict[str, list[Listed]] = {}
        self._rivals: dict[tuple[str, str], DuplicateEntry] = {}
        self._packages: dict[str, str] = {}  # plugin -> the package that its code stands in
        self.plugins: dict[str, Loaded] = {}
        self.broken: dict[str, str] = {}  # plugins, or hooks of theirs, that were left out, with the reason
        self.faults: list[str] = []  # what else is wrong: names that two plugins use, hooks that are never called
        self.left_out: list[str] = []  # by wish
        self._strict = strict
        self._load_all(points, list(without))

    def _load_all(self, points: Iterable[Any] | None, without: list[str]) -> None:
        found = [*entry_points(group=GROUP), *plugin_files()] if points is None else list(points)
        unwanted = set(without)
        if points is None:
            unwanted |= set(filter(None, re.split(r"[,\s]+", os.environ.get(WITHOUT, ""))))
        names = {name for point in found for name in _names(point)}
        if unknown := sorted(set(without) - names):
            raise UnknownEntry("plugin", unknown[0], names)
        for gone in sorted(unwanted - names - set(without)):
            self._tell(f"{WITHOUT} names {gone!r}, and no plugin is called so", strict=False)
        for point in found:
            if unwanted & set(_names(point)):
                self.left_out.append(point.name)
            else:
                self._load(point)

    def _load(self, point: Any) -> None:
        distribution = point.dist.name if point.dist else "unknown"
        name = point.name
        if name in self.plugins:
            other = self.plugins[name].distribution
            if self._strict:
                raise DuplicateEntry("plugin", name, other, distribution)
            name = f"{name} of {distribution}"
            self._tell(f"two plugins are called {point.name!r}: of {other} and of {distribution}; both are loaded")
            if name in self.plugins:
                return
        loaded = self.plugins[name] = Loaded(name, distribution, str(getattr(point.dist, "version", "") or ""))
        begun = time.perf_counter()
        try:
            plugin = point.load()
            check_api(plugin)
            self._manager.register(plugin, name=name)
            self._packages[name] = package_of(point, plugin)
        except BaseException as fault:  # a stranger's import may raise anything
            self._break(name, reason(fault))
        else:
            for wrong in hook_faults(self._manager, plugin):
                self._tell(f"plugin {name!r}: {wrong}")
        loaded.seconds += time.perf_counter() - begun

    def _break(self, plugin: str, reason: str) -> None:
        if self._strict:
            raise BrokenPlugin(plugin, reason)
        self.broken[plugin] = reason
        warnings.warn(f"plugin {plugin!r} is left out: {reason}", BrokenPluginWarning, stacklevel=2)

    def tell(self, fault: str) -> None:
        """What is wrong with a plugin, and stops nothing unless plugins are to be strict; told once."""
        if fault not in self.faults:
            self._tell(fault)

    def _tell(self, fault: str, strict: bool = True) -> None:
        if self._strict and strict:
            raise CarminaError(f"{fault}.")
        self.faults.append(fault)
        warnings.warn(fault, BrokenPluginWarning, stacklevel=2)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every entry of a kind, by name; one that two plugins offer is in no plugin's place, so it is not among
        them."""
        if kind not in self._entries:
            self._collect(kind)
        return self._entries[kind]

    def get(self, kind: str, name: str) -> Any:
        """One entry; raises :class:`UnknownEntry` naming the nearest, or :class:`DuplicateEntry` naming both."""
        entries = self.all(kind)
        if (kind, name) in self._rivals:
            raise self._rivals[kind, name]
        if name not in entries:
            raise UnknownEntry(kind, name, entries)
        return entries[name]

    def listed(self) -> list[Listed]:
        """Everything offered, sorted by kind and name."""
        for kind in KINDS:
            self.all(kind)
        return [entry for kind in KINDS for entry in sorted(self._listed[kind], key=lambda e: e.name)]

    def tasks(self) -> list[str]:
        """What constraints may be for: the tasks of every writer."""
        return sorted({task for writer in self.all("writer").values() for task in writer.tasks})

    def _collect(self, kind: str) -> None:
        assert kind in KINDS, kind
        entries: dict[str, Any] = {}
        listed: list[Listed] = []
        owners: dict[str, str] = {}
        for implementation in getattr(self._manager.hook, f"carmina_{kind}s").get_hookimpls():
            plugin = implementation.plugin_name
            for entry in self._call(plugin, implementation.function, kind):
                name = entry.name
                listed.append(self._described(kind, entry, plugin))
                if name in owners:
                    self._clash(kind, name, owners[name], plugin)
                    entries.pop(name, None)
                else:
                    entries[name], owners[name] = entry, plugin
        self._entries[kind], self._listed[kind] = entries, listed

    def _clash(self, kind: str, name: str, first: str, second: str) -> None:
        rivals = DuplicateEntry(kind, name, self._describe(first), self._describe(second))
        if self._strict:
            raise rivals
        if (kind, name) not in self._rivals:
            self._rivals[kind, name] = rivals
            self._tell(str(rivals))

    def _call(self, plugin: str, function: Any, kind: str) -> list[Any]:
        begun = time.perf_counter()
        try:
            offered = list(function())
            for entry in offered:
                check_entry(kind, entry)
        except BaseException as fault:
            self._break(plugin, reason(fault))
            return []
        finally:
            self.plugins[plugin].seconds += time.perf_counter() - begun
        return [entry for entry in offered if kind != "constraint" or self._has_task(plugin, entry)]

    def _has_task(self, plugin: str, entry: Any) -> bool:
        try:
            check_task(entry, self.tasks())
        except ValueError as fault:
            self._tell(f"plugin {plugin!r}: {fault}")
            return False
        return True

    def _described(self, kind: str, entry: Any, plugin: str) -> Listed:
        summary = getattr(entry, "summary", None) or getattr(entry, "short_help", None) or getattr(entry, "help", "")
        licence = getattr(entry, "licence", "Apache-2.0")
        return Listed(
            kind,
            entry.name,
            summary.strip().splitlines()[0] if summary else "",
            licence,
            self.plugins[plugin].distribution,
            plugin,
        )

    def plugin_of(self, kind: str, name: str) -> str:
        """The plugin that offers this, with its distribution."""
        self.all(kind)
        return self._describe(next(entry.plugin for entry in self._listed[kind] if entry.name == name))

    def owner(self, fault: BaseException) -> Loaded | None:
        """The plugin in whose code a fault arose; None: in no plugin's."""
        found = owner(fault, self._packages)
        return None if found is None else self.plugins[found]

    def _describe(self, plugin: str) -> str:
        return f"{plugin} (of {self.plugins[plugin].distribution})"


def _names(point: Any) -> tuple[str, ...]:
    return (point.name, point.dist.name) if point.dist else (point.name,)
