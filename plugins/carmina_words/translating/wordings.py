"""A literal line as words, each with what may stand for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from carmina import Syllable

DATA = Path(__file__).parents[1] / "data"
OTHER = 0.7  # what another word of the same meaning costs, in the unit of all costs here: about a nat
LONGEST = 3  # words that one wording may stand for
ALWAYS_CAPITAL = frozenset({"I", "O"})


@dataclass(frozen=True, slots=True)
class Way:
    """What may stand at a place of a line."""

    words: tuple[str, ...]  # as written; a Chinese word is one
    syllables: tuple[Syllable, ...]
    cost: float
    takes: int = 1  # how many words of the literal line it stands for; 0: it comes between


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a literal line."""

    text: str
    content: bool
    after: str  # marks after it


@dataclass(frozen=True)
class Tongue:
    """What a language lets its lines leave out, and put between."""

    code: str
    gap: str  # between words
    listed: bool  # whether all words of little weight are among the drops
    drops: Mapping[str, float]  # words of little weight -> what leaving them out costs
    never: frozenset[str]  # words without which the line says the opposite
    first: Mapping[str, float]  # what may come before the line -> cost
    between: Mapping[str, float]  # what may come before a word inside it -> cost
    after: frozenset[str]  # words after which alone that may come; empty: any
    nat: float = 0.3  # what a nat of a line's likelihood weighs beside these costs
    content_drop: float = 4.0
    other_drop: float = 1.1

    def cost_of_leaving_out(self, word: Word) -> float:
        """A word of meaning costs most."""
        plain = word.text.casefold()
        if plain in self.never:
            return 9.0
        return self.drops.get(plain, self.content_drop if word.content else self.other_drop)


ENGLISH = Tongue(
    "en",
    " ",
    False,
    {"the": 0.6, "a": 0.6, "an": 0.6, "that": 0.6, "very": 0.3, "really": 0.3, "just": 0.4, "so": 0.4, "then": 0.5}
    | {"my": 0.9, "your": 0.9, "his": 0.9, "her": 1.2, "its": 0.5, "our": 0.9, "their": 0.8, "will": 0.9, "to": 1.0}
    | {"am": 0.8, "is": 0.8, "are": 0.8, "was": 0.8, "were": 0.8, "have": 0.9, "has": 0.9, "had": 0.9, "do": 0.7}
    | {"would": 1.0, "could": 1.2, "can": 1.3, "with": 2.0, "whole": 0.8, "one": 1.0, "anymore": 0.8, "but": 0.9}
    | {"i": 1.6, "you": 1.8, "he": 1.6, "she": 1.6, "we": 1.6, "they": 1.6, "it": 0.9, "as": 0.8, "many": 0.9}
    | {
        "quite": 0.3,
        "and": 0.6,
        "already": 0.4,
        "some": 0.5,
        "still": 0.7,
        "there": 0.7,
        "now": 0.7,
        "of": 1.6,
        "in": 1.8,
        "on": 1.8,
        "by": 1.8,
        "under": 3.0,
        "at": 1.6,
        "for": 1.6,
        "from": 2.0,
    }
    | {"over": 2.2, "into": 2.0, "through": 2.2},
    frozenset({"not", "no", "never", "don't", "won't", "can't", "cannot", "isn't", "doesn't", "didn't", "nothing"}),
    {"oh": 1.2, "and": 1.3, "now": 1.7, "so": 2.0, "still": 2.2},
    {"the": 0.8, "all the": 2.2},
    frozenset("in on under of by to at from with through over into beneath above across upon for".split()),
    nat=0.5,
)
CHINESE = Tongue(
    "zh",
    "",
    True,
    # not 把, 被, 给, 让: who does what to whom hangs on them
    {"的": 0.2, "了": 0.3, "着": 0.3, "地": 0.3, "得": 0.5, "是": 1.1, "在": 0.9, "那": 0.4, "这": 0.5}
    | {"他": 1.2, "她": 1.2, "你": 1.4, "它": 0.9, "我们": 1.4, "你们": 1.4, "他们": 1.3, "她们": 1.3, "去": 0.8}
    | {"来": 0.9, "要": 1.1, "那条": 0.4, "那位": 0.6, "那个": 0.4, "这个": 0.4, "这条": 0.4, "那座": 0.4, "许多": 0.9}
    | {"很多": 0.8, "的时候": 2.2, "时候": 2.2, "时": 2.2, "中": 0.8, "下": 1.3, "到": 1.0}
    | {"而": 0.4, "但": 0.8, "但是": 0.8, "可是": 0.8, "因为": 0.9, "所以": 0.6, "如果": 1.3, "当": 0.4}
    | {"能": 1.2, "将": 0.7, "已经": 0.7, "已": 0.6, "一艘": 0.9, "一首": 0.6, "一朵": 0.6, "一位": 0.6, "位": 0.4}
    | {"一个": 0.3, "一条": 0.3, "一座": 0.3, "一片": 0.4, "一": 0.6, "个": 0.4, "条": 0.4, "就": 0.4, "也": 0.5}
    | {"都": 0.7, "很": 0.4, "非常": 0.4, "非": 0.6, "和": 2.2, "与": 2.2, "啊": 0.1, "呀": 0.1, "会": 0.9, "里": 0.7}
    | {"我": 1.0, "上": 0.8, "又": 0.5, "还": 0.6, "正": 0.5, "曾经": 1.0, "曾": 0.8, "之": 0.4},
    frozenset({"不", "没", "没有", "别", "不要", "无", "未", "从不", "不会", "不是", "不再", "不能", "莫", "永不"}),
    {"啊": 1.6, "那": 1.6},
    {"又": 1.5, "正": 1.7, "还": 1.8, "就": 1.9, "都": 2.0, "也": 2.0, "轻轻": 3.2, "依然": 3.2},
    frozenset(),
)
TONGUES = {tongue.code: tongue for tongue in (ENGLISH, CHINESE)}


