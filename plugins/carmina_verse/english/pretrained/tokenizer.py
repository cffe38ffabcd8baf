"""Verse as the pre-trained base reads and writes it: plain text, but each line's last word stands before the line.

So the rhyme is chosen first and the line is written toward it, from left to right as all that the base learnt of
English was. A word is written with the space before it; marks follow without one. A line ends with ``\\n``, a stanza
with ``\\n\\n``, a poem with ``<|im_end|>``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from carmina import BadModel, Example, Tokenizer

from ..text import MARKS
from ..typography import capital
from ..vocabulary import Words
from .bpe import BytePairs

PACKAGE = "carmina_verse_base"
SIZE = 16768
NAME = 60  # per cent of its uses with a capital that make a word a name
SENTENCE_ENDS = (".", "!", "?")


def installed() -> bool:
    """Whether the package of weights is there."""
    return find_spec(PACKAGE) is not None and bool(_shipped())


def _shipped() -> dict[str, Path]:
    folder = Path(str(files(PACKAGE).joinpath("data")))
    return {path.stem: path for path in sorted(folder.glob("verse-en-base-llama.safetensors"))}


class EnglishBase(Tokenizer):
    """English verse and prose in the base's own vocabulary, cut."""

    name = "verse-en-base"
    summary = "English verse and prose, byte pairs, each line's last word before the line"
    field_sizes = (SIZE,)
    unit = "character"

    def models(self) -> Mapping[str, Path]:
        """The shipped weights."""
        return _shipped() if find_spec(PACKAGE) else {}

    @cached_property
    def pairs(self) -> BytePairs:
        """The merges."""
        with np.load(str(files("carmina_verse").joinpath("data", "en-base-pairs.npz"))) as table:
            tokens = bytes(table["tokens"]).decode().split("\n")
            merges = [(tokens[a], tokens[b]) for a, b in table["merges"]]
        return BytePairs(tokens, merges)

    @cached_property
    def line_end(self) -> int:
        return self.pairs.ids["Ċ"]

    @cached_property
    def stanza_end(self) -> int:
        return self.pairs.ids["ĊĊ"]

    @cached_property
    def text_end(self) -> int:
        return self.pairs.ids["<|im_end|>"]

    @cached_property
    def marks(self) -> dict[str, int]:
        """The id of each punctuation mark."""
        return {mark: self.pairs.part(mark)[0] for mark in MARKS}

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that are written with a capital wherever they stand."""
        return frozenset(word.text for word in Words().all if word.capital >= NAME or _is_i(word.text))

    def spelt(self, word: str, upper: bool = False) -> str:
        """A lower-case word as it is written; ``upper``: it begins a sentence."""
        return capital(word) if upper or word in self.names or _is_i(word) else word

    def word(self, word: str, upper: bool = False) -> tuple[int, ...]:
        """The ids of a word and the space before it."""
        return self.pairs.part(" " + self.spelt(word, upper))

    def line(self, tokens: Sequence[str], upper: bool) -> list[int]:
        """The ids of one line of lower-case words and marks, without what ends it; ``upper``: it begins a sentence."""
        words = [token for token in tokens if token not in MARKS]
        ids = list(self.word(words[-1])) if words else []
        for token in tokens:
            if token in MARKS:
                ids.append(self.marks[token])
                upper = upper or token in SENTENCE_ENDS
            else:
                ids += self.word(token, upper)
                upper = False
        return ids

    def asked(self, request: str) -> list[int]:
        """The ids before an answer."""
        start, end = self.pairs.ids["<|im_start|>"], self.text_end
        encode = self.pairs.encode
        return [start, *encode("user\n"), *encode(request), end, self.line_end, start, *encode("assistant\n")]

    def encode(self, work: str) -> np.ndarray:
        """Any text -> ids (T,)."""
        return np.array(self.pairs.encode(work), np.int64)

    def decode(self, ids: np.ndarray) -> str:
        """ids (T,) -> the text."""
        return self.pairs.decode([int(number) for number in ids])

    def units(self, example: Example) -> int:
        """Characters of what is answered; the words that stand before their lines are not counted."""
        return len(self.pairs.decode([int(number) for number in example.chosen if number >= 0]))

    def examples(self, folder: Path, workshop: Any) -> Iterator[Example]:
        """Taught by ``make train-verse-base``, not by ``carmina train``."""
        raise BadModel("verse-en-base is trained with `make train-verse-base` (docs/models/verse-en-base.md).")


def after_sentence(tokens: Sequence[str]) -> bool:
    """Whether the words and marks so far end a sentence (or there are none)."""
    return not tokens or tokens[-1] in SENTENCE_ENDS


def _is_i(word: str) -> bool:
    return word == "i" or word.startswith("i'")
