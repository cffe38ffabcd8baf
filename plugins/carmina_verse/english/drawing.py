"""What the next line of a poem may be: its patterns, last words, marks and first words, and what is welcome in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from carmina import NoSolution

from ..forms.slots import Slot
from .arranging import arrangements
from .automaton import Automaton, LinePlan
from .judgement import Judgement
from .lexicon import Sounds
from .liberties import relaxed
from .manners import FINAL, OWNERS, WORN_OPENERS, Manners
from .rhymes import Rhymes
from .scene import Scene
from .task import Task, Written
from .text import MARKS, NO_MARK
from .tokenizer import BACK, ENDING, STANZA
from .typography import last_word

PAUSES = (",", ";", ":", "—")
KINDS = (
    (NO_MARK,),
    PAUSES,
    (".", "?", "!"),
)  # marks of one weight: a plan says which weight, the line which mark
SPOKEN = ("!", "?")  # which a plan says itself: the model hardly ever would
PLACES = 3  # of a pinned keyword in a line that are tried
OPENED = 6  # plans with an opening word for a letter, at most
PINNED = 4  # plans with a pinned keyword, at most
SAYING_PLANS = 4  # plans in which what a line says is arranged
ARRANGEMENTS = 6  # that are tried in each
SAID = 8  # plans that say it, at most
LESS_SAID = 0.7  # of the best arrangement: what another may say less, content words


class Drawing:
    """Part of :class:`carmina_verse.english.poet.EnglishPoet`: what its next line may be."""

    sounds: Sounds
    task: Task
    rhymes: Rhymes
    judgement: Judgement
    lines: list[Written]
    owed: list[int]  # keywords that have not come yet
    _rng: np.random.Generator
    _ahead: Any
    _end_bias: np.ndarray
    _owner_bias: np.ndarray

    def _here(self) -> Scene:
        """The scene in which the next line stands."""
        raise NotImplementedError

    def _automata(self, number: int, slot: Slot, pins: Mapping[int, int]) -> list[Automaton]:
        """One for each way to meet the plan: every pattern of the form, some with a keyword pinned to a place."""
        last, back = self._last(number, slot)
        lasts = [last] if pins or self.task.wish(number).firm else [last, self._last(number, slot, wished=False)[0]]
        if len(lasts) > 1 and (lasts[0] == lasts[1]).all():
            lasts = lasts[:1]
        wish, closings = self.task.wish(number), [self._marks(number, slot)]
        if closings[0] == (NO_MARK,) and not (pins or wish.firm):
            closings.append(PAUSES)  # a line that cannot well run on may pause
        barred = None if wish.worn_opener or slot.letter or wish.openers else self._openers
        plans = []
        for last, marks, pattern in product(lasts, closings, self._patterns(slot)):
            ends = np.arange(len(last)) == pins[len(pattern)] if len(pattern) in pins else last
            where = self._where(number, slot, back, 1 if pattern.startswith("-+-") else 3)
            strict = self.task.strictness == "strict"
            plans.append(
                LinePlan(
                    pattern,
                    where,
                    self.task.allowed,
                    ends,
                    marks,
                    letter=slot.letter,
                    pins=pins,
                    strict=strict,
                    barred=barred,
                    end_bias=self._end_bias,
                    before_end=self._owner_bias,
                )
            )
        ways = (
            [Automaton(self.sounds, plan, self._ahead) for plan in way]
            for way in relaxed(plans, self.sounds, self.task.strictness)
        )
        free = next((found for way in ways if (found := [automaton for automaton in way if automaton.possible])), None)
        if free is None:
            raise NoSolution(self._why(slot))
        own = [automaton.plan for automaton in free]
        if wish.said and not pins:
            own = self._saying(wish.said, own) or own
            free = [Automaton(self.sounds, plan, self._ahead) for plan in own]
        openers = Manners.shipped().openers_with(slot.letter) if slot.letter else wish.openers
        opened = self._opened(openers, own) if not pins else []
        if wish.said and not slot.letter:
            return [*opened[: len(free) // 2], *free]  # a small word before what is said may or may not go with it
        return free if pins else opened or [*free, *self._pinned(number, own)]

    def _saying(self, said: Sequence[Sequence[int]], plans: Sequence[LinePlan]) -> list[LinePlan]:
        """The plans with what the line says in it: as much of it as fits, in several arrangements."""
        found: list[tuple[float, LinePlan]] = []
        for plan in plans[:SAYING_PLANS]:
            fit = Automaton(self.sounds, plan).fit
            for worth, pins in arrangements(self.sounds, fit, said, ARRANGEMENTS, self._rng, self.task.favour):
                pinned = replace(plan, pins=pins, told=True, barred=None)
                if Automaton(self.sounds, pinned).possible:
                    found.append((worth, pinned))
        found.sort(key=lambda pair: -pair[0])
        return [plan for worth, plan in found[:SAID] if worth >= found[0][0] - LESS_SAID]

    def _opened(self, words: Sequence[str], plans: Sequence[LinePlan]) -> list[Automaton]:
        """Plans that begin with one of some words, where it fits."""
        found: list[Automaton] = []
        for at in (self.sounds.index[word] for word in words if word in self.sounds.index):
            for plan in plans:
                own = plan.allowed | (np.arange(len(plan.allowed)) == at) if plan.letter else plan.allowed
                pins = {**plan.pins, int(self.sounds.syllables[at]): at}
                pinned = replace(plan, pins=pins, allowed=own)
                automaton = Automaton(self.sounds, pinned, self._ahead)
                found += [automaton] if automaton.possible else []
        return found[: max(OPENED, len(plans))]

    @cached_property
    def _openers(self) -> np.ndarray:
        """(words,) worn ones."""
        return np.array([word.text in WORN_OPENERS for word in self.sounds.words])

    def _worn_ends(self) -> np.ndarray:
        """(V,) nats taken from the first piece of a worn end word."""
        bias = np.zeros(self.sounds.tokens.field_sizes[0], np.float32)
        costs = Manners.shipped().worn_costs([word.text for word in self.sounds.words])
        single = np.array([len(pieces) == 1 for pieces in self.sounds.pieces])
        np.minimum.at(bias, self.sounds.grid[0][single], -self.task.scoring.worn_end * costs[single])
        return bias

    def _before_end(self) -> np.ndarray:
        """(V,) nats taken from what makes the last word somebody's."""
        bias = np.zeros(self.sounds.tokens.field_sizes[0], np.float32)
        for text in OWNERS:
            bias[self.sounds.pieces[self.sounds.index[text]][0]] -= self.task.scoring.owner
        return bias

    def _patterns(self, slot: Slot) -> Sequence[str]:
        patterns = slot.line.patterns
        if len(patterns) <= 2:
            return patterns
        return [patterns[n] for n in self._rng.permutation(len(patterns))[:4]]

    def _why(self, slot: Slot) -> str:
        rhymed = [self.lines[at].tokens for at in slot.rhymes_before if at < len(self.lines)]
        what = [f"a rhyme for {last_word(rhymed[0])!r}"] if rhymed else []
        what += [f"a beginning with {slot.letter!r}"] if slot.letter else []
        return (
            f"no line fits {' and '.join(what) or 'what was asked'} in the pattern {slot.line.patterns[0]}; relax "
            "the rhyme, the "
            "acrostic, the form or the strictness."
        )

    def _pinned(self, number: int, plans: Sequence[LinePlan]) -> list[Automaton]:
        """Plans in which an owed keyword has a place, when its turn has come."""
        found: list[Automaton] = []
        for word in self.owed[:1] if self._due(number) else []:
            for plan in plans:
                places = np.flatnonzero(Automaton(self.sounds, plan).fit[:, word])
                for left in self._rng.permutation(places)[:PLACES]:
                    automaton = Automaton(self.sounds, replace(plan, pins={int(left): word}), self._ahead)
                    if automaton.possible:
                        found.append(automaton)
        return found[:PINNED]

    def _due(self, number: int) -> bool:
        """Keywords are spread over the poem; what is late is due at once."""
        if not self.owed:
            return False
        own = [at for at, slot in enumerate(self.task.slots) if slot.copies is None and slot.heads is None]
        done = len(self.task.keywords) - len(self.owed)
        turn = (done + 0.3) * len(own) / max(1, len(self.task.keywords))
        return sum(at < number for at in own) >= math.floor(turn * 0.85)

    def _last(self, number: int, slot: Slot, wished: bool = True) -> tuple[np.ndarray, int]:
        """Which words may end the line, and how many lines back (plus one) its rhyme is; ``wished``: the planned word
        alone, where it fits."""
        if slot.closes_like is not None:
            return np.arange(len(self.task.allowed)) == self._end(slot.closes_like), 1
        if not slot.line.rhyme:
            mask = self.rhymes.unrhymed(self._end_words())
            return self._wished(number, mask) if wished else mask, 1
        group = [self._end(at) for at in slot.rhymes_before]
        first_group = self.task.slots[number].line.rhyme == next(s.line.rhyme for s in self.task.slots if s.line.rhyme)
        if group:
            mask = self.rhymes.joining(group, self._end_words())
            wanted = [word for word in self.task.ends if word not in self._end_words()] if first_group else []
        else:
            mask = self.rhymes.opening(
                1 + slot.rhymes_after,
                slot.line.patterns[0],
                self._end_words(),
                self.task.wanted_rhyme if first_group else "",
            )
            if self._answered(number):
                mask[self.task.wish(number).end] = True
            wanted = list(self.task.ends) if first_group else []
        fitting = [word for word in wanted if mask[word]]
        if fitting:
            mask = np.zeros_like(mask)
            mask[fitting[0]] = True
        elif not wanted and wished:
            mask = self._wished(number, mask)
        back = 1 + number - max((at for at in slot.rhymes_before if at < number), default=number)
        return mask, back if back < BACK else 1

    def _answered(self, number: int) -> bool:
        """Whether a line's planned end has planned rhymes further on, so that its class need not be rich."""
        end = self.task.wish(number).end
        mates = [at for at, slot in enumerate(self.task.slots) if number in slot.rhymes_before and slot.copies is None]
        ends = [self.task.wish(at).end for at in mates]
        own = self.sounds.rhyme_of
        return end >= 0 and bool(ends) and all(other >= 0 and own[other] == own[end] for other in ends)

    def _wished(self, number: int, mask: np.ndarray) -> np.ndarray:
        """The planned end word alone, where it may stand."""
        end = self.task.wish(number).end
        return np.arange(len(mask)) == end if end >= 0 and mask[end] else mask

    def _end(self, number: int) -> int:
        return (self.lines[number] if number < len(self.lines) else self.task.given[number]).words[-1]

    def _end_words(self) -> set[int]:
        """Words that end a line already: those that stand, and those that are given further on."""
        later = self.task.given[len(self.lines) + 1 :]
        return {line.words[-1] for line in (*self.lines, *later) if line.words}

    def _where(self, number: int, slot: Slot, back: int, metre: int = 1) -> tuple[int, int, int, int]:
        return (min(slot.at + 1, STANZA - 1), min(len(self.task.slots) - number, ENDING - 1), back, metre)

    def _marks(self, number: int, slot: Slot, free: bool = False) -> tuple[str, ...]:
        """What may close a line; ``free``: whatever the plan says."""
        if number == len(self.task.slots) - 1:
            allowed: tuple[str, ...] = tuple(FINAL)
        else:
            allowed = (".", "!", "?", ";", ":", ",", "—") if slot.closes else (*MARKS, NO_MARK)
        mark = self.task.wish(number).mark
        planned = (mark,) if mark in SPOKEN else next((kind for kind in KINDS if mark in kind), ())
        return tuple(mark for mark in allowed if mark in planned) or allowed if not free else allowed

    def _soft(self, number: int) -> np.ndarray:
        """(V,) nats for the first piece of a word: words that stand already are unwelcome, related ones welcome."""
        scoring = self.task.scoring
        soft = np.zeros(self.sounds.tokens.field_sizes[0], np.float32)
        nearness = self.task.wish(number).nearness
        if nearness is not None:
            np.maximum.at(soft, self.sounds.grid[0], np.float32(scoring.nearness) * nearness)
        self._feel(soft, number)
        for text in ("oh", "o", "ah"):
            soft[self.sounds.pieces[self.sounds.index[text]][0]] -= 3 * scoring.exclamation
        for line in self.lines:
            for word in set(line.words) - {self.task.wish(number).echo}:
                if not self.sounds.function[word] and len(self.sounds.pieces[word]) == 1:
                    soft[self.sounds.pieces[word][0]] -= scoring.drawn_again
        return soft

    def _feel(self, soft: np.ndarray, number: int) -> None:
        """Make what contradicts the scene or the mood unwelcome, and what is of the mood welcome."""
        scoring, scene, mood = self.task.scoring, self._here(), self.task.wish(number).mood
        single = self.judgement.single
        if self.task.favour is not None:
            soft[self.sounds.grid[0][single]] += np.float32(scoring.manner) * self.task.favour[single]
        if mood is not None:
            soft[self.sounds.grid[0][single]] += np.float32(scoring.mood) * mood[single]
        for text, piece in self.judgement.scenic.items():
            cost = scene.cost(text)
            if cost:
                soft[piece] -= scoring.drawn_astray * cost
