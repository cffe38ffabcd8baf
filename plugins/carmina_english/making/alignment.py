"""Learn ``data/alignment.txt`` from the lexicon: best alignments, counted, turned into costs, and again.

``python train_align.py``; about 20 seconds on one core. Only words outside the held-out part (``held_out``).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from math import log
from pathlib import Path

from carmina_english.align import Chunk, align, bare
from carmina_english.lexicon import CONSONANTS, VOWELS, Lexicon, Phones, is_vowel

USUAL = {
    "a": "AE EY AH AA AO EH",
    "b": "B",
    "c": "K S CH SH",
    "d": "D JH",
    "e": "EH IY AH IH ER",
    "f": "F",
    "g": "G JH",
    "h": "HH",
    "i": "IH AY IY AH",
    "j": "JH",
    "k": "K",
    "l": "L",
    "m": "M",
    "n": "N NG",
    "o": "AA OW AH AO UW AW",
    "p": "P",
    "q": "K",
    "r": "R ER",
    "s": "S Z SH ZH",
    "t": "T TH DH SH CH",
    "u": "AH UW UH",
    "v": "V",
    "w": "W",
    "x": "K Z",
    "y": "Y IY AY IH",
    "z": "Z",
    "'": "",
}
ROUNDS = 4
FEWEST = 3  # a chunk seen less often is left out
SHARE = 20  # one word in so many is held out


def held_out(word: str) -> bool:
    """Whether no training may see this word: a twentieth, chosen by a hash of its letters."""
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % SHARE == 0


def first_costs() -> dict[tuple[str, Chunk], float]:
    """A start by hand: a letter's usual sounds are cheap, a vowel for a vowel is fair, silence costs a little."""
    table: dict[tuple[str, Chunk], float] = {}
    for letter, sounds in USUAL.items():
        table[letter, ()] = 0.0 if letter == "'" else 2.0
        for phone in (*VOWELS, *CONSONANTS):
            table[letter, (phone,)] = 0.0 if phone in sounds.split() else _unusual(letter, phone)
        for first in CONSONANTS:
            table |= {
                (letter, (first, second)): 4 + (table[letter, (first,)] + table[letter, (second,)]) / 2
                for second in (*VOWELS, *CONSONANTS)
            }
    table |= {(letter, ("AH", letter.upper())): 1.0 for letter in "lmn"}  # little, rhythm, didn't
    table["x", ("K", "S")] = table["x", ("G", "Z")] = table["u", ("Y", "UW")] = 0.5
    return table


def _unusual(letter: str, phone: str) -> float:
    if is_vowel(phone):
        return 3.0 if letter in "aeiouyw" else 20.0
    return 7.0


def chunks_of(letters: str, phones: Phones, lengths: tuple[int, ...]) -> list[tuple[str, Chunk]]:
    """(letter, chunk) pairs of one aligned word."""
    pairs, at = [], 0
    for letter, length in zip(letters, lengths, strict=True):
        pairs.append((letter, bare(phones[at : at + length])))
        at += length
    return pairs


def count(words: list[tuple[str, Phones]], table: dict[tuple[str, Chunk], float]) -> Counter:
    """How often each letter gives each chunk on the best alignments."""
    seen: Counter = Counter()
    for letters, phones in words:
        lengths = align(letters, phones, table)
        if lengths:
            seen.update(chunks_of(letters, phones, lengths))
    return seen


def to_costs(seen: Counter) -> dict[tuple[str, Chunk], float]:
    """Counts -> nats, rare chunks dropped."""
    totals: Counter = Counter()
    for (letter, _), times in seen.items():
        totals[letter] += times
    return {pair: log(totals[pair[0]] / times) for pair, times in seen.items() if times >= FEWEST}


def main() -> None:
    """Learn from a sample, finish with all words, write the table."""
    lexicon = Lexicon()
    words = [(word, lexicon.get(word)[0]) for word in lexicon.words() if not held_out(word)]
    table = first_costs()
    for turn in range(ROUNDS):
        table = to_costs(count(words if turn == ROUNDS - 1 else words[::5], table))
    rows = sorted(f"{letter}\t{' '.join(chunk)}\t{cost:.2f}" for (letter, chunk), cost in table.items())
    text = "# letter, phones it gives, cost in nats; made by train_align.py\n" + "\n".join(rows) + "\n"
    (Path(__file__).parents[1] / "data" / "alignment.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
