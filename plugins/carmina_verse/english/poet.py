"""Writes English verse: one poem on its way, as one particle of the search (``drafting.particles``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from carmina import Decoder, NoSolution

from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted
from ..drafting.scoring import SCORING, Scoring
from ..forms.slots import Slot
from ..originality.runs import Index
from ..ranking.ranker import Ranker
from .automaton import Automaton, EnglishLine, LinePlan
from .judgement import Judgement
from .lexicon import Sounds
from .liberties import relaxed
from .manners import FINAL, OWNERS, WORN_OPENERS, Manners
from .rhymes import Rhymes
from .scene import Scene
from .text import MARKS, NO_MARK
from .tokenizer import BACK, ENDING, STANZA
from .typography import last_word
from .word_lists import FUNCTION_WORDS

ENGLISH = SCORING["en"]
KINDS = (
    (NO_MARK,),
    (",", ";", ":", "—"),
    (".", "?", "!"),
)  # marks of one weight: a plan says which weight, the line which mark
EXCLAIMS = "!"  # which a plan says itself: the model hardly ever would
PLACES = 3  # of a pinned keyword in a line that are tried
OPENED = 6  # plans with an opening word for a letter, at most
PINNED = 4  # plans with a pinned keyword, at most


@dataclass
class Written:
    """One line as it stands."""

    tokens: list[str]  # words and marks in reading order
    words: list[int] = field(default_factory=list)  # in reading order, indices of Sounds
    pattern: str = ""


class _Standing:
    """A line that stands, in the place of a hypothesis."""

    def __init__(self, line: Written):
        self.text, self.words, self.pattern = line.tokens, line.words[::-1], line.pattern


@dataclass(frozen=True)
class LineWish:
    """What the plan wants of one line."""

    mark: str = ""  # that closes it; empty: any
    worn_opener: bool = True  # whether it may begin with And, But, When and their like
    end: int = -1  # the word that ends it; -1: any
    images: tuple[int, ...] = ()  # words of which one would be welcome
    nearness: np.ndarray | None = None  # (words,) to what the stanza is about, 0..1
    mood: np.ndarray | None = None  # (words,) 1: of the poem's mood; -1: of its opposite
    openers: tuple[str, ...] = ()  # words of which one begins it, where that fits
    turns: bool = False  # whether the poem turns here
    echo: int = -1  # a word that may return here


@dataclass(frozen=True)
class Task:
    """What a poem must be."""

    slots: Sequence[Slot]
    prompt: Sequence[int]  # ids before the first line
    keywords: Sequence[int]  # words that should appear
    allowed: np.ndarray  # (words,)
    strictness: str = "classic"
    given: Sequence[Written] = ()  # lines that stand already
    ends: Sequence[int] = ()  # words wanted at the ends of the first rhyme group
    wanted_rhyme: str = ""  # rhyme class of the first group
    wishes: Sequence[LineWish] = ()  # of each line; none: everything is free
    scene: Scene = field(default_factory=Scene)  # what holds before the first line
    index: Index | None = None  # of the corpus
    scoring: Scoring = ENGLISH
    bare: Sequence[int] = ()  # the prompt without keywords; empty where a borrowed model writes

    def wish(self, number: int) -> LineWish:
        """What the plan wants of a line."""
        return self.wishes[number] if number < len(self.wishes) else LineWish()


class EnglishPoet:
    """A poem on its way (a :class:`carmina_verse.drafting.particles.Walker`)."""

    def __init__(self, sounds: Sounds, page: Any, decoder: Decoder, task: Task, seed: int, until: int | None = None):
        """``until``: the line before which it stops, though later ones are given."""
        self._until = len(task.slots) if until is None else until
        self.sounds, self.page, self.decoder, self.task, self.seed = sounds, page, decoder, task, seed
        self.rhymes = Rhymes(
            sounds, task.allowed, task.strictness, [*task.ends, *(w.end for w in task.wishes if w.end >= 0)]
        )
        self.lines: list[Written] = []
        self.owed = list(dict.fromkeys(task.keywords))
        self.scene = task.scene
        self.score = 0.0
        self._bits: list[float | None] = []  # surprise of each line that was written, bits a letter; None: not measured
        self._opinion = 0.0
        self.judgement = Judgement(sounds, task, getattr(page.runner, "ahead", None))
        self._empty = EmptyPage(page.runner, task.bare, task.scoring.belonging)
        self._rng = np.random.default_rng([seed, 77])
        self._ahead = getattr(page.runner, "ahead", None)
        self._end_bias, self._owner_bias = self._worn_ends(), self._before_end()
        self._branch: tuple[int, ...] = ()  # which fork of which poem this is
        self._stand_by()

    # ---- as a particle

    @property
    def done(self) -> bool:
        return len(self.lines) >= self._until

    def fork(self) -> Self:
        """An independent copy whose chance is its own."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.lines, twin.owed, twin.page = list(self.lines), list(self.owed), self.page.fork()
        twin._bits = list(self._bits)
        self._branch, twin._branch = (*self._branch, 0), (*self._branch, 1)
        twin._rng = np.random.default_rng([self.seed, 77, len(self.lines), *twin._branch[-8:]])
        return twin

    def drafts(self, many: int) -> list[Drafted]:
        """Finished candidates of the next line."""
        number = len(self.lines)
        return self._drafted(number, self.task.slots[number], many)

    def worths(self, drafts: Sequence[Drafted]) -> list[float]:
        """What each draft of the next line is worth here, nats."""
        return self._empty.added(drafts, [self._worth(draft) for draft in drafts])

    def _worth(self, draft: Drafted) -> float:
        return self.judgement.worth(draft, self.page, self.lines, self.owed, self._here())

    def _here(self) -> Scene:
        """The scene in which the next line stands."""
        return self.scene.turned() if self.task.wish(len(self.lines)).turns else self.scene

    def take(self, draft: Drafted, worth: float) -> None:
        """Go on from a draft, and over every line that follows without choice."""
        self.score += worth
        self.page.keep(draft.rows, draft.ids)
        hypothesis = draft.hypothesis
        self._bits.append(self.judgement.surprise(draft) if draft.rows else None)
        closes = self.task.slots[len(self.lines)].closes
        self._add(Written(hypothesis.text, hypothesis.words[::-1], hypothesis.pattern))
        if closes:
            self._read()
        self._stand_by()

    def _read(self) -> None:
        """At a stanza's end, what the learned reader thinks of the poem so far takes the place of what it thought
        before."""
        ranker = Ranker.shipped()
        if ranker is not None and None not in self._bits and self.task.scoring.rank:
            opinion = ranker.score(
                [line.tokens for line in self.lines], [bits for bits in self._bits if bits is not None]
            )
            own = self.task.scoring.rank * opinion
            self.score, self._opinion = self.score + own - self._opinion, own

    def _add(self, line: Written) -> None:
        self.scene = self._here().after(word for word in line.tokens if word not in MARKS)
        self.lines.append(line)
        self.owed = [word for word in self.owed if word not in line.words]

    def versions(self, many: int, pins: Mapping[int, int] | None = None) -> list[tuple[float, Drafted]]:
        """Drafts of the line before which a poem of given lines stops, the best first, with their worths; ``pins`` as
        in
        :class:`LinePlan`."""
        number = len(self.lines)
        self.owed = list(self.task.keywords)
        drafts = self._drafted(number, self.task.slots[number], many, pins)
        worths = [self._worth(draft) for draft in drafts]
        return sorted(zip(worths, drafts, strict=True), key=lambda pair: -pair[0])

    def worth_of(self, line: Written) -> float:
        """What a given line is worth in the next place, as :meth:`versions` has it."""
        number = len(self.lines)
        rows, ids = self._steps(line, number, self.task.slots[number])
        draft = Drafted(_Standing(line), rows, ids, self.page.fork().nats(rows, ids))
        return self.judgement.worth(draft, self.page, self.lines, list(self.task.keywords), self._here())

    # ---- lines that are given

    def _stand_by(self) -> None:
        """Add the lines that need no choice: given ones, refrains, opening words."""
        while not self.done:
            number = len(self.lines)
            slot = self.task.slots[number]
            if number < len(self.task.given):
                self._stand(self.task.given[number], number, slot)
            elif slot.copies is not None:
                self._stand(self._repeated(self.lines[slot.copies], number, slot), number, slot)
            elif slot.heads is not None:
                self._stand(self._head(self.lines[slot.heads]), number, slot)
            else:
                return

    def _stand(self, line: Written, number: int, slot: Slot) -> None:
        self.page.keep(*self._steps(line, number, slot))
        self._add(line)

    def _steps(self, line: Written, number: int, slot: Slot) -> tuple[list[tuple[int, ...]], list[int]]:
        """What the network is fed for a line that is written already, and what it would have chosen."""
        tokens = self.sounds.tokens
        ids = tokens.line(line.tokens)
        left = sum(len(self._stresses(word)) for word in line.tokens if word not in MARKS)
        last = self.page.last
        rows: list[tuple[int, ...]] = []
        for piece in ids:
            rows.append((last, max(1, min(left, 17)), *self._where(number, slot, 1)))
            text, last = tokens.pieces.id_to_piece(piece), piece
            left -= self._syllables_of_piece(text)
        return rows, ids

    def _stresses(self, word: str) -> str:
        at = self.sounds.index.get(word)
        return self.sounds.words[at].stresses if at is not None else "1"

    def _syllables_of_piece(self, text: str) -> int:
        return len(self._stresses(text[:-1])) if text.endswith("▁") else 0

    def _repeated(self, line: Written, number: int, slot: Slot) -> Written:
        """A refrain word for word; its closing mark is that of its new place where it must be."""
        allowed = self._marks(number, slot, free=True)
        tokens = line.tokens if line.tokens[-1] in MARKS else [*line.tokens, NO_MARK]
        if tokens[-1] in allowed:
            return line
        closing = self.task.wish(number).mark
        return Written([*tokens[:-1], closing if closing in allowed else allowed[0]], line.words, line.pattern)

    def _head(self, line: Written) -> Written:
        """The opening words of a line: about half of its syllables, never ending on a small word."""
        kept: list[int] = []
        for word in line.words:
            syllables = sum(int(self.sounds.syllables[w]) for w in kept)
            if syllables >= 4 and self.sounds.words[kept[-1]].text not in FUNCTION_WORDS:
                break
            kept.append(word)
        return Written([self.sounds.words[word].text for word in kept] + ["."], kept, "")

    # ---- lines that are made

    def _drafted(self, number: int, slot: Slot, many: int, pins: Mapping[int, int] | None = None) -> list[Drafted]:
        automata = self._automata(number, slot, pins or {})
        soft = self._soft(number)
        hypotheses = [EnglishLine(automata[at % len(automata)], soft) for at in range(many)]
        seeds = [(self.seed, number, at, *self._branch[-12:]) for at in range(len(hypotheses))]
        return self.page.draft(hypotheses, self.decoder, seeds, self.task.scoring.temperature)

    def _automata(self, number: int, slot: Slot, pins: Mapping[int, int]) -> list[Automaton]:
        """One for each way to meet the plan: every pattern of the form, some with a keyword pinned to a place."""
        last, back = self._last(number, slot)
        wish, marks = self.task.wish(number), self._marks(number, slot)
        barred = None if wish.worn_opener or slot.letter or wish.openers else self._openers
        plans = []
        for pattern in self._patterns(slot):
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
                    slot.letter,
                    pins,
                    strict,
                    barred,
                    self._end_bias,
                    self._owner_bias,
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
        openers = Manners.shipped().openers_with(slot.letter) if slot.letter else wish.openers
        opened = self._opened(openers, own) if not pins else []
        return free if pins else opened or [*free, *self._pinned(number, own)]

    def _opened(self, words: Sequence[str], plans: Sequence[LinePlan]) -> list[Automaton]:
        """Plans that begin with one of some words, where it fits."""
        found: list[Automaton] = []
        for at in (self.sounds.index[word] for word in words if word in self.sounds.index):
            for plan in plans:
                own = plan.allowed | (np.arange(len(plan.allowed)) == at) if plan.letter else plan.allowed
                pinned = replace(plan, pins={int(self.sounds.syllables[at]): at}, allowed=own)
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

    def _last(self, number: int, slot: Slot) -> tuple[np.ndarray, int]:
        """Which words may end the line, and how many lines back (plus one) its rhyme is."""
        if slot.closes_like is not None:
            return np.arange(len(self.task.allowed)) == self._end(slot.closes_like), 1
        if not slot.line.rhyme:
            return self._wished(number, self.rhymes.unrhymed(self._end_words())), 1
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
            wanted = list(self.task.ends) if first_group else []
        fitting = [word for word in wanted if mask[word]]
        if fitting:
            mask = np.zeros_like(mask)
            mask[fitting[0]] = True
        elif not wanted:
            mask = self._wished(number, mask)
        back = 1 + number - max((at for at in slot.rhymes_before if at < number), default=number)
        return mask, back if back < BACK else 1

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
        planned = (mark,) if mark == EXCLAIMS else next((kind for kind in KINDS if mark in kind), ())
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
        if mood is not None:
            soft[self.sounds.grid[0][single]] += np.float32(scoring.mood) * mood[single]
        for text, piece in self.judgement.scenic.items():
            cost = scene.cost(text)
            if cost:
                soft[piece] -= scoring.drawn_astray * cost
