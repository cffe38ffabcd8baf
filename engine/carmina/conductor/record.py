"""What a conductor has used so far, for the line on its making that stands in every file (``carmina.provenance``)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..provenance import Step, UsedModel


@dataclass
class Record:
    """One run of a command, or of a program that calls the engine."""

    command: str = ""
    seed: int | None = None
    style: str = ""
    models: dict[Path | str, tuple[str, str]] = field(default_factory=dict)  # file, or name alone -> name, licence
    digests: dict[Path, str] = field(default_factory=dict)  # SHA-256 of models that lie in no file
    past: list[Step] = field(default_factory=list)  # of the works that were opened
    of_unmarked: bool = False
    asks: frozenset[str] = frozenset({"seed", "style"})  # what the command has an option for, or takes from a program

    def asked(self, brief: object) -> None:
        """What was asked for: the first brief is a person's, those after it a writer's own."""
        seed, style = getattr(brief, "seed", None), getattr(brief, "style", None)
        if self.seed is None and isinstance(seed, int) and "seed" in self.asks:
            self.seed = seed
        if not self.style and isinstance(style, str) and "style" in self.asks:
            self.style = style

    def opened(self, steps: Sequence[Step]) -> None:
        """A work was opened whose file tells these steps."""
        self.past += [step for step in steps if step not in self.past]
        self.of_unmarked |= not steps

    def steps(self, version: str) -> tuple[Step, ...]:
        """The past of what was opened, and this run; one that goes on from its own like's result (the same command,
        seed and style, no other models) is no step of its own."""
        used = tuple(UsedModel(name, self._digest(source), licence) for source, (name, licence) in self.models.items())
        own = Step(version, self.command, self.seed, self.style, used, self.of_unmarked)
        return (*self.past, *([] if any(_covers(step, own) for step in self.past) else [own]))

    def _digest(self, source: Path | str) -> str:
        return self.digests.get(source) or _digest(source) if isinstance(source, Path) else ""


def _covers(past: Step, own: Step) -> bool:
    same = (past.version, past.command, past.seed, past.style) == (own.version, own.command, own.seed, own.style)
    return same and own.seed is not None and set(own.models) <= set(past.models)


def _digest(path: Path) -> str:
    try:
        told = os.stat(path)
    except OSError:
        return ""
    return _digest_of(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=64)
def _digest_of(path: Path, modified_ns: int, size: int) -> str:
    from ..models import digest

    return digest(path)
