"""The plan of a song: which sections are sung in which order, and to which stanza of the poem each is sung.

Poem and melody share one budget of syllables: the form says how many a stanza has, the plan how often each is sung.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from carmina import BadOption, Form, NoSolution, SongBrief, Style

KINDS = {"v": "verse", "c": "chorus", "b": "bridge"}
LEAST_LINES = 3  # of a section; shorter stanzas are joined
MOST_SECTIONS = 24


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """``data/sections.toml``."""
    return tomllib.loads((Path(__file__).parent / "data" / "sections.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Plan:
    """Sections in the order sung, and how many stanzas of the poem a section takes."""

    kinds: tuple[str, ...]
    joined: int = 1

    @property
    def stanzas(self) -> int:
        """Stanzas that must be written: every verse its own, chorus and bridge once each."""
        once = {kind for kind in self.kinds if kind != "verse"}
        return (self.kinds.count("verse") + len(once)) * self.joined


def kinds_of(brief: SongBrief, style: Style) -> tuple[str, ...]:
    """The sections: as asked, as the style says, else as is usual for it."""
    kinds: Sequence[Any] | None = brief.sections or cast("Sequence[Any] | None", style.options.get("sections"))
    if kinds is None:
        usual = table()
        kinds = [KINDS[letter] for letter in usual["styles"].get(style.name, usual["default"]).split()]
    if not 1 <= len(kinds) <= MOST_SECTIONS:
        raise BadOption("--sections", len(kinds), f"1 to {MOST_SECTIONS} sections")
    return tuple(kinds)


def plan_of(brief: SongBrief, style: Style, form: Form) -> Plan:
    """The longest plan within the budget; raises ``NoSolution`` where not even one section fits."""
    stanza = max(sum(max(map(len, line.patterns)) for line in part) for part in next(iter(form.variants.values())))
    lines = max(len(part) for part in next(iter(form.variants.values())))
    joined = -(-LEAST_LINES // lines) if form.repeat else 1
    kinds = kinds_of(brief, style)
    while brief.syllables is not None and len(kinds) * joined * stanza > brief.syllables:
        if len(kinds) == 1:
            raise NoSolution(
                f"a section of {form.name} has {joined * stanza} syllables, and --syllables allows {brief.syllables}. "
                "Allow more, or choose a shorter form."
            )
        kinds = shorter(kinds)
    return Plan(kinds, joined)


def shorter(kinds: Sequence[str]) -> tuple[str, ...]:
    """One section fewer: the bridge goes first, then from the end, so that what remains still makes sense."""
    kinds = tuple(kinds)
    if "bridge" in kinds:
        at = kinds.index("bridge")
        return (*kinds[:at], *kinds[at + 1 :])
    same = next((n for n in range(len(kinds) - 1, 0, -1) if kinds[n] == kinds[n - 1] != "verse"), None)
    return (*kinds[:same], *kinds[same + 1 :]) if same else kinds[:-1]
