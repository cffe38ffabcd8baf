"""Reads the poetry corpus: JSON Lines compressed with Zstandard, one poem an object (its README is the schema)."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from carmina import BadInput

HELD_AUTHORS = 60  # one author in this many is held out whole
HELD_POEMS = 120   # one poem in this many of the other authors


def read_poems(folder: Path, language: str) -> Iterator[Mapping[str, Any]]:
    """Every poem of the folder's ``<language>-*.jsonl.zst`` files, in the order of their names."""
    try:
        import zstandard
    except ImportError as fault:
        raise BadInput("reading the poetry corpus needs zstandard; install carmina[train].") from fault
    paths = sorted(Path(folder).glob(f"{language}-*.jsonl.zst"))
    if not paths:
        raise BadInput(f"no {language}-*.jsonl.zst in {folder}; give the folder of the poetry corpus.")
    for path in paths:
        with open(path, "rb") as file:
            yield from map(json.loads, io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8"))


def draw(text: str) -> int:
    """A number that depends on the text alone, 0 .. 2**32 - 1."""
    return zlib.crc32(text.encode())


def split_of(poem: Mapping[str, Any]) -> tuple[str, str]:
    """The split and the kind: whole authors and single poems are held out, so that both can be reported."""
    author = poem.get("author", "")
    if author and "various" not in author and draw("a" + author) % HELD_AUTHORS == 0:
        return "validation", "author"
    if draw("p" + poem["id"]) % HELD_POEMS == 0:
        return "validation", "poem"
    return "train", ""
