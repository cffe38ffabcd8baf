"""Counts the corpora: ``python -m carmina_proof.making.counts POETRY LISTS``.

POETRY: the folder of poetry-en, poetry-zh and modern-zh (corpora/*/corpus.toml). LISTS: a folder with SymSpell's
``frequency_bigramdictionary_en_243_342.txt`` (Google Books Ngrams, CC BY 3.0; SymSpell MIT) and pyspellchecker's
``en.json.gz`` (OpenSubtitles, MIT): they bring the words of today, which old verse lacks. What the shipped networks
hold out (whole authors, single poems, works) is held out here too.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

from ..chinese.tokens import END as ZH_END
from ..chinese.tokens import tokens as zh_tokens
from ..english.tokens import END, tokens
from ..models.counts import BITS, STEPS_A_NAT, hashed

DATA = Path(__file__).parents[1] / "data"
SPOKEN = 8e6  # tokens that the list of today's words counts for
SPOKEN_PAIRS = 5e-7  # what a pair of Google's counts for
MOST = 100_000  # words of English
LEAST = {"en": (3, 4), "zh": (3, 4), "zh-old": (5, 7)}  # uses of a pair, of a triple, to be kept


def draw(text: str) -> int:
    """As the networks' own split draws."""
    return zlib.crc32(text.encode())


def held(poem: dict[str, Any]) -> bool:
    """Whether a poem is kept apart: whole authors, and single poems."""
    author = poem.get("author", "")
    whole = bool(author) and "various" not in author and draw("a" + author) % 60 == 0
    return whole or draw("p" + poem["id"]) % 120 == 0


def modern_held(record: dict[str, Any]) -> bool:
    """Whether a modern Chinese text is."""
    name = record.get("author", "") + record.get("title", "").split(" [")[0]
    return draw("v" + name) % 12 == 0 if record["form"] == "现代诗" else draw("w" + name) % 40 == 0


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl.zst file."""
    with open(path, "rb") as file:
        yield from map(json.loads, io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8"))


def counted(runs: np.ndarray, order: int, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Packed keys and counts of all runs of so many ids."""
    packed = np.zeros(len(runs) - order + 1, np.uint64)
    for at in range(order):
        packed = (packed << np.uint64(BITS)) | runs[at : len(runs) - order + 1 + at].astype(np.uint64)
    keys, counts = np.unique(packed, return_counts=True)
    return keys[counts >= least], counts[counts >= least].astype(np.float64)


