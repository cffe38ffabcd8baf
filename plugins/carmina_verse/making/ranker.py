"""Trains the learned reader on pairs: people's poems against corrupted ones and against poems that were written.

    python -m carmina_verse.making.ranker FOLDER OURS.jsonl plugins/carmina_verse/data/ranker-en.safetensors

``FOLDER`` holds ``en-*.jsonl.zst``; ``OURS.jsonl`` what ``making.written`` wrote: for each poem the search that it is
of and its lines; one search in three is only tested on. Whole authors are held out
(``corpus.draw``), and the share of pairs that is told apart on them is printed for each kind of corruption.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from carmina.generate import log_shares

from ..corpus import draw, read_poems
from ..english.corpus import Passage, cleaned
from ..english.text import words_of
from ..english.tokenizer import EnglishVerse, _sound
from ..ranking.features import NAMES, features

TRAIN, TEST = 300, 120
SINCE = 1830
SIZES = range(8, 17)
HELD_SEARCH = 3  # one search in so many is only tested on
HELD = 7  # one author in so many is only tested on
BATCH = 48
RIDGE = 2.0
ROUNDS = 60  # of Newton's method
Lines = tuple[tuple[str, ...], ...]


def main(folder: str, ours: str, output: str) -> None:
    """Train, test, write."""
    from safetensors.numpy import save_file

    from carmina.conductor import Conductor

    conductor = Conductor()
    poems = {"train": _people(folder, False, TRAIN), "test": _people(folder, True, TEST)}
    rng, written = np.random.default_rng(5), _written(Path(ours))
    pairs = {split: _pairs(own, written[split], rng) for split, own in poems.items()}
    meter = Meter(conductor)
    known = meter.measure([lines for own in pairs.values() for _kind, *both in own for lines in both])
    figures = {split: [(kind, known[one], known[other]) for kind, one, other in own] for split, own in pairs.items()}
    train = np.array(
        [one for _kind, one, _other in figures["train"]] + [other for _kind, _one, other in figures["train"]]
    )
    mean, spread = train.mean(axis=0), train.std(axis=0) + 1e-6
    weights = fitted(_differences(figures["train"], mean, spread))
    for split in ("train", "test"):
        told: dict[str, list[bool]] = defaultdict(list)
        for (kind, *_rest), gap in zip(
            figures[split], _differences(figures[split], mean, spread) @ weights, strict=True
        ):
            told[kind].append(gap > 0)
        print(split, {kind: (round(float(np.mean(own)), 3), len(own)) for kind, own in told.items()}, flush=True)
    print({name: round(float(weight), 2) for name, weight in zip(NAMES, weights, strict=True)})
    save_file({"mean": mean, "spread": spread, "weights": weights}, output)


def _written(path: Path) -> dict[str, list[Lines]]:
    """Our poems by split; those of one search, which share lines, stay together."""
    found: dict[str, list[Lines]] = {"train": [], "test": []}
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        split = "test" if row["search"] % HELD_SEARCH == 0 else "train"
        found[split].append(tuple(tuple(words_of(line)) for line in row["lines"]))
    return found


def _people(folder: str, held: bool, many: int) -> list[Lines]:
    """Poems of authors that are, or are not, held out."""
    found = []
    for poem in read_poems(Path(folder), "en"):
        own = draw("r" + poem.get("author", "")) % HELD == 0
        if (poem.get("author_died") or 0) < SINCE or own != held or draw("r" + poem["id"]) % 23:
            continue
        if sum(map(len, poem["stanzas"])) not in SIZES or poem["form"] in ("free verse", "limerick"):
            continue
        clean = cleaned(poem["stanzas"], lambda word: True)
        if clean is not None:
            found.append(tuple(line for stanza in clean for line in stanza))
        if len(found) == many:
            break
    return found


def _pairs(
    poems: Sequence[Lines], written: Sequence[Lines], rng: np.random.Generator
) -> list[tuple[str, Lines, Lines]]:
    """(kind, people's, the other)."""
    found = []
    for at, poem in enumerate(poems):
        other = poems[(at + 1) % len(poems)]
        found.append(("shuffled", poem, tuple(poem[n] for n in rng.permutation(len(poem)))))
        changed = list(poem)
        for n in rng.choice(len(poem), max(2, len(poem) // 3), replace=False):
            changed[n] = other[n % len(other)]
        found.append(("exchanged", poem, tuple(changed)))
        if written:
            ours = written[int(rng.integers(len(written)))]
            cliches = list(poem)
            for n in rng.choice(len(poem), max(2, len(poem) // 3), replace=False):
                cliches[n] = ours[n % len(ours)]
            found.append(("cliches", poem, tuple(cliches)))
            found.append(("written", poem, ours))
    return found


class Meter:
    """Surprise of every line under the small model, and the figures."""

    def __init__(self, conductor: Any):
        self.tokens = EnglishVerse()
        self.runner = conductor.model(None, self.tokens.name, None).runner
        english = conductor.get("language", "en")()
        self._heard = lru_cache(maxsize=None)(lambda word: _sound(english, word))

    def measure(self, poems: Sequence[Lines]) -> dict[Lines, np.ndarray]:
        """The figures of each poem."""
        order = sorted(dict.fromkeys(poems), key=lambda lines: sum(map(len, lines)))
        found: dict[Lines, np.ndarray] = {}
        for at in range(0, len(order), BATCH):
            lot = order[at : at + BATCH]
            for lines, bits in zip(lot, self._bits(lot), strict=True):
                found[lines] = features(lines, bits)
        return found

    def _bits(self, poems: Sequence[Lines]) -> list[list[float]]:
        """Bits a letter of each line of each poem."""
        examples = [
            self.tokens.example(Passage("quatrains", "victorian", "", (lines,), "test", ""), self._heard)
            for lines in poems
        ]
        state, lengths = self.runner.start(len(poems)), [len(example.chosen) for example in examples]
        nats: list[list[float]] = [[] for _ in poems]
        for step in range(max(lengths)):
            rows = np.array(
                [example.steps[min(step, size - 1)] for example, size in zip(examples, lengths, strict=True)]
            )
            logits, state = self.runner.step(rows.astype(np.int64), state)
            logs = log_shares(logits)
            for n, example in enumerate(examples):
                if step < lengths[n] and example.chosen[step] >= 0:
                    nats[n].append(-float(logs[n, example.chosen[step]]))
        return [self._by_line(lines, own) for lines, own in zip(poems, nats, strict=True)]

    def _by_line(self, lines: Lines, nats: Sequence[float]) -> list[float]:
        found, at = [], 0
        for line in lines:
            size = len(self.tokens.line(line))
            found.append(sum(nats[at : at + size]) / math.log(2) / sum(len(word) + 1 for word in line))
            at += size
        return found


def _differences(
    rows: Sequence[tuple[str, np.ndarray, np.ndarray]], mean: np.ndarray, spread: np.ndarray
) -> np.ndarray:
    def scaled(found: np.ndarray) -> np.ndarray:
        return np.clip((found - mean) / spread, -4, 4)

    return np.array([scaled(one) - scaled(other) for _kind, one, other in rows])


def fitted(gaps: np.ndarray) -> np.ndarray:
    """gaps (N, F) of pairs -> weights (F,) by Newton's method on the Bradley-Terry likelihood with a ridge."""
    weights = np.zeros(gaps.shape[1])
    for _round in range(ROUNDS):
        wrong = 1 / (1 + np.exp(np.clip(gaps @ weights, -30, 30)))
        slope = gaps.T @ wrong - RIDGE * weights
        curve = (gaps * (wrong * (1 - wrong))[:, None]).T @ gaps + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main(*sys.argv[1:])
