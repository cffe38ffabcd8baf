"""What every shape of a modern text is: it says what the next line must be, and hears what it became."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np

from carmina import Form, VerseBrief

from ...chinese.arranging import PARTICLES, arranged
from ...planning.said import freedom, lots
from ..judgement import Standing
from ..line import LinePlan
from ..plan import ModernPlan
from ..request import Wish
from ..tokenizer import EOS, LINE_END, STANZA_END
from ..vocabulary import ModernCharacters


class Desk(Protocol):
    """What a shape sees of the poet who writes to it."""

    characters: ModernCharacters
    allowed: np.ndarray  # (V,) what may be written
    standing: Standing

    def stand(self, text: str, end: int | None = None) -> None:
        """Put text that is given on the page, and what ends it."""


@dataclass(frozen=True)
class Step:
    """What the next line must be."""

    plans: Sequence[LinePlan]  # candidates are drafted to them in turn
    images: Sequence[str] = ()  # that it may bring
    due: Sequence[str] = ()  # owed words whose turn has come
    fits: Callable[[str], bool] | None = None


@dataclass
class Piece:
    """A text that is written."""

    stanzas: list[list[str]]
    rhymes: list[tuple[str, str]]  # of every line its rhyme letter and its refrain
    classes: dict[str, str] = field(default_factory=dict)
    variant: str = ""


class Shape:
    """One text's shape, and how far it is written: ``stanzas`` holds what stands so far."""

    def __init__(self, form: Form, brief: VerseBrief, wish: Wish, plan: ModernPlan, rng: np.random.Generator):
        self.form, self.brief, self.wish, self.plan, self.rng = form, brief, wish, plan, rng
        self.stanzas: list[list[str]] = [[]]
        self.freedom = freedom(brief)

    @property
    def sizes(self) -> Sequence[int]:
        """Lines (of prose, sentences) of every stanza."""
        raise NotImplementedError

    @property
    def at(self) -> int:
        """How many lines stand."""
        return sum(map(len, self.stanzas))

    @property
    def done(self) -> bool:
        """Whether every line stands."""
        return self.at >= sum(self.sizes)

    def place(self) -> tuple[int, int]:
        """The next line's stanza, and its place there."""
        return len(self.stanzas) - 1, len(self.stanzas[-1])

    def end(self) -> int:
        """What closes the next line."""
        stanza, place = self.place()
        if self.at + 1 == sum(self.sizes):
            return EOS
        return STANZA_END if place + 1 == self.sizes[stanza] else LINE_END

    def add(self, text: str) -> None:
        """A line more; the next stanza is opened where one is full."""
        stanza, _place = self.place()
        self.stanzas[-1].append(text)
        if len(self.stanzas[-1]) == self.sizes[stanza] and not self.done:
            self.stanzas.append([])

    def images(self) -> Sequence[str]:
        """The planned images of the stanza that is being written."""
        stanza, _place = self.place()
        return self.plan.images[stanza] if stanza < len(self.plan.images) else ()

    def said(self, poet: Desk) -> list[str]:
        """The words that the next line is to say, in order."""
        stanza, place = self.place()
        told = self.plan.said[stanza] if stanza < len(self.plan.said) else ()
        return [lot[0] for lot in lots(told[place] if place < len(told) else "") if poet.characters.ids(lot[0])]

    def pins(self, said: Sequence[str], room: int, poet: Desk, last: np.ndarray | None = None) -> dict[int, int]:
        """Where in a line of so many symbols its words stand, small ones by ``freedom`` left out: place -> id.
        ``last`` (V,): what may end it."""
        kept = [word for word in said if word not in PARTICLES or self.rng.random() >= self.freedom]
        spelt = {word: poet.characters.ids(word) or () for word in kept}

        def fits(at: int, word: str) -> bool:
            return at + len(word) < room or at + len(word) == room and (last is None or bool(last[spelt[word][-1]]))

        places = arranged(kept, lambda length: range(room + 1 - length), fits, self.rng)
        return {at + n: one for at, word in places.items() for n, one in enumerate(spelt[word])}

    def due(self, owed: Sequence[str], share: float) -> list[str]:
        """The owed words whose turn has come when ``share`` of the text stands."""
        subjects = len(self.plan.subjects)
        done = subjects - len(owed)
        return list(owed[:2]) if owed and share >= 0.75 * done / max(1, subjects) else []

    def stand(self, poet: Desk) -> None:
        """Put what needs no writing on the page, up to the next line that is to be written."""

    def step(self, poet: Desk) -> Step:
        """What the next line must be."""
        raise NotImplementedError

    def took(self, poet: Desk, text: str) -> None:
        """Hear what the line became."""
        self.add(text)

    def piece(self) -> Piece:
        """The text at its end."""
        raise NotImplementedError

    def fork(self, seed: Sequence[int]) -> Self:
        """An independent copy whose chance is its own."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.stanzas, twin.rng = [list(lines) for lines in self.stanzas], np.random.default_rng(list(seed))
        return twin
