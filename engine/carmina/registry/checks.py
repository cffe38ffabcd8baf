"""What a plugin and its entries must be, before anything of them is used."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from inspect import isroutine
from typing import Any

import pluggy

from .. import hookspecs
from ..contracts import (
    Constraint,
    Decoder,
    Evaluator,
    Form,
    Language,
    Network,
    Reader,
    Renderer,
    Style,
    Tokenizer,
    Writer,
)
from ..errors import shown

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
HOOKS = tuple(f"carmina_{kind}s" for kind in KINDS)
ASKS_FOR = "CARMINA_API"  # a plugin's own: the API version that it was written for


def check_api(plugin: Any) -> None:
    """Refuse a plugin that was written for a later engine."""
    asked = getattr(plugin, ASKS_FOR, hookspecs.API_VERSION)
    if not isinstance(asked, int) or isinstance(asked, bool) or asked < 1:
        raise TypeError(f"{ASKS_FOR} must be a whole number from 1, got {shown(asked)}")
    if asked > hookspecs.API_VERSION:
        raise RuntimeError(
            f"it asks for API version {asked}, and this Carmina has {hookspecs.API_VERSION}; upgrade Carmina, or "
            "install an older "
            "version of the plugin"
        )


def hook_faults(manager: pluggy.PluginManager, plugin: Any) -> Iterator[str]:
    """Functions that look like hooks and will never be called: misspelt, or not marked with ``@carmina.hookimpl``."""
    for name in dir(plugin):
        found = getattr(plugin, name, None)
        options = manager.parse_hookimpl_opts(plugin, name) if isroutine(found) else None
        called = (options.get("specname") if options else None) or name
        if options and called not in HOOKS:
            near = difflib.get_close_matches(called, HOOKS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}? " if near else ""
            yield f"{called!r} is no hook, so it is never called; {hint}Hooks: {', '.join(HOOKS)}"
        elif not options and isroutine(found) and name in HOOKS:
            yield f"{name!r} is never called: mark it with @carmina.hookimpl"


def check_entry(kind: str, entry: Any) -> None:
    """Raise ``TypeError`` or ``ValueError`` with what is wrong with an entry of this kind."""
    if kind == "command":
        if not callable(getattr(entry, "main", None)):
            raise TypeError(f"{entry!r} is not a click command")
        return
    contract = CONTRACTS[kind]
    if contract in (Style, Form):
        if not isinstance(entry, contract):
            raise TypeError(f"{entry!r} is not a {contract.__name__}")
        return
    if not (isinstance(entry, type) and issubclass(entry, contract)):
        raise TypeError(f"{entry!r} is not a {contract.__name__} class")
    _check_class(entry)


def _check_class(entry: type) -> None:
    for attribute in ("name", "summary"):
        if not isinstance(getattr(entry, attribute, None), str):
            raise TypeError(f"{entry.__name__}.{attribute} must be a string")
    missing = sorted(getattr(entry, "__abstractmethods__", ()))
    if missing:
        raise TypeError(f"{entry.__name__} lacks {', '.join(missing)}")


def check_task(entry: type[Constraint], tasks: Iterable[str]) -> None:
    """A task that no writer has would leave the constraint uncalled, in silence."""
    task, known = getattr(entry, "task", None), sorted(tasks)
    if task not in known:
        near = difflib.get_close_matches(str(task), known, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(
            f"the constraint {entry.name!r} is for the task {shown(task)}, which no writer has.{hint} Tasks: "
            f"{', '.join(known) or 'none'}"
        )
