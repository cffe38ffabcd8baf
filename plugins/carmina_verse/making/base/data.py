"""The corpus as sequences: what teaches, and what validates."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ...english.pretrained.tokenizer import EnglishBase
from ...english.vocabulary import Words
from . import own
from .poems import taught
from .sequences import Asked, in_order

SEED, VALIDATION = 12, 160


def prepared(conductor: Any, corpus: Path) -> tuple[EnglishBase, list[Asked], list[Asked]]:
    """The tokenizer, the sequences that teach in their order, and those of held-out authors and poems."""
    tokens, rng, words = EnglishBase(), np.random.default_rng(SEED), Words().by_text

    @cache
    def syllables(word: str) -> int:
        """Of the lexicon, or runs of vowels."""
        vowels = len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word)))
        return len(words[word].stresses) if word in words else max(1, vowels)

    poems = list(taught(corpus, syllables, words.__contains__))
    parts = {name: [poem for poem in poems if poem.split == name] for name in ("train", "validation")}
    people = in_order([poem for poem in parts["train"] if not poem.asked], tokens, rng)
    ours = own.poems([poem for poem in parts["train"] if poem.asked], tokens, rng)
    held = in_order([poem for poem in parts["validation"] if not poem.asked], tokens, rng)
    return tokens, own.mixed(ours, people, rng), held[:VALIDATION]
