"""Patterns of a bar, from ``data/patterns.toml``: what comes when, laid out over any metre."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from carmina import BadInput, Metre

from .figures import WIDER, units

Patterns = Mapping[str, Mapping[str, Mapping[str, str]]]  # kind -> name -> part of a bar -> strokes
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


SIGNS = {
    "strum": "BDU",
    "pick": "Bb123",
    "bass": "1358L",
    "drums": "KSHORCXMPT",
    "comp": "C",
    "pluck": "13456",
}  # of each kind
NEEDED = ("2/4", "3/4", "3/8")  # parts that every bar can be laid out with
UNITS = (*NEEDED, "4/4", "6/8", "9/8")
MOST_STROKES = 64  # in one part of a bar


def pattern(kind: str, name: str, own: Patterns | None = None) -> Mapping[str, str]:
    """A pattern's tokens by unit: one that the style brings (``own``), else one of those that ship."""
    brought = (own or {}).get(kind, {})
    if name in brought:
        return checked(kind, name, brought[name])
    known = shipped()[kind]
    if name not in known:
        raise BadInput(f"a style asks for the {kind} pattern {name!r}; there are: {', '.join([*brought, *known])}.")
    return known[name]


def checked(kind: str, name: str, tokens: Mapping[str, str]) -> Mapping[str, str]:
    """A pattern that somebody else wrote: every part that a bar may need, each of signs that the player knows."""
    said = f"the {kind} pattern {name!r} of a style"
    if not isinstance(tokens, Mapping) or not all(isinstance(text, str) for text in tokens.values()):
        raise BadInput(
            f"{said} is no table of texts. Write each part of a bar with its strokes, e.g. '3/8' = "
            f"'{SIGNS[kind][0]} - .'."
        )
    missing = [unit for unit in NEEDED if unit not in tokens]
    strange = [unit for unit in tokens if unit not in UNITS]
    if missing or strange:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has {', '.join(map(repr, strange))}"
        raise BadInput(
            f"{said} {wrong}. A pattern has {', '.join(NEEDED)}, and may have {', '.join(UNITS[len(NEEDED) :])}."
        )
    for unit, text in tokens.items():
        signs = set("".join(text.split())) - {SILENCE, GOES_ON}
        if not text.split() or len(text.split()) > MOST_STROKES or not signs <= set(SIGNS[kind]):
            raise BadInput(
                f"{said} has {text[:40]!r} for {unit}; it may hold 1 to {MOST_STROKES} strokes of "
                f"{' '.join(SIGNS[kind])}, with {GOES_ON} to let "
                f"one sound on and {SILENCE} for silence."
            )
    return tokens


def strokes(tokens: Mapping[str, str], metre: Metre) -> list[Stroke]:
    """The strokes of one bar."""
    found, at = [], 0
    for unit, ticks in _parts(tokens, metre):
        found += _laid(tokens[unit].split(), at, ticks)
        at += ticks
    return found


def _parts(tokens: Mapping[str, str], metre: Metre) -> list[tuple[str, int]]:
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
