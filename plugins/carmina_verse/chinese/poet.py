"""Writes Chinese verse: one poem on its way, as one particle of the search (``drafting.particles``)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np

from carmina import Decoder
from carmina.generate import log_shares

from ..drafting.associations import Associations
from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted
from ..ranking.chinese import ChineseReader
from .characters import Characters
from .judgement import Judgement
from .places import Places
from .stretch import ChineseStretch
from .task import Task, starts_of
from .tokenizer import SIZE

FOLLOWED = 12  # versions of a line that the next line is asked about
FOLLOWS = 0.5  # share of the nats of the next line that counts
BARRED = 3.0  # nats from a character of another season, or that names a thing again, while it is drawn
OWED = 0.8  # nats for a character of a keyword that has not come, while it is drawn


class ChinesePoet:
    """A poem on its way (a :class:`carmina_verse.drafting.particles.Walker`)."""

    def __init__(
        self,
        characters: Characters,
        associations: Associations,
        page: Any,
        decoder: Decoder,
        task: Task,
        seed: int,
        until: int | None = None,
        stay: Mapping[int, str] | None = None,
    ):
        """``until``: the line before which it stops, though later ones are given; ``stay``: place in that line -> the
        character that stays there."""
        self._until = len(task.slots) if until is None else until
        self.characters, self.page, self.decoder, self.task, self.seed = characters, page, decoder, task, seed
        self.lines: list[str] = []
        self.owed = list(dict.fromkeys(task.keywords))
        self.score, self._opinion = 0.0, 0.0
        self.nats: list[float | None] = []  # of each line that was written, a character; None: given or not measured
        self.judgement = Judgement(characters, associations, task)
        self._ahead = getattr(page.runner, "ahead", None)
        first = int(starts_of(task.patterns)[min(self._until, len(task.slots) - 1)])
        self._places = Places(
            characters, task, self._ahead, {first + place: character for place, character in (stay or {}).items()}
        )
        self._empty = EmptyPage(page.runner, task.bare, task.scoring.belonging)
        self._rng = np.random.default_rng([seed, 78])
        self._branch: tuple[int, ...] = ()  # which fork of which poem this is
        for line in task.given[: self._until]:
            self._stand(line)

    # ---- as a particle

    @property
    def done(self) -> bool:
        return len(self.lines) >= self._until

    def fork(self) -> Self:
        """An independent copy whose chance is its own."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.lines, twin.owed, twin.nats, twin.page = (
            list(self.lines),
            list(self.owed),
            list(self.nats),
            self.page.fork(),
        )
        self._branch, twin._branch = (*self._branch, 0), (*self._branch, 1)
        twin._rng = np.random.default_rng([self.seed, 78, len(self.lines), *twin._branch[-8:]])
        return twin

    def drafts(self, many: int) -> list[Drafted]:
        """Finished candidates of the next stretch."""
        return self._drafted(self._places.end(len(self.lines)), many)

    def worths(self, drafts: Sequence[Drafted]) -> list[float]:
        """What each draft of the next stretch is worth here, nats: a line's, times the lines that it has."""
        end = self._places.end(len(self.lines))
        worths = [self._worth(draft, end) for draft in drafts]
        return [(end - len(self.lines)) * worth for worth in self._empty.added(drafts, worths)]

    def take(self, draft: Drafted, worth: float) -> None:
        """Go on from a draft."""
        self.score += worth
        start, end = len(self.lines), self._places.end(len(self.lines))
        self.page.keep(draft.rows, draft.ids)
        each = draft.each if len(draft.each) == len(draft.ids) else []
        at = 0
        for number in range(start, end):
            size = len(self.task.patterns[number])
            self.nats.append(float(np.mean(each[at : at + size])) if each else None)
            at += size
        self._add(self._places.cut(draft.ids, start, end))
        self._read()

    def _read(self) -> None:
        """After four and after eight lines, what the learned reader thinks of the poem so far takes the place of what
        it thought before."""
        reader, measured = ChineseReader.shipped(), [nats for nats in self.nats if nats is not None]
        if (
            reader is None
            or not self.task.scoring.rank
            or not reader.reads(self.lines)
            or len(measured) < len(self.nats)
        ):
            return
        own = self.task.scoring.rank * reader.score(self.lines, [-nats / math.log(2) for nats in measured])
        self.score, self._opinion = self.score + own - self._opinion, own

    def _add(self, lines: Sequence[str]) -> None:
        self.lines += lines
        self.owed = [word for word in self.owed if not any(word in line for line in lines)]

    def _worth(self, draft: Drafted, end: int) -> float:
        lines = self._places.cut(draft.ids, len(self.lines), end)
        return self.judgement.worth(draft, self.page, self.lines, lines, self.owed)

    # ---- lines that are given

    def _stand(self, line: str) -> None:
        ids = [self.characters.ids[character] for character in line]
        self.page.keep(self._steps(ids, len(self.lines), self.page.last), ids)
        self.nats.append(None)
        self._add([line])

    def _steps(self, ids: Sequence[int], number: int, last: int) -> list[tuple[int, ...]]:
        """What the network is fed for a line that is written already."""
        starts = self._places.starts
        rows = self._places.rows[starts[number] : starts[number + 1]].tolist()
        return [(before, *row) for before, row in zip([last, *ids[:-1]], rows, strict=True)]

    # ---- lines that are made

    def _drafted(self, end: int, many: int) -> list[Drafted]:
        start, soft = len(self.lines), self._soft()
        plans = self._places.plans(self.lines, end, self.owed, self.judgement.answer, self._rng)
        order = [plan for pinned in plans[1:] for plan in (plans[0], pinned)] or plans  # every other one is free
        order = plans if any(self.task.wish(at).said for at in range(start, end)) else order
        hypotheses = [ChineseStretch(order[at % len(order)], soft) for at in range(many)]
        seeds = [(self.seed, start, at, *self._branch[-12:]) for at in range(many)]
        return self.page.draft(hypotheses, self.decoder, seeds, self.task.scoring.temperature)

    def _soft(self) -> np.ndarray:
        """(V,) nats: what stands already and what is of another world is unwelcome, what is near welcome."""
        weights, ids = self.task.scoring, self.characters.ids
        soft = np.zeros(SIZE, np.float32)
        if self.judgement.relevance is not None:
            soft += np.float32(weights.nearness) * self.judgement.relevance
        if self.task.favour is not None:
            soft += np.float32(weights.manner) * self.task.favour
        asked = {character for word in self.owed for character in word}
        barred = self.judgement.world.barred(self.lines, self.task.world)
        for character in sorted((barred - asked) & ids.keys()):
            soft[ids[character]] -= BARRED
        for line in self.lines:
            for character in set(line):
                soft[ids[character]] -= weights.drawn_again
        for character in sorted(asked & ids.keys()):
            soft[ids[character]] += OWED
        return soft

    # ---- other versions of one line

    def versions(self, number: int, many: int) -> list[str]:
        """Versions of the line before which a poem of given lines stops, the best first."""
        self.owed = list(self.task.keywords)
        drafts = self._drafted(number + 1, many)
        drafts.sort(key=lambda draft: -self._worth(draft, number + 1))
        first, rest = drafts[:FOLLOWED], drafts[FOLLOWED:]
        worths = [self._worth(draft, number + 1) + FOLLOWS * self._follows(draft, number) for draft in first]
        first = [first[at] for at in np.argsort(-np.array(worths), kind="stable")]
        return [self._places.cut(draft.ids, number, number + 1)[0] for draft in [*first, *rest]]

    def _follows(self, draft: Drafted, number: int) -> float:
        """Mean log-probability of the line that stands after a version, nats; 0 for the last line."""
        if number + 1 >= len(self.task.given):
            return 0.0
        page, total = self.page.fork(), 0.0
        page.keep(draft.rows, draft.ids)
        ids = [self.characters.ids[character] for character in self.task.given[number + 1]]
        state = page.state
        for row, chosen in zip(self._steps(ids, number + 1, page.last), ids, strict=True):
            logits, state = page.runner.step(np.array([row]), state)
            total += float(log_shares(logits)[0, chosen])
        return total / len(ids)
