"""Reads the poetry corpus: JSON Lines compressed with gzip or Zstandard, one poem an object (docs/corpora.md is the
schema)."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from carmina import BadInput

HELD_AUTHORS = 60  # one author in this many is held out whole
HELD_POEMS = 120  # one poem in this many of the other authors


def read_poems(folder: Path, language: str) -> Iterator[Mapping[str, Any]]:
    """Every poem of the folder's ``<language>-*.jsonl.gz`` and ``.jsonl.zst`` files, in the order of their names."""
    paths = sorted(path for suffix in ("gz", "zst") for path in Path(folder).glob(f"{language}-*.jsonl.{suffix}"))
    if not paths:
        raise BadInput(f"no {language}-*.jsonl.gz or .jsonl.zst in {folder}; give the folder of a corpus of poems.")
    for path in paths:
        yield from _zstandard(path) if path.suffix == ".zst" else _gzip(path)


def _gzip(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _zstandard(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        import zstandard
    except ImportError as fault:
        raise BadInput("reading the poetry corpus needs zstandard; install carmina[train].") from fault
    with open(path, "rb") as file:
        yield from map(json.loads, io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8"))


def draw(text: str) -> int:
    """A number that depends on the text alone, 0 .. 2**32 - 1."""
    return zlib.crc32(text.encode())


def split_of(poem: Mapping[str, Any]) -> tuple[str, str]:
    """The split and the kind: what the corpus says; else whole authors and single poems are held out, so that both are
    reported."""
    if poem.get("split") in ("train", "validation", "test"):
        return poem["split"], "" if poem["split"] == "train" else "poem"
    author = poem.get("author", "")
    if author and "various" not in author and draw("a" + author) % HELD_AUTHORS == 0:
        return "validation", "author"
    if draw("p" + poem["id"]) % HELD_POEMS == 0:
        return "validation", "poem"
    return "train", ""
