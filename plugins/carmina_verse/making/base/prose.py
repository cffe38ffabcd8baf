"""Prose that the base wrote before it was taught verse: a twentieth of what it reads, lest it forget how."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from ...english.pretrained.tokenizer import EnglishBase
from .sequences import Asked

WHO = (
    "a lighthouse keeper|a girl who loses her way in a forest|two brothers on a farm|an old clockmaker|a robot"
    " learning to paint|a teacher in a small town|a dog that waits at a station|a ship lost in fog|a baker and"
    " her daughter|a boy who finds a map|a widow and her garden|a city without lights|a fox in winter|an "
    "astronaut far from home|a letter that arrives too late|a train at night|a storm on the coast|a market in "
    "the morning|a nurse on the night shift|a lost ring"
).split("|")
WAYS = ("Write a short story about {}.", "Tell a story about {}.", "Write a paragraph about {}.", "Describe {}.")
MOST_IDS, TEMPERATURE, NUCLEUS = 210, 0.75, 0.9
LOOPING = 0.85  # share of runs of four ids that must differ


@torch.no_grad()
def written(model: Any, tokens: EnglishBase, seed: int = 7) -> list[Asked]:
    """An answer to each request; those that go round in circles are left out."""
    chance = torch.Generator().manual_seed(seed)
    requests = [way.format(who) for who in WHO for way in WAYS]
    found = [_answer(model, tokens.asked(text), tokens.text_end, chance) for text in requests]
    return [one for one in found if len(one.answer) > 40 and not _circles(one.answer)]


def _answer(model: Any, asked: list[int], end: int, chance: torch.Generator) -> Asked:
    ids, state = torch.tensor([asked])[..., None], None
    out: list[int] = []
    while len(out) < MOST_IDS and (not out or out[-1] != end):
        logits, state = model(ids, state)
        shares, order = (logits[0, -1].float() / TEMPERATURE).softmax(-1).sort(descending=True)
        shares[shares.cumsum(-1) - shares > NUCLEUS] = 0
        out.append(int(order[torch.multinomial(shares, 1, generator=chance)]))
        ids = torch.tensor([[[out[-1]]]])
    return Asked(np.array(asked, np.uint16), np.array(out, np.uint16))


def _circles(ids: np.ndarray) -> bool:
    runs = [tuple(ids[at : at + 4]) for at in range(len(ids) - 3)]
    return len(set(runs)) < LOOPING * len(runs)
