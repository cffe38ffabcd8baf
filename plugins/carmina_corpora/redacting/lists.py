"""Names of people and places, and words that are none; see ``making.names``."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

MOST_BYTES = 20_000_000


@cache
def listed(name: str) -> frozenset[str]:
    """``given``, ``family``, ``places`` (lower case), ``places_zh``, or ``common``: words in lower case only."""
    return _all()[name]


@cache
def _all() -> dict[str, frozenset[str]]:
    raw = files("carmina_corpora").joinpath("data", "names.z").read_bytes()
    text = zlib.decompressobj().decompress(raw, MOST_BYTES).decode("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {name: frozenset(words.split("|")) for name, words in rows}
