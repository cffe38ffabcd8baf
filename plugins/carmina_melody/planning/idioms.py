"""The idioms of song in ``data/idioms.toml`` as values."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

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
    lift: float = 0.0
    sevenths: float = 0.0
    dominants: float = 1.0
    borrowed: float = 0.0
    sixfour: float = 0.0
    inversions: float = 0.1
    sus: float = 0.0
    adds: float = 0.0
    mediants: float = 0.1
    diminished: float = 0.0
    starts: Weights = field(default_factory=dict)
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
    shares = style.options.get("mix")
    if isinstance(shares, Mapping) and "idiom" not in style.options:
        return _mixed(
            [(known.get(name, known.get(style.genre, known["song"])), share) for name, share in shares.items()]
        )
    for name in (style.options.get("idiom"), style.name, style.genre):
        if name in known:
            return known[name]
    return known["song"]


def _mixed(parts: Sequence[tuple[Idiom, float]]) -> Idiom:
    """Numbers between those of the idioms, by their shares; the rest is the first's."""
    first, whole = parts[0][0], sum(share for _idiom, share in parts)

    def mean(of: Callable[[Idiom], float]) -> float:
        return sum(share * of(idiom) for idiom, share in parts) / whole

    def table(name: str) -> dict[str, float]:
        keys = dict.fromkeys(key for idiom, _ in parts for key in getattr(idiom, name))
        return {key: sum(w * getattr(one, name).get(key, 0.0) for one, w in parts) / whole for key in keys}

    names = [field.name for field in fields(Idiom) if field.type == "float"]
    numbers: dict[str, Any] = {name: mean(attrgetter(name)) for name in names}
    return replace(
        first,
        pace=(mean(lambda one: one.pace[0]), mean(lambda one: one.pace[1])),
        final=(mean(lambda one: one.final[0]), mean(lambda one: one.final[1]), mean(lambda one: one.final[2])),
        beat=table("beat"),
        long=table("long"),
        starts=table("starts"),
        notes=round(mean(lambda one: one.notes)),
        loops={
            mode: tuple(dict.fromkeys(loop for idiom, _ in parts for loop in idiom.loops.get(mode, ())))
            for mode in dict.fromkeys(mode for idiom, _ in parts for mode in idiom.loops)
        },
        **numbers,
    )
