"""Makes ``data/profiles.tsv`` again: ``python -m carmina_european.profiles FOLDER > data/profiles.tsv``.

For each language the commonest three-letter strings of its sung words (word ends as ``_``) with 10 x the natural
logarithm of their share. ``FOLDER`` is that of :mod:`carmina_european.measure`; a piece counts when its function
words bear out its language.
"""

from __future__ import annotations

import sys
from collections import Counter
from math import log
from pathlib import Path

from .claims import LANGUAGES, function_words, plain_words, trigrams
from .measure import bare, pieces, words_of

KEPT = 800


def main(folder: str) -> None:
    counts: dict[str, Counter[str]] = {code: Counter() for code in LANGUAGES}
    for song in pieces(Path(folder)):
        words = plain_words([bare(word.text) for word in words_of(song)])
        if song["language"] in counts and _bears_out(song["language"], words):
            counts[song["language"]].update(found for word in set(words) for found in trigrams(word))
    for code, found in counts.items():
        total = sum(found.values())
        for trigram, count in sorted(found.most_common(KEPT)):
            print(code, trigram, round(10 * log(count / total)), sep="\t")


def _bears_out(language: str, words: list[str]) -> bool:
    shares = {code: sum(word in function_words()[code] for word in words) for code in LANGUAGES}
    return shares[language] > 0.12 * len(words) and max(shares, key=lambda code: shares[code]) == language


if __name__ == "__main__":
    main(sys.argv[1])
