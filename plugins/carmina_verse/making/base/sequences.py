"""Poems and prose as sequences of ids, and rows of them for training. Shapes: R rows, T steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...english.pretrained.requests import PoemRequest
from ...english.pretrained.tokenizer import EnglishBase, after_sentence
from .poems import Taught, request, weight

MOST_IDS = 480
PROSE_SHARE = 0.05
FULL = 0.55  # of a row, from which a poem that would be cut waits for the next


@dataclass(frozen=True)
class Asked:
    """What is asked, and what is answered."""

    asked: np.ndarray
    answer: np.ndarray


def sequence(
    poem: Taught,
    tokens: EnglishBase,
    rng: np.random.Generator,
    asked_for: Callable[[Taught, EnglishBase, np.random.Generator], PoemRequest] = request,
) -> Asked:
    """A poem under a request that it answers."""
    ids: list[int] = []
    written: list[str] = []
    for stanza in poem.stanzas:
        for line in stanza:
            ids += tokens.line(line, after_sentence(written)) + [tokens.line_end]
            written = list(line)
        ids[-1] = tokens.stanza_end
    ids[-1] = tokens.text_end
    asked = tokens.asked(asked_for(poem, tokens, rng).text())
    return Asked(np.array(asked, np.uint16), np.array(ids, np.uint16))


def in_order(poems: Sequence[Taught], tokens: EnglishBase, rng: np.random.Generator) -> list[Asked]:
    """Poems drawn without replacement by their weight, as sequences; those too long are left out."""
    keys = [np.log(weight(poem)) - np.log(-np.log(rng.random())) for poem in poems]
    found = [sequence(poems[at], tokens, rng) for at in np.argsort(keys)[::-1]]
    return [one for one in found if len(one.asked) + len(one.answer) <= MOST_IDS]


def rows(
    sequences: Sequence[Asked], prose: Sequence[Asked], start: int, shape: tuple[int, int]
) -> Iterator[tuple[np.ndarray, np.ndarray, int]]:
    """ids (R, T + 1), whether each of the last T is an answer's (R, T), and the sequence to go on from."""
    at, (many, steps) = start, shape
    rng = np.random.default_rng(start)
    while True:
        ids, answered = np.zeros((many, steps + 1), np.int64), np.zeros((many, steps + 1), bool)
        for row in range(many):
            used = 0
            while used < steps + 1:
                other = bool(prose) and rng.random() < PROSE_SHARE
                one = prose[int(rng.integers(len(prose)))] if other else sequences[at % len(sequences)]
                both = np.concatenate((one.asked, one.answer))
                if used > FULL * steps and used + len(both) > steps + 60:
                    break
                at += not other
                part = both[: steps + 1 - used]
                ids[row, used : used + len(part)] = part
                answered[row, used + len(one.asked) : used + len(part)] = True
                used += len(part)
        yield ids, answered[:, 1:], at
