"""Cuts the vocabulary to what verse and plain prose need: whatever is kept is cut from text exactly as it was.

A token stays if it is one of the commonest of plain words (they stand in the order in which they were merged), if the
words of the lexicon use it often enough, or if another that stays is merged from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ...english.pretrained.bpe import LETTERS, BytePairs
from ...english.typography import capital
from ...english.vocabulary import Words

PLAIN = 11_500  # of the commonest tokens of letters
LEAST_USES = 30  # by words of the lexicon, by their counts in the corpus of verse
SPECIAL = 17
CAPITALS = 0.15  # share of a word's uses that begin a sentence
MULTIPLE = 64
_LETTERS = re.compile(r"Ġ?[A-Za-z]+|Ġ?'[a-z]{1,2}")
_MARKS = ("Ċ", "ĊĊ", 'Ġ"', ".", ',"', '."', '?"', '!"', "Ġ(", ").", "...", "--", "Ġ-")


def kept(tokens: Sequence[str], merges: Sequence[tuple[str, str]], spelt: dict[str, str]) -> list[int]:
    """Which ids stay, in their order; ``spelt``: words written with capitals inside sentences."""
    whole = BytePairs(tokens, merges)
    uses: Counter[int] = Counter()
    for word in Words().all:
        uses.update(dict.fromkeys(whole.part(" " + spelt.get(word.text, word.text)), max(word.count, 1)))
        uses.update(dict.fromkeys(whole.part(" " + capital(word.text)), max(word.count, 1) * CAPITALS))
    plain = [at for at, token in enumerate(tokens) if at >= SPECIAL and _LETTERS.fullmatch(token)]
    staying = {*range(SPECIAL), *plain[:PLAIN], *(whole.ids[one] for one in LETTERS.values() if one in whole.ids)}
    staying |= {number for number, many in uses.items() if many >= LEAST_USES}
    staying |= {whole.ids[mark] for mark in _MARKS if mark in whole.ids}
    parents = {a + b: (a, b) for a, b in reversed(merges)}
    _closed(staying, whole, parents)
    for number in plain:  # up to a whole multiple, which computers like
        if len(staying) % MULTIPLE == 0:
            break
        if number not in staying and all(whole.ids[part] in staying for part in parents[tokens[number]]):
            staying.add(number)
    return sorted(staying)


def _closed(staying: set[int], whole: BytePairs, parents: dict[str, tuple[str, str]]) -> None:
    waiting = list(staying)
    while waiting:
        for part in parents.get(whole.tokens[waiting.pop()], ()):
            if (number := whole.ids[part]) not in staying:
                staying.add(number)
                waiting.append(number)


def table(tokens: Sequence[str], merges: Sequence[tuple[str, str]], ids: Sequence[int]) -> dict[str, np.ndarray]:
    """The arrays of ``en-base-pairs.npz``: the text of each id, and the merges among them in their order."""
    texts = [tokens[number] for number in ids]
    new = {text: at for at, text in enumerate(texts)}
    pairs = [(new[a], new[b]) for a, b in merges if a in new and b in new and a + b in new]
    joined = np.frombuffer("\n".join(texts).encode(), np.uint8)
    return {"tokens": joined, "merges": np.array(pairs, np.uint16)}
