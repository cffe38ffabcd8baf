"""Patterns of a bar, from ``data/patterns.toml``: what comes when, laid out over any metre."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from carmina import BadInput, Metre

from .figures import WIDER, units

SILENCE, GOES_ON = ".", "-"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One token at its place in a bar."""

    onset_ticks: int  # from the start of the whole bar
    length_ticks: int
    token: str


@lru_cache(maxsize=1)
def shipped() -> dict[str, dict[str, dict[str, str]]]:
    """Kind -> name -> unit -> tokens."""
    return tomllib.loads((Path(__file__).with_name("data") / "patterns.toml").read_text("utf-8"))


def pattern(kind: str, name: str) -> dict[str, str]:
    """A pattern's tokens by unit."""
    known = shipped()[kind]
    if name not in known:
        raise BadInput(f"a style asks for the {kind} pattern {name!r}; there are: {', '.join(known)}.")
    return known[name]


def strokes(tokens: dict[str, str], metre: Metre) -> list[Stroke]:
    """The strokes of one bar."""
    found, at = [], 0
    for unit, ticks in _parts(tokens, metre):
        found += _laid(tokens[unit].split(), at, ticks)
        at += ticks
    return found


def _parts(tokens: dict[str, str], metre: Metre) -> list[tuple[str, int]]:
    """The widest parts of the bar that the pattern knows."""
    small = units(metre)
    names = tuple(unit for unit, _ in small)
    if WIDER.get(names) in tokens:
        return [(WIDER[names], metre.bar_ticks)]
    if len(names) == 4 and WIDER.get(names[:2]) in tokens:
        return [(WIDER[names[:2]], metre.bar_ticks // 2)] * 2
    return small


def _laid(tokens: list[str], start: int, ticks: int) -> list[Stroke]:
    edges = [start + ticks * place // len(tokens) for place in range(len(tokens) + 1)]
    found: list[Stroke] = []
    for place, token in enumerate(tokens):
        if token == GOES_ON and found:
            found[-1] = Stroke(found[-1].onset_ticks, edges[place + 1] - found[-1].onset_ticks, found[-1].token)
        elif token not in (SILENCE, GOES_ON):
            found.append(Stroke(edges[place], edges[place + 1] - edges[place], token))
    return found
