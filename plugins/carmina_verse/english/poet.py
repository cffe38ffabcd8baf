"""Writes English verse: plans rhymes and keywords, drafts each line many times, and keeps the best."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from carmina import Decoder, NoSolution

from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted, Page
from ..forms.slots import Slot
from ..originality.runs import MOST, Index, longest_run
from .automaton import Automaton, EnglishLine, LinePlan
from .lexicon import Sounds
from .liberties import relaxed
from .rhymes import Rhymes
from .text import MARKS, NO_MARK
from .tokenizer import BACK, ENDING, STANZA
from .typography import last_word
from .word_lists import FUNCTION_WORDS

CANDIDATES = 40  # of each line
TEMPERATURE = 0.5
BELONGING = 0.35  # share of the nats that a draft gains from being on this page
KEYWORD_BONUS = 0.5  # nats, for a line that brings a keyword which is owed
NEARNESS = 0.3  # nats for a word that is as near to a keyword as can be
BLAND = 0.15  # share of the words' own log-frequency that is taken from a line's fluency
COMMONPLACE = 0.3  # share of what counting alone expects of a line that is taken from its fluency
PHRASE = 0.2  # nats from each pair and three of words that an earlier line has
BEGINNING = 0.2  # share of the nats of beginning well
COPIED = 20.0  # nats from a line that copies the corpus
REPEAT_COST = 1.2  # nats from a content word that stands in the poem already
REPEATED_BEGINNING = 0.25  # nats from a line that begins as one of the four before
EXCLAMATION = 0.5  # nats from an oh


@dataclass
class Written:
    """One line as it stands."""

    tokens: list[str]  # words and marks in reading order
    words: list[int] = field(default_factory=list)  # in reading order, indices of Sounds
    pattern: str = ""


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
    relevance: np.ndarray | None = None  # (words,) how near each word is to the keywords
    index: Index | None = None  # of the corpus
    candidates: int = CANDIDATES
    temperature: float = TEMPERATURE
    bare: Sequence[int] = ()  # the prompt without keywords; empty where a borrowed model writes


class EnglishPoet:
    """One poem at a time."""

    def __init__(self, sounds: Sounds, page: Page, decoder: Decoder, task: Task, seed: int):
        self.sounds, self.page, self.decoder, self.task, self.seed = sounds, page, decoder, task, seed
        self.rhymes = Rhymes(sounds, task.allowed, task.strictness, task.ends)
        self.lines: list[Written] = []
        self.owed = list(dict.fromkeys(task.keywords))
        self.score = 0.0
        self._empty = EmptyPage(page.runner, task.bare, BELONGING)
        self._openers: np.ndarray | None = None
        self._rng = np.random.default_rng([seed, 77])
        self._ahead = getattr(page.runner, "ahead", None)
        self._frequency = np.log(sounds.counts / sounds.counts.sum())

    def write(self) -> list[Written]:
        """Every line; raises ``NoSolution`` where nothing fits."""
        for number, slot in enumerate(self.task.slots):
            if number < len(self.task.given):
                self._stand(self.task.given[number], number, slot)
            elif slot.copies is not None:
                self._stand(self.lines[slot.copies], number, slot)
            elif slot.heads is not None:
                self._stand(self._head(self.lines[slot.heads]), number, slot)
            else:
                self._compose(number, slot)
        return self.lines

    def versions(self, number: int, pins: Mapping[int, int] | None = None) -> list[Drafted]:
        """Drafts of one line of a poem whose every line is given, the best first; ``pins`` as in :class:`LinePlan`."""
        for at in range(number):
            self._stand(self.task.given[at], at, self.task.slots[at])
        self.owed = list(self.task.keywords)
        slot = self.task.slots[number]
        drafts = self._drafts(number, slot, pins)
        return sorted(drafts, key=lambda draft: -self._worth(draft, slot))

    # ---- lines that are given

    def _stand(self, line: Written, number: int, slot: Slot) -> None:
        tokens = self.sounds.tokens
        ids = tokens.line(line.tokens)
        left = sum(len(self._stresses(word)) for word in line.tokens if word not in MARKS)
        rows, last = [], self.page.last
        for piece in ids:
            rows.append((last, max(1, min(left, 17)), *self._where(number, slot, 1)))
            text, last = tokens.pieces.id_to_piece(piece), piece
            left -= self._syllables_of_piece(text)
        self.page.keep(rows, ids)
        self.lines.append(line)
        self.owed = [word for word in self.owed if word not in line.words]

    def _stresses(self, word: str) -> str:
        at = self.sounds.index.get(word)
        return self.sounds.words[at].stresses if at is not None else "1"

    def _syllables_of_piece(self, text: str) -> int:
        return len(self._stresses(text[:-1])) if text.endswith("▁") else 0

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

    def _compose(self, number: int, slot: Slot) -> None:
        drafts = self._drafts(number, slot)
        best, worth = self._empty.best(drafts, lambda draft: self._worth(draft, slot))
        self.score += worth
        self.page.keep(best.rows, best.ids)
        hypothesis = best.hypothesis
        self.lines.append(Written(hypothesis.text, hypothesis.words[::-1], hypothesis.pattern))
        self.owed = [word for word in self.owed if word not in hypothesis.words]

    def _drafts(self, number: int, slot: Slot, pins: Mapping[int, int] | None = None) -> list[Drafted]:
        automata = self._automata(number, slot, pins or {})
        soft = self._soft()
        hypotheses = [EnglishLine(automata[at % len(automata)], soft) for at in range(self.task.candidates)]
        seeds = [(self.seed, number, at) for at in range(len(hypotheses))]
        return self.page.draft(hypotheses, self.decoder, seeds, self.task.temperature)

    def _automata(self, number: int, slot: Slot, pins: Mapping[int, int]) -> list[Automaton]:
        """One for each way to meet the plan: every pattern of the form, some with a keyword pinned to a place."""
        last, back = self._last(number, slot)
        marks = self._marks(number, slot)
        plans = []
        for pattern in self._patterns(slot):
            last = np.arange(len(last)) == pins[len(pattern)] if len(pattern) in pins else last
            where = self._where(number, slot, back, 1 if pattern.startswith("-+-") else 3)
            plans.append(
                LinePlan(
                    pattern, where, self.task.allowed, last, marks, slot.letter, pins, self.task.strictness == "strict"
                )
            )
        ways = (
            [Automaton(self.sounds, plan, self._ahead) for plan in way]
            for way in relaxed(plans, self.sounds, self.task.strictness)
        )
        free = next((found for way in ways if (found := [automaton for automaton in way if automaton.possible])), None)
        if free is None:
            raise NoSolution(self._why(slot))
        return free if pins else [*free, *self._pinned(number, [automaton.plan for automaton in free])]

    def _patterns(self, slot: Slot) -> Sequence[str]:
        patterns = slot.line.patterns
        if len(patterns) <= 2:
            return patterns
        return [patterns[n] for n in self._rng.permutation(len(patterns))[:4]]

    def _why(self, slot: Slot) -> str:
        rhymed = [self.lines[at].tokens for at in slot.rhymes_before]
        what = [f"a rhyme for {last_word(rhymed[0])!r}"] if rhymed else []
        what += [f"a beginning with {slot.letter!r}"] if slot.letter else []
        return (
            f"no line fits {' and '.join(what) or 'what was asked'} in the pattern {slot.line.patterns[0]}; relax "
            "the rhyme, the "
            "acrostic, the form or the strictness."
        )

    def _pinned(self, number: int, plans: Sequence[LinePlan]) -> list[Automaton]:
        """Plans in which an owed keyword has a place, when it is this line's turn to bring one."""
        if not self.owed or not self._due(number):
            return []
        found: list[Automaton] = []
        word = self.owed[0]
        for plan in plans:
            places = np.flatnonzero(Automaton(self.sounds, plan).fit[:, word])
            for left in self._rng.permutation(places)[:3]:
                automaton = Automaton(self.sounds, replace(plan, pins={int(left): word}), self._ahead)
                if automaton.possible:
                    found.append(automaton)
        return found[:4]

    def _due(self, number: int) -> bool:
        """Keywords are spread over the poem; what is late is due at once."""
        own = [at for at, slot in enumerate(self.task.slots) if slot.copies is None and slot.heads is None]
        done = len(self.task.keywords) - len(self.owed)
        turn = (done + 0.3) * len(own) / max(1, len(self.task.keywords))
        return sum(at < number for at in own) >= math.floor(turn * 0.85)

    def _last(self, number: int, slot: Slot) -> tuple[np.ndarray, int]:
        """Which words may end the line, and how many lines back (plus one) its rhyme is."""
        if slot.closes_like is not None:
            return np.arange(len(self.task.allowed)) == self._end(slot.closes_like), 1
        if not slot.line.rhyme:
            return self.rhymes.unrhymed(self._end_words()), 1
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
        back = 1 + number - max((at for at in slot.rhymes_before if at < number), default=number)
        return mask, back if back < BACK else 1

    def _end(self, number: int) -> int:
        return (self.lines[number] if number < len(self.lines) else self.task.given[number]).words[-1]

    def _end_words(self) -> set[int]:
        """Words that end a line already: those that stand, and those that are given further on."""
        later = self.task.given[len(self.lines) + 1 :]
        return {line.words[-1] for line in (*self.lines, *later) if line.words}

    def _where(self, number: int, slot: Slot, back: int, metre: int = 1) -> tuple[int, int, int, int]:
        return (min(slot.at + 1, STANZA - 1), min(len(self.task.slots) - number, ENDING - 1), back, metre)

    def _marks(self, number: int, slot: Slot) -> tuple[str, ...]:
        if number == len(self.task.slots) - 1:
            return (".", "!", "?")
        return (".", "!", "?", ";", ":", ",") if slot.closes else (*MARKS, NO_MARK)

    def _soft(self) -> np.ndarray:
        """(V,) nats for the first piece of a word: words that stand already are unwelcome, related ones welcome."""
        soft = np.zeros(self.sounds.tokens.field_sizes[0], np.float32)
        if self.task.relevance is not None:
            np.maximum.at(soft, self.sounds.grid[0], np.float32(NEARNESS) * self.task.relevance)
        for text in ("oh", "o", "ah"):
            soft[self.sounds.pieces[self.sounds.index[text]][0]] -= 3 * EXCLAMATION
        for line in self.lines:
            for word in set(line.words):
                if not self.sounds.function[word] and len(self.sounds.pieces[word]) == 1:
                    soft[self.sounds.pieces[word][0]] -= REPEAT_COST
        return soft

    # ---- judgement

    def _worth(self, draft: Drafted, slot: Slot) -> float:
        """Fluency without what counting and mere frequency give (Li et al. 2022, contrastive decoding), with what the
        keywords ask, less repetition."""
        words = draft.hypothesis.words
        bland = float(np.mean(self._frequency[words]))
        worth = (
            draft.fluency
            - COMMONPLACE * self.page.commonplace(draft)
            - BLAND * bland
            + BEGINNING * self._begins_well(draft)
        )
        worth += KEYWORD_BONUS * any(word in words for word in self.owed)
        if self.task.relevance is not None:
            content = [word for word in words if not self.sounds.function[word]]
            worth += 0.3 * float(np.mean(self.task.relevance[content])) if content else 0.0
        return worth - self._repetition(words) - COPIED * self._copies(words)

    def _copies(self, words: Sequence[int]) -> bool:
        """Whether the line, with the one before it, holds a longer run of the corpus than is allowed."""
        before = self.lines[-1].words if self.lines else []
        units = [self.sounds.words[word].text for word in (*before, *reversed(words))]
        return longest_run(units, "en", self.task.index)[0] > MOST["en"]

    def _begins_well(self, draft: Drafted) -> float:
        """How likely a line begins with the draft's first word, nats from -6."""
        if self._ahead is None:
            return 0.0
        marks = np.zeros(self.sounds.tokens.field_sizes[0], bool)
        marks[[self.sounds.tokens.mark(mark) for mark in (*MARKS, NO_MARK)]] = True
        if self._openers is None:
            self._openers = np.maximum(self._ahead(marks), -6)
        return float(self._openers[draft.ids[-1]])

    def _repeated_phrases(self, words: Sequence[int]) -> int:
        """How many pairs and threes of words stand in an earlier line."""
        return sum(
            gram in _grams(line.words, size) for size in (2, 3) for gram in _grams(words, size) for line in self.lines
        )

    def _repetition(self, words: Sequence[int]) -> float:
        """``words`` from the end of the line."""
        cost = 0.0
        before = {word for line in self.lines for word in line.words}
        cost += PHRASE * self._repeated_phrases(words[::-1])
        content = [word for word in words if not self.sounds.function[word]]
        cost += 0.6 * sum(word in before for word in content) + 0.5 * (len(content) - len(set(content)))
        cost += 0.25 * (not content)
        cost += REPEATED_BEGINNING * sum(line.words[0] == words[-1] for line in self.lines[-4:] if line.words)
        cost += EXCLAMATION * sum(self.sounds.words[word].text in ("oh", "o", "ah") for word in words)
        return cost


def _grams(words: Sequence[int], size: int) -> set[tuple[int, ...]]:
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
