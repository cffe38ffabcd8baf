"""Word lists of the languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Tables:
    """A language's word lists, from ``data/<code>.toml``."""

    function: frozenset[str]  # function words
    stress: dict[str, int]  # irregular words -> stressed syllable from the end, 1 the last
    cuts: dict[str, str]  # irregular words -> with hyphens between their syllables
    more: dict[str, frozenset[str]]  # other lists of the language


@cache
def tables(code: str) -> Tables:
    data = tomllib.loads(files(__package__).joinpath(f"data/{code}.toml").read_text("utf-8"))
    stress = {word: int(place) for place, words in data.get("stress", {}).items() for word in words.split()}
    cuts = {parts.replace("-", ""): parts for parts in data.get("cuts", {}).get("words", "").split()}
    more = {name: frozenset(words.split()) for name, words in data.get("more", {}).items()}
    return Tables(frozenset(data["function"]["words"].split()), stress, cuts, more)
