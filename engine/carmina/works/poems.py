"""Verse."""

from __future__ import annotations

from dataclasses import dataclass, field

from .checks import require


@dataclass(frozen=True, slots=True)
class Poem:
    """Verse as text, and what proves its form."""

    stanzas: tuple[tuple[str, ...], ...]  # of lines, punctuation included
    form: str = ""  # name of a form; empty: unknown
    language: str = ""  # code, e.g. "en"
    title: str = ""
    author: str = ""
    notes: dict[str, object] = field(default_factory=dict)  # JSON-able: certificate, seed, model, ...

    def __post_init__(self) -> None:
        require(bool(self.stanzas) and all(self.stanzas), "a poem needs stanzas, and they need lines")

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for stanza in self.stanzas for line in stanza)
