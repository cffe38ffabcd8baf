"""What a plan is drawn with: chance of the words alone, and a draw by weight."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from ..studio import Studio

Name = TypeVar("Name", bound=str)


def words_chance(studio: Studio, *place: int) -> np.random.Generator:
    """Chance that depends on the words (and a place in them) alone, so that what it decides is theirs."""
    text = "\n".join(" ".join(s.text for s in line.syllables) for line in studio.lyrics.lines)
    return np.random.default_rng([*hashlib.sha256(text.encode()).digest()[:8], *place])


def drawn(weights: Mapping[Name, float], rng: np.random.Generator) -> Name:
    """One of the names, by weight."""
    names, shares = list(weights), np.array(list(weights.values()), float)
    return names[int(rng.choice(len(names), p=shares / shares.sum()))]
