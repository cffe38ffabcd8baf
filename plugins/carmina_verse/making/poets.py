"""What English poets do more readily than poets at large: tables of counts and nats; no text is kept.

    python -m carmina_verse.making.poets FOLDER plugins/carmina_verse/data/en-poets.json

``FOLDER`` holds ``en-*.jsonl.zst``. Of each poet half of the poems are counted (``lot``); the judge (``poets_judge``)
is taught on a quarter and tried on the last.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..corpus import draw, read_poems
from ..english.corpus import AUTHORS, SLURS
from ..english.text import MARKS, ends, words_of

LEAST = 2000  # lines of a poet that are counted
SIZES = range(2, 9)  # lines of the stanzas whose marks are counted whole
SEQUENCES, OPENERS, WORDS = (
    30,
    40,
    200,
)  # kept of each poet: sequences of marks of each size, openers of each mark, words
TRUST = 60.0  # uses of a word that verse at large counts as
FIRM, MOST, LEAST_USES = 0.25, 2.0, 12  # nats from which a word is kept, and at most; uses
COUNTED = "table"


def lot(poem: Mapping[str, Any]) -> str:
    """What a poem is for: the table (a half), the judge's teaching, its trial."""
    return (COUNTED, COUNTED, "teach", "try")[draw("poets" + poem["id"]) % 4]


def poet_of(poem: Mapping[str, Any]) -> str:
    """The poet's name as a style; empty for others."""
    author = poem.get("author", "")
    return next((name for name, text in AUTHORS.items() if text in author and "various" not in author), "")


def main(folder: str, output: str) -> None:
    """Write the table."""
    own: dict[str, Counts] = defaultdict(Counts)
    large: Counter[str] = Counter()
    for poem in read_poems(Path(folder), "en"):
        clean = [[words_of(line) for line in stanza] for stanza in poem["stanzas"]]
        name = poet_of(poem)
        if name and lot(poem) == COUNTED:
            own[name].add(clean)
        if not name and draw(poem["id"]) % 8 == 0:
            large.update(word for stanza in clean for line in stanza for word in line if word not in MARKS)
    table = {name: counts.table(large) for name, counts in sorted(own.items()) if counts.lines >= LEAST}
    Path(output).write_text(json.dumps(table, separators=(",", ":")), "utf-8")
    print({name: row["lines"] for name, row in table.items()})


class Counts:
    """Of one poet."""

    def __init__(self) -> None:
        self.lines = self.again = 0
        self.closes: dict[int, Counter[str]] = defaultdict(Counter)
        self.openers: dict[str, Counter[str]] = defaultdict(Counter)
        self.words: Counter[str] = Counter()

    def add(self, clean: Sequence[Sequence[list[str]]]) -> None:
        """Count a poem: stanzas of lines of words and marks."""
        before, opener = ".", ""
        for stanza in clean:
            marks = ""
            for words, mark in _lines(stanza):
                self.lines += 1
                self.again += words[0] == opener
                self.openers[before][words[0]] += 1
                self.words.update(word for word in words if word not in MARKS)
                marks, before, opener = marks + mark, mark, words[0]
            if len(marks) in SIZES:
                self.closes[len(marks)][marks] += 1

    def table(self, large: Counter[str]) -> dict[str, Any]:
        """What ships of it."""
        whole, total = sum(large.values()), sum(self.words.values())
        nats = {}
        for word, many in large.items():
            if len(word) == 1 and word not in "aio" or word in SLURS:
                continue  # what is left of an elision
            if many + self.words[word] >= LEAST_USES and (
                self.words[word] >= LEAST_USES or many / whole * total > LEAST_USES
            ):
                share = many / whole
                found = math.log((self.words[word] + TRUST * share * 100) / (total + TRUST * 100) / share)
                found = max(-MOST, min(MOST, found))
            if abs(found) >= FIRM:
                nats[word] = round(found, 2)
        weight = {word: abs(n) * math.sqrt(self.words[word] + large[word] / whole * total) for word, n in nats.items()}
        kept = sorted(weight, key=lambda word: -weight[word])[:WORDS]
        return {
            "lines": self.lines,
            "again": round(self.again / self.lines, 3),
            "closes": {size: dict(self.closes[size].most_common(SEQUENCES)) for size in SIZES if self.closes[size]},
            "openers": {mark: dict(own.most_common(OPENERS)) for mark, own in self.openers.items()},
            "words": {word: nats[word] for word in kept},
        }


def _lines(stanza: Sequence[list[str]]) -> Iterator[tuple[list[str], str]]:
    for line in stanza:
        words, mark = ends(list(line))
        if words and words[0] not in MARKS:
            yield words, mark


if __name__ == "__main__":
    main(*sys.argv[1:])
