"""Writes modern Chinese line by line, or sentence by sentence: of many candidates the one that belongs here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from carmina import Decoder

from ..chinese.segmentation import frequencies
from ..drafting.mutual_information import EmptyPage
from ..drafting.page import Drafted, Page
from ..originality.runs import MOST, Index, longest_run
from .grammar import Grammar, names_in, predicates, vivid
from .line import LinePlan, ModernLine
from .plan import scenes, stands
from .tokenizer import EOS, LINE_END, SIZE, STANZA_END
from .vocabulary import NOT_FIRST, NOT_LAST, SHUNNED, STOPS, ModernCharacters

WISHED, OWED = 2.0, 3.0  # nats for the first character of an image of this stanza, of a word that must be here
IMAGE, KEYWORD = 0.45, 0.9  # nats a line for an image, for an owed word
WORDS = 1.8  # nats for a line all of whose characters stand in words of the list
STALE = 0.5  # nats from each pair of characters that the text holds already
RUN = 1.5  # nats from each run of four that it holds already
PRONOUN = 0.25  # nats from each pronoun beyond the first of a line
SHUN = -4.0  # nats for what would end a word of another time
AGAIN = 0.8  # nats from a character for each time the last lines had it
EMPTY_WORDS = "的了是在着不一我你他她它这那有和就也"  # characters that may come as often as they like
PRONOUNS = ("我", "你", "他", "她", "它", "一个")
VAGUE = 0.3  # nats from each word that says nothing one could see
VAGUE_WORDS = (
    "这种",
    "一种",
    "一切",
    "什么",
    "甚么",
    "当然",
    "关系",
    "事情",
    "这样",
    "那样",
    "所以",
    "因为",
    "但是",
    "不过",
    "样子",
    "办法",
    "这个",
    "那个",
    "一般",
)
THING = 0.2  # nats a line for each thing that one could see, two at most
GRAMMAR = 0.6  # share of the mean log-probability of the kinds of words that counts
VERBLESS = 0.8  # nats from a sentence that closes without a verb or an adjective that says something
BARE = 0.5  # nats from a line of verse without one, for itself and for each of the two before that have none
VIVID = 0.3  # nats for a verb that shows something
STRANGER = 1.0  # nats from a name of a person that nobody asked for
FIGURE, FIGURES = 0.3, "二三四五六七八九十百千万两"  # nats from each figure beyond the first of a line
HEAD = 0.5  # nats for each of the last lines that begins with the same two characters
COPIED = 20.0


@dataclass(frozen=True)
class Settings:
    """How a text is searched for."""

    candidates: int = 32
    temperature: float = 0.6
    verse: bool = True
    belonging: float = 0.3  # share of what a line gains from standing here that counts
    seed: int = 0
    index: Index | None = None  # of the corpus, that nothing be copied


class ModernPoet:
    """One text at a time."""

    def __init__(
        self,
        characters: ModernCharacters,
        page: Page,
        decoder: Decoder,
        bare: Sequence[int],
        allowed: np.ndarray,
        owed: Sequence[str],
        settings: Settings,
    ):
        self.characters, self.page, self.decoder, self.settings = characters, page, decoder, settings
        self.allowed, self.index, self.seed = allowed, settings.index, settings.seed
        self.owed = list(owed)
        self.asked = "".join(owed)
        self.lines: list[str] = []
        self.score = 0.0
        self._empty = EmptyPage(page.runner, bare, settings.belonging)
        self._pairs: Counter[str] = Counter()
        self._shunned = [ids for word in SHUNNED if word not in self.asked and (ids := characters.ids(word))]
        self._turn = 0
        self._things = frozenset(word for own in scenes()["things"].values() for word in own if len(word) > 1)
        mask = characters.mask
        self.edges: dict[str, Any] = {"first": mask(NOT_FIRST), "dangling": mask(NOT_LAST)}

    # ---- what is on the page

    def stand(self, text: str, row: Sequence[int] = (0, 0, 0, 0, 0), end: int | None = None) -> None:
        """Put text that is given on the page, and what ends it."""
        ids = [*self.characters.tokens.encode(text).tolist(), *([end] if end is not None else [])]
        rows, last = [], self.page.last
        for number in ids:
            rows.append((last, *row))
            last = number
        self.page.keep(rows, ids)
        self._note(text)

    def _note(self, text: str) -> None:
        self.owed = [word for word in self.owed if not (word in text and stands(word, text))]
        plain = "".join(c for c in text if "一" <= c <= "鿿")
        self._pairs.update(plain[at : at + 2] for at in range(len(plain) - 1))
        self._pairs.update(plain[at : at + 4] for at in range(len(plain) - 3))
        self.lines.append(text)

    # ---- writing

    def line(
        self,
        plans: Sequence[LinePlan],
        images: Sequence[str],
        due: Sequence[str],
        fits: Callable[[str], bool] | None = None,
    ) -> str:
        """The next line (or sentence), on the page afterwards: of candidates to these plans in turn, the worthiest."""
        drafts = self._drafts(plans, images, due, self.settings.candidates)
        if fits is not None:
            drafts = [draft for draft in drafts if fits(self.text(draft))] or drafts
        best, worth = self._empty.best(drafts, lambda draft: self._worth(draft, images, due))
        self.score += worth
        self.page.keep(best.rows, best.ids)
        text = self.text(best)
        self._note(text)
        return text

    def versions(self, plans: Sequence[LinePlan], due: Sequence[str], many: int) -> list[str]:
        """Versions of the next line, the best first; none is put on the page."""
        drafts = self._drafts(plans, (), due, 4 * max(8, many))
        return [self.text(draft) for draft in sorted(drafts, key=lambda draft: -self._worth(draft, (), due))]

    def _drafts(self, plans: Sequence[LinePlan], images: Sequence[str], due: Sequence[str], many: int) -> list[Drafted]:
        wishes = self._wishes(images, due)
        soft = self._soft()
        walks = [
            _Shunning(
                replace(
                    plans[at % len(plans)], soft=soft + plans[at % len(plans)].soft, wishes=wishes[at % len(wishes)]
                ),
                self._shunned,
            )
            for at in range(many)
        ]
        self._turn += 1
        seeds = [(self.seed, self._turn, at) for at in range(many)]
        return self.page.draft(walks, self.decoder, seeds, self.settings.temperature)

    def text(self, draft: Drafted) -> str:
        """A draft as text."""
        return self.characters.text(draft.ids)

    def _wishes(self, images: Sequence[str], due: Sequence[str]) -> list[dict[tuple[int, ...], float]]:
        """For candidates in turn: nothing, images, owed words, both."""
        fresh = [word for word in images if not any(word in line for line in self.lines)]
        some = {ids: WISHED for word in fresh if (ids := self.characters.ids(word))}
        must = {ids: OWED for word in due if word in self.owed and (ids := self.characters.ids(word))}
        strong = {ids: 2 * nats for ids, nats in must.items()}
        return [some | must, must or some, some | strong, strong or some] if must else [some, {}, some]

    def _soft(self) -> np.ndarray:
        soft = np.zeros(SIZE, np.float32)
        for character, many in Counter("".join(self.lines[-6:])).items():
            number = self.characters.tokens.ids.get(character)
            if (
                number is not None
                and "一" <= character <= "鿿"
                and character not in EMPTY_WORDS
                and not any(character in word for word in self.owed)
            ):
                soft[number] -= AGAIN * many
        return soft

    # ---- judgement

    def _worth(self, draft: Drafted, images: Sequence[str], due: Sequence[str]) -> float:
        text = self.text(draft)
        worth = draft.fluency + WORDS * wordiness(text)
        fresh = [word for word in images if not any(word in line for line in self.lines)]
        worth += IMAGE * any(word in text for word in fresh) + KEYWORD * any(
            word in text and stands(word, text) for word in due if word in self.owed
        )
        plain = "".join(c for c in text if "一" <= c <= "鿿")
        common = set(EMPTY_WORDS)
        worth -= (
            STALE
            * sum(
                self._pairs[plain[at : at + 2]] > 0 and not set(plain[at : at + 2]) <= common
                for at in range(len(plain) - 1)
            )
            / max(4, len(plain))
            * 4
        )
        worth -= RUN * sum(self._pairs[plain[at : at + 4]] > 0 for at in range(len(plain) - 3))
        worth -= VAGUE * sum(text.count(word) for word in VAGUE_WORDS)
        worth += THING * min(2, sum(word in text for word in self._things)) if self.settings.verse else 0.0
        worth -= PRONOUN * max(0, sum(text.count(word) for word in PRONOUNS) - 1)
        before = "".join(self.lines[-1:])
        worth += GRAMMAR * Grammar.shipped().mean_nats(text, _unclosed(self.lines))
        worth -= VERBLESS * (text[-1:] in STOPS and not predicates(_unclosed(self.lines) + text))
        worth += VIVID * min(1, vivid(text)) - HEAD * sum(line[:2] == text[:2] for line in self.lines[-5:])
        worth -= STRANGER * sum(word not in self.asked for word in names_in(text))
        worth -= FIGURE * max(0, sum(c in FIGURES for c in text) - 1)
        if self.settings.verse and not predicates(text):
            worth -= BARE * (1 + sum(not predicates(line) for line in self.lines[-2:]))
        return worth - COPIED * (longest_run(list(before + plain), "zh", self.index)[0] > MOST["zh"])


def _unclosed(lines: Sequence[str]) -> str:
    """What stands of the sentence that the next line goes on with."""
    return re.split(f"[{STOPS}]", "".join(lines[-4:]))[-1]


class _Shunning(ModernLine):
    """A line that does not end words of another time."""

    def __init__(self, plan: LinePlan, shunned: Sequence[tuple[int, ...]]):
        super().__init__(plan)
        self._shunned = shunned

    def logit_bias(self) -> np.ndarray:
        out = super().logit_bias()
        for word in self._shunned:
            if tuple(self.ids[len(self.ids) - len(word) + 1 :]) == word[:-1] and len(self.ids) >= len(word) - 1:
                out[word[-1]] += SHUN
        return out

    def fork(self) -> ModernLine:
        twin = _Shunning(self.plan, self._shunned)
        twin.ids = list(self.ids)
        return twin


@lru_cache(maxsize=4096)
def wordiness(text: str) -> float:
    """The share, 0..1, of a text's characters that stand in words of two or more, or are very common alone."""
    known = frequencies()
    plain = "".join(c if "一" <= c <= "鿿" else " " for c in text)
    total, in_words = 0, 0.0
    for run in plain.split():
        best = [0.0]
        for end in range(1, len(run) + 1):
            ways = [best[end - 1] + (0.7 if known.get(run[end - 1], 0) > 20000 else 0.0)]
            for length in (2, 3, 4):
                if length <= end and known.get(run[end - length : end], 0) > 3:
                    ways.append(best[end - length] + length)
            best.append(max(ways))
        total += len(run)
        in_words += best[-1]
    return in_words / total if total else 0.0


ENDS = {"line": LINE_END, "stanza": STANZA_END, "poem": EOS}
