"""Finds the plugins and answers for their offers by kind and name.

pluggy's own entry-point loader drops a second plugin of one name in silence and lets one failing import abort all, so
loading is done here: each entry point of the group ``carmina`` is imported alone, and a failure is kept with its reason.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy

from . import hookspecs
from .contracts import (
    Constraint,
    Decoder,
    Evaluator,
    Form,
    Language,
    Network,
    Offer,
    Reader,
    Renderer,
    Style,
    Tokenizer,
    Writer,
)
from .errors import BrokenPlugin, BrokenPluginWarning, DuplicateOffer, UnknownOffer

GROUP = "carmina"
CONTRACTS: Mapping[str, type] = {
    "language": Language,
    "style": Style,
    "form": Form,
    "tokenizer": Tokenizer,
    "network": Network,
    "constraint": Constraint,
    "decoder": Decoder,
    "writer": Writer,
    "reader": Reader,
    "renderer": Renderer,
    "evaluator": Evaluator,
}
KINDS = (*CONTRACTS, "command")


@dataclass(frozen=True, slots=True)
class Listed:
    """One offer as ``carmina plugins`` shows it."""

    kind: str
    name: str
    summary: str
    licence: str
    distribution: str
    plugin: str


class Registry:
    """Every offer of every plugin that loads."""

    def __init__(self, points: Iterable[EntryPoint] | None = None, strict: bool = False):
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self._offers: dict[str, dict[str, Any]] = {}
        self._listed: dict[str, list[Listed]] = {}
        self._distributions: dict[str, str] = {}
        self.broken: dict[str, str] = {}
        self._strict = strict
        for point in entry_points(group=GROUP) if points is None else points:
            self._load(point)

    def _load(self, point: EntryPoint) -> None:
        distribution = point.dist.name if point.dist else "unknown"
        if point.name in self._distributions:
            raise DuplicateOffer("plugin", point.name, self._distributions[point.name], distribution)
        self._distributions[point.name] = distribution
        try:
            self._manager.register(point.load(), name=point.name)
        except Exception as fault:  # a stranger's import may raise anything
            self._break(point.name, f"{type(fault).__name__}: {fault}")

    def _break(self, plugin: str, reason: str) -> None:
        if self._strict:
            raise BrokenPlugin(plugin, reason)
        self.broken[plugin] = reason
        warnings.warn(f"plugin {plugin!r} is left out: {reason}", BrokenPluginWarning, stacklevel=2)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every offer of a kind, by name."""
        if kind not in self._offers:
            self._collect(kind)
        return self._offers[kind]

    def get(self, kind: str, name: str) -> Any:
        """One offer; raises :class:`UnknownOffer` naming the nearest."""
        offers = self.all(kind)
        if name not in offers:
            raise UnknownOffer(kind, name, offers)
        return offers[name]

    def listed(self) -> list[Listed]:
        """Everything offered, sorted by kind and name."""
        for kind in KINDS:
            self.all(kind)
        return [entry for kind in KINDS for entry in sorted(self._listed[kind], key=lambda e: e.name)]

    def _collect(self, kind: str) -> None:
        assert kind in KINDS, kind
        offers: dict[str, Any] = {}
        listed: list[Listed] = []
        owners: dict[str, str] = {}
        hook = getattr(self._manager.hook, f"carmina_{kind}s")
        for implementation in hook.get_hookimpls():
            plugin = implementation.plugin_name
            for offer in self._call(plugin, implementation.function, kind):
                name = offer.name
                if name in offers:
                    raise DuplicateOffer(kind, name, self._describe(owners[name]), self._describe(plugin))
                offers[name] = offer
                owners[name] = plugin
                listed.append(self._entry(kind, offer, plugin))
        self._offers[kind], self._listed[kind] = offers, listed

    def _call(self, plugin: str, function: Any, kind: str) -> list[Any]:
        try:
            offered = list(function())
            for offer in offered:
                _check(kind, offer)
        except Exception as fault:
            self._break(plugin, f"{type(fault).__name__}: {fault}")
            return []
        return offered

    def _entry(self, kind: str, offer: Any, plugin: str) -> Listed:
        summary = getattr(offer, "summary", None) or getattr(offer, "short_help", None) or getattr(offer, "help", "")
        licence = getattr(offer, "licence", "Apache-2.0")
        return Listed(
            kind,
            offer.name,
            summary.strip().splitlines()[0] if summary else "",
            licence,
            self._distributions[plugin],
            plugin,
        )

    def _describe(self, plugin: str) -> str:
        return f"{plugin} (of {self._distributions[plugin]})"


def _check(kind: str, offer: Any) -> None:
    if kind == "command":
        if not callable(getattr(offer, "main", None)):
            raise TypeError(f"{offer!r} is not a click command")
        return
    contract = CONTRACTS[kind]
    if contract in (Style, Form):
        if not isinstance(offer, contract):
            raise TypeError(f"{offer!r} is not a {contract.__name__}")
        return
    if not (isinstance(offer, type) and issubclass(offer, contract)):
        raise TypeError(f"{offer!r} is not a {contract.__name__} class")
    _check_offer(offer)


def _check_offer(offer: type[Offer]) -> None:
    for attribute in ("name", "summary"):
        if not isinstance(getattr(offer, attribute, None), str):
            raise TypeError(f"{offer.__name__}.{attribute} must be a string")
    missing = sorted(getattr(offer, "__abstractmethods__", ()))
    if missing:
        raise TypeError(f"{offer.__name__} lacks {', '.join(missing)}")
