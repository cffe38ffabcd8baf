"""Songs and rhymes: lines of set length that rhyme, and refrains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from carmina import Form, FormLine, NoSolution, VerseBrief

from ...chinese.corpus import rhyme_class
from ..line import LinePlan
from ..plan import ModernPlan
from ..request import Wish, rhyme_asked
from ..tokenizer import SIZE
from ..vocabulary import ModernCharacters
from .base import Desk, Piece, Shape, Step

GOLDEN = 0.6180339887


class Songs(Shape):
    """歌词 and 儿歌."""

    def __init__(self, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator):
        super().__init__(form, brief, wish, plan, rng)
        self._variant = list(form.variants)[brief.seed % len(form.variants)]
        repeats = (brief.stanzas if brief.stanzas is not None else form.repeat) if form.repeat else 1
        self._shape: list[list[tuple[FormLine, str]]] = [
            [(line, f"{line.rhyme}{n}" if line.rhyme and form.repeat else line.rhyme) for line in stanza]
            for n in range(repeats)
            for stanza in form.variants[self._variant]
        ]
        self._classes: dict[str, str] | None = None
        self._copies: dict[str, str] = {}
        self._rhymes: list[tuple[str, str]] = []

    @property
    def sizes(self) -> Sequence[int]:
        return [len(stanza) for stanza in self._shape]

    def _next(self) -> tuple[FormLine, str]:
        stanza, place = self.place()
        return self._shape[stanza][place]

    def images(self) -> Sequence[str]:
        return self.plan.images[self.place()[0] % len(self.plan.images)] if self.plan.images else ()

    def stand(self, poet: Desk) -> None:
        while not self.done and self._next()[0].refrain in self._copies:
            text = self._copies[self._next()[0].refrain]
            poet.stand(text, end=self.end())
            self._set(text)

    def step(self, poet: Desk) -> Step:
        if self._classes is None:
            self._classes = _classes(poet.characters, self._shape, self.brief, self.plan)
        line, letter = self._next()
        total = sum(self.sizes)
        last, final = self._rhymed(poet.characters, letter) if letter else (None, 0)
        lengths, said = [len(pattern) for pattern in line.patterns], self.said(poet)
        plans = [
            LinePlan(
                poet.allowed,
                np.zeros(SIZE, np.float32),
                int(length),
                self.at + 1,
                total - self.at,
                final,
                bool(letter),
                last,
                self.end(),
                first=poet.characters.not_first,
                dangling=poet.characters.not_last,
                pins=self.pins(said, int(length), poet, last),
            )
            for length in self.rng.permutation(lengths)[:4]
        ]
        return Step(plans, self.images(), self.due(poet.standing.owed, (self.at + 1) / total))

    def _rhymed(self, characters: ModernCharacters, letter: str) -> tuple[np.ndarray, int]:
        """(V,) what may end a line of a letter, and the commonest final of it."""
        assert self._classes is not None  # chosen before the first line
        used = {
            text.rstrip("，。")[-1]
            for text, (own, _refrain) in zip(self._flat(), self._rhymes, strict=True)
            if own == letter
        }
        last = characters.rhymes[self._classes[letter]] & ~characters.mask(used)
        if not last.any():
            raise NoSolution(f"no rhyme is left in {self._classes[letter]}; ask for fewer stanzas.")
        finals = [rhyme_class(characters.tokens.pieces[n]) for n in np.flatnonzero(last)[:25]]
        return last, int(np.bincount(finals).argmax())

    def took(self, poet: Desk, text: str) -> None:
        line, _letter = self._next()
        if line.refrain:
            self._copies[line.refrain] = text
        self._set(text)

    def _set(self, text: str) -> None:
        """A line more, with its mark."""
        line, letter = self._next()
        stanza, place = self.place()
        self._rhymes.append((letter, line.refrain))
        self.add(text + ("。" if place % 2 or place + 1 == self.sizes[stanza] else "，"))

    def _flat(self) -> list[str]:
        return [text for stanza in self.stanzas for text in stanza]

    def piece(self) -> Piece:
        return Piece(self.stanzas, self._rhymes, self._classes or {}, self._variant)

    def fork(self, seed: Sequence[int]) -> Songs:
        twin = super().fork(seed)
        twin._copies, twin._rhymes = dict(self._copies), list(self._rhymes)
        return twin


def _classes(
    characters: ModernCharacters, shape: Sequence[Sequence[tuple[FormLine, str]]], brief: VerseBrief, plan: ModernPlan
) -> dict[str, str]:
    """The rhyme class of every letter: what was asked for, one that a planned word rhymes in, else by the seed."""
    table = characters.rhymes
    wanted = rhyme_asked(brief.rhyme, list(table), characters.classes)
    names = sorted(table)
    told = [word[-1] for word in [*plan.subjects, *(word for own in plan.images for word in own)] if word]
    chosen: dict[str, str] = {}
    for letter in dict.fromkeys(letter for stanza in shape for _line, letter in stanza if letter):
        if wanted and not chosen:
            chosen[letter] = wanted
            continue
        ids = [characters.tokens.ids.get(c, 0) for c in told]
        fit = [name for name in names if any(table[name][n] for n in ids) and name not in chosen.values()]
        if fit:
            chosen[letter] = fit[(brief.seed + len(chosen)) % len(fit)]
        else:
            chosen[letter] = _drawn(table, names, chosen, brief.seed * GOLDEN + len("".join(plan.subjects)) * 0.13)
    return chosen


def _drawn(table: Mapping[str, np.ndarray], names: Sequence[str], chosen: Mapping[str, str], start: float) -> str:
    """A class that is not taken, wide ones more often."""
    weights = np.sqrt([float(table[name].sum()) for name in names])
    edges = np.cumsum(weights / weights.sum())
    name = names[0]
    for turn in range(len(names)):
        at = (start + len(chosen) * 0.31 + turn * 0.17) % 1.0
        name = names[min(int(np.searchsorted(edges, at)), len(names) - 1)]
        if name not in chosen.values():
            break
    return name
