"""Prose by the base: a story told, or a text gone on with, for some hundred words, ended at the end of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from carmina import Decoder, Runner
from carmina.generate import Prefix, decode

from ..corpus import SLURS
from .tokenizer import EnglishBase

LEAST_WORDS, MOST_WORDS = 100, 400
MOST_IDS = 700
RUN = 4  # ids that never stand in the same order twice
AGAIN = np.float32(-1.0)  # nats from an id that stands among the last ones
NEAR = 48  # of those
NEVER = np.float32(-np.inf)


class ProseHypothesis:
    """One text on its way (a :class:`carmina.Hypothesis`)."""

    def __init__(self, tokens: EnglishBase, ends: np.ndarray, forbidden: np.ndarray, least: int, most: int):
        """``ends`` (V,): ids that end a sentence. ``forbidden`` (V,). ``least`` and ``most`` words."""
        self._tokens, self._ends, self._forbidden = tokens, ends, forbidden
        self._least, self._most = least, most
        self.ids: list[int] = []
        self.words = 0
        self.done = False

    def context(self) -> tuple[int, ...]:
        """Nothing but the ids."""
        return ()

    def logit_bias(self) -> np.ndarray:
        """(V,): no run of ids twice, no end before its time."""
        out = np.where(self._forbidden, NEVER, np.float32(0))
        near = self.ids[-NEAR:]
        out[[number for number in near if not self._ends[number]]] += AGAIN
        last = tuple(self.ids[1 - RUN :])
        for at in range(len(self.ids) - RUN + 1):
            if tuple(self.ids[at : at + RUN - 1]) == last:
                out[self.ids[at + RUN - 1]] = NEVER
        if self.words < self._least:
            out[self._tokens.text_end] = NEVER
        return out

    def take(self, chosen: int) -> None:
        """End at the end of the text, or of a sentence once there are words enough."""
        if chosen == self._tokens.text_end:
            self.done = True
            return
        self.ids.append(chosen)
        self.words += self._tokens.pairs.tokens[chosen].startswith(("Ġ", "Ċ"))
        full = self.words >= self._most and self._ends[chosen]
        self.done = bool(full) or len(self.ids) >= MOST_IDS

    def fork(self) -> ProseHypothesis:
        twin = object.__new__(ProseHypothesis)
        twin.__dict__.update(self.__dict__)
        twin.ids = list(self.ids)
        return twin


def written(
    runner: Runner,
    tokens: EnglishBase,
    request: str,
    opening: str,
    decoder: Decoder,
    seeds: Sequence[Sequence[int]],
    temperature: float,
    words: tuple[int, int] = (LEAST_WORDS, MOST_WORDS // 2),
) -> list[str]:
    """Texts that answer ``request``, each from a chance of its own, the likeliest first; ``opening`` stands before."""
    ids = [*tokens.asked(request), *tokens.pairs.encode(opening)]
    state = runner.start(1)
    for number in ids[:-1]:
        _logits, state = runner.step(np.array([[number]]), state)
    ends, forbidden = _kinds(tokens)
    own = [ProseHypothesis(tokens, ends, forbidden, *words) for _ in seeds]
    found = decode(runner, own, decoder, [list(seed) for seed in seeds], temperature, Prefix(state, ids[-1]))
    texts = [(one.fluency, opening + tokens.pairs.decode(one.hypothesis.ids)) for one in found]
    return [whole(text) for _fluency, text in sorted(texts, key=lambda entry: -entry[0])]


def _kinds(tokens: EnglishBase) -> tuple[np.ndarray, np.ndarray]:
    """(V,) ids that end a sentence, and those that never stand in a text."""
    texts = tokens.pairs.tokens
    ends = np.array([text.rstrip('"âĢĿ').endswith((".", "!", "?")) for text in texts])
    special = np.array([text.startswith("<") and text.endswith(">") and len(text) > 2 for text in texts])
    special[tokens.text_end] = False
    slurs = np.array([text.lstrip("Ġ").lower() in SLURS for text in texts])
    return ends, special | slurs


def whole(text: str) -> str:
    """The text up to the end of its last whole sentence."""
    last = max(text.rfind(sign) for sign in ".!?")
    closing = len(text[last + 1 :]) - len(text[last + 1 :].lstrip('"”')) if last >= 0 else 0
    return (text[: last + 1 + closing] if last >= 0 else text).strip()