def stored(keys: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps between sorted hashes, and rounded logarithms."""
    hashes = hashed(keys)
    order = np.argsort(hashes, kind="stable")
    sorted_keys = hashes[order].astype(np.int64)
    return np.diff(sorted_keys, prepend=0).astype(np.uint32), _logs(counts[order])


def _logs(counts: np.ndarray) -> np.ndarray:
    return np.minimum(np.rint(np.log(np.maximum(counts, 1)) * STEPS_A_NAT), 255).astype(np.uint8)


def save(name: str, words: list[str], single: np.ndarray, pairs: Any, triples: Any) -> None:
    """Write a table."""
    (pair_steps, pair_counts), (triple_steps, triple_counts) = stored(*pairs), stored(*triples)
    np.savez_compressed(
        DATA / f"{name}-counts.npz",
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        single=np.log(np.maximum(single, 0.5)).astype(np.float32) * STEPS_A_NAT,
        pair_steps=pair_steps,
        pair_counts=pair_counts,
        triple_steps=triple_steps,
        triple_counts=triple_counts,
    )
    print(name, len(words), len(pair_steps), len(triple_steps))


def english(poetry: Path, lists: Path) -> None:
    """English: verse, with the words and pairs of today."""
    numbers: dict[str, int] = {END: 0}
    stream = array("i", [0])
    for path in sorted(poetry.glob("en-*.jsonl.zst")):
        for poem in records(path):
            if held(poem):
                continue
            for line in (line for stanza in poem["stanzas"] for line in stanza):
                stream.extend(numbers.setdefault(token, len(numbers)) for token in tokens(line))
                stream.append(0)
    raw, names = np.array(stream), list(numbers)
    own = np.bincount(raw, minlength=len(names)).astype(float)
    spoken = json.loads(gzip.open(lists / "en.json.gz").read())
    scale = SPOKEN / sum(spoken.values())
    both = Counter({name: count for name, count in zip(names, own, strict=True) if count >= 5})
    for word, count in spoken.items():
        both[word] += count * scale
    words = [word for word, count in both.most_common(MOST) if count >= 1]
    ids = {word: at for at, word in enumerate(words)}
    runs = np.array([ids.get(name, len(words)) for name in names])[raw]
    keys, counts = counted(runs, 2, LEAST["en"][0])
    pairs = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    for row in (lists / "frequency_bigramdictionary_en_243_342.txt").read_text("utf-8-sig").splitlines():
        one, other, many = row.split()
        if one in ids and other in ids:
            key = ids[one] << BITS | ids[other]
            pairs[key] = pairs.get(key, 0.0) + float(many) * SPOKEN_PAIRS
    pair = np.array(list(pairs), np.uint64), np.array(list(pairs.values()))
    save("en", words, np.array([both[word] for word in words]), pair, counted(runs, 3, LEAST["en"][1]))


def chinese(name: str, lines: Iterator[str], dictionary: dict[str, int]) -> None:
    """A table of characters; words of a dictionary are counted as if they stood in the corpus."""
    numbers: dict[str, int] = {ZH_END: 0}
    stream = array("i", [0])
    for line in lines:
        stream.extend(numbers.setdefault(token, len(numbers)) for token in zh_tokens(line))
        stream.append(0)
    raw, names = np.array(stream), list(numbers)
    own = Counter(dict(zip(names, np.bincount(raw, minlength=len(names)).tolist(), strict=True)))
    more: tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]] = (Counter(), Counter())
    for word, count in dictionary.items():
        own.update(dict.fromkeys(word, count))
        for order in (2, 3):
            for at in range(len(word) - order + 1):
                more[order - 2][tuple(word[at : at + order])] += count
    words = [word for word, count in own.most_common() if count >= 2]
    ids = {word: at for at, word in enumerate(words)}
    runs = np.array([ids.get(token, len(words)) for token in names])[raw]
    found = []
    for order in (2, 3):
        keys, counts = counted(runs, order, LEAST[name][order - 2])
        table = dict(zip(keys.tolist(), counts.tolist(), strict=True))
        for run, count in more[order - 2].items():
            if all(token in ids for token in run):
                key = 0
                for token in run:
                    key = key << BITS | ids[token]
                table[key] = table.get(key, 0.0) + count
        found.append((np.array(list(table), np.uint64), np.array(list(table.values()))))
    save(name, words, np.array([float(own[word]) for word in words]), *found)


def _modern(poetry: Path) -> Iterator[str]:
    for path in ("zh-modern.jsonl.zst", "zh-sheepzh-poetry.jsonl.zst"):
        for record in records(poetry / path):
            if not modern_held(record):
                verse = (line for stanza in record.get("stanzas", ()) for line in stanza)
                yield from record.get("paragraphs", verse)


def _old(poetry: Path) -> Iterator[str]:
    for name in ("zh-chinese-poetry", "zh-poetry-source", "zh-werneror-poetry"):
        for poem in records(poetry / f"{name}.jsonl.zst"):
            if not held(poem):
                yield from (line for stanza in poem["stanzas"] for line in stanza)


def jieba_words() -> dict[str, int]:
    """jieba's words of two to four characters, scaled so that all of them count as four million characters."""
    import jieba

    rows = (line.split(" ") for line in jieba.get_dict_file().read().decode().splitlines())
    own = {word: int(count) for word, count, *_ in rows if 2 <= len(word) <= 4}
    scale = 4e6 / sum(own.values())
    return {word: max(1, round(count * scale)) for word, count in own.items() if count >= 3}


if __name__ == "__main__":
    poetry_folder, lists_folder = map(Path, sys.argv[1:3])
    english(poetry_folder, lists_folder)
    chinese("zh", _modern(poetry_folder), jieba_words())
    chinese("zh-old", _old(poetry_folder), {})
