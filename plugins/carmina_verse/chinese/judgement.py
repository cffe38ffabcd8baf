"""What a drafted stretch of Chinese verse is worth beside the lines that stand: see ``drafting.scoring`` for the
weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ..drafting.associations import Associations
from ..drafting.page import Drafted
from ..originality.runs import MOST, longest_run
from .antithesis import Antithesis
from .characters import Characters
from .tails import Tails
from .task import Task
from .tokenizer import SIZE
from .turns import unanswered
from .world import World

NATURAL = -3.0  # log-probability from which a rhyme word counts as natural where it stands


class Judgement:
    """For the lines of one poem."""

    def __init__(self, characters: Characters, associations: Associations, task: Task):
        self.characters, self.associations, self.task = characters, associations, task
        self.weights, self.world = task.scoring, World.shipped()
        self._antithesis = Antithesis.shipped()
        self._answers: dict[int, np.ndarray] = {}

    def worth(
        self, draft: Drafted, page: Any, before: Sequence[str], lines: Sequence[str], owed: Sequence[str]
    ) -> float:
        """Nats. ``before`` stand already, ``lines`` are what the draft says, ``owed``: keywords that have not come."""
        weights, start, end = self.weights, len(before), len(before) + len(lines)
        worth = weights.fluency * draft.fluency + self.in_band(draft) - weights.commonplace * page.commonplace(draft)
        worth += weights.bland * math.log(2) * float(np.mean(np.log2(np.array(draft.ids) + 1.0)))
        worth += weights.keyword * any(word in line for line in lines for word in owed) / len(lines)
        fresh = [word for word in self.task.words(start, end) if not any(word in line for line in before)]
        worth += weights.image * sum(any(word in line for line in lines) for word in fresh[:6])
        said = [word for at, line in enumerate(lines, start) for word in self.task.wish(at).said if word in line]
        worth += weights.said * sum(map(len, said)) / len(lines)
        if self.relevance is not None:
            worth += weights.relevance * float(np.mean(self.relevance[draft.ids]))
        if self.task.favour is not None:
            worth += weights.manner * float(np.mean(self.task.favour[draft.ids]))
        worth += weights.coherence * self._company(before, lines)
        if start in self.task.parallel and len(lines) == 2:
            worth += weights.parallel * self._antithesis.score(*lines)
        return worth - self._faults(draft, before, lines)

    def in_band(self, draft: Drafted) -> float:
        """0 inside people's band of surprise (bits a character), below 0 outside of it."""
        bits = -draft.fluency / math.log(2)
        return -self.weights.band * max(self.weights.low - bits, bits - self.weights.high, 0.0)

    def _faults(self, draft: Drafted, before: Sequence[str], lines: Sequence[str]) -> float:
        """Nats, 0 or more."""
        weights, text, whole = self.weights, "".join(lines), [*before, *lines]
        again = len(set(text) & set("".join(before)))
        total = weights.twice * (len(text) - len(set(text))) + weights.repeated * again
        total += weights.phrase * len(_pairs(lines) & _pairs(before))
        total += weights.clash * (
            self.world.strays(whole, self.task.world) - self.world.strays(before, self.task.world)
        )
        total += weights.twin * (self.world.twins(whole) - self.world.twins(before))
        total += weights.turn * (unanswered(whole) - unanswered(before))
        total += self._forced(draft, len(before), lines)
        near = (before[-1] if before else "") + text
        return total + weights.copied * (longest_run(list(near), "zh", self.task.index)[0] > MOST["zh"])

    def _forced(self, draft: Drafted, start: int, lines: Sequence[str]) -> float:
        """Nats, 0 or more: how far the endings of a stretch are from usual ones, rhymes whole, other lines less; and
        how much less likely its rhyme words are than natural ones."""
        tails, total, at = Tails.shipped(), 0.0, 0
        for number, line in enumerate(lines, start):
            at += len(line)
            slot = self.task.slots[number]
            if len(line) > 3 and slot.copies is None:
                share = 1.0 if slot.line.rhyme else self.weights.unrhymed
                total += self.weights.forced * share * (1 - tails.usual(draft.ids[at - 3 : at])) ** 2
                if slot.line.rhyme and len(draft.each) == len(draft.ids):
                    total += self.weights.fit * max(0.0, NATURAL - draft.each[at - 1])
        return total

    def _company(self, before: Sequence[str], lines: Sequence[str]) -> float:
        """How near the new characters are to those of the lines before, -1..1."""
        told = "".join(before) or "".join(self.task.words(0, len(before) + len(lines)))
        return self.associations.nearness([c for line in lines for c in line if c not in told], list(told))

    def answer(self, number: int) -> np.ndarray:
        """(V,) nats: how well each id answers one opposite."""
        if number not in self._answers:
            out = np.full(SIZE, -0.4, np.float32)
            rows, places = self._table
            out[places] = self._antithesis.partners(self.characters.text.get(number, ""))[rows]
            self._answers[number] = np.float32(self.weights.answer) * out
        return self._answers[number]

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the table of antithesis, and the ids that they are of."""
        known = [(row, self.characters.ids[c]) for c, row in self._antithesis.index.items() if c in self.characters.ids]
        return np.array([row for row, _id in known]), np.array([number for _row, number in known])

    @cached_property
    def relevance(self) -> np.ndarray | None:
        """(V,) nearness of each character to what the poem is about, 0..1."""
        texts = [self.characters.text.get(number, "") for number in range(SIZE)]
        about = [c for word in (*self.task.keywords, *self.task.about) for c in word]
        return self.associations.relevance(texts, about)


def _pairs(lines: Sequence[str]) -> set[str]:
    """The pairs of characters in lines."""
    return {line[at : at + 2] for line in lines for at in range(len(line) - 1)}
