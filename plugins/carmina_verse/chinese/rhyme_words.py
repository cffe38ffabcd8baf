"""Which rhyme a poem takes: as often as people take it, more readily where its words belong to what the poem is
about."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from .characters import Characters

GOLDEN = (math.sqrt(5) - 1) / 2  # steps of it spread evenly over 0..1 (Weyl's sequence)
TILT = 0.3  # nats for each deviation by which a class belongs to the subject more than others do
MOST = 0.085  # largest share of any class, as of the commonest in people's verse (八庚 0.082)
SELDOM = -1.5  # nats, at least, for a character on which people seldom rhyme
SHARE = 0.25  # of a rhyme word's commonness among its class that counts


@lru_cache(maxsize=1)
def counts() -> Mapping[str, Mapping[str, int]]:
    """诗 and 词 -> character -> how often people rhyme on it (``making/rhyme_words.py``)."""
    table: dict[str, dict[str, int]] = json.loads(
        files("carmina_verse").joinpath("data", "zh-rhyme-words.json").read_text("utf-8")
    )
    return table


@lru_cache(maxsize=1)
def unused() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Book -> class -> characters that the book has in it, under a rare reading or another shape, and that people rhyme
    elsewhere (园 in 十四寒, 台 in 四支; ``making/rhyme_words.py``)."""
    raw = files("carmina_verse").joinpath("data", "zh-unused-rhymes.json").read_text("utf-8")
    return {book: {name: tuple(text) for name, text in own.items()} for book, own in json.loads(raw).items()}


def people(characters: Characters, book: str) -> np.ndarray:
    """(V,) how often people rhyme on each id, by the kind of verse that uses the book."""
    out = np.zeros(len(characters.common))
    for character, many in counts()["诗" if book == "pingshui" else "词"].items():
        if character in characters.ids:
            out[characters.ids[character]] = many
    return out


def shares(
    names: Sequence[str],
    rhymes: Mapping[str, np.ndarray],
    allowed: np.ndarray,
    often: np.ndarray,
    about: np.ndarray | None,
) -> np.ndarray:
    """(classes,) what share of poems takes each class: people's, tilted by ``about`` (V,) 0..1, none above ``MOST``
    where that can be."""
    members = [rhymes[name] & allowed for name in names]
    shared = np.sum(list(rhymes.values()), axis=0)  # classes that a character is in
    own = np.array([float((often[mask] / np.maximum(shared[mask], 1)).sum()) + 1 for mask in members])
    if about is not None:
        near = np.array([float((often[mask] * about[mask]).sum() / max(1.0, often[mask].sum())) for mask in members])
        spread = float(near.std())
        own = own * np.exp(TILT * np.clip((near - near.mean()) / spread, -2, 2)) if spread > 0 else own
    own = own / own.sum()
    most = max(MOST, 1 / len(names))
    for _ in range(20):
        over = own > most
        if not over.any() or over.all():
            break
        rest = own[~over].sum()
        own[~over] *= (1 - most * over.sum()) / rest
        own[over] = most
    return own / own.sum()


def drawn(names: Sequence[str], share: np.ndarray, seed: int, text: str, turn: int) -> str:
    """One class: over neighbouring seeds the shares are kept as evenly as can be; other keywords begin elsewhere."""
    at = (seed * GOLDEN + zlib.crc32(text.encode()) / 2**32 + turn * 0.377) % 1.0
    return names[min(int(np.searchsorted(np.cumsum(share), at, side="right")), len(names) - 1)]


def commonness(mask: np.ndarray, often: np.ndarray) -> np.ndarray:
    """(V,) nats, ``SELDOM`` to 0: how usual each member of a class is as a rhyme word."""
    top = max(1.0, float(often[mask].max())) if mask.any() else 1.0
    return np.where(mask, np.maximum(SHARE * np.log(np.maximum(often, 0.5) / top), SELDOM), 0).astype(np.float32)
