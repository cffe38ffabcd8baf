"""What a process keeps from one operation to the next: the plugins, and the shipped models that were opened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..cli.group import Shell, recorded
from ..conductor import Conductor
from ..registry import Registry


class WarmConductor(Conductor):
    """A conductor whose shipped models stay open; models in files are opened each time, since files change."""

    opened: dict[tuple[str | None, str, str | None], Any]

    def opened_model(self, name: str | None, task: str, network: str | None) -> Any:
        if name is not None and name not in self.get("tokenizer", task)().models():
            return super().opened_model(name, task, network)
        key = name, task, network
        if key not in self.opened:
            self.opened[key] = super().opened_model(name, task, network)
        return self.opened[key]


class WarmShell(Shell):
    """A run's shell over plugins and models that outlive it."""

    def __init__(
        self,
        registry: Registry,
        opened: dict[tuple[str | None, str, str | None], Any],
        passphrases: Mapping[str, str] | None = None,
    ):
        """``passphrases``: those of locked styles by name, which a person gave; others stay locked."""
        super().__init__()
        self.__dict__["registry"], self._opened, self._passphrases = registry, opened, passphrases

    def conductor(self, progress: Any = None) -> Any:
        words = self._passphrases
        made = WarmConductor(self.registry, progress, self.settings, passphrase=words.__getitem__ if words else None)
        made.opened = self._opened
        return recorded(made)


@lru_cache(maxsize=1)
def _kept() -> tuple[Registry, dict[tuple[str | None, str, str | None], Any]]:
    return Registry(), {}


def shell(passphrases: Mapping[str, str] | None = None) -> WarmShell:
    """A fresh shell over what this process keeps; passphrases are not kept."""
    return WarmShell(*_kept(), passphrases)


def warm() -> None:
    """Load what most operations need: a short line is set to music and written in the usual formats."""
    from ..works import Brief

    conductor = shell().conductor()
    score = conductor.compose(Brief(conductor.lyrics("Warm is the kettle tonight"), seed=1, candidates=1))
    for suffix in (".mid", ".musicxml", ".txt"):
        conductor.render(score, suffix)
