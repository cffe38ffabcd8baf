"""Who wrote a passage, of eight poets: a judge that knows none of the tables that steer, to try poems in their manner.

    python -m carmina_verse.making.poets_judge FOLDER [POEM.txt ...]

Multinomial logistic regression on the commonest words, the marks, the lengths of lines and how lines begin; taught on
one quarter of the poems of each and tried on another (``poets.lot``), in passages of twelve lines. Prints for each poet
how often held-out passages are given to it, and its mean share; then the shares of each poem that is named. Chance:
1/8.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..corpus import read_poems
from ..english.text import MARKS, words_of
from .poets import lot, poet_of

POETS = ("dickinson", "whitman", "tennyson", "longfellow", "keats", "hardy", "rossetti", "kipling")
LINES = 12  # of a passage
WORDS = 250  # the commonest, whose rates are told
OPENERS = 30
DECAY, STEPS, RATE = 0.02, 600, 0.3
Passage = list[list[str]]  # lines of words and marks


def passages(folder: Path) -> dict[str, dict[str, list[Passage]]]:
    """For teaching and trying, of each poet."""
    found: dict[str, dict[str, list[Passage]]] = {"teach": defaultdict(list), "try": defaultdict(list)}
    for poem in read_poems(folder, "en"):
        name, kind = poet_of(poem), lot(poem)
        if name in POETS and kind in found:
            lines = [words_of(line) for stanza in poem["stanzas"] for line in stanza]
            lines = [line for line in lines if line]
            found[kind][name] += [lines[at : at + LINES] for at in range(0, max(1, len(lines) - LINES + 1), LINES)]
    return {
        kind: {name: [p for p in own if len(p) >= LINES // 2] for name, own in lots.items()}
        for kind, lots in found.items()
    }


class Judge:
    """The regression."""

    def __init__(self, taught: dict[str, list[Passage]]):
        words: Counter[str] = Counter()
        openers: Counter[str] = Counter()
        for own in taught.values():
            for passage in own:
                words.update(word for line in passage for word in line if word not in MARKS)
                openers.update(line[0] for line in passage)
        self.words = [word for word, _many in words.most_common(WORDS)]
        self.openers = [word for word, _many in openers.most_common(OPENERS)]
        x = np.array([self.features(passage) for name in POETS for passage in taught[name]])
        y = np.array([n for n, name in enumerate(POETS) for _passage in taught[name]])
        self.mean, self.spread = x.mean(0), x.std(0) + 1e-6
        self.weights = self._fitted(np.clip((x - self.mean) / self.spread, -4, 4), y)

    def features(self, passage: Passage) -> np.ndarray:
        """Rates a line or a word."""
        plain = [[word for word in line if word not in MARKS] for line in passage]
        count, marks = (
            Counter(w for line in plain for w in line),
            Counter(m for line in passage for m in line if m in MARKS),
        )
        begun, sizes = Counter(line[0] for line in passage), [len(line) for line in plain]
        many, lines = max(1, sum(sizes)), len(passage)
        again = sum(a[0] == b[0] for a, b in zip(passage, passage[1:], strict=False)) / lines
        ends = Counter(line[-1] if line[-1] in MARKS else "/" for line in passage)
        return np.array(
            [
                *(np.sqrt(count[word] / many) for word in self.words),
                *(np.sqrt(begun[word] / lines) for word in self.openers),
                *(marks[mark] / lines for mark in MARKS),
                *(ends[mark] / lines for mark in (*MARKS, "/")),
                np.mean(sizes),
                np.std(sizes),
                again,
                np.mean([len(word) for line in plain for word in line] or [0]),
            ]
        )

    @staticmethod
    def _fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Gradient descent with every poet of one weight."""
        x = np.hstack([x, np.ones((len(x), 1))])
        one_hot = np.eye(len(POETS))[y]
        weight = (1 / np.bincount(y, minlength=len(POETS)))[y][:, None] / len(POETS)
        weights = np.zeros((x.shape[1], len(POETS)))
        for _ in range(STEPS):
            weights -= RATE * (x.T @ (weight * (_softmax(x @ weights) - one_hot)) + DECAY * weights)
        return weights

    def shares(self, found: Sequence[Passage]) -> np.ndarray:
        """(passages, poets)."""
        x = np.array([self.features(passage) for passage in found])
        x = np.clip((x - self.mean) / self.spread, -4, 4)
        return _softmax(np.hstack([x, np.ones((len(x), 1))]) @ self.weights)


def _softmax(logits: np.ndarray) -> np.ndarray:
    shares = np.exp(logits - logits.max(1, keepdims=True))
    found: np.ndarray = shares / shares.sum(1, keepdims=True)
    return found


def main(folder: str, *poems: str) -> None:
    """Print the figures."""
    lots = passages(Path(folder))
    judge = Judge(lots["teach"])
    for number, name in enumerate(POETS):
        shares = judge.shares(lots["try"][name])
        right = (shares.argmax(1) == number).mean()
        print(f"{name}: right {right:.3f}, share {shares[:, number].mean():.3f} of {len(shares)} passages")
    for path in poems:
        lines = [own for line in Path(path).read_text("utf-8").splitlines() if (own := words_of(line))]
        (row,) = judge.shares([lines])
        print(Path(path).name, " ".join(f"{name} {share:.3f}" for name, share in zip(POETS, row, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