class Wordings:
    """The ways to say literal lines of one language."""

    def __init__(self, tongue: Tongue, workshop: Any):
        self.tongue, self._workshop = tongue, workshop
        self.syllables = cache(self._syllables)

    def before(self, words: Sequence[Word], place: int) -> list[Way]:
        """What may come before the word at a place, and is none of the line's words."""
        tongue = self.tongue
        if place and tongue.after and not (words[place - 1].text.casefold() in tongue.after and words[place].content):
            return []
        plain = [word.text.casefold() for word in words]
        told = tongue.between if place else tongue.first
        return [
            Way(tuple(text.split()), self.syllables(text), cost, 0)
            for text, cost in told.items()
            if not set(text.split()) & {*plain[max(0, place - 1) : place + 1], *(plain if tongue.listed else ())}
        ]

    def words(self, line: str) -> list[Word]:
        """The words of a literal line, as its language parts them."""
        out: list[Word] = []
        text, content = "", False
        for syllable in self._workshop.lyrics(line, self.tongue.code).syllables:
            text, content = text + syllable.text, content or syllable.content
            if syllable.ends_word:
                out.append(Word(text, self._weighs(text, content), syllable.after))
                text, content = "", False
        if out and not out[0].content and out[0].text.partition("'")[0] not in ALWAYS_CAPITAL:
            # the line's capital, not the word's: another may come before it
            out[0] = replace(out[0], text=out[0].text[:1].lower() + out[0].text[1:])
        return out

    def at(self, words: Sequence[Word], place: int) -> Iterator[Way]:
        """The ways to say the word at a place, alone or with those after it; to leave it out is the last."""
        word = words[place]
        yield Way((word.text,), self.syllables(word.text), 0.0)
        for many in range(1, LONGEST + 1):
            own = words[place : place + many]
            if len(own) == many and not any(w.after for w in own[:-1]):
                key = self.tongue.gap.join(w.text.casefold() for w in own)
                for text in groups(self.tongue.code).get(key, ()):
                    yield Way(tuple(text.split()), self.syllables(text), OTHER, many)
        yield Way((), (), self.tongue.cost_of_leaving_out(word))

    def _weighs(self, text: str, content: bool) -> bool:
        plain = text.casefold()
        return plain not in self.tongue.drops and (content or self.tongue.listed)

    def _syllables(self, text: str) -> tuple[Syllable, ...]:
        return tuple(syllable for word in self._language.syllabify(text.split()) for syllable in word)

    @cached_property
    def _language(self) -> Any:
        return self._workshop.languages()[self.tongue.code]()


@cache
def groups(code: str) -> dict[str, tuple[str, ...]]:
    """Word -> what may stand for it; the first word of a group may be said as any of it."""
    found: dict[str, list[str]] = {}
    for row in (DATA / f"{code}-wordings.txt").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            head, *others = row.split("|" if code == "en" else None)
            found.setdefault(head, []).extend(other for other in others if other not in found.get(head, ()))
    return {head: tuple(others) for head, others in found.items()}
