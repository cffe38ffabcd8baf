"""Writes Chinese verse: chooses the rhymes, drafts a stretch of lines many times, and keeps the best."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from carmina import Decoder, NoSolution
from carmina.generate import log_shares

from ..drafting.associations import Associations
from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted, Page
from ..forms.slots import Slot
from ..originality.runs import MOST, Index, longest_run
from .antithesis import Antithesis
from .characters import Characters, group_of
from .given import classes_of
from .rhyme_words import commonness, drawn, people, shares
from .stretch import REPEAT, ChineseStretch, StretchPlan, foresight
from .tokenizer import SIZE, layout

CANDIDATES = 24
TEMPERATURE = 0.7
BELONGING = 0.6  # share of the nats that a draft gains from being on this page
KEYWORD_BONUS = 0.4
BLAND = 0.2
COMMONPLACE = 0.2  # share of what counting alone expects of lines that is taken from their fluency
REPEATED = 0.25  # nats from each character that a stretch holds twice
STRETCH = 3  # lines of a stretch, at most
LEAST_CLASS = 14  # common characters that a rhyme must have
COPIED = 20.0  # nats from lines that copy the corpus
PARALLEL = 1.2  # nats for a couplet whose every place answers the other line (对仗)
OPPOSITE = 1.6  # nats for a character that answers the one opposite
FOLLOWED, FOLLOWS = (
    12,
    0.5,
)  # versions of a line that the next line is asked about, and the share of its nats that counts
RHYME_FIT = 0.12  # share of a rhyme word's own nats, beyond ``LIKELY``, that a stretch loses
LIKELY = -3.0  # log-probability from which a rhyme word counts as natural where it stands


@dataclass(frozen=True)
class Task:
    """What a poem must be."""

    slots: Sequence[Slot]
    patterns: Sequence[str]  # the pattern of each line
    prompt: Sequence[int]
    keywords: Sequence[str]
    book: str
    parallel: Sequence[int] = ()
    given: Sequence[str] = ()  # lines that stand already
    wanted: str = ""  # rhyme class of the first group
    index: Index | None = None  # of the corpus
    temperature: float = TEMPERATURE
    candidates: int = CANDIDATES
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # classes that may rhyme with a class
    plan_seed: int = 0  # on which the choice of rhymes depends
    bare: Sequence[int] = ()  # the prompt without keywords; empty where a borrowed model writes


class ChinesePoet:
    """One poem at a time."""

    def __init__(
        self, characters: Characters, associations: Associations, page: Page, decoder: Decoder, task: Task, seed: int
    ):
        self.characters, self.associations, self.page, self.decoder = characters, associations, page, decoder
        self.task, self.seed = task, seed
        self._empty = EmptyPage(page.runner, task.bare, BELONGING)
        self.lines: list[str] = []
        self.owed = list(dict.fromkeys(task.keywords))
        self.score = 0.0
        self._rng = np.random.default_rng([seed, 78])
        self._ahead = getattr(page.runner, "ahead", None)
        self._levels, self._sure = characters.levels(task.book), characters.sure(task.book)
        self._rhymes = characters.rhymes(task.book)
        self._often = people(characters, task.book)
        self._keyed = self._of_keywords()
        self._asked = characters.common | self._keyed
        self.classes = self._chosen_classes()
        self._rows = layout([len(p) for p in task.patterns], [bool(s.line.rhyme) for s in task.slots], self._finals())
        self._stay: dict[int, str] = {}
        self._antithesis = Antithesis.shipped()
        self._answers: dict[int, np.ndarray] = {}
        self._from = np.cumsum([0, *(len(pattern) for pattern in task.patterns)])

    def write(self) -> list[str]:
        """Every line, characters only."""
        for line in self.task.given:
            self._stand(line)
        while len(self.lines) < len(self.task.slots):
            self._compose(len(self.lines), self._end(len(self.lines)))
        return self.lines

    def versions(self, number: int, kept: Mapping[int, str] | None = None) -> list[str]:
        """Versions of one line of a poem whose every line is given, the best first; ``kept``: characters that stay in
        their places."""
        self._stay = {int(self._from[number]) + place: character for place, character in (kept or {}).items()}
        for line in self.task.given[:number]:
            self._stand(line)
        self.owed = list(self.task.keywords)
        drafts = self._drafts(number, number + 1)
        drafts.sort(key=lambda draft: -self._worth(draft, number, number + 1))
        first, rest = drafts[:FOLLOWED], drafts[FOLLOWED:]
        worth = [self._worth(draft, number, number + 1) + FOLLOWS * self._follows(draft, number) for draft in first]
        first = [first[at] for at in np.argsort(-np.array(worth), kind="stable")]
        return [self._cut(draft.ids, number, number + 1)[0] for draft in [*first, *rest]]

    def _follows(self, draft: Drafted, number: int) -> float:
        """Mean log-probability of the line that stands after a version, nats; 0 for the last line."""
        if number + 1 >= len(self.task.given):
            return 0.0
        page, total = self.page.fork(), 0.0
        page.keep(draft.rows, draft.ids)
        ids = [self.characters.ids[character] for character in self.task.given[number + 1]]
        rows = self._rows[self._from[number + 1] : self._from[number + 2]].tolist()
        state, last = page.state, page.last
        for row, chosen in zip(rows, ids, strict=True):
            logits, state = page.runner.step(np.array([(last, *row)]), state)
            total += float(log_shares(logits)[0, chosen])
            last = chosen
        return total / len(ids)

    # ---- plans

    def _of_keywords(self) -> np.ndarray:
        mask = np.zeros(SIZE, bool)
        mask[[self.characters.ids[c] for word in self.task.keywords for c in word if c in self.characters.ids]] = True
        return mask

    def _chosen_classes(self) -> dict[str, str]:
        """A class for each rhyme letter: rich enough, the common ones likelier, no two alike."""
        chosen: dict[str, str] = {}
        for at, slot in enumerate(self.task.slots):
            letter = slot.line.rhyme
            if not letter or letter in chosen:
                continue
            if at < len(self.task.given):
                chosen[letter] = self._class_of_given(at)
            elif self.task.wanted and not chosen:
                chosen[letter] = self.task.wanted
            else:
                chosen[letter] = self._drawn_class(letter, set(chosen.values()))
        return chosen

    def _class_of_given(self, at: int) -> str:
        mates = [
            line
            for line, slot in zip(self.task.given, self.task.slots, strict=False)
            if slot.line.rhyme == self.task.slots[at].line.rhyme
        ]
        classes = classes_of(self.characters, mates, self.task.book) or classes_of(
            self.characters, mates[:1], self.task.book
        )
        level = self._levels[self.task.patterns[at][-1]]
        return next((name for name in classes if (self._rhymes[name] & level).any()), classes[0])

    def _drawn_class(self, letter: str, taken: set[str]) -> str:
        lasts = [self.task.patterns[at][-1] for at, slot in enumerate(self.task.slots) if slot.line.rhyme == letter]
        need = max(LEAST_CLASS, 3 * len(lasts))
        sizes = {
            name: sum(int((mask & self._asked & self._levels[last]).sum()) for last in lasts[:1])
            for name, mask in self._rhymes.items()
            if name not in taken
        }
        rich = sorted(name for name, size in sizes.items() if size >= need) or sorted(sizes, key=sizes.__getitem__)[-3:]
        allowed = self._asked & self._levels[lasts[0]]
        share = shares(rich, self._rhymes, allowed, self._often, self._relevance)
        return drawn(rich, share, self.task.plan_seed, "".join(self.task.keywords), len(taken))

    def _finals(self) -> list[int]:
        """What the model is told of each line's rhyme: the commonest modern final of its class."""
        return [self._usual_final(self.classes[slot.line.rhyme]) if slot.line.rhyme else 0 for slot in self.task.slots]

    def _usual_final(self, name: str) -> int:
        members = np.flatnonzero(self._rhymes[name] & self.characters.common)[:30]
        return int(np.bincount([self.characters.final(int(n)) for n in members] or [0]).argmax())

    def _end(self, start: int) -> int:
        """The line after a stretch: it ends with a rhyme, a stanza, or after a few lines."""
        for at in range(start, len(self.task.slots)):
            slot = self.task.slots[at]
            if slot.copies is not None and at > start:
                return at  # a refrain is written once what it repeats stands
            if (
                (slot.line.rhyme and (at > start or len(self.task.patterns[at]) > 5))
                or slot.closes
                or at + 1 - start == STRETCH
            ):
                return at + 1
        return len(self.task.slots)

    def _mask(self, at: int, place: int) -> np.ndarray:
        """(V,) what may stand at one place of a line."""
        pattern, slot = self.task.patterns[at], self.task.slots[at]
        if int(self._from[at]) + place in self._stay:
            return self._only(self._stay[int(self._from[at]) + place])
        if slot.copies is not None and slot.copies < len(self.lines):
            return self._only(self.lines[slot.copies][place])
        if place == 0 and slot.letter:
            return self._only(slot.letter)
        mask = (self._sure[pattern[place]] & self.characters.common) | (self._levels[pattern[place]] & self._keyed)
        if place == len(pattern) - 1 and slot.line.rhyme:
            mask = mask & self._sure[pattern[place]]
            mask = mask & self._rhyme_mask(self.classes[slot.line.rhyme])
            if slot.copies is None:
                for other in slot.rhymes_before:
                    if other < max(len(self.lines), len(self.task.given)):
                        standing = self.lines[other] if other < len(self.lines) else self.task.given[other]
                        mask = mask & ~self._only(standing[-1])
        return mask

    def _rhyme_mask(self, name: str) -> np.ndarray:
        """A class; of the ci book, both levels of its group, the pattern saying which."""
        names = (name, *self.task.near.get(name, ()))
        if self.task.book != "cilin":
            return np.logical_or.reduce([self._rhymes[other] for other in names if other in self._rhymes])
        groups = {group_of(other) for other in names}
        return np.logical_or.reduce([mask for other, mask in self._rhymes.items() if group_of(other) in groups])

    def _only(self, character: str) -> np.ndarray:
        mask = np.zeros(SIZE, bool)
        mask[self.characters.ids[character]] = True
        return mask

    # ---- writing

    def _stand(self, line: str) -> None:
        at = len(self.lines)
        ids = [self.characters.ids[character] for character in line]
        rows, last = [], self.page.last
        for number, row in zip(ids, self._rows[self._from[at] : self._from[at + 1]].tolist(), strict=True):
            rows.append((last, *row))
            last = number
        self.page.keep(rows, ids)
        self._add([line])

    def _add(self, lines: Sequence[str]) -> None:
        self.lines += lines
        self.owed = [word for word in self.owed if not any(word in line for line in lines)]

    def _compose(self, start: int, end: int) -> None:
        drafts = self._drafts(start, end)
        best, worth = self._empty.best(drafts, lambda draft: self._worth(draft, start, end))
        self.score += worth * (end - start)
        self.page.keep(best.rows, best.ids)
        self._add(self._cut(best.ids, start, end))

    def _drafts(self, start: int, end: int) -> list[Drafted]:
        soft = self._soft()
        plans = self._plans(start, end)
        hypotheses = [ChineseStretch(plans[at % len(plans)], soft) for at in range(self.task.candidates)]
        seeds = [(self.seed, start, at) for at in range(len(hypotheses))]
        return self.page.draft(hypotheses, self.decoder, seeds, self.task.temperature)

    def _cut(self, ids: Sequence[int], start: int, end: int) -> list[str]:
        text, at = "".join(self.characters.text[number] for number in ids), self._from[start]
        return [text[self._from[n] - at : self._from[n + 1] - at] for n in range(start, end)]

    def _plans(self, start: int, end: int) -> list[StretchPlan]:
        masks = [self._mask(at, place) for at in range(start, end) for place in range(len(self.task.patterns[at]))]
        if not all(mask.any() for mask in masks):
            raise NoSolution(self._why(start, end))
        offset = int(self._from[start])
        starts = frozenset(int(self._from[n]) - offset for n in range(start, end))
        ends = frozenset(
            int(self._from[n + 1]) - 1 - offset
            for n in range(start, end)
            if self.task.slots[n].line.rhyme and self.task.slots[n].copies is None
        )
        plan = StretchPlan(
            masks,
            self._rows[offset : int(self._from[end])],
            starts,
            ends,
            self._foresight(masks, start, end),
            self._opposite(start, end),
            self._answer,
        )
        return [plan, *self._pinned(plan, start, end)]

    def _foresight(self, masks: Sequence[np.ndarray], start: int, end: int) -> dict[int, np.ndarray]:
        """What leads well to narrow places, and at the rhymes what people rhyme on."""
        ahead = foresight(masks, self._ahead)
        for at in range(start, end):
            if self.task.slots[at].line.rhyme:
                place = int(self._from[at + 1] - self._from[start]) - 1
                ahead[place] = ahead.get(place, np.float32(0)) + commonness(masks[place], self._often)
        return ahead

    def _opposite(self, start: int, end: int) -> dict[int, int]:
        """The places of a stretch that answer others of it: the second line of a couplet that should be parallel."""
        found: dict[int, int] = {}
        for at in range(start, end - 1):
            length = len(self.task.patterns[at])
            if at in self.task.parallel and len(self.task.patterns[at + 1]) == length:
                first = int(self._from[at] - self._from[start])
                found |= {first + length + place: first + place for place in range(length)}
        return found

    def _why(self, start: int, end: int) -> str:
        letters = "".join(self.task.slots[at].letter for at in range(start, end))
        what = f"the acrostic {letters!r}" if letters else "the rhyme"
        return f"nothing fits {what} in {' '.join(self.task.patterns[start:end])}; relax the rhyme, the acrostic or the form."  # noqa: E501

    def _pinned(self, plan: StretchPlan, start: int, end: int) -> list[StretchPlan]:
        """Plans in which an owed keyword has a place, when its turn has come."""
        due = len(self.task.keywords) - len(self.owed)
        if not self.owed or start / len(self.task.slots) < due / len(self.task.keywords) * 0.8:
            return []
        found: list[StretchPlan] = []
        for word in self.owed[:2]:
            places = [place for place in self._places(start, end, len(word)) if self._fits(plan.masks, place, word)]
            for place in self._rng.permutation(places)[:3] if places else []:
                masks = list(plan.masks)
                for at, character in enumerate(word):
                    masks[int(place) + at] = self._only(character)
                found.append(replace(plan, masks=masks, ahead=self._foresight(masks, start, end)))
        return found

    def _places(self, start: int, end: int, length: int) -> list[int]:
        """Where a word may begin: at the beats of a line, not across lines."""
        found = []
        for n in range(start, end):
            size, base = len(self.task.patterns[n]), int(self._from[n] - self._from[start])
            beats = [at for at in range(size) if at % 2 == 0 or at >= size - 2] if length > 1 else range(size)
            found += [base + at for at in beats if at + length <= size]
        return found

    def _fits(self, masks: Sequence[np.ndarray], place: int, word: str) -> bool:
        return all(
            character in self.characters.ids and masks[place + at][self.characters.ids[character]]
            for at, character in enumerate(word)
        )

    def _soft(self) -> np.ndarray:
        soft = np.zeros(SIZE, np.float32)
        nearness = self._relevance
        if nearness is not None:
            soft += nearness
        for line in self.lines:
            for character in set(line):
                soft[self.characters.ids[character]] -= REPEAT
        for word in self.owed:
            for character in word:
                if character in self.characters.ids:
                    soft[self.characters.ids[character]] += 0.8
        return soft

    @cached_property
    def _relevance(self) -> np.ndarray | None:
        texts = [self.characters.text.get(number, "") for number in range(SIZE)]
        return self.associations.relevance(texts, [c for word in self.task.keywords for c in word])

    # ---- judgement

    def _worth(self, draft: Drafted, start: int, end: int) -> float:
        lines = self._cut(draft.ids, start, end)
        worth = (
            draft.fluency
            - COMMONPLACE * self.page.commonplace(draft)
            + BLAND * math.log(2) * float(np.mean(np.log2(np.array(draft.ids) + 1.0)))
        )
        worth += KEYWORD_BONUS * any(word in line for line in lines for word in self.owed) / (end - start)
        nearness = self._relevance
        if nearness is not None:
            worth += 0.3 * float(np.mean(nearness[draft.ids]))
        if start in self.task.parallel and end - start == 2:
            worth += PARALLEL * self._antithesis.score(*lines)
        worth += RHYME_FIT * self._unnatural(draft, start, end)
        text = "".join(lines)
        return worth - REPEATED * (len(text) - len(set(text))) - COPIED * self._copies(text)

    def _copies(self, text: str) -> bool:
        """Whether the lines, with the one before, hold a longer run of the corpus than is allowed."""
        before = self.lines[-1] if self.lines else ""
        return longest_run(list(before + text), "zh", self.task.index)[0] > MOST["zh"]

    def _unnatural(self, draft: Drafted, start: int, end: int) -> float:
        """Nats, 0 or less, by which the rhyme words of a stretch are less likely than natural ones, a line."""
        rhymes = [
            at for at in range(start, end) if self.task.slots[at].line.rhyme and self.task.slots[at].copies is None
        ]
        if len(draft.each) != len(draft.ids) or not rhymes:
            return 0.0
        last = [draft.each[int(self._from[at + 1] - self._from[start]) - 1] for at in rhymes]
        return sum(min(0.0, nats - LIKELY) for nats in last) / (end - start)

    def _answer(self, number: int) -> np.ndarray:
        """(V,) nats: how well each id answers one opposite."""
        if number not in self._answers:
            out = np.full(SIZE, -0.4, np.float32)
            rows, places = self._table
            out[places] = self._antithesis.partners(self.characters.text.get(number, ""))[rows]
            self._answers[number] = OPPOSITE * out
        return self._answers[number]

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the table of antithesis, and the ids that they are of."""
        known = [(row, self.characters.ids[c]) for c, row in self._antithesis.index.items() if c in self.characters.ids]
        return np.array([row for row, _id in known]), np.array([number for _row, number in known])
