"""What every entry carries."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..errors import BadOption


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of an entry: typed, with a default and bounds."""

    name: str
    summary: str
    kind: type = str
    default: object = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    def checked(self, value: object) -> Any:
        """The value as ``kind``; ``BadOption`` where it cannot be one, or where bounds or choices do not allow it."""
        try:
            found = self.kind(value)
        except (TypeError, ValueError):
            raise BadOption(self.name, value, self.allowed) from None
        if (
            self.choices
            and found not in self.choices
            or ((self.low is not None and not found >= self.low) or (self.high is not None and not found <= self.high))
        ):
            raise BadOption(self.name, value, self.allowed)
        return found

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        if self.choices:
            return ", ".join(self.choices)
        bounds = [f"{word} {bound:g}" for word, bound in (("from", self.low), ("to", self.high)) if bound is not None]
        return " ".join([{int: "a whole number", float: "a number", Path: "a file"}.get(self.kind, "text"), *bounds])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for on this machine, as ``carmina doctor`` tells it."""

    what: str  # a few words, e.g. "FluidSynth"
    state: str  # "ok"; "missing": something can do without it; "fault": it is there and does not work
    found: str = ""  # where, which version; or what is wrong
    advice: str = ""  # what to do, where it is not ok

    def __post_init__(self) -> None:
        if self.state not in FINDING_STATES:
            raise ValueError(f"a finding's state is one of {', '.join(FINDING_STATES)}, not {self.state!r}")


FINDING_STATES = ("ok", "missing", "fault")


class PluginEntry(ABC):
    """What every plugin's entry carries."""

    name: ClassVar[str]
    summary: ClassVar[str]
    licence: ClassVar[str] = "Apache-2.0"
    options: ClassVar[tuple[Option, ...]] = ()

    @classmethod
    def findings(cls) -> Sequence[Finding]:
        """What it needs of the machine (libraries of the system, fonts, data that is installed apart), and whether that
        is there."""
        return ()
