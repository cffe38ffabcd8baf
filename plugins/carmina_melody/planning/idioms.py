"""The idioms of song in ``data/idioms.toml`` as values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from carmina import Style

from ..learnt import DATA, PITCH_WEIGHTS, RHYTHM_WEIGHTS

Weights = Mapping[str, float]
FIGURES = {**PITCH_WEIGHTS, **RHYTHM_WEIGHTS, "syncopated": 0.0}


@dataclass(frozen=True, slots=True)
class Idiom:
    """One kind of song; ``data/idioms.toml`` says what each field means."""

    name: str
    genre: str
    pace: tuple[float, float]
    beat: Weights
    long: Weights
    anticipate: float
    harmony: str
    changes: float
    closed: float
    final: tuple[float, float, float]
    notes: int
    rest: float
    bars: str = "free"
    sevenths: float = 0.0
    dominants: float = 1.0
    borrowed: float = 0.0
    sixfour: float = 0.0
    inversions: float = 0.1
    sus: float = 0.0
    adds: float = 0.0
    mediants: float = 0.1
    diminished: float = 0.0
    loops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def idioms() -> dict[str, Idiom]:
    """Every idiom by name."""
    raw = tomllib.loads((DATA / "idioms.toml").read_text("utf-8"))
    return {name: _idiom(name, dict(table)) for name, table in raw.items()}


def _idiom(name: str, table: dict) -> Idiom:
    bands = {figure: tuple(table.pop(figure)) for figure in list(table) if figure in FIGURES}
    for pair in ("pace", "final"):
        table[pair] = tuple(table[pair])
    loops = {mode: tuple(texts) for mode, texts in table.pop("loops", {}).items()}
    return Idiom(name, **table, loops=loops, bands=bands)


def idiom_of(style: Style) -> Idiom:
    """The idiom that a style names, else that of its own name, else that of its genre."""
    known = idioms()
    for name in (style.options.get("idiom"), style.name, style.genre):
        if name in known:
            return known[name]
    return known["song"]
