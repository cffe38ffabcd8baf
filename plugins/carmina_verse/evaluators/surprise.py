"""How much a poem surprises a language model that did not write it: the evaluator ``surprise``.

The model is a Hugging Face folder, named in the environment as ``CARMINA_STRANGER`` (``hf:FOLDER``); without one,
undefined.
"""

from __future__ import annotations

import math
import os
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import BadModel, Figure, Poem

from .base import PoemMeasure, Values

STRANGER = "CARMINA_STRANGER"
ORDERS = 3  # shuffled versions
LONGEST = 60  # lines that are read


class Surprise(PoemMeasure):
    """Of poems in any language that the stranger reads."""

    name, summary = "surprise", f"how predictable the poem is to another language model ({STRANGER}=hf:FOLDER)"
    specs = (
        Figure(
            "surprise", None, "human", high=8.0, definition="bits a character under the stranger, line ends counted"
        ),
        Figure(
            "order_gain",
            None,
            "human",
            low=-1.0,
            definition=f"bits a character by which the lines in {ORDERS} random orders surprise more than in their own",
        ),
    )

    def measure(self, poem: Poem) -> Values:
        named = os.environ.get(STRANGER, "")
        if not named:
            return {}
        kind, _, folder = named.partition(":")
        if kind != "hf" or not folder:
            raise BadModel(f"{STRANGER}={named}: give hf:FOLDER, the folder of a Hugging Face language model.")
        lines, stranger = list(poem.lines[:LONGEST]), _opened(folder)
        rng = np.random.default_rng(0)
        own = bits(stranger, lines)
        others = [bits(stranger, [lines[n] for n in rng.permutation(len(lines))]) for _ in range(ORDERS)]
        return {"surprise": own, "order_gain": float(np.mean(others)) - own if len(lines) > 1 else None}


@lru_cache(maxsize=1)
def _opened(folder: str) -> Any:
    from ..external.hugging_face import HuggingFace

    return HuggingFace(folder)


def bits(stranger: Any, lines: list[str]) -> float:
    """Bits a character of lines."""
    text = "\n".join(lines)
    return stranger.nats(text) / math.log(2) / max(1, len(text))
