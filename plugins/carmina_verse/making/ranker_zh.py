"""Trains the learned reader of Chinese poems on pairs: people's against mixed ones and against poems that were written.

    python -m carmina_verse.making.ranker_zh FOLDER OURS.jsonl plugins/carmina_verse/data/ranker-zh.safetensors

``FOLDER`` holds ``zh-*.jsonl.zst``; ``OURS.jsonl`` an object a row, its ``lines`` characters only. People's poems are
of the validation split, which the writing model has not read; of them one in ``HELD`` is only tested on; the share of
pairs that is told apart there is printed for each kind.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from carmina.generate import log_shares

from ..chinese.corpus import verses
from ..chinese.tokenizer import ChineseVerse, places
from ..corpus import draw
from ..ranking.chinese import NAMES, features
from .ranker import _differences, fitted

FORMS = ("五绝", "七绝", "五律", "七律")
MANY, HELD = {"train": 200, "test": 80}, 4
BATCH = 48
Poem = tuple[str, ...]


def main(folder: str, ours: str, output: str) -> None:
    """Train, test, write."""
    from safetensors.numpy import save_file

    from carmina.conductor import Conductor

    people = _people(Path(folder))
    rows = [json.loads(row) for row in Path(ours).read_text("utf-8").splitlines()]
    written: dict[str, list[Poem]] = defaultdict(list)
    for row in rows:
        written[form_of(row["lines"])].append(tuple(row["lines"]))
    rng = np.random.default_rng(5)
    pairs = {split: _pairs(own, written, split == "test", rng) for split, own in people.items()}
    known = Meter(Conductor()).measure([poem for own in pairs.values() for _kind, *both in own for poem in both])
    figures = {split: [(kind, known[one], known[other]) for kind, one, other in own] for split, own in pairs.items()}
    train = np.array([poem for _kind, one, other in figures["train"] for poem in (one, other)])
    mean, spread = train.mean(axis=0), train.std(axis=0) + 1e-6
    weights = fitted(_differences(figures["train"], mean, spread))
    for split in ("train", "test"):
        told: dict[str, list[bool]] = defaultdict(list)
        gaps = _differences(figures[split], mean, spread) @ weights
        for (kind, *_rest), gap in zip(figures[split], gaps, strict=True):
            told[kind].append(gap > 0)
        print(split, {kind: (round(float(np.mean(own)), 3), len(own)) for kind, own in told.items()}, flush=True)
    for at, name in enumerate(NAMES):
        own = {
            kind: [other[at] for k, _one, other in figures["train"] if k == kind]
            for kind in ("shuffled", "mixed", "written")
        }
        ours_mean = {kind: round(float(np.mean(values)), 2) for kind, values in own.items() if values}
        print(
            name,
            round(float(weights[at]), 2),
            "people",
            round(float(np.mean([f[1][at] for f in figures["train"]])), 2),
            ours_mean,
        )
    save_file({"mean": mean, "spread": spread, "weights": weights}, output)


def form_of(lines: Sequence[str]) -> str:
    """The form of so many lines of such length."""
    return {(4, 5): "五绝", (4, 7): "七绝", (8, 5): "五律", (8, 7): "七律"}[len(lines), len(lines[0])]


def _people(folder: Path) -> dict[str, list[Poem]]:
    """Poems of the validation split, in the order of a hash of their text."""
    found: dict[str, list[Poem]] = {"train": [], "test": []}
    held = [
        v.lines
        for v in verses(folder)
        if v.split == "validation" and v.form in FORMS and v.period in ("唐", "宋", "明", "清")
    ]
    for lines in sorted(held, key=lambda lines: draw("z" + "".join(lines))):
        split = "test" if draw("r" + "".join(lines)) % HELD == 0 else "train"
        if len(found[split]) < MANY[split]:
            found[split].append(lines)
    return found


def _pairs(
    poems: Sequence[Poem], written: dict[str, list[Poem]], odd: bool, rng: np.random.Generator
) -> list[tuple[str, Poem, Poem]]:
    """(kind, people's, the other)."""
    found: list[tuple[str, Poem, Poem]] = []
    for at, poem in enumerate(poems):
        order = rng.permutation(len(poem) // 2)
        found.append(("shuffled", poem, tuple(poem[2 * n + m] for n in order for m in (0, 1))))
        mates = [own for own in (*poems[at + 1 :], *poems[:at]) if form_of(own) == form_of(poem)]
        if mates:
            keep = rng.random(len(poem) // 2) < 0.5
            mixed = [poem[n] if keep[n // 2] else mates[0][n] for n in range(len(poem))]
            found.append(("mixed", poem, tuple(mixed)))
        own = [lines for n, lines in enumerate(written[form_of(poem)]) if (n // 3 % 3 == 2) == odd]
        if own:
            ours = own[int(rng.integers(len(own)))]
            found.append(("written", poem, ours))
            part = [ours[n] if rng.random() < 0.5 else poem[n] for n in range(len(poem))]
            found.append(("half written", poem, tuple(part)))
    return [(kind, one, other) for kind, one, other in found if one != other]


class Meter:
    """Surprise of every line under the shipped model, and the figures."""

    def __init__(self, conductor: Any):
        self.tokens = ChineseVerse()
        self.runner = conductor.model(None, self.tokens.name, None).runner

    def measure(self, poems: Sequence[Poem]) -> dict[Poem, np.ndarray]:
        """The figures of each poem."""
        found: dict[Poem, np.ndarray] = {}
        order = sorted(dict.fromkeys(poems), key=lambda lines: sum(map(len, lines)))
        for at in range(0, len(order), BATCH):
            lot = order[at : at + BATCH]
            found |= {lines: features(lines, bits) for lines, bits in zip(lot, self.bits(lot), strict=True)}
        return found

    def bits(self, poems: Sequence[Poem]) -> list[list[float]]:
        """Bits a character of each line of each poem."""
        rows = [self._rows(lines) for lines in poems]
        state, longest = self.runner.start(len(poems)), max(len(own) for own, _ids in rows)
        nats: list[list[float]] = [[] for _ in poems]
        for step in range(longest):
            logits, state = self.runner.step(np.array([own[min(step, len(own) - 1)] for own, _ids in rows]), state)
            logs = log_shares(logits)
            for n, (own, ids) in enumerate(rows):
                first = len(own) - len(ids)
                if first <= step < len(own):
                    nats[n].append(-float(logs[n, ids[step - first]]))
        return [_by_line(lines, own) for lines, own in zip(poems, nats, strict=True)]

    def _rows(self, lines: Poem) -> tuple[list[tuple[int, ...]], list[int]]:
        form = form_of(lines)
        prompt, ids = self.tokens.prompt(form, "唐", ()), self.tokens.encode("".join(lines)).tolist()
        fields = [(0,) * 5] * (len(prompt) - 1) + [tuple(map(int, row)) for row in places(form, lines)]
        return [(last, *row) for last, row in zip([*prompt, *ids[:-1]], fields, strict=True)], ids


def _by_line(lines: Poem, nats: Sequence[float]) -> list[float]:
    found, at = [], 0
    for line in lines:
        found.append(sum(nats[at : at + len(line)]) / math.log(2) / len(line))
        at += len(line)
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
