"""What may stand at each place of a stretch: levels, rhymes, what is given, and plans that pin what is wished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from carmina import NoSolution

from .arranging import arranged
from .characters import Characters
from .rhyme_words import commonness
from .rhyming import Rhyming
from .stretch import StretchPlan, foresight
from .tails import Tails
from .task import Task, starts_of
from .tokenizer import layout

STRETCH = 3  # lines of a stretch, at most
WAYS = 3  # places of one pinned word that are tried
ARRANGEMENTS = 5  # of what the lines of a stretch are to say
PINNED = 5  # plans with a pinned word, at most
SHORT = 4  # characters of a line below which nothing is said of its ending


class Places:
    """For the lines of one poem."""

    def __init__(self, characters: Characters, task: Task, ahead: Any, stay: Mapping[int, str] | None = None):
        """``ahead``: as :meth:`NGrams.ahead`, or None; ``stay``: place in the poem -> the character that
        stays there."""
        self.characters, self.task, self._ahead, self._stay = characters, task, ahead, stay or {}
        self._levels, self._sure = characters.levels(task.book), characters.sure(task.book)
        self._rhyming = Rhyming(characters, task.book, task.near)
        self._keyed = characters.mask([c for word in (*task.keywords, *_told(task)) for c in word])
        self.starts = starts_of(task.patterns)
        rhymed = [bool(slot.line.rhyme) for slot in task.slots]
        finals = [self._final(task.classes[slot.line.rhyme]) if slot.line.rhyme else 0 for slot in task.slots]
        self.rows = layout([len(pattern) for pattern in task.patterns], rhymed, finals)

    def _final(self, name: str) -> int:
        """What the model is told of a rhyme: the commonest modern final of its class."""
        members = np.flatnonzero(self._rhyming.rhymes[name] & self.characters.common)[:30]
        return int(np.bincount([self.characters.final(int(n)) for n in members] or [0]).argmax())

    def end(self, start: int) -> int:
        """The line after a stretch: it ends with a rhyme, a stanza, or after a few lines."""
        slots = self.task.slots
        for at in range(start, len(slots)):
            if slots[at].copies is not None and at > start:
                return at  # a refrain is written once what it repeats stands
            rhymes = slots[at].line.rhyme and (at > start or len(self.task.patterns[at]) > 5)
            if rhymes or slots[at].closes or at + 1 - start == STRETCH:
                return at + 1
        return len(slots)

    def cut(self, ids: Sequence[int], start: int, end: int) -> list[str]:
        """The lines that a stretch's ids spell."""
        text, at = "".join(self.characters.text[number] for number in ids), self.starts[start]
        return [text[self.starts[n] - at : self.starts[n + 1] - at] for n in range(start, end)]

    # ---- plans of a stretch

    def plans(
        self, lines: Sequence[str], end: int, owed: Sequence[str], answer: Any, rng: np.random.Generator
    ) -> list[StretchPlan]:
        """The free plan, and some in which an owed keyword, a planned ending or image has its place. Raises
        ``NoSolution``."""
        start = len(lines)
        masks = [
            self._mask(lines, at, place) for at in range(start, end) for place in range(len(self.task.patterns[at]))
        ]
        if not all(mask.any() for mask in masks):
            raise NoSolution(self._why(start, end))
        first = int(self.starts[start])
        rhymed = [n for n in range(start, end) if self.task.slots[n].line.rhyme and self.task.slots[n].copies is None]
        plan = StretchPlan(
            masks,
            self.rows[first : int(self.starts[end])],
            frozenset(int(self.starts[n]) - first for n in range(start, end)),
            frozenset(int(self.starts[n + 1]) - 1 - first for n in rhymed),
            self._foresight(masks, start, end),
            self._opposite(start, end),
            answer,
            frozenset(
                int(self.starts[n + 1]) - 1 - first for n in range(start, end) if len(self.task.patterns[n]) >= SHORT
            ),
            self._ending,
        )
        if saying := self._saying(plan, start, end, rng):
            return saying
        must = self._worded(plan, start, end, owed[:2], rng) if 2 * start >= len(self.task.slots) else []
        return must or [plan, *self._pinned(plan, lines, end, owed, rng)]

    def _ending(self, before: Sequence[int]) -> np.ndarray:
        return np.float32(self.task.scoring.ending) * Tails.shipped().after(before)

    def _mask(self, lines: Sequence[str], at: int, place: int) -> np.ndarray:
        """(V,) what may stand at one place of a line."""
        pattern, slot = self.task.patterns[at], self.task.slots[at]
        stays = self._stay.get(int(self.starts[at]) + place, "")
        if slot.copies is not None and slot.copies < len(lines):
            stays = stays or lines[slot.copies][place - len(pattern)]  # a shorter line repeats the end (忆秦娥)
        if stays or (place == 0 and slot.letter):
            return self.characters.mask(stays or slot.letter)
        mask = (self._sure[pattern[place]] & self.characters.common) | (self._levels[pattern[place]] & self._keyed)
        if place == len(pattern) - 1 and slot.line.rhyme:
            mask = mask & self._sure[pattern[place]] & self._rhyming.mask(self.task.classes[slot.line.rhyme])
            standing = [*lines, *self.task.given[len(lines) :]]
            taken = [] if slot.copies is not None else [n for n in slot.rhymes_before if n < len(standing)]
            mask = mask & ~self.characters.mask([standing[other][-1] for other in taken])
        end = self.task.wish(at).end if self.task.wish(at).must else ""
        if len(pattern) - len(end) <= place:
            return mask & self.characters.mask(end[place - len(pattern)])
        return mask

    def _foresight(self, masks: Sequence[np.ndarray], start: int, end: int) -> dict[int, np.ndarray]:
        """What leads well to narrow places, and at the rhymes what people rhyme on."""
        ahead = foresight(masks, self._ahead)
        for at in range(start, end):
            if self.task.slots[at].line.rhyme:
                place = int(self.starts[at + 1] - self.starts[start]) - 1
                ahead[place] = ahead.get(place, np.float32(0)) + commonness(masks[place], self._rhyming.often)
        return ahead

    def _opposite(self, start: int, end: int) -> dict[int, int]:
        """The places of a stretch that answer others of it: the second line of a couplet that should be parallel."""
        found: dict[int, int] = {}
        for at in range(start, end - 1):
            length = len(self.task.patterns[at])
            if at in self.task.parallel and len(self.task.patterns[at + 1]) == length:
                first = int(self.starts[at] - self.starts[start])
                found |= {first + length + place: first + place for place in range(length)}
        return found

    def _pinned(
        self, plan: StretchPlan, lines: Sequence[str], end: int, owed: Sequence[str], rng: np.random.Generator
    ) -> list[StretchPlan]:
        start = len(lines)
        found = [self._with(plan, start, end, pins) for pins in self._endings(plan, start, end)]
        found += self._worded(plan, start, end, self._due(start, owed), rng)
        fresh = [word for word in self.task.words(start, end) if not any(word in line for line in lines)]
        return [*found, *self._worded(plan, start, end, fresh, rng, 1)][:PINNED]

    def _worded(
        self,
        plan: StretchPlan,
        start: int,
        end: int,
        words: Sequence[str],
        rng: np.random.Generator,
        ways: int = WAYS,
    ) -> list[StretchPlan]:
        """Plans in which each of some words has its place, in some of the places where it fits."""
        found = []
        for word in words[:PINNED]:
            places = [place for place in self._beats(start, end, len(word)) if self._fits(plan.masks, place, word)]
            for place in rng.permutation(places)[:ways] if places else []:
                found.append(self._with(plan, start, end, {int(place): word}))
        return found

    def _saying(self, plan: StretchPlan, start: int, end: int, rng: np.random.Generator) -> list[StretchPlan]:
        """Plans in which the lines say what is planned of them, in several arrangements; none where nothing is."""
        found: dict[tuple[tuple[int, str], ...], StretchPlan] = {}
        for _ in range(ARRANGEMENTS if any(self.task.wish(at).said for at in range(start, end)) else 0):
            pins: dict[int, str] = {}
            for at in range(start, end):
                pins |= arranged(
                    self.task.wish(at).said,
                    lambda length, at=at: self._beats_of(at, start, length),  # type: ignore[misc]
                    lambda place, word: self._fits(plan.masks, place, word),
                    rng,
                )
            if pins:
                found[tuple(sorted(pins.items()))] = self._with(plan, start, end, pins)
        return list(found.values())

    def _with(self, plan: StretchPlan, start: int, end: int, pins: Mapping[int, str]) -> StretchPlan:
        """The plan with words at places."""
        masks = list(plan.masks)
        for place, word in pins.items():
            for at, character in enumerate(word):
                masks[place + at] = self.characters.mask(character)
        return replace(plan, masks=masks, ahead=self._foresight(masks, start, end))

    def _endings(self, plan: StretchPlan, start: int, end: int) -> list[dict[int, str]]:
        """All endings of the stretch that are planned and fit, together."""
        pins = {}
        for at in range(start, end):
            word = self.task.wish(at).end
            place = int(self.starts[at + 1] - self.starts[start]) - len(word)
            if word and self._fits(plan.masks, place, word):
                pins[place] = word
        return [pins] if pins else []

    def _due(self, start: int, owed: Sequence[str]) -> list[str]:
        """Owed keywords whose turn has come."""
        if not owed:
            return []
        done, many, place = len(self.task.keywords) - len(owed), len(self.task.keywords), start / len(self.task.slots)
        return list(owed[:2]) if place >= min(0.5, (done + self.task.phase) / many * 0.8) else []

    def _beats(self, start: int, end: int, length: int) -> list[int]:
        """Where a word may begin: at the beats of a line, not across lines."""
        return [place for n in range(start, end) for place in self._beats_of(n, start, length)]

    def _beats_of(self, number: int, start: int, length: int) -> list[int]:
        """Those of one line, counted from the first place of line ``start``."""
        size, base = len(self.task.patterns[number]), int(self.starts[number] - self.starts[start])
        beats = [at for at in range(size) if at % 2 == 0 or at >= size - 2] if length > 1 else range(size)
        return [base + at for at in beats if at + length <= size]

    def _fits(self, masks: Sequence[np.ndarray], place: int, word: str) -> bool:
        ids = self.characters.ids
        return 0 <= place <= len(masks) - len(word) and all(
            character in ids and masks[place + at][ids[character]] for at, character in enumerate(word)
        )

    def _why(self, start: int, end: int) -> str:
        letters = "".join(self.task.slots[at].letter for at in range(start, end))
        ends = " ".join(self.task.wish(at).end for at in range(start, end) if self.task.wish(at).must)
        what = f"the acrostic {letters!r}" if letters else f"the planned ending {ends!r}" if ends else "the rhyme"
        patterns = " ".join(self.task.patterns[start:end])
        return f"nothing fits {what} in {patterns}; relax the rhyme, the acrostic, the plan or the form."


def _told(task: Task) -> list[str]:
    return [word for wish in task.wishes for word in (*wish.images, wish.end, *wish.said)]
