"""Occasions and addressees of old verse: what goes with a farewell, a birthday, a mother."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """``occasions`` and ``people`` -> name -> images."""
    raw = tomllib.loads(files("carmina_verse").joinpath("data", "occasions-zh.toml").read_text("utf-8"))
    return {kind: {name: tuple(text.split()) for name, text in own.items()} for kind, own in raw.items()}


def named(keywords: Sequence[str]) -> tuple[str, str]:
    """The occasion and the addressee that keywords name; empty where they name none."""
    whole = " ".join(keywords)
    return tuple(next((name for name in tables()[kind] if name in whole), "") for kind in ("occasions", "people"))  # type: ignore[return-value]


def images(keywords: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Images of the occasion and of the addressee, in an order drawn."""
    occasion, person = named(keywords)
    lots = [tables()["occasions"].get(occasion, ()), tables()["people"].get(person, ())]
    found = [word for lot in lots for word in lot if word not in keywords]
    return [str(word) for word in rng.permutation(found)] if found else []
