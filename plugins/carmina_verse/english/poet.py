"""Writes English verse: one poem on its way, as one particle of the search (``drafting.particles``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np

from carmina import Decoder

from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted
from ..forms.slots import Slot
from ..ranking.ranker import Ranker
from .automaton import EnglishLine
from .drawing import Drawing
from .judgement import Judgement
from .lexicon import Sounds
from .pretrained.second_reader import SecondReader
from .rhymes import Rhymes
from .scene import Scene
from .task import Standing, Task, Written
from .text import MARKS, NO_MARK
from .word_lists import FUNCTION_WORDS

MOST_HEARD = 100  # lines that the second reader reads: it was taught no longer poems


class EnglishPoet(Drawing):
    """A poem on its way (a :class:`carmina_verse.drafting.particles.Walker`)."""

    def __init__(
        self,
        sounds: Sounds,
        page: Any,
        decoder: Decoder,
        task: Task,
        seed: int,
        until: int | None = None,
        second: SecondReader | None = None,
    ):
        """``until``: the line before which it stops, though later ones are given. ``second``: reads the best drafts."""
        self.second = second
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
        twin.second = self.second.fork() if self.second is not None else None
        self._branch, twin._branch = (*self._branch, 0), (*self._branch, 1)
        twin._rng = np.random.default_rng([self.seed, 77, len(self.lines), *twin._branch[-8:]])
        return twin

    def drafts(self, many: int) -> list[Drafted]:
        """Finished candidates of the next line."""
        number = len(self.lines)
        return self._drafted(number, self.task.slots[number], many)

    def worths(self, drafts: Sequence[Drafted]) -> list[float]:
        """What each draft of the next line is worth here, nats."""
        worths = [self._worth(draft) for draft in drafts]
        if self.second is None or len(self.lines) >= MOST_HEARD:
            return self._empty.added(drafts, worths)
        return self._heard(self.second, drafts, worths)

    @cached_property
    def _empty(self) -> EmptyPage:
        return EmptyPage(self.page.runner, self.task.bare, self.task.scoring.belonging)

    def _heard(self, second: SecondReader, drafts: Sequence[Drafted], worths: Sequence[float]) -> list[float]:
        """The worths with what the second reader thinks of the best; the others are given the least that it gave."""
        scoring, many = self.task.scoring, max(1, round(self.task.scoring.heard * len(drafts)))
        first = sorted(range(len(drafts)), key=lambda at: -worths[at])[:many]
        nats = np.array(second.nats([drafts[at].hypothesis.text for at in first], self._ending()))
        gains = scoring.sense * np.minimum(nats, scoring.plain)
        sums = np.array(worths) + float(gains.min())
        sums[first] += gains - gains.min()
        return [float(total) for total in sums]

    def _tell(self, line: Sequence[str]) -> None:
        """Let the second reader go on from a line."""
        if self.second is not None and len(self.lines) < MOST_HEARD:
            self.second.keep(line, self._ending())

    def _ending(self) -> str:
        """What the next line ends."""
        number = len(self.lines)
        return "text" if number == len(self.task.slots) - 1 else "stanza" if self.task.slots[number].closes else "line"

    def _worth(self, draft: Drafted) -> float:
        return self.judgement.worth(draft, self.page, self.lines, self.owed, self._here())

    def _here(self) -> Scene:
        """The scene in which the next line stands."""
        return self.scene.turned() if self.task.wish(len(self.lines)).turns else self.scene

    def take(self, draft: Drafted, worth: float) -> None:
        """Go on from a draft, and over every line that follows without choice."""
        self.score += worth
        if len(self.lines) + 1 < self._until:  # nothing follows the last line
            self.page.keep(draft.rows, draft.ids, draft.after)
            self._tell(draft.hypothesis.text)
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
        draft = Drafted(Standing(line), rows, ids, self.page.fork().nats(rows, ids))
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
        self._tell(line.tokens)
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
